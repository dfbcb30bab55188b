@testable import Corrections

/// Synthetic identities, the same in every test.
enum The {
  static let device = EUI64(bits: 0x00DB_1234_5678_90A0)
  static let otherDevice = EUI64(bits: 0x00DB_1234_5678_90A1)
  static let broker = EUI64(bits: 0x90B3_D51F_3000_0002)
  /// Monday 9 March 2026, 09:30 GMT.
  static let now = local("2026-03-09", 9, 30)

  static let supA = supplier("SUPA", 0x90B3_D51F_3001_0000)
  static let supB = supplier("SUPB", 0x90B3_D51F_3003_0000)
  static let supC = supplier("SUPC", 0x90B3_D51F_3005_0000)

  static func supplier(_ party: String, _ bits: UInt64) -> User {
    User(
      id: EUI64(bits: bits).description, party: party, marketParticipantIDs: [party],
      roles: [.importSupplier], status: .active, name: nil)
  }

  static func request(_ counter: UInt64, from user: User = supA) -> RequestID {
    RequestID(originator: EUI64(user.id) ?? broker, target: broker, counter: counter)
  }
}

/// A token that no value stands behind: one letter, 43 times.
func token(_ letter: Character) -> Token {
  guard let token = Token(String(repeating: letter, count: 43)) else { fatalError("\(letter)") }
  return token
}

let heldMPxN = token("H")
let wantedMPxN = token("W")

/// What one look at the SMI says.
func entry(
  _ type: DeviceType = .esme, _ status: DeviceStatus? = .commissioned, since: Instant? = nil,
  variant: ESMEVariant? = nil, importMPxN: Token? = nil, secondary: Token? = nil,
  export: Token? = nil
) -> InventoryEntry {
  var entry = InventoryEntry(deviceType: type)
  entry.status = status
  entry.statusSince = since
  entry.details.esmeVariant = variant
  entry.importMPxN = importMPxN
  entry.secondaryImportMPAN = secondary
  entry.exportMPAN = export
  entry.empty = Set(
    MPxNField.allCases.filter { entry.mpxn($0) == nil }.map { EntryField($0) })
  return entry
}

func recorded(
  _ event: Event, at position: Int, effective: Instant = The.now, by actor: Actor = .ledger
) -> Recorded {
  Recorded(
    position: position, recordedAt: effective, effectiveAt: effective, actor: actor, cause: nil,
    event: event)
}

func observed(
  _ entry: InventoryEntry, of device: EUI64 = The.device, at position: Int = 10,
  effective: Instant = local("2026-02-01")
) -> Recorded {
  recorded(
    .inventoryObserved(InventoryObserved(deviceID: device, basis: .snapshot, entry: entry)),
    at: position, effective: effective)
}

/// A device of a type and status that holds a value in one field.
func device(
  _ type: DeviceType = .esme, _ status: DeviceStatus? = .commissioned, since: Instant? = nil,
  variant: ESMEVariant? = nil, holding held: Token? = heldMPxN, in field: MPxNField = .importMPxN
) -> Device {
  let entry = entry(
    type, status, since: since, variant: variant,
    importMPxN: field == .importMPxN ? held : nil,
    secondary: field == .secondaryImportMPAN ? held : nil,
    export: field == .exportMPAN ? held : nil)
  guard let device = Device.fold(The.device, [observed(entry)]) else { fatalError("no device") }
  return device
}

/// One row of registration data.
func row(
  _ mpxn: Token, _ supplier: String, from: Instant = local("2024-06-01"), to: Instant? = nil,
  imported: Int = 5, kind: Registration.Kind = .import
) -> Registration {
  Registration(
    mpxn: mpxn, kind: kind, supplier: supplier, from: from, to: to, imported: imported)
}

/// The agreement of a supplier, as the import at 5 names it.
func agreement(_ party: String, _ side: ConsentSide) -> RouteAdvice.Consent {
  RouteAdvice.Consent(
    side: side, party: party, supplier: party, mpxn: side == .held ? heldMPxN : wantedMPxN,
    registrations: 5)
}

let everyParty = ["SUPA": "SUPA", "SUPB": "SUPB", "SUPC": "SUPC"]

/// Facts on which every check of an MPxN update holds for SUPA, unless something else is said.
func facts(
  at: Instant = The.now, by user: User? = The.supA, device known: Device? = device(),
  field: MPxNField = .importMPxN, held: [Registration] = [row(heldMPxN, "SUPA")],
  wanted: [Registration] = [row(wantedMPxN, "SUPA")], wanting token: Token = wantedMPxN,
  parties: [String: String] = everyParty
) -> MPxNFacts {
  MPxNFacts(
    at: at, position: 99, registrations: 5, mode: .authority,
    originator: user.flatMap { EUI64($0.id) } ?? EUI64(bits: 0x90B3_D51F_3009_0000),
    user: user, userKnownAt: user == nil ? nil : 4, device: known, field: field, wanted: token,
    heldRows: held, wantedRows: wanted, parties: parties, otherDevices: [])
}

extension RuleCode {
  /// The finding of this rule, as the rulebook applies it; nil where it is not asked.
  func finding(given facts: RequestFacts) -> Finding? {
    Judgement.of(facts, warnings: []).findings.first { $0.code == self }
  }

  /// The same of an update of a meter point.
  func finding(given facts: MPxNFacts) -> Finding? { finding(given: RequestFacts(facts)) }
}

extension Finding {
  /// The answer and its reason, for a comparison in one line.
  var says: String { "\(answer.rawValue): \(because.rawValue)" }
}
