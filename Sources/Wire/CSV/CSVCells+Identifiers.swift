public import Corrections

/// The types that spreadsheets damage most: meter points, versions, days and times.
extension CSVCells {
  /// A meter point of one of the lengths.
  public mutating func mpxn(_ column: CSVColumn, digits lengths: ClosedRange<Int>) -> MPxN? {
    let value = value(column)
    if refusesEmpty(value, column, CSVCells.digits(lengths)) { return nil }
    return mpxn(value, column, lengths)
  }

  /// A meter point of one of the lengths, or nil when empty.
  public mutating func optionalMPxN(
    _ column: CSVColumn, digits lengths: ClosedRange<Int>
  ) -> MPxN? {
    isEmpty(column) ? nil : mpxn(value(column), column, lengths)
  }

  /// Reads the digits.
  ///
  /// Blanks, hyphens and the marks that keep a number as text are taken off, since nothing is lost
  /// by it. What has lost digits, or may have, is refused.
  private mutating func mpxn(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, _ lengths: ClosedRange<Int>
  ) -> MPxN? {
    var digits = String(decoding: value, as: UTF8.self)
    if MPxN(digits) == nil {
      let bare = CSVText.withoutSeparators(CSVText.withoutTextMark(value))
      digits = String(decoding: bare, as: UTF8.self)
    }
    guard let mpxn = MPxN(digits), lengths.contains(digits.utf8.count) else {
      refuseMeterPoint(value, Array(digits.utf8), column, lengths)
      return nil
    }
    if CheckDigits(of: mpxn) == .wrong {
      warn(.wrongCheckDigit, column, "the check digit of \(mpxn.masked) is wrong; it is kept")
    }
    return mpxn
  }

  private mutating func refuseMeterPoint(
    _ value: ArraySlice<UInt8>, _ bare: [UInt8], _ column: CSVColumn, _ lengths: ClosedRange<Int>
  ) {
    let expected = CSVCells.digits(lengths)
    if refusesSpreadsheetError(value, column, expected) { return }
    let shown = Shown.meterPoint(String(decoding: value, as: UTF8.self))
    if SpreadsheetNumber.isRounded(bare[...]) {
      note(.rounded, column, expected: expected, found: shown, next: CSVCells.digitsAreGone)
    } else if SpreadsheetNumber.hasPoint(bare[...]) {
      note(
        .rewritten, column, expected: expected, found: shown,
        next: "Some program took it for a number with a decimal point: write this column as text")
    } else if bare.allSatisfy({ (48...57).contains($0) }) {
      note(
        .value, column, expected: expected, found: "\(bare.count) digits, \(shown)",
        next: bare.count == 21
          ? "This is a whole supply number; its core is the last 13 digits, \(shown)" : nil)
    } else {
      note(.value, column, expected: expected, found: shown)
    }
  }

  /// A manufacturer, model or firmware version, nil when empty.
  ///
  /// They are hex, which spreadsheets take for numbers.
  public mutating func hexText(
    _ column: CSVColumn, characters lengths: ClosedRange<Int>
  ) -> String? {
    let key = key(column, .hexText, lengths.upperBound)
    if let known = memos.texts[key] { return known }
    if isEmpty(column) { return nil }
    let value = CSVText.withoutTextMark(value(column))
    if value.isEmpty { return nil }
    let expected = "\(lengths.lowerBound) to \(lengths.upperBound) characters"
    if SpreadsheetNumber.isRounded(value) || SpreadsheetNumber.hasPoint(value) {
      note(
        .rounded, column, expected: expected,
        found: Shown.text(String(decoding: value, as: UTF8.self)),
        next:
          "A spreadsheet took the hex for a number: open the original again with this column as "
          + "Text"
      )
      return nil
    }
    if refusesSpreadsheetError(value, column, expected) || refusesControls(value, column) {
      return nil
    }
    let text = String(decoding: value, as: UTF8.self)
    guard lengths.contains(text.unicodeScalars.count) else {
      refuse(value, column, expected)
      return nil
    }
    memos.texts.keep(text, key)
    return text
  }

  /// A firmware version, nil when empty; digits alone that are fewer than eight give a warning.
  public mutating func firmwareVersion(_ column: CSVColumn) -> String? {
    guard let version = hexText(column, characters: 1...8) else { return nil }
    if version.utf8.contains(46) || version.utf8.contains(43) {
      note(
        .rewritten, column, expected: "hex digits", found: Shown.text(version),
        next: "No firmware version has . or +: open the original again with this column as Text")
      return nil
    }
    let count = version.utf8.count
    if count < 8, version.utf8.allSatisfy({ (48...57).contains($0) }) {
      let length = count == 1 ? "1 character" : "\(count) characters"
      warn(
        .shortFirmwareVersion, column,
        "\(version) has \(length), listed versions have 8: a spreadsheet may have cut leading zeros"
      )
    }
    return version
  }

  /// A time, or a day taken as its start or its end.
  public mutating func instant(_ column: CSVColumn, as edge: DayEdge) -> Instant? {
    let key = key(column, edge == .start ? .start : .end)
    if let known = memos.instants[key] { return known }
    let value = value(column)
    if refusesEmpty(value, column, "a day, YYYY-MM-DD, or a time") { return nil }
    let instant = instant(value, column, edge)
    memos.instants.keep(instant, key)
    return instant
  }

  /// A time, or a day taken as its start or its end, or nil when empty.
  public mutating func optionalInstant(_ column: CSVColumn, as edge: DayEdge) -> Instant? {
    isEmpty(column) ? nil : instant(column, as: edge)
  }

  /// A day, which may carry a `Z` as XML dates do, or nil when empty.
  public mutating func optionalDay(_ column: CSVColumn) -> CivilDate? {
    let key = key(column, .day)
    if let known = memos.days[key] { return known }
    if isEmpty(column) { return nil }
    let value = value(column)
    do throws(TimeProblem) {
      let day = try Times.day(value.last == 90 ? value.dropLast() : value, dates: options.dates)
      memos.days.keep(day, key)
      return day
    } catch {
      refuse(value, column, error)
      return nil
    }
  }

  private mutating func instant(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, _ edge: DayEdge
  ) -> Instant? {
    do throws(TimeProblem) {
      return try Times.instant(value, orDayAs: edge, dates: options.dates)
    } catch {
      refuse(value, column, error)
      return nil
    }
  }

  private mutating func refuse(
    _ value: ArraySlice<UInt8>, _ column: CSVColumn, _ problem: TimeProblem
  ) {
    if refusesSpreadsheetError(value, column, problem.expected) { return }
    note(
      problem.isRewritten ? .rewritten : .value, column, expected: problem.expected,
      found: Shown.text(String(decoding: value, as: UTF8.self)), next: problem.next)
  }

  static func digits(_ lengths: ClosedRange<Int>) -> String {
    lengths.count == 1
      ? "\(lengths.lowerBound) digits" : "\(lengths.lowerBound) to \(lengths.upperBound) digits"
  }
}
