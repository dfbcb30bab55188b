/// One wrong SMI field of one device, tracked from report to confirmed fix: a fold of its events.
public struct Correction: Hashable, Sendable {
  public let id: CorrectionID
  public let deviceID: EUI64
  public let deviceType: DeviceType
  public let field: MPxNField
  /// What the SMI held when it was opened; nil for an empty place.
  public let current: Token?
  public let requested: Token
  /// The party that asked first.
  public let requester: String
  public let firstCode: String?
  public let openedAt: Instant
  public let openedAtPosition: Int
  public internal(set) var state: State
  public internal(set) var advice: RouteAdvice?
  public internal(set) var consents: [ConsentState]
  public internal(set) var proposal: Proposal?
  public internal(set) var owner: String?
  /// Changes of owner; the first assignment is none.
  public internal(set) var handovers: Int
  /// Every party that reported the fault, the requester first.
  public internal(set) var reporters: [String]
  public internal(set) var requests: [RequestID]
  /// Parties that want another value for the same field.
  public internal(set) var disputes: [Dispute]
  public internal(set) var joined: Int
  public internal(set) var reopened: Int
  public internal(set) var resolvedAt: Instant?
  public internal(set) var how: CorrectionResolved.How?
  public internal(set) var confirmedAt: Instant?
  /// Every time that it was resolved, in order; what came later of each stands with it.
  public internal(set) var resolutions: [Resolution]
  /// When it ended without a fix.
  public internal(set) var closedAt: Instant?
  /// Every turn from opening to end, without gaps; the last is open while the correction is.
  public internal(set) var turns: [Turn]
  /// When the last step was true.
  public internal(set) var lastStepAt: Instant
  /// The last event of the thread.
  public internal(set) var position: Int

  /// Where the thread stands.
  public enum State: String, CaseIterable, Hashable, Sendable {
    case open
    /// Someone must send a Service Request.
    case awaitingRequest
    case awaitingRegistration
    case awaitingConsent
    case awaitingFix
    case awaitingVerification
    case resolved
    case confirmed
    case rejected
    case withdrawn
  }

  /// One time that the fault was taken to be gone.
  public struct Resolution: Hashable, Sendable {
    public let at: Instant
    /// The route by which it was reached, where one was advised.
    public let route: Route?
    /// Changes of owner up to then.
    public let handovers: Int
    public internal(set) var confirmedAt: Instant?
    /// When the fault turned out to be there still, or again.
    public internal(set) var reopenedAt: Instant?

    public init(
      at: Instant, route: Route?, handovers: Int, confirmedAt: Instant?, reopenedAt: Instant?
    ) {
      self.at = at
      self.route = route
      self.handovers = handovers
      self.confirmedAt = confirmedAt
      self.reopenedAt = reopenedAt
    }

    /// Whether it was in force at a moment.
    func stands(at moment: Instant) -> Bool {
      at <= moment && reopenedAt.map { moment < $0 } ?? true
    }
  }

  /// One agreement: asked for, given, refused.
  public struct ConsentState: Hashable, Sendable {
    public let consent: RouteAdvice.Consent
    /// The position of the event that asked; nil when nobody had to.
    public let asked: Int?
    public let askedAt: Instant
    public internal(set) var answer: Answer
    public internal(set) var answeredAt: Instant?
    /// The document that holds the reason of a refusal.
    public internal(set) var reason: String?

    public var party: String { consent.party }
    public var side: ConsentSide { consent.side }
    public var mpxn: Token { consent.mpxn }

    public enum Answer: String, CaseIterable, Hashable, Sendable {
      case asked, byAsking, given, refused, lapsed

      /// Whether it stands as an agreement.
      public var stands: Bool { self == .given || self == .byAsking }
    }
  }

  /// A fix by hand, as far as it has come.
  public struct Proposal: Hashable, Sendable {
    public let position: Int
    public let expected: Token?
    public let new: Token
    public let proposedBy: String?
    public internal(set) var approvedBy: String?
    public internal(set) var appliedBy: String?
    /// The position of the event that says it was applied.
    public internal(set) var applied: Int?
  }

  /// Another value that a party wants for the same field.
  public struct Dispute: Hashable, Sendable {
    public let party: String
    public let requested: Token
  }

  /// Whether it still waits for its fix.
  public var isOpen: Bool {
    switch state {
    case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix,
      .awaitingVerification:
      true
    case .resolved, .confirmed, .rejected, .withdrawn: false
    }
  }

  /// Parties that are asked to agree and have not answered.
  public var pendingConsents: [ConsentState] { consents.filter { $0.answer == .asked } }

  /// Every party that has or had to do with it: who reported it, who was asked, whose turn it was.
  public var parties: Set<String> {
    Set(reporters).union(consents.map(\.party)).union(turns.compactMap(\.party))
  }

  /// Every party whose turn it is: all that are asked to agree, or the one that holds it.
  public var holderParties: [String] {
    guard state == .awaitingConsent else { return holder.party.map { [$0] } ?? [] }
    return pendingConsents.map(\.party).reduce(into: []) { parties, party in
      if !parties.contains(party) { parties.append(party) }
    }
  }

  /// Whose turn it is, and the party where that says more; of several parties the one asked first.
  public var holder: (holder: Holder, party: String?) {
    switch state {
    case .open: return (.dcc, nil)
    case .awaitingRequest:
      guard let advice else { return (.requester, requester) }
      switch advice.route {
      case .installingSupplier, .preNotifier: return (.otherUser, advice.party)
      case .selfServe, .twoSupplier, .registration, .manual, .incident:
        guard let party = advice.party else { return (.requester, requester) }
        return (.otherUser, party)
      }
    case .awaitingRegistration:
      return advice?.until == nil ? (.requester, requester) : (.nobody, nil)
    case .awaitingConsent: return (.counterparty, pendingConsents.first?.party)
    case .awaitingFix:
      guard let proposal, proposal.approvedBy != nil else { return (.dcc, nil) }
      return (.dsp, nil)
    case .awaitingVerification: return (.dcc, nil)
    case .resolved: return (.requester, requester)
    case .confirmed, .rejected, .withdrawn: return (.nobody, nil)
    }
  }
}
