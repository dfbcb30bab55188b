/// Why a text isn't a time, with the likely cause.
public struct TimeProblem: Error, Hashable, Sendable {
  /// Whether a spreadsheet rewrote it.
  public let isRewritten: Bool
  /// What would have been read.
  public let expected: String
  /// The likely cause, and the way out.
  public let next: String?

  private init(_ expected: String, _ next: String? = nil, isRewritten: Bool = false) {
    self.expected = expected
    self.next = next
    self.isRewritten = isRewritten
  }

  static let noZone = TimeProblem(
    "a time with its zone, such as 2026-03-04T10:12:00Z", "Add Z for UTC, or an offset")
  static let noSuchDay = TimeProblem("a day that exists")
  static let noSuchTime = TimeProblem("a time that exists, years 0001 to 9999")
  static let leapSecond = TimeProblem("seconds from 00 to 59", "Leap seconds aren't kept here")

  /// Not of the form of an RFC 3339 time.
  static func notATime(_ bytes: ArraySlice<UInt8>) -> TimeProblem {
    TimeProblem("a time such as 2026-03-04T10:12:00Z")
  }

  /// Neither a day nor a time; what a spreadsheet did to it is named where it shows.
  static func notADay(_ bytes: ArraySlice<UInt8>, dates: DateOrder) -> TimeProblem {
    let expected =
      switch dates {
      case .iso: "YYYY-MM-DD or an RFC 3339 time"
      case .dmy: "DD/MM/YYYY, YYYY-MM-DD or an RFC 3339 time"
      }
    let letters = bytes.contains { (65...90).contains($0 & 0xDF) }
    let digits = bytes.filter { (48...57).contains($0) }.count
    if bytes.contains(47) || (letters && bytes.contains(45)) {
      let cause = "A spreadsheet writes dates like this, and day and month can't be told apart"
      let way = "save the column as YYYY-MM-DD, or say --dates dmy if the day comes first"
      return TimeProblem(expected, "\(cause): \(way)", isRewritten: true)
    }
    if SpreadsheetNumber.hasPoint(bytes) || (bytes.count == 5 && digits == 5) {
      return TimeProblem(
        expected, "This is a spreadsheet's day number: save the column as YYYY-MM-DD",
        isRewritten: true)
    }
    if bytes.count > 11, bytes[bytes.startIndex + 10] == 32 {
      return TimeProblem(expected, "A time has T after the day and ends with its zone")
    }
    return TimeProblem(expected)
  }
}
