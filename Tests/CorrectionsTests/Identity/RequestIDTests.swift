import Testing

@testable import Corrections

@Suite struct `Request identities` {
  private static let ends = "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02"

  @Test func `is originator, target and counter`() throws {
    let id = try #require(RequestID("90-b3-d5-1f-30-01-00-00:90-B3-D5-1F-30-00-00-02:2001"))
    #expect(id.originator == EUI64("90-B3-D5-1F-30-01-00-00"))
    #expect(id.target == EUI64("90-B3-D5-1F-30-00-00-02"))
    #expect(id.counter == 2001)
  }

  @Test func `is one key in either case, shown in upper case`() throws {
    let lower = try #require(RequestID("90-b3-d5-1f-30-01-00-00:90-b3-d5-1f-30-00-00-02:7"))
    #expect(lower.description == Self.ends + ":7")
    #expect(lower == RequestID(Self.ends + ":7"))
  }

  @Test(arguments: ["0", "1", "9007199254740993", "18446744073709551615"])
  func `takes every counter of 64 bits`(_ counter: String) {
    let id = RequestID(Self.ends + ":" + counter)
    #expect(id?.description == Self.ends + ":" + counter)
    let dotted = Self.ends.replacing(":", with: ".") + "." + counter
    #expect(id?.text(separatedBy: UInt8(ascii: ".")) == dotted)
  }

  @Test(arguments: [
    "18446744073709551616", "99999999999999999999", "00", "01", "-1", "+1", "", " 1", "1 ", "1.0",
    "1e3", "0x1", "１", "184467440737095516150",
  ])
  func `refuses a counter with signs, blanks, leading zeros or more than 64 bits`(
    _ counter: String
  ) {
    #expect(RequestID(Self.ends + ":" + counter) == nil)
  }

  @Test(arguments: [
    "", ":", "::", ":::", "1", "90-B3-D5-1F-30-01-00-00:1", "90-B3-D5-1F-30-01-00-00::1",
    "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02", ends + ":1:1", ends + ":1:",
    ":" + ends + ":1", "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-0:1",
  ])
  func `refuses what has not three parts of the right kind`(_ text: String) {
    #expect(RequestID(text) == nil)
  }

  @Test func `the same counter of another originator is another request`() {
    let left = RequestID("90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1")
    let right = RequestID("90-B3-D5-1F-30-03-00-00:90-B3-D5-1F-30-00-00-02:1")
    #expect(left != right)
  }
}
