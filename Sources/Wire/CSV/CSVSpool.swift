internal import Foundation

/// Bytes that come only once, such as those of standard input, kept on disk to be read twice.
///
/// They are kept as they came, compressed or not, in a file without a name that only this account
/// can read; it goes with the process, however that ends.
public final class CSVSpool: Sendable {
  /// How many bytes came.
  public let bytes: Int
  let descriptor: Int32

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
    let folder = folder ?? FileManager.default.temporaryDirectory.path
    descriptor = try CSVSpool.unnamed(in: folder)
    do throws(FileProblem) {
      bytes = try CSVSpool.copy(source, named: name, to: descriptor, in: folder, progress)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Makes a file of mode 0600 and takes its name away at once.
  private static func unnamed(in folder: String) throws(FileProblem) -> Int32 {
    var name = Array("\(folder)/smi-ledger-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw .unwritable(folder, reason: FileProblem.systemReason())
    }
    unlink(name)
    return descriptor
  }

  static func copy(
    _ source: Int32, named name: String, to descriptor: Int32, in folder: String,
    _ progress: (Int) -> Void
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
      var done = 0
      while done < count {
        let written = buffer.withUnsafeBytes {
          write(descriptor, $0.baseAddress?.advanced(by: done), count - done)
        }
        if written < 0 {
          if errno == EINTR { continue }
          throw errno == ENOSPC || errno == EDQUOT
            ? .full(folder, keeping: name)
            : .unwritable(folder, reason: FileProblem.systemReason())
        }
        done += written
      }
      total += count
      progress(total)
    }
  }
}
