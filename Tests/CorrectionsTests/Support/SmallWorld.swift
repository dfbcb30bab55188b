import Testing

@testable import Corrections

/// Several devices, who is registered for their meter points, and every correction of them: a ledger
/// without a log.
///
/// Device 0 holds the meter point `A` of supplier 0, device 1 the `B` of supplier 1, and so on.
struct SmallWorld {
  var now = The.now
  var mode = LedgerMode.authority
  var policy = Policy.initial(from: local("2024-01-01"))
  var rows: [Token: [Registration]] = [:]
  private(set) var log: [Recorded] = []
  private(set) var devices: [EUI64: Device] = [:]
  private(set) var corrections: [CorrectionID: Correction] = [:]

  static let suppliers = "ABCDE".map { "SUP\($0)" }

  /// A world of so many devices.
  init(devices count: Int) {
    for index in 0..<count {
      rows[SmallWorld.point(index)] = [row(SmallWorld.point(index), SmallWorld.suppliers[index])]
      record([
        .inventoryObserved(
          InventoryObserved(
            deviceID: SmallWorld.device(index), basis: .snapshot,
            entry: entry(importMPxN: SmallWorld.point(index))))
      ])
    }
  }

  static func device(_ index: Int) -> EUI64 {
    EUI64(bits: 0x00DB_1234_5678_A000 + UInt64(index))
  }

  static func point(_ index: Int) -> Token { token(Character(UnicodeScalar(UInt8(65 + index)))) }

  static func supplier(_ index: Int) -> CorrectionActor {
    let user = The.supplier(suppliers[index], 0x90B3_D51F_3001_0000 + UInt64(index))
    return CorrectionActor(user: user.id, party: user.party, roles: user.roles)
  }

  static func id(_ number: Int) -> CorrectionID { CorrectionID(number: number) }

  /// The correction of a number that must be there.
  func correction(_ number: Int) throws -> Correction {
    try #require(corrections[SmallWorld.id(number)])
  }

  /// What the place of a device holds now.
  func holds(_ index: Int) -> EntryValue? {
    devices[SmallWorld.device(index)]?.value(of: .importMPxN, at: now)
  }

  /// Records events as of now by somebody; all folds take them in.
  mutating func record(_ events: [Event], by actor: CorrectionActor? = nil) {
    let who = actor.map { Actor(user: $0.user, party: $0.party, role: nil, via: .token) }
    for event in events {
      let recorded = recorded(event, at: log.count + 1, effective: now, by: who ?? .ledger)
      log.append(recorded)
      if case .inventoryObserved(let seen) = event, devices[seen.deviceID] == nil {
        devices[seen.deviceID] = Device.fold(seen.deviceID, [recorded])
        continue
      }
      for id in devices.keys {
        var device = devices[id]
        Device.evolve(&device, id: id, with: recorded)
        devices[id] = device
      }
      for id in corrections.keys {
        var correction = corrections[id]
        Correction.evolve(&correction, id: id, with: recorded)
        corrections[id] = correction
      }
      if case .correctionRequested(let opened) = event {
        corrections[opened.correction] = Correction.fold(opened.correction, [recorded])
      }
    }
  }

  /// Devices but one that hold a meter point anywhere.
  func holders(of point: Token, but id: EUI64? = nil) -> [EUI64] {
    devices.keys.sorted { $0.bits < $1.bits }.filter { other in
      other != id && MPxNField.allCases.contains { devices[other]?.current($0)?.value == point }
    }
  }

  /// What bears on a wanted value of a device, for the correction of it where there is one.
  func facts(
    _ id: EUI64, _ field: CorrectionField, wanting wanted: EntryValue, of correction: Correction?
  ) -> CorrectionFacts {
    let device = devices[id]
    let clock = ClockPolicy.standard
    var facts = CorrectionFacts(
      request: nil, at: now, position: log.count, registrations: 5, mode: mode, device: device,
      field: field, wanted: wanted,
      past: correction == nil
        ? device?.lastCorrection(of: field).flatMap { corrections[$0] } : nil,
      turnDueAt: correction?.turns(at: now).last.flatMap { turn in
        policy.days(for: turn.holder).map { clock.dueAt(openedAt: turn.from, workingDays: $0) }
      }, policy: policy, clock: clock)
    let parties = Dictionary(uniqueKeysWithValues: SmallWorld.suppliers.map { ($0, $0) })
    if wanted == .empty, let held = facts.heldValue?.mpxn {
      facts.heldRows = rows[held] ?? []
      facts.suppliers = parties
    }
    guard let point = wanted.mpxn, let place = field.mpxn else { return facts }
    let held = device?.current(place)?.value
    facts.request = RequestFacts(
      MPxNFacts(
        at: now, position: log.count, registrations: 5, mode: mode, originator: nil, user: nil,
        userKnownAt: nil, device: device, field: place, wanted: point,
        heldRows: held.flatMap { rows[$0] } ?? [], wantedRows: rows[point] ?? [],
        parties: parties, otherDevices: holders(of: point, but: id)))
    if let held { facts.ring = ring(from: id, holding: held, to: point) }
    return facts
  }

  /// The facts of a correction that is there.
  func facts(of correction: Correction, wanting other: EntryValue? = nil) -> CorrectionFacts {
    facts(
      correction.deviceID, correction.field, wanting: other ?? correction.requested, of: correction)
  }

  /// Open corrections that lead from the wanted meter point round to the one held.
  private func ring(from start: EUI64, holding held: Token, to wanted: Token) -> [Correction] {
    var passed: Set<EUI64> = [start]
    var ring: [Correction] = []
    var wanted = wanted
    while let next = holders(of: wanted).first(where: { !passed.contains($0) }) {
      passed.insert(next)
      guard let open = devices[next]?.openCorrection(of: .importMPxN),
        let correction = corrections[open], let point = correction.requested.mpxn
      else { return [] }
      ring.append(correction)
      if point == held { return ring }
      wanted = point
    }
    return []
  }

  /// A correction and, for a command that is for all of a ring, the others of it.
  func group(_ number: Int, wanting other: EntryValue? = nil) throws -> [Correction.Member] {
    let first = try correction(number)
    let facts = facts(of: first, wanting: other)
    return [(first, facts)] + facts.ring.map { ($0, self.facts(of: $0)) }
  }
}
