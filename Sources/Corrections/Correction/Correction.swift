/// One wrong SMI field of one device, tracked from report to confirmed fix: a fold of its events.
public struct Correction: Hashable, Sendable {
  /// Its number, such as `COR-000118`.
  public let id: CorrectionID
  /// The one device whose entry is wrong.
  public let deviceID: EUI64
  /// The type that the device had when it was opened.
  public let deviceType: DeviceType
  /// The one place of the entry that is wrong.
  public let field: MPxNField
  /// What the SMI held when it was opened; nil for an empty place.
  public let current: FieldValue?
  /// What the SMI should hold.
  public let requested: Token
  /// The party that asked first.
  public let requester: String
  /// The code that the refused request came back with, where it took one up.
  public let firstCode: String?
  /// When the fault was reported, by effective time.
  public let openedAt: Instant
  /// The position of the event that opened it.
  public let openedAtPosition: Int
  /// Where it stands now.
  public internal(set) var state: State
  /// The newest advice; nil until the facts allow one.
  public internal(set) var advice: RouteAdvice?
  /// Every agreement that was asked for or given, in order, lapsed ones too.
  public internal(set) var consents: [ConsentState]
  /// The fix by hand, from its proposal on; nil once it is declined or overtaken.
  public internal(set) var proposal: Proposal?
  /// The staff code of who keeps it at the DCC; nil until somebody is assigned.
  public internal(set) var owner: String?
  /// Changes of owner; the first assignment is none.
  public internal(set) var handovers: Int
  /// Every party that reported the fault, the requester first.
  public internal(set) var reporters: [String]
  /// The requests that were reported with it, in order, each once.
  public internal(set) var requests: [RequestID]
  /// Parties that want another value for the same field.
  public internal(set) var disputes: [Dispute]
  /// How many further reports were taken in.
  public internal(set) var joined: Int
  /// How often it was reopened.
  public internal(set) var reopened: Int
  /// When it was last resolved; nil while it is open.
  public internal(set) var resolvedAt: Instant?
  /// What made the fault go; nil while it is open.
  public internal(set) var how: CorrectionResolved.How?
  /// When a reporter confirmed it; nil while none has.
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
    /// Nothing is advised, a supplier refused, or the advice is one that the DCC must take on.
    case open
    /// Someone must send a Service Request.
    case awaitingRequest
    /// A registration must change, or come into force.
    case awaitingRegistration
    /// At least one Registered Supplier is asked and has not answered.
    case awaitingConsent
    /// The DSP is to make the change: to be proposed, approved or applied.
    case awaitingFix
    /// The change was made; somebody must look at what the inventory says since.
    case awaitingVerification
    /// The fault is gone; a reporter is asked to confirm.
    case resolved
    /// A reporter says that it is right; it can still be reopened.
    case confirmed
    /// The DCC ended it without a fix.
    case rejected
    /// The requester took it back.
    case withdrawn
  }

  /// One time that the fault was taken to be gone.
  public struct Resolution: Hashable, Sendable {
    /// When it was resolved, by effective time.
    public let at: Instant
    /// The route by which it was reached, where one was advised.
    public let route: Route?
    /// Changes of owner up to then.
    public let handovers: Int
    /// When it was confirmed; nil until then.
    public internal(set) var confirmedAt: Instant?
    /// When the fault turned out to be there still, or again.
    public internal(set) var reopenedAt: Instant?

    /// Makes a resolution, for counting ones that were kept as rows.
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
    /// Whose agreement, and to what.
    public let consent: RouteAdvice.Consent
    /// The position of the event that asked; nil when nobody had to.
    public let asked: Int?
    /// When it was asked for, or given by asking.
    public let askedAt: Instant
    /// Where it stands.
    public internal(set) var answer: Answer
    /// When the answer came; nil while it is awaited.
    public internal(set) var answeredAt: Instant?
    /// The document that holds the reason of a refusal.
    public internal(set) var reason: String?

    /// The party that is asked.
    public var party: String { consent.party }
    /// Whether it is asked about the value held or the one wanted.
    public var side: ConsentSide { consent.side }
    /// The meter point that it agrees to let go or take.
    public var mpxn: Token { consent.mpxn }

    /// What has come of an agreement.
    public enum Answer: String, CaseIterable, Hashable, Sendable {
      /// Asked for; agreed by asking for the change; given; refused; no longer counting.
      case asked, byAsking, given, refused, lapsed

      /// Whether it stands as an agreement.
      public var stands: Bool { self == .given || self == .byAsking }
    }
  }

  /// A fix by hand, as far as it has come.
  public struct Proposal: Hashable, Sendable {
    /// The position of the event that proposed it; approving and applying name it.
    public let position: Int
    /// What the SMI must still hold when it is applied; nil for an empty place.
    public let expected: FieldValue
    /// What the SMI shall hold.
    public let new: Token
    /// The user at the DCC that proposed it, who can't approve it.
    public let proposedBy: String?
    /// The other user at the DCC; nil until approved.
    public internal(set) var approvedBy: String?
    /// The user at the DSP; nil until applied.
    public internal(set) var appliedBy: String?
    /// The position of the event that says it was applied.
    public internal(set) var applied: Int?
    /// When it was applied.
    public internal(set) var appliedAt: Instant?
  }

  /// Another value that a party wants for the same field.
  public struct Dispute: Hashable, Sendable {
    /// The party that disagrees.
    public let party: String
    /// The value that it wants.
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

  /// The turns as of a moment: from the day on which a registration was to change, what nobody had
  /// is the requester's.
  public func turns(at moment: Instant) -> [Turn] {
    guard state == .awaitingRegistration, let until = advice?.until, until <= moment else {
      return turns
    }
    return Correction.split(turns, at: until, to: requester)
  }

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
      case .installingSupplier, .preNotifier:
        // While nobody knows whose it is, the DCC has to find out.
        return advice.party.map { (.otherUser, $0) } ?? (.dcc, nil)
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
