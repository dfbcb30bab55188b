import Testing

@testable import Corrections

@Suite struct `tooManyDevices: more devices at one place than the SMI answers for` {
  private func found(_ crowd: [EUI64]) -> [Suspicion] {
    suspect(rows: [row(heldMPxN, "SUPA")]).with { $0.crowd = crowd }.found(by: .tooManyDevices)
  }

  private func crowd(_ count: Int) -> [EUI64] {
    The.higherDevices.prefix(count - 1).reversed() + [The.device]
  }

  @Test func `is likely of 18, and is one of the device with the lowest id`() {
    #expect(
      found(crowd(18)) == [
        Suspicion(
          .tooManyDevices, .likely, of: The.device,
          others: Array(The.higherDevices.prefix(Suspicion.mostOthers)), field: .other,
          parties: ["SUPA"], facts: [.typed(), Fact(.found, .text("18"))], route: .incident)
      ])
  }

  @Test func `is none of 17, the most that an answer holds`() {
    #expect(QueryAnswer.most == 17)
    #expect(found(crowd(17)).isEmpty && found([]).isEmpty)
  }

  @Test func `is not told again by the devices after it`() {
    #expect(found(crowd(18) + [The.lowerDevice]).isEmpty)
  }
}
