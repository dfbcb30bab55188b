extension Correction {
  /// Decides what the report of a wrong field causes.
  ///
  /// While a correction of the same device and field is open the report joins it, once. A fault that
  /// comes back within the policy's time opens the old correction again; else a new one is opened,
  /// its route worked out, whoever must agree is asked, and a ring that it closes is linked. Changes
  /// nothing.
  public static func open(
    _ report: Report, as id: CorrectionID, joining existing: Correction?,
    given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    if let existing, existing.isOpen {
      guard !existing.knows(report, wanted: facts.wanted) else { return [] }
      if report.party == existing.requester, facts.wanted != existing.requested {
        throw .wantsAnother(
          existing.id, while: existing.possible.contains(.change) ? nil : existing.state)
      }
      return [
        .correctionJoined(
          CorrectionJoined(
            correction: existing.id, deviceID: existing.deviceID, requester: existing.requester,
            party: report.party, requestID: report.requestID, requested: facts.wanted))
      ] + existing.consentsByAsking(report.asking, wanted: facts.wanted)
    }
    if let held = facts.heldValue, held.brings(facts.wanted) {
      throw .alreadyHeld(deviceID: report.deviceID, field: facts.field)
    }
    if let past = existing ?? facts.past,
      past.comesBack(as: facts.wanted, at: report.at ?? facts.at, given: facts)
    {
      return past.reported(report, given: facts)
    }
    let opened = CorrectionRequested(
      correction: id, deviceID: report.deviceID, deviceType: report.deviceType,
      field: facts.field, current: facts.heldValue, requested: facts.wanted,
      party: report.party, requestID: report.requestID, firstCode: report.firstCode,
      batch: report.batch)
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
    /// The label by which many that were opened at once are found again.
    public let batch: String?
    /// When the fault was there, where that is another time than the facts are of.
    public let at: Instant?

    /// The party that agrees by asking.
    var asking: String? { isByParty ? party : nil }

    /// Makes a report; the wanted value and its field stand in the facts.
    public init(
      party: String, deviceID: EUI64, deviceType: DeviceType, requestID: RequestID?,
      firstCode: String?, isByParty: Bool, batch: String? = nil, at: Instant? = nil
    ) {
      self.party = party
      self.deviceID = deviceID
      self.deviceType = deviceType
      self.requestID = requestID
      self.firstCode = firstCode
      self.isByParty = isByParty
      self.batch = batch
      self.at = at
    }
  }

  /// Whether this party has said the same before, with this request or without one.
  private func knows(_ report: Report, wanted: EntryValue) -> Bool {
    guard reporters.contains(report.party) else { return false }
    if let request = report.requestID { return requests.contains(request) }
    let before = disputes.last { $0.party == report.party }?.requested
    return wanted == (before ?? requested)
  }

  /// A party that is asked to agree and asks for the same change itself agrees by asking.
  ///
  /// Once another party has refused nobody is asked any more, and the route is worked out anew
  /// first.
  private func consentsByAsking(_ party: String?, wanted: EntryValue) -> [Event] {
    guard wanted == requested, stage == .awaitingConsent else { return [] }
    return pendingConsents.filter { $0.party == party }.map { given($0, byAsking: true) }
  }

  /// Whether a report of now is that of the fault that this one had fixed, come back within the time
  /// that the policy gives.
  private func comesBack(
    as wanted: EntryValue, at time: Instant, given facts: CorrectionFacts
  ) -> Bool {
    guard stage == .resolved || stage == .confirmed, wanted == requested || facts.isSaidAgain,
      let resolvedAt, let days = facts.policy.reopenWithin
    else { return false }
    return time < facts.clock.dueAt(openedAt: resolvedAt, workingDays: days)
  }

  /// Opens the old thread again for a new report.
  private func reported(_ report: Report, given facts: CorrectionFacts) -> [Event] {
    [
      .correctionReopened(
        CorrectionReopened(
          correction: id, deviceID: deviceID, requester: requester, party: report.party,
          because: .reportedAgain, reason: nil, requestID: report.requestID))
    ] + parted(given: facts) + lapse(lastingConsents, given: facts) { _ in .reopened }
      + advised(asking: report.asking, by: nil, standing: [], given: facts)
  }

  /// The route that the facts leave open, the consents that it needs beyond those that were given or
  /// asked for, and the ring that it closes.
  static func advise(
    _ id: CorrectionID, _ deviceID: EUI64, requester: String, asking: String?,
    by user: String? = nil, standing: [ConsentState], linked: [CorrectionID] = [],
    given facts: CorrectionFacts
  ) -> [Event] {
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else { return [] }
    var events: [Event] = [
      .routeAdvised(
        RouteAdvised(
          correction: id, deviceID: deviceID, requester: requester, advice: advice,
          factsUpTo: facts.position, registrations: facts.registrations, askedBy: user))
    ]
    let ring = Ring(facts.ring, closedBy: id)
    if let link = ring.link(deviceID: deviceID, requester: requester, linked: linked) {
      events.append(link)
    }
    var standing = standing
    for consent in advice.consents {
      guard !standing.contains(where: { $0.answers(consent) }) else { continue }
      let isAsking = consent.party == requester && consent.party == asking
      if isAsking || ring.has(agreed: consent) {
        let given = ConsentGiven(
          correction: id, deviceID: deviceID, requester: requester, consent: consent, asked: nil,
          byAsking: true)
        events.append(.consentGiven(given))
        standing.append(
          ConsentState(
            consent: consent, asked: nil, askedAt: facts.at, answer: .byAsking))
      } else {
        events.append(
          .consentRequested(
            ConsentRequested(
              correction: id, deviceID: deviceID, requester: requester, consent: consent)))
      }
    }
    return events + ring.agreements(from: standing)
  }
}
