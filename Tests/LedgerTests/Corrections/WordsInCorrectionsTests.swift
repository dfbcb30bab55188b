import CanonicalJSON
import Corrections
import EventLog
import Testing

@testable import Ledger

/// Whatever is said about a correction is kept apart from the record, to the last word.
@Suite struct `What is typed on a correction stands in no record` {
  private static let secret = "1429876543210"
  private static let text = "the meter of \(secret) at ZZ9 9ZZ"

  private func expectNowhere(_ test: TestLedger) throws {
    try test.expectNowhere([Self.secret, "the meter of", "ZZ9 9ZZ"])
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  /// Checks that a document of an event holds the text, so that it was not merely lost.
  private func expectKept(_ id: CorrectionID, _ names: [String], _ test: TestLedger) throws {
    for name in names {
      let record = try #require(
        try test.ledger.log.event(at: try test.position(of: name, id))
      ).read()
      let documents = [
        "reason", "question", "answer", "outcome", "reference", "note", "explanation",
      ]
      .compactMap { record.body[$0]?.string }
      let kept = try documents.compactMap { try test.ledger.text(of: $0) }
      #expect(kept.contains(Self.text), "\(name)")
    }
  }

  @Test func `from questions, answers, Incidents, references and reasons`() throws {
    let test = try TestLedger()
    let text = Self.text
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    for (action, user) in [
      (Action.ask(of: "SUPA", question: text), "DCC-017"), (.inform(answer: text), Fixture.supA),
      (.reference(.dccIncident, text), "DCC-017"), (.note(text), Fixture.supB),
      (.escalate(reason: text), Fixture.supA), (.closeIncident(outcome: text), "DCC-017"),
      (
        .change(.mpxn(.importMPxN, try point(Meter.ofC)), reason: text), Fixture.supA
      ),
      (.refuse(reason: text), Fixture.supC), (.advise, "DCC-017"), (.consent, Fixture.supC),
      (.propose(explanation: nil), "DCC-017"), (.decline(reason: text), "DCC-021"),
      (.propose(explanation: nil), "DCC-017"), (.approve, "DCC-021"),
      (.fail(reason: text), "DSP-004"), (.withdraw(reason: text), Fixture.supA),
    ] {
      _ = try test.act(action, id, by: user)
    }
    try expectKept(
      id,
      [
        "InformationRequested", "InformationSupplied", "ReferenceAdded", "NoteAdded",
        "IncidentRaised", "IncidentClosed", "RequestedValueChanged", "ConsentRefused",
        "ManualFixDeclined", "ManualFixFailed", "CorrectionWithdrawn",
      ], test)
    try expectNowhere(test)
  }

  @Test func `from explanations, merges, rejections, reopenings and annulments`() throws {
    let test = try TestLedger()
    try test.importMeters()
    let text = Self.text
    let id = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: text), id, by: "DCC-017")
    let other = try test.ledger.openCorrection(
      device: try eui(Meter.all[0]), .other("the flat above"),
      by: try test.actor(Fixture.supA), at: test.now()
    ).correction.id
    _ = try test.act(.merge(into: id, reason: text), other, by: "DCC-017")
    let third = try test.report(Meter.all[1], wants: Meter.points[2], by: Fixture.supB)
      .correction.id
    _ = try test.act(.resolve(.noFault), third, by: "DCC-017")
    _ = try test.act(.reopen(reason: text), third, by: Fixture.supB)
    _ = try test.act(.reject(reason: text), third, by: "DCC-017")
    let rejected = try test.position(of: "CorrectionRejected", third)
    _ = try test.ledger.annul(
      rejected, reason: text, replacedBy: nil,
      by: try #require(try test.ledger.user("DCC-017")), via: .system)
    try expectKept(id, ["ManualFixProposed", "CorrectionMerged"], test)
    try expectKept(third, ["CorrectionReopened", "CorrectionRejected"], test)
    try expectKept(third, ["EventAnnulled"], test)
    try expectNowhere(test)
  }

  @Test func `from a wanted value in words, and from another one that is wanted then`() throws {
    let test = try TestLedger()
    let id = try test.ledger.openCorrection(
      device: try eui(Fixture.device), .other(Self.text), by: try test.actor(Fixture.supA),
      at: test.now(), batch: "march"
    ).correction.id
    _ = try test.act(.change(.other(Self.text + ", again"), reason: nil), id, by: Fixture.supA)
    guard case .text(let document) = try test.correction(id).requested else {
      Issue.record("not in words")
      return
    }
    #expect(try test.ledger.text(of: document) == Self.text + ", again")
    try expectNowhere(test)
  }

  @Test func `from an old ticket: its number, its meter point and what it asks for`() throws {
    let test = try TestLedger()
    let text = Self.text
    try test.tickets(
      "INC \(text),2026-01-05,,\(Fixture.other),\(Self.secret),,SUPA,,0,importMPxN,\(Self.secret),,,",
      "INC2,2026-01-05,,\(Fixture.device),,,SUPA,,0,other,\(text),,,",
      "INC3,2026-01-05,,\(Fixture.device),,,SUPA,,0,details,\(text),,,",
      "INC4,2026-01-05,,,,,SUPA,,0,deletion,\(text),,,")
    let first = try #require(try test.allCorrections().first?.ticket)
    #expect(try test.ledger.value(behind: first.reference) == "INC \(text)")
    try expectNowhere(test)
  }

  @Test
  func `from a ticket whose codes may be a meter point, which is refused without repeating it`()
    throws
  {
    let test = try TestLedger()
    for row in [
      "INC1,2026-01-05,,,,,\(Self.secret),,0,,,,,",
      "INC1,2026-01-05,,,,\(Self.secret),SUPA,,0,,,,,",
    ] {
      do {
        try test.tickets(row)
        Issue.record("taken over: \(row)")
      } catch {
        #expect(!"\(error)".contains(Self.secret), "\(error)")
      }
    }
    try expectNowhere(test)
  }
}
