internal import CLedgerShim
internal import Crypto

/// 32 bytes of SHA-256.
public struct Hash256: Hashable, Sendable {
  // Four words in memory order, so that a digest needs no allocation of its own.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// 32 zero bytes.
  public static let zero = Hash256()

  private init() {}

  /// Takes 32 bytes; `nil` for any other number.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
  }

  /// Lets 32 bytes be filled.
  init(filling body: (UnsafeMutableRawBufferPointer) -> Void) {
    withUnsafeMutableBytes(of: &words, body)
  }

  init(_ digest: SHA256.Digest) {
    digest.withUnsafeBytes { source in
      withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: source) }
    }
  }

  /// The bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Lends the bytes.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// The first eight bytes as a big-endian number.
  var prefix: UInt64 { UInt64(bigEndian: words.0) }

  /// Whether all bytes are the same.
  public static func == (left: Hash256, right: Hash256) -> Bool { left.words == right.words }

  /// Hashes eight of the bytes: they are a hash already.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Hash256: CustomStringConvertible {
  /// The digest in base64, as checkpoints write it.
  public var description: String { Base64.text(bytes) }
}

/// SHA-256 over pieces, without putting them together first.
///
/// By the processor's own instructions where it has them, which make no allocation for a hash; else by
/// swift-crypto.
struct Hash: ~Copyable {
  private var own = ledger_sha256()
  private var general: SHA256?

  static let isFast = ledger_sha256_is_fast() == 1

  init(byInstructions isFast: Bool = Hash.isFast) {
    if isFast { ledger_sha256_begin(&own) } else { general = SHA256() }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    if general == nil {
      ledger_sha256_add(&own, bytes.baseAddress, bytes.count)
    } else {
      general?.update(bufferPointer: bytes)
    }
  }

  mutating func add(_ byte: UInt8) { withUnsafeBytes(of: byte) { add($0) } }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ digest: Hash256) { digest.withUnsafeBytes { add($0) } }

  /// Adds a number in `width` bytes, big-endian.
  mutating func add(_ number: Int, width: Int) {
    for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
      add(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Adds the digests of messages that lie in the same bytes, each with a byte before it where one is given.
  ///
  /// By the processor's own instructions two are hashed in step: what one waits for, another's fills.
  static func append(
    to digests: inout [Hash256], of messages: [Range<Int>], in bytes: UnsafeRawBufferPointer,
    prefix: UInt8? = nil, byInstructions isFast: Bool = Hash.isFast
  ) {
    guard isFast, !messages.isEmpty else {
      for message in messages {
        var hash = Hash(byInstructions: isFast)
        if let prefix { hash.add(prefix) }
        hash.add(UnsafeRawBufferPointer(rebasing: bytes[message]))
        digests.append(hash.digest())
      }
      return
    }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: messages.count * 2) { bounds in
      for (index, message) in messages.enumerated() {
        bounds[index * 2] = message.lowerBound
        bounds[index * 2 + 1] = message.upperBound
      }
      let before = digests.count
      digests.append(contentsOf: repeatElement(.zero, count: messages.count))
      digests.withUnsafeMutableBytes {
        ledger_sha256_many(
          prefix.map(Int32.init) ?? -1, bytes.baseAddress, bounds.baseAddress, messages.count,
          $0.baseAddress?.advanced(by: before * MemoryLayout<Hash256>.stride))
      }
    }
  }

  consuming func digest() -> Hash256 {
    if let general { return Hash256(general.finalize()) }
    return Hash256(filling: { ledger_sha256_end(&own, $0.baseAddress) })
  }
}
