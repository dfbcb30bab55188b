/// How a correction can be made.
public enum Route: String, CaseIterable, Hashable, Sendable {
  /// Send this 8.4.
  case selfServe
  /// A Pending device: the supplier whose installation of it succeeded completes it first.
  case installingSupplier
  /// Only the user that pre-notified the device.
  case preNotifier
  /// Both Registered Suppliers must agree.
  case twoSupplier
  /// The SMI is right or will be; the registration is wrong, missing or late.
  case registration
  /// The DSP edits, on evidence.
  case manual
  /// What 8.4 can't express (SEC Appendix AG).
  case incident
}

/// The advised route, who acts on it and until when.
public struct RouteAdvice: Hashable, Sendable {
  /// The shortest route that the facts leave open.
  public let route: Route
  /// Why it is this one.
  public let because: Because
  /// The party that acts, where it is not the requester.
  public let party: String?
  /// The User ID whose request passes, or would, where the route hangs on one.
  public let user: EUI64?
  /// When the registration changes, for ``Route/registration``.
  public let until: Instant?
  /// The Registered Suppliers whose agreement the change needs.
  public let consents: [Consent]
  /// Other devices that hold the wanted value: to be settled or explained first.
  public let otherDevices: [EUI64]

  /// Puts an advice together from its parts; to work one out see ``init(forRequester:given:)``.
  public init(
    route: Route, because: Because, party: String? = nil, user: EUI64? = nil,
    until: Instant? = nil, consents: [Consent] = [], otherDevices: [EUI64] = []
  ) {
    self.route = route
    self.because = because
    self.party = party
    self.user = user
    self.until = until
    self.consents = consents
    self.otherDevices = otherDevices
  }

  /// One agreement that is needed: whose, and on which value of the change.
  public struct Consent: Hashable, Sendable {
    /// Whether it lets the value held go, or takes the wanted one.
    public let side: ConsentSide
    /// The party that is to agree.
    public let party: String
    /// The market participant id by which registration data names the party.
    public let supplier: String
    /// The meter point that it is Registered Supplier of.
    public let mpxn: Token
    /// The registration import that names the supplier.
    public let registrations: Int

    /// Makes a needed agreement from the registration that it rests on.
    public init(
      side: ConsentSide, party: String, supplier: String, mpxn: Token, registrations: Int
    ) {
      self.side = side
      self.party = party
      self.supplier = supplier
      self.mpxn = mpxn
      self.registrations = registrations
    }
  }

  /// Why this route, as a code.
  public enum Because: String, CaseIterable, Hashable, Sendable {
    /// Every check holds for the requester.
    case requestPasses
    /// Every check would hold for another party.
    case anotherPartyPasses
    /// Held and wanted value have different Registered Suppliers, so no 8.4 can pass [inferred].
    case suppliersDiffer
    /// The registrations held bring both values to the requester.
    case registrationChanges
    /// Rows are held for the wanted value, and none is in force.
    case wantedHasNoSupplier
    /// No row is held for the wanted value, or only rows that disagree.
    case wantedRegistrationNotHeld
    /// Registrations of the wanted value name more than one supplier from one day.
    case wantedRegistrationsDisagree
    /// No row is held for the value on the device, or only rows that disagree.
    case heldRegistrationNotHeld
    /// Registrations of the value held name more than one supplier from one day.
    case heldRegistrationsDisagree
    /// Nobody held acts for a market participant id that is registered, so nobody can be asked.
    case supplierPartyNotKnown
    /// The device is Pending, so its installation comes first (DP213 says so at E080406).
    case devicePending
    /// E080414 refuses the status, so only an Incident is left [inferred].
    case statusForbids
    /// E080413 fails: the type is wrong or the place is.
    case deviceTypeDoesNotFit
    /// SR 8.4 has no way to ask for it.
    case notExpressible
    /// The SMI does not hold the device any more.
    case deviceNotInSMI
    /// The ledger holds nothing of the device, so no way can be worked out.
    case deviceNotHeld
    /// E080407 fails: only the entry of a Pending device can be changed or removed so.
    case deviceNotPending
    /// E080409 fails: the resulting product is not on the list in force.
    case productNotListed
    /// Only the User ID that added the device passes E080410.
    case anotherPrenotified
    /// Who added the device is not held.
    case prenotifierNotKnown
    /// Only the supplier whose installation of the device succeeded passes E080406 [inferred].
    case anotherInstalled
    /// E080410 fails: it takes a user in the role IS or GS.
    case senderRoleNeeded
  }

