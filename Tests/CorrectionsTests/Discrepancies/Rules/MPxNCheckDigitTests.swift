import Testing

@testable import Corrections

@Suite struct `mpxnCheckDigit: check digits that don't agree with the others` {
  private func found(_ digits: String?, _ type: DeviceType = .esme) -> [Suspicion] {
    suspect(device(type), digits, rows: [row(heldMPxN, "SUPA")]).found(by: .mpxnCheckDigit)
  }

  @Test(arguments: ["1200005432102", "1200005432100"])
  func `is likely of an MPAN whose last digit is another`(_ digits: String) {
    #expect(
      found(digits) == [
        Suspicion(
          .mpxnCheckDigit, .likely, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["SUPA"], facts: [.typed(), .holding()])
      ])
  }

  @Test(arguments: ["7400012307", "741201", "7400000300"])
  func `is likely of an MPRN whose last two are others`(_ digits: String) {
    #expect(found(digits, .gsme).map(\.confidence) == [.likely])
  }

  @Test(arguments: [
    The.goodMPAN, The.goodMPRN, "741200",
    // The sum mod 11 is 10: 0 in an MPAN, 10 in an MPRN.
    "1200005400030", "7400000310",
  ])
  func `is none where they agree, a remainder of 10 too`(_ digits: String) {
    #expect(found(digits).isEmpty)
  }

  @Test(arguments: ["12345", "12345678901", "123456789012"])
  func `is none of a length for which no check is published`(_ digits: String) {
    #expect(found(digits).isEmpty)
  }

  @Test func `is not asked of a value that was erased`() { #expect(found(nil).isEmpty) }
}
