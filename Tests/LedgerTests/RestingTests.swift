import Corrections
import EventLog
import Foundation
import OwnThread
import Testing

@testable import Ledger

/// A decision rests on facts that stand up to a position; nothing of them moved before it was
/// recorded.
@Suite struct `What a decision rests on` {
  /// Every event that moved what the judgement rested on, between the look and the record.
  private func moved(before received: Recorded, _ event: ServiceRequestValidated, in ledger: Ledger)
    throws -> [Int]
  {
    var tags = [Tag.registrations, Tag.user(event.requestID.originator.description)]
    if let device = event.deviceID { tags.append(Tag.device(device)) }
    for fact in event.judgement.findings.flatMap(\.facts) {
      if case .text(let supplier) = fact.value, fact.name == .registeredSupplier {
        tags.append(Tag.participant(supplier))
      }
    }
    return try tags.flatMap { try ledger.timeline($0).map(\.position) }
      .filter { $0 > event.factsUpTo && $0 < received.position }
  }

  @Test func `does not move while others import and submit`() throws {
    let test = try TestLedger()
    let rows = try String(contentsOfFile: example("registrations.csv"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let importing = OwnThread {
      guard let ledger = try? Ledger.open(at: test.folder, clock: { test.now() }) else { return }
      let actor = Corrections.Actor(user: nil, party: "unknown", role: nil, via: .import)
      for number in 0..<20 {
        let supplier = number.isMultiple(of: 2) ? "SUPB" : "SUPA"
        let day = String(format: "2025-%02d-%02d", 1 + number / 28, 1 + number % 28)
        let path = test.folder + "/r\(number).csv"
        let text = rows[0] + "\n\(Fixture.ofA),import,\(supplier),\(day),\n"
        try? text.write(toFile: path, atomically: true, encoding: .utf8)
        _ = try? ledger.importRegistrations(
          path, mode: .update, by: actor, at: test.now(), options: ImportOptions())
      }
    }
    let submitting = (0..<3).map { caller in
      OwnThread {
        for number in 0..<12 {
          let sender = [Fixture.supA, Fixture.supB, Fixture.supC][number % 3]
          guard
            let request = try? update(
              number.isMultiple(of: 2) ? Fixture.ofA : Fixture.ofB, by: sender,
              counter: UInt64(100 + caller * 100 + number))
          else { return }
          _ = try? test.submit(request)
        }
      }
    }
    for thread in [importing] + submitting { thread.join() }
    var judged = 0
    var imports = 0
    for position in 1...(try test.ledger.head()) {
      let recorded = try #require(try test.ledger.log.event(at: position)).recorded()
      switch recorded.event {
      case .registrationsImported: imports += 1
      case .serviceRequestValidated(let event):
        judged += 1
        let received = try #require(try test.ledger.timeline(Tag.request(event.requestID)).first)
        #expect(try moved(before: received, event, in: test.ledger) == [])
        #expect(event.registrations ?? 0 <= event.factsUpTo)
      default: break
      }
    }
    #expect(judged == 36)
    #expect(imports > 5)
  }

  @Test func `is the market participant ids that a party has now`() throws {
    let test = try TestLedger()
    #expect(try test.ledger.party(ofParticipant: "SUPG") == "SUPA")
    let path = test.folder + "/users.csv"
    try """
    user_id,party,market_participant_ids,roles,status,name
    \(Fixture.supA),SUPA,SUPA,IS;ES;GS,active,

    """.write(toFile: path, atomically: true, encoding: .utf8)
    let actor = Corrections.Actor(user: nil, party: "unknown", role: nil, via: .import)
    let before = try test.ledger.head()
    _ = try test.ledger.importUsers(path, by: actor, at: test.now(), options: ImportOptions())
    #expect(try test.ledger.party(ofParticipant: "SUPG") == nil)
    #expect(try test.ledger.party(ofParticipant: "SUPG", upTo: before) == "SUPA")
    #expect(try test.ledger.party(ofParticipant: "SUPA") == "SUPA")
  }

  @Test func `an import of registrations is refused when another was taken over meanwhile`()
    throws
  {
    let test = try TestLedger()
    let position = try #require(try test.ledger.timeline(Tag.registrations).last?.position)
    let request = AppendRequest(
      condition: AppendCondition(noEventTagged: [Tag.registrations], after: position - 1)
    ) { _ in [] }
    do {
      _ = try test.ledger.append(request)
      Issue.record("nothing stood in the way")
    } catch LogError.conflict(let conflict) {
      #expect(conflict.found == position)
    }
  }
}