  /// Works out the shortest open route for a wanted MPxN, or nil when the facts do not say enough.
  ///
  /// Inferred from DP213's checks: neither of two different Registered Suppliers can pass both
  /// E080410 and E080415, so their case needs both to agree.
  public init?(forRequester requester: String?, given facts: MPxNFacts) {
    guard let status = facts.status?.value, let place = facts.place else { return nil }
    // What is held already needs no way there.
    guard place.value != facts.wanted else { return nil }
    let fits = Rule.e080413.finding(given: facts).answer
    guard fits != .unknown else { return nil }
    if fits == .fails {
      self.init(route: .incident, because: .deviceTypeDoesNotFit)
      return
    }
    switch status {
    case .whitelisted, .installedNotCommissioned, .commissioned: break
    case .pending:
      self.init(route: .installingSupplier, because: .devicePending)
      return
    case .decommissioned, .withdrawn, .suspended, .recovery, .recovered:
      self.init(route: .incident, because: .statusForbids)
      return
    }
    switch facts.wantedRegistration {
    case .registered(let wanted, _):
      self.init(wanted: wanted, requester: requester, given: facts)
    case .nobody(let next, _):
      // Somebody else's turn to be registered is no date that helps this requester.
      let isTheirs = next.map { facts.parties[$0.supplier] == requester } ?? false
      self.init(
        route: .registration, because: .wantedHasNoSupplier,
        until: isTheirs ? next?.from : nil, otherDevices: facts.otherDevices)
    case .notHeld:
      self.init(
        route: .registration, because: .wantedRegistrationNotHeld,
        otherDevices: facts.otherDevices)
    case .disagree:
      self.init(
        route: .registration, because: .wantedRegistrationsDisagree,
        otherDevices: facts.otherDevices)
    }
  }

  /// The route where the wanted value has one Registered Supplier.
  private init(wanted: Registration, requester: String?, given facts: MPxNFacts) {
    switch facts.heldRegistration {
    case _ where facts.held == nil, .nobody:
      self.init(bySupplierOf: wanted, requester: requester, given: facts)
    case .notHeld:
      self.init(by: [], and: wanted, because: .heldRegistrationNotHeld, given: facts)
    case .disagree(let rows):
      self.init(by: rows, and: wanted, because: .heldRegistrationsDisagree, given: facts)
    case .registered(let held, _):
      if facts.party(of: held) == facts.party(of: wanted) {
        self.init(bySupplierOf: wanted, requester: requester, given: facts)
      } else if let requester, let moment = facts.bothComeTo(requester) {
        self.init(
          route: .registration, because: .registrationChanges, until: moment,
          otherDevices: facts.otherDevices)
      } else if let value = facts.held?.value,
        let letsGo = facts.consent(of: held, on: .held, to: value),
        let takes = facts.consent(of: wanted, on: .wanted, to: facts.wanted)
      {
        self.init(
          route: .twoSupplier, because: .suppliersDiffer, consents: [letsGo, takes],
          otherDevices: facts.otherDevices)
      } else {
        self.init(nobodyToAsk: facts)
      }
    }
  }

  /// A fix by hand: whoever the registrations name for the value held lets it go, and the Registered
  /// Supplier of the wanted one takes it.
  private init(
    by held: [Registration], and wanted: Registration, because: Because, given facts: MPxNFacts
  ) {
    var consents = held.compactMap { row in
      facts.held.flatMap { facts.consent(of: row, on: .held, to: $0.value) }
    }
    if let takes = facts.consent(of: wanted, on: .wanted, to: facts.wanted) {
      consents.append(takes)
    }
    guard consents.count == held.count + 1 else {
      self.init(nobodyToAsk: facts)
      return
    }
    self.init(
      route: .manual, because: because, consents: consents, otherDevices: facts.otherDevices)
  }

  /// Who must agree can't be asked.
  private init(nobodyToAsk facts: MPxNFacts) {
    self.init(
      route: .twoSupplier, because: .supplierPartyNotKnown, otherDevices: facts.otherDevices)
  }

  private init(bySupplierOf wanted: Registration, requester: String?, given facts: MPxNFacts) {
    guard let party = facts.parties[wanted.supplier] else {
      self.init(
        route: .selfServe, because: .supplierPartyNotKnown, otherDevices: facts.otherDevices)
      return
    }
    self =
      party == requester
      ? RouteAdvice(
        route: .selfServe, because: .requestPasses, otherDevices: facts.otherDevices)
      : RouteAdvice(
        route: .selfServe, because: .anotherPartyPasses, party: party,
        otherDevices: facts.otherDevices)
  }
}

extension MPxNFacts {
  /// The agreement of whoever is registered; nil when no party held acts for that participant.
  func consent(
    of registration: Registration, on side: ConsentSide, to mpxn: Token
  ) -> RouteAdvice.Consent? {
    parties[registration.supplier].map { party in
      RouteAdvice.Consent(
        side: side, party: party, supplier: registration.supplier, mpxn: mpxn,
        registrations: registration.imported)
    }
  }

  /// The first moment ahead at which the rows held register one party for both values.
  func bothComeTo(_ party: String) -> Instant? {
    let moments = (heldRows + wantedRows).map(\.from).filter { $0 > at }.sorted()
    return moments.first { moment in
      [heldRows, wantedRows].allSatisfy { rows in
        guard let row = RegistrationAnswer(rows: rows, at: moment).registration else {
          return false
        }
        return self.party(of: row) == party
      }
    }
  }
}
