extension Rule {
  /// E2 asks whether the user's role may send this Service Reference.
  ///
  /// Source: the public table of general response codes, and the published matrix of eligible roles:
  /// SR 8.4, 8.2 and 12.2 may be sent in each of the seven roles of a DUIS user.
  static let e2 = Rule(.e2) { facts in
    guard facts.user != nil else { return .unknown(.senderNotKnown, missing: .sender) }
    let roles = facts.senderRoleFacts
    return roles.isEmpty
      ? .fails(.roleMayNotSend, facts.senderFacts) : .holds(.roleMaySend, roles)
  }
}
