import Corrections
import EventLog

extension Ledger {
  /// Everything held at a position that bears on a request of SR 8.4, 8.2 or 12.2; nil for another.
  func facts(
    of request: ServiceRequest, asking asks: ServiceRequestReceived.Asked,
    given place: PlaceLookUp?, at time: Instant, upTo position: Int
  ) throws -> RequestFacts? {
    let originator = request.id.originator
    let user = try userWithPosition(originator.description, at: time, upTo: position)
    let device = try request.deviceID.flatMap { try entry($0, at: time, upTo: position) }
    let asked: RequestFacts.Asks
    switch (request.content, asks) {
    case (.updateInventory(let id, .mpxn), .mpxn(let field, let wanted)):
      asked = .mpxn(
        try mpxnFacts(
          originator: originator, user: user, device: device, deviceID: id, field: field,
          wanted: wanted, at: time, position: position))
    case (.updateInventory(_, .statusExceptCH(let status)), _):
      asked = .status(.statusExceptCH, status)
    case (.updateInventory(_, .statusCH(let status)), _): asked = .status(.statusCH, status)
    case (.updateInventory(_, .details(let given)), _):
      asked = .details(given, try productAnswer(device, given, at: time, upTo: position))
    case (.updateInventory(_, .delete), _): asked = .delete
    case (.readInventory, .query(let query)):
      asked = .query(
        try answer(
          to: query, about: request.deviceID, given: place, at: time, upTo: position))
    case (.prenotification(let told), _): asked = .prenotification(told.type)
    case (.updateInventory, _), (.readInventory, _), (.service, _), (.other, _): return nil
    }
    return RequestFacts(
      at: time, position: position, registrations: try registrationImport(upTo: position),
      mode: opened.mode, serviceReference: request.serviceReference,
      commandVariant: request.commandVariant, originator: originator, user: user?.user,
      userKnownAt: user?.position, device: device, asks: asked,
      parties: try parties(behind: device, upTo: position))
  }

  /// The parties of the users that pre-notified and installed a device.
  private func parties(behind device: Device?, upTo position: Int) throws -> [EUI64: String] {
    var parties: [EUI64: String] = [:]
    for id in [device?.prenotifier?.value, device?.installer?.value].compactMap({ $0 }) {
      parties[id] = try user(id.description, upTo: position)?.party
    }
    return parties
  }

  /// What is worth a look beside the findings.
  func warnings(about request: ServiceRequest, given facts: RequestFacts) -> [Warning] {
    switch (request.content, facts.asks) {
    case (.updateInventory(_, .mpxn(_, let mpxn)), .mpxn(let facts)):
      return warnings(about: mpxn, given: facts)
    case (.updateInventory(_, .details(let details)), _):
      return unknownSender(facts) + (details.mayStandInRecord ? [] : [.detailsWithheld])
        + (holds(details, facts) ? [.alreadyHeld] : [])
    case (.prenotification(let told), _):
      return unknownSender(facts) + (told.details.mayStandInRecord ? [] : [.detailsWithheld])
    case (_, .status(_, let status)):
      let held = facts.device?.status.value(at: facts.at)?.value
      return unknownSender(facts) + (held == status ? [.alreadyHeld] : [])
    case (_, .delete), (_, .query), (_, .details), (_, .mpxn), (_, .prenotification):
      return unknownSender(facts)
    }
  }

  private func holds(_ details: DeviceDetails, _ facts: RequestFacts) -> Bool {
    guard !details.isEmpty, let held = facts.device?.details(at: facts.at) else { return false }
    return held.merged(with: details) == held
  }

  private func unknownSender(_ facts: RequestFacts) -> [Warning] {
    facts.user == nil ? [.originatorNotKnown] : []
  }

  /// The timelines that facts rest on: what is decided on them holds while none of these moves.
  func tags(of facts: RequestFacts) -> [String] {
    var tags = facts.originator.map { [Tag.user($0.description)] } ?? []
    switch facts.asks {
    case .mpxn(let mpxn): tags += self.tags(of: mpxn)
    case .details: tags.append(Tag.products)
    case .query(let answer): tags += answer.devices.map(Tag.device)
    case .status, .delete, .prenotification: break
    }
    return tags
      + [facts.device?.prenotifier?.value, facts.device?.installer?.value].compactMap { $0 }
      .map { Tag.user($0.description) }
  }
}
