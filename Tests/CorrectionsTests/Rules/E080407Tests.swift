import Testing

@testable import Corrections

@Suite struct `E080407: the device exists in the SMI and is Pending` {
  static let requests: [RequestFacts.Asks] = [
    .delete, .details(DeviceDetails(model: "010A030B"), .listNotHeld),
  ]

  private func judged(
    _ known: Device?, _ asks: RequestFacts.Asks = .delete, at: Instant = The.now
  ) throws -> Finding {
    try #require(RuleCode.e080407.finding(given: asking(asks, at: at, of: known)))
  }

  @Test(arguments: requests, DeviceStatus.allCases)
  func `holds for Pending and fails for every other status`(
    _ asks: RequestFacts.Asks, _ status: DeviceStatus
  ) throws {
    let finding = try judged(device(.esme, status), asks)
    #expect(
      finding.says
        == (status == .pending ? "holds: devicePending" : "fails: deviceNotPending"))
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
    #expect(finding.facts == [Fact(.status, .text(status.rawValue), from: .position(10))])
  }

  @Test func `names since when, where that is known exactly`() throws {
    #expect(
      try judged(device(from: prenotified())).facts == [
        Fact(.status, .text("Pending"), from: .position(20)),
        Fact(.statusSince, .time(local("2026-02-01")), from: .position(20)),
      ])
  }

  @Test(arguments: requests)
  func `fails, as inferred, for a device that isn't in the SMI`(_ asks: RequestFacts.Asks) throws {
    let finding = try judged(nil, asks)
    #expect(finding.says == "fails: deviceNotKnown")
    #expect(finding.inferred)
  }

  @Test(arguments: [DeviceType.ihd, .cad])
  func `fails, as inferred, for a Type 2 device, which never has a status`(
    _ type: DeviceType
  ) throws {
    let finding = try judged(device(type, nil, holding: nil))
    #expect(finding.says == "fails: statusNotKnown")
    #expect(finding.inferred)
    #expect(finding.facts == [Fact(.deviceType, .text(type.rawValue), from: .position(10))])
  }

  @Test func `is unknown while no status is known`() throws {
    let finding = try judged(device(.gsme, nil, holding: nil))
    #expect(finding.says == "unknown: statusNotKnown")
    #expect(finding.missing == .status)
    #expect(finding.retry == .onceKnown)
  }

  @Test func `holds until the very instant at which another status begins`() throws {
    let left = local("2026-03-01")
    let known = device(
      from: prenotified(),
      observed(entry(.esme, .whitelisted, since: left), at: 21, effective: left))
    #expect(try judged(known, at: left.advanced(byMilliseconds: -1)).says == "holds: devicePending")
    #expect(try judged(known, at: left).says == "fails: deviceNotPending")
  }
}
