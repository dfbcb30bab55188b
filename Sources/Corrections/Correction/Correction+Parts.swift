/// What a correction is made of.
extension Correction {
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
    /// Who answered, and how that was known.
    public internal(set) var answeredBy: Actor?

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
    /// What the SMI must still hold when it is applied.
    public let expected: EntryValue
    /// What the SMI shall hold.
    public let new: EntryValue
    /// The user at the DCC that proposed it, who can't approve it, and how that was known.
    public let proposer: Actor
    /// The other user at the DCC; nil until approved.
    public internal(set) var approver: Actor?
    /// The user at the DSP; nil until applied.
    public internal(set) var applier: Actor?
    /// The position of the event that says it was applied.
    public internal(set) var applied: Int?
    /// When it was applied.
    public internal(set) var appliedAt: Instant?
    /// The document that says why it is right although another device holds the value.
    public let explanation: String?

    /// The user, or the party where none is named.
    public var proposedBy: String { proposer.user ?? proposer.party }
    /// The user, or the party where none is named; nil until approved.
    public var approvedBy: String? { approver.map { $0.user ?? $0.party } }
    /// The user, or the party where none is named; nil until applied.
    public var appliedBy: String? { applier.map { $0.user ?? $0.party } }
  }

  /// Another value that a party wants for the same field.
  public struct Dispute: Hashable, Sendable {
    /// The party that disagrees.
    public let party: String
    /// The value that it wants.
    public let requested: EntryValue
  }

  /// That the inventory said something else of the field.
  public struct HeldChange: Hashable, Sendable {
    /// When that was true, or seen.
    public let at: Instant
    /// The event that says so.
    public let evidence: Int
  }

  /// The old ticket that a correction was taken over from.
  public struct Ticket: Hashable, Sendable {
    /// Its own number.
    public let reference: Token
    /// Whether it stands for more than one fault.
    public let isBundled: Bool
    /// Whether it names a device; without one nothing can be done to it here.
    public let hasDevice: Bool
    /// Whether it says what of the entry is wrong.
    public let hasField: Bool
    /// Whether it says what the entry should hold.
    public let hasRequested: Bool
    /// The meter point that it names.
    public let mpxn: Token?
  }

  /// What a party was asked.
  public struct Question: Hashable, Sendable {
    /// The party whose answer is awaited.
    public let of: String
    /// The party that asked.
    public let by: String
    /// The document that holds the question.
    public let text: String
    /// When it was asked.
    public let askedAt: Instant
    /// The event that asked.
    public let position: Int
  }

  /// The way through SEC Appendix AG.
  public struct Incident: Hashable, Sendable {
    /// Why it was raised.
    public let because: IncidentCause
    /// When it was raised.
    public let raisedAt: Instant
    /// The event that raised it.
    public let position: Int
    /// Nil while it is open.
    public internal(set) var closedAt: Instant?
  }

  /// The number that another system has for it.
  public struct Reference: Hashable, Sendable {
    /// Which system.
    public let system: ReferenceSystem
    /// The document that holds the number.
    public let document: String
    /// When it was added.
    public let at: Instant
  }

  /// A resolution plan that a supplier gave its customer.
  public struct Plan: Hashable, Sendable {
    /// The supplier.
    public let party: String
    /// When it was given.
    public let at: Instant
  }

  /// Whose overdue turn they were reminded of, and when.
  public struct Reminder: Hashable, Sendable {
    /// Whose turn it was.
    public let parties: [String]
    /// When they were reminded.
    public let at: Instant
  }
}
