import Testing

@testable import Corrections

@Suite struct `notOnProductList: a device that no products list in force names` {
  private func found(
    _ answer: ProductAnswer?, _ type: DeviceType = .esme, at: Instant = The.now
  ) -> [Suspicion] {
    var look = entry(type, type.isType2 ? nil : .commissioned, importMPxN: nil)
    look.details = DeviceDetails(
      manufacturer: "00AB", model: "010A030B", firmwareVersion: "0002012F",
      esmeVariant: type == .esme ? .AD : nil)
    return suspect(device(from: observed(look)), at: at).with { $0.product = answer }
      .found(by: .notOnProductList)
  }

  private func listed(_ product: Product) -> ProductAnswer { .listed(product, position: 40) }

  @Test func `is likely of what no list names, and says what was looked for`() {
    #expect(
      found(.notListed(imported: 39)) == [
        Suspicion(
          .notOnProductList, .likely, of: The.device, field: .details,
          facts: [
            .typed(), Fact(.esmeVariant, .text("AD"), from: .position(10)),
            Fact(.manufacturer, .text("00AB")), Fact(.model, .text("010A030B")),
            Fact(.firmwareVersion, .text("0002012F")),
            Fact(.productStatus, .text("notListed"), from: .position(39)),
          ])
      ])
  }

  @Test(arguments: [ProductStatus.cancelled, .expired, .withdrawn])
  func `is likely of what is listed, and not active`(_ status: ProductStatus) {
    let found = found(listed(product(status)))
    #expect(
      found.first?.facts.last
        == Fact(.productStatus, .text(status.rawValue), from: .position(40)))
  }

  @Test func `is none of what is in force, from the first instant to the last`() {
    #expect(found(listed(product(from: The.now))).isEmpty)
    #expect(found(listed(product(to: The.now.advanced(byMilliseconds: 1)))).isEmpty)
    #expect(found(listed(product(from: The.now.advanced(byMilliseconds: 1)))).count == 1)
    #expect(found(listed(product(to: The.now))).count == 1)
  }

  @Test(arguments: [nil, .listNotHeld, .notDescribed(missing: .esmeVariant)] as [ProductAnswer?])
  func `is none while no list is held, or the device is not described in full`(
    _ answer: ProductAnswer?
  ) {
    #expect(found(answer).isEmpty)
  }

  @Test(arguments: DeviceType.allCases)
  func `is not asked of a Type 2 device`(_ type: DeviceType) {
    #expect(found(.notListed(imported: 39), type).count == (type.isType2 ? 0 : 1))
  }
}
