extension Correction {
  /// Gives the correction its owner at the DCC; another owner later is a handover and needs a reason.
  func assign(_ owner: String, _ reason: String?, by actor: CorrectionActor) throws(Refusal)
    -> [Event]
  {
    try actor.mustHave(.dcc, to: .assign)
    guard let current = self.owner else {
      return [
        .ownerAssigned(
          OwnerAssigned(
            correction: id, deviceID: deviceID, requester: requester, party: actor.party,
            owner: owner))
      ]
    }
    guard current != owner else { throw .ownedAlready(id, owner: owner) }
    guard let reason else { throw .reasonNeeded(.assign) }
    return [
      .ownershipTransferred(
        OwnershipTransferred(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          from: current, to: owner, reason: reason))
    ]
  }
}
