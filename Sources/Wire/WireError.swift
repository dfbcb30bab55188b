/// Why some input isn't what it claims to be, and where.
///
/// Nothing of a document that gives one is recorded. `found` may land in a log: whoever makes an
/// error passes the text through ``Shown`` first, so it never holds a whole MPxN or an address.
public struct WireError: Error, Hashable, Sendable {
  /// What sort of fault this is; problems of a file are counted by it.
  public let kind: Kind
  /// The file as the caller named it, if it came from one.
  public var file: String?
  /// The physical line, from 1.
  public var line: Int?
  /// The character in the line, from 1; for XML the `<` of an element or the first of a text.
  public var column: Int?
  /// The element or the CSV column.
  public var place: String?
  /// What would have been right here.
  public var expected: String
  /// What was there instead, fit for a log.
  public var found: String
  /// The cause where it is known, and what to do.
  public var next: String?

  /// Makes an error; `found` must already be fit for a log.
  public init(
    _ kind: Kind, file: String? = nil, line: Int? = nil, column: Int? = nil, place: String? = nil,
    expected: String, found: String, next: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.place = place
    self.expected = expected
    self.found = found
    self.next = next
  }

  /// The sorts of fault, by the names that JSON uses.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Not UTF-8, or UTF-16 without its mark.
    case encoding
    /// Larger or deeper than the limit.
    case limit
    /// Not XML, or XML that isn't well formed; CSV whose quotes don't close.
    case syntax
    /// XML with a DOCTYPE.
    case doctype
    /// An element or attribute that doesn't belong where it stands, or is missing.
    case structure
    /// A value that isn't of its type.
    case value
    /// An empty value where one is needed.
    case empty
    /// Digits that a spreadsheet rounded away.
    case rounded
    /// A value that a spreadsheet rewrote: a date, a number with a decimal point, an error.
    case rewritten
    /// A needed column that the header doesn't name.
    case missingColumn
    /// A column that is neither known, mapped nor ignored.
    case unknownColumn
    /// The same heading twice.
    case repeatedColumn
    /// A row with more or fewer columns than the header.
    case width
    /// Columns separated by something other than a comma.
    case separator
  }
}

extension WireError: CustomStringConvertible {
  /// The one sentence that a person sees, on the command line and everywhere else.
  public var message: String {
    let text = place == nil || column != nil ? "" : ", \(place ?? "")"
    let start: String
    switch (file, line, column) {
    case (let file?, let line?, let column?): start = "\(file):\(line):\(column): "
    case (nil, let line?, let column?): start = "\(line):\(column): "
    case (let file?, let line?, nil): start = "\(file) line \(line)\(text): "
    case (nil, let line?, nil): start = "line \(line)\(text): "
    case (let file?, nil, _): start = "\(file)\(text): "
    case (nil, nil, _): start = place.map { "\($0): " } ?? ""
    }
    return start + sentence
  }

  /// The message without file and line, as it stands in a column `problem`.
  var sentence: String {
    let what: String
    switch kind {
    case .missingColumn: what = "no column \(expected); found \(found)"
    case .encoding, .limit, .syntax, .doctype, .structure, .value, .empty, .rounded, .rewritten,
      .unknownColumn, .repeatedColumn, .width, .separator:
      what = "expected \(expected)\(column == nil ? "," : ";") found \(found)"
    }
    return next.map { "\(what). \($0)" } ?? what
  }

  /// The message.
  public var description: String { message }
}
