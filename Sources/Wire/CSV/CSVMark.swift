/// What a pass over a file read, so that another can be held to the very same bytes.
///
/// There is a sum for each block and not one for the whole, so that bytes which changed are found
/// before any row of them is handed on. It takes 8 bytes for each 256 KiB of the file.
public struct CSVMark: Hashable, Sendable {
  private(set) var sums: [UInt64] = []
  private(set) var bytes = 0

  mutating func add(_ sum: UInt64, bytes count: Int) {
    sums.append(sum)
    bytes += count
  }

  /// Whether a block is the one that an earlier pass read in this place.
  func begins(_ whole: CSVMark) -> Bool {
    guard let last = sums.last, sums.count <= whole.sums.count else { return sums.isEmpty }
    return whole.sums[sums.count - 1] == last
  }

  /// A sum that any one changed word changes for certain, and several all but for certain.
  ///
  /// It guards against accidents: every step can be undone, so it proves nothing against a forger.
  static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sum = UInt64(bytes.count) &+ 0x9E37_79B9_7F4A_7C15
    func add(_ word: UInt64) {
      sum = (sum ^ word) &* 0x0000_0100_0000_01B3
      sum ^= sum >> 32
    }
    var at = 0
    while at + 8 <= bytes.count {
      add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    while at < bytes.count {
      add(UInt64(bytes[at]))
      at += 1
    }
    return sum
  }
}
