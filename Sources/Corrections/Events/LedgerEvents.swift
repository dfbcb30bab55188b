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

  /// Makes a policy of its parts.
  public init(version: Int, from: Instant, cutOffHour: Int, turns: Turns) {
    self.version = version
    self.from = from
    self.cutOffHour = cutOffHour
    self.turns = turns
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

  /// The policy a new ledger records at its opening.
  public static func initial(from: Instant) -> Policy {
    Policy(
      version: 1, from: from, cutOffHour: 17,
      turns: Turns(requester: 5, counterparty: 5, otherUser: 5, dcc: 2, dsp: 2))
  }
}
