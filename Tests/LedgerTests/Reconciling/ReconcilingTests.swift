import Corrections
import EventLog
import Synchronization
import Testing
import Wire

@testable import Ledger

@Suite struct `Reconciling` {
  @Test func `again records nothing, and says the same`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    let first = try test.reconcile()
    #expect(first.found > 1 && first.recorded == first.found)
    let head = try test.ledger.head()
    try test.pass(to: "2026-03-10T10:00:00.000Z")
    let second = try test.reconcile()
    #expect(second.recorded == 0 && second.found == 0 && second.changed == 0)
    #expect(second.unchanged == first.found && second.open == first.open)
    #expect(try test.ledger.head() == head)
    #expect(test.ledger.lastRuns()[.mpxnTwice]?.at == second.at)
  }

  @Test func `of the published examples finds the MPxN that is on two meters, once`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let twice = try test.discrepancy(of: .mpxnTwice)
    #expect(twice.id.description.hasPrefix("DIS-00000"))
    #expect(try twice.suspicion.device == eui(Fixture.other))
    #expect(try twice.suspicion.others == [eui(Fixture.device)])
    #expect(twice.suspicion.parties == ["SUPA"])
    #expect(try test.ledger.timeline(Tag.discrepancy(twice.id)).count == 1)
    for tag in [
      Tag.device(try eui(Fixture.device)), Tag.device(try eui(Fixture.other)), Tag.party("SUPA"),
    ] {
      #expect(try test.ledger.timeline(tag).contains { $0.name == "DiscrepancyFound" }, "\(tag)")
    }
  }

  @Test func `is of the device with the lowest id, so a lower one takes a discrepancy over`() throws
  {
    let test = try TestLedger()
    try test.reconcile(.mpxnTwice)
    let before = try test.discrepancy(of: .mpxnTwice)
    try test.look([Meter.all[0]: "1655500011126"])
    let run = try test.reconcile(.mpxnTwice)
    #expect(run.found == 1 && run.cleared == 1 && run.changed == 0)
    #expect(try test.discrepancy(before.id).state == .cleared)
    let after = try test.discrepancy(of: .mpxnTwice)
    #expect(try after.suspicion.device == eui(Meter.all[0]))
    #expect(try after.suspicion.others == [eui(Fixture.other), eui(Fixture.device)])
  }

  @Test func `keeps number and first sight of what changes`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let before = try test.discrepancy(of: .mpxnTwice)
    let third = "00-DB-12-34-56-78-99-00"
    try test.look([third: "1655500011126"])
    try test.pass(to: "2026-03-05T10:00:00.000Z")
    let run = try test.reconcile(.mpxnTwice)
    #expect(run.changed == 1 && run.found == 0 && run.recorded == 1)
    let after = try test.discrepancy(of: .mpxnTwice)
    #expect(after.id == before.id && after.firstSeen == before.firstSeen)
    #expect(after.lastRecorded > before.lastRecorded && after.returns == 0)
    #expect(try after.suspicion.others.contains(eui(third)))
  }

  @Test func `clears what is gone, and finds it again under its number`() throws {
    let test = try TestLedger()
    try test.reconcile(.mpxnTwice)
    let id = try test.discrepancy(of: .mpxnTwice).id
    try test.look([Fixture.device: Fixture.ofA])
    let cleared = try test.reconcile(.mpxnTwice)
    #expect(cleared.cleared == 1 && cleared.open[.mpxnTwice] == nil)
    #expect(try test.discrepancy(id).state == .cleared)
    #expect(try test.reconcile(.mpxnTwice).recorded == 0)
    try test.look([Fixture.device: "1655500011126"])
    #expect(try test.reconcile(.mpxnTwice).found == 1)
    let back = try test.discrepancy(of: .mpxnTwice)
    #expect(back.id == id && back.returns == 1)
  }

  @Test func `clears what was found of a device that is in use no more`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    try test.record(
      Message.alert("N16", Message.statusChange(Fixture.other, "<DeviceSuspended/>")))
    #expect(try test.reconcile(.mpxnTwice).cleared == 0, "a suspended one is in use")
    try test.file(["DeviceID,DeviceType,DeviceStatus", "\(Fixture.other),ESME,Decommissioned"]) {
      _ = try test.ledger.importInventory(
        $0, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
    #expect(try test.reconcile(.mpxnTwice).cleared == 1)
    #expect(try test.discrepancy(id).state == .cleared)
  }

  @Test func `leaves what was dismissed alone until its facts change`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    _ = try test.dismiss(id)
    let head = try test.ledger.head()
    let run = try test.reconcile()
    #expect(run.recorded == 0 && run.dismissed == 1 && run.open[.mpxnTwice] == nil)
    #expect(try test.ledger.head() == head)
    #expect(try test.discrepancies(.dismissed).map(\.id) == [id])
    try test.look(["00-DB-12-34-56-78-99-00": "1655500011126"])
    let changed = try test.reconcile(.mpxnTwice)
    #expect(changed.changed == 1)
    #expect(try test.discrepancy(of: .mpxnTwice).id == id)
    #expect(try test.discrepancy(id).dismissal == nil)
  }

  @Test func `clears what was dismissed and is gone, and back it is open`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    _ = try test.dismiss(id)
    try test.look([Fixture.device: Fixture.ofA])
    #expect(try test.reconcile(.mpxnTwice).cleared == 1)
    try test.look([Fixture.device: "1655500011126"])
    try test.reconcile(.mpxnTwice)
    #expect(try test.discrepancy(id).state == .open && test.discrepancy(id).returns == 1)
  }

  @Test func `by some rules neither finds nor clears by others`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    let alone = try test.reconcile(.crossedMPxNs)
    #expect(alone.found == 1 && Set(alone.open.keys) == [.crossedMPxNs])
    #expect(try test.discrepancies().map(\.suspicion.rule) == [.crossedMPxNs])
    try test.reconcile()
    let twice = try test.discrepancy(of: .mpxnTwice)
    try test.look([Fixture.device: Fixture.ofA])
    #expect(try test.reconcile(.crossedMPxNs).cleared == 0)
    #expect(try test.discrepancy(twice.id).state == .open)
    #expect(try test.reconcile(.mpxnTwice).cleared == 1)
    #expect(test.ledger.lastRuns()[.crossedMPxNs]?.at != test.ledger.lastRuns()[.mpxnTwice]?.at)
  }

  @Test func `only tried records nothing, and counts the same`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    let head = try test.ledger.head()
    let time = test.now()
    let tried = try test.reconcile(dryRun: true, at: time)
    #expect(try test.ledger.head() == head && tried.recorded == 0)
    #expect(try test.discrepancies(nil).isEmpty && test.ledger.lastRuns().isEmpty)
    let done = try test.reconcile(at: time)
    #expect(done.open == tried.open && done.found == tried.found && done.recorded == done.found)
  }

  @Test func `asks of the moment that it is told`() throws {
    let test = try TestLedger()
    let pending = try eui(Fixture.pending)
    // Pending since 20 February, 00:00 GMT.
    func stuck(_ moment: String) throws -> Bool {
      let time = try #require(Instant(stored: moment))
      return try test.reconcile(.stuckPending, dryRun: true, at: time).open[.stuckPending] == 1
    }
    #expect(try !stuck("2026-04-21T00:00:00.000Z"))
    #expect(try stuck("2026-04-21T00:00:00.001Z"))
    let time = try #require(Instant(stored: "2026-04-22T00:00:00.000Z"))
    try test.pass(to: "2026-04-22T00:00:00.000Z")
    try test.reconcile(.stuckPending, at: time)
    #expect(try test.discrepancy(of: .stuckPending).suspicion.device == pending)
    #expect(try test.discrepancy(of: .stuckPending).firstSeen == time)
  }

  @Test func `says at once that another run is going on`() throws {
    let test = try TestLedger()
    let other = try test.another()
    defer { other.log.close() }
    let refusals = Refusals()
    var options = ReconcileOptions()
    options.progress = { _, _, _ in
      do {
        _ = try other.reconcile(by: TestLedger.importer, at: other.now())
      } catch CannotReconcile.isRunning {
        refusals.add()
      } catch {
        Issue.record("\(error)")
      }
    }
    let run = try test.ledger.reconcile(by: TestLedger.importer, at: test.now(), options: options)
    #expect(run.recorded > 0 && refusals.count > 0)
    #expect(try test.reconcile().recorded == 0, "the lock is free again")
  }

  @Test func `keeps views that are those made anew`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    try test.reconcile()
    try test.ledger.catchUpViews()
    let dismissal = try test.dismiss(try test.discrepancy(of: .mpxnTwice).id)
    try test.ledger.catchUpViews()
    try test.look([Meter.all[0]: Meter.points[1], Meter.all[1]: Meter.points[0]])
    try test.reconcile()
    try test.ledger.catchUpViews()
    try test.annul(dismissal)
    try test.ledger.catchUpViews()
    try test.look(["00-DB-12-34-56-78-99-00": "1655500011126"])
    try test.reconcile()
    #expect(try test.ledger.rebuildViews().same == true)
    #expect(try test.discrepancies(.cleared, of: .crossedMPxNs).count == 1)
  }

  @Test func `shows an annulled dismissal as open`() throws {
    let test = try TestLedger()
    try test.reconcile()
    let id = try test.discrepancy(of: .mpxnTwice).id
    let position = try test.dismiss(id)
    try test.annul(position)
    #expect(try test.discrepancy(of: .mpxnTwice).id == id)
    #expect(try test.reconcile().recorded == 0)
    let found = try test.discrepancy(id).foundAt
    #expect(throws: CannotAnnul.self) { try test.annul(found) }
  }

  @Test func `counts by rule, party and age what the list shows`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    try test.reconcile()
    try test.pass(to: "2026-03-20T10:00:00.000Z")
    let open = try test.discrepancies()
    let counts = try test.ledger.discrepancyCounts(DiscrepancyFilter())
    for rule in DiscrepancyRule.allCases {
      let count = open.count { $0.suspicion.rule == rule }
      #expect(counts.byRule[rule]?[.open] ?? 0 == count, "\(rule)")
      #expect(counts.byAge[rule].map { $0[1] } ?? 0 == count, "16 days old: \(rule)")
    }
    let parties = open.flatMap(\.suspicion.parties)
    #expect(counts.byParty == Dictionary(parties.map { ($0, 1) }, uniquingKeysWith: +))
    #expect(counts.ofNobody == open.count { $0.suspicion.parties.isEmpty })
    var filter = DiscrepancyFilter()
    filter.device = try eui(Fixture.device)
    let ids = try test.ledger.discrepancies(filter).discrepancies.map(\.id)
    #expect(ids.contains(try test.discrepancy(of: .mpxnTwice).id), "named beside another")
  }
}

/// How often something was refused.
final class Refusals: Sendable {
  private let number = Mutex(0)
  func add() { number.withLock { $0 += 1 } }
  var count: Int { number.withLock { $0 } }
}
