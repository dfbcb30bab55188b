extension Rule {
  /// E1 asks whether the user and its role belong together: whether it is registered in a role of a
  /// DUIS user.
  ///
  /// Source: the public table of general response codes. A User ID that is not among the users held
  /// is unknown, since the ledger may not hold them all.
  static let e1 = Rule(.e1) { facts in
    guard facts.user != nil else { return .unknown(.senderNotKnown, missing: .sender) }
    let roles = facts.senderRoleFacts
    return roles.isEmpty
      ? .fails(.senderHasNoRole, facts.senderFacts)
      : .holds(.senderHasRole, facts.senderFacts + roles)
  }
}
