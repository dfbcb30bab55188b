import Testing

@testable import Corrections

@Suite struct `E5: the device is not in the SMI when it is pre-notified` {
  private func judged(_ known: Device?, _ type: DeviceType = .esme) throws -> Finding {
    try #require(
      RuleCode.e5.finding(given: asking(.prenotification(type), by: The.maker, of: known)))
  }

  @Test(arguments: DeviceType.allCases)
  func `holds, as inferred, for a device that the SMI does not hold`(_ type: DeviceType) throws {
    let finding = try judged(nil, type)
    #expect(finding.says == "holds: deviceNotKnown")
    #expect(finding.inferred)
    #expect(finding.facts.isEmpty)
  }

  @Test(arguments: DeviceStatus.allCases)
  func `fails, as inferred, whatever the status of one that it holds`(
    _ status: DeviceStatus
  ) throws {
    let finding = try judged(device(.esme, status))
    #expect(finding.says == "fails: deviceInSMI")
    #expect(finding.inferred)
    #expect(finding.retry == .no)
    #expect(
      finding.facts == [
        Fact(.deviceType, .text("ESME"), from: .position(10)),
        Fact(.status, .text(status.rawValue), from: .position(10)),
      ])
  }

  @Test func `fails for a device of another type than the one told of`() throws {
    #expect(try judged(device(.gsme), .esme).says == "fails: deviceInSMI")
  }

  @Test func `names no status of a device that has none`() throws {
    let finding = try judged(device(.ihd, nil, holding: nil))
    #expect(finding.says == "fails: deviceInSMI")
    #expect(finding.facts == [Fact(.deviceType, .text("IHD"), from: .position(10))])
  }

  @Test func `is asked of a pre-notification only`() {
    for asks in everyRequest where asks != .prenotification(.esme) {
      #expect(RuleCode.e5.finding(given: asking(asks)) == nil)
    }
  }
}
