internal import CZlib

/// Takes gzip apart, a piece at a time; several members in a row are one file.
final class Gunzip {
  // On the heap, because zlib keeps the address of the stream and refuses a copy.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether a member has begun and not ended.
  private var isInside = false
  private var members = 0
  /// Where the current member begins.
  private var start = 0
  /// Compressed bytes used so far.
  private(set) var position = 0
  /// The last four of them: at the end of a member, its length.
  private var last: UInt32 = 0

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 more than the window's 15 bits: gzip and nothing else, with its sum and length checked.
    let answer = inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(answer == Z_OK, "zlib \(ZLIB_VERSION) didn't start: \(answer)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates what it can: how many bytes it used and made, and what stops it.
  func run(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (used: Int, made: Int, fault: GzipFault?) {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let answer = inflate(stream, Z_NO_FLUSH)
    let used = input.count - Int(stream.pointee.avail_in)
    let made = output.count - Int(stream.pointee.avail_out)
    position += used
    for byte in input[..<used].suffix(4) { last = last >> 8 | UInt32(byte) << 24 }
    switch answer {
    case Z_OK where used + made > 0, Z_BUF_ERROR where input.isEmpty:
      if used > 0 { isInside = true }
      return (used, made, nil)
    case Z_STREAM_END:
      isInside = false
      members += 1
      start = position
      inflateReset(stream)
      return (used, made, nil)
    default: return (used, made, fault)
    }
  }

  /// What is wrong when the file ends here.
  var faultAtEnd: GzipFault? {
    guard isInside else { return nil }
    // A single byte is no beginning of a member.
    return members > 0 && position - start < 2
      ? GzipFault(at: start, .trailing) : GzipFault(at: position, .cutShort)
  }

  /// Whether the end of a member is still to come.
  var isOpen: Bool { isInside }

  private var fault: GzipFault {
    let words = stream.pointee.msg.map { String(cString: $0) } ?? ""
    switch words {
    case "incorrect header check" where members > 0:
      return GzipFault(at: start, .trailing)
    case "incorrect data check": return GzipFault(at: position, .otherSum)
    case "incorrect length check":
      return GzipFault(
        at: position, .otherLength(Int(last), found: Int(stream.pointee.total_out & 0xFFFF_FFFF)))
    default: return GzipFault(at: position, .damaged)
    }
  }
}

/// Where and how gzip isn't what it should be.
///
/// No sum is named: of a file with one row it would tell the row to whoever tries all of them.
struct GzipFault: Hashable {
  /// The place in the compressed file.
  let byte: Int
  let kind: Kind

  enum Kind: Hashable {
    case cutShort
    case trailing
    case otherSum
    case otherLength(Int, found: Int)
    case damaged
  }

  init(at byte: Int, _ kind: Kind) {
    self.byte = byte
    self.kind = kind
  }

  var words: (expected: String, found: String, next: String?) {
    let again = "It was damaged on its way: copy it again"
    switch kind {
    case .cutShort:
      return (
        "more of the gzip file after its byte \(byte)", "its end",
        "It was cut short: copy it again"
      )
    case .trailing:
      return (
        "the end of the gzip file after its byte \(byte), or another member", "other bytes",
        "Something was added to it: compress it again"
      )
    case .otherSum:
      return ("contents with the sum (CRC-32) at byte \(byte) of the gzip file", "others", again)
    case .otherLength(let length, let found):
      return (
        "\(length) bytes, the length at byte \(byte) of the gzip file", "\(found)", again
      )
    case .damaged: return ("gzip up to byte \(byte) of the file", "bytes that are none", again)
    }
  }
}
