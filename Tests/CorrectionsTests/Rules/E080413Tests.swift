import Testing

@testable import Corrections

@Suite struct `E080413: the MPxN fits the device type` {
  private func says(
    _ type: DeviceType, _ field: MPxNField, variant: ESMEVariant? = nil
  ) throws -> String {
    let facts = facts(device: device(type, variant: variant), field: field)
    return try #require(RuleCode.e080413.finding(given: facts)).says
  }

  /// Everything that fits; whatever is not listed does not.
  static let fitting: [(DeviceType, MPxNField)] = [
    (.esme, .importMPxN), (.gsme, .importMPxN), (.esme, .exportMPAN),
    (.esme, .secondaryImportMPAN),
  ]

  @Test(arguments: DeviceType.allCases, MPxNField.allCases)
  func `holds for an import on ESME or GSME, the others on ESME, and nothing else`(
    _ type: DeviceType, _ field: MPxNField
  ) throws {
    let fits = Self.fitting.contains { $0 == (type, field) }
    #expect(
      try says(type, field, variant: .B)
        == (fits ? "holds: fitsDeviceType" : "fails: doesNotFitDeviceType"))
  }

  @Test(arguments: ESMEVariant.allCases)
  func `a secondary import needs a twin-element ESME`(_ variant: ESMEVariant) throws {
    let isTwin = [.B, .BD, .BDE, .BDF, .BDEF, .BF, .BEF].contains(variant)
    #expect(
      try says(.esme, .secondaryImportMPAN, variant: variant)
        == (isTwin ? "holds: fitsDeviceType" : "fails: notTwinElement"))
  }

  @Test func `is unknown for a secondary import while the variant isn't known`() throws {
    #expect(try says(.esme, .secondaryImportMPAN) == "unknown: variantNotKnown")
    let facts = facts(device: device(), field: .secondaryImportMPAN)
    #expect(RuleCode.e080413.finding(given: facts)?.missing == .esmeVariant)
  }

  @Test func `does not ask for the variant elsewhere`() throws {
    #expect(try says(.esme, .importMPxN) == "holds: fitsDeviceType")
    #expect(try says(.esme, .exportMPAN) == "holds: fitsDeviceType")
    #expect(try says(.gsme, .secondaryImportMPAN) == "fails: doesNotFitDeviceType")
  }

  @Test func `is unknown without a device`() throws {
    let finding = try #require(RuleCode.e080413.finding(given: facts(device: nil)))
    #expect(finding.says == "unknown: deviceNotKnown")
    #expect(finding.missing == .device)
  }

  @Test func `names the type and where it was learned`() throws {
    let finding = try #require(
      RuleCode.e080413.finding(
        given: facts(device: device(.esme, variant: .AD), field: .secondaryImportMPAN)))
    #expect(
      finding.facts == [
        Fact(.deviceType, .text("ESME"), from: .position(10)),
        Fact(.esmeVariant, .text("AD"), from: .position(10)),
      ])
  }
}
