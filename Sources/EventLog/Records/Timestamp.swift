/// Times as records write them: exactly `YYYY-MM-DDTHH:MM:SS.mmmZ`, years 0000 to 9999.
public enum Timestamp {
  /// The milliseconds since 1970 that have a text.
  public static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  /// Writes a time.
  ///
  /// - Precondition: It lies in ``range``.
  public static func text(_ milliseconds: Int64) -> String {
    var bytes: [UInt8] = []
    append(milliseconds, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a time; `nil` for any text that ``text(_:)`` does not write.
  public static func milliseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { milliseconds($0) }
  }

  static func append(_ milliseconds: Int64, to bytes: inout [UInt8]) {
    precondition(range.contains(milliseconds), "a time outside the years 0000 to 9999")
    let days = floorDivide(milliseconds, 86_400_000)
    let inDay = milliseconds - days * 86_400_000
    let (year, month, day) = civil(days)
    func digits(_ number: Int64, _ width: Int) {
      var divisor: Int64 = 1
      for _ in 1..<width { divisor *= 10 }
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
        divisor /= 10
      }
    }
    digits(year, 4)
    bytes.append(UInt8(ascii: "-"))
    digits(month, 2)
    bytes.append(UInt8(ascii: "-"))
    digits(day, 2)
    bytes.append(UInt8(ascii: "T"))
    digits(inDay / 3_600_000, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(inDay / 60_000 % 60, 2)
    bytes.append(UInt8(ascii: ":"))
    digits(inDay / 1000 % 60, 2)
    bytes.append(UInt8(ascii: "."))
    digits(inDay % 1000, 3)
    bytes.append(UInt8(ascii: "Z"))
  }

  static func milliseconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 24 else { return nil }
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "."),
      text[23] == UInt8(ascii: "Z")
    else { return nil }
    func number(_ from: Int, _ length: Int) -> Int64? {
      var value: Int64 = 0
      for index in from..<from + length {
        let digit = text[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int64(digit)
      }
      return value
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      let thousandth = number(20, 3), (1...12).contains(month), day >= 1, hour < 24, minute < 60,
      second < 60
    else { return nil }
    let days = daysSince1970(year, month, day)
    guard civil(days) == (year, month, day) else { return nil }
    return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + thousandth
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  // Both count in years that begin in March, so that a leap day is a year's last.
  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
