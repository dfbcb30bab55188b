import Corrections
import EventLog

extension Ledger {
  /// Everything held at a position that bears on a correction, or on a report that may open one.
  func correctionFacts(
    _ id: EUI64, _ wanted: StoredValue, of correction: Correction?, senders: [String],
    under terms: Terms, at time: Instant, upTo position: Int
  ) throws -> CorrectionFacts {
    let device = try device(id, upTo: position)
    let behind = [device?.prenotifier?.value, device?.installer?.value].compactMap { $0 }
    var parties: [EUI64: String] = [:]
    for user in behind { parties[user] = try self.user(user.description, upTo: position)?.party }
    let policy = terms.policy(at: time)
    var facts = CorrectionFacts(
      request: nil, at: time, position: position,
      registrations: try registrationImport(upTo: position), mode: opened.mode, device: device,
      field: wanted.field, wanted: wanted.value,
      senders: try users(senders + behind.map(\.description), upTo: position), parties: parties,
      turnDueAt: correction?.task(at: time).flatMap(terms.dueAt), policy: policy,
      clock: terms.clock(at: time))
    facts.request = try requestFacts(
      facts, isRequested: wanted.value == correction?.requested, upTo: position)
    if wanted.value == .empty, let held = facts.heldValue?.mpxn {
      facts.heldRows = try registrations(of: held, upTo: position)
      facts.suppliers = try self.parties(in: facts.heldRows, upTo: position)
    }
    if let mpxn = facts.mpxn, !mpxn.otherDevices.isEmpty || mpxn.heldByOwnOther,
      let held = mpxn.held?.value
    {
      (facts.ring, facts.passed) = try ring(
        from: RingPlace(
          device: id, field: mpxn.field, holds: held, wants: mpxn.wanted, correction: correction),
        upTo: position)
    }
    if correction == nil, let device {
      (facts.past, facts.isSaidAgain) = try past(of: wanted, on: device, upTo: position)
    }
    return facts
  }

  /// The users of some ids that may act, each once, in order.
  private func users(_ ids: [String], upTo position: Int) throws -> [User] {
    var users: [User] = []
    for id in ids where !users.contains(where: { $0.id.uppercased() == id.uppercased() }) {
      guard let user = try user(id, upTo: position), user.status == .active,
        user.roles.contains(where: \.isOfDUIS)
      else { continue }
      users.append(user)
    }
    return users
  }

  /// What an 8.4 for the wanted value would be judged on; nil where 8.4 has no way to ask for it.
  private func requestFacts(
    _ facts: CorrectionFacts, isRequested: Bool, upTo position: Int
  ) throws -> RequestFacts? {
    guard let device = facts.device,
      let branch = facts.field.branch(asking: facts.wanted, of: device.type)
    else { return nil }
    let entry = device.isInSMI(at: facts.at) ? device : nil
    let first = facts.senders.first
    let asks: RequestFacts.Asks
    switch (facts.wanted, facts.field.mpxn) {
    case (.mpxn(let token), let field?):
      var mpxn = try mpxnFacts(
        originator: first.flatMap { EUI64($0.id) }, user: first.map { ($0, 0) }, device: entry,
        deviceID: device.id, field: field, wanted: token, at: facts.at, position: position)
      // A value that is only about to be asked for is not held yet.
      mpxn.wantedIsErased = try isRequested && self.mpxn(token) == nil
      asks = .mpxn(mpxn)
    case (.status(let status), _): asks = .status(branch, status)
    case (.details(let details), _):
      asks = .details(
        details, try productAnswer(entry, details, at: facts.at, upTo: position))
    case (.listed, _): asks = .delete
    case (.mpxn, nil), (.empty, _), (.text, _): return nil
    }
    return RequestFacts(
      at: facts.at, position: position, registrations: facts.registrations, mode: opened.mode,
      serviceReference: "8.4", commandVariant: 8, originator: first.flatMap { EUI64($0.id) },
      user: first, userKnownAt: nil, device: entry, asks: asks, parties: facts.parties)
  }

  /// The facts of a correction that is there, for the value that it wants or another one.
  func facts(
    of correction: Correction, wanting wanted: StoredValue? = nil, under terms: Terms,
    at time: Instant, upTo position: Int
  ) throws -> CorrectionFacts {
    try correctionFacts(
      correction.deviceID,
      wanted ?? StoredValue(field: correction.field, value: correction.requested),
      of: correction,
      senders: correction.requests.map(\.originator.description)
        + (correction.openedBy.map { [$0] } ?? []), under: terms, at: time, upTo: position)
  }

  /// The correction that a report may bring back: the last one of the field, or of what is said in words
  /// the last that says the same.
  private func past(
    of wanted: StoredValue, on device: Device, upTo position: Int
  ) throws -> (Correction?, isSaidAgain: Bool) {
    guard wanted.field == .other else {
      let last = try device.lastCorrection(of: wanted.field).flatMap {
        try correction($0, upTo: position)
      }
      return (last, false)
    }
    for mark in device.corrections.reversed() where mark.field == .other && !mark.isOpen {
      guard let ended = try correction(mark.id, upTo: position),
        try isWorded(ended.requested, as: wanted)
      else { continue }
      return (ended, true)
    }
    return (nil, false)
  }

  /// The timelines that facts rest on: what is decided on them holds while none of these moves.
  func tags(of facts: CorrectionFacts) -> [String] {
    var tags = [Tag.terms] + (facts.device.map { [Tag.device($0.id)] } ?? [])
    if let request = facts.request { tags += self.tags(of: request) }
    if !facts.heldRows.isEmpty, let held = facts.heldValue?.mpxn {
      tags += [Tag.registrations, Tag.mpxn(held)]
      tags += facts.suppliers.keys.sorted().map(Tag.participant)
    }
    tags += facts.senders.map { Tag.user($0.id) }
    tags += facts.parties.keys.map { Tag.user($0.description) }
    tags += facts.passed.map(Tag.device)
    for other in facts.ring { tags += [Tag.correction(other.id), Tag.device(other.deviceID)] }
    return Set(tags).sorted()
  }
}

extension MPxNFacts {
  /// Whether another place of the same device holds the wanted value.
  fileprivate var heldByOwnOther: Bool {
    MPxNField.allCases.contains { $0 != field && device?.current($0)?.value == wanted }
  }
}
