import CanonicalJSON
import Testing

@Suite struct `canonical JSON round trips` {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `reading undoes writing, and writing undoes reading`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let value = Value.random(depth: 5, using: &random)
      let bytes = try value.bytes()
      #expect(try Value(reading: bytes) == value)
      #expect(try Value(reading: bytes).bytes() == bytes)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `whatever is accepted after damage is written back byte for byte`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var accepted = 0
    for _ in 0..<500 {
      var bytes = try Value.random(depth: 4, using: &random).bytes()
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
      }
      guard let value = try? Value(reading: bytes) else { continue }
      accepted += 1
      #expect(try value.bytes() == bytes)
    }
    #expect(accepted > 0)
  }
}

/// A small generator whose run is told by its seed.
struct SplitMix: RandomNumberGenerator {
  var seed: UInt64

  mutating func next() -> UInt64 {
    seed &+= 0x9E37_79B9_7F4A_7C15
    var mixed = seed
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Value {
  static func random(depth: Int, using random: inout SplitMix) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 3), using: &random) {
    case 0: return .bool(.random(using: &random))
    case 1:
      let bits = Int.random(in: 0...53, using: &random)
      let size: Int64 = (1 << bits) - 1
      return .integer(.random(in: -size...size, using: &random))
    case 2, 3:
      let alphabet: [Character] = Array("aZ09 /é€𝄞\u{7F}\"\\\n\u{0}\u{1F}\u{301}")
      return .string(
        String(
          (0..<Int.random(in: 0..<12, using: &random)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &random)]
          }))
    case 4:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
          .random(depth: depth - 1, using: &random)
        })
    default:
      var object = Object()
      for _ in 0..<Int.random(in: 0..<6, using: &random) {
        let key = String(UInt16.random(in: 0...999, using: &random), radix: 36)
        object[key] = .random(depth: depth - 1, using: &random)
      }
      return .object(object)
    }
  }
}
