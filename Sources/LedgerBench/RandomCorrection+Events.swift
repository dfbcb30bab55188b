import Corrections

/// The single events of a made-up correction.
extension RandomCorrection {
  func step(_ what: CorrectionStep.What, by party: String? = nil) -> Event {
    .correctionStep(
      CorrectionStep(
        correction: id, deviceID: deviceID, requester: requester, party: party ?? requester,
        what: what))
  }

  func advice(_ dice: inout Dice) -> Event {
    let route = dice.one(of: Route.allCases)
    let because: RouteAdvice.Because
    switch route {
    case .selfServe: because = dice.isOne(in: 2) ? .requestPasses : .anotherPartyPasses
    case .installingSupplier, .preNotifier: because = .devicePending
    case .registration: because = .registrationChanges
    case .twoSupplier: because = .suppliersDiffer
    case .manual: because = .deviceTypeDoesNotFit
    case .incident: because = dice.isOne(in: 2) ? .supplierPartyNotKnown : .notExpressible
    }
    let names = because == .anotherPartyPasses || because == .devicePending && dice.isOne(in: 2)
    let opened = state?.lastStepAt.milliseconds ?? 0
    let until = Instant(milliseconds: opened + Int64(dice.below(40)) * 86_400_000)
    return .routeAdvised(
      RouteAdvised(
        correction: id, deviceID: deviceID, requester: requester,
        advice: RouteAdvice(
          route: route, because: because, party: names ? counterparty : nil,
          until: route == .registration && dice.isOne(in: 2) && opened > 0 ? until : nil,
          consents: route == .twoSupplier ? [consent(.wanted, counterparty, 7)] : []),
        factsUpTo: 3, registrations: nil, askedBy: nil))
  }

  func consent(_ side: ConsentSide, _ party: String, _ mpxn: UInt64) -> RouteAdvice.Consent {
    RouteAdvice.Consent(
      side: side, party: party, supplier: party, mpxn: token(mpxn), registrations: 1)
  }

  func ask(_ side: ConsentSide, _ party: String, _ mpxn: UInt64) -> Event {
    .consentRequested(
      ConsentRequested(
        correction: id, deviceID: deviceID, requester: requester,
        consent: consent(side, party, mpxn)))
  }

  func answered(_ asked: Correction.ConsentState, _ dice: inout Dice) -> Event {
    switch dice.below(8) {
    case 0:
      .consentRefused(
        ConsentRefused(
          correction: id, deviceID: deviceID, requester: requester, consent: asked.consent,
          asked: asked.asked ?? 1, reason: document(10)))
    case 1:
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, requester: requester, consent: asked.consent,
          because: .supplierChanged, asked: asked.asked, shownBy: nil))
    default:
      .consentGiven(
        ConsentGiven(
          correction: id, deviceID: deviceID, requester: requester, consent: asked.consent,
          asked: asked.asked, byAsking: false))
    }
  }

  func fixed(_ state: Correction, at position: Int, _ dice: inout Dice) -> Event {
    guard let proposal = state.proposal else {
      return .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: deviceID, requester: requester, party: "DCC",
          field: .importMPxN, expected: .mpxn(token(0)), new: .mpxn(token(1))))
    }
    guard proposal.approver != nil else {
      return dice.isOne(in: 8)
        ? .manualFixDeclined(
          ManualFixDeclined(
            correction: id, deviceID: deviceID, requester: requester, party: "DCC",
            proposal: proposal.position, reason: document(11)))
        : .manualFixApproved(
          ManualFixApproved(
            correction: id, deviceID: deviceID, requester: requester, party: "DCC",
            proposal: proposal.position))
    }
    return dice.isOne(in: 10)
      ? step(.manualFixFailed(proposal: proposal.position, reason: document(12)), by: "DSP")
      : .manualFixApplied(
        ManualFixApplied(
          correction: id, deviceID: deviceID, requester: requester, party: "DSP",
          proposal: proposal.position))
  }

  func joined(_ dice: inout Dice) -> Event {
    .correctionJoined(
      CorrectionJoined(
        correction: id, deviceID: deviceID, requester: requester,
        party: dice.one(of: Self.parties), requestID: nil, requested: .mpxn(token(1))))
  }

  func owned(_ owner: String) -> Event {
    .ownerAssigned(
      OwnerAssigned(
        correction: id, deviceID: deviceID, requester: requester, party: "DCC", owner: owner))
  }

  func handed(from: String, to: String) -> Event {
    .ownershipTransferred(
      OwnershipTransferred(
        correction: id, deviceID: deviceID, requester: requester, party: "DCC", from: from,
        to: to, reason: document(13)))
  }

  func closed(_ event: (CorrectionClosed) -> Event, by party: String) -> Event {
    event(
      CorrectionClosed(
        correction: id, deviceID: deviceID, requester: requester, party: party,
        reason: document(14)))
  }

  var note: NoteAdded {
    NoteAdded(
      correction: id, deviceID: deviceID, requester: requester, party: "DCC", note: document(15))
  }

  func resolved(_ how: CorrectionResolved.How) -> Event {
    .correctionResolved(
      CorrectionResolved(
        correction: id, deviceID: deviceID, requester: requester, how: how, evidence: nil))
  }

  var confirmed: Event {
    .correctionConfirmed(
      CorrectionConfirmed(
        correction: id, deviceID: deviceID, requester: requester, party: requester))
  }

  var reopened: Event {
    .correctionReopened(
      CorrectionReopened(
        correction: id, deviceID: deviceID, requester: requester, party: requester,
        reason: document(16)))
  }

  /// A request about its device; a few are answered more than once.
  func request(_ number: UInt64, _ dice: inout Dice) -> RequestID {
    Self.request(UInt64(id.number) << 2 | number & 3 | UInt64(dice.below(2)), deviceID)
  }

  static func request(_ counter: UInt64, _ device: EUI64) -> RequestID {
    RequestID(
      originator: EUI64(bits: 0x90B3_D51F_3001_0000), target: device, counter: counter)
  }

  func answer(to request: RequestID, _ code: String, content: String? = nil) -> Event {
    .serviceResponseRecorded(
      ServiceResponseRecorded(
        requestID: request, responseID: nil, party: requester, serviceReference: "8.4",
        serviceReferenceVariant: "8.4", deviceID: deviceID, code: code, content: content,
        schemaVersion: "5.4", flags: [], document: document(17)))
  }

  func token(_ which: UInt64) -> Token { Story.token(UInt64(id.number) << 8 | which) }

  func document(_ which: UInt64) -> String { token(which | 128).text }
}

extension Event {
  /// Whether it changes one correction alone and did not open it.
  func isOnlyOf(_ id: CorrectionID) -> Bool {
    switch self {
    case .correctionRequested, .incidentTakenOver: false
    case .correctionStep(let step): step.correction == id && step.others.isEmpty
    default: true
    }
  }
}

/// Random choices that a seed fixes (SplitMix64).
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 0 ..< limit.
  mutating func below(_ limit: Int) -> Int {
    state = mix(state)
    return Int(state % UInt64(limit))
  }

  mutating func isOne(in limit: Int) -> Bool { below(limit) == 0 }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
