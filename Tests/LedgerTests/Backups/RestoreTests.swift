import Corrections
import EventLog
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct `A restore` {
  @Test func `of a log that is shorter than what was signed makes nothing`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    try bench.grow(3)
    var refusal: CannotRestore?
    do { try bench.restore(bench.request(key: bench.keyFile)) } catch let error as CannotRestore {
      refusal = error
    }
    guard case .shorter(let size, let signed)? = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(signed - size == 3 && bench.isNothingLeft)
    try FileManager.default.createDirectory(atPath: bench.new, withIntermediateDirectories: false)
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request()) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.new).isEmpty)
  }

  @Test func `goes on as a fork, with another name, a fresh key and higher numbers`() throws {
    let bench = try BackupBench()
    try bench.test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let size = try bench.backUp().checkpoint.size
    let then = try bench.ledger.checkpoint()
    let export = bench.apart + "/export"
    _ = try bench.ledger.exportStaticLog(to: export)
    try bench.grow(2000)
    let lost = try bench.ledger.checkpoint()
    let restored = try bench.restore(bench.request(fork: "test.invalid/fork"))
    #expect(restored.isFork && restored.hasKey && restored.missing == 2000)
    #expect(restored.numbersAfter == 3000)
    let fork = try bench.restored()
    defer { fork.log.close() }
    #expect(try fork.log.counter("correction") == 3000)
    let opened = try bench.ledger.verifierKey
    let key = try #require(try fork.verifierKey)
    #expect(key != opened && key.name == "test.invalid/fork")
    let now = try fork.checkpoint()
    #expect(now.origin == "test.invalid/fork" && now.isSigned(by: key) == true)
    #expect(try LastCheckpoint(folder: bench.new).read() == now)
    #expect(try fork.diagnose().contains { $0.name == "last checkpoint" })
    // Each key counts for its sizes: the old one up to what was restored, the new one for any.
    #expect(try fork.signers().map(\.upTo) == [size, nil])
    func answer(_ since: Checkpoint, _ key: VerifierKey? = nil) throws -> Verification.Answer {
      try Verification.run(at: bench.new, depth: .consistency, since: since, key: key) { _, _ in }
        .answer
    }
    #expect(try answer(then) == .proven)
    #expect(try answer(then, opened) == .proven)
    #expect(try answer(now) == .proven)
    #expect(try answer(now, key) == .proven)
    #expect(try answer(fork.checkpoint(at: 5)) == .proven)
    #expect(try answer(lost) == .broken)
    #expect(try answer(lost, key) == .notEstablished)
    #expect(try fork.proveInclusion(of: 3).checkpoint.origin == "test.invalid/fork")
    // What was lost is not taken for the fork's past, and the next backup goes on from the old one.
    #expect(try fork.holds(then) && !fork.holds(lost))
    #expect(try fork.backUp(to: bench.backup).checkpoint == fork.checkpoint())
    // Who follows the export follows one name; another one has a folder of its own.
    #expect(throws: NotOurStaticLog.self) { try fork.exportStaticLog(to: export) }
    #expect(try fork.exportStaticLog(to: export + "-fork").checkpoint.origin == key.name)
    var request = try bench.request(lost, fork: "test.invalid/third")
    request.folder = bench.apart + "/third"
    #expect(throws: CannotRestore.self) { try bench.restore(request) }
  }

  @Test func `of a fork's backup keeps the numbers that were left out`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    try bench.grow(5)
    try bench.restore(bench.request(fork: "test.invalid/fork"))
    let fork = try bench.restored()
    let backup = bench.apart + "/second"
    _ = try fork.backUp(to: backup)
    var request = try bench.request(fork.checkpoint())
    request.backup = backup
    request.folder = bench.apart + "/again"
    let again = try bench.restore(request)
    fork.log.close()
    #expect(again.origin == "test.invalid/fork" && !again.isFork)
    let ledger = try Ledger.open(at: request.folder)
    #expect(try ledger.log.counter("correction") == 2000)
    #expect(throws: CannotSign.self) { try ledger.checkpoint() }
    ledger.log.close()
  }

  @Test func `gives no number again that an event lost without a trace may have given`() throws {
    let bench = try BackupBench()
    try bench.test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let signed = try bench.backUp().checkpoint
    // Nobody signed for what comes now.
    try bench.test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let restored = try bench.restore(bench.request(signed, key: bench.keyFile))
    #expect(!restored.isFork && restored.missing == 0 && restored.numbersAfter == 1000)
    let ledger = try bench.restored()
    defer { ledger.log.close() }
    #expect(try ledger.log.counter("correction") == 1000)
  }

  @Test func `needs a checkpoint of this very log, and the same history`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    let other = try BackupBench()
    #expect(throws: CannotRestore.self) {
      try bench.restore(bench.request(other.ledger.checkpoint()))
    }
    // By the right key, and over other events.
    let key = try SigningKey(reading: bench.keyFile)
    let verifier = try #require(try bench.ledger.verifierKey)
    let forged = try key.checkpoint(verifier, size: 5, root: Array(repeating: 7, count: 32))
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request(forged)) }
    #expect(throws: CannotRestore.self) {
      try bench.restore(bench.request(forged, fork: "test.invalid/fork"))
    }
    let empty = try key.checkpoint(verifier, size: 0, root: Array(repeating: 7, count: 32))
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request(empty)) }
    #expect(throws: CannotRestore.self) {
      try bench.restore(bench.request(fork: bench.ledger.opened.origin))
    }
    #expect(bench.isNothingLeft)
  }

  @Test func `takes the ledger's own key and no other, or none`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    let other = try BackupBench()
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request(key: other.keyFile)) }
    #expect(throws: CannotSign.self) {
      try bench.restore(bench.request(key: bench.apart + "/none"))
    }
    #expect(bench.isNothingLeft)
    #expect(try !bench.restore(bench.request()).hasKey)
    #expect(!FileManager.default.fileExists(atPath: bench.new + "/ledger.key"))
  }

  @Test func `tried makes nothing, and says the same`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    let tried = try bench.restore(bench.request(isDryRun: true))
    #expect(tried.position == nil && bench.isNothingLeft)
    let done = try bench.restore(bench.request())
    #expect(done.size == tried.size && done.root == tried.root && done.origin == tried.origin)
  }

  @Test func `takes away what a killed one left, and nothing that a person put there`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    let manager = FileManager.default
    let names = ["ledger.key", "last-checkpoint", "erasures.jsonl"]
    for count in 0...names.count {
      // As it is between two names that are put in their place.
      try manager.createDirectory(atPath: bench.new, withIntermediateDirectories: true)
      for name in ["ledger.sqlite", "ledger.sqlite.new-wal", "ledger.lock"] {
        let path = bench.new + "/" + name + (name == "ledger.sqlite" ? ".new" : "")
        try Data("left".utf8).write(to: URL(fileURLWithPath: path))
      }
      for (index, name) in names.enumerated() {
        let path = bench.new + "/" + name
        try Data("left".utf8).write(to: URL(fileURLWithPath: path + ".new"))
        if index < count { try manager.linkItem(atPath: path + ".new", toPath: path) }
      }
      try bench.restore(bench.request(key: count == 0 ? nil : bench.keyFile))
      let left = try manager.contentsOfDirectory(atPath: bench.new)
      #expect(!left.contains { $0.contains(".new") }, "\(count): \(left)")
      #expect(left.contains("ledger.key") == (count > 0), "\(count): \(left)")
      #expect(!left.contains("erasures.jsonl"))
      #expect(try LastCheckpoint(folder: bench.new).read()?.size == bench.ledger.head())
      try manager.removeItem(atPath: bench.new)
    }
    for name in names {
      try manager.createDirectory(atPath: bench.new, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: bench.new + "/" + name))
      // Beside what a killed one left, too.
      try Data("left".utf8).write(to: URL(fileURLWithPath: bench.new + "/" + name + ".new"))
      #expect(throws: LogError.self) { try bench.restore(bench.request()) }
      #expect(
        try String(contentsOfFile: bench.new + "/" + name, encoding: .utf8) == "mine", "\(name)")
      try manager.removeItem(atPath: bench.new)
    }
  }

  @Test func `says that it was one`() throws {
    let bench = try BackupBench()
    let size = try bench.backUp().checkpoint.size
    let restored = try bench.restore(bench.request())
    let ledger = try bench.restored()
    defer { ledger.log.close() }
    let events = try ledger.timeline(Tag.restores)
    guard case .upkeep(.ledgerRestored(let event))? = events.last?.event else {
      Issue.record("\(events)")
      return
    }
    #expect(event.size == size && event.checkpoint == size && event.fork == nil)
    #expect(Data(base64Encoded: event.root).map { Array($0) } == restored.root)
    #expect(events.last?.position == restored.position)
  }

  @Test(arguments: Tampering.all.indices)
  func `of a backup that was changed is refused, and the file named`(_ index: Int) throws {
    let tampering = Tampering.all[index]
    let bench = try BackupBench()
    try bench.test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    try bench.test.submit(update(Fixture.ofB, counter: 1))
    try bench.grow(600)
    _ = try bench.backUp()
    try tampering.change(bench.backup + "/" + tampering.file)
    var found: DamagedBackup?
    do {
      try bench.restore(bench.request())
      Issue.record("\(tampering.what): restored")
    } catch let error as DamagedBackup {
      found = error
    } catch CannotRestore.noBackup where tampering.file == "subjects/values.sqlite" {
      return  // without its values it was never completed
    }
    #expect(
      found?.file.contains(tampering.file) == true,
      "\(tampering.what): \(String(describing: found))")
    #expect(bench.isNothingLeft)
  }
}

