package import Corrections
import Wire

extension SubjectKind {
  /// What it is, in words.
  package static let words: [SubjectKind: String] = [
    .mpxn: "an MPxN", .uprn: "a UPRN", .postcode: "a postcode", .address: "an address",
    .person: "a person's name", .reference: "the number of a ticket",
  ]
}

extension EventSentences {
  /// What was done to the ledger itself.
  package func sentence(_ event: Upkeep) -> String {
    switch event {
    case .subjectErased(let event): "erased \(SubjectKind.words[event.kind] ?? "a value")"
    case .documentsErased(let event):
      "erased "
        + [
          event.documents.isEmpty ? nil : Wording.count(event.documents.count, "document"),
          event.commitments.isEmpty
            ? nil : Wording.count(event.commitments.count, "commitment") + " to what was asked",
        ].compactMap { $0 }.joined(separator: " and ")
    case .timelinesSealed(let event):
      "sealed \(Wording.count(event.tags, "timeline")) up to \(event.upTo)"
    case .evidenceExported(let event):
      "handed out evidence of \(event.tag) up to \(event.upTo), "
        + (event.discloses ? "with values" : "without values")
    case .ledgerRestored(let event):
      "restored from a backup of \(Wording.count(event.size, "event"))"
        + (event.fork.map { ", goes on as \($0.origin)" } ?? "")
    }
  }
}
