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
  case movedOn(CorrectionID, field: CorrectionField, expected: EntryValue?, found: EntryValue?)
  /// A consent no longer names the Registered Supplier.
  case consentLapsed(CorrectionID, party: String, side: ConsentSide)
  /// Whoever is Registered Supplier of one of the values now has not agreed.
  case consentMissing(CorrectionID, party: String, side: ConsentSide)
  /// A check that must hold on applying does not.
  case checkFails(CorrectionID, Finding)
  /// The SMI holds the wanted value already.
  case alreadyHeld(deviceID: EUI64, field: CorrectionField)
  /// The SMI does not hold the wanted value, so a request cannot have fixed it.
  case notHeldYet(CorrectionID, field: CorrectionField)
  /// Something is known of the field from a later time than the change is said to be of.
  case newerIsKnown(CorrectionID, field: CorrectionField, given: Instant, newest: Instant)
  /// It is open for the same party, which wants another value now.
  ///
  /// The state where it keeps the value that it wants; nil where that can be changed.
  case wantsAnother(CorrectionID, while: Correction.State?)
  /// Who proposed or approved a fix doesn't apply it.
  case anotherPersonApplies(user: String)
  /// The route no longer ends in a fix by hand; nil when the facts leave none.
  case routeChanged(CorrectionID, Route?)
  /// Nothing has been said of the place since the fix was applied at that position.
  case notSeenSince(CorrectionID, position: Int)
  /// What the SMI holds in the field is not known, so there is nothing to compare with.
  case valueNotKnown(CorrectionID, field: CorrectionField)
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
  /// Another device holds the wanted value: that is settled or explained first.
  case heldElsewhere(CorrectionID, [EUI64])
  /// The corrections that it is settled together with are others than those that make a ring with it
  /// now: these have left it, or have come to it.
  case ringChanged(CorrectionID, [CorrectionID])
  /// What is wanted is said in words, and no value to put there.
  case noValue(CorrectionID)
  /// The wanted meter point was erased, so nobody can put it there.
  case wantedErased(CorrectionID)
  /// A question waits for its answer already.
  case askedAlready(CorrectionID, party: String)
  /// Nothing was asked.
  case nothingAsked(CorrectionID)
  /// That party has nothing to do with it; these have.
  case notInvolved(CorrectionID, party: String, involved: [String])
  /// The other correction has ended, or it is the same one.
  case notOpen(CorrectionID, Correction.State)
  /// The two are about different devices, so they are not one fault.
  case otherDevice(CorrectionID, CorrectionID)
  /// An Incident is open for it.
  case escalatedAlready(CorrectionID)
  /// No Incident is open for it.
  case notEscalated(CorrectionID)
  /// The old ticket names no device, so nothing can be done to it here.
  case noDevice(CorrectionID)
  /// It is about that field, and another field is another correction.
  case otherField(CorrectionID, CorrectionField)
}
