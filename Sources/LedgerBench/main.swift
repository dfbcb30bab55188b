// The program through which `tools/bench` measures our own log; see tools/bench.d for its rivals.
//
//   ledger-bench version
//   ledger-bench append EVENTS FOLDER BATCH SECONDS LIMIT CALLERS   (0 SECONDS or LIMIT: none)
//   ledger-bench catchup|open|settle|verify|rebuild FOLDER
//   ledger-bench timeline EVENTS FOLDER COUNT
//   ledger-bench history FOLDER COUNT
//   ledger-bench corrections FOLDER COUNT DAYS SEED
//   ledger-bench report FOLDER MONTH
//   ledger-bench proofs FOLDER COUNT
//   ledger-bench grow FOLDER COUNT BATCH tree|bare
//   ledger-bench seal FOLDER COUNT
//   ledger-bench devices FOLDER COUNT
//   ledger-bench population FILES DEVICES
//   ledger-bench import registrations|inventory FOLDER FILE
//   ledger-bench judge FOLDER DEVICES SECONDS CALLERS
//   ledger-bench hello PORT   (0: a free one; its line names the port, and it ends with SIGTERM)
//
// Each prints one line of JSON; append says `appending` on the error output when it begins.
import Corrections
import Foundation

func answer(_ words: [String]) throws -> [(String, Answer)]? {
  switch (words.first, words.count) {
  case ("version", 1):
    return [("ledger_bench", .text("1"))]
  case ("append", 7):
    guard let batch = Int(words[3]), let seconds = Double(words[4]), let limit = Int(words[5]),
      let callers = Int(words[6]), batch > 0, callers > 0, batch == 1 || callers == 1
    else { return nil }
    return try AppendBench.run(
      events: words[1], folder: words[2], batch: batch, seconds: seconds, limit: limit,
      callers: callers)
  case ("catchup", 2): return try ReadBench.catchUp(folder: words[1])
  case ("open", 2): return try ReadBench.open(folder: words[1])
  case ("settle", 2): return try ReadBench.settle(folder: words[1])
  case ("verify", 2): return try ReadBench.verify(folder: words[1])
  case ("rebuild", 2): return try RebuildBench.run(folder: words[1])
  case ("history", 3):
    guard let count = Int(words[2]) else { return nil }
    return try RebuildBench.fill(folder: words[1], count: count)
  case ("corrections", 5):
    guard let count = Int(words[2]), let days = Int(words[3]), let seed = UInt64(words[4]), days > 0
    else { return nil }
    return try ReportBench.fill(folder: words[1], corrections: count, days: days, seed: seed)
  case ("report", 3):
    guard let month = Month(words[2]) else { return nil }
    return try ReportBench.run(folder: words[1], month)
  case ("proofs", 3):
    guard let count = Int(words[2]), count > 0 else { return nil }
    return try ProofBench.run(folder: words[1], count: count)
  case ("grow", 5):
    guard let count = Int(words[2]), let batch = Int(words[3]), count > 0, batch > 0,
      ["tree", "bare"].contains(words[4])
    else { return nil }
    return try TreeBench.grow(
      folder: words[1], count: count, batch: batch, hasTree: words[4] == "tree")
  case ("seal", 3):
    guard let count = Int(words[2]), count > 0 else { return nil }
    return try TreeBench.seal(folder: words[1], count: count)
  case ("devices", 3):
    guard let count = Int(words[2]), count > 0 else { return nil }
    return try JudgeBench.fill(folder: words[1], devices: count)
  case ("population", 3):
    guard let count = Int(words[2]), count > 0 else { return nil }
    return try ImportBench.write(folder: words[1], devices: count)
  case ("import", 4):
    return try ImportBench.run(kind: words[1], folder: words[2], file: words[3])
  case ("judge", 5):
    guard let devices = Int(words[2]), let seconds = Double(words[3]), let callers = Int(words[4]),
      callers > 0, devices >= callers
    else { return nil }
    return try JudgeBench.run(
      folder: words[1], devices: devices, seconds: seconds, callers: callers)
  case ("hello", 2):
    guard let port = Int(words[1]), (0...65_535).contains(port) else { return nil }
    return try HelloBench.serve(port: port)
  case ("timeline", 4):
    guard let count = Int(words[3]) else { return nil }
    return try ReadBench.timelines(events: words[1], folder: words[2], count: count)
  default: return nil
  }
}

let words = Array(CommandLine.arguments.dropFirst())
guard let found = try answer(words) else {
  FileHandle.standardError.write(Data("ledger-bench: see the head of its main.swift\n".utf8))
  exit(64)
}
print(Answer.line(found))
