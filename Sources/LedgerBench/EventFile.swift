import CanonicalJSON
import Foundation

/// The events that all contestants store, mapped from the file that `tools/bench` writes.
///
/// The form is described in `tools/bench.d/events.py`.
struct EventFile: Sendable {
  /// One event of the file; ranges count bytes of the file.
  struct Entry: Sendable {
    let index: Int
    let correction: UInt32
    /// 1–5: which of its correction's events this is.
    let number: UInt8
    /// All five events of the correction are in the file or come later.
    let isWhole: Bool
    let type: Range<Int>
    let body: Range<Int>
  }

  /// The bytes of a file end early or don't begin as they must.
  struct Malformed: Error {}

  let entries: [Entry]
  private let data: Data

  /// Maps a file, and reads where its events stand up to a number of them.
  init(path: String, first: Int = 0, upTo end: Int = .max) throws {
    data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    entries = try data.withUnsafeBytes { bytes in
      guard bytes.count > 24, bytes.starts(with: "SMIEVT01".utf8) else { throw Malformed() }
      let count = Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      var entries: [Entry] = []
      entries.reserveCapacity(max(0, min(count, end) - first))
      var at = 24
      for index in 0..<min(count, end) {
        func short(_ offset: Int) -> Int {
          Int(bytes.loadUnaligned(fromByteOffset: at + offset, as: UInt16.self))
        }
        let length = Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        guard at + 4 + length <= bytes.count else { throw Malformed() }
        if index >= first {
          let record = at + 24 + 32 + 8 * Int(bytes[at + 9])
          let type = record + short(22)
          let body = record + short(14)
          entries.append(
            Entry(
              index: index,
              correction: bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self),
              number: bytes[at + 8], isWhole: bytes[at + 11] == 1,
              type: type..<type + Int(bytes[at + 10]), body: body..<body + short(16)))
        }
        at += 4 + length
      }
      return entries
    }
  }

  /// The type of an event.
  func type(of entry: Entry) -> String {
    String(decoding: data[entry.type], as: UTF8.self)
  }

  /// The body of an event, as bytes.
  func bodyBytes(of entry: Entry) -> [UInt8] { Array(data[entry.body]) }

  /// The tag of an event's correction.
  static func correctionTag(_ number: UInt32) -> String {
    let digits = String(number)
    return "correction:COR-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }
}
