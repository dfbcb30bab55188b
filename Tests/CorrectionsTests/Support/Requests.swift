@testable import Corrections

/// Facts of a request, sent as it must be by an active supplier, unless something else is said.
func asking(
  _ asks: RequestFacts.Asks, at: Instant = The.now, mode: LedgerMode = .authority,
  by user: User? = The.supA, of known: Device? = device(), variant: Int = 8,
  parties: [EUI64: String] = The.partiesByUser
) -> RequestFacts {
  let reference =
    switch asks {
    case .query: "8.2"
    case .prenotification: "12.2"
    case .status, .details, .delete, .mpxn: "8.4"
    }
  return RequestFacts(
    at: at, position: 99, registrations: 5, mode: mode, serviceReference: reference,
    commandVariant: variant, originator: user.flatMap { EUI64($0.id) } ?? The.broker, user: user,
    userKnownAt: user == nil ? nil : 4, device: known, asks: asks, parties: parties)
}

extension RequestFacts {
  /// The same request in a ledger of another mode.
  func asked(in mode: LedgerMode) -> RequestFacts {
    var facts = self
    facts.mode = mode
    return facts
  }
}

extension The {
  /// Another user of party SUPA.
  static let supATwin = user("SUPA", 0x90B3_D51F_3001_0001)
  /// A manufacturer, which is a DUIS user of no supplier's role.
  static let maker = user("MAPX", 0x90B3_D51F_3007_0000, [.otherUser])

  static func user(
    _ party: String, _ bits: UInt64, _ roles: [UserRole] = [.importSupplier],
    _ status: UserStatus = .active
  ) -> User {
    User(
      id: EUI64(bits: bits).description, party: party, marketParticipantIDs: [party],
      roles: roles, status: status, name: nil)
  }

  static func id(_ user: User) -> EUI64 { EUI64(user.id) ?? broker }

  static let partiesByUser = Dictionary(
    uniqueKeysWithValues: [supA, supB, supC, supATwin, maker].map { (id($0), $0.party) })
}

/// A device that a user added: at position 20, on 1 February 2026, and nothing else happened to it.
func prenotified(
  _ type: DeviceType = .esme, by user: User = The.supA, details: DeviceDetails = DeviceDetails(),
  gpf: EUI64? = nil, at position: Int = 20, effective: Instant = local("2026-02-01")
) -> Recorded {
  recorded(
    .devicePrenotified(
      DevicePrenotified(
        deviceID: The.device, type: type, details: details, associatedGPF: gpf,
        by: The.id(user), party: user.party, basis: .decided, requestID: The.request(1, from: user)
      )), at: position, effective: effective)
}

/// What a device answered to the request of a user, at position 30, on 20 February 2026.
func answered(
  _ reference: String = "8.1.1", _ code: String = "I0", to user: User = The.supA,
  at position: Int = 30, effective: Instant = local("2026-02-20")
) -> Recorded {
  recorded(
    Told.answer(reference, code, to: The.request(2, from: user)), at: position,
    effective: effective)
}

/// A device as these events show it.
func device(from events: Recorded...) -> Device {
  guard let device = Device.fold(The.device, events) else { fatalError("no device") }
  return device
}
