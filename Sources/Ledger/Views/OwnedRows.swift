import Corrections
import GRDB

/// Rows of corrections in the order of their numbers, handed out correction by correction.
struct OwnedRows<Value> {
  private let cursor: RowCursor
  private let value: (Row) -> Value?
  private var next: (number: Int, value: Value?)?

  /// Begins to read; the first column of a row is the number of its correction.
  init(_ cursor: RowCursor, _ value: @escaping (Row) -> Value?) throws {
    self.cursor = cursor
    self.value = value
    try advance()
  }

  private mutating func advance() throws {
    next = try cursor.next().map { ($0[0], value($0)) }
  }

  /// The values of a correction; what belongs to an earlier one is passed over.
  mutating func take(_ number: Int) throws -> [Value] {
    var values: [Value] = []
    while let row = next, row.number <= number {
      if row.number == number, let value = row.value { values.append(value) }
      try advance()
    }
    return values
  }
}

extension Turn {
  /// The columns of `correction_turn` that make one.
  static let columns = "correction, holder, party, began, ended"

  init?(row: Row) {
    guard let holder = Holder(rawValue: row[1]), let from = Instant(row: row[3]) else { return nil }
    self.init(holder: holder, party: row[2], from: from, to: Instant(row: row[4]))
  }
}

extension Correction.Resolution {
  /// The columns of `correction_resolution` that make one.
  static let columns = "correction, resolved_at, route, handovers, confirmed_at, reopened_at"

  init?(row: Row) {
    guard let at = Instant(row: row[1]) else { return nil }
    self.init(
      at: at, route: (row[2] as String?).flatMap(Route.init(rawValue:)), handovers: row[3],
      confirmedAt: Instant(row: row[4]), reopenedAt: Instant(row: row[5]))
  }
}

extension Instant {
  init?(row text: String?) {
    guard let text else { return nil }
    self.init(stored: text)
  }
}
