import Testing

@testable import Corrections

@Suite struct `crossedMPxNs: devices that hold each other's meter points` {
  private func ring(_ devices: EUI64..., parties: [String]) -> [DiscrepancyFacts.CrossedPlace] {
    let letters = Array("ABCDEFGHIJ")
    return devices.enumerated().map { index, device in
      .of(
        device, holds: token(letters[index]), wants: token(letters[(index + 1) % devices.count]),
        parties: [parties[index % parties.count]])
    }
  }

  private func found(_ ring: [DiscrepancyFacts.CrossedPlace]) -> [Suspicion] {
    suspect(device(holding: token("A"))).inRing(ring).found(by: .crossedMPxNs)
  }

  @Test func `is likely, and is one for the ring, of two suppliers`() {
    #expect(
      found(ring(The.device, The.otherDevice, parties: ["SUPB", "SUPA"])) == [
        Suspicion(
          .crossedMPxNs, .likely, of: The.device, others: [The.otherDevice], field: .importMPxN,
          mpxns: [token("A"), token("B")], parties: ["SUPA", "SUPB"],
          facts: [
            .typed(), Fact(.otherDevice, .text(The.device.description)),
            Fact(.heldMPxN, .token(token("A"))),
            Fact(.otherDevice, .text(The.otherDevice.description)),
            Fact(.heldMPxN, .token(token("B"))),
          ], wanted: .mpxn(token("B")), route: .twoSupplier)
      ])
  }

  @Test func `of one supplier can be put right by it alone`() {
    let found = found(ring(The.device, The.otherDevice, parties: ["SUPA"]))
    #expect(found.map(\.route) == [.selfServe])
  }

  @Test func `is not told again by the devices after the one with the lowest id`() {
    #expect(found(ring(The.device, The.lowerDevice, parties: ["SUPA"])).isEmpty)
    #expect(
      found(ring(The.device, The.otherDevice, The.lowerDevice, parties: ["SUPA"])).isEmpty)
  }

  @Test func `is none without a ring`() { #expect(found([]).isEmpty) }

  @Test func `of two places of one device is told by the first of them`() {
    func crossed(_ first: MPxNField, _ second: MPxNField) -> [Suspicion] {
      found([
        .of(
          The.device, holds: token("A"), wants: token("B"), parties: ["SUPA"], field: first),
        .of(
          The.device, holds: token("B"), wants: token("A"), parties: ["SUPA"], field: second),
      ])
    }
    #expect(crossed(.exportMPAN, .importMPxN).map(\.field) == [.exportMPAN])
    #expect(crossed(.importMPxN, .exportMPAN).isEmpty)
  }

  @Test func `of many names as many as an event can hold`() throws {
    let places = ([The.device] + The.higherDevices.prefix(9)).enumerated().map {
      DiscrepancyFacts.CrossedPlace.of(
        $1, holds: token(Array("ABCDEFGHIJ")[$0]), wants: token("Z"), parties: ["P\($0)"])
    }
    let found = try #require(found(places).first)
    #expect(found.others.count == Suspicion.mostOthers)
    #expect(found.mpxns == ["A", "B", "C"].map { token($0) })
    #expect(found.parties == ["P0", "P1", "P2", "P3"])
    #expect(found.facts.count { $0.name == .otherDevice } == 10)
  }
}
