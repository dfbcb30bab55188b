internal import Foundation

/// Bytes that come only once, such as those of standard input, kept on disk to be read twice.
///
/// They are kept as they came, compressed or not, in a file without a name that only this account
/// can read; it goes with the process, however that ends.
public final class CSVSpool: Sendable {
  /// How many bytes came.
  public let bytes: Int
  private let file: UnnamedFile

  var descriptor: Int32 { file.descriptor }

  /// Reads everything there is.
  ///
  /// - Parameters:
  ///   - source: the descriptor to read, to its end.
  ///   - name: what a message calls it.
  ///   - folder: where the bytes are kept; by default where temporary files are.
  ///   - progress: told now and then how many bytes have come.
  /// - Throws: ``FileProblem`` when the bytes can't be read or kept.
  public init(
    _ source: Int32, named name: String,
    in folder: String? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(FileProblem) {
    let file = try UnnamedFile(in: folder)
    bytes = try CSVSpool.copy(source, named: name, to: file, progress)
    self.file = file
  }

  static func copy(
    _ source: Int32, named name: String, to file: UnnamedFile, _ progress: (Int) -> Void
  ) throws(FileProblem) -> Int {
    var buffer = [UInt8](repeating: 0, count: CSVBlocks.size)
    var total = 0
    while true {
      let count = read(source, &buffer, buffer.count)
      if count == 0 { return total }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(name, reason: FileProblem.systemReason())
      }
      try buffer.withUnsafeMutableBufferPointer { (all) throws(FileProblem) -> Void in
        let came = UnsafeMutableRawBufferPointer(all)[..<count]
        try file.put(UnsafeRawBufferPointer(rebasing: came), at: total, keeping: name)
      }
      total += count
      progress(total)
    }
  }
}
