import Corrections
import Testing

@testable import Ledger

/// The sieve lets through every device of which a rule finds something.
@Suite struct `What reconcile finds` {
  private func expectSame(
    _ found: [Suspicion], _ expected: Set<Suspicion>, _ where: String
  ) {
    // What is found with the same facts isn't recorded again, wherever they were learned since.
    let expected = Set(expected.map(\.withoutSources))
    func names(_ suspicions: Set<Suspicion>) -> [String] {
      suspicions.map { "\($0.rule) \($0.device) \($0.field?.rawValue ?? "-")" }.sorted()
    }
    let found = Set(found.map(\.withoutSources))
    #expect(names(expected.subtracting(found)) == [], "\(`where`): not found, or with other facts")
    #expect(names(found.subtracting(expected)) == [], "\(`where`): found and shouldn't be")
  }

  @Test(arguments: [31, 32, 33, 34] as [UInt64])
  func `is what judging every device finds, at first and after each change`(seed: UInt64) throws {
    let test = try TestLedger()
    var estate = try Estate(test, seed: seed, devices: 160)
    for round in 1...3 {
      if round > 1 { try estate.move() }
      let (time, head) = (test.now(), try test.ledger.head())
      let expected = try estate.judgedOneByOne(at: time, upTo: head)
      try test.reconcile(at: time)
      // The published examples have discrepancies of their own.
      let ours = Set(estate.devices)
      let open = try test.discrepancies().filter { ours.contains($0.suspicion.device) }
      expectSame(open.map(\.suspicion), expected, "seed \(seed), round \(round)")
      #expect(try test.reconcile(at: time).recorded == 0)
      if round == 1 {
        let silent = Set(DiscrepancyRule.allCases).subtracting(expected.map(\.rule))
        #expect(silent == [], "seed \(seed): of these rules the law says nothing")
      }
    }
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test(arguments: [41] as [UInt64])
  func `is the same when each rule is asked alone`(seed: UInt64) throws {
    let test = try TestLedger()
    _ = try Estate(test, seed: seed, devices: 100)
    let time = test.now()
    let all = try test.reconcile(dryRun: true, at: time)
    #expect(!all.open.isEmpty)
    for rule in DiscrepancyRule.allCases {
      let alone = try test.reconcile(rule, dryRun: true, at: time)
      #expect(alone.open[rule] == all.open[rule], "\(rule)")
      #expect(Set(alone.open.keys).isSubset(of: [rule]))
    }
  }

  @Test func `is told also of a variant that is said of what is no ESME`() throws {
    let test = try TestLedger()
    let heading = "DeviceID,DeviceType,DeviceStatus,SecondaryImportMPAN,ESMEVariant"
    try test.file([heading, "\(Meter.all[0]),HCALCS,Commissioned,\(Fixture.ofA),A"]) {
      _ = try test.ledger.importInventory(
        $0, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
    #expect(try test.reconcile(.secondaryNotTwin).open == [.secondaryNotTwin: 1])
  }

  @Test func `passes over devices of which no rule finds anything`() throws {
    let test = try TestLedger()
    let none = try test.reconcile(dryRun: true)
    try test.look([Meter.all[0]: Fixture.ofA])
    #expect(try test.reconcile(dryRun: true).judged == none.judged)
    try test.look([Meter.all[1]: Fixture.ofA])
    #expect(try test.reconcile(dryRun: true).judged == none.judged + 2)
  }
}

extension Suspicion {
  /// What it says, without where each fact was learned.
  fileprivate var withoutSources: Suspicion {
    Suspicion(
      rule, confidence, of: device, others: others, field: field, mpxns: mpxns, parties: parties,
      facts: facts.map { Fact($0.name, $0.value) }, wanted: wanted, route: route)
  }
}
