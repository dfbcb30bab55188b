import Corrections
import Ledger
import Wire

/// A refusal of the decider in a sentence: what state it is in, who holds it, what can be done.
struct Refused: Error {
  let exit: Int32
  let sentence: String

  init(_ refusal: Refusal, _ wording: Wording, terms: Terms?) {
    switch refusal {
    case .notInThisState(let command, let correction, let can):
      let holder = Refused.holder(correction)
      let due =
        correction.turns.last.flatMap { terms?.dueAt($0) }
        .map { " (due \(Wording.lastDay(of: $0)))" } ?? ""
      exit = 1
      sentence =
        "\(correction.id) is \(correction.state.rawValue)\(holder)\(due); \(command.rawValue) "
        + "makes no sense now. Possible: " + can.map(\.rawValue).joined(separator: ", ")
    case .notAsked(let party, let asked):
      exit = 77
      sentence =
        "\(party) is not asked to agree; "
        + (asked.isEmpty ? "nobody is" : asked.joined(separator: ", ") + " is")
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
        "\(id): the SMI holds \(wording.masked(found)) in \(field.rawValue), not "
        + "\(wording.masked(expected)) as agreed or proposed; nothing was recorded. "
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
        "\(field.rawValue) of \(device) holds that MPxN already; there is nothing to correct"
    case .notHeldYet(let id, let field):
      exit = 1
      sentence =
        "\(id): the SMI does not hold the wanted MPxN in \(field.rawValue), so it can't be "
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
        "\(id) can't be withdrawn: \(parties.joined(separator: ", ")) reported it too and wait "
        + "for it; the DCC can reject it"
    case .ownedAlready(let id, let owner):
      exit = 1
      sentence = "\(id) has the owner \(owner) already"
    case .timeOutOfOrder(let id, let given, let last):
      exit = 1
      sentence =
        "\(id): \(given) lies before the thread's last step (\(last)); nothing was recorded"
    }
  }

  static func holder(_ correction: Correction) -> String {
    let (holder, party) = correction.holder
    return switch holder {
    case .nobody: ""
    case .dcc: " with the DCC"
    case .dsp: " with the DSP"
    case .requester, .counterparty, .otherUser: " from \(party ?? holder.rawValue)"
    }
  }
}

extension Wording {
  /// The day that ends at a moment, such as a due time at local midnight.
  static func lastDay(of moment: Instant) -> String { date(moment.advanced(byMilliseconds: -1)) }
}

extension Ledger {
  /// How values of this ledger are put before whoever may read its folder.
  var wording: Wording {
    Wording { token in (try? self.mpxn(token))?.digits }
  }

  /// The same, and the value that a request names which may not be recorded.
  func wording(for judged: Judged) -> Wording {
    Wording { token in (judged.mpxn(token) ?? (try? self.mpxn(token)) ?? nil)?.digits }
  }

  /// Does something that may be refused, and says the refusal in a sentence.
  func wordingRefusals<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let refusal as Refusal {
      throw Refused(refusal, wording, terms: try? terms())
    }
  }
}
