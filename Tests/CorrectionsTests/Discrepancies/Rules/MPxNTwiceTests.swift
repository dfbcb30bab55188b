import Testing

@testable import Corrections

@Suite struct `mpxnTwice: one MPxN on two devices` {
  private func found(
    _ device: Device = device(), others: [EUI64] = [], digits: String? = The.goodMPAN
  ) -> [Suspicion] {
    suspect(
      device, digits, rows: [row(heldMPxN, "SUPA")], others: others, othersParties: ["SUPB"]
    ).found(by: .mpxnTwice)
  }

  @Test func `is likely, and is one of the device with the lowest id, with the others named`() {
    let others = [The.otherDevice, The.higherDevices[0]]
    #expect(
      found(others: others) == [
        Suspicion(
          .mpxnTwice, .likely, of: The.device, others: others, field: .importMPxN,
          mpxns: [heldMPxN], parties: ["SUPA", "SUPB"],
          facts: [.typed(), .holding(), Fact(.found, .text("3"))]
            + others.map { Fact(.otherDevice, .text($0.description)) })
      ])
  }

  @Test func `is not told again by the devices after it`() {
    #expect(found(others: [The.lowerDevice]).isEmpty)
    #expect(found(others: [The.lowerDevice, The.otherDevice]).isEmpty)
  }

  @Test func `is none where no other live device holds it`() { #expect(found().isEmpty) }

  @Test func `counts two places of one device as well, and is one of the first of them`() {
    let both = device(places: [.importMPxN: heldMPxN, .exportMPAN: heldMPxN])
    let found = found(both)
    #expect(found.map(\.field) == [.importMPxN])
    #expect(found.map(\.others) == [[]] && found.map(\.mpxns) == [[heldMPxN]])
    let two = device(places: [.importMPxN: token("A"), .exportMPAN: token("B")])
    #expect(self.found(two).isEmpty)
  }

  @Test func `is one for each meter point`() {
    let two = device(places: [.importMPxN: token("A"), .exportMPAN: token("B")])
    #expect(found(two, others: [The.otherDevice]).map(\.mpxns) == [[token("A")], [token("B")]])
  }

  @Test func `needs no digits, so it stands when the value is erased`() {
    #expect(found(others: [The.otherDevice], digits: nil).count == 1)
  }

  @Test func `on thousands of devices names the first few, and how many there are`() throws {
    let others = (1...5_000).map { EUI64(bits: The.device.bits + UInt64($0)) }
    let found = try #require(found(others: others).first)
    #expect(found.others == Array(others.prefix(Suspicion.mostOthers)))
    #expect(found.facts.contains(Fact(.found, .text("5001"))))
    #expect(found.facts.count < 20, "it must fit in a record")
  }
}
