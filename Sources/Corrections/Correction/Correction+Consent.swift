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
    let still = current.filter { consent in advice.consents.contains(where: consent.answers) }
    let unchanged = advice == self.advice && still.count == current.count && proposal == nil
    guard !unchanged || phase == .open else { return [] }
    let lapsed = current.filter { !still.contains($0) }.map { consent -> Event in
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, party: consent.party, side: consent.side,
          registrations: registrations(of: consent.side, in: facts) ?? consent.registrations))
    }
    return lapsed
      + Correction.advise(id, deviceID, requester: requester, standing: still, given: facts)
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

extension Correction.ConsentState {
  /// Whether it is, or when given will be, the agreement that is needed.
  func answers(_ needed: RouteAdvice.Consent) -> Bool {
    party == needed.party && side == needed.side && mpxn == needed.mpxn
  }
}
