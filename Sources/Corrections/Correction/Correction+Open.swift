extension Correction {
  /// Decides what the report of a wrong MPxN causes.
  ///
  /// While a correction of the same device and field is open the report joins it, once; else a new
  /// one is opened, its route worked out, and whoever must agree is asked. Changes nothing.
  public static func open(
    _ report: Report, as id: CorrectionID, joining existing: Correction?,
    given facts: MPxNFacts
  ) throws(Refusal) -> [Event] {
    if let existing, existing.isOpen {
      guard !existing.knows(report, wanted: facts.wanted) else { return [] }
      return [
        .correctionJoined(
          CorrectionJoined(
            correction: existing.id, deviceID: existing.deviceID, requester: existing.requester,
            party: report.party,
            requestID: report.requestID, requested: facts.wanted))
      ] + existing.consentsByAsking(report.asking, wanted: facts.wanted)
    }
    if facts.held?.value == facts.wanted {
      throw .alreadyHeld(deviceID: report.deviceID, field: facts.field)
    }
    let opened = CorrectionRequested(
      correction: id, deviceID: report.deviceID, deviceType: report.deviceType,
      field: facts.field, current: facts.heldValue, requested: facts.wanted,
      party: report.party, requestID: report.requestID, firstCode: report.firstCode)
    return [.correctionRequested(opened)]
      + advise(
        id, report.deviceID, requester: report.party, asking: report.asking, standing: [],
        given: facts)
  }

  /// Who reports which fault, and from what.
  public struct Report: Hashable, Sendable {
    /// The party that reports.
    public let party: String
    /// The device whose entry is wrong.
    public let deviceID: EUI64
    /// Its type, as the SMI shows it.
    public let deviceType: DeviceType
    /// The refused request that it comes from, where it comes from one.
    public let requestID: RequestID?
    /// The code that request was refused with.
    public let firstCode: String?
    /// Whether the party itself asks, by a user who may act for it: then asking is agreeing.
    public let isByParty: Bool

    /// The party that agrees by asking.
    var asking: String? { isByParty ? party : nil }

    /// Makes a report; the wanted value and its field stand in the facts.
    public init(
      party: String, deviceID: EUI64, deviceType: DeviceType, requestID: RequestID?,
      firstCode: String?, isByParty: Bool
    ) {
      self.party = party
      self.deviceID = deviceID
      self.deviceType = deviceType
      self.requestID = requestID
      self.firstCode = firstCode
      self.isByParty = isByParty
    }
  }

  /// Whether this party has said the same before, with this request or without one.
  private func knows(_ report: Report, wanted: Token) -> Bool {
    guard reporters.contains(report.party) else { return false }
    if let request = report.requestID { return requests.contains(request) }
    let before = disputes.last { $0.party == report.party }?.requested
    return wanted == (before ?? requested)
  }

  /// A party that is asked to agree and asks for the same change itself agrees by asking.
  ///
  /// Once another party has refused nobody is asked any more, and the route is worked out anew
  /// first.
  private func consentsByAsking(_ party: String?, wanted: Token) -> [Event] {
    guard wanted == requested, state == .awaitingConsent else { return [] }
    return pendingConsents.filter { $0.party == party }.map { state in
      .consentGiven(
        ConsentGiven(
          correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
          asked: state.asked,
          byAsking: true))
    }
  }

  /// The route that the facts leave open, and the consents that it needs beyond those that were
  /// given or asked for.
  static func advise(
    _ id: CorrectionID, _ deviceID: EUI64, requester: String, asking: String?,
    by user: String? = nil,
    standing: [ConsentState], given facts: MPxNFacts
  ) -> [Event] {
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else { return [] }
    var events: [Event] = [
      .routeAdvised(
        RouteAdvised(
          correction: id, deviceID: deviceID, requester: requester, advice: advice,
          factsUpTo: facts.position,
          registrations: facts.registrations, askedBy: user))
    ]
    for consent in advice.consents {
      guard !standing.contains(where: { $0.answers(consent) }) else { continue }
      if consent.party == requester, consent.party == asking {
        events.append(
          .consentGiven(
            ConsentGiven(
              correction: id, deviceID: deviceID, requester: requester, consent: consent,
              asked: nil, byAsking: true)))
      } else {
        events.append(
          .consentRequested(
            ConsentRequested(
              correction: id, deviceID: deviceID, requester: requester, consent: consent)))
      }
    }
    return events
  }
}
