import Testing

@testable import Corrections

@Suite struct `E11: the branch for hubs is used on a hub` {
  private func judged(_ known: Device?) throws -> Finding {
    try #require(
      RuleCode.e11.finding(given: asking(.status(.statusCH, .commissioned), of: known)))
  }

  @Test(arguments: DeviceType.allCases)
  func `holds, as inferred, for a CHF and a GPF, and fails for the rest`(
    _ type: DeviceType
  ) throws {
    let isHub = type == .chf || type == .gpf
    let finding = try judged(device(type, type.isType2 ? nil : .commissioned, holding: nil))
    #expect(finding.says == (isHub ? "holds: fitsDeviceType" : "fails: doesNotFitDeviceType"))
    #expect(finding.inferred)
    #expect(finding.retry == .no)
    #expect(finding.facts == [Fact(.deviceType, .text(type.rawValue), from: .position(10))])
  }

  @Test func `is unknown without a device`() throws {
    let finding = try judged(nil)
    #expect(finding.says == "unknown: deviceNotKnown")
    #expect(finding.missing == .device)
  }

  @Test func `is asked of the branch statusCH only`() {
    for asks in everyRequest {
      #expect((RuleCode.e11.finding(given: asking(asks)) != nil) == (asks.branch == .statusCH))
    }
  }
}
