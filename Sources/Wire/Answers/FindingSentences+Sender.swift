import Corrections

extension Wording {
  /// What a finding about the sender, or about the users behind the device, rests on.
  func sender(_ finding: Finding) -> String {
    let who = finding.text(.senderParty) ?? "the sender"
    let roles = finding.facts.filter { $0.name == .senderRole }.compactMap { fact -> String? in
      if case .text(let role) = fact.value { return role }
      return nil
    }.joined(separator: ", ")
    let prenotifier = user(finding, .prenotifiedBy, .prenotifierParty)
    let since = finding.time(.statusSince).map { " since " + Wording.date($0) } ?? ""
    switch finding.because {
    case .senderHasRole: return "\(who) in role \(roles)"
    case .senderHasNoRole: return "\(who) has no role of a DUIS user"
    case .roleMaySend: return "role \(roles)"
    case .roleMayNotSend: return "none of the roles of \(who) may send it"
    case .senderActive: return "the User ID that sent it is active"
    case .supplierRole: return "\(who) is a supplier (\(roles))"
    case .noSupplierRole:
      return "\(who) is neither an Import nor a Gas Supplier\(roles.isEmpty ? "" : " (\(roles))")"
    case .senderPrenotified: return "the sender pre-notified the device"
    case .anotherPrenotified: return "\(prenotifier), not the sender, pre-notified the device"
    case .prenotifierNotKnown: return "who pre-notified the device isn't known"
    case .senderInstalled:
      return "Pending\(since), and the sender's installation of it succeeded"
    case .anotherInstalled:
      return "Pending\(since); \(user(finding, .installedBy, .installerParty)) installed it"
        + (finding.text(.prenotifiedBy) == nil ? "" : ", \(prenotifier) pre-notified it")
    case .installationNotHeld:
      return "Pending\(since), and no answer to an installation request is held"
        + (finding.text(.prenotifiedBy) == nil ? "" : "; \(prenotifier) pre-notified it")
    default: return finding.because.rawValue
    }
  }

  /// A User ID with its party where that is known.
  private func user(_ finding: Finding, _ id: FactName, _ party: FactName) -> String {
    let user = finding.text(id) ?? "a user that isn't known"
    return finding.text(party).map { "\($0) (\(user))" } ?? user
  }

  /// What a finding about the request's own content, or the products list, rests on.
  func content(_ finding: Finding) -> String {
    let variant = finding.text(.commandVariant) ?? "?"
    let product = [
      finding.text(.manufacturer), finding.text(.model),
      finding.text(.firmwareVersion).map { "firmware \($0)" },
    ].compactMap { $0 }.joined(separator: " ")
    switch finding.because {
    case .onePremises, .devicesFound: return "\(finding.text(.found) ?? "?") found"
    case .notOnePremises:
      return "\(finding.text(.found) ?? "?") match, not one premises of at most "
        + "\(QueryAnswer.most) devices"
    case .nothingFound: return "nothing that is held here matches"
    case .commandVariantFits: return "Command Variant \(variant)"
    case .commandVariantDoesNotFit: return "Command Variant \(variant); it must be 8"
    case .detailsGiven: return "at least one is given"
    case .noDetailsGiven: return "none is given"
    case .productListed: return "\(product) is listed"
    case .productNotListed: return "the lists held don't name the resulting device"
    case .productNotInForce:
      return "\(product) is on the list, \(finding.text(.productStatus) ?? "?")"
        + (finding.time(.listedFrom).map { ", from \(Wording.date($0))" } ?? "")
        + (finding.time(.listedTo).map { ", until \(Wording.date($0))" } ?? "")
    case .productsNotHeld: return "no products list was imported"
    case .detailsNotKnown:
      return "\(Wording.what(finding.missing)) isn't known, so it can't be looked up"
    case .notPublished: return "what it asks is not public; it blocks nothing"
    default: return finding.because.rawValue
    }
  }
}
