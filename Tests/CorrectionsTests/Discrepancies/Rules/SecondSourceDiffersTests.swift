import Testing

@testable import Corrections

@Suite struct `secondSourceDiffers: meter technical details that name another meter point` {
  private let toA = row(wantedMPxN, "SUPA")
  private let toB = row(wantedMPxN, "SUPB")
  private let ofA = [row(heldMPxN, "SUPA")]

  private func found(
    _ said: Token = wantedMPxN, on device: Device = device(), held: [Registration] = [],
    rows: [Registration] = [], _ source: DiscrepancyFacts.SaidMPxN.Source = .technicalDetails,
    in field: MPxNField = .importMPxN, ring: [DiscrepancyFacts.CrossedPlace] = []
  ) -> [Suspicion] {
    suspect(device, rows: held).saying(said, source, in: field, rows: rows).inRing(ring)
      .found(by: .secondSourceDiffers)
  }

  @Test func `is possible, wants what they say, and concerns whom either is registered to`() {
    #expect(
      found(held: ofA, rows: [toB]) == [
        Suspicion(
          .secondSourceDiffers, .possible, of: The.device, field: .importMPxN,
          mpxns: [heldMPxN, wantedMPxN], parties: ["SUPA", "SUPB"],
          facts: [
            .typed(), .holding(),
            Fact(.mpxnInTechnicalDetails, .token(wantedMPxN), from: .position(30)),
          ], wanted: .mpxn(wantedMPxN), route: .twoSupplier)
      ])
  }

  @Test func `can be put right by one, by two, by hand, or where the registration is wrong`() {
    #expect(found(held: ofA, rows: [toA]).map(\.route) == [.selfServe])
    #expect(found(held: ofA, rows: [toB]).map(\.route) == [.twoSupplier])
    #expect(found(held: [], rows: [toA]).map(\.route) == [.manual])
    #expect(found(held: ofA, rows: []).map(\.route) == [.registration])
    #expect(
      found(held: ofA, rows: [row(wantedMPxN, "SUPA", to: The.now)]).map(\.route)
        == [.registration])
    #expect(found(on: device(holding: nil), rows: [toA]).map(\.route) == [.selfServe])
  }

  @Test func `is found of a place that was seen to be empty, which has no meter point to name`() {
    let found = found(on: device(holding: nil), rows: [toA])
    #expect(found.map(\.mpxns) == [[wantedMPxN]])
    #expect(found.first?.facts.map(\.name) == [.deviceType, .mpxnInTechnicalDetails])
  }

  @Test func `is none where they agree, or nobody has looked at the place`() {
    #expect(found(heldMPxN).isEmpty)
    var look = entry()
    look.empty = []
    #expect(found(on: device(from: observed(look))).isEmpty)
  }

  @Test func `is none where the meter point is in another place of the device`() {
    let two = device(places: [.importMPxN: heldMPxN, .secondaryImportMPAN: wantedMPxN])
    #expect(found(on: two).isEmpty)
  }

  @Test func `is none where the place is in a ring, and found where another place is`() {
    func ring(_ field: MPxNField) -> [DiscrepancyFacts.CrossedPlace] {
      [.of(The.device, holds: heldMPxN, wants: wantedMPxN, parties: [], field: field)]
    }
    #expect(found(ring: ring(.importMPxN)).isEmpty)
    #expect(found(ring: ring(.exportMPAN)).count == 1)
    let ofOthers = [
      DiscrepancyFacts.CrossedPlace.of(
        The.otherDevice, holds: heldMPxN, wants: wantedMPxN, parties: [])
    ]
    #expect(found(ring: ofOthers).count == 1)
  }

  @Test func `is not told of what the device itself says`() {
    #expect(found(wantedMPxN, .device).isEmpty)
  }
}
