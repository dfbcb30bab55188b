import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `The last checkpoint that was signed` {
  private func note(_ test: TestLedger) throws -> Checkpoint? {
    try LastCheckpoint(folder: test.folder).read()
  }

  @Test func `is kept, and never replaced by a smaller one`() throws {
    let test = try TestLedger()
    #expect(try note(test) == nil)
    _ = try test.ledger.checkpoint(at: 3)
    #expect(try note(test)?.size == 3)
    let whole = try test.ledger.proveInclusion(of: 2).checkpoint
    #expect(try note(test) == whole)
    _ = try test.ledger.checkpoint(at: 4)
    #expect(try note(test) == whole)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: test.folder + "/last-checkpoint")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `keeps a log that lost events since from being signed for`() throws {
    let test = try TestLedger()
    let copy = test.folder + "-copy"
    defer { try? FileManager.default.removeItem(atPath: copy) }
    try FileManager.default.copyItem(atPath: test.folder, toPath: copy)
    try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let signed = try test.ledger.checkpoint()
    // An old copy of the log beside what was signed last, as after a disk that went back in time.
    try FileManager.default.copyItem(
      atPath: test.folder + "/last-checkpoint", toPath: copy + "/last-checkpoint")
    let old = try Ledger.open(at: copy)
    defer { old.log.close() }
    let head = try old.head()
    do {
      _ = try old.checkpoint()
      Issue.record("signed")
    } catch CannotSign.shorter(_, let expected, let found) {
      #expect(expected == signed.size && found == head)
    }
    // And once it has grown again, to another history.
    let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)
    for _ in head..<signed.size {
      _ = try old.append(
        [.calendarSet(CalendarSet(calendar: "scotland", from: old.now()))], [], by: actor,
        at: old.now())
    }
    do {
      _ = try old.proveConsistency(from: 2)
      Issue.record("signed")
    } catch CannotSign.rewritten(_, let expected, _, _) { #expect(expected == signed.size) }
    #expect(throws: CannotSign.self) { try old.exportStaticLog(to: copy + "-export") }
    #expect(throws: CannotSign.self) { try old.backUp(to: copy + "-backup") }
    for name in ["-export", "-backup"] { try? FileManager.default.removeItem(atPath: copy + name) }
  }

  @Test func `by another process meanwhile is no sign of lost events`() throws {
    let test = try TestLedger()
    let other = try test.another()
    defer { other.log.close() }
    // A moment that began before the other one appends and signs.
    let last = try note(test)
    let mine = try test.ledger.log.atOneMoment {
      let before = try test.ledger.head()
      _ = try other.append(
        [.calendarSet(CalendarSet(calendar: "scotland", from: test.now()))], [],
        by: Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system), at: test.now())
      let theirs = try other.checkpoint()
      #expect(theirs.size > before)
      return try test.ledger.checkpoint(after: last)
    }
    #expect(try #require(try note(test)).size > mine.size)
    // And as it happens: one appends and signs, the others only sign, and back up.
    let backup = test.folder + "-backup"
    defer { try? FileManager.default.removeItem(atPath: backup) }
    try withThreads(3) { number in
      let ledger = try test.another()
      defer { ledger.log.close() }
      for _ in 0..<(number == 2 ? 10 : 150) {
        if number == 0 {
          _ = try ledger.append(
            [.calendarSet(CalendarSet(calendar: "scotland", from: test.now()))], [],
            by: Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system), at: test.now())
        }
        if number == 2 { _ = try ledger.backUp(to: backup) } else { _ = try ledger.checkpoint() }
      }
    }
  }

  @Test func `of another log, or that is none, is no ground to sign on`() throws {
    let test = try TestLedger()
    let other = try TestLedger()
    _ = try other.ledger.checkpoint()
    let file = test.folder + "/last-checkpoint"
    try FileManager.default.copyItem(atPath: other.folder + "/last-checkpoint", toPath: file)
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    try Data("no checkpoint".utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    #expect(
      try test.ledger.diagnose().first { $0.name == "last checkpoint" }?.value
        .hasPrefix("not readable") == true)
    try FileManager.default.removeItem(atPath: file)
    _ = try test.ledger.checkpoint()
  }
}

@Suite struct `Two exports into one folder` {
  @Test func `at once leave the newest checkpoint, and each file that it asks for`() throws {
    let test = try TestLedger()
    let folder = test.folder + "-export"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let appending = try test.another()
    for _ in 0..<5 {
      try withThreads(3) { _ in
        let ledger = try test.another()
        defer { ledger.log.close() }
        try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
        let mine = try ledger.exportStaticLog(to: folder).checkpoint
        let there = try Checkpoint(
          reading: String(contentsOfFile: folder + "/checkpoint", encoding: .utf8))
        #expect(there.size >= mine.size)
      }
    }
    appending.log.close()
    let there = try Checkpoint(
      reading: String(contentsOfFile: folder + "/checkpoint", encoding: .utf8))
    #expect(there.size == (try test.ledger.head()))
    #expect(try test.ledger.holds(there))
  }

  @Test func `leave alone what another ledger has only begun`() throws {
    let test = try TestLedger()
    let other = try TestLedger()
    let folder = test.folder + "-export"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let begun = folder + "/.unfinished-smi-ledger-export"
    try Data(try other.ledger.checkpoint().note.utf8).write(to: URL(fileURLWithPath: begun))
    #expect(throws: NotOurStaticLog.self) { try test.ledger.exportStaticLog(to: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    _ = try other.ledger.exportStaticLog(to: folder)
    #expect(!FileManager.default.fileExists(atPath: begun))
  }
}

/// Runs something on some threads at once, and throws what one of them threw.
private func withThreads(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
  let errors = Guarded()
  withoutActuallyEscaping(body) { body in
    DispatchQueue.concurrentPerform(iterations: count) { number in
      do { try body(number) } catch { errors.add(error) }
    }
  }
  if let error = errors.first { throw error }
}

private final class Guarded: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [any Error] = []
  func add(_ error: any Error) { lock.withLock { errors.append(error) } }
  var first: (any Error)? { lock.withLock { errors.first } }
}
