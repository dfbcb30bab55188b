import Corrections

/// One made-up correction: what happens next follows from where it stands, and from dice.
///
/// Its steps are such as could be decided, but nothing is asked of an inventory.
struct RandomCorrection {
  let id: CorrectionID
  /// Where it stands, as the ledger folds it; nil before its first event.
  private(set) var state: Correction?
  let deviceID: EUI64
  private let deviceType: DeviceType
  let requester: String
  let counterparty: String
  private let code: String?
  /// What was recorded of it, kept only where one of its events will turn out to be in error.
  private var recorded: [Recorded] = []
  private let isToErr: Bool

  static let parties = [
    "SUPA", "SUPB", "SUPC", "SUPD", "SUPE", "SUPF", "A-PARTY-WITH-A-CODE-OF-40-CHARACTERS-ALL",
  ]
  private static let types: [DeviceType] = [.esme, .esme, .esme, .gsme, .gsme, .chf, .ppmid]
  private static let codes = [
    "E080405", "E080406", "E080409", "E080410", "E080413", "E080414", "E080415", "E080415",
  ]

  init(_ number: Int, _ dice: inout Dice) {
    id = CorrectionID(number: number)
    // Several are of one device, so that a request may follow another one's refusal.
    deviceID = EUI64(bits: mix(UInt64(number / 3) | 1 << 32))
    deviceType = dice.one(of: Self.types)
    // A few ask for most of it.
    let first = dice.below(Self.parties.count)
    let party = min(first, dice.below(Self.parties.count))
    requester = Self.parties[party]
    counterparty = Self.parties[(party + 1 + dice.below(Self.parties.count - 1)) % 7]
    code = dice.isOne(in: 5) ? nil : dice.one(of: Self.codes)
    isToErr = dice.isOne(in: 60)
  }

  /// Whether nothing more happens.
  var isOver: Bool { state?.hasEnded ?? false }

  /// Folds an event of it, or of another one that names it.
  mutating func take(_ event: Recorded) {
    Correction.evolve(&state, id: id, with: event)
    if isToErr { recorded.append(event) }
  }

  /// The event of it that is found to be in error, once; what it had brought is undone.
  mutating func erred(_ dice: inout Dice) -> Recorded? {
    guard isToErr, recorded.count > 3, recorded.count < 100, dice.isOne(in: 3) else { return nil }
    let place = recorded.count - 1 - dice.below(min(4, recorded.count))
    guard recorded[place].event.isOnlyOf(id) else { return nil }
    let wrong = recorded.remove(at: place)
    state = Correction.fold(id, recorded)
    return wrong
  }

  /// What opens it: the answer to a request, then the request for a correction and its route.
  func opening(_ dice: inout Dice) -> [Event] {
    var events: [Event] = []
    var request: RequestID?
    if let code {
      let refused = Self.request(UInt64(id.number) << 2, deviceID)
      request = refused
      if dice.isOne(in: 4) { events.append(answer(to: refused, "I0", content: "PreCommand")) }
      events.append(answer(to: refused, code))
      if dice.isOne(in: 8) { events.append(answer(to: refused, "I0")) }
    }
    events.append(
      .correctionRequested(
        CorrectionRequested(
          correction: id, deviceID: deviceID, deviceType: deviceType, field: .importMPxN,
          current: .mpxn(token(0)), requested: .mpxn(token(1)), party: requester,
          requestID: request, firstCode: code)))
    if !dice.isOne(in: 6) { events.append(advice(&dice)) }
    if dice.isOne(in: 3) { events.append(step(.categorySet(1 + dice.below(5)))) }
    return events
  }

  /// An old ticket, raised at a moment and told of at a later one.
  func ticket(raised: Instant, told: Instant, into other: CorrectionID?, _ dice: inout Dice)
    -> Event
  {
    let span = Int((told.milliseconds - raised.milliseconds) / 60_000)
    let ended = raised.advanced(byMilliseconds: Int64(dice.below(max(1, span))) * 60_000)
    let isOpen = other != nil || dice.isOne(in: 4)
    let outcome: IncidentTakenOver.Outcome? =
      isOpen ? nil : dice.one(of: [.resolved, .resolved, .resolved, .rejected, .withdrawn])
    let hasDevice = !dice.isOne(in: 10)
    return .incidentTakenOver(
      IncidentTakenOver(
        correction: id, reference: token(9), deviceID: hasDevice ? deviceID : nil,
        deviceType: hasDevice ? deviceType : nil, field: hasDevice ? .importMPxN : nil,
        requested: dice.isOne(in: 5) ? nil : .mpxn(token(1)), mpxn: nil,
        category: dice.isOne(in: 2) ? nil : 1 + dice.below(5), firstCode: code, party: requester,
        resolvedAt: outcome == .resolved ? ended : nil,
        closedAt: isOpen || dice.isOne(in: 5) && outcome == .resolved ? nil : ended,
        outcome: outcome, route: dice.isOne(in: 2) ? nil : .incident,
        handovers: dice.below(9), isBundled: dice.isOne(in: 5), mergedInto: other))
  }

