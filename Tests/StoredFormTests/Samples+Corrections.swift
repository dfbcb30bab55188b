import Corrections

extension EventKind {
  /// One event of a correction's thread, by chance.
  func correctionSample(_ dice: inout Dice) -> Event {
    let id = dice.correction()
    let device = dice.eui()
    let party = dice.party()
    let document = dice.name43()
    switch self {
    case .correctionRequested:
      return .correctionRequested(
        CorrectionRequested(
          correction: id, deviceID: device, deviceType: dice.one(), field: dice.one(),
          current: dice.maybe { $0.entryValue() }, requested: dice.entryValue(), party: party,
          requestID: dice.maybe { $0.request() },
          firstCode: dice.maybe { $0.one(of: ["E080415", "E19"]) },
          batch: dice.maybe { $0.one(of: ["march", "wrong-meters"]) }))
    case .correctionJoined:
      return .correctionJoined(
        CorrectionJoined(
          correction: id, deviceID: device, requester: party, party: party,
          requestID: dice.maybe { $0.request() }, requested: dice.entryValue()))
    case .routeAdvised:
      let advice = RouteAdvice(
        route: dice.one(), because: dice.one(), party: dice.maybe { $0.party() },
        user: dice.maybe { $0.eui() },
        until: dice.maybe { $0.time() },
        consents: dice.some { $0.consent() }, otherDevices: dice.some { $0.eui() })
      return .routeAdvised(
        RouteAdvised(
          correction: id, deviceID: device, requester: party, advice: advice,
          factsUpTo: dice.position(),
          registrations: dice.maybe { $0.position() }, askedBy: dice.maybe { $0.staff() }))
    case .ownerAssigned:
      return .ownerAssigned(
        OwnerAssigned(
          correction: id, deviceID: device, requester: party, party: party, owner: dice.staff()))
    case .ownershipTransferred:
      return .ownershipTransferred(
        OwnershipTransferred(
          correction: id, deviceID: device, requester: party, party: party, from: dice.staff(),
          to: dice.staff(),
          reason: document))
    case .correctionResolved:
      return .correctionResolved(
        CorrectionResolved(
          correction: id, deviceID: device, requester: party, how: dice.one(),
          evidence: dice.maybe { $0.position() }))
    case .correctionConfirmed:
      return .correctionConfirmed(
        CorrectionConfirmed(correction: id, deviceID: device, requester: party, party: party))
    case .correctionReopened:
      return .correctionReopened(
        CorrectionReopened(
          correction: id, deviceID: device, requester: party, party: party, because: dice.one(),
          reason: dice.maybe { $0.name43() }, requestID: dice.maybe { $0.request() }))
    case .correctionRejected:
      return .correctionRejected(
        CorrectionClosed(
          correction: id, deviceID: dice.maybe { _ in device }, requester: party, party: party,
          reason: document))
    case .correctionWithdrawn:
      return .correctionWithdrawn(
        CorrectionClosed(
          correction: id, deviceID: device, requester: party, party: party, reason: document))
    case .noteAdded:
      return .noteAdded(
        NoteAdded(
          correction: id, deviceID: dice.maybe { _ in device }, requester: party, party: party,
          note: document))
    default: return fixSample(&dice, id, device, party, document)
    }
  }

  private func fixSample(
    _ dice: inout Dice, _ id: CorrectionID, _ device: EUI64, _ party: String, _ document: String
  ) -> Event {
    switch self {
    case .consentRequested:
      return .consentRequested(
        ConsentRequested(
          correction: id, deviceID: device, requester: party, consent: dice.consent()))
    case .consentGiven:
      return .consentGiven(
        ConsentGiven(
          correction: id, deviceID: device, requester: party, consent: dice.consent(),
          asked: dice.maybe { $0.position() }, byAsking: dice.flip()))
    case .consentRefused:
      return .consentRefused(
        ConsentRefused(
          correction: id, deviceID: device, requester: party, consent: dice.consent(),
          asked: dice.position(),
          reason: document))
    case .consentLapsed:
      return .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: device, requester: party, consent: dice.consent(),
          because: dice.one(),
          asked: dice.maybe { $0.position() }, shownBy: dice.maybe { $0.position() }))
    case .manualFixProposed:
      return .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: device, requester: party, party: party, field: dice.one(),
          expected: dice.entryValue(), new: dice.entryValue(),
          otherDevices: dice.some { $0.eui() }, explanation: dice.maybe { $0.name43() }))
    case .manualFixApproved:
      return .manualFixApproved(
        ManualFixApproved(
          correction: id, deviceID: device, requester: party, party: party,
          proposal: dice.position()))
    case .manualFixDeclined:
      return .manualFixDeclined(
        ManualFixDeclined(
          correction: id, deviceID: device, requester: party, party: party,
          proposal: dice.position(), reason: document))
    case .manualFixApplied:
      return .manualFixApplied(
        ManualFixApplied(
          correction: id, deviceID: device, requester: party, party: party,
          proposal: dice.position()))
    case .fixVerified:
      return .fixVerified(
        FixVerified(
          correction: id, deviceID: device, requester: party, party: party, field: dice.one(),
          found: dice.entryValue(),
          evidence: dice.position()))
    case .fixNotFound:
      return .fixNotFound(
        FixNotFound(
          correction: id, deviceID: device, requester: party, party: party, field: dice.one(),
          found: dice.maybe { $0.entryValue() },
          evidence: dice.maybe { $0.position() }))
    default: preconditionFailure("\(self) has its sample elsewhere")
    }
  }
}

extension Dice {
  mutating func consent() -> RouteAdvice.Consent {
    RouteAdvice.Consent(
      side: one(), party: party(), supplier: one(of: ["SUPA", "MRA1"]), mpxn: token(),
      registrations: position())
  }
}
