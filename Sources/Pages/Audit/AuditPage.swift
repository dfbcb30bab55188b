internal import Answers
package import Corrections
package import Ledger
internal import Wire

/// What the page for auditors is made of.
package struct AuditContent {
  package var checkpoint: Checkpoint
  /// The keys that checkpoints are signed with, each with the position up to which it was in use.
  package var keys: [String]
  package var recordedAt: Instant
  /// What a verification came to that was just asked for.
  package var verified: Verification?
  /// Whether evidence of a correction, or also of a device, can be had.
  package var hasEvidence = false
  /// The events of the four lists that were looked at; nil for who may not see them.
  package var lists: Lists?

  /// Events by which list they belong to, of a stretch of the log.
  package struct Lists {
    package var inError: [Recorded] = []
    package var erased: [Recorded] = []
    package var exported: [Recorded] = []
    package var handedOver: [Recorded] = []
    package let first: Int
    package let last: Int

    package init(from first: Int, through last: Int) {
      self.first = first
      self.last = last
    }
  }

  package init(_ checkpoint: Checkpoint, keys: [String], recordedAt: Instant) {
    self.checkpoint = checkpoint
    self.keys = keys
    self.recordedAt = recordedAt
  }
}

/// The page for auditors: what the log is, whether it is what it was, and what was done to the record.
package struct AuditPage {
  let frame: Frame
  let heading: String
  let lead: String
  let hasVerified: Bool
  let verdict: String
  let verifiedLines: [String]
  let facts: [FactView]
  let verifyForm: FormView
  let hasEvidence: Bool
  let evidenceForm: FormView
  let hasLists: Bool
  let listWords: String
  let furtherAddress: String?
  let lists: [EventList]

  struct EventList {
    let listName: String
    let isEmptyList: Bool
    let noneWords: String
    let events: [EventView]
  }

  package init(
    _ content: AuditContent, ledger: Ledger, typed: String = "", for visitor: Frame.Visitor,
    wrong: [Frame.Wrong] = [], foot: String
  ) {
    let checkpoint = content.checkpoint
    heading = "Audit"
    lead =
      "The log stands at \(checkpoint.size); its last event was recorded "
      + "\(Wording.time(content.recordedAt))."
    frame = Frame(heading, for: visitor, at: .audit, wrong: wrong, foot: foot)
    facts = [
      FactView("Position", String(checkpoint.size)),
      FactView(
        "Root", checkpoint.note.split(separator: "\n").dropFirst(2).first.map(String.init) ?? ""),
      FactView("Origin", checkpoint.origin),
      FactView("Signed by", content.keys.map { FactView.Line($0) }),
    ]
    let verified = content.verified
    hasVerified = verified != nil
    verdict =
      verified.map {
        switch $0.answer {
        case .proven: "VERIFIED, consistency"
        case .broken: "FAILED: \(Wording.count($0.problems.count, "problem"))"
        case .notEstablished: "NOT ESTABLISHED"
        }
      } ?? ""
    verifiedLines = verified.map(AuditPage.lines) ?? []
    verifyForm = FormView(
      "/audit/verify", hidden: [("csrf", visitor.csrf)],
      [
        FieldView(
          "checkpoint", "A checkpoint that was kept elsewhere", .area(lines: 5),
          hint: "The whole note; without one only the tiles are compared with each other.",
          value: typed, longest: 4000,
          wrong: wrong.first { $0.wrongField == "checkpoint" }?.sentence)
      ], button: "Verify the tree", style: "other")
    hasEvidence = content.hasEvidence
    evidenceForm = FormView(
      "/audit/evidence", hidden: [("csrf", visitor.csrf)],
      words: "That it was handed out is recorded.",
      [
        FieldView(
          "id", "Correction or device", hint: "Such as COR-000118, or an EUI-64", longest: 40,
          isNeeded: true, wrong: wrong.first { $0.wrongField == "id" }?.sentence),
        FieldView("redact", "Without values: meter points and texts are withheld", .tick),
      ], button: "Download the evidence", style: "other", isRepeatable: true)
    hasLists = content.lists != nil
    listWords =
      content.lists.map {
        "Of the events from position \($0.first) to \($0.last), the newest first."
      } ?? ""
    furtherAddress =
      content.lists.flatMap { $0.first > 1 ? "/audit?before=\($0.first)#lists" : nil }
    let sentences = EventSentences(ledger: ledger)
    func list(_ name: String, _ none: String, _ events: [Recorded]) -> EventList {
      EventList(
        listName: "\(name) (\(Wording.grouped(events.count)))", isEmptyList: events.isEmpty,
        noneWords: none, events: events.map { EventView($0, sentences, annulledBy: nil) })
    }
    lists =
      content.lists.map {
        [
          list("Recorded in error", "Nothing was.", $0.inError),
          list("Erased", "Nothing was.", $0.erased),
          list("Exported as evidence", "Nothing was.", $0.exported),
          list("Handed over", "No correction was.", $0.handedOver),
        ]
      } ?? []
  }

  private static func lines(_ verified: Verification) -> [String] {
    var lines = [
      "\(Wording.grouped(verified.events)) events; root \(verified.root ?? "can’t be computed")."
    ]
    if let since = verified.since {
      lines.append(
        verified.answer == .proven
          ? "The checkpoint at \(since.size) is a prefix: nothing up to there was changed or removed."
          : "It was compared with the checkpoint at \(since.size).")
    }
    if let missing = verified.missing { lines.append(missing.capitalised + ".") }
    lines += verified.problems.prefix(20).map {
      ($0.position.map { "\($0): " } ?? "") + $0.what
    }
    lines.append(
      "Not shown by this: that the content of each record is as it was hashed (smi-ledger verify), that "
        + "what was recorded is true, and a rewrite after the newest checkpoint that somebody else holds."
    )
    return lines
  }

  package var html: String { Templates.render(self, "audit") }
}
