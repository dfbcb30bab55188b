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
  public let route: Route
  public let because: Because
  /// The party that acts, where it is not the requester.
  public let party: String?
  /// When the registration changes, for ``Route/registration``.
  public let until: Instant?
  /// The Registered Suppliers whose agreement the change needs.
  public let consents: [Consent]

  public init(
    route: Route, because: Because, party: String? = nil, until: Instant? = nil,
    consents: [Consent] = []
  ) {
    self.route = route
    self.because = because
    self.party = party
    self.until = until
    self.consents = consents
  }

  /// One agreement that is needed.
  public struct Consent: Hashable, Sendable {
    public let side: ConsentSide
    public let party: String
    public let mpxn: Token
    /// The registration import that names the party.
    public let registrations: Int

    public init(side: ConsentSide, party: String, mpxn: Token, registrations: Int) {
      self.side = side
      self.party = party
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
    case suppliersDiffer
    /// The registrations held bring both values to the requester.
    case registrationChanges
    case wantedHasNoSupplier
    case wantedRegistrationNotHeld
    case heldRegistrationNotHeld
    case devicePending
    case statusForbids
    case deviceTypeDoesNotFit
  }

  /// Works out the shortest open route for a wanted MPxN, or nil when the facts do not say enough.
  ///
  /// Inferred from DP213's checks: neither of two different Registered Suppliers can pass both
  /// E080410 and E080415, so their case needs both to agree.
  public init?(forRequester requester: String?, given facts: MPxNFacts) {
    guard let device = facts.device, let status = device.currentStatus else { return nil }
    let fits = Rule.e080413.finding(given: facts).answer
    guard fits != .unknown else { return nil }
    if fits == .fails {
      self.init(route: .incident, because: .deviceTypeDoesNotFit)
      return
    }
    switch status.value {
    case .whitelisted, .installedNotCommissioned, .commissioned: break
    case .pending:
      self.init(route: .installingSupplier, because: .devicePending)
      return
    case .decommissioned, .withdrawn, .suspended, .recovery, .recovered:
      self.init(route: .incident, because: .statusForbids)
      return
    }
    guard let wanted = facts.wantedRegistration.registration else {
      let later = facts.wantedRegistration.next?.from
      let because: Because =
        switch facts.wantedRegistration {
        case .nobody: .wantedHasNoSupplier
        case .notHeld, .disagree, .registered: .wantedRegistrationNotHeld
        }
      self.init(route: .registration, because: because, until: later)
      return
    }
    let wantedParty = facts.party(of: wanted)
    let wantedConsent = Consent(
      side: .wanted, party: wantedParty, mpxn: facts.wanted, registrations: wanted.imported)
    guard let held = facts.held else {
      self = .selfServe(by: wantedParty, requester: requester)
      return
    }
    switch facts.heldRegistration {
    case .nobody:
      self = .selfServe(by: wantedParty, requester: requester)
    case .notHeld, .disagree:
      self.init(route: .manual, because: .heldRegistrationNotHeld, consents: [wantedConsent])
    case .registered(let registration, _):
      let heldParty = facts.party(of: registration)
      if heldParty == wantedParty {
        self = .selfServe(by: wantedParty, requester: requester)
      } else if let requester, let moment = facts.bothComeTo(requester) {
        self.init(route: .registration, because: .registrationChanges, until: moment)
      } else {
        let heldConsent = Consent(
          side: .held, party: heldParty, mpxn: held.value, registrations: registration.imported)
        self.init(
          route: .twoSupplier, because: .suppliersDiffer, consents: [heldConsent, wantedConsent])
      }
    }
  }

  private static func selfServe(by party: String, requester: String?) -> RouteAdvice {
    party == requester
      ? RouteAdvice(route: .selfServe, because: .requestPasses)
      : RouteAdvice(route: .selfServe, because: .anotherPartyPasses, party: party)
  }
}

extension MPxNFacts {
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
