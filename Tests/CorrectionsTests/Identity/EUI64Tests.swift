import Testing

@testable import Corrections

@Suite struct `EUI-64` {
  @Test func `is one identity in either case and is shown in upper case`() throws {
    let upper = try #require(EUI64("00-DB-12-34-56-78-90-A0"))
    let lower = try #require(EUI64("00-db-12-34-56-78-90-a0"))
    #expect(upper == lower)
    #expect(upper.hashValue == lower.hashValue)
    #expect(lower.description == "00-DB-12-34-56-78-90-A0")
    #expect(upper.bits == 0x00DB_1234_5678_90A0)
  }

  @Test(arguments: [
    "", "-", "00", "00-DB-12-34-56-78-90", "00-DB-12-34-56-78-90-A0-", "-00-DB-12-34-56-78-90-A0",
    "00-DB-12-34-56-78-90-A", "00-DB-12-34-56-78-90-A00", "00DB1234567890A0",
    "00:DB:12:34:56:78:90:A0", "00-DB-12-34-56-78-90-G0", " 00-DB-12-34-56-78-90-A0",
    "00-DB-12-34-56-78-90-A0 ", "00-DB-12-34-56-78-90-A0\n", "00-DB-12-34-56-78-90--0",
    "00-DB-12-34-56-78-90-A0-00", "００-DB-12-34-56-78-90-A0", "0--DB-12-34-56-78-90-A0",
  ])
  func `takes nothing but eight hex octets joined by hyphens`(_ text: String) {
    #expect(EUI64(text) == nil)
  }

  @Test func `reads a part of a longer text`() {
    #expect(EUI64("x00-00-00-00-00-00-00-01".dropFirst())?.bits == 1)
  }

  @Test(arguments: [0, 1, 0xFF, UInt64.max, 1 << 63, 0x0123_4567_89AB_CDEF] as [UInt64])
  func `reads what it writes`(_ bits: UInt64) {
    let eui = EUI64(bits: bits)
    #expect(EUI64(eui.description) == eui)
    #expect(eui.description.utf8.count == 23)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `reads what it writes, for any bits`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let eui = EUI64(bits: generator.next())
      #expect(EUI64(eui.description) == eui)
      #expect(EUI64(eui.description.lowercased()) == eui)
    }
  }

  @Test func `is ordered as its text is`() {
    let euis = [EUI64(bits: .max), EUI64(bits: 0), EUI64(bits: 0x80), EUI64(bits: 0x7F)]
    #expect(euis.sorted().map(\.description) == euis.map(\.description).sorted())
  }
}
