public import Corrections
internal import EventLog
public import Wire

/// What became of a response or an alert that was recorded.
public struct RecordedMessage: Sendable {
  /// The event that says what came.
  public let event: Event
  /// Its position.
  public let position: Int
  /// What followed from it, in order: changes of the inventory, a divergence, corrections healed.
  public let consequences: [Recorded]
  /// Recorded before: nothing was recorded now.
  public let repeated: Bool
  /// False when a repeat could not be compared, its content having been erased.
  public let contentCompared: Bool
}

/// Many responses or alerts of one identity came, each with another meaning; this one was not recorded.
public struct MessageReused: Error, Sendable {
  /// What all are known by, such as a ResponseID with code and time.
  public let identity: String
  /// Where the last of them is recorded.
  public let position: Int
}

extension Ledger {
  /// Records a response that the DCC sent, and what it makes of the inventory.
  ///
  /// What the DCC said, it said: nothing is refused, what is odd is flagged. Durable on return, all of
  /// it or none. The same response again changes nothing and returns the first outcome.
  ///
  /// - Throws: ``LogError`` when the log can't be read or written, and ``MessageReused``.
  public func record(
    _ response: ReceivedResponse, raw: [UInt8], by actor: Corrections.Actor?
  ) throws -> RecordedMessage {
    try retrying {
      let document = log.makeDocument(raw)
      let reading = try log.atOneMoment {
        try ResponseReading(response, document: document.name, in: self)
      }
      return try record(
        .serviceResponseRecorded(reading.event), told: reading.told, at: reading.at,
        kind: "serviceResponse", identity: response.identity,
        content: response.canonical, subjects: reading.subjects, document, by: actor,
        tags: reading.tags, upTo: reading.position)
    }
  }

  /// Records an alert that the DCC or a device sent, and what it makes of the inventory.
  ///
  /// As for a response: nothing is refused, what is odd is flagged, and the same alert again changes
  /// nothing.
  ///
  /// - Throws: ``LogError`` and ``MessageReused``, as for a response.
  public func record(
    _ alert: ReceivedAlert, raw: [UInt8], by actor: Corrections.Actor?
  ) throws -> RecordedMessage {
    try retrying {
      let document = log.makeDocument(raw)
      let reading = try log.atOneMoment {
        try AlertReading(alert, document: document.name, in: self)
      }
      return try record(
        .alertRecorded(reading.event), told: [reading.told], at: reading.told.at,
        kind: "alert", identity: alert.identity, content: alert.canonical,
        subjects: reading.subjects, document, by: actor,
        tags: reading.tags, upTo: reading.position)
    }
  }

  private func record(
    _ event: Event, told: [Told], at time: Instant, kind: String, identity: String,
    content: [UInt8],
    subjects: [Subject], _ document: Document, by actor: Corrections.Actor?, tags: [String],
    upTo position: Int
  ) throws -> RecordedMessage {
    let actor =
      actor
      ?? Corrections.Actor(
        user: nil, party: Corrections.Actor.unknownParty, role: nil,
        via: .asserted(account: Account.current))
    var chain = DraftChain()
    chain.append(event, by: actor, at: time)
    for told in told { told.append(to: &chain, from: 0) }
    try chain.writeAhead(for: log)
    let condition = AppendCondition(
      noEventTagged: Set(tags + told.flatMap(\.tags)).sorted(), after: position)
    // What says something else under the same identity is recorded beside the first.
    for turn in 1...Ledger.turns {
      let key = AppendKey(
        kind: kind, within: "dcc", value: turn == 1 ? identity : "\(identity) \(turn)")
      let appended: Appended
      do {
        appended = try append(
          AppendRequest(
            condition: condition, key: key, content: content, subjects: subjects,
            documents: [document]
          ) { [chain] in chain.drafts(in: $0) })
      } catch LogError.keyReusedWithOtherContent(let position) {
        guard turn == Ledger.turns else { continue }
        throw MessageReused(identity: identity, position: position)
      }
      let open = told.flatMap(\.consequences.corrections).map(\.id)
      if !appended.repeated { reviewAfterwards(Set(open).sorted()) }
      let events = try log.events(
        from: appended.positions.lowerBound, through: appended.positions.upperBound
      ).map { try $0.recorded() }
      return RecordedMessage(
        event: events[0].event, position: appended.positions.lowerBound,
        consequences: Array(events.dropFirst()), repeated: appended.repeated,
        contentCompared: appended.contentCompared)
    }
    preconditionFailure("the last turn records or throws")
  }

  /// How many messages of one identity that say different things are recorded.
  private static let turns = 9

  /// The time that a message is recorded under: its own, unless it says none or one that lies ahead.
  func time(of said: Instant?, _ flags: inout [RecordFlag]) -> Instant {
    let now = now()
    guard let said else {
      flags.append(.timeNotGiven)
      return now
    }
    guard said <= now else {
      flags.append(.timeAhead)
      return now
    }
    return said
  }
}

extension ReceivedResponse {
  /// What tells it from nearly every other response: its own identity or its request's, code and time.
  ///
  /// Never what it says: a meter point could be guessed from a digest of it.
  var identity: String {
    [
      responseID?.description ?? "-", requestID?.description ?? "-", code, at?.stored ?? "-",
      isDecoded ? "decoded" : "DUIS",
    ].joined(separator: " ")
  }
}

extension ReceivedAlert {
  /// What tells it from every other alert: code, device, time, its own identity and the request that
  /// it is about.
  var identity: String {
    [
      alertCode ?? "-", deviceID?.description ?? "-", at.stored, responseID?.description ?? "-",
      content.requestID?.description ?? "-",
    ].joined(separator: " ")
  }
}
