import Corrections
import EventLog
import Wire

extension Ledger {
  /// Everything held at a position that bears on what the rules ask of a device; nil when the ledger does
  /// not hold it.
  ///
  /// `crowd` are the live devices at its place, where somebody has found them to be too many.
  func discrepancyFacts(
    _ id: EUI64, crowd: [EUI64], at time: Instant, upTo position: Int
  ) throws -> DiscrepancyFacts? {
    guard let device = try device(id, upTo: position) else { return nil }
    var facts = DiscrepancyFacts(
      at: time, device: device, registrations: try registrationImport(upTo: position))
    guard device.isLive(at: time) else { return facts }
    facts.places = try heldMPxNs(of: device, at: time, upTo: position)
    facts.said = try saidMPxNs(of: device, upTo: position)
    let rows = facts.places.flatMap(\.rows) + facts.said.flatMap(\.rows)
    facts.parties = try parties(in: rows, upTo: position)
    facts.ring = try crossedPlaces(from: device, at: time, upTo: position)
    facts.product = try productAnswer(device, DeviceDetails(), at: time, upTo: position)
    facts.hubs = try hubs(of: device, at: time, upTo: position)
    facts.acting = try acting(on: device, upTo: position)
    facts.prenotifierParty = try device.prenotifiedBy.flatMap {
      try user($0.description, upTo: position)?.party
    }
    facts.crowd = try crowd.filter {
      try self.device($0, upTo: position)?.isBeside(device, at: time) ?? false
    }
    return facts
  }

  private func heldMPxNs(
    of device: Device, at time: Instant, upTo position: Int
  ) throws -> [DiscrepancyFacts.HeldMPxN] {
    try MPxNField.allCases.compactMap { field in
      guard let held = device.current(field) else { return nil }
      let others = try liveHolders(of: held.value, beside: device.id, at: time, upTo: position)
      return DiscrepancyFacts.HeldMPxN(
        field: field, held: held, value: try mpxn(held.value),
        rows: try registrations(of: held.value, upTo: position),
        others: others.map(\.id),
        othersParties: try others.flatMap { try concerned(by: $0, at: time, upTo: position) })
    }
  }

  /// Other live devices that hold a meter point, sorted.
  ///
  /// Where one has a lower id, that one alone, since the discrepancy is that one's. So each of many
  /// holders looks at one, and the first at all.
  private func liveHolders(
    of token: Token, beside id: EUI64, at time: Instant, upTo position: Int
  ) throws -> [Device] {
    var others: [Device] = []
    for other in try devices(saidToHold: token, upTo: position) where other != id {
      guard let device = try device(other, upTo: position), device.isLive(at: time),
        MPxNField.allCases.contains(where: { device.current($0)?.value == token })
      else { continue }
      others.append(device)
      if other < id { break }
    }
    return others
  }

  /// The parties registered for what a device holds, else of its pre-notifier.
  private func concerned(
    by device: Device, at time: Instant, upTo position: Int
  ) throws -> [String] {
    var facts = DiscrepancyFacts(at: time, device: device, registrations: nil)
    facts.places = try MPxNField.allCases.compactMap { field in
      try device.current(field).map { held in
        DiscrepancyFacts.HeldMPxN(
          field: field, held: held, value: nil,
          rows: try registrations(of: held.value, upTo: position), others: [], othersParties: [])
      }
    }
    facts.parties = try parties(in: facts.places.flatMap(\.rows), upTo: position)
    facts.acting = try acting(on: device, upTo: position)
    facts.prenotifierParty = try device.prenotifiedBy.flatMap {
      try user($0.description, upTo: position)?.party
    }
    return facts.concerned
  }

  private func saidMPxNs(
    of device: Device, upTo position: Int
  ) throws -> [DiscrepancyFacts.SaidMPxN] {
    func said(
      _ field: MPxNField, _ source: DiscrepancyFacts.SaidMPxN.Source, _ value: Known<FieldValue>
    ) throws -> DiscrepancyFacts.SaidMPxN {
      DiscrepancyFacts.SaidMPxN(
        field: field, source: source, value: value,
        rows: try value.value.mpxn.map { try registrations(of: $0, upTo: position) } ?? [])
    }
    return try MPxNField.allCases.flatMap { field in
      [
        try device.onDevice(field).map { try said(field, .device, $0) },
        try device.technicalDetailsSaid(field).map { try said(field, .technicalDetails, $0) },
      ].compactMap { $0 }
    }
  }

