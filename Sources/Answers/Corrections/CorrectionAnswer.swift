package import Corrections
package import Ledger
package import Wire

/// One correction with its clocks, as programs and people read it.
package struct CorrectionAnswer {
  package let correction: Correction
  package let ledger: Ledger
  package let terms: Terms
  package let now: Instant
  package let wording: Wording
  /// How values of entries are put.
  package let entries: EntryWording
  package let position: Int
  /// The last position that what it is compared with may stand at; nil for all.
  package let known: Int?
  /// Until when what it is compared with was true; nil for the newest that is known.
  package let effectiveAt: Instant?

  /// The correction with its clocks run to a moment; without one it is now.
  package init(
    _ correction: Correction, _ ledger: Ledger, _ terms: Terms, position: Int,
    at moment: Instant? = nil, upTo known: Int? = nil, effectiveAt: Instant? = nil,
    typed: Typed = Typed(), sight: Sight = .whole
  ) {
    self.correction = correction
    self.ledger = ledger
    self.terms = terms
    self.position = position
    self.known = known
    self.effectiveAt = effectiveAt
    now = moment ?? ledger.now()
    entries = EntryWording(ledger, typed: typed, sight: sight)
    wording = entries.wording
  }

  /// The turn that lasts.
  package var turn: Turn? { correction.turns(at: now).last }

  /// The value that the inventory holds in the field, as it was last said, in words.
  package var heldInWords: String { entries.whole(correction.heldNow) }

  /// When the category's target is missed, and whether that target is verified.
  package var target: ReportCase.Target? {
    terms.target(of: correction.category, openedAt: correction.openedAt)
  }

  /// Until when a supplier is to give its customer a plan, while none was given.
  package var planDueAt: Instant? { terms.planDueAt(openedAt: correction.openedAt) }

  /// The field; nil where an old ticket doesn't say it.
  package var fieldName: String? {
    correction.ticket?.hasField ?? true ? correction.field.rawValue : nil
  }

  /// The wanted value in words; nil where an old ticket doesn't say it.
  package var wantedInWords: String? {
    correction.ticket?.hasRequested ?? true ? entries.whole(correction.requested) : nil
  }

  /// Whether the turn is overdue.
  package var isLate: Bool { dueAt.map { $0 <= now } ?? false }

  /// When the turn is due, or when the registration changes that is waited for.
  package var dueAt: Instant? {
    if correction.state == .awaitingRegistration, let until = correction.advice?.until, until > now
    {
      return until
    }
    return correction.task(at: now).flatMap(terms.dueAt)
  }

  /// Up to resolution, or to now while it is open.
  package var clock: HolderClock {
    HolderClock(
      correction.turns(at: countedUpTo), at: countedUpTo, calendars: terms.calendars)
  }

  /// How long a holder had it; nil for one that never did.
  package func timeHeld(by holder: Holder) -> ClockTime? {
    clock.byHolder[holder].flatMap { $0 == .zero ? nil : $0 }
  }

  package var ageInWorkingDays: Int {
    terms.clock(at: correction.openedAt).ageInWorkingDays(
      openedAt: correction.openedAt, at: countedUpTo)
  }

  /// Whose turn it is.
  package var holder: Holder { correction.holder(at: now).holder }

  /// `SUPB`, `DCC`, or what kind of holder it is.
  package var holderName: String {
    let parties = correction.holderParties(at: now)
    return switch holder {
    case .dcc: "DCC"
    case .dsp: "DSP"
    case .nobody: "nobody"
    case .notKnown: "not known"
    case .requester, .counterparty, .otherUser:
      parties.isEmpty ? holder.rawValue : parties.joined(separator: ", ")
    }
  }

  /// All keys but the timeline.
  package func members() -> [(key: String, value: JSON)] {
    [
      ("id", .string(correction.id.description)),
      ("device", .of(correction.knownDevice?.description)),
      ("deviceType", .of(correction.deviceType?.rawValue)),
      ("field", .of(fieldName)),
      ("current", entries.json(correction.current)),
      (
        "requested",
        correction.ticket?.hasRequested ?? true
          ? entries.json(correction.requested) : .null
      ),
      ("heldNow", entries.json(correction.heldNow)),
      ("state", .string(correction.state.rawValue)),
      ("holder", .string(holder.rawValue)),
      ("holderParty", .of(correction.holder(at: now).party)),
      ("holderParties", .array(correction.holderParties(at: now).map { .string($0) })),
      ("holderSince", .of(turn?.from.stored)), ("dueAt", .of(dueAt?.stored)),
      ("next", .of(next)), ("owner", .of(correction.owner)),
      ("route", .of(correction.advice?.route.rawValue)), ("advice", advice),
      ("category", .of(correction.category)),
      ("firstCode", .of(correction.firstCode)),
      ("openedAt", .string(correction.openedAt.stored)),
      ("resolvedAt", .of(correction.resolvedAt?.stored)),
      ("confirmedAt", .of(correction.confirmedAt?.stored)),
      ("handovers", .integer(correction.handovers)),
      ("reporters", .array(correction.reporters.map { .string($0) })),
      ("requests", .array(correction.requests.map { .string($0.description) })),
      ("consents", .array(correction.consents.map(json))), ("fix", fix),
      ("linked", .array(correction.linked.map { .string($0.description) })),
      ("merged", .array(correction.absorbed.map { .string($0.description) })),
      ("mergedInto", .of(correction.mergedInto?.description)),
      ("disputes", .array(correction.disputes.map(json))),
      ("question", question), ("incident", incident),
      ("references", .array(correction.references.map(json))),
      ("batch", .of(correction.batch)),
      ("ticket", .of(ticket)), ("ticketMPxN", entries.wording.json(correction.ticket?.mpxn)),
      ("bundled", .bool(correction.ticket?.isBundled ?? false)),
      ("plan", plan), ("target", targetJSON),
      ("heldChangedAt", .of(correction.heldChanged?.at.stored)),
      ("reopened", .integer(correction.reopened)),
      ("reminders", .array(correction.reminders.map { .string($0.at.stored) })),
      ("clocks", clocks),
    ]
  }

  private func json(_ consent: Correction.ConsentState) -> JSON {
    .pairs([
      "party": .string(consent.party), "supplier": .string(consent.consent.supplier),
      "side": .string(consent.side.rawValue),
      "askedAt": .string(consent.askedAt.stored), "answer": .string(consent.answer.rawValue),
      "answeredAt": .of(consent.answeredAt?.stored),
      "answeredBy": .of(consent.answeredBy?.user),
      "via": .of(consent.answeredBy?.via.stored),
      "reason": .of(consent.reason.map { entries.words($0) }),
    ])
  }

  private func json(_ dispute: Correction.Dispute) -> JSON {
    .pairs(["party": .string(dispute.party), "requested": entries.json(dispute.requested)])
  }

  private func json(_ reference: Correction.Reference) -> JSON {
    .pairs([
      "system": .string(reference.system.rawValue), "reference": text(reference.document),
      "at": .string(reference.at.stored),
    ])
  }

  /// The number of the ticket that it was taken over from.
  package var ticket: String? {
    guard entries.sight == .whole else { return correction.ticket.map { _ in Sight.notShown } }
    return correction.ticket.map {
      (try? ledger.value(behind: $0.reference)).flatMap { $0 } ?? "(erased)"
    }
  }

  private func text(_ document: String) -> JSON {
    .string(entries.words(document))
  }

  private var question: JSON {
    guard let question = correction.question else { return .null }
    return .pairs([
      "of": .string(question.of), "by": .string(question.by), "text": text(question.text),
      "askedAt": .string(question.askedAt.stored),
    ])
  }

  private var incident: JSON {
    guard let incident = correction.incident else { return .null }
    return .pairs([
      "because": .string(incident.because.rawValue),
      "raisedAt": .string(incident.raisedAt.stored), "closedAt": .of(incident.closedAt?.stored),
    ])
  }

  private var plan: JSON {
    .pairs([
      "dueAt": .of(planDueAt?.stored), "givenAt": .of(correction.plan?.at.stored),
      "party": .of(correction.plan?.party),
    ])
  }

  private var targetJSON: JSON {
    guard let target else { return .null }
    return .pairs([
      "dueAt": .string(target.dueAt.stored), "verified": .bool(target.isVerified),
    ])
  }

  private var fix: JSON {
    guard let proposal = correction.proposal else { return .null }
    return .pairs([
      "expected": entries.json(proposal.expected), "new": entries.json(proposal.new),
      "proposedBy": .string(proposal.proposedBy), "approvedBy": .of(proposal.approvedBy),
      "appliedBy": .of(proposal.appliedBy),
      "proposedVia": .string(proposal.proposer.via.stored),
      "approvedVia": .of(proposal.approver?.via.stored),
      "appliedVia": .of(proposal.applier?.via.stored),
      "explanation": proposal.explanation.map(text) ?? .null,
      "position": .integer(proposal.position),
    ])
  }
}
