/// One correction, as far as a report's figures need it.
public struct ReportCase: Hashable, Sendable {
  /// Its number.
  public let id: CorrectionID
  /// The type that the device had when it was opened.
  public let deviceType: DeviceType?
  /// The party that asked first.
  public let requester: String
  /// The code first refused with.
  public let firstCode: String?
  /// The route that was advised last.
  public let route: Route?
  /// When it is to be resolved by the targets in force at its opening, and whether those are verified;
  /// nil without a category or a target.
  public let target: Target?
  /// Whether two suppliers had to do with it: another one than the requester was asked to agree.
  public let isTwoSupplier: Bool
  /// Where it comes from.
  public let origin: Origin
  /// Whether it is one of several that one old ticket stood for.
  public let isBundled: Bool
  /// Where it stands now.
  public let state: Correction.State
  /// Whose turn it is now.
  public let holder: Holder
  /// When it was opened, by effective time.
  public let openedAt: Instant
  /// Every time that it was resolved, in order.
  public let resolutions: [Correction.Resolution]
  /// When it ended without a fix.
  public let closedAt: Instant?
  /// Every turn, in order; of what is not resolved in the period and has been its holder's since before
  /// the end, there may be none.
  public let turns: [Turn]
  /// When a registration changes that it waits for: from then on it is the requester's turn.
  public let waitsUntil: Instant?
  /// What happened to it that is counted by itself.
  public let steps: [Step]

  /// Until when a correction of its category is to be resolved.
  public struct Target: Hashable, Sendable {
    /// The moment until which it is met.
    public let dueAt: Instant
    /// Whether it is verified against its source, or remembered.
    public let isVerified: Bool

    /// Makes a target.
    public init(dueAt: Instant, isVerified: Bool) {
      self.dueAt = dueAt
      self.isVerified = isVerified
    }
  }

  /// Where a correction comes from: before and after can be told apart by it.
  public enum Origin: String, CaseIterable, Hashable, Sendable {
    /// It was tracked here from its opening on.
    case ledger
    /// An old ticket was taken over.
    case oldTicket
  }

  /// Something that is counted each time that it happens.
  public struct Step: Hashable, Sendable {
    /// What happened.
    public let what: What
    /// When, by effective time.
    public let at: Instant

    /// Makes a step.
    public init(_ what: What, at: Instant) {
      self.what = what
      self.at = at
    }

    /// What is counted.
    public enum What: String, CaseIterable, Hashable, Sendable {
      /// Another report of the same fault was taken into it.
      case joined
      /// It was opened again.
      case reopened
      /// It ended in another one.
      case merged
      /// An Incident was raised.
      case escalated
    }
  }

  /// Makes a case from a correction, or from the rows of a view.
  public init(
    id: CorrectionID, deviceType: DeviceType?, requester: String, firstCode: String?,
    route: Route?, target: Target? = nil, isTwoSupplier: Bool = false,
    origin: Origin = .ledger, isBundled: Bool = false, state: Correction.State, holder: Holder,
    openedAt: Instant, resolutions: [Correction.Resolution], closedAt: Instant?, turns: [Turn],
    waitsUntil: Instant? = nil, steps: [Step] = []
  ) {
    self.id = id
    self.deviceType = deviceType
    self.requester = requester
    self.firstCode = firstCode
    self.route = route
    self.target = target
    self.isTwoSupplier = isTwoSupplier
    self.origin = origin
    self.isBundled = isBundled
    self.state = state
    self.holder = holder
    self.openedAt = openedAt
    self.resolutions = resolutions
    self.closedAt = closedAt
    self.turns = turns
    self.waitsUntil = waitsUntil
    self.steps = steps
  }

  /// Whether it was waiting for its fix at a moment.
  func isOpen(at moment: Instant) -> Bool {
    openedAt <= moment && !resolutions.contains { $0.stands(at: moment) }
      && closedAt.map { $0 > moment } ?? true
  }

  /// Who had it at a moment.
  func holder(at moment: Instant) -> Holder {
    let turn = turns.last { $0.from <= moment }
    let held = turn?.holder ?? holder
    let isWaitedFor = turn?.to == nil && held == .nobody
    return isWaitedFor && waitsUntil.map { $0 <= moment } ?? false ? .requester : held
  }

  /// The route by which it was resolved last before a moment, else the one advised.
  func route(before moment: Instant) -> Route? {
    resolutions.last { $0.at < moment }?.route ?? route
  }
}

/// Which corrections a report counts; nil leaves any.
public struct ReportFilter: Hashable, Sendable {
  /// The party that asked first.
  public var party: String?
  /// The type of the device when the correction was opened.
  public var deviceType: DeviceType?
  /// The route by which it was resolved last up to the period's end, or that was advised.
  public var route: Route?

  /// Makes a filter that leaves everything.
  public init(party: String? = nil, deviceType: DeviceType? = nil, route: Route? = nil) {
    self.party = party
    self.deviceType = deviceType
    self.route = route
  }

  /// Whether it leaves everything.
  public var isEmpty: Bool { self == ReportFilter() }

  /// Whether a case is counted in a period.
  func takes(_ item: ReportCase, in period: ReportPeriod) -> Bool {
    (party.map { $0 == item.requester } ?? true)
      && (deviceType.map { $0 == item.deviceType } ?? true)
      && (route.map { $0 == item.route(before: period.end) } ?? true)
  }
}
