/// Position 1 of every ledger; mode and origin never change.
public struct LedgerOpened: Hashable, Sendable {
  /// The format of the log's records; 1 is the only one so far.
  public let format: Int
  /// Who decides in this ledger.
  public let mode: LedgerMode
  /// The name that checkpoints of this log carry.
  public let origin: String
  /// The Ed25519 key that signs checkpoints, base64 of 32 bytes.
  public let publicKey: String
  /// A UUID in lower case, made for this ledger.
  public let ledgerID: String

  /// Makes the event of its parts.
  public init(format: Int, mode: LedgerMode, origin: String, publicKey: String, ledgerID: String) {
    self.format = format
    self.mode = mode
    self.origin = origin
    self.publicKey = publicKey
    self.ledgerID = ledgerID
  }
}

/// Who decides: this ledger, or the DCC.
public enum LedgerMode: String, CaseIterable, Hashable, Sendable {
  /// The ledger decides 8.4 and answers it.
  case authority
  /// The DCC decides; findings are predictions.
  case observer
}

/// From a moment on, working days are counted by this calendar.
///
/// A local day is counted by the calendar in force at its start.
public struct CalendarSet: Hashable, Sendable {
  /// The stored name: `englandAndWales` or `scotland`.
  public let calendar: String
  /// The first moment at which it is in force.
  public let from: Instant

  /// Names a calendar and when it comes into force.
  public init(calendar: String, from: Instant) {
    self.calendar = calendar
    self.from = from
  }
}

/// How long a turn lasts and from which hour a day counts; in force from a moment on.
///
/// The durations a new ledger starts with are our choice, not taken from the SEC: no public source
/// gives them.
public struct Policy: Hashable, Sendable {
  /// 1, 2, 3 …: the number that figures name.
  public let version: Int
  /// The first moment at which it is in force.
  public let from: Instant
  /// An opening after this local hour, not at it, counts from the next working day.
  public let cutOffHour: Int
  /// Working days that each holder has for a turn.
  public let turns: Turns
  /// Who makes the change once everybody has agreed; nil is the DSP.
  public let afterConsents: AfterConsents?
  /// Working days after a reminder to another party until its silence leads to an Incident; nil is
  /// never.
  public let escalateAfter: Int?
  /// Working days of silence after which a resolution counts as accepted; nil is never.
  public let confirmWithin: Int?
  /// Working days within which a fault that comes back opens the old correction again; nil is none.
  public let reopenWithin: Int?
  /// Working days within which a supplier gives its customer a plan; nil is not counted.
  public let planWithin: Int?

  /// Makes a policy of its parts; what is left out isn't set.
  public init(
    version: Int, from: Instant, cutOffHour: Int, turns: Turns,
    afterConsents: AfterConsents? = nil, escalateAfter: Int? = nil, confirmWithin: Int? = nil,
    reopenWithin: Int? = nil, planWithin: Int? = nil
  ) {
    self.version = version
    self.from = from
    self.cutOffHour = cutOffHour
    self.turns = turns
    self.afterConsents = afterConsents
    self.escalateAfter = escalateAfter
    self.confirmWithin = confirmWithin
    self.reopenWithin = reopenWithin
    self.planWithin = planWithin
  }

  /// Who makes the change once everybody has agreed.
  public enum AfterConsents: String, CaseIterable, Hashable, Sendable {
    /// The DSP, proposed and approved at the DCC.
    case dsp
    /// An authority ledger by itself: the consents are the four eyes.
    case ledger
  }

  /// Working days per turn.
  public struct Turns: Hashable, Sendable {
    /// To send the request again, to confirm, or to reopen.
    public let requester: Int
    /// To consent or refuse.
    public let counterparty: Int
    /// To send the request that only another user can.
    public let otherUser: Int
    /// To advise, propose, approve or verify.
    public let dcc: Int
    /// To apply an approved fix.
    public let dsp: Int

    /// Gives each holder its working days.
    public init(requester: Int, counterparty: Int, otherUser: Int, dcc: Int, dsp: Int) {
      self.requester = requester
      self.counterparty = counterparty
      self.otherUser = otherUser
      self.dcc = dcc
      self.dsp = dsp
    }
  }

  /// Working days that a holder has for a turn; nil when nobody has to do anything.
  public func days(for holder: Holder) -> Int? {
    switch holder {
    case .requester: turns.requester
    case .counterparty: turns.counterparty
    case .otherUser: turns.otherUser
    case .dcc: turns.dcc
    case .dsp: turns.dsp
    case .nobody, .notKnown: nil
    }
  }

  /// The policy a new ledger records at its opening.
  ///
  /// Only the 5 working days for a plan have a public source (Smart Guaranteed Standards, in force
  /// from 23 February 2026).
  public static func initial(from: Instant) -> Policy {
    Policy(
      version: 1, from: from, cutOffHour: 17,
      turns: Turns(requester: 5, counterparty: 5, otherUser: 5, dcc: 2, dsp: 2),
      afterConsents: .dsp, escalateAfter: 5, confirmWithin: 10, reopenWithin: 20, planWithin: 5)
  }
}

/// Within which time a correction of each category is to be resolved; in force from a moment on.
public struct ServiceTargets: Hashable, Sendable {
  /// The first moment at which they are in force.
  public let from: Instant
  /// Whether somebody has held them against SEC Appendix AG.
  public let isVerified: Bool
  /// One for each category that has one, by its number.
  public let targets: [Target]

  /// Makes the event of its parts.
  public init(from: Instant, isVerified: Bool, targets: [Target]) {
    self.from = from
    self.isVerified = isVerified
    self.targets = targets
  }

  /// The time for one category.
  public struct Target: Hashable, Sendable {
    /// 1 (worst) to 5.
    public let category: Int
    /// Minutes of wall time, or of working days of 24 hours.
    public let minutes: Int
    /// How they are counted.
    public let counting: Counting

    /// Makes a target of its parts.
    public init(category: Int, minutes: Int, counting: Counting) {
      self.category = category
      self.minutes = minutes
      self.counting = counting
    }
  }

  /// How the minutes of a target are counted.
  public enum Counting: String, CaseIterable, Hashable, Sendable {
    /// Wall time.
    case elapsed
    /// The part on working days.
    case working
  }

  /// The categories that there are, 1 the worst.
  public static let categories = 1...5

  /// The targets that a new ledger records at its opening: not verified.
  ///
  /// They are remembered, not taken from a text of SEC Appendix AG; that 5 and 10 days are working
  /// days is inferred.
  public static func initial(from: Instant) -> ServiceTargets {
    ServiceTargets(
      from: from, isVerified: false,
      targets: [
        Target(category: 1, minutes: 4 * 60, counting: .elapsed),
        Target(category: 2, minutes: 24 * 60, counting: .elapsed),
        Target(category: 3, minutes: 72 * 60, counting: .elapsed),
        Target(category: 4, minutes: 5 * 24 * 60, counting: .working),
        Target(category: 5, minutes: 10 * 24 * 60, counting: .working),
      ])
  }
}
