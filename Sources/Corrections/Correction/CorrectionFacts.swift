/// What the ledger holds that bears on one correction, at one moment.
public struct CorrectionFacts: Hashable, Sendable {
  /// What an 8.4 for the wanted value would be judged on; nil where 8.4 has no way to ask for it.
  public var request: RequestFacts?
  /// The moment that is asked about.
  public var at: Instant
  /// The position up to which the facts were taken.
  public var position: Int
  /// The newest registration import at that position; nil when there was none.
  public var registrations: Int?
  /// Who decides in this ledger.
  public var mode: LedgerMode
  /// The device as the SMI shows it; nil when the ledger does not hold it, or it was removed.
  public var device: Device?
  /// What of the entry is wrong.
  public var field: CorrectionField
  /// What it should hold.
  public var wanted: EntryValue
  /// Users that could send the request, those of the requester first, then who pre-notified and who
  /// installed the device.
  public var senders: [User]
  /// User ID → party, for the users that pre-notified and installed the device.
  public var parties: [EUI64: String]
  /// Who is Registered Supplier of the value held, for a wanted blank.
  public var heldRows: [Registration]
  /// Market participant id → party, for the ids that those rows name.
  public var suppliers: [String: String]
  /// Open corrections that make a ring with this one, in order; empty when there is none.
  public var ring: [Correction]
  /// Devices that were looked at for a ring, whether or not there is one.
  public var passed: [EUI64] = []
  /// The correction of the field that ended last, where there is one.
  public var past: Correction?
  /// Whether that one wants in words what is wanted now in the same words.
  public var isSaidAgain = false
  /// When the turn that lasts is due.
  public var turnDueAt: Instant?
  /// The policy in force.
  public var policy: Policy
  /// How days are counted now.
  public var clock: ClockPolicy

  /// Gathers the facts.
  public init(
    request: RequestFacts?, at: Instant, position: Int, registrations: Int?, mode: LedgerMode,
    device: Device?, field: CorrectionField, wanted: EntryValue, senders: [User] = [],
    parties: [EUI64: String] = [:], heldRows: [Registration] = [],
    suppliers: [String: String] = [:], ring: [Correction] = [], past: Correction? = nil,
    turnDueAt: Instant? = nil, policy: Policy, clock: ClockPolicy
  ) {
    self.request = request
    self.at = at
    self.position = position
    self.registrations = registrations
    self.mode = mode
    self.device = device
    self.field = field
    self.wanted = wanted
    self.senders = senders
    self.parties = parties
    self.heldRows = heldRows
    self.suppliers = suppliers
    self.ring = ring
    self.past = past
    self.turnDueAt = turnDueAt
    self.policy = policy
    self.clock = clock
  }

  /// What bears on a change to another meter point; nil for any other change.
  public var mpxn: MPxNFacts? {
    if case .mpxn(let facts)? = request?.asks { facts } else { nil }
  }

  /// What the field held at the moment; nil when nothing is known of it.
  public var heldValue: EntryValue? { device?.value(of: field, at: at) }

  /// Other devices that hold the wanted meter point and are not in a ring with this one.
  public var heldElsewhere: [EUI64] {
    let linked = Set(ring.map(\.deviceID))
    return (mpxn?.otherDevices ?? []).filter { !linked.contains($0) }
  }

  /// The parties that the registrations in force name for the value held or wanted.
  func suppliers(_ side: ConsentSide) -> [String] {
    if let mpxn { return mpxn.suppliers(side) }
    guard side == .held else { return [] }
    return switch RegistrationAnswer(rows: heldRows, at: at) {
    case .registered(let row, _): [suppliers[row.supplier] ?? row.supplier]
    case .disagree(let rows): rows.map { suppliers[$0.supplier] ?? $0.supplier }
    case .notHeld, .nobody: []
    }
  }
}
