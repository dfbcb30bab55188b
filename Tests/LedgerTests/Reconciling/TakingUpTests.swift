import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

@Suite struct `Taking up a discrepancy` {
  private func takeUp(
    _ id: DiscrepancyID, _ test: TestLedger, words: String = "what was found", dryRun: Bool = false
  ) throws -> [TakenUp] {
    try test.ledger.takeUp(
      id, as: "march", words: { _ in words }, by: try test.actor("DCC-017"), at: test.now(),
      dryRun: dryRun)
  }

  @Test(arguments: [2, 3])
  func `of a ring opens one correction for each of its devices, and asks both sides`(
    _ count: Int
  ) throws {
    let test = try TestLedger()
    try test.importCrossedMeters(count)
    try test.reconcile()
    let found = try test.discrepancy(of: .crossedMPxNs)
    let taken = try takeUp(found.id, test)
    #expect(try taken.map(\.device) == Meter.all.prefix(count).map { try eui($0) })
    #expect(taken.allSatisfy { $0.field == .importMPxN && $0.refusal == nil })
    let corrections = try taken.map { try #require($0.opened?.correction) }
    let wanted = try corrections.map { try $0.requested.mpxn.flatMap { try test.ledger.mpxn($0) } }
    #expect(wanted.map { $0?.digits } == (0..<count).map { Meter.points[($0 + 1) % count] })
    #expect(Set(corrections.map(\.id)).count == count)
    for id in corrections.map(\.id) {
      let correction = try test.correction(id)
      #expect(correction.state == .awaitingConsent && correction.batch == "march")
      #expect(Set(correction.linked) == Set(corrections.map(\.id)).subtracting([id]))
      #expect(try test.steps(id, "CorrectionRequested").map(\.cause) == [found.foundAt])
    }
    #expect(try test.reconcile().recorded == 0, "taking up changes no fact")
  }

  @Test func `again records nothing`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    try test.reconcile()
    for rule in [DiscrepancyRule.crossedMPxNs, .mpxnTwice] {
      let id = try test.discrepancy(of: rule).id
      let first = try takeUp(id, test)
      let head = try test.ledger.head()
      let again = try takeUp(id, test)
      #expect(again.allSatisfy { $0.opened?.repeated == true }, "\(rule)")
      #expect(again.map { $0.opened?.correction.id } == first.map { $0.opened?.correction.id })
      #expect(try test.ledger.head() == head)
    }
  }

