package import Corrections
package import Ledger
package import Wire

/// What is told of a discrepancy.
package struct DiscrepancyAnswer {
  package let discrepancy: Discrepancy
  package let ledger: Ledger
  /// When it was last seen: by the last run of its rule, else when something was last recorded of it.
  package let lastSeen: Instant
  /// The open correction of its device and field; of what has no field, one of any.
  package var correction: CorrectionID?
  private let entries: EntryWording

  package init(
    _ discrepancy: Discrepancy, _ ledger: Ledger, runs: [DiscrepancyRule: LastRun],
    sight: Sight = .whole
  ) {
    self.discrepancy = discrepancy
    self.ledger = ledger
    entries = EntryWording(ledger, sight: sight)
    let last = runs[discrepancy.suspicion.rule]?.at
    lastSeen =
      discrepancy.state == .cleared
      ? discrepancy.lastRecorded : max(last ?? discrepancy.lastRecorded, discrepancy.lastRecorded)
    let device = try? ledger.device(discrepancy.suspicion.device)
    let field = discrepancy.suspicion.field ?? .other
    correction = device.flatMap {
      $0.openCorrection(of: field)
        ?? (discrepancy.suspicion.wanted == nil ? $0.openCorrection(of: .other) : nil)
    }
  }

  private var found: Suspicion { discrepancy.suspicion }

  package var wording: Wording { entries.wording }

  /// Why it was dismissed, as it was said.
  package var dismissedBecause: String? {
    discrepancy.dismissal.map { dismissal in
      entries.sight == .whole
        ? (try? ledger.text(of: dismissal.reason)) ?? "(erased)" : Sight.notShown
    }
  }

  /// The value that a source says the field should hold.
  package var wanted: String? { found.wanted.map { entries.whole($0) } }

  /// The members in their order; whole meter points, so only for whoever may see them.
  package var members: [(key: String, value: JSON)] {
    [
      ("id", .string(discrepancy.id.description)), ("rule", .string(found.rule.rawValue)),
      ("title", .string(found.rule.title)), ("device", .string(found.device.description)),
      ("others", .array(found.others.map { .string($0.description) })),
      ("field", .of(found.field?.rawValue)), ("state", .string(discrepancy.state.rawValue)),
      ("confidence", .string(found.confidence.rawValue)), ("route", .of(found.route?.rawValue)),
      ("mpxns", .array(found.mpxns.map { wording.json($0) })),
      ("wanted", entries.json(found.wanted)),
      ("wantsEmpty", .bool(found.wanted == .empty)),
      ("parties", .array(found.parties.map { .string($0) })),
      ("because", .string(wording.because(found))), ("evidence", wording.evidence(found.facts)),
      ("reason", .string(found.rule.reason)), ("next", .string(found.rule.next)),
      ("firstSeen", .string(discrepancy.firstSeen.stored)),
      ("lastSeen", .string(lastSeen.stored)), ("returns", .integer(discrepancy.returns)),
      ("correction", .of(correction?.description)),
      (
        "dismissed",
        discrepancy.dismissal.map { dismissal in
          .pairs([
            "by": .of(dismissal.actor.user), "party": .string(dismissal.actor.party),
            "at": .string(dismissal.at.stored), "reason": .of(dismissedBecause),
          ])
        } ?? .null
      ),
      ("position", .integer(discrepancy.position)),
    ]
  }

  /// The columns of the work-list, in their order.
  package static let columns = [
    "id", "rule", "device", "others", "field", "state", "confidence", "route", "mpxns", "wanted",
    "parties", "because", "firstSeen", "lastSeen", "correction", "xml", "next",
  ]

  /// Those columns in which people may have written.
  package static let freeText: Set<Int> = [11, 16]

  /// One row of the work-list; `xml` names the file of a ready 8.4.
  package func row(xml: String?) -> [String] {
    [
      discrepancy.id.description, found.rule.rawValue, found.device.description,
      found.others.map(\.description).joined(separator: ";"), found.field?.rawValue ?? "",
      discrepancy.state.rawValue, found.confidence.rawValue, found.route?.rawValue ?? "",
      found.mpxns.map { wording.whole($0) }.joined(separator: ";"), wanted ?? "",
      found.parties.joined(separator: ";"), wording.because(found), discrepancy.firstSeen.stored,
      lastSeen.stored, correction?.description ?? "", xml ?? "", found.rule.next,
    ]
  }
}
