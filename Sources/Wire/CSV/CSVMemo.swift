internal import Corrections

/// Cells that were read before: codes, days and versions repeat, and are read once.
///
/// It holds what was read without a problem or a warning, in a fixed number of places; a cell that
/// falls on a taken one takes it over.
struct CSVMemo<Value> {
  private var keys = [CSVKey](repeating: .none, count: CSVKey.places)
  private var values = [Value?](repeating: nil, count: CSVKey.places)

  subscript(key: CSVKey) -> Value? { keys[key.place] == key ? values[key.place] : nil }

  mutating func keep(_ value: Value?, _ key: CSVKey) {
    guard let value, key != .none else { return }
    keys[key.place] = key
    values[key.place] = value
  }
}

/// The bytes of a cell, the column and what they are to be read as.
struct CSVKey: Equatable {
  /// What a cell is read as, since the same bytes can be several things.
  enum Reading: UInt64 {
    case code, text, hexText, start, end, day
  }

  static let places = 2048
  /// The longest cell that is kept.
  static let longest = 24
  /// The key of a cell that isn't kept.
  static let none = CSVKey()

  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var tag: UInt64 = 0
  fileprivate private(set) var place = 0

  private init() {}

  /// Takes the bytes from a buffer that goes on for 24 bytes beyond the start of the cell.
  init(
    _ buffer: UnsafeRawBufferPointer, _ cell: Range<Int>, column: Int, _ reading: Reading,
    limit: Int
  ) {
    func word(_ from: Int) -> UInt64 {
      let count = cell.count - from
      guard count > 0 else { return 0 }
      let word = UInt64(
        littleEndian: buffer.loadUnaligned(
          fromByteOffset: cell.lowerBound + from, as: UInt64.self))
      return count >= 8 ? word : word & (1 << UInt64(count * 8) - 1)
    }
    words = (word(0), word(8), word(16))
    tag =
      UInt64(column + 1) << 40 | UInt64(limit) << 16 | reading.rawValue << 8 | UInt64(cell.count)
    var mixed = (words.0 ^ tag) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 29 ^ words.1) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 32 ^ words.2) &* 0x94D0_49BB_1331_11EB
    place = Int(mixed >> 53)
  }

  static func == (left: CSVKey, right: CSVKey) -> Bool {
    left.words.0 == right.words.0 && left.words.1 == right.words.1
      && left.words.2 == right.words.2 && left.tag == right.tag
  }
}

/// What one pass over a file keeps of the cells it has read.
struct CSVMemos {
  var texts = CSVMemo<String>()
  var instants = CSVMemo<Instant>()
  var days = CSVMemo<CivilDate>()
  /// By which columns are empty, a bit for each.
  var empty: [UInt64: Set<EntryField>] = [:]
}

extension CSVCells {
  /// The key of a column's cell, or the one of none when it is quoted, long or empty.
  func key(_ column: CSVColumn, _ reading: CSVKey.Reading, _ limit: Int = 0) -> CSVKey {
    let index = header.places[column.index]
    guard index >= 0, index < scanner.cells.count else { return .none }
    let cell = scanner.cells[index]
    guard !cell.isQuoted, (1...CSVKey.longest).contains(cell.raw.count) else { return .none }
    return scanner.buffer.withUnsafeBytes {
      CSVKey($0, cell.raw, column: column.index, reading, limit: limit)
    }
  }
}
