extension Rule {
  /// E3 asks whether the status of the user allows the request: only an active user may send one.
  ///
  /// Source: the public table of general response codes; that suspended and withdrawn users are the
  /// ones it forbids is inferred.
  static let e3 = Rule(.e3) { facts in
    guard let user = facts.user else { return .unknown(.senderNotKnown, missing: .sender) }
    let status = [Fact(.senderStatus, .text(user.status.rawValue), from: facts.senderSource)]
    return user.status == .active
      ? .holds(.senderActive, status) : .fails(.senderNotActive, status, inferred: true)
  }
}
