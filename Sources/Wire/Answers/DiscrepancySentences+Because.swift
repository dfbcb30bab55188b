public import Corrections

extension Wording {
  /// What a discrepancy rests on, in a sentence; meter points masked.
  public func because(_ found: Suspicion) -> String {
    let field = found.field?.rawValue ?? "the entry"
    let held = masked(found.token(.heldMPxN))
    let type = found.text(.deviceType) ?? "device"
    switch found.rule {
    case .mpxnLength: return "\(field) \(held) has \(found.text(.digits) ?? "?") digits"
    case .mpxnDigits: return "\(field) \(held) can't be a meter point by its digits"
    case .mpxnCheckDigit: return "the check digits of \(field) \(held) don't agree with the others"
    case .mpxnFuel: return "\(field) \(held) is of the other fuel than the \(type)"
    case .mpxnTwice:
      return found.others.isEmpty
        ? "\(held) is in two places of the device"
        : "\(held) is on \(Wording.count(found.devices, "live device"))"
    case .meterWithoutMPxN:
      return found.facts.contains { $0.name == .emptyPlace }
        ? "\(field) was seen to be empty, and the \(type) is Commissioned"
        : "no MPxN was ever said of it, and the \(type) is Commissioned"
    case .secondaryMissing:
      return "variant \(found.text(.esmeVariant) ?? "?") has two elements, and \(field) is empty"
    case .secondaryNotTwin:
      return "variant \(found.text(.esmeVariant) ?? "?") has one element, and \(field) is \(held)"
    case .stuckPending, .stuckWhitelisted:
      let since = found.time(.statusSince).map { " since " + Wording.date($0) } ?? ""
      return (found.text(.status) ?? "the same status") + since
    case .hubDecommissioned:
      let hubs = found.facts.filter { $0.name == .hub }.compactMap(\.text).joined(separator: ", ")
      return "\(found.text(.status) ?? "in use"), and joined with \(hubs) only, which is not in use"
    case .tooManyDevices: return "\(found.text(.found) ?? "?") live devices are at its place"
    case .notRegistered: return "no registration of \(field) \(held) is held"
    case .registrationEnded:
      let to = found.time(.registeredTo).map { " on " + Wording.date($0) } ?? ""
      return "the last registration of \(held), \(supplier(found)), ended\(to)"
    case .registrationsOverlap:
      let names = found.facts.filter { $0.name == .registeredSupplier }.compactMap(\.text)
      return "\(names.joined(separator: " and ")) are registered for \(held) at once"
    case .registrationKind:
      return
        "\(held) is registered as \(found.text(.registrationKind) ?? "another kind"), and stands in "
        + field
    case .otherSupplierActs:
      return
        "\(found.text(.actingParty) ?? "another party") acts on it, and \(supplier(found)) is registered "
        + "for \(held)"
    case .crossedMPxNs:
      return
        "its \(field) \(held) belongs to the next of \(Wording.count(found.others.count + 1, "device")) "
        + "that hold one another's"
    case .secondSourceDiffers:
      return "the SMI says \(held), meter technical details say "
        + masked(found.token(.mpxnInTechnicalDetails))
    case .differsOnDevice:
      if let firmware = found.text(.firmwareOnDevice) {
        return
          "the SMI says firmware \(found.text(.firmwareVersion) ?? "?"), the device runs \(firmware)"
      }
      return "the SMI says \(held), the device itself says \(masked(found.token(.mpxnOnDevice)))"
    case .notOnProductList:
      let named = [FactName.manufacturer, .model, .firmwareVersion].compactMap(found.text)
      return named.joined(separator: " ")
        + (found.text(.productStatus) == "notListed"
          ? " is on no list held" : " is \(found.text(.productStatus) ?? "not in force")")
    }
  }

  private func supplier(_ found: Suspicion) -> String {
    found.text(.registeredParty) ?? found.text(.registeredSupplier) ?? "somebody"
  }
}

extension Suspicion {
  /// How many devices it is about; those that are named may be fewer.
  fileprivate var devices: Int { text(.found).flatMap { Int($0) } ?? others.count + 1 }

  fileprivate func text(_ name: FactName) -> String? {
    facts.lazy.filter { $0.name == name }.compactMap(\.text).first
  }

  fileprivate func token(_ name: FactName) -> Token? {
    facts.lazy.compactMap { fact -> Token? in
      if fact.name == name, case .token(let token) = fact.value { token } else { nil }
    }.first
  }

  fileprivate func time(_ name: FactName) -> Instant? {
    facts.lazy.compactMap { fact -> Instant? in
      if fact.name == name, case .time(let time) = fact.value { time } else { nil }
    }.first
  }
}

extension Fact {
  fileprivate var text: String? {
    if case .text(let text) = value { text } else { nil }
  }
}
