import Testing

@testable import Corrections

extension SmallWorld {
  /// A world in which each of so many devices holds what the next one's correction wants: the
  /// corrections 1, 2 … are reported in turn, by the supplier of what the device holds or by one.
  static func crossed(
    _ count: Int, by party: String? = nil, _ change: (inout SmallWorld) -> Void = { _ in }
  ) throws -> SmallWorld {
    var world = SmallWorld(devices: count)
    change(&world)
    for index in 0..<count {
      try world.report(by: party ?? suppliers[index], index, wanting: point((index + 1) % count))
    }
    return world
  }

  /// Reports that a device should hold another meter point.
  @discardableResult
  mutating func report(
    by party: String, _ index: Int, wanting point: Token
  ) throws -> [Event] {
    try report(by: party, index, .importMPxN, wanting: .mpxn(point))
  }

  /// Reports a fault; joins where a correction of the field is open.
  @discardableResult
  mutating func report(
    by party: String, _ index: Int, _ field: CorrectionField, wanting wanted: EntryValue
  ) throws -> [Event] {
    let id = SmallWorld.device(index)
    let existing =
      field == .other
      ? nil : devices[id]?.openCorrection(of: field).flatMap { corrections[$0] }
    let events = try Correction.open(
      Correction.Report(
        party: party, deviceID: id, deviceType: devices[id]?.type ?? .esme, requestID: nil,
        firstCode: nil, isByParty: true), as: SmallWorld.id(corrections.count + 1),
      joining: existing, given: facts(id, field, wanting: wanted, of: existing))
    record(events, by: CorrectionActor(user: nil, party: party, roles: []))
    return events
  }

  /// Decides a command on a correction, and on its ring where it is for all.
  func decided(
    _ command: Correction.Command, on number: Int, by actor: CorrectionActor,
    wanting other: EntryValue? = nil
  ) throws -> [Event] {
    let group = try group(number, wanting: other)
    return try Correction.decide(
      command, on: command.isForAll ? group : Array(group.prefix(1)), by: actor)
  }

  /// The same, recorded.
  @discardableResult
  mutating func act(
    _ command: Correction.Command, on number: Int, by actor: CorrectionActor,
    wanting other: EntryValue? = nil
  ) throws -> [Event] {
    let events = try decided(command, on: number, by: actor, wanting: other)
    record(events, by: actor)
    return events
  }

  /// What a command is refused with.
  func refusal(
    of command: Correction.Command, on number: Int, by actor: CorrectionActor
  ) -> Refusal? {
    do {
      _ = try decided(command, on: number, by: actor)
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// Something is told of a device, and its corrections are healed or marked.
  @discardableResult
  mutating func tell(_ event: Event, of index: Int) -> [Event] {
    record([event])
    let evidence = log.count
    var all: [Event] = []
    let id = SmallWorld.device(index)
    for open in devices[id]?.openCorrections ?? [] {
      let how: CorrectionResolved.How
      if case .mpxnUpdated = event { how = .serviceRequest } else { how = .observed }
      let events = corrections[open]?.seen(devices[id], at: now, by: evidence, how: how) ?? []
      record(events)
      all += events
    }
    return all
  }

  /// A look at a device.
  @discardableResult
  mutating func look(at index: Int, _ entry: InventoryEntry) -> [Event] {
    tell(
      .inventoryObserved(
        InventoryObserved(
          deviceID: SmallWorld.device(index), basis: .snapshot, entry: entry)), of: index)
  }

  /// What has become due by now for every correction that has not ended, recorded.
  @discardableResult
  mutating func due() throws -> [Event] {
    var all: [Event] = []
    for id in corrections.keys.sorted() {
      guard let correction = corrections[id], !correction.hasEnded else { continue }
      let events = try correction.due(given: facts(of: correction))
      record(events)
      all += events
    }
    return all
  }

  mutating func pass(hours: Int64) { now = now.advanced(byMilliseconds: hours * 3_600_000) }
}
