internal import Corrections
internal import Foundation
internal import GRDB

/// What the views show, as a table for other tools.
public enum ExportedTable: String, CaseIterable, Sendable {
  /// Each device, as the inventory shows it.
  case devices
  /// Each correction, as it stands.
  case corrections

  /// What stands in a column.
  public enum Kind: Hashable, Sendable {
    /// Codes, names and times (RFC 3339, UTC).
    case text
    /// What somebody else wrote.
    case freeText
    /// A whole number.
    case number
    /// Yes or no.
    case truth
    /// The token of a meter point.
    case mpxn
  }

  /// The columns, in order; their names stay.
  public var columns: [(name: String, kind: Kind)] { shape.map { ($0.name, $0.kind) } }

  /// Each column with where it comes from.
  private var shape: [(name: String, kind: Kind, sql: String)] {
    switch self {
    case .devices:
      [
        ("device", .text, "device"), ("deviceType", .text, "device_type"),
        ("status", .text, "status"), ("statusSince", .text, "status_since"),
        ("statusSeen", .text, "status_seen"), ("importMPxN", .mpxn, "import_mpxn"),
        ("secondaryImportMPAN", .mpxn, "secondary_import_mpan"),
        ("exportMPAN", .mpxn, "export_mpan"), ("manufacturer", .freeText, "manufacturer"),
        ("model", .freeText, "model"), ("smetsCHTSVersion", .freeText, "smets_chts_version"),
        ("firmwareVersion", .freeText, "firmware_version"), ("esmeVariant", .text, "esme_variant"),
        ("prenotifiedBy", .text, "prenotified_by"),
        ("dateCommissioned", .text, "date_commissioned"), ("inSMI", .truth, "in_smi"),
        ("position", .number, "position"),
      ]
    case .corrections:
      [
        ("id", .text, "printf('COR-%06d', correction)"), ("device", .text, "device"),
        ("deviceType", .text, "device_type"), ("field", .text, "field"),
        ("currentMPxN", .mpxn, "current_mpxn"), ("requestedMPxN", .mpxn, "requested_mpxn"),
        ("state", .text, "state"), ("holder", .text, Self.turn("'requester'", else: "holder")),
        ("holderParty", .text, Self.turn("requester", else: "holder_party")),
        ("holderSince", .text, Self.turn("waits_until", else: "holder_since")),
        ("owner", .freeText, "owner"), ("route", .text, "route"),
        ("firstCode", .text, "first_code"),
        ("requester", .text, "requester"), ("openedAt", .text, "opened_at"),
        ("resolvedAt", .text, "resolved_at"), ("confirmedAt", .text, "confirmed_at"),
        ("closedAt", .text, "closed_at"), ("handovers", .number, "handovers"),
        ("joined", .number, "joined"), ("reopened", .number, "reopened"),
        ("escalations", .number, "escalations"), ("category", .number, "category"),
        ("batch", .freeText, "batch"),
        ("mergedInto", .text, "iif(merged_into IS NULL, NULL, printf('COR-%06d', merged_into))"),
        ("oldTicket", .truth, "is_taken_over"), ("bundled", .truth, "is_bundled"),
        ("twoSuppliers", .truth, "is_two_supplier"), ("position", .number, "position"),
      ]
    }
  }

  /// What waited for a day that has come is the requester's turn.
  private static func turn(_ over: String, else other: String) -> String {
    "iif(holder = 'nobody' AND waits_until <= :now, \(over), \(other))"
  }

  fileprivate var sql: String {
    let table = self == .devices ? "device" : "correction"
    let columns = shape.map(\.sql).joined(separator: ", ")
    return "SELECT \(columns), :now FROM \(table) ORDER BY \(table)"
  }
}

/// What stands in one place of an exported table.
public enum ExportedCell: Hashable, Sendable {
  /// Nothing is known, or there is none.
  case none
  /// A text.
  case text(String)
  /// A whole number.
  case number(Int)
  /// Yes or no.
  case truth(Bool)
}

extension Ledger {
  /// Hands on a table row by row, in the order of its first column, as of now or as known at a position.
  ///
  /// Memory does not grow with the table. With `values` the digits of a meter point stand in place of its
  /// token, or `(erased)`; without, no row holds a personal value. As known at a position the log is
  /// folded up to there.
  ///
  /// - Throws: ``NotKnownYet``, ``LogError``, and whatever `body` throws.
  public func forEachRow(
    of table: ExportedTable, knownAt known: Int? = nil, values: Bool = false,
    _ body: ([ExportedCell]) throws -> Void
  ) throws {
    func read(_ db: Database, at moment: Instant) throws {
      let rows = try Row.fetchCursor(db, sql: table.sql, arguments: ["now": moment.stored])
      let kinds = table.columns.map(\.kind)
      while let row = try rows.next() {
        try body(try kinds.indices.map { try cell(row, $0, kinds[$0], values: values) })
      }
    }
    try readViews(knownAt: known) { try read($0, at: try known.map(recordedAt) ?? now()) }
  }

  private func cell(
    _ row: Row, _ index: Int, _ kind: ExportedTable.Kind, values: Bool
  ) throws -> ExportedCell {
    switch kind {
    case .number: return (row[index] as Int?).map(ExportedCell.number) ?? .none
    case .truth: return (row[index] as Int?).map { .truth($0 != 0) } ?? .none
    case .text, .freeText: return (row[index] as String?).map(ExportedCell.text) ?? .none
    case .mpxn:
      guard let text = row[index] as String? else { return .none }
      guard values, let token = Token(text) else { return .text(text) }
      return .text(try mpxn(token)?.digits ?? "(erased)")
    }
  }
}
