import Testing

@testable import Corrections

@Suite struct `E080408: the request includes details to be updated` {
  private func judged(_ given: DeviceDetails, of known: Device? = device()) throws -> Finding {
    try #require(
      RuleCode.e080408.finding(given: asking(.details(given, .listNotHeld), of: known)))
  }

  @Test(arguments: [
    DeviceDetails(manufacturer: "00AB"), DeviceDetails(model: "010A030B"),
    DeviceDetails(smetsCHTSVersion: "V5.1"), DeviceDetails(firmwareVersion: "0002012F"),
    DeviceDetails(esmeVariant: .AD),
  ])
  func `holds for any one of the five`(_ given: DeviceDetails) throws {
    let finding = try judged(given)
    #expect(finding.says == "holds: detailsGiven")
    #expect(finding.inferred == false)
  }

  @Test func `holds for one that is given empty`() throws {
    #expect(try judged(DeviceDetails(manufacturer: "")).says == "holds: detailsGiven")
  }

  @Test func `fails where none is given`() throws {
    let finding = try judged(DeviceDetails())
    #expect(finding.says == "fails: noDetailsGiven")
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
    #expect(finding.facts.isEmpty)
  }

  @Test func `needs no device`() throws {
    #expect(try judged(DeviceDetails(model: "M"), of: nil).says == "holds: detailsGiven")
    #expect(try judged(DeviceDetails(), of: nil).says == "fails: noDetailsGiven")
  }
}
