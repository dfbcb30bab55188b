package import Answers
internal import Corrections
internal import Ledger
internal import Wire

/// Names of the industry as they stand in a heading or a sentence of a page.
enum PageWords {
  /// A field, as the first word of a heading.
  static func field(_ name: String?) -> String {
    switch name.flatMap(CorrectionField.init(rawValue:)) {
    case .importMPxN: "Import MPxN"
    case .secondaryImportMPAN: "Secondary import MPAN"
    case .exportMPAN: "Export MPAN"
    case .status: "Status"
    case .details: "Details"
    case .deletion: "Deletion of the entry"
    case .other: "Something else"
    case nil: "A field that is not said"
    }
  }

  /// A state in words.
  static func state(_ state: Correction.State) -> String {
    switch state {
    case .open: "open"
    case .awaitingRequest: "awaiting a request"
    case .awaitingRegistration: "awaiting a registration"
    case .awaitingConsent: "awaiting consent"
    case .awaitingFix: "awaiting the fix"
    case .awaitingInformation: "awaiting information"
    case .awaitingVerification: "awaiting verification"
    case .resolved: "resolved"
    case .confirmed: "confirmed"
    case .rejected: "rejected"
    case .withdrawn: "withdrawn"
    case .escalated: "with an Incident"
    case .merged: "merged"
    }
  }

  /// A route in a word or two.
  static func route(_ route: Route) -> String {
    switch route {
    case .selfServe: "self-serve"
    case .installingSupplier: "installing supplier"
    case .preNotifier: "pre-notifier"
    case .twoSupplier: "two suppliers"
    case .registration: "registration"
    case .manual: "manual fix"
    case .incident: "Incident"
    }
  }

  /// A kind of holder.
  static func holder(_ holder: Holder) -> String {
    switch holder {
    case .requester: "requester"
    case .counterparty: "counterparty"
    case .otherUser: "other user"
    case .dcc: "DCC"
    case .dsp: "DSP"
    case .nobody: "nobody"
    case .notKnown: "not known"
    }
  }
}

extension CorrectionAnswer {
  /// Whose turn it is now and what they do, for the end of a notice.
  package func turnSentence(for viewer: String) -> String {
    turnInWords(for: viewer) + "." + (nextInWords.map { " " + $0 } ?? "")
  }

  /// Whose turn it is and until when; `viewer` is the party that reads.
  func turnInWords(for viewer: String?) -> String {
    switch holder {
    case .nobody, .notKnown:
      guard !correction.hasEnded else {
        return "Ended: " + PageWords.state(correction.state)
      }
      return "Nobody’s turn" + (dueAt.map { " until \(Wording.date($0))" } ?? "")
    case .dcc, .dsp, .requester, .counterparty, .otherUser:
      let isTheirs = viewer.map { correction.holderParties(at: now).contains($0) || isStaff($0) }
      let who = isTheirs ?? false ? "Your turn" : "\(holderWithArticle.capitalised)’s turn"
      return who + (dueAt.map { ", due \(Wording.lastDay(of: $0))" } ?? "")
    }
  }

  private func isStaff(_ viewer: String) -> Bool {
    (holder == .dcc || holder == .dsp) && viewer == holderName
  }

  /// `2 working days left`, `LATE 3 working days`; nil where nothing is due of anybody.
  var timeLeft: String? {
    guard let dueAt, turn?.holder != .nobody else { return nil }
    let (today, last) = (
      GBTime.civil(at: now).date, GBTime.civil(at: dueAt.advanced(byMilliseconds: -1)).date
    )
    guard dueAt > now else {
      let late =
        terms.calendars.workingDayCount(from: GBTime.civil(at: dueAt).date, upTo: today) + 1
      return "late by \(Wording.count(late, "working day"))"
    }
    return Wording.count(
      terms.calendars.workingDayCount(from: today, upTo: last), "working day") + " left"
  }

  /// What its holder does now, in a sentence for people who have no command line before them.
  var nextInWords: String? {
    let who = holderWithArticle.capitalised
    if correction.isOpen, correction.knownDevice == nil {
      return "The DCC rejects it, since the ticket names no device, or notes what is known."
    }
    switch nextWord {
    case "–": return nil
    case "advise": return "\(who) works out the route anew, or rejects it."
    case "import": return "The DCC brings in an inventory extract that names the device."
    case "escalate": return "\(who) takes it to an Incident."
    case "find out who": return "The DCC finds out who must send the request."
    case "send 8.4": return "\(who) sends the 8.4; it then resolves by itself."
    case "wait" where correction.state == .awaitingRegistration:
      return dueAt.map { "From \(Wording.date($0)) the 8.4 passes." } ?? "The registration changes."
    case "wait": return "Another correction that is settled together with it comes first."
    case "consent": return "\(who) agrees or refuses."
    case "inform": return "\(who) answers the question."
    case "propose": return "The DCC proposes the fix."
    case "approve": return "Another person at the DCC approves the fix."
    case "apply": return "The DSP makes the change."
    case "verify": return "The DCC looks whether the inventory holds the wanted value."
    case "resolve": return "The DCC says how the fault has gone."
    case "confirm": return "\(who) confirms that it is right, or reopens it."
    default: return "\(who): \(nextWord)."
    }
  }
}

extension String {
  /// The same with a capital letter first.
  package var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
