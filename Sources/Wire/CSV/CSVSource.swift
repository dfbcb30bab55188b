/// Where the bytes of a file come from, a chunk at a time: as they stand, or out of gzip.
///
/// Its first two bytes tell which, never its name.
final class CSVSource {
  let chunk: Int
  private let blocks: CSVBlocks
  private var packed: Packed?
  private var hasBegun = false

  /// Opens a file; `same` are the bytes that another pass over it read.
  convenience init(
    path: String, _ options: CSVOptions = CSVOptions(), same mark: CSVMark? = nil
  ) throws(FileProblem) {
    self.init(try CSVBlocks(path: path, spool: options.spool, same: mark))
  }

  /// Takes bytes already in memory.
  convenience init(bytes: [UInt8], chunk: Int = CSVBlocks.size) {
    self.init(CSVBlocks(bytes: bytes, block: chunk))
  }

  private init(_ blocks: CSVBlocks) {
    self.blocks = blocks
    chunk = blocks.block
  }

  /// The bytes of the file that have been read, compressed ones as they stand there.
  var mark: CSVMark { blocks.mark }

  /// How many of those bytes have been handed on, or inflated.
  var used: Int { packed?.used ?? mark.bytes }

  /// How many there are in all, where that can be known.
  var length: Int? { blocks.length }

  /// Fills the beginning of an area of at least two chunks; 0 at the end.
  func read(into area: UnsafeMutableRawBufferPointer) throws(CSVStop) -> Int {
    if let packed { return try packed.read(into: area) }
    guard !hasBegun else { return try block(into: area) }
    hasBegun = true
    var count = try block(into: area)
    if count == 1 {
      count += try block(into: UnsafeMutableRawBufferPointer(rebasing: area[1...]))
    }
    guard count >= 2, area[0] == 0x1F, area[1] == 0x8B else { return count }
    let packed = Packed(blocks, Array(area[..<count]))
    self.packed = packed
    return try packed.read(into: area)
  }

  private func block(into area: UnsafeMutableRawBufferPointer) throws(CSVStop) -> Int {
    do throws(FileProblem) {
      return try blocks.next(into: area)
    } catch {
      throw .unreadable(error)
    }
  }

  /// What is inflated from the blocks of a gzip file.
  private final class Packed {
    private let blocks: CSVBlocks
    private let gunzip = Gunzip()
    private var buffer: [UInt8]
    private var left: Range<Int>
    private var fault: GzipFault?

    var used: Int { gunzip.position }

    init(_ blocks: CSVBlocks, _ first: [UInt8]) {
      self.blocks = blocks
      left = 0..<first.count
      buffer = first
      let missing = blocks.block - first.count
      if missing > 0 { buffer += repeatElement(0, count: missing) }
    }

    func read(into area: UnsafeMutableRawBufferPointer) throws(CSVStop) -> Int {
      while true {
        // What was inflated before the fault was handed on, so its line is known.
        if let fault { throw .fault(.gzip(fault), line: 0) }
        var isAtEnd = false
        if left.isEmpty {
          left = 0..<(try block())
          isAtEnd = left.isEmpty
        }
        if isAtEnd, !gunzip.isOpen { return 0 }
        let made = run(into: area)
        if made > 0 { return made }
        if isAtEnd { fault = fault ?? gunzip.faultAtEnd }
      }
    }

    private func run(into area: UnsafeMutableRawBufferPointer) -> Int {
      let left = left
      let (used, made, fault) = buffer.withUnsafeMutableBytes {
        gunzip.run(UnsafeMutableRawBufferPointer(rebasing: $0[left]), into: area)
      }
      self.left = (left.lowerBound + used)..<left.upperBound
      self.fault = fault
      return made
    }

    private func block() throws(CSVStop) -> Int {
      do throws(FileProblem) {
        return try buffer.withUnsafeMutableBufferPointer { (buffer) throws(FileProblem) -> Int in
          try blocks.next(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch {
        throw .unreadable(error)
      }
    }
  }
}