  @Test func `without a wanted value is in words, of no field`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let found = try test.discrepancy(of: .mpxnTwice)
    let taken = try takeUp(found.id, test, words: "one MPxN on two devices")
    #expect(try taken.map(\.device) == [eui(Fixture.other)] && taken.map(\.field) == [.other])
    let correction = try #require(taken.first?.opened?.correction)
    guard case .text(let document) = correction.requested else {
      Issue.record("\(correction.requested)")
      return
    }
    #expect(try test.ledger.text(of: document) == "one MPxN on two devices")
  }

  @Test func `in words stays in the correction that is open, whatever its facts become`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let found = try test.discrepancy(of: .mpxnTwice)
    let first = try takeUp(found.id, test, words: "one MPxN on two devices")
    // A third device that holds it makes other facts.
    let held = try #require(found.suspicion.mpxns.first.flatMap { try? test.ledger.mpxn($0) })
    try test.look(["00-DB-12-34-56-78-99-00": held.digits])
    try test.reconcile()
    let changed = try test.discrepancy(found.id)
    try #require(changed.foundAt > found.foundAt && changed.state == .open)
    let again = try takeUp(found.id, test, words: "one MPxN on three devices")
    #expect(again.map { $0.opened?.correction.id } == first.map { $0.opened?.correction.id })
    #expect(again.allSatisfy { $0.opened?.repeated == true })
  }

  @Test func `with a wanted value wants it, and ends when the SMI says so`() throws {
    let test = try TestLedger()
    try test.importMeters()
    try test.technicalDetails("\(Meter.all[0]),\(Fixture.ofNobody)")
    try test.reconcile()
    let found = try test.discrepancy(of: .secondSourceDiffers)
    let id = try #require(try takeUp(found.id, test).first?.opened?.correction.id)
    try test.look([Meter.all[0]: Fixture.ofNobody])
    #expect(try test.correction(id).state == .resolved)
    try test.reconcile()
    #expect(try test.discrepancy(found.id).state == .cleared)
  }

  @Test func `whose value the SMI holds by now is refused, and says why`() throws {
    let test = try TestLedger()
    try test.importMeters()
    try test.technicalDetails("\(Meter.all[0]),\(Fixture.ofNobody)")
    try test.reconcile()
    try test.look([Meter.all[0]: Fixture.ofNobody])
    let head = try test.ledger.head()
    let taken = try takeUp(try test.discrepancy(of: .secondSourceDiffers).id, test)
    #expect(taken.count == 1 && taken[0].opened == nil && taken[0].refusal is Refusal)
    #expect(try test.ledger.head() == head)
  }

  @Test func `joins a correction that is open already`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    let open = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA)
    try test.reconcile()
    let taken = try takeUp(try test.discrepancy(of: .crossedMPxNs).id, test)
    #expect(taken[0].opened?.correction.id == open.correction.id && taken[0].opened?.joined == true)
    #expect(taken[1].opened?.joined == false)
  }

  @Test func `only tried records nothing`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    try test.reconcile()
    let head = try test.ledger.head()
    let taken = try takeUp(try test.discrepancy(of: .crossedMPxNs).id, test, dryRun: true)
    #expect(taken.count == 2 && taken.allSatisfy { $0.opened?.position == nil })
    #expect(try test.ledger.head() == head)
  }

  @Test func `is refused of one that isn't there, or is gone`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    try test.look([Fixture.device: Fixture.ofA])
    try test.reconcile(.mpxnTwice)
    #expect {
      try takeUp(id, test)
    } throws: {
      if case .cleared(id, _)? = $0 as? CannotDismiss { true } else { false }
    }
    #expect {
      try takeUp(DiscrepancyID(number: 999), test)
    } throws: {
      if case .noSuchDiscrepancy? = $0 as? CannotDismiss { true } else { false }
    }
  }
}

@Suite struct `Dismissing a discrepancy` {
  @Test func `says by whom and why, in words that can be erased`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    let position = try test.dismiss(id, because: "a word of its own")
    let dismissed = try test.discrepancy(id)
    #expect(dismissed.state == .dismissed && dismissed.position == position)
    let dismissal = try #require(dismissed.dismissal)
    #expect(dismissal.actor.user == "DCC-017")
    #expect(try test.ledger.text(of: dismissal.reason) == "a word of its own")
    try test.expectNowhere(["a word of its own"])
  }

  @Test func `is refused of one that isn't open`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    let position = try test.dismiss(id)
    let head = try test.ledger.head()
    #expect {
      try test.dismiss(id)
    } throws: {
      if case .dismissed(id, position)? = $0 as? CannotDismiss { true } else { false }
    }
    #expect(try test.ledger.head() == head)
    try test.look([Fixture.device: Fixture.ofA])
    try test.reconcile(.mpxnTwice)
    #expect {
      try test.dismiss(id)
    } throws: {
      if case .cleared(id, _)? = $0 as? CannotDismiss { true } else { false }
    }
    #expect {
      try test.dismiss(DiscrepancyID(number: 999))
    } throws: {
      if case .noSuchDiscrepancy? = $0 as? CannotDismiss { true } else { false }
    }
  }

  @Test func `only tried records nothing`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    let head = try test.ledger.head()
    let tried = try test.ledger.dismiss(
      id, reason: "no", by: try test.actor("DCC-017"), dryRun: true)
    #expect(try tried == nil && test.ledger.head() == head)
    #expect(try test.discrepancy(id).state == .open)
  }
}
