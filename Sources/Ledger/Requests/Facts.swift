public import Corrections
import EventLog

extension Ledger {
  /// The kind of subject that every meter point is, whatever it is used as.
  static let mpxnKind = "mpxn"

  /// Everything held at a position that bears on one change of one meter point.
  func mpxnFacts(
    originator: EUI64?, deviceID: EUI64, field: MPxNField, wanted: Token, at time: Instant,
    position: Int
  ) throws -> MPxNFacts {
    let user = try originator.flatMap {
      try userWithPosition($0.description, at: time, upTo: position)
    }
    return try mpxnFacts(
      originator: originator, user: user, device: try entry(deviceID, at: time, upTo: position),
      deviceID: deviceID, field: field, wanted: wanted, at: time, position: position)
  }

  /// The device as the SMI shows it at a moment; nil when it isn't held, or was removed.
  func entry(_ id: EUI64, at time: Instant, upTo position: Int) throws -> Device? {
    try device(id, upTo: position).flatMap { $0.isInSMI(at: time) ? $0 : nil }
  }

  func mpxnFacts(
    originator: EUI64?, user: (user: User, position: Int)?, device: Device?, deviceID: EUI64,
    field: MPxNField, wanted: Token, at time: Instant, position: Int
  ) throws -> MPxNFacts {
    let held = device?.history(field).value(at: time)?.value
    let heldRows = try held.map { try registrations(of: $0, upTo: position) } ?? []
    let wantedRows = try registrations(of: wanted, upTo: position)
    var facts = MPxNFacts(
      at: time, position: position, registrations: try registrationImport(upTo: position),
      mode: opened.mode, originator: originator, user: user?.user, userKnownAt: user?.position,
      device: device, field: field, wanted: wanted, heldRows: heldRows, wantedRows: wantedRows,
      parties: try parties(in: heldRows + wantedRows, upTo: position),
      otherDevices: try otherHolders(of: wanted, than: deviceID, upTo: position))
    if let held = facts.held?.value { facts.heldIsErased = try self.mpxn(held) == nil }
    return facts
  }

  /// The timelines that facts rest on: what is decided on them holds while none of these moves.
  func tags(of facts: MPxNFacts) -> [String] {
    var tags = [Tag.mpxn(facts.wanted), Tag.registrations]
    if let held = facts.held { tags.append(Tag.mpxn(held.value)) }
    if let originator = facts.originator { tags.append(Tag.user(originator.description)) }
    let suppliers = Set((facts.heldRows + facts.wantedRows).map(\.supplier))
    return tags + suppliers.sorted().map(Tag.participant)
  }

  /// What is worth a look beside the findings.
  func warnings(about mpxn: MPxN, given facts: MPxNFacts) -> [Warning] {
    var warnings: [Warning] = []
    if facts.user == nil { warnings.append(.originatorNotKnown) }
    switch (mpxn.kind, facts.device?.type) {
    case (.neither, _): warnings.append(.neitherMPANNorMPRN)
    case (.mprn, .esme?): warnings.append(.mprnOnESME)
    case (.mpan, .gsme?): warnings.append(.mpanOnGSME)
    case (.mpan, _), (.mprn, _): break
    }
    if CheckDigits(of: mpxn) == .wrong { warnings.append(.wrongCheckDigit) }
    if let row = facts.wantedRegistration.registration, row.kind != facts.field.kind(of: mpxn) {
      warnings.append(.registrationOfAnotherKind)
    }
    if facts.held?.value == facts.wanted { warnings.append(.alreadyHeld) }
    if !facts.otherDevices.isEmpty { warnings.append(.heldByAnotherDevice) }
    return warnings
  }

  /// The devices that hold a meter point now, or held it at a moment, but for one.
  public func otherHolders(
    of token: Token, than device: EUI64?, upTo position: Int, at moment: Instant? = nil
  ) throws -> [EUI64] {
    try devices(saidToHold: token, upTo: position).filter { id in
      guard id != device, let other = try self.device(id, upTo: position) else { return false }
      guard let moment else {
        return other.removed == nil
          && MPxNField.allCases.contains { other.current($0)?.value == token }
      }
      return other.isInSMI(at: moment)
        && MPxNField.allCases.contains { other.history($0).value(at: moment)?.value == token }
    }
  }

  /// Every device of which it was ever said that it holds a meter point, sorted.
  func devices(saidToHold token: Token, upTo position: Int) throws -> [EUI64] {
    var named: Set<EUI64> = []
    for recorded in try standing(
      Tag.mpxn(token), passingOver: Event.typesBesideHolding, upTo: position)
    {
      switch recorded.event {
      case .inventoryObserved(let event): named.insert(event.deviceID)
      case .mpxnUpdated(let event): named.insert(event.deviceID)
      default: break
      }
    }
    return named.sorted()
  }
}

extension MPxNField {
  /// The kind of registration that belongs in this field.
  func kind(of mpxn: MPxN) -> Registration.Kind {
    switch self {
    case .exportMPAN: .export
    case .secondaryImportMPAN: .import
    case .importMPxN: mpxn.kind == .mprn ? .gas : .import
    }
  }
}
