package import Corrections
package import Ledger
package import Wire

/// A refusal of the decider in a sentence: what state it is in, who holds it, what can be done.
package struct Refused: Error {
  package let exit: Int32
  package let sentence: String

  package init(_ refusal: Refusal, _ entries: EntryWording, terms: Terms?, at now: Instant) {
    let wording = entries.wording
    switch refusal {
    case .notInThisState(let command, let correction, let can):
      let holder = Refused.holder(correction)
      let due =
        correction.task(at: now).flatMap { terms?.dueAt($0) }
        .map { " (due \(Wording.lastDay(of: $0)))" } ?? ""
      exit = 1
      sentence =
        "\(correction.id) is \(correction.state.rawValue)\(holder)\(due); \(command.rawValue) "
        + "makes no sense now. Possible: " + can.map(\.rawValue).joined(separator: ", ")
    case .notAsked(let party, let asked):
      exit = 77
      sentence =
        "\(party) is not asked to agree; "
        + (asked.isEmpty
          ? "nobody is" : asked.joined(separator: ", ") + (asked.count == 1 ? " is" : " are"))
    case .proposerCannotApprove(let user):
      exit = 77
      sentence = "\(user) proposed this fix, so another person at the DCC approves it"
    case .anotherPersonApplies(let user):
      exit = 77
      sentence = "\(user) proposed or approved this fix, so another person applies it"
    case .roleNeeded(let command, let role, let who):
      exit = 77
      sentence = "\(who) has not the role \(role.rawValue), which \(command.rawValue) needs"
    case .partyNeeded(let command, let parties, let party):
      exit = 77
      sentence =
        "\(party) can't \(command.rawValue) this; \(parties.joined(separator: ", ")) can"
    case .movedOn(let id, let field, let expected, let found):
      exit = 1
      sentence =
        "\(id): the SMI holds \(entries.masked(found)) in \(field.rawValue), not "
        + "\(entries.masked(expected)) as agreed or proposed; nothing was recorded. "
        + "Work out the route anew: smi-ledger correction advise \(id)"
    case .consentLapsed(let id, let party, let side):
      exit = 1
      sentence =
        "\(id): \(party) is no longer Registered Supplier of the MPxN \(side.rawValue), so its "
        + "consent does not count; nothing was recorded. Ask who is registered now: "
        + "smi-ledger correction advise \(id)"
    case .consentMissing(let id, let party, let side):
      exit = 1
      sentence =
        "\(id): \(party) is Registered Supplier of the MPxN \(side.rawValue) now and has not "
        + "agreed; nothing was recorded. Ask it: smi-ledger correction advise \(id)"
    case .checkFails(let id, let finding):
      exit = 1
      sentence =
        "\(id): \(finding.code.rawValue) does not hold any more: \(wording.because(finding)); "
        + "nothing was recorded"
    case .alreadyHeld(let device, let field):
      exit = 1
      sentence =
        "\(field.rawValue) of \(device) is so already; there is nothing to correct"
    case .notHeldYet(let id, let field):
      exit = 1
      sentence =
        "\(id): the SMI does not hold the wanted value in \(field.rawValue), so it can't be "
        + "resolved that way; --how registration or noFault say why without a change"
    case .reasonNeeded(let command):
      exit = 64
      sentence = "\(command.rawValue) to another owner needs --reason: it is a handover"
    case .ownerNotKnown(let id):
      exit = 1
      sentence =
        "\(id): expected an owner among the users with the role DCC that may act; found none of "
        + "that name. Add a person or a team: smi-ledger import users"
    case .routeChanged(let id, let route):
      exit = 1
      sentence =
        "\(id): the facts "
        + (route.map { "lead to the route \($0.rawValue) now" } ?? "leave no route now")
        + ", not to a fix by hand; nothing was recorded. "
        + "Work out the route anew: smi-ledger correction advise \(id)"
    case .notSeenSince(let id, let position):
      exit = 1
      sentence =
        "\(id): the ledger has not been told what the SMI holds since the fix was applied at "
        + "position \(position); nothing was recorded. Record what the SMI says now: "
        + "smi-ledger import inventory EXTRACT.csv"
    case .valueNotKnown(let id, let field):
      exit = 1
      sentence =
        "\(id): what the SMI holds in \(field.rawValue) isn't known, so a fix has nothing to "
        + "compare with; nothing was recorded. Record it: smi-ledger import inventory EXTRACT.csv"
    case .refusedAlready(let id, let party):
      exit = 77
      sentence = "\(id): \(party) has refused; only the DCC asks it again"
    case .anotherIsOpen(let id, let other):
      exit = 1
      sentence =
        "\(id) stays as it is: \(other) is open for the same field of the device; nothing was "
        + "recorded. See it: smi-ledger correction show \(other)"
    case .othersReported(let id, let parties):
      exit = 1
      sentence =
        "\(id) can't be withdrawn: \(parties.joined(separator: ", ")) reported it too and "
        + "\(parties.count == 1 ? "waits" : "wait") "
        + "for it; the DCC can reject it"
    case .ownedAlready(let id, let owner):
      exit = 1
      sentence = "\(id) has the owner \(owner) already"
    case .heldElsewhere(let id, let devices):
      exit = 1
      sentence =
        "\(id): \(devices.map(\.description).joined(separator: ", ")) \(devices.count == 1 ? "holds" : "hold") the wanted MPxN "
        + "too; "
        + "nothing was recorded. Settle that first, or say why the change is right all the same: "
        + "smi-ledger correction propose \(id) --explain … (a proposal without it is declined first)"
    case .noValue(let id):
      exit = 1
      sentence =
        "\(id): what is wanted is said in words, and no value that the DSP can put there; nothing "
        + "was recorded. When it is done: smi-ledger correction resolve \(id) --how incident"
    case .wantedErased(let id):
      exit = 1
      sentence =
        "\(id): the wanted MPxN was erased, so nobody can put it there; nothing was recorded. Give the right "
        + "one with smi-ledger correction change \(id), or smi-ledger correction withdraw \(id)"
    case .askedAlready(let id, let party):
      exit = 1
      sentence = "\(id): \(party) has been asked something and has not answered yet"
    case .nothingAsked(let id):
      exit = 1
      sentence = "\(id): nothing was asked; smi-ledger correction note \(id) writes something down"
    case .notInvolved(let id, let party, let involved):
      exit = 1
      sentence =
        "\(id): \(Shown.typed(party)) can't be asked; "
        + (involved.isEmpty
          ? "nobody else has"
          : involved.joined(separator: ", ") + (involved.count == 1 ? " has" : " have"))
        + " to do with it"
    case .notOpen(let id, let state):
      exit = 1
      sentence = "\(id) is \(state.rawValue), so nothing can be merged into it"
    case .otherDevice(let id, let other):
      exit = 1
      sentence =
        "\(id) and \(other) are about different devices, so they are not one fault; what is settled "
        + "together is linked by itself"
    case .escalatedAlready(let id):
      exit = 1
      sentence = "\(id): an Incident is open for it; smi-ledger correction escalate \(id) --close …"
    case .notEscalated(let id):
      exit = 1
      sentence =
        "\(id): no Incident is open for it; smi-ledger correction escalate \(id) --reason …"
    case .noDevice(let id):
      exit = 1
      sentence =
        "\(id) was taken over from a ticket that names no device, so nothing can be done to it here; "
        + "once the device is known: smi-ledger correction open --device EUI"
    case .otherField(let id, let field):
      exit = 1
      sentence =
        "\(id) is about \(field.rawValue); another field is another correction: smi-ledger "
        + "correction open"
    case .newerIsKnown(let id, let field, let given, let newest):
      exit = 1
      sentence =
        "\(id): \(given) lies before the newest that is known of \(field.rawValue) (\(newest)), so "
        + "the change would change nothing; nothing was recorded"
    case .wantsAnother(let id, nil):
      exit = 1
      sentence =
        "\(id) is open for the same field, and your party asked for it; another value: "
        + "smi-ledger correction change \(id) --value …"
    case .wantsAnother(let id, let state?):
      exit = 1
      sentence =
        "\(id) is open for the same field, and your party asked for it; it is \(state.rawValue), so "
        + "its value can't be changed now: smi-ledger correction show \(id) says whose turn it is"
    case .ringChanged(let id, let others):
      exit = 1
      sentence =
        "\(id): it was to be settled together with others that make a ring with it, and they have "
        + "changed (\(others.map(\.description).joined(separator: ", "))); nothing was recorded. Work it "
        + "out anew: smi-ledger correction advise \(id)"
    case .timeOutOfOrder(let id, let given, let last):
      exit = 1
      sentence =
        "\(id): \(given) lies before the thread's last step (\(last)); nothing was recorded"
    }
  }

  package static func holder(_ correction: Correction) -> String {
    let (holder, party) = correction.holder
    return switch holder {
    case .nobody, .notKnown: ""
    case .dcc: " with the DCC"
    case .dsp: " with the DSP"
    case .requester, .counterparty, .otherUser: " from \(party ?? holder.rawValue)"
    }
  }
}

extension Wording {
  /// The day that ends at a moment, such as a due time at local midnight.
  package static func lastDay(of moment: Instant) -> String {
    date(moment.advanced(byMilliseconds: -1))
  }
}

extension Ledger {
  /// How values of this ledger are put before whoever may read its folder.
  package var wording: Wording {
    Wording { token in (try? self.mpxn(token))?.digits }
  }

  /// The same, and the value that a request names which may not be recorded.
  package func wording(for judged: Judged) -> Wording {
    Wording { token in (judged.mpxn(token) ?? (try? self.mpxn(token)) ?? nil)?.digits }
  }

  /// Does something that may be refused, and says the refusal in a sentence.
  package func wordingRefusals<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let refusal as Refusal {
      throw worded(refusal)
    }
  }

  /// An error with its words, where it is a refusal.
  package func worded(_ error: any Error) -> any Error {
    guard let refusal = error as? Refusal else { return error }
    return Refused(refusal, EntryWording(self), terms: try? terms(), at: now())
  }
}
