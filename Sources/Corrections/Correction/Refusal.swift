/// Why a command makes no sense now: nothing is recorded.
public enum Refusal: Error, Hashable, Sendable {
  /// The correction stands elsewhere; `can` names what can be done instead.
  case notInThisState(CommandName, Correction, can: [CommandName])
  /// Only a party that is asked can consent or refuse.
  case notAsked(party: String, asked: [String])
  /// The proposer cannot approve.
  case proposerCannotApprove(user: String)
  /// The actor has none of the roles that may do this.
  case roleNeeded(CommandName, UserRole, of: String)
  /// Only these parties may do this.
  case partyNeeded(CommandName, [String], of: String)
  /// The SMI no longer holds what the fix or the correction expects.
  case movedOn(CorrectionID, field: MPxNField, expected: Token?, found: Token?)
  /// A consent no longer names the Registered Supplier.
  case consentLapsed(CorrectionID, party: String, side: ConsentSide)
  /// Whoever is Registered Supplier of one of the values now has not agreed.
  case consentMissing(CorrectionID, party: String, side: ConsentSide)
  /// A check that must hold on applying does not.
  case checkFails(CorrectionID, Finding)
  /// The SMI holds the wanted value already.
  case alreadyHeld(deviceID: EUI64, field: MPxNField)
  /// The SMI does not hold the wanted value, so a request cannot have fixed it.
  case notHeldYet(CorrectionID, field: MPxNField)
  /// Who proposed or approved a fix doesn't apply it.
  case anotherPersonApplies(user: String)
  /// The route no longer ends in a fix by hand; nil when the facts leave none.
  case routeChanged(CorrectionID, Route?)
  /// Nothing has been said of the place since the fix was applied at that position.
  case notSeenSince(CorrectionID, position: Int)
  /// What the SMI holds in the field is not known, so there is nothing to compare with.
  case valueNotKnown(CorrectionID, field: MPxNField)
  /// A supplier refused, and only the DCC asks it again.
  case refusedAlready(CorrectionID, party: String)
  /// The field has another correction, which is open.
  case anotherIsOpen(CorrectionID, CorrectionID)
  /// Others reported the same fault and wait for the fix.
  case othersReported(CorrectionID, [String])
  /// It has an owner, and giving it to another needs a reason.
  case reasonNeeded(CommandName)
  /// Only a user with the role DCC who may act can own a correction.
  case ownerNotKnown(CorrectionID)
  /// It has that owner already.
  case ownedAlready(CorrectionID, owner: String)
  /// The effective time lies before the thread's last step.
  case timeOutOfOrder(CorrectionID, given: Instant, last: Instant)
}

/// The commands on a correction, by the names that people type.
public enum CommandName: String, CaseIterable, Hashable, Sendable {
  /// The one that opens or joins, and those on an open thread.
  case open, advise, consent, refuse, assign, propose, approve, decline, apply, verify, resolve
  /// Those that end it or come after its end; a note is always possible.
  case confirm, reopen, reject, withdraw, note
}
