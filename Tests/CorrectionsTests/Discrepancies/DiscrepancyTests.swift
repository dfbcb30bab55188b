import Testing

@testable import Corrections

@Suite struct `A discrepancy` {
  private let id = DiscrepancyID(number: 7)
  private let dcc = Actor(user: "DCC-017", party: "DCC", role: nil, via: .system)

  private func found(_ facts: [Fact] = [.typed(), .holding()], as number: Int = 7) -> Event {
    .discovery(
      .found(
        DiscrepancyFound(
          discrepancy: DiscrepancyID(number: number),
          suspicion: Suspicion(
            .mpxnTwice, .likely, of: The.device, others: [The.otherDevice], field: .importMPxN,
            mpxns: [heldMPxN], parties: ["SUPA"], facts: facts), rules: 1)))
  }

  private var ended: DiscrepancyEnded {
    DiscrepancyEnded(
      discrepancy: id, rule: .mpxnTwice, device: The.device, others: [The.otherDevice],
      parties: ["SUPA"])
  }

  private var cleared: Event { .discovery(.cleared(ended)) }
  private var dismissed: Event {
    .discovery(.dismissed(DiscrepancyDismissed(about: ended, reason: "D")))
  }

  /// The discrepancy after these events, one a day from 1 February 2026 at positions from 11.
  private func after(_ events: Event...) throws -> Discrepancy {
    try #require(Discrepancy.fold(id, events.enumerated().map { recordedOn($0, $1) }))
  }

  private func recordedOn(_ day: Int, _ event: Event) -> Recorded {
    recorded(event, at: 11 + day, effective: february(1 + day), by: dcc)
  }

  @Test func `is open once it is found`() throws {
    let discrepancy = try after(found())
    #expect(discrepancy.id == id && discrepancy.state == .open)
    #expect(discrepancy.firstSeen == february(1) && discrepancy.lastRecorded == february(1))
    #expect(discrepancy.foundAt == 11 && discrepancy.position == 11)
    #expect(discrepancy.returns == 0 && discrepancy.dismissal == nil)
    #expect(discrepancy.ending == ended)
  }

  @Test func `is none before it is found, and of another's events`() {
    #expect(Discrepancy.fold(id, [recordedOn(0, cleared)]) == nil)
    #expect(Discrepancy.fold(id, [recordedOn(0, dismissed)]) == nil)
    #expect(
      Discrepancy.fold(id, [recordedOn(0, found(as: 8)), recordedOn(1, Told.deleted)]) == nil)
  }

  @Test func `found again with other facts says those, and was first seen when it was`() throws {
    let discrepancy = try after(found(), found([.typed()]))
    #expect(discrepancy.suspicion.facts == [.typed()])
    #expect(discrepancy.state == .open && discrepancy.returns == 0)
    #expect(discrepancy.firstSeen == february(1) && discrepancy.lastRecorded == february(2))
    #expect(discrepancy.foundAt == 12)
  }

  @Test func `dismissed says by whom, when and why`() throws {
    let discrepancy = try after(found(), dismissed)
    #expect(discrepancy.state == .dismissed && discrepancy.position == 12)
    #expect(discrepancy.foundAt == 11)
    #expect(
      discrepancy.dismissal == Discrepancy.Dismissal(actor: dcc, at: february(2), reason: "D"))
  }

  @Test func `dismissed is open again when its facts change`() throws {
    let discrepancy = try after(found(), dismissed, found([.typed()]))
    #expect(discrepancy.state == .open && discrepancy.dismissal == nil)
    #expect(discrepancy.returns == 0, "it had not gone")
  }

  @Test func `cleared keeps what was found`() throws {
    let discrepancy = try after(found(), cleared)
    #expect(discrepancy.state == .cleared && discrepancy.lastRecorded == february(2))
    #expect(discrepancy.suspicion.facts == [.typed(), .holding()])
    #expect(try after(found(), dismissed, cleared).dismissal == nil)
  }

  @Test func `counts how often it came back`() throws {
    #expect(try after(found(), cleared, found()).returns == 1)
    let twice = try after(found(), cleared, found(), found([.typed()]), cleared, found())
    #expect(twice.returns == 2 && twice.state == .open && twice.firstSeen == february(1))
  }

  @Test func `whose dismissal was in error is open`() throws {
    let annulled = Event.eventAnnulled(
      EventAnnulled(
        position: 12, type: "DiscrepancyDismissed", tags: ["discrepancy:DIS-000007"],
        replacedBy: nil, reason: "D"))
    let events = [found(), dismissed, annulled].enumerated().map { recordedOn($0, $1) }
    let discrepancy = try #require(Discrepancy.fold(id, events.standing))
    #expect(discrepancy.state == .open && discrepancy.dismissal == nil)
  }

  @Test func `is the same folded at once and event by event`() throws {
    let events = [found(), dismissed, found([.typed()]), cleared, found(), dismissed]
      .enumerated().map { recordedOn($0, $1) }
    var step: Discrepancy?
    for (count, event) in events.enumerated() {
      Discrepancy.evolve(&step, id: id, with: event)
      #expect(step == Discrepancy.fold(id, events.prefix(count + 1)))
    }
  }
}

@Suite struct `The number of a discrepancy` {
  @Test(arguments: [("DIS-000041", 41), ("dis-000001", 1), ("DIS-1000000", 1_000_000)])
  func `is read in either case, with at least six digits`(_ text: String, _ number: Int) {
    #expect(DiscrepancyID(text)?.number == number)
    #expect(DiscrepancyID(number: number).description == text.uppercased())
  }

  @Test(arguments: [
    "", "DIS-", "DIS-41", "DIS-000000", "DIS-0000041", "COR-000041", "DIS000041", "DIS-00004x",
    "DIS-1000000000", " DIS-000041",
  ])
  func `is nothing else`(_ text: String) { #expect(DiscrepancyID(text) == nil) }
}
