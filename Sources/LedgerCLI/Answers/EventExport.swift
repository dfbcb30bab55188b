import Answers
import Corrections
import Ledger
import Wire

/// A stored event as a row for other tools; schemas/README.md documents the columns.
enum EventExport {
  private static let columns = [
    "position", "id", "type", "version", "effectiveAt", "recordedAt", "user", "party", "role",
    "via", "cause", "body",
  ]

  /// The first line of the CSV form.
  static let heading = Table.csvLine(columns)

  /// One line of JSON; the body stands as it was hashed.
  static func json(_ row: StoredRow) -> String {
    let head = JSON.pairs([
      "position": .integer(row.position), "id": .string(row.id), "type": .string(row.type),
      "version": .integer(row.version),
      "effectiveAt": .string(row.effectiveAt.stored),
      "recordedAt": .string(row.recordedAt.stored),
      "user": .of(row.user), "party": .string(row.party),
      "role": .of(row.role), "via": .string(row.via),
      "cause": .of(row.cause),
    ]).line
    return "\(head.dropLast()),\"body\":\(row.body)}\n"
  }

  /// One row of CSV.
  static func csv(_ row: StoredRow) -> String {
    Table.csvLine([
      String(row.position), row.id, row.type, String(row.version),
      row.effectiveAt.stored,
      row.recordedAt.stored, row.user ?? "",
      row.party, row.role ?? "", row.via,
      row.cause.map { String($0) } ?? "", row.body,
    ])
  }
}
