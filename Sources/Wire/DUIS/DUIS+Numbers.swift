internal import Corrections

/// Times, days, whole numbers and hex of the schema, each read from an element's text.
extension XMLReader {
  mutating func dateTime(
    _ element: XMLElement
  ) throws(WireError) -> (instant: Instant, hasZone: Bool) {
    let text = try collapsed(element)
    do throws(TimeProblem) {
      return try Times.dateTime(Array(text.value.utf8)[...])
    } catch {
      throw refused(text, element, error.expected, error.next)
    }
  }

  /// A day, whose zone is passed over: it is a date on a calendar, not a moment.
  mutating func day(_ element: XMLElement) throws(WireError) -> CivilDate {
    let text = try collapsed(element)
    var digits = Digits(Array(text.value.utf8)[...])
    let day: CivilDate?
    do throws(TimeProblem) {
      day = try digits.date()
    } catch {
      throw refused(text, element, error.expected, error.next)
    }
    if let day {
      if digits.rest.isEmpty { return day }
      if digits.zone() != nil, digits.zoneWasRead { return day }
    }
    throw refused(text, element, "a day such as 2026-03-04, perhaps with a zone,")
  }

  /// An element that says all by being there; not even a blank may stand in it.
  mutating func nothing(in element: XMLElement) throws(WireError) {
    let text = try self.text(of: element)
    guard text.value.isEmpty else { throw refused(text, element, "nothing") }
  }

  /// A whole number, written in digits alone.
  mutating func number(
    _ range: ClosedRange<UInt64>, _ element: XMLElement
  ) throws(WireError) -> UInt64 {
    let text = try collapsed(element)
    let isDigits = !text.value.isEmpty && text.value.utf8.allSatisfy { (48...57).contains($0) }
    guard isDigits, let number = UInt64(text.value), range.contains(number) else {
      throw refused(text, element, "\(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The code of a device's alert: two octets in hex, in upper case.
  mutating func alertCode(_ element: XMLElement) throws(WireError) -> String {
    let text = try collapsed(element)
    guard text.value.utf8.count == 4, XMLReader.isHex(text.value) else {
      throw refused(text, element, "four hex digits")
    }
    return text.value.uppercased()
  }

  /// Passes over so many octets in hex; a secret, so an error says its length only.
  mutating func secretHex(
    octets: ClosedRange<Int>, _ element: XMLElement
  ) throws(WireError) {
    let text = try collapsed(element)
    let count = text.value.utf8.count
    guard count.isMultiple(of: 2), octets.contains(count / 2), XMLReader.isHex(text.value) else {
      throw refused(
        text, element, "\(octets.lowerBound) to \(octets.upperBound) octets in hex",
        found: Shown.length(of: text.value))
    }
  }

  private static func isHex(_ text: String) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) || (65...70).contains($0 & 0xDF) }
  }
}
