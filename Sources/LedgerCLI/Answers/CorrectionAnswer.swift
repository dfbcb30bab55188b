import Corrections
import Ledger
import Wire

/// One correction with its clocks, as programs and people read it.
struct CorrectionAnswer {
  let correction: Correction
  let ledger: Ledger
  let terms: Terms
  let now: Instant
  let wording: Wording
  let position: Int

  init(_ correction: Correction, _ ledger: Ledger, _ terms: Terms, position: Int) {
    self.correction = correction
    self.ledger = ledger
    self.terms = terms
    self.position = position
    now = ledger.now()
    wording = ledger.wording
  }

  /// The turn that lasts.
  var turn: Turn? { correction.turns(at: now).last }

  /// The value at opening, in words.
  var heldAtOpening: String { correction.current.map { wording.whole($0.mpxn) } ?? "unknown" }

  /// Whether the SMI holds the wanted value while the correction is still open.
  var isRight: Bool {
    guard correction.isOpen, correction.state != .awaitingVerification else { return false }
    let device = try? ledger.device(correction.deviceID)
    return device?.current(correction.field)?.value == correction.requested
  }

  /// When the turn is due, or when the registration changes that is waited for.
  var dueAt: Instant? {
    if correction.state == .awaitingRegistration, let until = correction.advice?.until, until > now
    {
      return until
    }
    return turn.flatMap(terms.dueAt)
  }

  /// Up to resolution, or to now while it is open.
  var clock: HolderClock {
    HolderClock(
      correction.turns(at: countedUpTo), at: countedUpTo, calendars: terms.calendars)
  }

  /// How long a holder had it; nil for one that never did.
  func timeHeld(by holder: Holder) -> ClockTime? {
    clock.byHolder[holder].flatMap { $0 == .zero ? nil : $0 }
  }

  var ageInWorkingDays: Int {
    terms.clock(at: correction.openedAt).ageInWorkingDays(
      openedAt: correction.openedAt, at: countedUpTo)
  }

  /// What the holder does now, as a command to paste.
  var next: String? {
    let id = correction.id
    if isRight {
      return "DCC: the SMI holds the wanted MPxN: smi-ledger correction resolve \(id) "
        + "--how serviceRequest"
    }
    switch correction.state {
    case .open: return nextWhileOpen
    case .awaitingRequest:
      return correction.advice?.route == .installingSupplier
        ? "\(holderName): complete the installation, then send the 8.4; then \(afterwards)"
        : "\(holderName): send the 8.4; then \(afterwards)"
    case .awaitingRegistration:
      guard let until = correction.advice?.until else {
        return
          "\(holderName): have the registration put right; then smi-ledger correction advise \(id)"
      }
      return "\(correction.requester): from \(Wording.date(until)) the 8.4 passes: "
        + "smi-ledger correction advise \(id)"
    case .awaitingConsent:
      return
        "\(holderName): smi-ledger correction consent \(id), or correction refuse \(id) --reason …"
    case .awaitingFix:
      switch (correction.proposal, correction.proposal?.approvedBy) {
      case (nil, _): return "DCC: smi-ledger correction propose \(id)"
      case (_?, nil): return "another person at the DCC: smi-ledger correction approve \(id)"
      case (_?, _?): return "DSP: smi-ledger correction apply \(id)"
      }
    case .awaitingVerification: return "DCC: smi-ledger correction verify \(id)"
    case .resolved: return "\(holderName): smi-ledger correction confirm \(id), or reopen it"
    case .confirmed, .rejected, .withdrawn: return nil
    }
  }

  /// What follows an accepted request.
  private var afterwards: String {
    ledger.opened.mode == .authority
      ? "it resolves by itself" : "the DCC resolves it when the SMI shows it"
  }

  private var nextWhileOpen: String {
    let id = correction.id
    if correction.advice?.route == .incident {
      return
        "DCC: raise an Incident (SEC Appendix AG), then smi-ledger correction resolve or reject \(id)"
    }
    if correction.advice?.because == .supplierPartyNotKnown {
      return "DCC: import the users of that supplier, then smi-ledger correction advise \(id)"
    }
    if let refused = correction.consents.last(where: { $0.answer == .refused }) {
      return "DCC: smi-ledger correction advise \(id) asks \(refused.party) again, or reject it"
    }
    return "DCC: smi-ledger correction advise \(id), or reject it"
  }

