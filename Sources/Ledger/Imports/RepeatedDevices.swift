internal import Corrections
internal import Wire

/// Finds rows of one extract that speak of one device and contradict each other.
///
/// An extract is of one moment, so only one of them can be right, and which is not ours to say. Rows
/// that say the same are passed over later.
struct RepeatedDevices {
  private let file: String
  private let kept: Int
  private let rows = SpilledSort()

  init(of file: String, kept: Int) {
    self.file = file
    self.kept = kept
  }

  func add(_ row: InventoryRow, line: Int) throws {
    // A process hashes with a secret of its own, so that a hash tells nothing of the values.
    var hasher = Hasher()
    hasher.combine(row)
    try rows.add(
      SortedRow(
        key: row.deviceID.bits, second: UInt64(bitPattern: Int64(hasher.finalize())), third: 0,
        fourth: 0, place: UInt64(line)))
  }

  /// Refuses the file where there are any.
  ///
  /// - Throws: ``CSVProblems``, which name both lines of each.
  func check() throws {
    var problems: [WireError] = []
    var total = 0
    var first: SortedRow?
    var last: SortedRow?
    try rows.inOrder { row in
      defer { last = row }
      guard let known = first, known.key == row.key else {
        first = row
        return
      }
      // Of rows that say the same, one is named.
      guard row.second != known.second, row.second != last?.second else { return }
      total += 1
      if total <= kept { problems.append(problem(row, known)) }
    }
    guard total > 0 else { return }
    problems.sort { $0.line ?? 0 < $1.line ?? 0 }
    throw CSVProblems.found(in: file, problems, total: total)
  }

  private func problem(_ one: SortedRow, _ other: SortedRow) -> WireError {
    let lines = (min(one.place, other.place), max(one.place, other.place))
    return WireError(
      .value, file: file, line: Int(lines.1), place: "DeviceID",
      expected: "one row for each device, or rows that say the same",
      found: "\(EUI64(bits: one.key)) with other values than in line \(lines.0)",
      next: "An extract is of one moment: keep the row that was true then")
  }
}
