/// A suspected SMI error as the events show it: found, gone, or said to be none.
public struct Discrepancy: Hashable, Sendable {
  /// Its number.
  public let id: DiscrepancyID
  /// What was found, as last said.
  public internal(set) var suspicion: Suspicion
  /// Whether it still stands.
  public internal(set) var state: State
  /// When it was first found.
  public let firstSeen: Instant
  /// When something was last recorded of it by a run.
  public internal(set) var lastRecorded: Instant
  /// How often it came back after it had gone.
  public internal(set) var returns: Int
  /// The event that last found it.
  public internal(set) var foundAt: Int
  /// Who dismissed it, when and why, where it is dismissed.
  public internal(set) var dismissal: Dismissal?
  /// The last event about it.
  public internal(set) var position: Int

  /// Whether a discrepancy still stands.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Found, and nobody has said that it is none.
    case open
    /// Found, and somebody said that it is none.
    case dismissed
    /// No longer found.
    case cleared
  }

  /// Who said that it is none.
  public struct Dismissal: Hashable, Sendable {
    /// Who.
    public let actor: Actor
    /// When.
    public let at: Instant
    /// The document that holds the reason.
    public let reason: String
  }

  /// Folds a discrepancy's timeline; nil when no event finds it.
  public static func fold(_ id: DiscrepancyID, _ events: some Sequence<Recorded>) -> Discrepancy? {
    var discrepancy: Discrepancy?
    for event in events { evolve(&discrepancy, id: id, with: event) }
    return discrepancy
  }

  /// Applies one recorded event; those of something else change nothing.
  public static func evolve(
    _ discrepancy: inout Discrepancy?, id: DiscrepancyID, with recorded: Recorded
  ) {
    guard case .discovery(let event) = recorded.event, event.discrepancy == id else { return }
    switch event {
    case .found(let found):
      guard var held = discrepancy else {
        discrepancy = Discrepancy(id: id, found, recorded)
        return
      }
      if held.state == .cleared { held.returns += 1 }
      held.suspicion = found.suspicion
      held.state = .open
      held.dismissal = nil
      held.foundAt = recorded.position
      held.lastRecorded = recorded.effectiveAt
      discrepancy = held
    case .cleared:
      discrepancy?.state = .cleared
      discrepancy?.dismissal = nil
      discrepancy?.lastRecorded = recorded.effectiveAt
    case .dismissed(let dismissed):
      discrepancy?.state = .dismissed
      discrepancy?.dismissal = Dismissal(
        actor: recorded.actor, at: recorded.effectiveAt, reason: dismissed.reason)
    }
    discrepancy?.position = recorded.position
  }

  private init(id: DiscrepancyID, _ found: DiscrepancyFound, _ recorded: Recorded) {
    self.id = id
    suspicion = found.suspicion
    state = .open
    firstSeen = recorded.effectiveAt
    lastRecorded = recorded.effectiveAt
    returns = 0
    foundAt = recorded.position
    position = recorded.position
  }

  /// What an event that ends or dismisses it says.
  public var ending: DiscrepancyEnded {
    DiscrepancyEnded(
      discrepancy: id, rule: suspicion.rule, device: suspicion.device, others: suspicion.others,
      parties: suspicion.parties)
  }
}
