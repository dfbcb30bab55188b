internal import Corrections
internal import Wire

/// Finds rows of one file that speak of one device and contradict each other.
///
/// Only one of them can be right, and which is not ours to say. Rows that say the same are passed over
/// later.
struct RepeatedDevices {
  /// What is said of two rows that contradict each other.
  struct Words {
    let column: String
    let expected: String
    /// What the device has in the later row.
    let found: String
    let next: String

    /// Of an extract, which is of one moment.
    static let ofExtract = Words(
      column: "DeviceID", expected: "one row for each device, or rows that say the same",
      found: "with other values",
      next: "An extract is of one moment: keep the row that was true then")

    /// Of meter technical details that don't say from when they are true.
    static let ofTechnicalDetails = Words(
      column: "mpxn", expected: "one meter point for each device and kind, or a start in each row",
      found: "at another meter point",
      next: "Say in effective_from from when each is true, or keep the row that is")
  }

  private let file: String
  private let words: Words
  private let kept: Int
  private let rows = SpilledSort()

  init(of file: String, _ words: Words, kept: Int) {
    self.file = file
    self.words = words
    self.kept = kept
  }

  /// Adds what a row says of a device, or of some part of it.
  func add(_ device: EUI64, part: UInt64 = 0, saying said: some Hashable, line: Int) throws {
    // A process hashes with a secret of its own, so that a hash tells nothing of the values.
    var hasher = Hasher()
    hasher.combine(said)
    try rows.add(
      SortedRow(
        key: device.bits, second: part, third: UInt64(bitPattern: Int64(hasher.finalize())),
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
      guard let known = first, known.key == row.key, known.second == row.second else {
        first = row
        return
      }
      // Of rows that say the same, one is named.
      guard row.third != known.third, row.third != last?.third else { return }
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
      .value, file: file, line: Int(lines.1), place: words.column, expected: words.expected,
      found: "\(EUI64(bits: one.key)) \(words.found) than in line \(lines.0)", next: words.next)
  }
}
