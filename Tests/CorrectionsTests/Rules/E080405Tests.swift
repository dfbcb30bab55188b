import Testing

@testable import Corrections

@Suite struct `E080405: the requested status is applicable to the device type` {
  private func judged(_ known: Device?, to status: DeviceStatus = .pending) throws -> Finding {
    try #require(
      RuleCode.e080405.finding(given: asking(.status(.statusExceptCH, status), of: known)))
  }

  @Test(
    arguments: DeviceType.allCases, [DeviceStatus.pending, .installedNotCommissioned])
  func `holds, as inferred, for meters, PPMID and HCALCS, and fails for hubs and Type 2`(
    _ type: DeviceType, _ status: DeviceStatus
  ) throws {
    let fits = [.esme, .gsme, .hcalcs, .ppmid].contains(type)
    let finding = try judged(
      device(type, type.isType2 ? nil : .commissioned, holding: nil), to: status)
    #expect(
      finding.says
        == (fits ? "holds: statusFitsDeviceType" : "fails: statusDoesNotFitDeviceType"))
    #expect(finding.inferred)
    #expect(finding.retry == .no)
    #expect(
      finding.facts == [
        Fact(.wantedStatus, .text(status.rawValue)),
        Fact(.deviceType, .text(type.rawValue), from: .position(10)),
      ])
  }

  @Test(arguments: DeviceStatus.allCases)
  func `does not ask for the status that the device has`(_ status: DeviceStatus) throws {
    #expect(try judged(device(.esme, status)).says == "holds: statusFitsDeviceType")
  }

  @Test func `is unknown without a device`() throws {
    let finding = try judged(nil)
    #expect(finding.says == "unknown: deviceNotKnown")
    #expect(finding.missing == .device)
    #expect(finding.facts == [Fact(.wantedStatus, .text("Pending"))])
  }
}
