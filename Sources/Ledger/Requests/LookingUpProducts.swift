import Corrections
import EventLog
import Wire

extension Ledger {
  /// Where a device with some details laid over it stands on the products list at a moment.
  func productAnswer(
    _ device: Device?, _ given: DeviceDetails, at time: Instant, upTo position: Int
  ) throws -> ProductAnswer {
    guard try standing(Tag.products, upTo: position).contains(where: { $0.effectiveAt <= time })
    else { return .listNotHeld }
    // Of a device that is not held the rule does not get as far as this.
    guard let device else { return .notDescribed(missing: .device) }
    return try productAnswer(
      device.type, device.details(at: time).merged(with: given), at: time, upTo: position)
  }

  /// Where a device of a type with some details stands on the products list at a moment.
  func productAnswer(
    _ type: DeviceType, _ merged: DeviceDetails, at time: Instant, upTo position: Int
  ) throws -> ProductAnswer {
    let lists = try standing(Tag.products, upTo: position)
    guard let finished = lists.last?.position,
      let list = lists.last(where: { $0.effectiveAt <= time })
    else { return .listNotHeld }
    guard let manufacturer = merged.manufacturer else {
      return .notDescribed(missing: .manufacturer)
    }
    guard let model = merged.model else { return .notDescribed(missing: .model) }
    var first: String?
    if type == .esme {
      guard let variant = merged.esmeVariant else { return .notDescribed(missing: .esmeVariant) }
      first = String(variant.rawValue.prefix(1))
    }
    guard merged.firmwareVersion != nil || type.isType2 else {
      return .notDescribed(missing: .firmwareVersion)
    }
    // A Type 2 device needs no firmware version on the list.
    let versions =
      type.isType2 && merged.firmwareVersion != nil
      ? [merged.firmwareVersion, nil] : [merged.firmwareVersion]
    for version in versions {
      let product = Product(
        deviceType: type, esmeVariantFirst: first, manufacturer: manufacturer,
        model: model, firmwareVersion: version, status: .active, listedFrom: nil, listedTo: nil)
      // Of a list that is still being imported nothing counts yet.
      if let (listed, position) = try listing(of: product, at: time, upTo: finished) {
        return .listed(listed, position: position)
      }
    }
    return .notListed(imported: list.position)
  }

  /// The newest line about a product that was recorded as of a moment.
  ///
  /// The names of makers and models are hexadecimal: how their letters are written is not compared.
  private func listing(
    of product: Product, at time: Instant, upTo position: Int
  ) throws -> (Product, Int)? {
    var found: Recorded?
    for tag in Set([Tag.product(product), Tag.product(product.uppercased)]) {
      for recorded in try standing(tag, upTo: position) where recorded.effectiveAt <= time {
        guard case .productListed(let held) = recorded.event,
          held.uppercased.hasIdentity(of: product.uppercased)
        else { continue }
        if found.map({ ($0.effectiveAt, $0.position) < (recorded.effectiveAt, recorded.position) })
          ?? true
        {
          found = recorded
        }
      }
    }
    guard let found, case .productListed(let listed) = found.event else { return nil }
    return (listed, found.position)
  }
}

extension Product {
  fileprivate var uppercased: Product {
    Product(
      deviceType: deviceType, esmeVariantFirst: esmeVariantFirst,
      manufacturer: manufacturer.uppercased(), model: model.uppercased(),
      firmwareVersion: firmwareVersion?.uppercased(), status: status, listedFrom: listedFrom,
      listedTo: listedTo)
  }
}
