import Testing

@testable import Corrections

@Suite struct `differsOnDevice: the device itself says something else` {
  private func found(
    _ said: Token?, on device: Device = device(), ring: [DiscrepancyFacts.CrossedPlace] = []
  ) -> [Suspicion] {
    suspect(device, rows: [row(heldMPxN, "SUPA")])
      .saying(said, .device, rows: [row(wantedMPxN, "SUPB")]).inRing(ring)
      .found(by: .differsOnDevice)
  }

  @Test func `is likely of another meter point, which is wanted`() {
    #expect(
      found(wantedMPxN) == [
        Suspicion(
          .differsOnDevice, .likely, of: The.device, field: .importMPxN,
          mpxns: [heldMPxN, wantedMPxN], parties: ["SUPA", "SUPB"],
          facts: [
            .typed(), .holding(), Fact(.mpxnOnDevice, .token(wantedMPxN), from: .position(30)),
          ], wanted: .mpxn(wantedMPxN), route: .twoSupplier)
      ])
  }

  @Test func `is likely of an empty place, which only the DSP can empty`() {
    let found = found(nil)
    #expect(found.map(\.wanted) == [.empty] && found.map(\.route) == [.manual])
    #expect(found.first?.facts.last == Fact(.mpxnOnDevice, .text("empty"), from: .position(30)))
    #expect(found.map(\.mpxns) == [[heldMPxN]])
  }

  @Test func `is none where both say the same, empty places too`() {
    #expect(found(heldMPxN).isEmpty)
    #expect(found(nil, on: device(holding: nil)).isEmpty)
  }

  @Test func `is none in a ring, or of what only meter technical details say`() {
    let ring = [
      DiscrepancyFacts.CrossedPlace.of(
        The.device, holds: heldMPxN, wants: wantedMPxN, parties: [])
    ]
    #expect(found(wantedMPxN, ring: ring).isEmpty)
    #expect(
      suspect().saying(wantedMPxN, .technicalDetails).found(by: .differsOnDevice).isEmpty)
  }

  private func running(_ firmware: String, smi: String?) -> [Suspicion] {
    var look = entry(importMPxN: heldMPxN)
    look.details.firmwareVersion = smi
    return suspect(device(from: observed(look))).then(Told.said(firmware: firmware), at: 30)
      .found(by: .differsOnDevice)
  }

  @Test func `is likely of other firmware, which is wanted among the details`() {
    #expect(
      running("00020130", smi: "0002012F") == [
        Suspicion(
          .differsOnDevice, .likely, of: The.device, field: .details,
          facts: [
            .typed(), Fact(.firmwareVersion, .text("0002012F")),
            Fact(.firmwareOnDevice, .text("00020130"), from: .position(30)),
          ], wanted: .details(DeviceDetails(firmwareVersion: "00020130")))
      ])
  }

  @Test func `takes firmware in either case for the same, and none for unknown`() {
    #expect(running("0002012f", smi: "0002012F").isEmpty)
    #expect(running("0002012F", smi: nil).isEmpty)
  }
}
