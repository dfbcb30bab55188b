import Answers
import Corrections
import Ledger
import Wire

/// What a run of the rules came to: by rule, by supplier, by age.
struct ReconcileText {
  private let run: Reconciled
  private let counts: DiscrepancyCounts
  private let isDryRun: Bool

  init(_ run: Reconciled, _ counts: DiscrepancyCounts, isDryRun: Bool) {
    (self.run, self.counts, self.isDryRun) = (run, counts, isDryRun)
  }

  private var open: Int { run.open.values.reduce(0, +) }

  func put() {
    var table = Table(
      ["RULE", "WHAT", "OPEN", "DISMISSED"] + ReconcileText.bands.map { $0.uppercased() },
      rightAligned: Set(2..<(4 + ReconcileText.bands.count)))
    for rule in DiscrepancyRule.allCases {
      let open = isDryRun ? run.open[rule] ?? 0 : counts.byRule[rule]?[.open] ?? 0
      let dismissed = counts.byRule[rule]?[.dismissed] ?? 0
      guard open + dismissed > 0 else { continue }
      let ages = counts.byAge[rule] ?? Array(repeating: 0, count: ReconcileText.bands.count)
      table.add(
        [rule.rawValue, rule.title, Wording.grouped(open), Wording.grouped(dismissed)]
          + ages.map { isDryRun ? "" : $0 == 0 ? "" : Wording.grouped($0) })
    }
    if !table.isEmpty { Output.say(table.text()) }
    if !isDryRun, !counts.byParty.isEmpty {
      let parties = counts.byParty.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let most = parties.prefix(5).map { "\($0.key) \(Wording.grouped($0.value))" }
      Output.say(
        "Concern  " + most.joined(separator: ", ")
          + (parties.count > 5 ? ", and \(parties.count - 5) more parties" : "")
          + (counts.ofNobody > 0 ? "; nobody known: \(Wording.grouped(counts.ofNobody))" : ""))
    }
    Output.say(sentence)
    if open > 0, !isDryRun {
      Output.hint("Next: smi-ledger discrepancy list --rule RULE, or reconcile --format csv.")
    }
  }

  /// What the run did.
  private var sentence: String {
    let changes = [
      run.found > 0 ? "\(Wording.grouped(run.found)) new" : nil,
      run.changed > 0 ? "\(Wording.grouped(run.changed)) with other facts" : nil,
      run.cleared > 0 ? "\(Wording.grouped(run.cleared)) gone" : nil,
    ].compactMap { $0 }
    let what = changes.isEmpty ? "as the last run found" : changes.joined(separator: ", ")
    let count = "\(Wording.grouped(open)) open \(open == 1 ? "discrepancy" : "discrepancies")"
    let recorded =
      run.recorded == 0
      ? "nothing was recorded" : "\(Wording.count(run.recorded, "event")) recorded"
    return
      "\(count), \(what); \(recorded). \(Wording.count(run.judged, "device")) judged one by one, "
      + "all others passed over, at position \(run.position)."
  }

  /// The bands of ages, in whole days since a discrepancy was first seen.
  private static let bands = DiscrepancyCounts.bands.map {
    $0.hasPrefix("over") ? $0 : $0 + " days"
  }

  var json: JSON {
    .pairs([
      "position": .integer(run.position), "at": .string(run.at.stored),
      "judged": .integer(run.judged), "found": .integer(run.found),
      "changed": .integer(run.changed), "unchanged": .integer(run.unchanged),
      "cleared": .integer(run.cleared), "recorded": .integer(run.recorded),
      "open": .integer(open), "dismissed": .integer(run.dismissed),
      "rules": .integer(DiscrepancyCheck.version), "dryRun": .bool(isDryRun),
      "byRule": .array(
        DiscrepancyRule.allCases.map { rule in
          .pairs([
            "rule": .string(rule.rawValue), "title": .string(rule.title),
            "open": .integer(isDryRun ? run.open[rule] ?? 0 : counts.byRule[rule]?[.open] ?? 0),
            "dismissed": .integer(counts.byRule[rule]?[.dismissed] ?? 0),
            "cleared": .integer(counts.byRule[rule]?[.cleared] ?? 0),
            "byAge": .array((counts.byAge[rule] ?? []).map { .integer($0) }),
          ])
        }),
      "byParty": .array(
        counts.byParty.sorted { $0.key < $1.key }.map {
          .pairs(["party": .string($0.key), "open": .integer($0.value)])
        }),
      "ofNobody": .integer(counts.ofNobody),
      "ageBands": .array(ReconcileText.bands.map { .string($0) }),
    ])
  }
}
