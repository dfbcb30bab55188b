internal import Corrections
internal import EventLog
public import Wire

/// What an import did.
public struct Imported: Sendable {
  /// Rows in the file.
  public let rows: Int
  /// What was not held before.
  public let added: Int
  /// What was held, and is now different or ended.
  public let changed: Int
  public let unchanged: Int
  /// The event that ends the import, or the last one recorded; nil when nothing was.
  public let position: Int?
  public let warnings: [CSVWarning]
  public let warningCount: Int
}

/// How an import is done.
public struct ImportOptions: Sendable {
  public var csv = CSVOptions()
  /// Read, compare and count, and record nothing.
  public var isDryRun = false
  /// Told rows done and rows in all, of the real work.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// Refuses values that would put a meter point, or what may be one, into a record for ever.
enum CodeGuard {
  /// The longest run of digits that a code may hold; meter points have up to thirteen.
  private static let longestRun = 8

  static func check(
    _ values: [(column: String, value: String?)], file: String, line: Int, run: Int = longestRun
  ) throws(WireError) {
    for (column, value) in values {
      guard let value else { continue }
      var digits = 0
      for byte in value.utf8 {
        digits = (48...57).contains(byte) ? digits + 1 : 0
        guard digits <= run else {
          throw WireError(
            .value, file: file, line: line, place: column,
            expected: "a code with at most \(run) digits in a row, since records are kept for ever",
            found: "more, which may be a meter point",
            next: "Nothing of this file was recorded")
        }
      }
    }
  }
}
