import Testing

@testable import EventLog

@Suite struct `Tags of an event` {
  private func texts(_ tags: [String]) throws -> [String] {
    var list = TagList()
    for tag in tags {
      // Cut anywhere: whoever gives a tag gives it in two pieces.
      let middle = tag.utf8.index(tag.startIndex, offsetBy: tag.utf8.count / 3)
      list.add(String(tag[..<middle]), String(tag[middle...]))
    }
    list.sort()
    return try list.texts(of: "Tested")
  }

  @Test func `come in order, each once`() throws {
    let given = [
      "mpxn:B", "device:10", "device:1", "mpxn:B", "device:2", "A:z", "device:10", "a:z",
    ]
    #expect(try texts(given) == ["A:z", "a:z", "device:1", "device:10", "device:2", "mpxn:B"])
    #expect(try texts([]) == [])
  }

  @Test func `are in the order of their bytes, whatever the order they were given in`() throws {
    var random = SplitMix(seed: 7)
    let characters = Array("Az09._-")
    for _ in 0..<300 {
      let tags = (0..<Int.random(in: 0...Tag.most, using: &random)).map { _ in
        "d:"
          + String(
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
              characters.randomElement(using: &random) ?? "A"
            })
      }
      #expect(
        try texts(tags) == Set(tags).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  @Test func `have the marks that each has alone`() {
    let tags = (0..<9).map { "device:" + String(repeating: "7", count: 1 + $0 * 11) }
    for count in 0...tags.count {
      #expect(TagList(Array(tags.prefix(count))).marks() == tags.prefix(count).map(Mark.tag))
    }
  }

  /// Every byte at every place of tags of all lengths, beside a rule that looks at one character after another.
  @Test func `are kind and value of few characters`() {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)
    func isTag(_ bytes: [UInt8]) -> Bool {
      guard (3...Tag.longest).contains(bytes.count) else { return false }
      let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed.contains) }
    }
    for length in Array(0...26) + [Tag.longest, Tag.longest + 1] {
      var tag = Array(repeating: UInt8(ascii: "x"), count: length)
      if length > 1 { tag[length / 2] = UInt8(ascii: ":") }
      let places = length > 30 ? [0, 1, length / 2, length - 1] : Array(0..<length)
      for place in places {
        for byte in UInt8.min ... .max {
          var changed = tag
          changed[place] = byte
          let found = changed.withUnsafeBufferPointer { Tag.isTag($0) }
          if found != isTag(changed) {
            Issue.record("\(byte) at \(place) of \(length): \(found)")
            return
          }
        }
      }
    }
  }

  @Test func `are refused when they are too many or no tags`() {
    let many = (0...Tag.most).map { "device:\($0)" }
    let refusal = #expect(throws: LogError.self) { try texts(many) }
    #expect("\(refusal.map(\.description) ?? "")".contains("\(many.count)"))
    for wrong in ["device", "device:", ":A", "a:b:c", "device:Ä", "device:a b", "d:\u{0}"] {
      #expect(throws: LogError.self, "\(wrong)") { try texts(["device:A", wrong]) }
    }
  }
}
