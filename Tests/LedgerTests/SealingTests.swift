import Corrections
import EventLog
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct `Sealing` {
  private static let operator_ = Corrections.Actor(
    user: nil, party: "ledger", role: nil, via: .system)

  private func seal(_ test: TestLedger) throws -> Sealed {
    try test.ledger.seal(by: Self.operator_)
  }

  @Test func `is an event, once for what there is`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    let first = try seal(test)
    #expect(first.isNew && first.event.upTo == head && first.position == head + 1)
    let again = try seal(test)
    #expect(!again.isNew && again.event == first.event)
    _ = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let later = try seal(test)
    #expect(later.isNew && later.event.root != first.event.root)
    #expect(later.event.tags > first.event.tags)
    #expect(try Verification.run(at: test.folder, progress: { _, _ in }).answer == .proven)
  }

  @Test func `proves a correction whole, by the newest seal that covers it`() throws {
    let test = try TestLedger()
    let opened = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let tag = Tag.correction(opened.correction.id)
    let proven = try #require(
      try test.ledger.proveCompleteness(of: tag, by: Self.operator_))
    #expect(proven.sealed.isNew && proven.events.count == proven.proof.count)
    // What comes on other timelines needs no new seal.
    try test.look([Meter.all[0]: Meter.points[0]])
    let other = try #require(try test.ledger.proveCompleteness(of: tag, by: Self.operator_))
    #expect(!other.sealed.isNew && other.proof == proven.proof)
    _ = try test.act(.note("more"), opened.correction.id, by: "DCC-017")
    let later = try #require(try test.ledger.proveCompleteness(of: tag, by: Self.operator_))
    #expect(later.sealed.isNew && later.events.count == proven.events.count + 1)
    #expect(try test.ledger.proveCompleteness(of: "device:none", by: Self.operator_) == nil)
  }

  @Test func `goes on from the records where its file was taken away or is of other days`() throws {
    let test = try TestLedger()
    let first = try seal(test)
    let path = test.folder + "/seal.sqlite"
    try FileManager.default.removeItem(atPath: path)
    #expect(try seal(test).event == first.event)
    // A file that a longer log left behind.
    let longer = try TestLedger()
    _ = try longer.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    _ = try seal(longer)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: longer.folder + "/seal.sqlite", toPath: path)
    _ = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let sealed = try seal(test)
    let verified = try Verification.run(at: test.folder, progress: { _, _ in })
    #expect(sealed.isNew && verified.answer == .proven)
  }

  @Test func `is found where its record can't be read any more`() throws {
    let test = try TestLedger()
    let sealed = try seal(test)
    for change in ["'\"upTo\"', '\"upto\"'", "'\"root\":', '\"root\",'"] {
      let copy = test.folder + "-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: copy) }
      _ = try test.ledger.log.emptyWAL(waiting: 1000)
      try FileManager.default.copyItem(atPath: test.folder, toPath: copy)
      let queue = try DatabaseQueue(path: copy + "/ledger.sqlite")
      try queue.write { db in
        try db.execute(sql: "DROP TRIGGER event_update")
        try db.execute(
          sql: "UPDATE event SET record = CAST(replace(CAST(record AS TEXT), \(change)) AS BLOB) "
            + "WHERE position = \(sealed.position)")
      }
      try queue.close()
      let verified = try Verification.run(at: copy, progress: { _, _ in })
      #expect(verified.answer == .broken, "\(change)")
      #expect(verified.problems.contains { $0.position == sealed.position }, "\(change)")
    }
  }

  @Test func `that says something else than the log is found by verifying its content`() throws {
    let test = try TestLedger()
    _ = try seal(test)
    let lie = TimelinesSealed(
      upTo: try test.ledger.head(), tags: 3,
      root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    let at = try test.ledger.append(
      [.upkeep(.timelinesSealed(lie))], [], by: Self.operator_, at: test.now())
    let verified = try Verification.run(at: test.folder, progress: { _, _ in })
    #expect(verified.answer == .broken && verified.problems.map(\.position) == [at])
    // And it serves for no proof.
    let proven = try #require(
      try test.ledger.proveCompleteness(
        of: Tag.device(try eui(Fixture.device)), by: Self.operator_))
    #expect(proven.sealed.event.root != lie.root)
  }
}
