import Testing

@testable import Corrections

@Suite struct `E12: the Command Variant fits the request` {
  @Test(arguments: everyRequest, 1...9)
  func `holds for 8 and fails for every other one`(_ asks: RequestFacts.Asks, _ variant: Int) throws
  {
    let finding = try #require(
      RuleCode.e12.finding(given: asking(asks, of: nil, variant: variant)))
    #expect(
      finding.says
        == (variant == 8 ? "holds: commandVariantFits" : "fails: commandVariantDoesNotFit"))
    #expect(finding.facts == [Fact(.commandVariant, .text(String(variant)))])
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
  }

  @Test(arguments: everyRequest)
  func `needs to know nothing else`(_ asks: RequestFacts.Asks) throws {
    let finding = try #require(
      RuleCode.e12.finding(given: asking(asks, by: nil, of: nil)))
    #expect(finding.says == "holds: commandVariantFits")
  }
}
