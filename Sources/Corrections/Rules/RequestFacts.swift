/// What the ledger holds that bears on one Service Request, at one moment.
public struct RequestFacts: Hashable, Sendable {
  /// The moment that is asked about: the effective time of the request.
  public var at: Instant
  /// The position up to which the facts were taken.
  public var position: Int
  /// The newest registration import at that position; nil when there was none.
  public var registrations: Int?
  /// Who decides in this ledger.
  public var mode: LedgerMode
  /// Such as `8.4`.
  public var serviceReference: String
  /// 1–9.
  public var commandVariant: Int
  /// The User ID that the request is judged for.
  public var originator: EUI64?
  /// The user of that id; nil when none is registered.
  public var user: User?
  /// The position of the event that says who the user is.
  public var userKnownAt: Int?
  /// The device as the SMI shows it; nil when the ledger does not hold it, or it was removed.
  public var device: Device?
  /// What is asked for, with what only that rests on.
  public var asks: Asks
  /// User ID → party, for the users that pre-notified and installed the device.
  public var parties: [EUI64: String]

  /// Gathers the facts of a request.
  public init(
    at: Instant, position: Int, registrations: Int?, mode: LedgerMode, serviceReference: String,
    commandVariant: Int, originator: EUI64?, user: User?, userKnownAt: Int?, device: Device?,
    asks: Asks, parties: [EUI64: String] = [:]
  ) {
    self.at = at
    self.position = position
    self.registrations = registrations
    self.mode = mode
    self.serviceReference = serviceReference
    self.commandVariant = commandVariant
    self.originator = originator
    self.user = user
    self.userKnownAt = userKnownAt
    self.device = device
    self.asks = asks
    self.parties = parties
  }

  /// An update of a meter point, sent as it must be.
  public init(_ facts: MPxNFacts, commandVariant: Int = 8) {
    self.init(
      at: facts.at, position: facts.position, registrations: facts.registrations,
      mode: facts.mode, serviceReference: "8.4", commandVariant: commandVariant,
      originator: facts.originator, user: facts.user, userKnownAt: facts.userKnownAt,
      device: facts.device, asks: .mpxn(facts))
  }

  /// What a request asks for.
  public enum Asks: Hashable, Sendable {
    /// SR 8.4, one of the two status branches.
    case status(UpdateBranch, DeviceStatus)
    /// SR 8.4, branch `details`: those given, and where the resulting device stands on the list.
    case details(DeviceDetails, ProductAnswer)
    /// SR 8.4, branch `delete`.
    case delete
    /// SR 8.4, branch `mpxn`.
    case mpxn(MPxNFacts)
    /// SR 8.2: what the inventory held says to it.
    case query(QueryAnswer)
    /// SR 12.2: the type of the device that is told of.
    case prenotification(DeviceType)

    /// Whether it is an SR 8.2, whose answer carries something.
    public var isQuery: Bool {
      if case .query = self { return true }
      return false
    }

    /// The branch of 8.4; nil for another request.
    public var branch: UpdateBranch? {
      switch self {
      case .status(let branch, _): branch
      case .details: .details
      case .delete: .delete
      case .mpxn: .mpxn
      case .query, .prenotification: nil
      }
    }
  }

  /// The status at the moment; nil when none is known.
  var status: Known<DeviceStatus>? { device?.status.value(at: at) }

  /// The status and from when it applies, where that is known exactly.
  var statusFacts: [Fact] { status.map(Fact.facts(about:)) ?? [] }

  /// The type of the device, with where it was learned.
  var typeFacts: [Fact] {
    device.map {
      [Fact(.deviceType, .text($0.type.rawValue), from: .position($0.typeKnownAt))]
    } ?? []
  }

  /// The party of the sender.
  var senderFacts: [Fact] {
    user.map { [Fact(.senderParty, .text($0.party), from: senderSource)] } ?? []
  }

  /// The roles of the sender that a DUIS user can have.
  var senderRoleFacts: [Fact] {
    user.map { user in
      user.roles.filter(\.isOfDUIS).map {
        Fact(.senderRole, .text($0.rawValue), from: senderSource)
      }
    } ?? []
  }

  var senderSource: Fact.Source? { userKnownAt.map(Fact.Source.position) }

  /// Who pre-notified the device, and the party of that user where it is held.
  var prenotifierFacts: [Fact] {
    guard let known = device?.prenotifier else { return [] }
    return facts(.prenotifiedBy, .prenotifierParty, of: known)
  }

  /// Who installed the device, and the party of that user where it is held.
  var installerFacts: [Fact] {
    guard let known = device?.installer else { return [] }
    return facts(.installedBy, .installerParty, of: known)
  }

  private func facts(_ id: FactName, _ party: FactName, of known: Known<EUI64>) -> [Fact] {
    [Fact(id, .text(known.value.description), from: .position(known.position))]
      + (parties[known.value].map { [Fact(party, .text($0))] } ?? [])
  }
}

extension Fact {
  /// A status, and from when it applies where that is known exactly.
  static func facts(about status: Known<DeviceStatus>) -> [Fact] {
    let source = Source.position(status.position)
    return [Fact(.status, .text(status.value.rawValue), from: source)]
      + (status.isExact ? [Fact(.statusSince, .time(status.from), from: source)] : [])
  }
}

extension UserRole {
  /// Whether it is a role of a DUIS user, and not of staff.
  public var isOfDUIS: Bool {
    switch self {
    case .importSupplier, .exportSupplier, .gasSupplier, .registeredSupplierAgent,
      .electricityDistributor, .gasTransporter, .otherUser:
      true
    case .dcc, .dsp, .secas, .auditor: false
    }
  }
}
