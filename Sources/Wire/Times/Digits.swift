internal import Corrections

/// A cursor over the characters of a date or a time.
struct Digits {
  private(set) var rest: ArraySlice<UInt8>
  private(set) var zoneWasRead = false

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Takes `YYYY-MM-DD`; nil when it has another shape.
  mutating func date() throws(TimeProblem) -> CivilDate? {
    guard let year = number(4), take(45), let month = number(2), take(45), let day = number(2)
    else { return nil }
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    return date
  }

  /// Takes exactly that many ASCII digits.
  mutating func number(_ count: Int) -> Int? {
    guard let value = Digits.whole(rest.prefix(count)), rest.count >= count else { return nil }
    rest = rest.dropFirst(count)
    return value
  }

  /// Takes one character.
  mutating func take(_ byte: UInt8, or other: UInt8? = nil) -> Bool {
    guard let first = rest.first, first == byte || first == other else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Takes a decimal fraction if there is one, and cuts it to milliseconds.
  mutating func fraction() -> Int? {
    guard take(46) else { return 0 }
    var count = 0
    var value = 0
    while let byte = rest.first, (48...57).contains(byte) {
      if count < 3 { value = value * 10 + Int(byte - 48) }
      count += 1
      rest = rest.dropFirst()
    }
    guard count > 0 else { return nil }
    for _ in 0..<max(0, 3 - count) { value *= 10 }
    return value
  }

  /// Takes `Z` or `±HH:MM`, in minutes ahead of UTC.
  mutating func zone() -> Int? {
    if take(90, or: 122) {
      zoneWasRead = rest.isEmpty
      return 0
    }
    let sign = rest.first == 45 ? -1 : 1
    guard take(43, or: 45), let hour = number(2), take(58), let minute = number(2), hour < 24,
      minute < 60, rest.isEmpty
    else { return nil }
    zoneWasRead = true
    return sign * (hour * 60 + minute)
  }

  /// Up to nine ASCII digits as a number.
  static func whole(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }
}
