import Testing

@testable import Corrections

@Suite struct `mpxnLength: a meter point of a length that none has` {
  private func found(_ digits: String?, _ device: Device = device()) -> [Suspicion] {
    suspect(device, digits, rows: [row(heldMPxN, "SUPA")]).found(by: .mpxnLength)
  }

  private func expected(_ count: Int, _ confidence: Confidence) -> Suspicion {
    Suspicion(
      .mpxnLength, confidence, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
      parties: ["SUPA"],
      facts: [
        .typed(), .holding(), Fact(.digits, .text("\(count)"), from: .position(10)),
      ])
  }

  @Test(arguments: [11, 12]) func `is certain of 11 and 12 digits`(_ count: Int) {
    #expect(found(String(repeating: "4", count: count)) == [expected(count, .certain)])
  }

  @Test(arguments: 1...5) func `is likely of fewer than six`(_ count: Int) {
    #expect(found(String(repeating: "4", count: count)) == [expected(count, .likely)])
  }

  @Test(arguments: [6, 7, 8, 9, 10, 13]) func `is none of 6 to 10, and of 13`(_ count: Int) {
    #expect(found(String(repeating: "4", count: count)).isEmpty)
  }

  @Test func `is not asked of a value that was erased`() { #expect(found(nil).isEmpty) }

  @Test func `is found of each place by itself`() {
    let three = device(places: [.importMPxN: token("A"), .exportMPAN: token("B")])
    let found = found("12000054321", three)
    #expect(found.map(\.field) == [.importMPxN, .exportMPAN])
    #expect(found.map(\.mpxns) == [[token("A")], [token("B")]])
  }

  @Test(arguments: [DeviceType.gsme, .hcalcs, .ihd])
  func `is asked whatever device holds it`(_ type: DeviceType) {
    #expect(found("12000054321", device(type, type.isType2 ? nil : .pending)).count == 1)
  }
}
