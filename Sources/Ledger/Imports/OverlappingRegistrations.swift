internal import Corrections
internal import Wire

/// Finds rows of one file that are in force at the same time for one meter point and kind.
///
/// They are kept, since the registers do hold such, and flagged. Overlaps with what was imported before
/// are for `reconcile`.
struct OverlappingRegistrations {
  private let rows = SpilledSort()

  func add(_ row: RegistrationRow, line: Int) throws {
    // A process hashes with a secret of its own, so that a hash tells nothing of the values.
    var point = Hasher()
    point.combine(row.mpxn)
    point.combine(row.kind)
    var supplier = Hasher()
    supplier.combine(row.supplier)
    try rows.add(
      SortedRow(
        key: UInt64(bitPattern: Int64(point.finalize())), second: Self.ordered(row.effectiveFrom),
        third: UInt64(bitPattern: Int64(supplier.finalize())),
        fourth: row.effectiveTo.map(Self.ordered) ?? .max, place: UInt64(line)))
  }

  /// Adds a warning for each, as many as are kept, to what was found in the file.
  func warn(_ summary: inout CSVSummary, kept: Int) throws {
    var total = 0
    var warnings: [CSVWarning] = []
    var longest: SortedRow?
    try rows.inOrder { row in
      guard let known = longest, known.key == row.key else {
        longest = row
        return
      }
      let isSame = (known.second, known.third, known.fourth) == (row.second, row.third, row.fourth)
      if row.second < known.fourth, !isSame {
        total += 1
        if warnings.count < kept { warnings.append(Self.warning(row, known)) }
      }
      if row.fourth > known.fourth { longest = row }
    }
    guard total > 0 else { return }
    warnings.sort { $0.line < $1.line }
    summary.warningCounts[.overlappingRegistrations] = total
    summary.warnings += warnings.prefix(max(0, kept - summary.warnings.count))
  }

  /// A time as a number of the same order.
  private static func ordered(_ time: Instant) -> UInt64 {
    UInt64(bitPattern: time.milliseconds) ^ 1 << 63
  }

  private static func warning(_ one: SortedRow, _ other: SortedRow) -> CSVWarning {
    let lines = (min(one.place, other.place), max(one.place, other.place))
    let isOne = (one.second, one.third) == (other.second, other.third)
    return .overlap(
      line: Int(lines.1),
      isOne
        ? "line \(lines.0) ends the same registration at another time; the later line counts"
        : "in force at the same time as line \(lines.0) for one meter point; both are kept")
  }
}
