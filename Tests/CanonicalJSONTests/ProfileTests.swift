import CanonicalJSON
import Testing

@Suite struct `canonical JSON profile` {
  @Test(arguments: [
    "{}", "[]", "\"\"", "0", "-1", "9007199254740991", "-9007199254740991", "true", "false",
    #"{"a":1,"b":[true,"x"]}"#, #"{"A":1,"a":2}"#, #"{"a":1,"a.b":2}"#, #"{"a b":1}"#,
    #""\b\t\n\f\r\"\\\u0000\u001f""#, "\"\u{7F}/é€𝄞\"", #"[[],{},[{"k":[]}]]"#,
  ])
  func `is read and written unchanged`(_ text: String) throws {
    #expect(try Value(reading: Array(text.utf8)).bytes() == Array(text.utf8))
  }

  @Test(arguments: [
    ("", 0), (" 1", 0), ("1 ", 1), ("null", 0), ("01", 0), ("-0", 0), ("-", 1), ("1.0", 1),
    ("1e3", 1), ("+1", 0), ("9007199254740992", 0), ("-9007199254740992", 0),
    ("99999999999999999999999999", 0), ("tru", 3), ("True", 0), ("\"a", 2), ("\"\t\"", 1),
    (#""\/""#, 1), (#""\u0041""#, 1), (#""\u0008""#, 1), (#""\u001F""#, 1), (#""\ud834\udd1e""#, 1),
    (#""\x""#, 1), (#""\u00"#, 1), ("\"\\", 2), ("[1,]", 3), ("[1 ,2]", 2), ("[", 1), ("{", 1),
    (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7), (#"{"b":1,"a":2}"#, 7),
    (#"{"a":1,"a":2}"#, 7), (#"{"":1}"#, 2), (#"{"é":1}"#, 2), (#"{"\n":1}"#, 2), ("1true", 1),
    (#"{"ab":1,"a":2}"#, 8),
  ])
  func `is refused, naming the byte`(_ text: String, offset: Int) {
    let error = #expect(throws: NotCanonical.self) { try Value(reading: Array(text.utf8)) }
    #expect(error?.offset == offset, "\(text): \(String(describing: error))")
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xC3], [0xE2, 0x82], [0xF0, 0x9D, 0x84], [0xE2, 0x28, 0xA1], [0xFF],
    ] as [[UInt8]])
  func `refuses what is not UTF-8, also beside an escape`(_ bad: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: NotCanonical.self) { try Value(reading: [quote] + bad + [quote]) }
    #expect(throws: NotCanonical.self) {
      try Value(reading: [quote] + bad + Array(#"\n""#.utf8))
    }
    #expect(throws: NotCanonical.self) { try Value(reading: Array(#""\n"#.utf8) + bad + [quote]) }
  }

  /// A string is read eight bytes at a time: whatever is special is found at every place of such a piece.
  @Test func `finds in a string what must not stand there as it is, wherever it stands`() throws {
    let special: [(bytes: [UInt8], isAllowed: Bool)] = [
      ([0x00], false), ([0x1F], false), ([0x20], true), (Array("\"".utf8), false),
      (Array("\\".utf8), false), ([0x7F], true), (Array("é".utf8), true),
      ([0x80], false), ([0xFF], false), ([0xA0], false), (Array("\u{1F600}".utf8), true),
      ([0x21], true), ([0x23], true), ([0x5B], true), ([0x5D], true), ([0x7E], true),
    ]
    for length in 0...26 {
      for place in 0...length {
        for (bytes, isAllowed) in special {
          var text = Array(repeating: UInt8(ascii: "x"), count: length)
          text.insert(contentsOf: bytes, at: place)
          let value = Array("[\"".utf8) + text + Array("\",\"after\"]".utf8)
          let read = try? Value(reading: value)
          #expect((read != nil) == isAllowed, "\(bytes) at \(place) of \(length)")
          if isAllowed {
            #expect(read?.array?.first?.string == String(decoding: text, as: UTF8.self))
            #expect(try read?.bytes() == value)
          }
          // A key holds printable ASCII only.
          let object = Array("{\"".utf8) + text + Array("\":1}".utf8)
          let isKey = isAllowed && bytes.allSatisfy { (0x20..<0x7F).contains($0) }
          #expect(((try? Value(reading: object)) != nil) == isKey, "\(bytes) in a key")
        }
      }
    }
  }

  @Test func `32 levels are the deepest, read and written`() throws {
    func nested(_ levels: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: levels)
        + Array(repeating: UInt8(ascii: "]"), count: levels)
    }
    let deepest = try Value(reading: nested(32))
    #expect(try deepest.bytes() == nested(32))
    #expect(throws: NotCanonical.self) { try Value(reading: nested(33)) }
    #expect(throws: NotCanonical.self) { try Value(reading: nested(100_000)) }
    #expect(throws: OutOfProfile.self) { try Value.array([deepest]).bytes() }
  }

  @Test func `the writer refuses what the profile has no form for`() {
    #expect(throws: OutOfProfile.self) { try Value.integer(1 << 53).bytes() }
    #expect(throws: OutOfProfile.self) { try Value.integer(.min).bytes() }
    #expect(throws: OutOfProfile.self) { try Value.object(["é": 1]).bytes() }
    #expect(throws: OutOfProfile.self) { try Value.object(["": 1]).bytes() }
    #expect(throws: OutOfProfile.self) { try Value.string("12345").bytes(longestString: 4) }
  }

  @Test func `two normal forms of a letter are two values`() {
    #expect(Value.string("\u{E9}") != Value.string("e\u{301}"))
    #expect(Set([Value.string("\u{E9}"), Value.string("e\u{301}")]).count == 2)
  }

  @Test func `an object sorts its members and leaves out what is nil`() throws {
    let absent: Value? = nil
    var object: Object = ["b": 1, "a": "x", "c": absent]
    #expect(object.keys == ["a", "b"])
    object["aa"] = true
    object["b"] = nil
    object["a"] = "y"
    #expect(Value.object(object).description == #"{"a":"y","aa":true}"#)
    #expect(Value.object(object)["aa"]?.bool == true)
    #expect(Value.object(object)["zz"] == nil)
  }
}