  /// What is done to it next.
  mutating func next(at position: Int, beside others: [CorrectionID], _ dice: inout Dice) -> [Event]
  {
    guard let state else { return [] }
    switch dice.below(40) {
    case 0: return [joined(&dice)]
    case 1 where state.isOpen && state.question == nil:
      let asked = dice.one(of: [requester, counterparty, "DNOX"])
      return [step(.informationRequested(of: asked, question: document(2)), by: "DCC")]
    case 2 where state.owner == nil: return [owned("team1")]
    case 3, 4:
      return state.owner.map { [handed(from: $0, to: "team\(1 + dice.below(9))")] }
        ?? [owned("team2")]
    case 5 where state.isOpen: return [closed(Event.correctionRejected, by: "DCC")]
    case 6 where state.isOpen: return [closed(Event.correctionWithdrawn, by: requester)]
    case 7 where state.isOpen && others.count > 1:
      return [
        step(
          .merged(
            into: others[0], reporters: state.reporters, requests: state.requests,
            reason: document(3)), by: "DCC")
      ]
    case 8 where state.isOpen && others.count > 1: return [step(.linked([others[1]]))]
    case 9 where state.isOpen && !state.linked.isEmpty:
      return [step(.unlinked(from: state.linked))]
    case 10 where state.isOpen && state.incident.map({ $0.closedAt != nil }) ?? true:
      return [step(.incidentRaised(because: .asked, reason: document(4)), by: "DCC")]
    case 11 where state.isOpen:
      return [step(.heldValueChanged(to: .mpxn(token(5)), evidence: position - 1))]
    case 12: return [.noteAdded(note)]
    case 13 where state.isOpen:
      return [
        step(
          .requestedValueChanged(
            from: state.requested, to: .mpxn(token(UInt64(6 + dice.below(3)))), reason: nil),
          by: requester)
      ]
    case 14 where state.isOpen: return [resolved(.observed)]
    default: return onward(state, at: position, &dice)
    }
  }

  private func onward(_ state: Correction, at position: Int, _ dice: inout Dice) -> [Event] {
    switch state.state {
    case .open: return [advice(&dice)]
    case .awaitingRequest:
      guard !dice.isOne(in: 4) else { return [advice(&dice)] }
      let sent = request(2, &dice)
      return dice.isOne(in: 3)
        ? [answer(to: sent, dice.one(of: Self.codes))]
        : [answer(to: sent, "I0"), resolved(.serviceRequest)]
    case .awaitingRegistration:
      return dice.isOne(in: 3) ? [advice(&dice)] : [resolved(.registration)]
    case .awaitingConsent:
      guard let asked = state.pendingConsents.first else { return [advice(&dice)] }
      return [answered(asked, &dice)]
    case .awaitingFix:
      if state.advice?.route == .twoSupplier, state.consents.isEmpty {
        return [ask(.wanted, counterparty, 7)]
      }
      return [fixed(state, at: position, &dice)]
    case .awaitingInformation: return [step(.informationSupplied(answer: document(7)))]
    case .awaitingVerification:
      guard let applied = state.proposal?.applied, !dice.isOne(in: 5) else {
        return [
          .fixNotFound(
            FixNotFound(
              correction: id, deviceID: deviceID, requester: requester, party: "DCC",
              field: .importMPxN, found: nil, evidence: nil))
        ]
      }
      return [
        .fixVerified(
          FixVerified(
            correction: id, deviceID: deviceID, requester: requester, party: "DCC",
            field: .importMPxN, found: .mpxn(token(1)), evidence: applied)),
        resolved(.manualFix),
      ]
    case .escalated:
      return state.proposal == nil && dice.isOne(in: 3)
        ? [fixed(state, at: position, &dice)]
        : dice.isOne(in: 2)
          ? [step(.incidentClosed(outcome: document(8)), by: "DCC")]
          : [resolved(.incident)]
    case .resolved:
      return dice.isOne(in: 12)
        ? [reopened]
        : dice.isOne(in: 3) ? [step(.confirmationLapsed, by: "ledger")] : [confirmed]
    case .confirmed, .rejected, .withdrawn, .merged: return []
    }
  }
}
