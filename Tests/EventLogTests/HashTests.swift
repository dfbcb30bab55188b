import CLedgerShim
import Crypto
import Foundation
import Testing

@testable import EventLog

@Suite struct `SHA-256` {
  private static let ways = [true, false].filter { !$0 || Hash.isFast }

  private func hash(_ pieces: [ArraySlice<UInt8>], _ way: Bool) -> [UInt8] {
    var hash = Hash(byInstructions: way)
    for piece in pieces { piece.withUnsafeBytes { hash.add($0) } }
    return hash.digest().bytes
  }

  @Test(arguments: ways)
  func `gives what FIPS 180-4 gives for its examples`(_ way: Bool) {
    for (text, digest) in [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ] {
      let found = hash([ArraySlice(text.utf8)], way)
      #expect(found.map { String(format: "%02x", $0) }.joined() == digest)
    }
  }

  @Test func `of two digests in a row is that of each pair alone`() {
    guard Hash.isFast else { return }
    for count in 1...9 {
      var row = (0..<2 * count).map { number in
        [UInt8(number)].withUnsafeBytes { TreeMath.leaf($0) }
      }
      let expected = (0..<count).map { index -> [UInt8] in
        Array(Crypto.SHA256.hash(data: [1] + row[2 * index].bytes + row[2 * index + 1].bytes))
      }
      row.withUnsafeMutableBytes { ledger_sha256_nodes($0.baseAddress, $0.baseAddress, count) }
      #expect(row.prefix(count).map(\.bytes) == expected, "\(count)")
    }
  }

  /// Lengths on both sides of every border of a block, each beside one of its own and one of another.
  @Test(arguments: [nil, 0, 1, 255] as [UInt8?])
  func `of two messages in step is that of each alone`(_ prefix: UInt8?) {
    guard Hash.isFast else { return }
    let lengths = Array(0...260) + [1_023, 4_096, 65_535]
    for (index, length) in lengths.enumerated() {
      for other in [length, lengths[(7 * index + 3) % lengths.count]] {
        let one = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let two = (0..<other).map { UInt8(truncatingIfNeeded: $0 &* 17 &+ 5) }
        let found = hashes([one, two], prefix)
        let before = prefix.map { [$0] } ?? []
        #expect(
          found == [one, two].map { Array(Crypto.SHA256.hash(data: before + $0)) },
          "\(length) beside \(other)")
      }
    }
  }

  /// Messages of all lengths in a row: as one ends, the next takes its place beside the other.
  @Test(arguments: 0..<20 as Range<UInt64>, [true, false])
  func `of many messages is that of each alone`(_ seed: UInt64, _ byInstructions: Bool) {
    guard Hash.isFast || !byInstructions else { return }
    var random = SplitMix(seed: seed)
    for count in [0, 1, 2, 3, 7, 40] {
      let messages = (0..<count).map { _ in
        (0..<Int.random(in: 0...300, using: &random)).map { _ in
          UInt8.random(in: .min ... .max, using: &random)
        }
      }
      #expect(
        hashes(messages, 0, byInstructions: byInstructions)
          == messages.map { Array(Crypto.SHA256.hash(data: [0] + $0)) })
    }
  }

  /// Messages that lie one after another, with a byte between them that belongs to none.
  private func hashes(
    _ messages: [[UInt8]], _ prefix: UInt8?, byInstructions: Bool = Hash.isFast
  ) -> [[UInt8]] {
    var bytes: [UInt8] = []
    let ranges = messages.map { message in
      bytes.append(0xA5)
      bytes += message
      return bytes.count - message.count..<bytes.count
    }
    var digests = [Hash256.zero]
    bytes.withUnsafeBytes {
      Hash.append(
        to: &digests, of: ranges, in: $0, prefix: prefix, byInstructions: byInstructions)
    }
    #expect(digests.first == .zero, "what stood there before")
    return digests.dropFirst().map(\.bytes)
  }

  /// Every length around two blocks, in pieces that are cut anywhere, beside a library's.
  @Test(arguments: ways)
  func `gives what swift-crypto gives, however it is cut`(_ way: Bool) {
    var state: UInt64 = 20_260_725
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for length in Array(0...300) + [4_096, 65_535, 65_536, 100_003] {
      let bytes = (0..<length).map { _ in UInt8(below(256)) }
      let expected = Array(Crypto.SHA256.hash(data: bytes))
      #expect(hash([bytes[...]], way) == expected, "\(length) at once")
      for _ in 0..<5 {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = 1 + below(min(rest.count, below(3) == 0 ? rest.count : 70))
          pieces.append(rest.prefix(count))
          rest = rest.dropFirst(count)
        }
        #expect(hash(pieces, way) == expected, "\(length) in \(pieces.count) pieces")
      }
    }
  }
}
