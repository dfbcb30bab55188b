internal import Corrections

/// The simple types of the schema, each read from an element's text.
extension XMLReader {
  mutating func eui(_ element: XMLElement) throws(WireError) -> EUI64 {
    let text = try collapsed(element)
    guard let eui = EUI64(text.value) else {
      throw refused(text, element, "eight hex octets joined by hyphens")
    }
    return eui
  }

  mutating func requestID(_ element: XMLElement) throws(WireError) -> RequestID {
    let text = try collapsed(element)
    guard let id = RequestID(text.value) else {
      throw refusedID(text, element)
    }
    return id
  }

  /// Says which part of an EUI:EUI:counter is wrong.
  private func refusedID(_ text: XMLText, _ element: XMLElement) -> WireError {
    let parts = text.value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      return refused(
        text, element, "EUI:EUI:counter", found: parts.count == 1 ? nil : "\(parts.count) parts")
    }
    for (part, name) in zip(parts, ["first", "second"]) where EUI64(part) == nil {
      return refused(
        text, element, "eight hex octets joined by hyphens as the \(name) part",
        found: Shown.text(part))
    }
    return refused(
      text, element, "a counter from 0 to 18446744073709551615 without leading zeros",
      found: Shown.text(parts[2]))
  }

  mutating func oneOf<Value: RawRepresentable<String>>(
    _ values: [Value], _ element: XMLElement
  ) throws(WireError) -> Value {
    let text = try self.text(of: element)
    guard let value = values.first(where: { $0.rawValue == text.value }) else {
      throw refused(text, element, Children.list(values.map(\.rawValue)))
    }
    return value
  }

  /// Text of a length, counted in characters as the schema does.
  mutating func string(
    _ lengths: ClosedRange<Int>, _ element: XMLElement, isPersonal: Bool = false
  ) throws(WireError) -> String {
    let text = try self.text(of: element)
    let count = text.value.unicodeScalars.count
    guard lengths.contains(count) else {
      throw refused(
        text, element, "\(Self.range(lengths)) characters",
        found: isPersonal || count > lengths.upperBound ? Shown.length(of: text.value) : nil)
    }
    return text.value
  }

  /// A meter point.
  ///
  /// The schema checks lengths only; that it is digits is our own check.
  mutating func mpxn(_ lengths: ClosedRange<Int>, _ element: XMLElement) throws(WireError) -> MPxN {
    let text = try self.text(of: element)
    guard let mpxn = MPxN(text.value), lengths.contains(text.value.utf8.count) else {
      let digits = text.value.utf8.allSatisfy { (48...57).contains($0) }
      let found = Shown.meterPoint(text.value)
      throw refused(
        text, element, "\(Self.range(lengths)) digits",
        found: digits && !text.value.isEmpty ? "\(text.value.utf8.count) digits, \(found)" : found)
    }
    return mpxn
  }

  mutating func boolean(_ element: XMLElement) throws(WireError) -> Bool {
    let text = try collapsed(element)
    switch text.value {
    case "true", "1": return true
    case "false", "0": return false
    default: throw refused(text, element, "true or false")
    }
  }

  mutating func commandVariant(_ element: XMLElement) throws(WireError) -> Int {
    let text = try self.text(of: element)
    guard text.value.utf8.count == 1, let value = Int(text.value), (1...9).contains(value) else {
      throw refused(text, element, "1 to 9")
    }
    return value
  }

  /// Numbers joined by points, such as `8.4` or `6.20.1`.
  mutating func serviceReference(_ element: XMLElement) throws(WireError) -> XMLText {
    let text = try self.text(of: element)
    let parts = text.value.utf8.split(separator: 46, omittingEmptySubsequences: false)
    let isOne =
      (2...3).contains(parts.count)
      && parts.allSatisfy { part in
        (1...2).contains(part.count) && part.allSatisfy { (48...57).contains($0) }
      }
    guard isOne else { throw refused(text, element, "a service reference such as 8.4 or 6.20.1") }
    return text
  }

  /// A letter or more, then digits: `I99`, `E080415`, `N1`, `AD1`.
  mutating func code(_ letters: [String], _ element: XMLElement) throws(WireError) -> String {
    let text = try self.text(of: element)
    for prefix in letters where text.value.hasPrefix(prefix) {
      let digits = text.value.utf8.dropFirst(prefix.utf8.count)
      if (1...6).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) {
        return text.value
      }
    }
    throw refused(text, element, "\(Children.list(letters)) and a number")
  }

  /// EUI, RequestID, times, numbers and hex collapse the blanks around them; texts don't.
  mutating func collapsed(_ element: XMLElement) throws(WireError) -> XMLText {
    let text = try self.text(of: element)
    let value = XMLReader.trimmed(text.value)
    if value.isEmpty { return XMLText(value: value, offset: element.offset) }
    let rest = bytes[text.offset...]
    let offset = rest.firstIndex { !XMLReader.isBlank($0) } ?? text.offset
    return XMLText(value: value, offset: offset)
  }

  func refused(
    _ text: XMLText, _ element: XMLElement, _ expected: String, _ next: String? = nil,
    found: String? = nil
  ) -> WireError {
    let isPadded =
      text.value.utf8.first.map(XMLReader.isBlank) ?? false
      || text.value.utf8.last.map(XMLReader.isBlank) ?? false
    let shown = found ?? Shown.text(text.value)
    let hasMore = isPadded && !XMLReader.trimmed(text.value).isEmpty
    return error(
      text.value.isEmpty ? .empty : .value, at: text.offset, place: name(of: element),
      expected: "\(expected) for \(name(of: element))",
      found: hasMore ? "\(XMLReader.trimmed(shown)) with blanks around it" : shown, next: next)
  }

  private static func range(_ lengths: ClosedRange<Int>) -> String {
    lengths.count == 1 ? "\(lengths.lowerBound)" : "\(lengths.lowerBound) to \(lengths.upperBound)"
  }
}
