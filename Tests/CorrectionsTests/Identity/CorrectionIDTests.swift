import Testing

@testable import Corrections

@Suite struct `Correction numbers` {
  @Test(arguments: [
    (1, "COR-000001"), (118, "COR-000118"), (999_999, "COR-999999"), (1_000_000, "COR-1000000"),
  ])
  func `are written with six digits or more and read back`(_ number: Int, _ text: String) {
    #expect(CorrectionID(number: number).description == text)
    #expect(CorrectionID(text)?.number == number)
    #expect(CorrectionID(text.lowercased())?.number == number)
  }

  @Test(arguments: [
    "", "COR-", "COR-1", "COR-00001", "COR-000000", "COR-0000001", "COR-01000000", "118", "000118",
    "COR_000118", "COR-000118 ", " COR-000118", "COR-00011X", "COR-١١١١١١", "COR--00118",
    "COR-99999999999999999999", "CORR-000118",
  ])
  func `are read in no other form`(_ text: String) {
    #expect(CorrectionID(text) == nil)
  }

  @Test func `are ordered by number`() {
    #expect(CorrectionID(number: 2) < CorrectionID(number: 10))
    #expect(CorrectionID(number: 999_999) < CorrectionID(number: 1_000_000))
  }
}
