internal import Corrections

extension ActionForms {
  /// What a form is called, what it says before its fields, and what its button says.
  func wording(_ kind: Kind) -> (title: String, says: String?, button: String) {
    switch kind {
    case .ask: ("Ask a party something", nil, "Ask")
    case .closeIncident:
      (
        "Close the Incident", "What came of it is written down; the route is worked out anew.",
        "Close"
      )
    case .command(let name): wording(name)
    }
  }

  private func wording(_ name: CommandName) -> (title: String, says: String?, button: String) {
    switch name {
    case .open: ("Open", nil, "Open")
    case .advise:
      (
        "Work out the route anew", "By what is held now: registrations, users, the device.",
        "Work it out"
      )
    case .consent:
      (
        "Agree",
        "For your party, as Registered Supplier, to the change from the value held to the one wanted.",
        "Agree"
      )
    case .refuse: ("Refuse", nil, "Refuse")
    case .assign:
      correction.owner == nil
        ? ("Give it an owner", "Who stays responsible at the DCC from start to end.", "Assign")
        : ("Hand it over", "It is counted as a handover.", "Hand over")
    case .propose:
      (
        "Propose the fix", "Another person at the DCC approves it, and the DSP makes the change.",
        "Propose"
      )
    case .approve: ("Approve the fix", "As another person than its proposer.", "Approve")
    case .decline: ("Decline the fix", nil, "Decline")
    case .apply:
      (
        "Say that the change is made",
        "Consents and rules are looked at again first; it is recorded only if all of them still stand.",
        "The change is made"
      )
    case .fail: ("Say that the change can’t be made", nil, "It can’t be made")
    case .verify:
      ("Look whether it is there", "What the inventory has said since the change.", "Look")
    case .resolve: ("Say that the fault has gone", nil, "Resolve")
    case .confirm: ("Confirm", "For your party: the entry is right now.", "Confirm")
    case .reopen: ("Reopen", "The fault is there still, or again.", "Reopen")
    case .reject: ("Reject", "It ends without a fix.", "Reject")
    case .withdraw:
      ("Withdraw", "For your party, which asked for it: it ends without a fix.", "Withdraw")
    case .inform: ("Answer the question", nil, "Answer")
    case .change:
      ("Ask for another value", "Of the same field; the route is worked out anew.", "Change")
    case .merge: ("Merge into another", "It ends in another correction of the same fault.", "Merge")
    case .escalate: ("Take it to an Incident", "By SEC Appendix AG.", "Escalate")
    case .plan:
      (
        "Say that the customer has a plan", "A resolution plan was given to the customer.",
        "A plan was given"
      )
    case .categorise: ("Set the category", nil, "Set")
    case .reference: ("Add a number that another system has for it", nil, "Add")
    case .note: ("Add a note", nil, "Add")
    }
  }

  /// Whether a form is what the holder of the turn is asked for, and so stands before the rest.
  func isMain(_ kind: Kind) -> Bool {
    guard case .command(let name) = kind else { return false }
    switch name {
    case .consent, .refuse, .propose, .approve, .decline, .apply, .fail, .verify, .confirm:
      return true
    case .inform: return correction.question != nil
    case .reopen: return correction.state == .resolved
    case .assign: return correction.owner == nil && correction.isOpen
    case .advise: return correction.state == .open
    case .open, .change, .merge, .escalate, .resolve, .reject, .withdraw, .plan, .categorise,
      .reference, .note:
      return false
    }
  }
}
