import Answers
import ArgumentParser
import Foundation
import Ledger
import Wire

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether anything that is stored was changed, and how far that is proven.",
    usage: "smi-ledger verify [--depth DEPTH] [--since FILE] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger verify
        smi-ledger verify --since march.checkpoint
        smi-ledger verify --depth consistency --since march.checkpoint
      At depth content every record is read and hashed anew; consistency reads the
      hashes alone. The answer is proven, broken or not established.
      Exit codes: 0 proven, 1 broken or not established, 64, 65, 66, 74.
      See also: smi-ledger checkpoint --help
      """)

  @Option(help: "content: every record; consistency: the hash tree alone, with --since.")
  var depth: Verification.Depth = .content

  @Option(help: "A checkpoint that was kept elsewhere; - is standard input.")
  var since: String?

  @Option(help: "The key to verify it by, name+hash+key; else the one the ledger names.")
  var key: String?

  @OptionGroup var globals: Globals

  func validate() throws {
    guard key == nil || since != nil else {
      throw ValidationError("--key goes with --since: it is what the checkpoint is verified by")
    }
  }

  func run() throws {
    try globals.refuseCSV("verify")
    let since = try since.map(CheckpointFile.read)
    let line = ProgressLine("verify", unit: "events")
    let verified = try Verification.run(
      at: globals.folder, depth: depth, since: since, key: try key.map(CheckpointFile.key)
    ) { line.update($0, of: $1) }
    line.end()
    let answer = VerificationAnswer(verified)
    if globals.format == .json { Output.put(answer.json.text) } else { Output.say(answer.text) }
    if verified.answer != .proven { throw ExitCode(1) }
  }
}

extension Verification.Depth: ExpressibleByArgument {}

/// Checkpoints and keys as they are typed or kept in files.
enum CheckpointFile {
  static func read(_ path: String) throws -> Checkpoint {
    let text: String
    guard path == "-" || FileManager.default.fileExists(atPath: path) else {
      throw FileProblem.missing(path)
    }
    do {
      let handle =
        path == "-"
        ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      let bytes = try handle.read(upToCount: Checkpoint.longest + 1) ?? Data()
      text = String(decoding: bytes, as: UTF8.self)
    } catch {
      throw FileProblem.unreadable(path, reason: error.localizedDescription)
    }
    do throws(Checkpoint.Malformed) {
      return try Checkpoint(reading: text)
    } catch {
      throw NotACheckpoint(file: path, expected: error.expected)
    }
  }

  static func key(_ text: String) throws -> VerifierKey {
    guard let key = VerifierKey(text) else {
      throw ValidationError(
        "--key: expected name+hash+key, as smi-ledger checkpoint --key prints it; found another text"
      )
    }
    return key
  }
}

/// A file that is no checkpoint: exit 65.
struct NotACheckpoint: WithProblem {
  let file: String
  let expected: String

  var problem: Problem {
    Problem(
      "malformed", 65,
      "\(Shown.pasted(file)): this is no checkpoint: expected \(expected). "
        + "smi-ledger checkpoint prints one")
  }
}
