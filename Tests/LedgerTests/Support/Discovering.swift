import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

extension TestLedger {
  /// Runs the rules, all of them or some.
  @discardableResult
  func reconcile(
    _ rules: DiscrepancyRule..., dryRun: Bool = false, at time: Instant? = nil
  ) throws -> Reconciled {
    var options = ReconcileOptions()
    if !rules.isEmpty { options.rules = Set(rules) }
    options.isDryRun = dryRun
    return try ledger.reconcile(
      by: TestLedger.importer, at: time ?? now(), options: options)
  }

  /// The discrepancies in a state, in the order of their numbers.
  func discrepancies(
    _ state: Discrepancy.State? = .open, of rule: DiscrepancyRule? = nil
  ) throws -> [Discrepancy] {
    var filter = DiscrepancyFilter()
    filter.state = state
    filter.rule = rule
    return try ledger.discrepancies(filter).discrepancies
  }

  /// The only open one of a rule.
  func discrepancy(of rule: DiscrepancyRule) throws -> Discrepancy {
    let found = try discrepancies(of: rule)
    try #require(found.count == 1, "\(found.map(\.id))")
    return found[0]
  }

  func discrepancy(_ id: DiscrepancyID) throws -> Discrepancy {
    try #require(try ledger.discrepancy(id))
  }

  /// Says that one is none.
  func dismiss(_ id: DiscrepancyID, because reason: String = "two meters") throws -> Int {
    try #require(try ledger.dismiss(id, reason: reason, by: try actor("DCC-017")))
  }

  /// Takes over what meter technical details say, each as `device_id,mpxn`.
  func technicalDetails(_ rows: String...) throws {
    _ = try file(["device_id,mpxn"] + rows) {
      try ledger.importTechnicalDetails(
        $0, by: TestLedger.importer, at: now(), options: ImportOptions())
    }
  }

  /// The meters of a ring, of each of which technical details say what the next one holds.
  func importCrossedMeters(_ count: Int = 2) throws {
    try importMeters()
    for index in 0..<count {
      try technicalDetails("\(Meter.all[index]),\(Meter.points[(index + 1) % count])")
    }
  }
}
