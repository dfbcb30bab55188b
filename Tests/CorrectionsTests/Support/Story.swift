import Testing

@testable import Corrections

/// One correction and the world around it, told step by step; decides and folds, stores nothing.
struct Story {
  static let id = CorrectionID(number: 1)

  var now = The.now
  var held = [row(heldMPxN, "SUPB")]
  var wanted = [row(wantedMPxN, "SUPA")]
  var field = CorrectionField.importMPxN
  /// What is reported as wanted; once a correction is there, what that wants.
  var reported = EntryValue.mpxn(wantedMPxN)
  var mode = LedgerMode.authority
  var policy = Policy.initial(from: local("2024-01-01"))
  var parties = everyParty
  /// Users that could send the request.
  var senders = [The.supA]
  var product = ProductAnswer.listNotHeld
  /// Other devices that hold the wanted value.
  var otherDevices: [EUI64] = []
  /// Open corrections that make a ring with this one.
  var ring: [Correction] = []
  /// What the inventory has been told of the device.
  var inventory = [observed(entry(importMPxN: heldMPxN))]
  /// The thread itself.
  private(set) var thread: [Recorded] = []
  private(set) var position = 100

  var correction: Correction? { Correction.fold(Story.id, thread) }

  var device: Device? {
    Device.fold(The.device, (inventory + thread).sorted { $0.position < $1.position })
  }

  /// What the device holds in the place now.
  var holds: EntryValue? { device?.value(of: field, at: now) }

  /// Who is registered for a meter point; SUPC for any that the story does not name.
  private func rows(_ value: Token) -> [Registration] {
    switch value {
    case heldMPxN: held
    case wantedMPxN: wanted
    default: [row(value, "SUPC")]
    }
  }

  /// The facts of the moment for the wanted value.
  func facts(wanting other: EntryValue? = nil) -> CorrectionFacts {
    let device = device
    let correction = correction
    let wanted = other ?? correction?.requested ?? reported
    let clock = ClockPolicy.standard
    var facts = CorrectionFacts(
      request: nil, at: now, position: position, registrations: 5, mode: mode, device: device,
      field: field, wanted: wanted, senders: senders, parties: The.partiesByUser, ring: ring,
      past: correction.flatMap { $0.isOpen ? nil : $0 },
      turnDueAt: correction?.task(at: now).flatMap { turn in
        policy.days(for: turn.holder).map { clock.dueAt(openedAt: turn.from, workingDays: $0) }
      }, policy: policy, clock: clock)
    facts.request = request(for: wanted, device)
    if wanted == .empty, let held = facts.heldValue?.mpxn {
      facts.heldRows = rows(held)
      facts.suppliers = parties
    }
    return facts
  }

  /// What an 8.4 for the value would be judged on.
  private func request(for wanted: EntryValue, _ device: Device?) -> RequestFacts? {
    guard let device, let branch = field.branch(asking: wanted, of: device.type) else { return nil }
    let asks: RequestFacts.Asks
    switch wanted {
    case .mpxn(let token):
      guard let place = field.mpxn else { return nil }
      let sender = senders.first
      return RequestFacts(
        MPxNFacts(
          at: now, position: position, registrations: 5, mode: mode,
          originator: sender.flatMap { EUI64($0.id) }, user: sender,
          userKnownAt: sender.map { _ in 4 }, device: device, field: place, wanted: token,
          heldRows: device.current(place).map { rows($0.value) } ?? [], wantedRows: rows(token),
          parties: parties, otherDevices: otherDevices))
    case .status(let status): asks = .status(branch, status)
    case .details(let details): asks = .details(details, product)
    case .listed: asks = .delete
    case .empty, .text: return nil
    }
    return asking(asks, at: now, mode: mode, by: senders.first, of: device)
  }

  /// Records events as of now by somebody.
  mutating func record(_ events: [Event], by actor: CorrectionActor? = nil) {
    let who = actor.map { Actor(user: $0.user, party: $0.party, role: nil, via: .token) }
    for event in events {
      position += 1
      thread.append(recorded(event, at: position, effective: now, by: who ?? .ledger))
    }
  }

  /// Reports the fault; joins when one is open, and opens another one where the fault doesn't come
  /// back.
  @discardableResult
  mutating func report(
    by party: String = "SUPA", wanting value: EntryValue? = nil, request: RequestID? = nil
  ) throws -> [Event] {
    let before = correction
    let events = try Correction.open(
      Correction.Report(
        party: party, deviceID: The.device, deviceType: .esme, requestID: request,
        firstCode: request.map { _ in "E080410" }, isByParty: true),
      as: before == nil ? Story.id : CorrectionID(number: 2),
      joining: before.flatMap { $0.isOpen ? $0 : nil }, given: facts(wanting: value ?? reported))
    record(events, by: CorrectionActor(user: nil, party: party, roles: []))
    return events
  }

  /// Decides a command and records what it causes.
  @discardableResult
  mutating func when(
    _ command: Correction.Command, by actor: CorrectionActor, wanting other: EntryValue? = nil
  ) throws -> [Event] {
    let correction = try #require(correction)
    let events = try correction.decide(command, by: actor, given: facts(wanting: other))
    record(events, by: actor)
    return events
  }

  /// What a command is refused with.
  func refusal(
    of command: Correction.Command, by actor: CorrectionActor, wanting other: EntryValue? = nil
  ) -> Refusal? {
    guard let correction else { return nil }
    do {
      _ = try correction.decide(command, by: actor, given: facts(wanting: other))
      return nil
    } catch {
      return error
    }
  }

  /// What has become due by now, recorded.
  @discardableResult
  mutating func due() throws -> [Event] {
    let events = try #require(correction).due(given: facts())
    record(events)
    return events
  }

  /// What the facts of now mean for the thread, recorded.
  @discardableResult
  mutating func review() throws -> [Event] {
    let events = try #require(correction).reviewed(given: facts())
    record(events)
    return events
  }

  mutating func pass(hours: Int64) { now = now.advanced(byMilliseconds: hours * 3_600_000) }

  /// What the inventory is told by somebody else.
  mutating func observe(_ token: Token) { observe(entry(importMPxN: token)) }

  /// A look at the whole entry.
  mutating func observe(_ entry: InventoryEntry) {
    position += 1
    inventory.append(observed(entry, at: position, effective: now))
  }

  /// A look, and what it means for the thread.
  @discardableResult
  mutating func see(
    _ entry: InventoryEntry, how: CorrectionResolved.How = .observed
  ) throws -> [Event] {
    observe(entry)
    let events = try #require(correction).seen(device, at: now, by: position, how: how)
    record(events)
    return events
  }
}

extension [Event] {
  /// The names of the events, as the cases are called; a step by the name of what happened.
  var names: [String] {
    map { event in
      let text = if case .correctionStep(let step) = event { "\(step.what)" } else { "\(event)" }
      return String(text.prefix { $0 != "(" })
    }
  }
}

extension Correction {
  /// Whose turn it is: the holder, and the party where there is one.
  var turn: String {
    let (holder, party) = self.holder
    return party.map { "\(holder.rawValue) \($0)" } ?? holder.rawValue
  }
}
