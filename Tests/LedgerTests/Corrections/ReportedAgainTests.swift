import Corrections
import EventLog
import Testing

@testable import Ledger

/// The same report leads to its first outcome for ever, whatever became of the correction.
@Suite struct `The same report again` {
  private enum Since: CaseIterable {
    case nothing, valueChanged, withdrawn, rejected, resolvedAndReopened
  }

  private func happen(_ since: Since, to id: CorrectionID, _ test: TestLedger) throws {
    switch since {
    case .nothing: break
    case .valueChanged:
      let other = try point("1429876543210")
      _ = try test.act(.change(.mpxn(.importMPxN, other), reason: nil), id, by: Fixture.supA)
    case .withdrawn: _ = try test.act(.withdraw(reason: "x"), id, by: Fixture.supA)
    case .rejected: _ = try test.act(.reject(reason: "x"), id, by: "DCC-017")
    case .resolvedAndReopened:
      _ = try test.act(.resolve(.noFault), id, by: "DCC-017")
      _ = try test.act(.reopen(reason: "x"), id, by: Fixture.supA)
    }
  }

  @Test(arguments: Since.allCases)
  private func `of a refused request records nothing`(_ since: Since) throws {
    let test = try TestLedger()
    let refused = try test.submit(update(Fixture.ofB, counter: 1))
    func open() throws -> Opened {
      try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
    }
    let first = try open()
    try happen(since, to: first.correction.id, test)
    let head = try test.ledger.head()
    let again = try open()
    #expect(again.repeated && again.correction.id == first.correction.id)
    #expect(again.position == first.position)
    #expect(try test.ledger.head() == head)
  }

  @Test(arguments: Since.allCases)
  private func `of one batch records nothing`(_ since: Since) throws {
    let test = try TestLedger()
    func open() throws -> Opened {
      try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA, batch: "march")
    }
    let first = try open()
    try happen(since, to: first.correction.id, test)
    let head = try test.ledger.head()
    #expect(try open().repeated)
    #expect(try test.ledger.head() == head)
  }

  @Test func `of one batch with another value says which correction it is about`() throws {
    let test = try TestLedger()
    let id = try test.report(
      Fixture.device, wants: Fixture.ofB, by: Fixture.supA, batch: "march"
    ).correction.id
    #expect {
      try test.report(Fixture.device, wants: Fixture.ofA, by: Fixture.supA, batch: "march")
    } throws: { error in
      if case .askedOtherwise(id, _)? = error as? CannotOpen { true } else { false }
    }
    // Without the label the party is led to the change, too; of another party it is a report.
    #expect(throws: Refusal.wantsAnother(id, while: nil)) {
      try test.report(Fixture.device, wants: Fixture.ofA, by: Fixture.supA)
    }
    #expect(
      try test.report(Fixture.device, wants: Fixture.ofA, by: Fixture.supC, batch: "march").joined)
  }

  @Test func `in the same words is one fault, in other words another`() throws {
    let test = try TestLedger()
    func open(_ words: String, by user: String = Fixture.supA, _ batch: String? = nil) throws
      -> Opened
    {
      try test.ledger.openCorrection(
        device: try eui(Fixture.device), .other(words), by: try test.actor(user), at: test.now(),
        batch: batch)
    }
    let first = try open("one", "march")
    #expect(try open("one", "march").repeated)
    #expect(try open("one", by: Fixture.supC).joined)
    let other = try open("another")
    #expect(!other.joined && other.correction.id != first.correction.id)
    _ = try test.act(.reject(reason: "x"), first.correction.id, by: "DCC-017")
    #expect(try open("one", "march").repeated, "also after its end")
    // Two rows of one batch in other words are two faults, each of them known again.
    let third = try open("a third", "march")
    #expect(!third.repeated && third.correction.id.number == 3)
    #expect(try open("a third", "march").correction.id == third.correction.id)
    #expect(try open("one", "march").correction.id == first.correction.id)
  }
}