  private func hubs(
    of device: Device, at time: Instant, upTo position: Int
  ) throws -> [DiscrepancyFacts.Hub] {
    try device.associatedDevices.sorted().compactMap { id in
      guard let hub = try self.device(id, upTo: position), hub.type == .chf || hub.type == .gpf
      else { return nil }
      return DiscrepancyFacts.Hub(
        id: id, status: hub.currentStatus, isGone: !hub.isLive(at: time))
    }
  }

  private func acting(
    on device: Device, upTo position: Int
  ) throws -> DiscrepancyFacts.Acting? {
    guard let actor = device.actor,
      let party = try user(actor.value.description, upTo: position)?.party
    else { return nil }
    return DiscrepancyFacts.Acting(party: party, since: actor)
  }
}

extension Ledger {
  /// The most places that are followed for a ring.
  private static let longestRing = 12

  /// A ring that leads from a place of a device, by what second sources say, round to that place.
  ///
  /// Empty when none does. From each place one way leads on: to the device with the lowest id that
  /// holds what is said and of which something else is said.
  func crossedPlaces(
    from device: Device, at time: Instant, upTo position: Int
  ) throws -> [DiscrepancyFacts.CrossedPlace] {
    for field in MPxNField.allCases {
      guard let first = device.contradiction(in: field) else { continue }
      var ring = [CrossedStep(device: device, field: field, holds: first.holds, wants: first.wants)]
      while ring.count <= Ledger.longestRing, let last = ring.last {
        if last.wants == first.holds, ring.count > 1 {
          return try ring.map { step in
            DiscrepancyFacts.CrossedPlace(
              device: step.device.id, field: step.field, holds: step.holds, wants: step.wants,
              parties: try concerned(by: step.device, at: time, upTo: position))
          }
        }
        guard let next = try crossedHolder(of: last.wants, beside: ring, at: time, upTo: position)
        else { break }
        ring.append(next)
      }
    }
    return []
  }

  private func crossedHolder(
    of token: Token, beside ring: [CrossedStep], at time: Instant, upTo position: Int
  ) throws -> CrossedStep? {
    for id in try otherHolders(of: token, than: nil, upTo: position).sorted()
    where !ring.contains(where: { $0.device.id == id }) {
      guard let device = try device(id, upTo: position), device.isLive(at: time) else { continue }
      for field in MPxNField.allCases where device.current(field)?.value == token {
        if let found = device.contradiction(in: field) {
          return CrossedStep(device: device, field: field, holds: token, wants: found.wants)
        }
      }
    }
    return nil
  }
}

/// One place of a ring that is being followed.
private struct CrossedStep {
  let device: Device
  let field: MPxNField
  let holds: Token
  let wants: Token
}

extension Device {
  /// What meter technical details say of a place, as a value of it.
  func technicalDetailsSaid(_ field: MPxNField) -> Known<FieldValue>? {
    technicalDetails[field].map { known in
      Known<FieldValue>(
        value: .mpxn(known.value), from: known.from, isExact: known.isExact,
        position: known.position)
    }
  }

  /// What the SMI says of a place, and what the device itself, else meter technical details, say instead;
  /// nil where they agree or say nothing.
  func contradiction(in field: MPxNField) -> (holds: Token, wants: Token)? {
    guard let holds = current(field)?.value else { return nil }
    for said in [onDevice(field)?.value, technicalDetailsSaid(field)?.value] {
      if let wants = said?.mpxn, wants != holds { return (holds, wants) }
    }
    return nil
  }

  /// Whether it is live and at the UPRN or the address of another device.
  fileprivate func isBeside(_ other: Device, at time: Instant) -> Bool {
    guard isLive(at: time) else { return false }
    if let uprn = listing.uprn, uprn == other.listing.uprn { return true }
    guard let postCode = listing.postCode, let address = listing.addressIdentifier else {
      return false
    }
    return postCode == other.listing.postCode && address == other.listing.addressIdentifier
  }
}