/// A change of one file of a backup; of a folder of partial files it is the one in it.
struct Tampering: Sendable {
  let what: String
  let file: String
  let change: @Sendable (String) throws -> Void

  static let all: [Tampering] =
    [
      "log/tile/0/000", "log/tile/0/002.p", "log/tile/1/000.p", "log/tile/entries/001",
      "log/tile/entries/002.p", "log/references/1", "subjects/values.sqlite",
    ].flatMap { file in
      [
        Tampering(what: "\(file) taken away", file: file) { path in
          try FileManager.default.removeItem(atPath: try one(path))
        },
        Tampering(what: "\(file) cut short", file: file) { path in
          try bytes(path) { $0.removeLast($0.count / 3) }
        },
      ]
    }
    + [
      "log/tile/0/000", "log/tile/0/002.p", "log/tile/1/000.p", "log/tile/entries/001",
      "log/tile/entries/002.p", "log/references/1",
    ].map { file in
      Tampering(what: "\(file) with other bytes in the middle", file: file) { path in
        try bytes(path) { bytes in
          for index in bytes.count / 2..<bytes.count / 2 + 20 { bytes[index] ^= 0x20 }
        }
      }
    }
    + [
      "UPDATE subject SET value = value || '1' WHERE token = (SELECT min(token) FROM subject)",
      "DELETE FROM subject WHERE token = (SELECT min(token) FROM subject)",
      "UPDATE document SET bytes = x'00'", "DELETE FROM document",
      "UPDATE content SET digest = zeroblob(32)", "UPDATE counter SET value = 7",
      "UPDATE backup SET checkpoint = replace(checkpoint, 'test.invalid', 'test.another')",
      "DELETE FROM backup", "DROP TABLE content",
    ].map { sql in
      Tampering(what: sql, file: "subjects/values.sqlite") { path in
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
      }
    }

  private static func one(_ path: String) throws -> String {
    guard path.hasSuffix(".p") else { return path }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    return path + "/" + (try #require(names.first))
  }

  private static func bytes(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
    let url = URL(fileURLWithPath: try one(path))
    var bytes = [UInt8](try Data(contentsOf: url))
    change(&bytes)
    try Data(bytes).write(to: url)
  }
}
