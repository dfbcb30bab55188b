extension ResponseDiverged {
  /// The same, of a judgement at another position.
  public func judged(at position: Int) -> ResponseDiverged {
    ResponseDiverged(
      requestID: requestID, party: party, serviceReference: serviceReference, deviceID: deviceID,
      predicted: predicted, returned: returned, rulebook: rulebook, findings: findings,
      validated: position, factsUpTo: factsUpTo, registrations: registrations)
  }
}

extension ServiceRequestValidated {
  /// How a code that came back differs from the one predicted here; nil when it does not, or nothing
  /// was predicted.
  ///
  /// Success is success, whether I0 or I99. Codes of the transport (E20, E21, E30) and codes that the
  /// schema does not name (`isNamed` false) say nothing of the rules, and a prediction in which a
  /// published rule is unknown is none. `position` is that of the judgement.
  public func divergence(
    from returned: String, isNamed: Bool, at position: Int
  ) -> ResponseDiverged? {
    guard isNamed, let predicted = judgement.code, predicted != returned,
      !(Judgement.isSuccess(predicted) && Judgement.isSuccess(returned)),
      !["E20", "E21", "E30"].contains(returned),
      judgement.findings.allSatisfy({ $0.answer != .unknown || !$0.code.isPublished })
    else { return nil }
    return ResponseDiverged(
      requestID: requestID, party: party, serviceReference: serviceReference, deviceID: deviceID,
      predicted: predicted, returned: returned, rulebook: judgement.rulebook,
      findings: judgement.findings.filter { [predicted, returned].contains($0.code.rawValue) },
      validated: position, factsUpTo: factsUpTo, registrations: registrations)
  }
}
