import Corrections
import EventLog
import Foundation
import OwnThread
import Synchronization
import Testing
import Wire

@testable import Ledger

/// What else happens to the ledger while the rules are asked, or between two runs.
@Suite struct `Reconciling beside others` {
  private static let wrong = "1200005432109"

  @Test func `records what the timelines say just before it, whatever is appended meanwhile`()
    throws
  {
    let test = try TestLedger()
    let meters = (0..<30).map { EUI64(bits: 0x00DB_1234_5678_3000 + UInt64($0)) }
    let other = try test.another()
    defer { other.log.close() }
    let stops = Stop()
    let teller = OwnThread {
      var round = 0
      while !stops.isAsked {
        do {
          try Self.tell(meters, round, to: other)
        } catch {
          Issue.record("\(error)")
        }
        round += 1
        // Who appends without a pause would win against any run.
        usleep(250_000)
      }
    }
    do {
      defer {
        stops.ask()
        teller.join()
      }
      for _ in 0..<5 {
        // On a busy machine a run may find no moment in which nothing moves, and says so.
        do { try test.reconcile(.mpxnCheckDigit) } catch LogError.conflict {}
      }
    }
    try test.reconcile(.mpxnCheckDigit)
    var steps = 0
    for recorded in try test.events(after: 0) {
      guard case .discovery(let event) = recorded.event else { continue }
      steps += 1
      let step: (device: EUI64, isFound: Bool) =
        switch event {
        case .found(let found): (found.suspicion.device, true)
        case .cleared(let ended): (ended.device, false)
        case .dismissed(let dismissed): (dismissed.about.device, false)
        }
      let facts = try #require(
        try test.ledger.discrepancyFacts(
          step.device, crowd: [], at: recorded.effectiveAt, upTo: recorded.position - 1))
      let found = DiscrepancyCheck.suspicions(of: facts, by: [.mpxnCheckDigit])
      #expect(found.isEmpty != step.isFound, "\(recorded.name) at \(recorded.position)")
    }
    #expect(steps >= 5, "there was something to record")
  }

  /// Says of some meters, by turns, that they hold a value that is well or one that is not.
  private static func tell(_ meters: [EUI64], _ round: Int, to ledger: Ledger) throws {
    for (index, id) in meters.enumerated() where (index + round) % 3 == 0 {
      let subjects = SubjectPool(ledger.log)
      var entry = InventoryEntry(deviceType: .esme)
      entry.status = .commissioned
      let value = (round + index) % 2 == 0 ? wrong : Fixture.ofA
      entry.importMPxN = try subjects.token("mpxn", value)
      let look = Event.inventoryObserved(
        InventoryObserved(deviceID: id, basis: .snapshot, entry: entry))
      _ = try ledger.append([look], subjects.all, by: TestLedger.importer, at: ledger.now())
    }
  }

  @Test func `an interrupted run is made again, and loses and doubles nothing`() throws {
    let test = try TestLedger()
    let ids = (0..<60).map { EUI64(bits: 0x00DB_1234_5678_4000 + UInt64($0)) }
    let rows = ids.map { "\($0),ESME,Commissioned,\(Self.wrong)" }
    try test.file(["DeviceID,DeviceType,DeviceStatus,ImportMPxN"] + rows) {
      _ = try test.ledger.importInventory(
        $0, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
    // The first batches of a run, as if it had been killed then.
    var options = ReconcileOptions()
    options.rules = [.mpxnCheckDigit]
    var run = ReconcileRun(test.ledger, by: TestLedger.importer, at: test.now(), options)
    try run.judge(Array(ids.prefix(25)), crowds: [:])
    #expect(run.counts.recorded == 25)
    let rest = try test.reconcile(.mpxnCheckDigit)
    #expect(rest.found == 35 && rest.unchanged == 25 && rest.open[.mpxnCheckDigit] == 60)
    let found = try test.discrepancies(of: .mpxnCheckDigit)
    #expect(found.map(\.id.number) == Array(1...60))
    #expect(Set(found.map(\.suspicion.device)) == Set(ids))
  }

  @Test func `one meter point on very many devices is one discrepancy, and the run goes through`()
    throws
  {
    let test = try TestLedger()
    let rows = (0..<40).map {
      "\(EUI64(bits: 0x00DB_1234_5678_5000 + UInt64($0))),ESME,Commissioned,0000000000000"
    }
    try test.file(["DeviceID,DeviceType,DeviceStatus,ImportMPxN"] + rows) {
      _ = try test.ledger.importInventory(
        $0, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
    let run = try test.reconcile()
    #expect(run.open[.mpxnTwice] == 2 && run.open[.mpxnDigits] == 40)
    let found = try #require(
      try test.discrepancies(of: .mpxnTwice).first {
        $0.suspicion.facts.contains(Fact(.found, .text("40")))
      })
    #expect(found.suspicion.others.count == Suspicion.mostOthers)
    #expect(found.suspicion.facts.count < 20)
    #expect(try test.reconcile().recorded == 0)
  }

  @Test
  func `an erased meter point is no longer judged by its digits, and still is on two devices`()
    throws
  {
    let test = try TestLedger()
    try test.look([Meter.all[0]: Self.wrong, Meter.all[1]: Self.wrong])
    try test.reconcile()
    let byDigits = try test.discrepancies(of: .mpxnCheckDigit).map(\.id)
    #expect(byDigits.count == 2)
    let twice = try #require(
      try test.discrepancies(of: .mpxnTwice).first {
        $0.suspicion.device == (try eui(Meter.all[0]))
      })
    let token = try #require(twice.suspicion.mpxns.first)
    _ = try test.ledger.erase(
      .value(.mpxn, Self.wrong), reason: "asked for",
      by: try #require(try test.ledger.user("DCC-017")), via: .system)
    #expect(try test.ledger.mpxn(token) == nil)
    #expect(try test.discrepancy(twice.id).suspicion.mpxns == [token], "what was found stays")
    let run = try test.reconcile()
    #expect(run.cleared > 0 && run.found == 0)
    for id in byDigits { #expect(try test.discrepancy(id).state == .cleared) }
    #expect(try test.discrepancy(twice.id).state == .open)
    #expect(
      try test.discrepancies(of: .notRegistered).allSatisfy {
        !$0.suspicion.mpxns.contains(token)
      })
    #expect(try test.reconcile().recorded == 0)
    #expect(try test.ledger.rebuildViews().same == true)
    try test.expectNowhere([Self.wrong])
  }

  @Test func `a discrepancy in no record holds a meter point`() throws {
    let test = try TestLedger()
    try test.importCrossedMeters()
    try test.look([Meter.all[2]: Self.wrong])
    try test.reconcile()
    _ = try test.dismiss(try test.discrepancy(of: .mpxnTwice).id, because: Fixture.ofB)
    try test.expectNowhere([Self.wrong, "1655500011126"] + Meter.points)
  }
}

/// Says that a thread shall end.
private final class Stop: Sendable {
  private let flag = Mutex(false)
  var isAsked: Bool { flag.withLock { $0 } }
  func ask() { flag.withLock { $0 = true } }
}
