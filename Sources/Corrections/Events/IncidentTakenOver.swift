/// An old ticket was taken over as a correction, with its own dates.
///
/// Said again of the same correction it replaces what was taken over before.
public struct IncidentTakenOver: Hashable, Sendable {
  /// The number that it was given here.
  public let correction: CorrectionID
  /// The ticket's own number.
  public let reference: Token
  /// The device; nil when the ticket names none, and then nothing can be done to it here.
  public let deviceID: EUI64?
  /// The type of the device, where it is held.
  public let deviceType: DeviceType?
  /// What of the entry is wrong; nil when the ticket does not say.
  public let field: CorrectionField?
  /// What the entry should hold; nil when the ticket does not say.
  public let requested: EntryValue?
  /// The meter point that the ticket names.
  public let mpxn: Token?
  /// 1 (worst) to 5.
  public let category: Int?
  /// The code that a request was refused with.
  public let firstCode: String?
  /// The party that raised it.
  public let party: String
  /// When it was resolved; nil while it is open, or when it ended otherwise.
  public let resolvedAt: Instant?
  /// When it was closed.
  public let closedAt: Instant?
  /// How it ended.
  public let outcome: Outcome?
  /// The route by which it was resolved, where that is said.
  public let route: Route?
  /// How often it changed hands, as the ticket says.
  public let handovers: Int
  /// Whether the ticket stands for more than one fault: each is a correction of its own.
  public let isBundled: Bool
  /// The correction that was open for the same device and field: the ticket is one of its fault.
  public let mergedInto: CorrectionID?

  /// Makes the event of its parts; its effective time is when the ticket was raised.
  public init(
    correction: CorrectionID, reference: Token, deviceID: EUI64?, deviceType: DeviceType?,
    field: CorrectionField?, requested: EntryValue?, mpxn: Token?, category: Int?,
    firstCode: String?, party: String, resolvedAt: Instant?, closedAt: Instant?,
    outcome: Outcome?, route: Route?, handovers: Int, isBundled: Bool, mergedInto: CorrectionID?
  ) {
    self.correction = correction
    self.reference = reference
    self.deviceID = deviceID
    self.deviceType = deviceType
    self.field = field
    self.requested = requested
    self.mpxn = mpxn
    self.category = category
    self.firstCode = firstCode
    self.party = party
    self.resolvedAt = resolvedAt
    self.closedAt = closedAt
    self.outcome = outcome
    self.route = route
    self.handovers = handovers
    self.isBundled = isBundled
    self.mergedInto = mergedInto
  }

  /// How a ticket ended.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// The fault is gone.
    case resolved
    /// It ended without a fix.
    case rejected
    /// Whoever raised it took it back.
    case withdrawn
  }

  /// Whether it still waits for its fix, and not in another correction.
  public var isOpen: Bool { hasNotEnded && mergedInto == nil }

  /// Whether the ticket says nothing of an end.
  public var hasNotEnded: Bool { resolvedAt == nil && closedAt == nil && outcome == nil }

  /// When it ended, as far as it says so.
  var endedAt: Instant? { resolvedAt ?? closedAt }

  /// Whether a report of the same device and field would be one of the same fault.
  var isField: Bool { deviceID != nil && field != nil && field != .other }
}

/// A file of old tickets was read to its end.
public struct IncidentsImported: Hashable, Sendable {
  /// Rows in the file.
  public let rows: Int
  /// Rows that said something new.
  public let takenOver: Int
  /// Rows of tickets that stand for more than one fault.
  public let bundled: Int

  /// Makes the event that ends the reading of such a file.
  public init(rows: Int, takenOver: Int, bundled: Int) {
    self.rows = rows
    self.takenOver = takenOver
    self.bundled = bundled
  }
}
