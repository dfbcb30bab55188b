import Corrections
import EventLog
import Foundation
import GRDB
import OwnThread
import Synchronization
import Testing

@testable import Ledger

@Suite struct `A backup` {
  @Test(arguments: [31, 32] as [UInt64])
  func `restored is row for row the same log, values, rows, views and root`(seed: UInt64) throws {
    let bench = try BackupBench()
    var history = RandomHistory(bench.test, seed: seed)
    for _ in 0..<60 { try history.step() }
    try bench.grow(700)
    let head = try bench.ledger.head()
    let backedUp = try bench.backUp()
    #expect(backedUp.checkpoint.size == head)
    let restored = try bench.restore(bench.request(key: bench.keyFile))
    #expect(restored.size == head && restored.position == head + 1 && restored.missing == 0)
    let (old, new) = (bench.test.folder + "/ledger.sqlite", bench.new + "/ledger.sqlite")
    for (table, condition) in [
      ("event", "position <= \(head)"), ("tile", "1"), ("reference_row", "1"),
      ("reference_set", "1"), ("subject", "1"), ("content", "1"),
      ("document", "1"),
    ] {
      let before = try rows(table, condition, in: old)
      #expect(!before.isEmpty, "\(table)")
      #expect(try rows(table, condition, in: new) == before, "\(table)")
    }
    let again = try bench.restored()
    defer { again.log.close() }
    #expect(try again.log.root(at: head) == bench.ledger.log.root(at: head))
    #expect(try again.log.verifyContent().isEmpty)
    // The index is whole, so look-ups are the same.
    for tag in [Tag.device(try eui(Fixture.device)), Tag.party("SUPA"), Tag.registrations] {
      #expect(try again.log.timeline(tag, upTo: head) == bench.ledger.log.timeline(tag, upTo: head))
    }
    try bench.ledger.catchUpViews()
    try again.catchUpViews()
    for table in try viewTables(in: bench.test.folder) {
      #expect(
        try rows(table, in: bench.new + "/views.sqlite")
          == rows(table, in: bench.test.folder + "/views.sqlite"), "\(table)")
    }
    #expect(try again.checkpoint().origin == backedUp.checkpoint.origin)
    #expect(throws: LogError.self) { try bench.restore(bench.request()) }
  }

  @Test func `leaves values alone that belong to a longer log than this one`() throws {
    let bench = try BackupBench()
    _ = try bench.backUp()
    let old = bench.test.folder + "-old"
    defer { try? FileManager.default.removeItem(atPath: old) }
    _ = try bench.ledger.log.emptyWAL(waiting: 1000)
    try FileManager.default.copyItem(atPath: bench.test.folder, toPath: old)
    let early = try Data(contentsOf: URL(fileURLWithPath: bench.backup + "/log/checkpoint"))
    _ = try bench.test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    _ = try bench.backUp()
    // As an interrupted backup leaves it: the values are in place, the log's checkpoint is not.
    try early.write(to: URL(fileURLWithPath: bench.backup + "/log/checkpoint"))
    let values = URL(fileURLWithPath: bench.backup + "/subjects/values.sqlite")
    let before = try Data(contentsOf: values)
    let copy = try Ledger.open(at: old, clock: { bench.test.now() })
    defer { copy.log.close() }
    #expect(throws: NotOurStaticLog.self) { try copy.backUp(to: bench.backup) }
    #expect(try Data(contentsOf: values) == before)
    _ = try bench.backUp()
  }

  @Test func `of more than 65,536 events has tiles above tiles, and restores`() throws {
    let bench = try BackupBench()
    try bench.grow(66_000)
    _ = try bench.backUp()
    let checkpoint = try bench.ledger.checkpoint(at: 65_000)
    #expect(try bench.restore(bench.request(checkpoint)).size == bench.ledger.head())
    #expect(
      try rows("tile", in: bench.new + "/ledger.sqlite")
        == rows("tile", in: bench.test.folder + "/ledger.sqlite"))
  }

  @Test func `made again writes only what is new of the log`() throws {
    let bench = try BackupBench()
    try bench.grow(600)
    #expect(try bench.backUp().files > 3)
    let first = try files(under: bench.backup + "/log")
    #expect(try bench.backUp().files == 0)
    #expect(try files(under: bench.backup + "/log") == first)
    try bench.grow(300)
    let written = try bench.backUp().files
    let second = try files(under: bench.backup + "/log")
    for (name, bytes) in first where name != "checkpoint" && !name.contains(".p/") {
      #expect(second[name] == bytes, "\(name)")
    }
    #expect(written == second.filter { first[$0.key] != $0.value }.count)
    #expect(try bench.restore(bench.request()).size == bench.ledger.head())
  }

  @Test func `is for its owner only, holds no key, and no value in what grows`() throws {
    let bench = try BackupBench()
    try bench.test.submit(update(Fixture.ofB, counter: 1))
    _ = try bench.backUp()
    let key = try #require(
      Data(
        base64Encoded: String(contentsOfFile: bench.keyFile, encoding: .utf8)
          .trimmingCharacters(in: .newlines)))
    for (name, bytes) in try files(under: bench.backup) {
      #expect(bytes.range(of: key) == nil && bytes.range(of: key.base64EncodedData()) == nil)
      if name.hasPrefix("log/") {
        #expect(bytes.range(of: Data(Fixture.ofB.utf8)) == nil, "\(name)")
      }
    }
    let manager = FileManager.default
    for name in [""]
      + (manager.enumerator(atPath: bench.backup)?.compactMap { $0 as? String } ?? [])
    {
      let attributes = try manager.attributesOfItem(atPath: bench.backup + "/" + name)
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
    }
  }

  @Test func `into a folder of something else is refused, and that is left as it is`() throws {
    let bench = try BackupBench()
    let other = try BackupBench()
    _ = try other.backUp()
    let foreign = try files(under: other.backup)
    #expect(throws: NotOurStaticLog.self) { try bench.ledger.backUp(to: other.backup) }
    #expect(try files(under: other.backup) == foreign)
    let manager = FileManager.default
    try manager.createDirectory(atPath: bench.new, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: bench.new + "/letter.txt"))
    #expect(throws: NotOurStaticLog.self) { try bench.ledger.backUp(to: bench.new) }
    #expect(try manager.contentsOfDirectory(atPath: bench.new) == ["letter.txt"])
    #expect(throws: NotOurStaticLog.self) {
      try bench.ledger.backUp(to: bench.test.folder + "/backup")
    }
    // By a link, too; and no ledger is made in a backup.
    let link = bench.apart + "/link"
    try manager.createSymbolicLink(atPath: link, withDestinationPath: bench.test.folder)
    #expect(throws: NotOurStaticLog.self) { try bench.ledger.backUp(to: link + "/backup") }
    _ = try bench.backUp()
    var request = try bench.request()
    request.folder = bench.backup + "/new"
    #expect(throws: LogError.self) { try bench.restore(request) }
    #expect(!manager.fileExists(atPath: request.folder))
    // One whose log is there and whose beginning is another's.
    try manager.removeItem(atPath: other.backup + "/log")
    #expect(throws: NotOurStaticLog.self) { try other.ledger.backUp(to: other.backup) }
  }

  @Test func `that was interrupted restores the one before, and the next one completes it`() throws
  {
    let bench = try BackupBench()
    try bench.grow(300)
    let before = try bench.backUp().checkpoint
    let values = URL(fileURLWithPath: bench.backup + "/subjects/values.sqlite")
    let signed = URL(fileURLWithPath: bench.backup + "/log/checkpoint")
    let (earlier, note) = try (Data(contentsOf: values), Data(contentsOf: signed))
    try bench.grow(400)
    let after = try bench.backUp().checkpoint
    let (later, laterNote) = try (Data(contentsOf: values), Data(contentsOf: signed))
    // Before the values are in their place, the files of the log have gone ahead of them.
    try earlier.write(to: values)
    try note.write(to: signed)
    #expect(try bench.restore(bench.request(before)).size == before.size)
    try FileManager.default.removeItem(atPath: bench.new)
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request(after)) }
    // Before the checkpoint is in its place, the values have.
    try later.write(to: values)
    #expect(try bench.restore(bench.request(before)).size == after.size)
    try FileManager.default.removeItem(atPath: bench.new)
    // Values that were put back by hand are fewer than what the backup itself says was signed for: whoever
    // read that would have two histories of one name.
    try earlier.write(to: values)
    try laterNote.write(to: signed)
    do {
      try bench.restore(bench.request(before, key: bench.keyFile))
      Issue.record("restored")
    } catch CannotRestore.shorter(let size, let most) {
      #expect(size == before.size && most == after.size && bench.isNothingLeft)
    }
    let fork = try bench.restore(bench.request(before, fork: "test.invalid/fork", isDryRun: true))
    #expect(fork.missing == after.size - before.size)
    #expect(try bench.backUp().files == 0)
    #expect(try bench.restore(bench.request()).size == after.size)
    // A first one without its last step is none.
    try FileManager.default.removeItem(at: values)
    try FileManager.default.removeItem(atPath: bench.new)
    #expect(throws: CannotRestore.self) { try bench.restore(bench.request()) }
    #expect(bench.isNothingLeft)
  }

  @Test func `that was first interrupted after its values goes on`() throws {
    let bench = try BackupBench()
    try bench.grow(300)
    let first = try bench.backUp().checkpoint
    let log = bench.backup + "/log/"
    try FileManager.default.moveItem(
      atPath: log + "checkpoint", toPath: log + ".unfinished-smi-ledger-export")
    #expect(try bench.restore(bench.request()).size == first.size)
    try FileManager.default.removeItem(atPath: bench.new)
    #expect(try bench.backUp().files == 1)
    #expect(try bench.restore(bench.request()).size == first.size)
  }

  @Test func `goes on over what an interrupted one left of a history that is lost`() throws {
    let bench = try BackupBench()
    try bench.grow(300)
    _ = try bench.backUp()
    // Of the lost history: a full bundle and tile, and a reference set of the same number.
    let other = try BackupBench()
    try other.grow(1000)
    _ = try other.backUp()
    let manager = FileManager.default
    for name in ["tile/entries/001", "tile/0/001"] {
      try manager.copyItem(
        atPath: other.backup + "/log/" + name, toPath: bench.backup + "/log/" + name)
    }
    let set = URL(fileURLWithPath: bench.backup + "/log/references/1")
    let rows = try Data(contentsOf: set)
    try Data([1, 65, 0, 0, 0, 1, 66]).write(to: set)
    try bench.grow(20)
    let size = try bench.backUp().checkpoint.size
    #expect(size < 512)
    #expect(try Data(contentsOf: set) == rows)
    #expect(try bench.restore(bench.request()).size == size)
  }

  @Test func `is of one moment, whatever is appended meanwhile`() throws {
    let bench = try BackupBench()
    try bench.grow(400)
    let stop = Mutex(false)
    let appended = Mutex(0)
    let writer = OwnThread {
      let ledger = try? bench.test.another()
      var counter: UInt64 = 0
      while !stop.withLock({ $0 }) {
        counter += 1
        if let request = try? update(Fixture.ofB, counter: counter),
          (try? ledger?.submit(request, raw: Array("raw \(counter)".utf8), by: nil, at: nil)) != nil
        {
          appended.withLock { $0 += 1 }
        }
      }
      ledger?.log.close()
    }
    defer {
      stop.withLock { $0 = true }
      writer.join()
    }
    for _ in 0..<5 {
      let checkpoint = try bench.backUp().checkpoint
      let restored = try bench.restore(bench.request(checkpoint))
      #expect(restored.size == checkpoint.size)
      let file = bench.new + "/ledger.sqlite"
      // Every raw message that a record names is there, and none of a later one.
      #expect(try rows("document", in: file).count == rows("content", in: file).count)
      try FileManager.default.removeItem(atPath: bench.new)
    }
    #expect(appended.withLock { $0 } > 5)
  }
}
