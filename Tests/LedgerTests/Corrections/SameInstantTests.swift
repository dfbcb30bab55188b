import Corrections
import EventLog
import OwnThread
import Synchronization
import Testing

@testable import Ledger

/// Where threads wait for each other, and what came of what each did.
private final class Gate: Sendable {
  enum Outcome: Equatable {
    case done, refused
    case failed(String)
  }

  private let outcomes = Mutex<[Int: Outcome]>([:])
  private let waiting: Atomic<Int>

  init(of count: Int) { waiting = Atomic(count) }

  func pass(_ index: Int, _ attempt: () throws -> Void) {
    waiting.subtract(1, ordering: .sequentiallyConsistent)
    while waiting.load(ordering: .sequentiallyConsistent) > 0 {}
    let outcome: Outcome
    do {
      try attempt()
      outcome = .done
    } catch is Refusal {
      outcome = .refused
    } catch {
      outcome = .failed("\(error)")
    }
    outcomes.withLock { $0[index] = outcome }
  }

  /// In the order of the threads.
  var all: [Outcome] {
    outcomes.withLock { found in found.keys.sorted().compactMap { found[$0] } }
  }
}

/// Two handles of one folder, as two processes have them.
@Suite struct `Of two who act at the same instant` {
  /// Runs two bodies on threads of their own that start together, each on its own handle.
  private func atOnce(
    _ test: TestLedger, _ bodies: [@Sendable (Ledger) throws -> Void]
  ) throws -> [Gate.Outcome] {
    let gate = Gate(of: bodies.count)
    let threads = try bodies.enumerated().map { index, body in
      let ledger = try test.another()
      return OwnThread {
        gate.pass(index) { try body(ledger) }
        ledger.log.close()
      }
    }
    for thread in threads { thread.join() }
    return gate.all
  }

  /// An action of a user on a handle.
  private func acting(
    _ test: TestLedger, _ action: Action, _ id: CorrectionID, by user: String
  ) throws -> @Sendable (Ledger) throws -> Void {
    let user = try #require(try test.ledger.user(user))
    return { ledger in
      _ = try ledger.act(action, on: id, by: user, via: .system, at: ledger.now())
    }
  }

  private func expectOneOf(_ outcomes: [Gate.Outcome]) {
    #expect(outcomes.count { $0 == .done } == 1, "\(outcomes)")
    #expect(outcomes.count { $0 == .refused } == 1, "\(outcomes)")
  }

  @Test(arguments: 0..<6)
  func `one ends the correction and the other is told`(_ round: Int) throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    expectOneOf(
      try atOnce(
        test,
        [
          acting(test, .withdraw(reason: "no"), id, by: Fixture.supA),
          acting(test, .reject(reason: "no"), id, by: "DCC-017"),
        ]))
    #expect(try test.ledger.head() == head + 1)
    #expect(try [.withdrawn, .rejected].contains(test.correction(id).state))
  }

  @Test(arguments: 0..<6)
  func `and merge two corrections into each other, one goes on`(_ round: Int) throws {
    let test = try TestLedger()
    try test.importMeters()
    let first = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA)
    let second = try test.ledger.openCorrection(
      device: try eui(Meter.all[0]), .other("the meter of the flat above"),
      by: try test.actor(Fixture.supA), at: test.now())
    let ids = [first.correction.id, second.correction.id]
    expectOneOf(
      try atOnce(
        test,
        [
          acting(test, .merge(into: ids[1], reason: "same"), ids[0], by: "DCC-017"),
          acting(test, .merge(into: ids[0], reason: "same"), ids[1], by: "DCC-021"),
        ]))
    #expect(try ids.count { try test.correction($0).isOpen } == 1)
  }

  @Test(arguments: 0..<4)
  func `on two corrections of one ring, one applies it and the other is told`(_ round: Int) throws {
    let test = try TestLedger()
    try test.importMeters()
    let ids = try (0..<2).map {
      try test.report(Meter.all[$0], wants: Meter.points[1 - $0], by: Fixture.supA).correction.id
    }
    _ = try test.act(.consent, ids[0], by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), ids[1], by: "DCC-017")
    _ = try test.act(.approve, ids[0], by: "DCC-021")
    let head = try test.ledger.head()
    expectOneOf(
      try atOnce(
        test,
        ids.map { try acting(test, round < 2 ? .apply : .fail(reason: "no"), $0, by: "DSP-004") }))
    let events = try test.events(after: head)
    #expect(try test.extent(at: head + 1) == events.count)
    #expect(events.count == (round < 2 ? 4 : 2))
    let held = try [0, 1].map { try test.held(Meter.all[$0]) }
    #expect(
      held
        == (round < 2 ? [Meter.points[1], Meter.points[0]] : [Meter.points[0], Meter.points[1]]))
  }

  @Test(arguments: 0..<6)
  func `and report one fault, one opens it and the other joins`(_ round: Int) throws {
    let test = try TestLedger()
    let ids = Mutex<Set<CorrectionID>>([])
    let outcomes = try atOnce(
      test,
      [Fixture.supA, Fixture.supC].map { user in
        { ledger in
          let opened = try test.report(Fixture.device, wants: Fixture.ofB, by: user, in: ledger)
          ids.withLock { _ = $0.insert(opened.correction.id) }
        }
      })
    #expect(outcomes == [.done, .done])
    let id = try #require(ids.withLock { $0.count == 1 ? $0.first : nil })
    #expect(try test.steps(id, "CorrectionRequested").count == 1)
    #expect(try test.steps(id, "CorrectionJoined").count == 1)
    #expect(try Set(test.correction(id).reporters) == ["SUPA", "SUPC"])
    #expect(try test.device(Fixture.device).corrections.count == 1)
  }

  @Test func `say something to one correction again and again, nothing is refused or lost`() throws
  {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let user = try #require(try test.ledger.user("DCC-017"))
    let body: @Sendable (Ledger) throws -> Void = { ledger in
      for number in 0..<12 {
        _ = try ledger.act(.note("note \(number)"), on: id, by: user, via: .system)
      }
    }
    #expect(try atOnce(test, Array(repeating: body, count: 6)) == Array(repeating: .done, count: 6))
    #expect(try test.steps(id, "NoteAdded").count == 72)
    let times = try test.ledger.timeline(Tag.correction(id)).map(\.effectiveAt)
    #expect(times == times.sorted())
  }

  @Test(arguments: 0..<6)
  func `and report the two halves of a crossed pair, the second is linked`(_ round: Int) throws {
    let test = try TestLedger()
    try test.importMeters()
    let outcomes = try atOnce(
      test,
      [0, 1].map { index in
        { ledger in
          try test.report(
            Meter.all[index], wants: Meter.points[1 - index], by: Fixture.supA, in: ledger)
        }
      })
    #expect(outcomes == [.done, .done])
    let first = try test.correction(CorrectionID(number: 1))
    #expect(first.linked == [CorrectionID(number: 2)])
    #expect(try test.steps(first.id, "CorrectionsLinked").count == 1)
  }
}
