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
  /// What was held already, just so.
  public let unchanged: Int
  /// The event that ends the import, or the last one recorded; nil when nothing was.
  public let position: Int?
  /// The first warnings.
  public let warnings: [CSVWarning]
  /// How many warnings there are in all.
  public let warningCount: Int
}

/// How an import is done.
public struct ImportOptions: Sendable {
  /// How the file is read: columns mapped or ignored, dates.
  public var csv = CSVOptions()
  /// Read, compare and count, and record nothing.
  public var isDryRun = false
  /// Told rows done and rows in all, of the real work.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  /// How many rows are compared at one moment and recorded in one commit, where nobody else wants to.
  ///
  /// Values come in no order: the more of them one commit holds, the fewer pages it writes for each.
  package var rowsOfSlice = 24_000

  /// Makes options that record everything and tell no progress.
  public init() {}
}

/// Refuses values that would put a meter point, or what may be one, into a record for ever.
///
/// A meter point has six to thirteen digits, however they are set apart; codes get by with fewer.
public enum CodeGuard {
  /// The most digits that a code may hold.
  public static let mostDigits = 5
  /// The most digits in a row that the hexadecimal name of a product may hold; of eight, as many as
  /// one such name has, nobody can tell.
  static let mostHexDigits = 8

  /// Whether a text may stand in a record: it has too few digits to be a meter point.
  public static func isCode(_ text: String) -> Bool {
    guard let plain = PlainText(text) else { return text.count(where: \.isNumber) <= mostDigits }
    return plain.digits <= mostDigits
  }

  /// Whether the hexadecimal name of a product may stand in a record.
  ///
  /// In a name of other letters, too, all digits count, however they are set apart; and what has both
  /// spaces and digits could be an address.
  static func isName(_ text: String) -> Bool {
    if let plain = PlainText(text) {
      return plain.isHex
        ? plain.mostDigitsInRow <= mostHexDigits
        : plain.digits <= mostHexDigits && (plain.digits == 0 || !plain.hasBlanks)
    }
    if text.allSatisfy(\.isHexDigit) {
      return text.split { !$0.isNumber }.allSatisfy { $0.count <= mostHexDigits }
    }
    let digits = text.count(where: \.isNumber)
    return digits <= mostHexDigits && (digits == 0 || !text.contains(where: \.isWhitespace))
  }

  /// Refuses the codes of a row that may hold a meter point.
  static func check(
    _ codes: [(column: String, value: String?)], file: String, line: Int
  ) throws(WireError) {
    for (column, value) in codes {
      guard let value, !isCode(value) else { continue }
      throw refused(
        "a code with at most \(mostDigits) digits", file: file, line: line, column: column)
    }
  }

  /// Refuses the hexadecimal names of a row that may hold a meter point.
  static func check(
    hex names: [(column: String, value: String?)], file: String, line: Int
  ) throws(WireError) {
    for (column, value) in names {
      guard let value else { continue }
      guard !isName(value) else { continue }
      throw refused(
        "a name with at most \(mostHexDigits) digits in a row", file: file, line: line,
        column: column)
    }
  }

  private static func refused(
    _ expected: String, file: String, line: Int, column: String
  ) -> WireError {
    WireError(
      .value, file: file, line: line, place: column,
      expected: "\(expected), since records are kept for ever",
      found: "more, which may be a meter point", next: "Nothing of this file was recorded")
  }
}

/// What a text of ASCII consists of, which nearly every code and name is; other texts are looked at
/// character by character.
private struct PlainText {
  private(set) var digits = 0
  private(set) var mostDigitsInRow = 0
  private(set) var isHex = true
  private(set) var hasBlanks = false

  init?(_ text: String) {
    var row = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        row += 1
        mostDigitsInRow = max(mostDigitsInRow, row)
        continue
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): break
      case 9...13, UInt8(ascii: " "):
        hasBlanks = true
        isHex = false
      case 0x80...: return nil
      default: isHex = false
      }
      row = 0
    }
  }
}
