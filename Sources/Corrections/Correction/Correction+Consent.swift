extension Correction {
  func consent(by actor: CorrectionActor) throws(Refusal) -> [Event] {
    try asked(actor).map { consent in
      .consentGiven(
        ConsentGiven(
          correction: id, deviceID: deviceID, party: consent.party, side: consent.side,
          mpxn: consent.mpxn, registrations: consent.registrations, byAsking: false))
    }
  }

  func refuse(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try asked(actor).map { consent in
      .consentRefused(
        ConsentRefused(
          correction: id, deviceID: deviceID, party: consent.party, side: consent.side,
          reason: reason))
    }
  }

  /// The consents that this actor's party is asked for.
  private func asked(_ actor: CorrectionActor) throws(Refusal) -> [ConsentState] {
    let mine = pendingConsents.filter { $0.party == actor.party }
    guard !mine.isEmpty else {
      throw .notAsked(party: actor.party, asked: pendingConsents.map(\.party))
    }
    return mine
  }

  /// Works out the route anew: consents of parties that are no longer registered lapse, and whoever
  /// is registered now is asked.
  func readvise(given facts: MPxNFacts) -> [Event] {
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else { return [] }
    let current = consents.filter { $0.answer.stands || $0.answer == .asked }
    let still = current.filter { consent in
      advice.consents.contains { $0.party == consent.party && $0.side == consent.side }
    }
    let unchanged = advice == self.advice && still.count == current.count && proposal == nil
    guard !unchanged || phase == .open else { return [] }
    let lapsed = current.filter { !still.contains($0) }.map { consent -> Event in
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, party: consent.party, side: consent.side,
          registrations: registrations(of: consent.side, in: facts) ?? consent.registrations))
    }
    let standing = still.filter(\.answer.stands)
    let pending = still.filter { $0.answer == .asked }
    let lapsedPending = pending.map { consent -> Event in
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, party: consent.party, side: consent.side,
          registrations: consent.registrations))
    }
    return lapsed + lapsedPending
      + Correction.advise(id, deviceID, requester: requester, standing: standing, given: facts)
  }

  private func registrations(of side: ConsentSide, in facts: MPxNFacts) -> Int? {
    let rows =
      switch side {
      case .held: facts.heldRows
      case .wanted: facts.wantedRows
      }
    return rows.map(\.imported).max()
  }
}