  /// `SUPB`, `DCC`, or what kind of holder it is.
  var holderName: String {
    let holder = turn?.holder ?? correction.holder.holder
    let parties =
      holder == correction.holder.holder
      ? correction.holderParties : turn?.party.map { [$0] } ?? []
    return switch holder {
    case .dcc: "DCC"
    case .dsp: "DSP"
    case .nobody: "nobody"
    case .requester, .counterparty, .otherUser:
      parties.isEmpty ? holder.rawValue : parties.joined(separator: ", ")
    }
  }

  /// All keys but the timeline.
  func members() -> [(key: String, value: JSON)] {
    let total = clock.total
    return [
      ("id", .string(correction.id.description)),
      ("device", .string(correction.deviceID.description)),
      ("deviceType", .string(correction.deviceType.rawValue)),
      ("field", .string(correction.field.rawValue)),
      ("current", wording.json(correction.current?.mpxn)),
      ("requested", wording.json(correction.requested)),
      ("state", .string(correction.state.rawValue)),
      ("holder", .string((turn?.holder ?? correction.holder.holder).rawValue)),
      ("holderParty", .of(turn?.party ?? correction.holder.party)),
      ("holderParties", .array(correction.holderParties.map { .string($0) })),
      ("holderSince", .of(turn?.from.stored)), ("dueAt", .of(dueAt?.stored)),
      ("next", .of(next)), ("owner", .of(correction.owner)),
      ("route", .of(correction.advice?.route.rawValue)), ("category", .null),
      ("firstCode", .of(correction.firstCode)),
      ("openedAt", .string(correction.openedAt.stored)),
      ("resolvedAt", .of(correction.resolvedAt?.stored)),
      ("confirmedAt", .of(correction.confirmedAt?.stored)),
      ("handovers", .integer(correction.handovers)),
      ("reporters", .array(correction.reporters.map { .string($0) })),
      ("requests", .array(correction.requests.map { .string($0.description) })),
      ("consents", .array(correction.consents.map(json))), ("fix", fix), ("linked", .array([])),
      ("disputes", .array(correction.disputes.map(json))), ("references", .array([])),
      ("batch", .null),
      (
        "clocks",
        .pairs([
          "elapsedHours": hours(total), "workingDays": days(total),
          "workingDaysExcludingRequester": days(clock.totalExcludingRequester),
          "byHolder": .object(
            Holder.allCases.compactMap { holder in
              timeHeld(by: holder).map { (holder.rawValue, days($0)) }
            }),
          "ageWorkingDays": .integer(ageInWorkingDays),
          "calendar": .string(calendarName),
          "policy": .integer(terms.policy(at: correction.openedAt).version),
        ])
      ),
    ]
  }

  private func hours(_ time: ClockTime) -> JSON {
    .decimal(ClockTime.text(hundredths: time.elapsedHoursInHundredths))
  }

  private func days(_ time: ClockTime) -> JSON {
    .decimal(ClockTime.text(hundredths: time.workingDaysInHundredths))
  }

  private func json(_ consent: Correction.ConsentState) -> JSON {
    .pairs([
      "party": .string(consent.party), "supplier": .string(consent.consent.supplier),
      "side": .string(consent.side.rawValue),
      "askedAt": .string(consent.askedAt.stored), "answer": .string(consent.answer.rawValue),
      "answeredAt": .of(consent.answeredAt?.stored),
      "reason": .of(consent.reason.map { (try? ledger.text(of: $0)) ?? "(erased)" }),
    ])
  }

  private func json(_ dispute: Correction.Dispute) -> JSON {
    .pairs(["party": .string(dispute.party), "requested": wording.json(dispute.requested)])
  }

  private var fix: JSON {
    guard let proposal = correction.proposal else { return .null }
    return .pairs([
      "expected": wording.json(proposal.expected.mpxn), "new": wording.json(proposal.new),
      "proposedBy": .of(proposal.proposedBy), "approvedBy": .of(proposal.approvedBy),
      "appliedBy": .of(proposal.appliedBy), "position": .integer(proposal.position),
    ])
  }
}
