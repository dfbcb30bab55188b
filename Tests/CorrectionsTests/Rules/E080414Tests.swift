import Testing

@testable import Corrections

@Suite struct `E080414: the device has a status that allows an MPxN update` {
  private func judged(_ device: Device?) throws -> Finding {
    try #require(RuleCode.e080414.finding(given: facts(device: device)))
  }

  @Test(arguments: DeviceStatus.allCases)
  func `holds for Whitelisted, InstalledNotCommissioned and Commissioned, and fails for the rest`(
    _ status: DeviceStatus
  ) throws {
    let allows = [.whitelisted, .installedNotCommissioned, .commissioned].contains(status)
    let finding = try judged(device(.esme, status))
    #expect(finding.says == (allows ? "holds: statusAllows" : "fails: statusForbids"))
    #expect(finding.facts == [Fact(.status, .text(status.rawValue), from: .position(10))])
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
  }

  @Test func `names since when, only where it is known exactly`() throws {
    let finding = try judged(device(.esme, .commissioned, since: local("2021-06-01")))
    #expect(
      finding.facts == [
        Fact(.status, .text("Commissioned"), from: .position(10)),
        Fact(.statusSince, .time(local("2021-06-01")), from: .position(10)),
      ])
  }

  @Test func `fails, as inferred, for a device that isn't in the SMI`() throws {
    let finding = try judged(nil)
    #expect(finding.says == "fails: deviceNotKnown")
    #expect(finding.inferred)
  }

  @Test func `is unknown while no status is known`() throws {
    let finding = try judged(device(.esme, nil))
    #expect(finding.says == "unknown: statusNotKnown")
    #expect(finding.missing == .status)
    #expect(finding.retry == .onceKnown)
  }

  @Test(arguments: [DeviceType.ihd, .cad])
  func `fails, as inferred, for a Type 2 device, which never has a status`(
    _ type: DeviceType
  ) throws {
    let finding = try judged(device(type, nil, holding: nil))
    #expect(finding.says == "fails: statusNotKnown")
    #expect(finding.inferred)
  }

  @Test func `judges the status of now, not an earlier one`() throws {
    let events = [
      observed(entry(.esme, .commissioned), at: 10, effective: local("2026-01-01")),
      observed(entry(.esme, .suspended), at: 11, effective: local("2026-02-01")),
    ]
    #expect(try judged(Device.fold(The.device, events)).says == "fails: statusForbids")
  }
}
