import Testing

@testable import Corrections

/// One correction and the world around it, told step by step; decides and folds, stores nothing.
struct Story {
  static let id = CorrectionID(number: 1)

  var now = The.now
  var held = [row(heldMPxN, "SUPB")]
  var wanted = [row(wantedMPxN, "SUPA")]
  var field = MPxNField.importMPxN
  var mode = LedgerMode.authority
  var parties = everyParty
  /// What the inventory has been told of the device.
  var inventory = [observed(entry(importMPxN: heldMPxN))]
  /// The thread itself.
  private(set) var thread: [Recorded] = []
  private(set) var position = 100

  var correction: Correction? { Correction.fold(Story.id, thread) }

  /// The facts of the moment for the wanted value.
  func facts(wanting token: Token = wantedMPxN, by user: User? = The.supA) -> MPxNFacts {
    let rows: (Token) -> [Registration] = { value in
      switch value {
      case heldMPxN: held
      case wantedMPxN: wanted
      default: [row(value, "SUPC")]
      }
    }
    let device = Device.fold(
      The.device, (inventory + thread).sorted { $0.position < $1.position })
    return MPxNFacts(
      at: now, position: position, registrations: 5, mode: mode, originator: nil, user: user,
      userKnownAt: user == nil ? nil : 4, device: device, field: field, wanted: token,
      heldRows: device?.current(field).map { rows($0.value) } ?? [], wantedRows: rows(token),
      parties: parties, otherDevices: [])
  }

  /// Records events as of now by somebody.
  mutating func record(_ events: [Event], by actor: CorrectionActor? = nil) {
    let who = actor.map { Actor(user: $0.user, party: $0.party, role: nil, via: .system) }
    for event in events {
      position += 1
      thread.append(recorded(event, at: position, effective: now, by: who ?? .ledger))
    }
  }

  /// Reports the fault; joins when one is open.
  @discardableResult
  mutating func report(
    by party: String = "SUPA", wanting token: Token = wantedMPxN, request: RequestID? = nil
  ) throws -> [Event] {
    let events = try Correction.open(
      Correction.Report(
        party: party, deviceID: The.device, deviceType: .esme, requestID: request,
        firstCode: request.map { _ in "E080410" },
        isByParty: true), as: Story.id, joining: correction,
      given: facts(wanting: token))
    record(events, by: CorrectionActor(user: nil, party: party, roles: []))
    return events
  }

  /// Decides a command and records what it causes.
  @discardableResult
  mutating func when(
    _ command: Correction.Command, by actor: CorrectionActor
  ) throws -> [Event] {
    let correction = try #require(correction)
    let events = try correction.decide(command, by: actor, given: facts())
    record(events, by: actor)
    return events
  }

  /// What a command is refused with.
  func refusal(of command: Correction.Command, by actor: CorrectionActor) -> Refusal? {
    guard let correction else { return nil }
    do {
      _ = try correction.decide(command, by: actor, given: facts())
      return nil
    } catch {
      return error
    }
  }

  mutating func pass(hours: Int64) { now = now.advanced(byMilliseconds: hours * 3_600_000) }

  /// What the inventory is told by somebody else.
  mutating func observe(_ token: Token) {
    position += 1
    inventory.append(observed(entry(importMPxN: token), at: position, effective: now))
  }
}

/// Who acts in the stories.
enum By {
  static let supA = actor(The.supA)
  static let supB = actor(The.supB)
  static let supC = actor(The.supC)
  static let dcc = staff("DCC-017", [.dcc])
  static let otherDCC = staff("DCC-018", [.dcc])
  static let dsp = staff("DSP-001", [.dsp])
  static let auditor = CorrectionActor(user: "AUD-001", party: "AUD", roles: [.auditor])
  static let everybody = [supA, supB, supC, dcc, otherDCC, dsp, auditor]

  private static func actor(_ user: User) -> CorrectionActor {
    CorrectionActor(user: user.id, party: user.party, roles: user.roles)
  }

  private static func staff(_ id: String, _ roles: [UserRole]) -> CorrectionActor {
    CorrectionActor(user: id, party: "DCC", roles: roles)
  }
}

/// Every place a correction can stand in, with the way there.
enum Stage: String, CaseIterable {
  case open, awaitingRequest, awaitingRegistration, awaitingConsent, awaitingFix, proposed, approved
  case awaitingVerification, resolved, confirmed, rejected, withdrawn

  func story() throws -> Story {
    var story = Story()
    switch self {
    case .open:
      try story.report()
      try story.when(.refuse(reason: "D1"), by: By.supB)
    case .awaitingRequest:
      story.held = [row(heldMPxN, "SUPA")]
      try story.report()
    case .awaitingRegistration:
      story.wanted = []
      try story.report()
    case .awaitingConsent: try story.report()
    case .awaitingFix:
      story = try Stage.awaitingConsent.story()
      try story.when(.consent, by: By.supB)
    case .proposed:
      story = try Stage.awaitingFix.story()
      try story.when(.propose, by: By.dcc)
    case .approved:
      story = try Stage.proposed.story()
      try story.when(.approve, by: By.otherDCC)
    case .awaitingVerification:
      story = try Stage.approved.story()
      try story.when(.apply, by: By.dsp)
    case .resolved:
      story = try Stage.awaitingVerification.story()
      try story.when(.verify, by: By.dcc)
    case .confirmed:
      story = try Stage.resolved.story()
      try story.when(.confirm, by: By.supA)
    case .rejected:
      story = try Stage.awaitingConsent.story()
      try story.when(.reject(reason: "D1"), by: By.dcc)
    case .withdrawn:
      story = try Stage.awaitingConsent.story()
      try story.when(.withdraw(reason: "D1"), by: By.supA)
    }
    story.pass(hours: 1)
    return story
  }

  var state: Correction.State {
    switch self {
    case .open: .open
    case .awaitingRequest: .awaitingRequest
    case .awaitingRegistration: .awaitingRegistration
    case .awaitingConsent: .awaitingConsent
    case .awaitingFix, .proposed, .approved: .awaitingFix
    case .awaitingVerification: .awaitingVerification
    case .resolved: .resolved
    case .confirmed: .confirmed
    case .rejected: .rejected
    case .withdrawn: .withdrawn
    }
  }
}

extension Correction.Command {
  /// One command of each name, with the actor that may give it.
  static let each: [(command: Correction.Command, by: CorrectionActor)] = [
    (.advise, By.dcc), (.consent, By.supB), (.refuse(reason: "D2"), By.supB),
    (.assign(owner: "DCC-SC-1", reason: nil), By.dcc), (.propose, By.dcc), (.approve, By.otherDCC),
    (.decline(reason: "D2"), By.dsp), (.apply, By.dsp), (.verify, By.dcc),
    (.resolve(.noFault), By.dcc), (.confirm, By.supA), (.reopen(reason: "D2"), By.supA),
    (.reject(reason: "D2"), By.dcc), (.withdraw(reason: "D2"), By.supA), (.note("D2"), By.auditor),
  ]
}

extension [Event] {
  /// The names of the events, as the cases are called.
  var names: [String] {
    map { event in String("\(event)".prefix { $0 != "(" }) }
  }
}

extension Correction {
  /// Whose turn it is: the holder, and the party where there is one.
  var turn: String {
    let (holder, party) = self.holder
    return party.map { "\(holder.rawValue) \($0)" } ?? holder.rawValue
  }
}
