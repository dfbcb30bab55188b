import Testing

@testable import Corrections

@Suite struct `Meter points` {
  @Test(arguments: [
    ("1", MPxN.Kind.mprn), ("54321004", .mprn), ("1234567810", .mprn), ("12345678901", .neither),
    ("123456789012", .neither), ("1200005432101", .mpan), ("0000000000000", .mpan),
  ])
  func `is told by its length`(_ digits: String, _ kind: MPxN.Kind) {
    #expect(MPxN(digits)?.kind == kind)
    #expect(MPxN(digits)?.digits == digits)
  }

  @Test(arguments: [
    "", "12000054321011", "120000543210 ", " 200005432101", "12-00005432101", "120000543210X",
    "１２３", "٣٩٣٨", "12000\n", "1.2E+12", "-1",
  ])
  func `takes 1 to 13 ASCII digits and nothing else`(_ text: String) {
    #expect(MPxN(text) == nil)
  }

  @Test func `keeps leading zeros`() {
    #expect(MPxN("0012345678") != MPxN("12345678"))
  }

  @Test(arguments: ["1200005432101", "3938424403", "12345678", "123456789012"])
  func `never shows more than three digits when printed`(_ digits: String) throws {
    let mpxn = try #require(MPxN(digits))
    var dumped = ""
    dump(mpxn, to: &dumped)
    var inside = ""
    dump(InventoryUpdate.mpxn(.importMPxN, mpxn), to: &inside)
    let query = InventoryQuery.mpxn(mpxn)
    for shown in [
      "\(mpxn)", mpxn.description, String(describing: mpxn), String(reflecting: mpxn), dumped,
      inside, "\([mpxn])", "\(Optional(mpxn) as Any)", "\(query)", String(reflecting: query),
      "\(["key": mpxn])", "\(Mirror(reflecting: mpxn).children.map(\.value))",
    ] {
      #expect(!shown.contains(digits.dropLast(3)), "\(shown)")
      #expect(!shown.contains(digits.suffix(4)), "\(shown)")
    }
    #expect("\(mpxn)" == "…" + digits.suffix(3))
  }

  @Test func `of three digits or fewer shows no digit`() throws {
    for digits in ["1", "12", "123"] {
      let mpxn = try #require(MPxN(digits))
      #expect("\(mpxn)" == "…", "a short value would be shown whole")
    }
  }

  @Test func `an unread body shows its size only`() {
    let body = UnreadBody(canonical: Array("<MPxN>1200005432101</MPxN>".utf8))
    var dumped = ""
    dump(body, to: &dumped)
    for shown in ["\(body)", String(reflecting: body), dumped] {
      #expect(!shown.contains("120000543"), "\(shown)")
    }
    #expect("\(body)" == "26 bytes")
  }
}
