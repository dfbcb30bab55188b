import Testing

@testable import Corrections

@Suite struct `secondaryNotTwin: a second meter point on a meter with one element` {
  private func found(_ device: Device, _ digits: String? = The.goodMPAN) -> [Suspicion] {
    suspect(device, digits).found(by: .secondaryNotTwin)
  }

  @Test func `is likely, and names the variant`() {
    #expect(
      found(device(variant: .ADE, in: .secondaryImportMPAN)) == [
        Suspicion(
          .secondaryNotTwin, .likely, of: The.device, field: .secondaryImportMPAN,
          mpxns: [heldMPxN],
          facts: [
            .typed(), .holding(), Fact(.esmeVariant, .text("ADE"), from: .position(10)),
          ])
      ])
  }

  @Test(arguments: ESMEVariant.allCases)
  func `is none of a variant that begins with B`(_ variant: ESMEVariant) {
    #expect(
      found(device(variant: variant, in: .secondaryImportMPAN)).count
        == (variant.rawValue.hasPrefix("B") ? 0 : 1))
  }

  @Test func `is none while the variant is not known, or the place is empty`() {
    #expect(found(device(in: .secondaryImportMPAN)).isEmpty)
    #expect(found(device(variant: .A)).isEmpty)
  }

  @Test func `needs no digits`() {
    #expect(found(device(variant: .A, in: .secondaryImportMPAN), nil).count == 1)
  }
}
