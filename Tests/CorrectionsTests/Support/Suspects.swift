import Testing

@testable import Corrections

extension The {
  /// The meter point that a place holds unless a test says something else: all is well with it.
  static let goodMPAN = "1200005432101"
  static let goodMPRN = "7400012306"
  /// Devices before and after ``device`` in the order of ids.
  static let lowerDevice = EUI64(bits: 0x00DB_1234_5678_9000)
  static let higherDevices = (0..<40).map { EUI64(bits: 0x00DB_1234_5678_A000 + UInt64($0)) }
  static let msPerDay: Int64 = 86_400_000

  static func daysAgo(_ days: Int64, plus milliseconds: Int64 = 0) -> Instant {
    now.advanced(byMilliseconds: -days * msPerDay + milliseconds)
  }
}

/// What is known of a device, for the rules that look for errors: every place holds a value with these
/// digits (nil: it was erased), registered by these rows and on these other devices.
func suspect(
  _ device: Device = device(), _ digits: String? = The.goodMPAN, rows: [Registration] = [],
  others: [EUI64] = [], othersParties: [String] = [], registrations: Int? = 5,
  at: Instant = The.now
) -> DiscrepancyFacts {
  var facts = DiscrepancyFacts(at: at, device: device, registrations: registrations)
  facts.places = MPxNField.allCases.compactMap { field in
    device.current(field).map { held in
      DiscrepancyFacts.HeldMPxN(
        field: field, held: held, value: digits.flatMap { MPxN($0) }, rows: rows, others: others,
        othersParties: othersParties)
    }
  }
  facts.parties = everyParty
  return facts
}

/// A device of which several places are seen at once.
func device(
  _ type: DeviceType = .esme, _ status: DeviceStatus? = .commissioned, variant: ESMEVariant? = nil,
  places: [MPxNField: Token]
) -> Device {
  device(
    from: observed(
      entry(
        type, status, variant: variant, importMPxN: places[.importMPxN],
        secondary: places[.secondaryImportMPAN], export: places[.exportMPAN])))
}

extension DiscrepancyFacts {
  /// What one rule finds.
  func found(by rule: DiscrepancyRule) -> [Suspicion] {
    DiscrepancyCheck.suspicions(of: self, by: [rule])
  }

  /// The same facts with a change.
  func with(_ change: (inout DiscrepancyFacts) -> Void) -> DiscrepancyFacts {
    var facts = self
    change(&facts)
    return facts
  }

  /// The same facts with something recorded of the device after all else.
  func then(_ event: Event, at position: Int = 90, effective: Instant = The.now) -> DiscrepancyFacts
  {
    with { facts in
      var device: Device? = facts.device
      Device.evolve(
        &device, id: The.device, with: recorded(event, at: position, effective: effective))
      if let device { facts.device = device }
    }
  }

  /// The same facts with what a second source says, learned at position 30.
  func saying(
    _ said: Token?, _ source: SaidMPxN.Source, in field: MPxNField = .importMPxN,
    rows: [Registration] = []
  ) -> DiscrepancyFacts {
    with {
      $0.said.append(
        SaidMPxN(
          field: field, source: source,
          value: Known(
            value: FieldValue(said), from: local("2026-02-10"), isExact: false, position: 30),
          rows: rows))
    }
  }

  /// The same facts with somebody who acts on the device.
  func acting(_ party: String, since: Instant = local("2025-01-01")) -> DiscrepancyFacts {
    with {
      $0.acting = Acting(
        party: party,
        since: Known(value: The.id(The.supC), from: since, isExact: true, position: 31))
    }
  }

  /// The same facts in a ring of places.
  func inRing(_ places: [CrossedPlace]) -> DiscrepancyFacts { with { $0.ring = places } }
}

extension DiscrepancyFacts.CrossedPlace {
  static func of(
    _ device: EUI64, holds: Token, wants: Token, parties: [String],
    field: MPxNField = .importMPxN
  ) -> DiscrepancyFacts.CrossedPlace {
    DiscrepancyFacts.CrossedPlace(
      device: device, field: field, holds: holds, wants: wants, parties: parties)
  }
}

extension Fact {
  /// What the look at position 10 says that the device is.
  static func typed(_ type: DeviceType = .esme, at position: Int = 10) -> Fact {
    Fact(.deviceType, .text(type.rawValue), from: .position(position))
  }

  /// That a place holds a meter point.
  static func holding(_ token: Token = heldMPxN, at position: Int = 10) -> Fact {
    Fact(.heldMPxN, .token(token), from: .position(position))
  }

  /// What is said of a row of ``row(_:_:from:to:imported:kind:)`` whose party is known.
  static func registered(_ row: Registration, party: String? = nil) -> [Fact] {
    let source = Fact.Source.registrations(row.imported)
    return [
      Fact(.registeredSupplier, .text(row.supplier), from: source),
      Fact(.registeredParty, .text(party ?? row.supplier), from: source),
      Fact(.registrationKind, .text(row.kind.rawValue), from: source),
      Fact(.registeredFrom, .time(row.from), from: source),
    ] + (row.to.map { [Fact(.registeredTo, .time($0), from: source)] } ?? [])
  }
}
