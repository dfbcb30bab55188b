import Testing

@testable import Corrections

@Suite struct `Tokens` {
  @Test func `are 43 characters of base64url`() {
    #expect(Token(String(repeating: "A", count: 43)) != nil)
    #expect(Token("-_" + String(repeating: "z9", count: 20) + "A") != nil)
  }

  @Test(arguments: [
    "", "1200005432101", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
    String(repeating: "A", count: 42) + "=", String(repeating: "A", count: 42) + "+",
    String(repeating: "A", count: 42) + "/", String(repeating: "A", count: 41) + "é",
  ])
  func `are nothing else`(_ text: String) { #expect(Token(text) == nil) }
}
