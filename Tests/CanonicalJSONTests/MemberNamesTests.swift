import Testing

@testable import CanonicalJSON

@Suite struct `Some members of an object` {
  private func read(_ bytes: [UInt8], _ names: Set<String>?) -> Result<Value, NotCanonical> {
    bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(NotCanonical) in
        var reader = Reader(bytes: bytes)
        let value =
          if let names {
            Value.object(try reader.object(of: MemberNames(names), depth: 1))
          } else {
            try reader.value(depth: 1)
          }
        guard reader.offset == bytes.count else {
          throw NotCanonical(offset: reader.offset, expected: "the end", found: "more")
        }
        return value
      }
    }
  }

  private func object(_ random: inout SplitMix) -> Object {
    var object = Object()
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      // Few names, some of which begin with others.
      let key = String("abcdefghijkl".prefix(Int.random(in: 1...12, using: &random)))
      object[Bool.random(using: &random) ? key : key + "Z"] = .random(depth: 3, using: &random)
    }
    return object
  }

  private func names(_ object: Object, _ random: inout SplitMix) -> Set<String> {
    var names = Set(object.keys.filter { _ in Bool.random(using: &random) })
    for extra in ["a", "abcZ", "z", "!"] where Bool.random(using: &random) { names.insert(extra) }
    return names
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `are those that all of it has`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for _ in 0..<200 {
      let object = object(&random)
      let names = names(object, &random)
      var expected = Object()
      for member in object.members where names.contains(member.key) {
        expected[member.key] = member.value
      }
      let bytes = try Value.object(object).bytes()
      #expect(read(bytes, names) == .success(.object(expected)), "\(names)")
    }
  }

  /// What is passed over is refused like what is read, for the same reason at the same place.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `are refused with what is wrong in any`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var refused = 0
    for _ in 0..<500 {
      let object = object(&random)
      var bytes = try Value.object(object).bytes()
      // The first byte says that it is an object, which both are told.
      let place = Int.random(in: 1..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.removeLast(bytes.count - place)
      default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
      }
      let names = names(object, &random)
      switch (read(bytes, nil), read(bytes, names)) {
      case (.failure(let one), .failure(let other)):
        refused += 1
        #expect(one == other)
      case (.success(.object(let all)), .success(.object(let some))):
        #expect(some.members == all.members.filter { names.contains($0.key) })
      case (let one, let other): Issue.record("\(one) beside \(other)")
      }
    }
    #expect(refused > 100)
  }

  @Test func `are refused where it is no object, or too deep`() {
    for text in ["[]", "1", "\"a\"", "", "true"] {
      guard case .failure = read(Array(text.utf8), ["a"]) else {
        Issue.record("\(text) was taken")
        continue
      }
    }
    let deep = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    let text = #"{"b":"# + deep + "}"
    guard case .failure(let one) = read(Array(text.utf8), nil),
      case .failure(let other) = read(Array(text.utf8), ["a"])
    else {
      Issue.record("33 levels were taken")
      return
    }
    #expect(one == other)
  }
}
