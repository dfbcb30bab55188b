/// What the ledger holds that bears on one change of one meter point, at one moment.
public struct MPxNFacts: Hashable, Sendable {
  /// The moment that is asked about: the effective time of the request or command.
  public var at: Instant
  /// The position up to which the facts were taken.
  public var position: Int
  /// The newest registration import at that position; nil when there was none.
  public var registrations: Int?
  /// Who decides in this ledger.
  public var mode: LedgerMode
  /// The User ID that the request is judged for.
  public var originator: EUI64?
  /// The user of that id, and the event that says so; nil when none is registered.
  public var user: User?
  /// The position of the event that says who the user is.
  public var userKnownAt: Int?
  /// The device as the SMI shows it; nil when the ledger does not know it.
  public var device: Device?
  /// The place that is to change.
  public var field: MPxNField
  /// The value that it shall hold.
  public var wanted: Token
  /// Who is Registered Supplier of the value in the place, at the moment.
  public var heldRegistration: RegistrationAnswer
  /// Who is Registered Supplier of the wanted value, at the moment.
  public var wantedRegistration: RegistrationAnswer
  /// The same rows, to ask about other moments.
  public var heldRows: [Registration]
  /// The rows of the wanted value, likewise.
  public var wantedRows: [Registration]
  /// Market participant id → party, for every id that the rows name and a user acts for.
  public var parties: [String: String]
  /// Other devices that hold the wanted value.
  public var otherDevices: [EUI64]

  /// Whether the value in the place was erased: who is its Registered Supplier since can't be told.
  public var heldIsErased = false
  /// Whether the wanted value was erased: nobody can be told what to put in the place.
  public var wantedIsErased = false

  /// Gathers the facts, and answers from the rows who is registered at the moment.
  public init(
    at: Instant, position: Int, registrations: Int?, mode: LedgerMode, originator: EUI64?,
    user: User?, userKnownAt: Int?, device: Device?, field: MPxNField, wanted: Token,
    heldRows: [Registration], wantedRows: [Registration], parties: [String: String],
    otherDevices: [EUI64]
  ) {
    self.at = at
    self.position = position
    self.registrations = registrations
    self.mode = mode
    self.originator = originator
    self.user = user
    self.userKnownAt = userKnownAt
    self.device = device
    self.field = field
    self.wanted = wanted
    self.heldRows = heldRows
    self.wantedRows = wantedRows
    self.parties = parties
    self.otherDevices = otherDevices
    heldRegistration = RegistrationAnswer(rows: heldRows, at: at)
    wantedRegistration = RegistrationAnswer(rows: wantedRows, at: at)
  }

  /// The status at the moment; nil when none is known.
  var status: Known<DeviceStatus>? { device?.status.value(at: at) }

  /// What was in the field at the moment, nil in it for an empty place; nil when nothing is known.
  var place: Known<Token?>? { device?.history(field).value(at: at) }

  /// What was in the field at the moment; nil when nothing is known of it.
  public var heldValue: FieldValue? { place.map { FieldValue($0.value) } }

  /// The value in the field at the moment; nil when the place is empty or nothing is known of it.
  public var held: Known<Token>? { place?.present() }

  /// The party that acts, with where that is held.
  var senderFacts: [Fact] {
    guard let user else { return [] }
    return [Fact(.senderParty, .text(user.party), from: userKnownAt.map(Fact.Source.position))]
  }

  /// The party that a registration names: its code where known, else the market participant id.
  public func party(of registration: Registration) -> String {
    parties[registration.supplier] ?? registration.supplier
  }

  /// Whether the sender's party, by any of its market participant ids, is the supplier of a row.
  func isSender(_ registration: Registration) -> Bool {
    guard let user else { return false }
    return user.marketParticipantIDs.contains(registration.supplier)
      || parties[registration.supplier] == user.party
  }

  /// From when the sender is registered by the rows held, if that lies ahead.
  func senderRegistered(in rows: [Registration]) -> Instant? {
    rows.filter { $0.from > at && isSender($0) }.map(\.from).min()
  }

  /// What a finding says about a registration.
  func facts(about registration: Registration, next: Registration?) -> [Fact] {
    let source = Fact.Source.registrations(registration.imported)
    var facts = [
      Fact(.registeredSupplier, .text(registration.supplier), from: source),
      Fact(.registeredFrom, .time(registration.from), from: source),
    ]
    if let party = parties[registration.supplier] {
      facts.insert(Fact(.registeredParty, .text(party), from: source), at: 1)
    }
    if let to = registration.to { facts.append(Fact(.registeredTo, .time(to), from: source)) }
    if let next { facts += self.facts(aboutNext: next) }
    return facts
  }

  /// What a finding says about who takes over next.
  func facts(aboutNext next: Registration) -> [Fact] {
    let source = Fact.Source.registrations(next.imported)
    let party = parties[next.supplier].map { [Fact(.nextParty, .text($0), from: source)] } ?? []
    return [Fact(.nextSupplier, .text(next.supplier), from: source)] + party + [
      Fact(.nextFrom, .time(next.from), from: source)
    ]
  }
}
