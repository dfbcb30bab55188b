extension RouteAdvice {
  /// Works out the shortest open route for any wanted change, or nil when the facts do not say
  /// enough.
  ///
  /// What 8.4 has a way to ask for is put to the rulebook, for each user that could send it; what it
  /// has none for is an Incident (SEC Appendix AG).
  public init?(forRequester requester: String?, given facts: CorrectionFacts) {
    guard let device = facts.device else {
      self.init(route: .incident, because: .deviceNotHeld)
      return
    }
    guard device.isInSMI(at: facts.at) || facts.field == .deletion else {
      self.init(route: .incident, because: .deviceNotInSMI)
      return
    }
    if let held = facts.heldValue, held.brings(facts.wanted) { return nil }
    switch facts.wanted {
    case .mpxn:
      guard let mpxn = facts.mpxn,
        let advice = RouteAdvice(forRequester: requester, given: mpxn)
      else { return nil }
      self = advice.naming(device.installer?.value, facts.parties)
    case .empty: self = RouteAdvice(blanking: facts, requester: requester)
    case .text, .listed(true): self.init(route: .incident, because: .notExpressible)
    case .status, .details, .listed(false):
      guard let request = facts.request else {
        self.init(route: .incident, because: .notExpressible)
        return
      }
      guard let advice = RouteAdvice(entry: request, requester: requester, given: facts) else {
        return nil
      }
      self = advice
    }
  }

  /// The advice with who installed the device, where a Pending one waits for that.
  private func naming(_ installer: EUI64?, _ parties: [EUI64: String]) -> RouteAdvice {
    guard route == .installingSupplier, let installer else { return self }
    return RouteAdvice(
      route: route, because: because, party: parties[installer], user: installer, until: until,
      consents: consents, otherDevices: otherDevices)
  }

  /// To empty a place: whoever is registered for what it holds lets it go.
  private init(blanking facts: CorrectionFacts, requester: String?) {
    let held = facts.heldValue?.mpxn
    let rows: [Registration] =
      switch RegistrationAnswer(rows: facts.heldRows, at: facts.at) {
      case .registered(let row, _): [row]
      case .disagree(let rows): rows
      case .notHeld, .nobody: []
      }
    let consents = rows.compactMap { row -> Consent? in
      guard let held, let party = facts.suppliers[row.supplier] else { return nil }
      return Consent(
        side: .held, party: party, supplier: row.supplier, mpxn: held, registrations: row.imported)
    }
    guard consents.count == rows.count else {
      self.init(route: .incident, because: .supplierPartyNotKnown)
      return
    }
    self.init(route: .incident, because: .notExpressible, consents: consents)
  }

  /// A status, details or the deletion: whose request would pass.
  private init?(entry request: RequestFacts, requester: String?, given facts: CorrectionFacts) {
    let passing = facts.senders.first { request.passes(sentBy: $0) }
    if let passing, passing.party == requester {
      self.init(route: .selfServe, because: .requestPasses, user: EUI64(passing.id))
    } else if let passing {
      let (route, because) = RouteAdvice.way(of: request, facts.device)
      self.init(route: route, because: because, party: passing.party, user: EUI64(passing.id))
    } else {
      let own = facts.senders.first { $0.party == requester }
      let findings = request.findings(sentBy: own)
      guard let blocked = findings.first(where: { $0.answer != .holds }),
        let advice = RouteAdvice(blockedBy: blocked, of: request.asks, facts.device, facts.parties)
      else { return nil }
      self = advice
    }
  }

  /// What another party's request is called, by what it has that the requester has not.
  private static func way(of request: RequestFacts, _ device: Device?) -> (Route, Because) {
    switch request.asks {
    case .details, .delete: (.preNotifier, .anotherPrenotified)
    case .status where device?.status.value(at: request.at)?.value == .pending:
      (.installingSupplier, .anotherInstalled)
    case .status, .mpxn, .query, .prenotification: (.selfServe, .anotherPartyPasses)
    }
  }

  /// The way round a check that no known user passes.
  private init?(
    blockedBy finding: Finding, of asks: RequestFacts.Asks, _ device: Device?,
    _ parties: [EUI64: String]
  ) {
    switch finding.because {
    case .statusDoesNotFitDeviceType: self.init(route: .incident, because: .notExpressible)
    case .deviceNotPending: self.init(route: .incident, because: .deviceNotPending)
    // A Type 2 device has no status, and so is never Pending.
    case .statusNotKnown where finding.answer == .fails:
      self.init(route: .incident, because: .deviceNotPending)
    case .productNotListed, .productNotInForce:
      self.init(route: .incident, because: .productNotListed)
    case .noSupplierRole: self.init(route: .selfServe, because: .senderRoleNeeded)
    case .anotherPrenotified, .prenotifierNotKnown:
      self.init(preNotifier: device?.prenotifier?.value, parties)
    case .anotherInstalled, .installationNotHeld:
      self.init(installer: device?.installer?.value, parties)
    case .senderNotKnown:
      // Nobody of the requester can send; the code says whose turn it would be.
      switch (finding.code, asks) {
      case (.e080406, _): self.init(installer: device?.installer?.value, parties)
      case (.e080410, .details), (.e080410, .delete):
        self.init(preNotifier: device?.prenotifier?.value, parties)
      default: self.init(route: .selfServe, because: .senderRoleNeeded)
      }
    default: return nil
    }
  }

  private init(preNotifier user: EUI64?, _ parties: [EUI64: String]) {
    self.init(
      route: .preNotifier, because: user == nil ? .prenotifierNotKnown : .anotherPrenotified,
      party: user.flatMap { parties[$0] }, user: user)
  }

  private init(installer user: EUI64?, _ parties: [EUI64: String]) {
    self.init(
      route: .installingSupplier, because: user == nil ? .devicePending : .anotherInstalled,
      party: user.flatMap { parties[$0] }, user: user)
  }
}

extension RequestFacts {
  /// Whether every published check holds for a user.
  func passes(sentBy user: User) -> Bool {
    Judgement.of(sent(by: user), warnings: []).accepted == true
  }

  /// The published findings on 8.4's own codes, in the order of the rulebook.
  func findings(sentBy user: User?) -> [Finding] {
    Judgement.of(sent(by: user), warnings: []).findings
      .filter { $0.code.isPublished && !$0.code.isGeneral }
  }

  private func sent(by user: User?) -> RequestFacts {
    var facts = self
    facts.user = user
    facts.userKnownAt = nil
    facts.originator = user.flatMap { EUI64($0.id) }
    return facts
  }
}

extension CorrectionField {
  /// The branch of 8.4 that asks for a value; nil where none can.
  ///
  /// Source: DUIS 5.4 schema, the statuses of the two status branches.
  public func branch(asking wanted: EntryValue, of type: DeviceType) -> UpdateBranch? {
    switch wanted {
    case .mpxn: .mpxn
    case .details(let details): details.isEmpty ? nil : .details
    case .listed(false): .delete
    case .status(let status):
      switch type {
      case .chf, .gpf:
        [.commissioned, .withdrawn, .installedNotCommissioned].contains(status) ? .statusCH : nil
      case .esme, .gsme, .hcalcs, .ppmid, .ihd, .cad:
        [.pending, .installedNotCommissioned].contains(status) ? .statusExceptCH : nil
      }
    case .empty, .text, .listed(true): nil
    }
  }
}
