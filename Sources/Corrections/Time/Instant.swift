/// A moment in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Its one text form, `YYYY-MM-DDTHH:MM:SS.mmmZ`, is the stored form of every time in the ledger.
/// Years run from 0001 to 9999.
public struct Instant: Hashable, Sendable {
  /// Milliseconds since the Unix epoch; negative before it.
  public let milliseconds: Int64

  /// Makes an instant from milliseconds since the Unix epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads exactly `YYYY-MM-DDTHH:MM:SS.mmmZ`; anything else gives nil.
  public init?(stored text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 24, digits[4] == 45, digits[7] == 45, digits[10] == 84,
      digits[13] == 58, digits[16] == 58, digits[19] == 46, digits[23] == 90
    else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard (48...57).contains(digits[index]) else { return nil }
        value = value * 10 + Int(digits[index] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      let milli = number(20..<23), hour < 24, minute < 60, second < 60,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let seconds = ((date.daysSinceEpoch * 24 + hour) * 60 + minute) * 60 + second
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(milli))
  }

  /// The stored form, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
  public var stored: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    let (days, inDay) = milliseconds.quotientAndRemainderFlooring(by: 86_400_000)
    let date = CivilDate(daysSinceEpoch: Int(days))
    func put(_ value: Int, _ width: Int) {
      var divisor = 1
      for _ in 1..<width { divisor *= 10 }
      var rest = value
      while divisor > 0 {
        bytes.append(UInt8(48 + rest / divisor))
        rest %= divisor
        divisor /= 10
      }
    }
    let inDayInt = Int(inDay)
    put(date.year, 4)
    bytes.append(45)
    put(date.month, 2)
    bytes.append(45)
    put(date.day, 2)
    bytes.append(84)
    put(inDayInt / 3_600_000, 2)
    bytes.append(58)
    put(inDayInt / 60_000 % 60, 2)
    bytes.append(58)
    put(inDayInt / 1000 % 60, 2)
    bytes.append(46)
    put(inDayInt % 1000, 3)
    bytes.append(90)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// This instant moved by a number of milliseconds.
  public func advanced(byMilliseconds delta: Int64) -> Instant {
    Instant(milliseconds: milliseconds + delta)
  }
}

extension Instant: Comparable {
  /// Says whether one instant is earlier than another.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Instant: CustomStringConvertible {
  /// The stored form.
  public var description: String { stored }
}

extension Int64 {
  /// Quotient rounded towards minus infinity, and the remainder that goes with it (never negative).
  func quotientAndRemainderFlooring(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
