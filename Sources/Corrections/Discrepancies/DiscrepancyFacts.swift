/// What the ledger holds that bears on one device, for the rules that look for errors.
public struct DiscrepancyFacts: Sendable {
  /// The moment that is asked about.
  public var at: Instant
  /// The device as the SMI shows it.
  public var device: Device
  /// The newest registration import; nil when there was none, so that nothing can be said of them.
  public var registrations: Int?
  /// The meter points in its places.
  public var places: [HeldMPxN]
  /// Meter points that second sources say, with what is registered for them.
  public var said: [SaidMPxN]
  /// The places that lead from one device to the next and back, this one first; empty for no ring.
  public var ring: [CrossedPlace]
  /// Where it stands on the products list; nil where that was not asked.
  public var product: ProductAnswer?
  /// The hubs that it is joined with.
  public var hubs: [Hub]
  /// All live devices at its place, itself among them, where they are more than an answer holds.
  public var crowd: [EUI64]
  /// Who acts on it, as far as messages tell.
  public var acting: Acting?
  /// Market participant id → party, for every id that the rows name and a user acts for.
  public var parties: [String: String]
  /// The party of the user that pre-notified it, where that is known.
  public var prenotifierParty: String?

  /// Gathers the facts; what is left out is not there.
  public init(at: Instant, device: Device, registrations: Int?) {
    self.at = at
    self.device = device
    self.registrations = registrations
    places = []
    said = []
    ring = []
    hubs = []
    crowd = []
    parties = [:]
  }

  /// A meter point in one place.
  public struct HeldMPxN: Sendable {
    /// The place.
    public let field: MPxNField
    /// What stands for it, and since when it is there.
    public let held: Known<Token>
    /// The value; nil when it was erased.
    public let value: MPxN?
    /// What is registered for it.
    public let rows: [Registration]
    /// Other live devices that hold it, sorted; where one has a lower id, that one alone.
    public let others: [EUI64]
    /// The parties that those devices concern.
    public let othersParties: [String]

    /// Makes it of its parts.
    public init(
      field: MPxNField, held: Known<Token>, value: MPxN?, rows: [Registration], others: [EUI64],
      othersParties: [String]
    ) {
      self.field = field
      self.held = held
      self.value = value
      self.rows = rows
      self.others = others
      self.othersParties = othersParties
    }
  }

  /// A meter point that a second source says of a place.
  public struct SaidMPxN: Sendable {
    /// The place.
    public let field: MPxNField
    /// Which source.
    public let source: Source
    /// What it says, and where that was learned.
    public let value: Known<FieldValue>
    /// What is registered for it.
    public let rows: [Registration]

    /// Who says it.
    public enum Source: Sendable {
      /// The device itself.
      case device
      /// Meter technical details.
      case technicalDetails
    }

    /// Makes it of its parts.
    public init(
      field: MPxNField, source: Source, value: Known<FieldValue>, rows: [Registration]
    ) {
      self.field = field
      self.source = source
      self.value = value
      self.rows = rows
    }
  }

  /// A place of a ring: what it holds, and what a second source says that it should hold.
  public struct CrossedPlace: Hashable, Sendable {
    /// The device.
    public let device: EUI64
    /// The place.
    public let field: MPxNField
    /// What the SMI says.
    public let holds: Token
    /// What the second source says.
    public let wants: Token
    /// The parties that the place concerns.
    public let parties: [String]

    /// Makes it of its parts.
    public init(
      device: EUI64, field: MPxNField, holds: Token, wants: Token, parties: [String]
    ) {
      self.device = device
      self.field = field
      self.holds = holds
      self.wants = wants
      self.parties = parties
    }
  }

  /// A hub that the device is joined with.
  public struct Hub: Hashable, Sendable {
    /// The hub.
    public let id: EUI64
    /// Its status; nil where none is known.
    public let status: Known<DeviceStatus>?
    /// Whether it serves nobody any more.
    public let isGone: Bool

    /// Makes it of its parts.
    public init(id: EUI64, status: Known<DeviceStatus>?, isGone: Bool) {
      self.id = id
      self.status = status
      self.isGone = isGone
    }
  }

  /// Who acts on a device.
  public struct Acting: Hashable, Sendable {
    /// The party.
    public let party: String
    /// Since when, and where that was learned.
    public let since: Known<EUI64>

    /// Makes it of its parts.
    public init(party: String, since: Known<EUI64>) {
      self.party = party
      self.since = since
    }
  }
}

extension Device {
  /// Whether the SMI holds the device, and as one that is in use or about to be.
  public func isLive(at moment: Instant) -> Bool {
    guard isInSMI(at: moment) else { return false }
    switch currentStatus?.value {
    case .decommissioned, .withdrawn: return false
    default: return true
    }
  }
}
