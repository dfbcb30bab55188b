import Testing

@testable import Corrections

@Suite struct `mpxnDigits: digits that no meter point has` {
  private func found(_ digits: String?, _ type: DeviceType = .esme) -> [Suspicion] {
    suspect(device(type), digits).found(by: .mpxnDigits)
  }

  private func expected(_ confidence: Confidence) -> [Suspicion] {
    [
      Suspicion(
        .mpxnDigits, confidence, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
        facts: [.typed(), .holding()])
    ]
  }

  @Test(arguments: ["0900005432100", "3900005432109", "0000005432100", "9900005432105"])
  func `is possible of an MPAN of no known distributor`(_ digits: String) {
    #expect(found(digits) == expected(.possible))
  }

  @Test(arguments: ["1000005432102", "3800005432104", The.goodMPAN])
  func `is none of one of a known distributor, 10 to 38`(_ digits: String) {
    #expect(found(digits).isEmpty)
  }

  @Test(arguments: ["1111111111111", "9999999999999", "0000000000000", "777777"])
  func `is likely, and one only, of one digit throughout`(_ digits: String) {
    #expect(found(digits) == expected(.likely))
  }

  @Test(arguments: ["77777", "777778", "7777777777771"])
  func `is none of five of a kind, or of nearly all`(_ digits: String) {
    #expect(found(digits).map(\.confidence) == (digits.count == 13 ? [.possible] : []))
  }

  @Test(arguments: ["9912345678", "990000543210"])
  func `asks for a distributor of 13 digits only`(_ digits: String) {
    #expect(found(digits, .gsme).isEmpty)
  }

  @Test func `is not asked of a value that was erased`() { #expect(found(nil).isEmpty) }
}
