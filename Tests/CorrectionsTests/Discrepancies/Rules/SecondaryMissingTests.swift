import Testing

@testable import Corrections

@Suite struct `secondaryMissing: a twin-element meter without its second meter point` {
  private func found(_ device: Device) -> [Suspicion] {
    suspect(device).found(by: .secondaryMissing)
  }

  @Test func `is likely of a commissioned one whose place was seen to be empty`() {
    #expect(
      found(device(variant: .BD)) == [
        Suspicion(
          .secondaryMissing, .likely, of: The.device, field: .secondaryImportMPAN,
          mpxns: [heldMPxN],
          facts: [
            .typed(), Fact(.esmeVariant, .text("BD"), from: .position(10)), .holding(),
            Fact(.emptyPlace, .text("secondaryImportMPAN"), from: .position(10)),
          ])
      ])
  }

  @Test(arguments: ESMEVariant.allCases)
  func `is asked of the variants that begin with B alone`(_ variant: ESMEVariant) {
    #expect(found(device(variant: variant)).count == (variant.rawValue.hasPrefix("B") ? 1 : 0))
  }

  @Test func `is none while the variant is not known`() { #expect(found(device()).isEmpty) }

  @Test func `is none where nobody has looked at the second place`() {
    var look = entry(variant: .B, importMPxN: heldMPxN)
    look.empty = []
    #expect(found(device(from: observed(look))).isEmpty)
  }

  @Test func `is none with a second meter point, and without a first`() {
    #expect(
      found(device(variant: .B, places: [.importMPxN: heldMPxN, .secondaryImportMPAN: token("S")]))
        .isEmpty)
    #expect(found(device(variant: .B, in: .exportMPAN)).isEmpty)
  }

  @Test(arguments: DeviceStatus.allCases.filter { $0 != .commissioned } + [nil])
  func `is none in another status`(_ status: DeviceStatus?) {
    #expect(found(device(.esme, status, variant: .B)).isEmpty)
  }

  @Test func `is none of a GSME, whatever variant is said of it`() {
    #expect(found(device(.gsme, variant: .B)).isEmpty)
  }
}
