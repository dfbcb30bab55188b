public import Corrections

/// The types that cells of any file have.
extension CSVCells {
  /// Free text, or nil when empty; the mark that keeps it from being a formula is taken off.
  public mutating func text(_ column: CSVColumn, atMost length: Int = 200) -> String? {
    let key = key(column, .text, length)
    if let known = memos.texts[key] { return known }
    if isEmpty(column) { return nil }
    let value = CSVText.withoutFormulaMark(value(column))
    if value.isEmpty { return nil }
    if refusesSpreadsheetError(value, column, "text") || refusesControls(value, column) {
      return nil
    }
    let text = String(decoding: value, as: UTF8.self)
    guard text.unicodeScalars.count <= length else {
      note(
        .value, column, expected: "at most \(length) characters", found: Shown.length(of: text))
      return nil
    }
    memos.texts.keep(text, key)
    return text
  }

  /// A short name made of letters, digits and `.-_`, or nil when empty.
  public mutating func optionalCode(_ column: CSVColumn, atMost length: Int = 64) -> String? {
    isEmpty(column) ? nil : code(column, atMost: length)
  }

  /// A short name made of letters, digits and `.-_`.
  public mutating func code(_ column: CSVColumn, atMost length: Int = 64) -> String? {
    let key = key(column, .code, length)
    if let known = memos.texts[key] { return known }
    let value = value(column)
    if refusesEmpty(value, column, "letters, digits and .-_") { return nil }
    let code = code(value, column, atMost: length)
    memos.texts.keep(code, key)
    return code
  }

  /// Short names joined by semicolons; none when empty.
  public mutating func codes(_ column: CSVColumn) -> [String] {
    items(column).compactMap { code($0, column, atMost: 64) }
  }

  private mutating func code(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, atMost length: Int
  ) -> String? {
    if value.isEmpty { return nil }
    let expected = "letters, digits and .-_"
    if refusesSpreadsheetError(value, column, expected) { return nil }
    let isCode = value.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95: true
      default: false
      }
    }
    guard isCode, value.count <= length, !SpreadsheetNumber.isDay(value) else {
      refuse(value, column, value.count > length ? "at most \(length) characters" : expected)
      return nil
    }
    return String(decoding: value, as: UTF8.self)
  }

  /// One of a few words.
  public mutating func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ column: CSVColumn, _ type: Value.Type = Value.self
  ) -> Value? {
    let value = value(column)
    if refusesEmpty(value, column, CSVCells.list(type)) { return nil }
    return one(of: type, value, column)
  }

  /// One of a few words, or nil when empty.
  public mutating func optionalOneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ column: CSVColumn, _ type: Value.Type = Value.self
  ) -> Value? {
    isEmpty(column) ? nil : one(of: type, value(column), column)
  }

  private mutating func one<Value: RawRepresentable<String> & CaseIterable>(
    of type: Value.Type, _ value: ArraySlice<UInt8>, _ column: CSVColumn
  ) -> Value? {
    // Other letters can be equal to ASCII ones as text, and are still other bytes.
    if value.allSatisfy({ $0 < 0x80 }),
      let one = type.init(rawValue: String(decoding: value, as: UTF8.self))
    {
      return one
    }
    refuse(value, column, CSVCells.list(type))
    return nil
  }

  /// The EUI-64 of a device or a user.
  public mutating func eui(_ column: CSVColumn) -> EUI64? {
    let value = CSVText.withoutTextMark(value(column))
    if refusesEmpty(value, column, CSVCells.euiForm) { return nil }
    return eui(value, column)
  }

  /// The EUI-64 of a device or a user, or nil when empty.
  public mutating func optionalEUI(_ column: CSVColumn) -> EUI64? {
    if isEmpty(column) { return nil }
    let value = CSVText.withoutTextMark(value(column))
    return value.isEmpty ? nil : eui(value, column)
  }

  /// EUI-64s joined by semicolons; none when empty.
  public mutating func euis(_ column: CSVColumn) -> [EUI64] {
    isEmpty(column) ? [] : items(column).compactMap { eui($0, column) }
  }

  private mutating func eui(_ value: ArraySlice<UInt8>, _ column: CSVColumn) -> EUI64? {
    guard let eui = EUI64(utf8: value) else {
      refuse(value, column, CSVCells.euiForm)
      return nil
    }
    return eui
  }

  /// The parts of a list, without those that are empty.
  func items(_ column: CSVColumn) -> [ArraySlice<UInt8>] {
    let value = value(column)
    return value.isEmpty
      ? [] : value.split(separator: 59).map(CSVText.trimmed).filter { !$0.isEmpty }
  }

  private static let euiForm = "eight hex octets joined by hyphens"

  private static func list<Value: RawRepresentable<String> & CaseIterable>(
    _ type: Value.Type
  ) -> String {
    Children.list(type.allCases.map(\.rawValue))
  }

  mutating func refusesEmpty(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, _ expected: @autoclosure () -> String
  ) -> Bool {
    if value.isEmpty { note(.empty, column, expected: expected(), found: "nothing") }
    return value.isEmpty
  }

  /// Refuses a cell, naming what a spreadsheet did to it where that shows.
  mutating func refuse(_ value: ArraySlice<UInt8>, _ column: CSVColumn, _ expected: String) {
    if refusesSpreadsheetError(value, column, expected) { return }
    let found = Shown.text(String(decoding: value, as: UTF8.self))
    if SpreadsheetNumber.isRounded(value) {
      note(.rounded, column, expected: expected, found: found, next: CSVCells.digitsAreGone)
    } else if SpreadsheetNumber.isDay(value) {
      note(
        .rewritten, column, expected: expected, found: found,
        next: "A spreadsheet took it for a day: open the original again with this column as Text")
    } else {
      note(.value, column, expected: expected, found: found)
    }
  }

  static let digitsAreGone =
    "A spreadsheet rounded it and the digits are gone: open the original again with this column "
    + "as Text"

  /// Refuses characters that no text has, but for tabs and line ends.
  mutating func refusesControls(_ value: ArraySlice<UInt8>, _ column: CSVColumn) -> Bool {
    let control = value.first { $0 == 127 || ($0 < 32 && $0 != 9 && $0 != 10 && $0 != 13) }
    guard let control else { return false }
    note(
      .value, column, expected: "text without control characters",
      found: "\\u{\(String(control, radix: 16, uppercase: true))}")
    return true
  }

  mutating func refusesSpreadsheetError(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, _ expected: @autoclosure () -> String
  ) -> Bool {
    // `#`, `T` and `F` begin all of them.
    guard let first = value.first, first == 35 || first == 84 || first == 70 else { return false }
    let isTruth = CSVText.isTruth(value)
    guard isTruth || CSVText.isSpreadsheetError(value) else { return false }
    note(
      .rewritten, column, expected: expected(),
      found: String(decoding: value.prefix(9), as: UTF8.self),
      next: isTruth
        ? "A spreadsheet took the cell for a truth value"
        : "A formula of the spreadsheet failed here")
    return true
  }
}
