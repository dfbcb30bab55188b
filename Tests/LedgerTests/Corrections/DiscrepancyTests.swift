import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

/// The SMI and the device are two places; where they differ, what the device says can be wanted.
@Suite struct `A correction from what the device itself says` {
  /// What an SR 6.2.7 brought back from the device.
  private func hear(_ content: ResponseContent, _ test: TestLedger) throws {
    let id = RequestID(
      originator: try eui(Fixture.supA), target: try eui(Fixture.other), counter: 70)
    _ = try test.ledger.record(
      ReceivedResponse(
        requestID: id, responseID: nil, identitiesAgree: true, code: "I0", at: test.now(),
        zoneWasMissing: false, serviceReference: "6.2", serviceReferenceVariant: "6.2.7",
        element: "ReadDeviceConfigurationMPxNRsp", content: content, isDecoded: true,
        schemaVersion: "5.4", canonical: Array("\(content)".utf8)), raw: Array("<a/>".utf8), by: nil
    )
  }

  private func open(_ field: CorrectionField, _ test: TestLedger, at time: Instant? = nil) throws
    -> Opened
  {
    try test.ledger.openCorrection(
      asSaidBy: try eui(Fixture.other), of: field, by: try test.actor(Fixture.supA),
      at: time ?? test.now())
  }

  @Test func `is the first one again under its key, whatever the device says since`() throws {
    let test = try TestLedger()
    func opened() throws -> Opened {
      try test.ledger.openCorrection(
        asSaidBy: try eui(Fixture.other), of: .importMPxN, by: try test.actor(Fixture.supA),
        key: "1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    }
    try hear(.onDevice(MPxNs(importMPxN: .mpxn(try point(Fixture.ofA)))), test)
    let first = try opened()
    try hear(.onDevice(MPxNs(importMPxN: .mpxn(try point(Fixture.ofB)))), test)
    let head = try test.ledger.head()
    let again = try opened()
    #expect(again.repeated && again.position == first.position)
    #expect(again.correction.id == first.correction.id)
    #expect(try test.ledger.head() == head)
  }

  @Test func `wants the meter point that the device holds, and names where it said so`() throws {
    let test = try TestLedger()
    try hear(.onDevice(MPxNs(importMPxN: .mpxn(try point(Fixture.ofA)))), test)
    let heard = try #require(
      try test.ledger.timeline(Tag.device(try eui(Fixture.other)))
        .last { $0.name == "DeviceValueObserved" })
    let opened = try open(.importMPxN, test)
    #expect(!opened.joined)
    let requested = try #require(opened.correction.requested.mpxn)
    #expect(try test.ledger.mpxn(requested)?.digits == Fixture.ofA)
    #expect(
      try test.steps(opened.correction.id, "CorrectionRequested").map(\.cause) == [heard.position])
    #expect(opened.correction.state == .awaitingRequest, "it has a route like any other")
    #expect(try open(.importMPxN, test).repeated)
  }

  @Test func `wants an empty place, and firmware, as the device says`() throws {
    let test = try TestLedger()
    try hear(.onDevice(MPxNs(importMPxN: .empty)), test)
    #expect(try open(.importMPxN, test).correction.requested == .empty)
    let other = try TestLedger()
    try hear(.firmwareVersion("00020130"), other)
    #expect(
      try open(.details, other).correction.requested
        == .details(DeviceDetails(firmwareVersion: "00020130")))
  }

  @Test func `is refused where there is none, or the device was not heard by then`() throws {
    let test = try TestLedger()
    let id = try eui(Fixture.other)
    let early = test.now()
    for field in CorrectionField.allCases {
      #expect {
        try open(field, test)
      } throws: { error in
        if case .deviceNotHeard(id, field)? = error as? CannotOpen { true } else { false }
      }
    }
    let held = try #require(try test.device(Fixture.other).current(.importMPxN)?.value)
    let digits = try #require(try test.ledger.mpxn(held)?.digits)
    try test.pass(to: "2026-03-05T10:00:00.000Z")
    try hear(.onDevice(MPxNs(importMPxN: .mpxn(try point(digits)))), test)
    let head = try test.ledger.head()
    #expect(throws: Refusal.alreadyHeld(deviceID: id, field: .importMPxN)) {
      try open(.importMPxN, test)
    }
    #expect {
      try open(.importMPxN, test, at: early)
    } throws: { error in
      if case .beforeHeard(id, _)? = error as? CannotOpen { true } else { false }
    }
    #expect(try test.ledger.head() == head)
  }
}
