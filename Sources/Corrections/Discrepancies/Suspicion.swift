/// What a rule found: a suspected SMI error, with the facts that it rests on.
public struct Suspicion: Hashable, Sendable {
  /// The rule that found it.
  public let rule: DiscrepancyRule
  /// How sure it is.
  public let confidence: Confidence
  /// The device that it is about first of all.
  public let device: EUI64
  /// Other devices that it is about, at most ``mostOthers``.
  public let others: [EUI64]
  /// The place that it is about; nil where it is about the entry.
  public let field: CorrectionField?
  /// The meter points that it is about, at most ``mostMPxNs``.
  public let mpxns: [Token]
  /// The parties that it concerns, sorted, at most ``mostParties``.
  public let parties: [String]
  /// What it rests on.
  public let facts: [Fact]
  /// What the field should hold, where a source says so.
  public let wanted: EntryValue?
  /// How it could be put right, as far as the rule can tell.
  public let route: Route?

  /// As many as one event can put on timelines beside the rest.
  public static let mostOthers = 6
  /// As many as one event can put on timelines beside the rest.
  public static let mostMPxNs = 3
  /// As many as one event can put on timelines beside the rest.
  public static let mostParties = 4

  /// Makes a suspicion; what is beyond the most of a list is left out.
  public init(
    _ rule: DiscrepancyRule, _ confidence: Confidence, of device: EUI64, others: [EUI64] = [],
    field: CorrectionField? = nil, mpxns: [Token] = [], parties: [String] = [], facts: [Fact],
    wanted: EntryValue? = nil, route: Route? = nil
  ) {
    self.rule = rule
    self.confidence = confidence
    self.device = device
    self.others = Array(others.prefix(Suspicion.mostOthers))
    self.field = field
    var seen: Set<Token> = []
    self.mpxns = Array(mpxns.filter { seen.insert($0).inserted }.prefix(Suspicion.mostMPxNs))
    self.parties = Array(Set(parties).sorted().prefix(Suspicion.mostParties))
    self.facts = facts
    self.wanted = wanted
    self.route = route
  }

  /// What makes it the same one when it is found again.
  public struct Identity: Hashable, Sendable {
    /// The rule that found it.
    public let rule: DiscrepancyRule
    /// The device that it is about first of all.
    public let device: EUI64
    /// The place that it is about.
    public let field: CorrectionField?

    /// Makes an identity of its parts.
    public init(rule: DiscrepancyRule, device: EUI64, field: CorrectionField?) {
      self.rule = rule
      self.device = device
      self.field = field
    }
  }

  /// What makes it the same one when it is found again.
  public var identity: Identity { Identity(rule: rule, device: device, field: field) }

  /// Whether it says the same, wherever each fact was learned.
  public func saysTheSame(as other: Suspicion) -> Bool {
    identity == other.identity && confidence == other.confidence && others == other.others
      && mpxns == other.mpxns && parties == other.parties && wanted == other.wanted
      && route == other.route && facts.map(\.said) == other.facts.map(\.said)
  }
}

extension Fact {
  /// The fact without where it was learned.
  fileprivate var said: Fact { Fact(name, value) }
}
