import Foundation
import Testing

@testable import EventLog

/// Where the built programs lie: beside the program that runs the tests.
let buildFolder: String = {
  let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  let beside = ((link ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
  return FileManager.default.isExecutableFile(atPath: beside + "/log-hammer")
    ? beside : packageFolder + "/.build/debug"
}()

/// A process that appends until it is killed; what it was told goes to a file.
private struct Hammer {
  let process = Process()
  let output: String
  let name: String

  init(_ folder: TemporaryFolder, name: String, round: Int) throws {
    self.name = name
    output = folder.path + "/\(name)-\(round).out"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    process.executableURL = URL(filePath: buildFolder + "/log-hammer")
    process.arguments = [folder.ledger, name]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = FileHandle.nullDevice
    process.environment = ["SWIFT_BACKTRACE": "enable=no"]
    try process.run()
  }

  /// Kills the process; `false` when it had ended by itself.
  func kill() -> Bool {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
  }

  /// What was acknowledged: key, first and last position.
  ///
  /// A torn last line is none.
  func acknowledged() throws -> [(key: String, first: Int, last: Int)] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap {
      let words = $0.split(separator: " ")
      guard words.count == 4, words[0] == "ack", let first = Int(words[2]), let last = Int(words[3])
      else { return nil }
      return (String(words[1]), first, last)
    }
  }
}

@Suite(.serialized) struct `a killed process` {
  private static let rounds =
    ProcessInfo.processInfo.environment["SMI_KILLS"].flatMap { Int($0) } ?? 20

  @Test func `loses nothing that it acknowledged, beside two others that append`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.clock = { Int64(Date().timeIntervalSince1970 * 1000) }
    try EventLog.make(folder, configuration).close()
    var acknowledged = 0
    for round in 0..<Self.rounds {
      let hammers = try ["A", "B", "C"].map { try Hammer(folder, name: $0, round: round) }
      usleep(UInt32.random(in: 50_000...250_000))
      var killed = [hammers[0].kill()]
      usleep(UInt32.random(in: 1_000...60_000))
      killed += [hammers[1].kill(), hammers[2].kill()]
      #expect(killed == [true, true, true], "a process ended by itself in round \(round)")

      let log = try EventLog.open(at: folder.ledger, configuration: configuration)
      for hammer in hammers {
        for (key, first, last) in try hammer.acknowledged() {
          acknowledged += 1
          let found = try log.position(
            of: AppendKey(kind: "hammer", within: hammer.name, value: key))
          guard found == first else {
            Issue.record(
              "\(key) was acknowledged at \(first), found at \(String(describing: found))")
            continue
          }
          let count = try log.event(at: first)?.read().append?.count
          #expect(count == last - first + 1)
        }
      }
      #expect(try log.verifyContent() == [], "round \(round)")
      try log.append(.test())
      log.close()
    }
    print(
      "killed \(3 * Self.rounds) processes; \(acknowledged) acknowledged appends were all there")
    #expect(acknowledged > Self.rounds)
  }
}

@Suite struct `the independent check in Python` {
  private func verifyFormat(_ argument: String) throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    let output = folder.path + "/out"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", packageFolder + "/tools/verify-format", argument]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: output, encoding: .utf8))
  }

  @Test func `agrees with the published vectors`() throws {
    let result = try verifyFormat("--vectors")
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `finds a ledger good, and gives the same root`() throws {
    let folder = try TemporaryFolder()
    let log = try `what is stored`.filled(folder)
    let result = try verifyFormat(folder.ledger)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("root \(try log.root(at: log.head().position))\n"))
  }

  @Test(arguments: [
    "UPDATE event SET record = (SELECT record FROM event WHERE position = 9) WHERE position = 8",
    "UPDATE event SET leaf = zeroblob(32) WHERE position = 8",
    "UPDATE event SET marks = x'' WHERE position = 8", "DELETE FROM event WHERE position = 8",
  ])
  func `finds a changed event`(_ statement: String) throws {
    let folder = try TemporaryFolder()
    let log = try `what is stored`.filled(folder)
    log.close()
    let raw = try RawDatabase(folder.database)
    try raw.execute("DROP TRIGGER event_update; DROP TRIGGER event_delete")
    try raw.execute(statement)
    let result = try verifyFormat(folder.ledger)
    #expect(result.status == 1, "\(result.output)")
    #expect(result.output.contains("position 8: "))
  }
}
