import Corrections
import EventLog
import Foundation
package import Ledger
package import Wire

/// Evidence as a file: one JSON object, of form 1, that `tools/verify-evidence` checks.
package struct EvidenceAnswer {
  package let evidence: Evidence
  package let kind: String
  package let id: String
  /// The figures of a correction; nil for a device.
  package let clocks: JSON?

  package init(evidence: Evidence, kind: String, id: String, clocks: JSON?) {
    self.evidence = evidence
    self.kind = kind
    self.id = id
    self.clocks = clocks
  }

  package var json: JSON {
    .object(
      [
        ("format", .string("smi-ledger/evidence/1")),
        (
          "about",
          .pairs(["kind": .string(kind), "id": .string(id), "tag": .string(evidence.tag)])
        ),
        (
          "asOf",
          .pairs([
            "position": .integer(evidence.sealed.event.upTo), "at": .string(evidence.at.stored),
          ])
        ),
        ("checkpoint", .string(evidence.checkpoint.note)),
        ("beginning", .array(evidence.beginning.map(entry))), ("seal", entry(evidence.seal)),
        ("timelines", .array(evidence.timelines.map(timeline))),
        ("disclosed", disclosed), ("withheld", .array(evidence.withheld.map(withheld))),
        ("erasures", .array(evidence.erasures.map(entry))),
      ] + (clocks.map { [("clocks", $0)] } ?? [])
        + [
          ("calendar", calendar), ("presumes", .array(presumes.map { .string($0) })),
        ])
  }

  private func entry(_ entry: Evidence.Entry) -> JSON {
    .pairs([
      "position": .integer(entry.position),
      "record": .string(String(decoding: entry.record, as: UTF8.self)),
      "inclusion": base64(entry.inclusion),
    ])
  }

  private func timeline(_ timeline: Evidence.Timeline) -> JSON {
    .pairs([
      "tag": .string(timeline.proof.tag), "count": .integer(timeline.proof.count),
      "last": .integer(timeline.proof.last), "siblings": base64(timeline.proof.siblings),
      "events": .array(timeline.entries.map(entry)),
    ])
  }

  private var disclosed: JSON {
    .pairs([
      "subjects": .array(
        evidence.disclosed.compactMap { one in
          one.kind.map { kind in
            .pairs([
              "token": .string(one.name), "kind": .string(kind),
              "value": .string(String(decoding: one.bytes, as: UTF8.self)),
              "random": .string(Data(one.random).base64EncodedString()),
            ])
          }
        }),
      "documents": .array(
        evidence.disclosed.filter { $0.kind == nil }.map { one in
          .pairs([
            "name": .string(one.name),
            "random": .string(Data(one.random).base64EncodedString()),
            "bytes": .string(Data(one.bytes).base64EncodedString()),
          ])
        }),
    ])
  }

  private func withheld(_ one: Evidence.Withheld) -> JSON {
    .pairs([
      "name": .string(one.name), "kind": .string(one.isDocument ? "document" : "subject"),
      "because": .string(one.isErased ? "erased" : "redacted"),
    ])
  }

  private var calendar: JSON {
    let years = WorkingCalendar.officialYears
    return .pairs([
      "name": .string(evidence.calendar.rawValue),
      "holidays": .array(
        years.flatMap(evidence.calendar.bankHolidays).map { .string($0.description) }),
      "official": .pairs([
        "first": .integer(years.lowerBound), "last": .integer(years.upperBound),
      ]),
    ])
  }

  private var presumes: [String] {
    [
      "That the timelines leave nothing out presumes that somebody has verified the content of the log "
        + "since the seal: smi-ledger verify counts every seal anew.",
      "That the checkpoint is the log's own presumes its key, kept apart: smi-ledger checkpoint --key.",
    ]
      + (evidence.disclosed.isEmpty
        ? []
        : [
          "Whoever holds a value with its random bytes recognises its token in every record, later "
            + "ones too."
        ])
  }

  private func base64(_ hashes: [Hash256]) -> JSON {
    .array(hashes.map { .string($0.description) })
  }
}
