import Testing

@testable import Corrections

@Suite struct `E080409: the resulting device is on the Certified Products List` {
  private func judged(
    _ answer: ProductAnswer, _ type: DeviceType = .esme, at: Instant = The.now
  ) throws -> Finding {
    let known = device(from: prenotified(type))
    return try #require(
      RuleCode.e080409.finding(
        given: asking(.details(DeviceDetails(model: "010A030B"), answer), at: at, of: known)))
  }

  private func judged(_ product: Product, at: Instant = The.now) throws -> Finding {
    try judged(.listed(product, position: 40), at: at)
  }

  @Test func `holds for a product that is listed and active, and names the line`() throws {
    let finding = try judged(product(from: local("2020-01-01")))
    #expect(finding.says == "holds: productListed")
    #expect(finding.inferred == false)
    #expect(
      finding.facts == [
        Fact(.manufacturer, .text("00AB"), from: .position(40)),
        Fact(.model, .text("010A030B"), from: .position(40)),
        Fact(.firmwareVersion, .text("0002012F"), from: .position(40)),
        Fact(.productStatus, .text("Active"), from: .position(40)),
        Fact(.listedFrom, .time(local("2020-01-01")), from: .position(40)),
        Fact(.deviceType, .text("ESME"), from: .position(20)),
      ])
  }

  @Test(arguments: [ProductStatus.cancelled, .expired, .withdrawn])
  func `fails for every status but Active, and sending again can't help`(
    _ status: ProductStatus
  ) throws {
    let finding = try judged(product(status, from: local("2026-04-01")))
    #expect(finding.says == "fails: productNotInForce")
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
    #expect(
      finding.facts.contains(Fact(.productStatus, .text(status.rawValue), from: .position(40))))
  }

  @Test func `counts from the very instant it is listed, and helps from then`() throws {
    let listed = product(from: The.now)
    #expect(try judged(listed).says == "holds: productListed")
    let before = try judged(listed, at: The.now.advanced(byMilliseconds: -1))
    #expect(before.says == "fails: productNotInForce")
    #expect(before.retry == .from(The.now))
    #expect(before.facts.contains(Fact(.listedFrom, .time(The.now), from: .position(40))))
  }

  @Test func `no longer counts at the very instant it is listed no more`() throws {
    let ending = product(from: local("2020-01-01"), to: The.now)
    let ended = try judged(ending)
    #expect(ended.says == "fails: productNotInForce")
    #expect(ended.retry == .no)
    #expect(ended.facts.contains(Fact(.listedTo, .time(The.now), from: .position(40))))
    #expect(
      try judged(ending, at: The.now.advanced(byMilliseconds: -1)).says == "holds: productListed")
  }

  @Test(arguments: DeviceType.allCases)
  func `fails, as inferred, for a device that is not listed; of Type 2 it is unknown`(
    _ type: DeviceType
  ) throws {
    let finding = try judged(.notListed(imported: 39), type)
    #expect(
      finding.says
        == (type.isType2 ? "unknown: productNotListed" : "fails: productNotListed"))
    #expect(finding.inferred)
    #expect(finding.missing == (type.isType2 ? .rule : nil))
    #expect(finding.retry == .no)
    #expect(finding.facts.contains(Fact(.products, .text("notListed"), from: .position(39))))
  }

  @Test func `is unknown while no list is held`() throws {
    let finding = try judged(.listNotHeld)
    #expect(finding.says == "unknown: productsNotHeld")
    #expect(finding.missing == .products)
    #expect(finding.retry == .onceKnown)
    #expect(finding.inferred == false)
  }

  @Test func `is unknown while what the device would be is not known in full`() throws {
    let variant = try judged(.notDescribed(missing: .esmeVariant))
    #expect(variant.says == "unknown: variantNotKnown")
    #expect(variant.missing == .esmeVariant)
    let firmware = try judged(.notDescribed(missing: .firmwareVersion))
    #expect(firmware.says == "unknown: detailsNotKnown")
    #expect(firmware.missing == .firmwareVersion)
  }

  @Test func `is unknown without a device`() throws {
    let asks = RequestFacts.Asks.details(DeviceDetails(model: "M"), .notDescribed(missing: .device))
    let finding = try #require(RuleCode.e080409.finding(given: asking(asks, of: nil)))
    #expect(finding.says == "unknown: deviceNotKnown")
    #expect(finding.missing == .device)
  }

  @Test func `is put to what the SMI holds with what is given laid over it`() {
    let held = DeviceDetails(
      manufacturer: "00AB", model: "010A030B", firmwareVersion: "0002012F", esmeVariant: .AD)
    let known = device(from: prenotified(details: held))
    let merged = known.details(at: The.now).merged(with: DeviceDetails(firmwareVersion: "00020130"))
    #expect(
      merged
        == DeviceDetails(
          manufacturer: "00AB", model: "010A030B", firmwareVersion: "00020130", esmeVariant: .AD))
  }
}
