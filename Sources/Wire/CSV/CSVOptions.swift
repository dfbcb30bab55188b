/// How the columns and dates of a file are to be read.
public struct CSVOptions: Sendable {
  /// The field that a column of another name holds.
  public var map: [String: String]
  /// Columns that are passed over.
  public var ignore: Set<String>
  /// How the dates of the file are written.
  public var dates: DateOrder
  /// How many problems and how many warnings are kept; all are counted.
  public var kept: Int
  /// What is read in the place of the file; its path is then only what messages call it.
  public var spool: CSVSpool?
  /// Told with each chunk how far a pass has come.
  public var progress: (@Sendable (CSVProgress) -> Void)?

  /// Makes options; what is left out maps nothing, ignores nothing and takes ISO dates.
  public init(
    map: [String: String] = [:], ignore: Set<String> = [], dates: DateOrder = .iso, kept: Int = 1000
  ) {
    self.map = map
    self.ignore = ignore
    self.dates = dates
    self.kept = kept
  }
}

/// How far one pass over a file has come.
public struct CSVProgress: Hashable, Sendable {
  /// Whole lines that were read.
  public let lines: Int
  /// Bytes that were read, of a gzip file the compressed ones.
  public let bytes: Int
  /// How many there are; nil where only the end will tell.
  public let length: Int?
  /// Whether this is the pass that checks, and not one that is held to what was checked.
  public let isChecking: Bool

  /// Makes a state of reading.
  public init(lines: Int, bytes: Int, length: Int?, isChecking: Bool) {
    self.lines = lines
    self.bytes = bytes
    self.length = length
    self.isChecking = isChecking
  }
}

/// One column that a kind of file has.
public struct CSVColumn: Hashable, Sendable {
  /// Its place in the list of columns of its row type.
  public let index: Int
  /// The heading it has in a file.
  public let name: String
  /// Whether a file without it is refused; its cells may still be empty.
  public let isRequired: Bool

  /// Makes a column at its place in the list.
  public init(_ index: Int, _ name: String, isRequired: Bool = true) {
    self.index = index
    self.name = name
    self.isRequired = isRequired
  }
}

/// One row of a kind of file.
public protocol CSVRow: Sendable {
  /// The columns in order, so that each one's index is its place here.
  static var columns: [CSVColumn] { get }

  /// Reads a row from its cells; nil when there were problems, which the cells keep.
  init?(_ cells: inout CSVCells)
}

/// What was read from a file without problems.
public struct CSVSummary: Hashable, Sendable {
  /// Rows that were read.
  public var rows = 0
  /// Rows in which every cell is empty; they were passed over.
  public var emptyRows = 0
  /// Columns without a heading, and without any value; they were passed over.
  public var emptyColumns = 0
  /// The first warnings.
  public var warnings: [CSVWarning] = []
  /// How many warnings of each kind there were in all.
  public var warningCounts: [CSVWarning.Kind: Int] = [:]
  /// The bytes that were read.
  public internal(set) var mark = CSVMark()
}

/// Something in a file that is odd but was read as it stands.
public struct CSVWarning: Hashable, Sendable {
  /// What sort of warning this is.
  public let kind: Kind
  /// The physical line on which the row begins.
  public let line: Int
  /// The column, if it is about one cell.
  public let place: String?
  /// What is odd, as a sentence that shows at most three digits of a meter point.
  public let text: String

  /// The sorts of warning, by the names that JSON uses.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// An MPAN or MPRN whose check digits disagree with the others.
    case wrongCheckDigit
    /// A firmware version that may have lost leading zeros.
    case shortFirmwareVersion
    /// A file that ends exactly where Excel stops.
    case rowLimit
    /// A registration in force at the same time as another of its meter point.
    case overlappingRegistrations
  }
}

extension CSVWarning: CustomStringConvertible {
  /// The sentence that a person sees.
  public var description: String {
    "line \(line)\(place.map { ", \($0)" } ?? ""): \(text)"
  }
}

/// All that is wrong with a file; nothing of it counts as read.
public struct CSVProblems: Error, Hashable, Sendable {
  /// The file as the caller named it.
  public let file: String?
  /// The first problems, in the order of the file.
  public let problems: [WireError]
  /// How many problems there were in all.
  public let total: Int
  /// How many problems of each kind there were in all.
  public let counts: [WireError.Kind: Int]
  /// Whether they were found by comparing rows: no row tells of one by itself.
  public let areBetweenRows: Bool
}

extension CSVProblems: CustomStringConvertible {
  /// The first problem, and how many more there are.
  public var description: String {
    let first = problems.first?.message ?? "no problem"
    return total > 1 ? "\(first) (and \(total - 1) more)" : first
  }
}
