import Testing

@testable import Corrections

@Suite struct `mpxnFuel: a meter point of the other fuel than its meter` {
  private func found(_ digits: String?, on type: DeviceType) -> [Suspicion] {
    suspect(device(type), digits).found(by: .mpxnFuel)
  }

  private func expected(_ type: DeviceType) -> [Suspicion] {
    [
      Suspicion(
        .mpxnFuel, .certain, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
        facts: [.typed(type), .holding()])
    ]
  }

  @Test(arguments: [The.goodMPRN, "741200", "1"])
  func `is certain of an MPRN on an ESME`(_ digits: String) {
    #expect(found(digits, on: .esme) == expected(.esme))
    #expect(found(digits, on: .gsme).isEmpty)
  }

  @Test func `is certain of an MPAN on a GSME`() {
    #expect(found(The.goodMPAN, on: .gsme) == expected(.gsme))
    #expect(found(The.goodMPAN, on: .esme).isEmpty)
  }

  @Test(arguments: ["12345678901", "123456789012"])
  func `is none of 11 or 12 digits, which are of no fuel`(_ digits: String) {
    #expect(found(digits, on: .esme).isEmpty && found(digits, on: .gsme).isEmpty)
  }

  @Test(arguments: [DeviceType.hcalcs, .gpf, .chf, .ppmid])
  func `is none of what is no meter`(_ type: DeviceType) {
    #expect(found(The.goodMPAN, on: type).isEmpty && found(The.goodMPRN, on: type).isEmpty)
  }

  @Test func `is not asked of a value that was erased`() {
    #expect(found(nil, on: .esme).isEmpty && found(nil, on: .gsme).isEmpty)
  }

  @Test func `is asked of every place`() {
    let two = device(places: [.secondaryImportMPAN: token("A"), .exportMPAN: token("B")])
    let found = suspect(two, The.goodMPRN).found(by: .mpxnFuel)
    #expect(found.map(\.field) == [.secondaryImportMPAN, .exportMPAN])
  }
}
