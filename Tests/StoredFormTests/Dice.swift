import Corrections

/// Random choices that a seed fixes (SplitMix64), so that a failure names what to repeat.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// 0 ..< limit.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func flip() -> Bool { next() & 1 == 0 }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func one<Case: CaseIterable>(_: Case.Type = Case.self) -> Case {
    one(of: Array(Case.allCases))
  }

  /// Something in half the cases.
  mutating func maybe<Value>(_ make: (inout Dice) -> Value) -> Value? {
    flip() ? make(&self) : nil
  }

  /// None to three of something.
  mutating func some<Value>(_ make: (inout Dice) -> Value) -> [Value] {
    var values: [Value] = []
    for _ in 0..<below(4) { values.append(make(&self)) }
    return values
  }
}

extension Dice {
  private static let base64 = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  /// 43 characters of base64url, as tokens and document names are.
  mutating func name43() -> String {
    var text = ""
    for _ in 0..<43 { text.append(one(of: Dice.base64)) }
    return text
  }

  mutating func token() -> Token {
    guard let token = Token(name43()) else { preconditionFailure("43 characters are a token") }
    return token
  }

  mutating func eui() -> EUI64 { EUI64(bits: next()) }

  mutating func request() -> RequestID {
    RequestID(originator: eui(), target: eui(), counter: one(of: [0, 1, next(), .max]))
  }

  mutating func correction() -> CorrectionID {
    CorrectionID(number: one(of: [1, 118, 999_999, 1_000_000]))
  }

  /// Between 2001 and 2033, to the millisecond.
  mutating func time() -> Instant {
    Instant(milliseconds: 1_000_000_000_000 + Int64(next() % 1_000_000_000_000))
  }

  mutating func date() -> CivilDate { CivilDate(daysSinceEpoch: 12_000 + below(12_000)) }
  mutating func position() -> Int { 1 + below(1_000_000) }
  mutating func party() -> String { one(of: ["SUPA", "SUPB", "MAPX", "D-1.2_x"]) }
  mutating func staff() -> String { one(of: ["DCC-017", "DCC-SC-2", "DSP-004"]) }

  /// Text as the SMI may say it: quotes, controls and letters beyond ASCII too.
  mutating func said() -> String {
    one(of: ["V5.1", "0002012F", "Central", "a\"b\\c", "é e\u{301} \u{1F4A1}", "\u{1}\n", ""])
  }
}
