package import Corrections
package import Ledger
package import Wire

/// What an event says, in a few words after the name of who did it.
package struct EventSentences {
  package let ledger: Ledger
  package let wording: Wording
  package let entries: EntryWording
  /// What no table holds, since it was only tried.
  private let typed: Typed

  package init(ledger: Ledger, typed: Typed = Typed(), sight: Sight = .whole) {
    self.ledger = ledger
    self.typed = typed
    entries = EntryWording(ledger, typed: typed, sight: sight)
    wording = entries.wording
  }

  package func sentence(_ recorded: Recorded) -> String {
    switch recorded.event {
    case .ledgerOpened(let event): "opened the ledger as \(event.mode.rawValue)"
    case .calendarSet(let event): "set the calendar \(event.calendar)"
    case .policySet(let event): "set policy \(event.version)"
    case .serviceTargetsSet(let event):
      "set targets for \(event.targets.count) of 5 categories"
        + (event.isVerified ? "" : ", not verified")
    case .eventAnnulled(let event):
      "recorded in error: the \(event.type) at \(event.position)"
        + (event.replacedBy.map { ", said right at \($0)" } ?? "") + ": \(text(event.reason))"
    case .mpxnCleared(let event):
      "emptied \(event.field.rawValue), which held \(wording.masked(event.from?.mpxn)) "
        + "(\(event.basis.rawValue))"
    case .userRegistered(let user):
      "registered user \(user.id) of \(user.party) (\(user.roles.map(\.rawValue).joined(separator: " ")))"
    case .userStatusChanged(let event): "set user \(event.id) to \(event.status.rawValue)"
    case .productListed(let product):
      "listed \(product.deviceType.rawValue) \(product.manufacturer) \(product.model) "
        + "\(product.firmwareVersion ?? "") (\(product.status.rawValue))"
    case .registrationsImported(let event):
      "imported registrations: \(Wording.grouped(event.rows)) rows, "
        + "\(Wording.grouped(event.added)) added, \(Wording.grouped(event.changed)) changed"
    case .inventoryImported(let event):
      "imported an inventory extract: \(Wording.grouped(event.rows)) rows, "
        + "\(Wording.grouped(event.observed)) said something new"
    case .serviceRequestReceived(let event):
      "sent SR \(event.serviceReference)\(asked(event.asks))"
    case .serviceRequestValidated(let event): judged(event.judgement)
    case .serviceResponseIssued(let event):
      "answered \(event.code)"
        + (event.devices.isEmpty ? "" : ", \(Wording.count(event.devices.count, "device"))")
    case .inventoryObserved(let event):
      "saw \(event.entry.deviceType.rawValue)"
        + (event.entry.status.map { " \($0.rawValue)" } ?? "")
        + EventSentences.text(event.entry.details) + observed(event.entry)
    case .mpxnUpdated(let event):
      "changed \(event.field.rawValue) from \(wording.masked(event.from?.mpxn)) to "
        + "\(wording.masked(event.to)) (\(event.basis.rawValue))"
    case .productsImported(let event):
      "imported a products list: \(Wording.grouped(event.rows)) rows, "
        + "\(Wording.grouped(event.listed)) said something new"
    case .serviceResponseRecorded, .alertRecorded, .responseDiverged, .devicePrenotified,
      .deviceStatusChanged, .deviceDetailsUpdated, .deviceDeleted, .deviceAssociated,
      .deviceDissociated, .deviceSupplierChanged, .deviceValueObserved:
      observation(recorded.event)
    case .correctionRequested, .correctionJoined, .routeAdvised, .ownerAssigned,
      .ownershipTransferred, .consentRequested, .consentGiven, .consentRefused, .consentLapsed,
      .manualFixProposed, .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified,
      .fixNotFound, .correctionResolved, .correctionConfirmed, .correctionReopened,
      .correctionRejected, .correctionWithdrawn, .noteAdded:
      step(recorded.event)
    case .correctionStep(let event): sentence(event)
    case .incidentTakenOver(let event):
      "taken over from ticket \(ticket(event.reference))"
        + (event.isBundled ? ", which is bundled" : "")
        + (event.mergedInto.map { ", of the fault of \($0)" }
          ?? (event.isOpen ? ", still open" : ", ended"))
    case .upkeep(let event): sentence(event)
    case .discovery(let event): sentence(event)
    case .technicalDetailsImported(let event):
      "imported meter technical details: \(Wording.grouped(event.rows)) rows, "
        + "\(Wording.grouped(event.observed)) said something new"
    case .technicalDetailsObserved(let event):
      "meter technical details say that it is at \(wording.masked(event.mpxn)) (\(event.kind.rawValue))"
    case .reportPublished(let event):
      "published the report of \(event.period?.description ?? "\(event.from)") as known at "
        + "\(event.position)"
    case .incidentsImported(let event):
      "imported old tickets: \(Wording.grouped(event.rows)) rows, "
        + "\(Wording.grouped(event.takenOver)) said something new, "
        + "\(Wording.grouped(event.bundled)) of bundled tickets"
    }
  }

  private func step(_ event: Event) -> String {
    switch event {
    case .correctionRequested(let event):
      "asked for the change of \(event.field.rawValue)"
        + (event.requestID.map { ", from request …:\($0.counter)" } ?? "")
        + (event.firstCode.map { " (\($0))" } ?? "")
    case .correctionJoined(let event):
      "\(event.party) reported it too, wanting \(entries.masked(event.requested)): joined"
        + (event.requestID.map { ", from request …:\($0.counter)" } ?? "")
    case .routeAdvised(let event):
      "route \(event.advice.route.rawValue): \(Wording.sentence(event.advice.because))"
        + (event.advice.until.map { ", until \(Wording.date($0))" } ?? "")
        + otherDevices(event.advice.otherDevices)
    case .ownerAssigned(let event): "\(event.owner) owns it"
    case .ownershipTransferred(let event):
      "\(event.to) took it over from \(event.from): \(text(event.reason))"
    case .consentRequested(let event):
      "asked \(event.consent.party) to agree (registered for "
        + "\(wording.masked(event.consent.mpxn)), \(event.consent.side.rawValue))"
    case .consentGiven(let event):
      event.byAsking
        ? "\(event.consent.party) agrees by asking (registered for "
          + "\(wording.masked(event.consent.mpxn)))"
        : "agreed for \(event.consent.party) (registered for "
          + "\(wording.masked(event.consent.mpxn)))"
    case .consentRefused(let event): "refused for \(event.consent.party): \(text(event.reason))"
    case .consentLapsed(let event):
      "the consent of \(event.consent.party) no longer counts: \(Wording.sentence(event.because))"
    case .manualFixProposed(let event):
      "proposed \(entries.masked(event.expected)) → \(entries.masked(event.new)) by hand"
        + (event.explanation.map { ", although other devices hold it: \(text($0))" } ?? "")
    case .manualFixApproved(let event): "approved the proposal at \(event.proposal)"
    case .manualFixDeclined(let event):
      "declined the proposal at \(event.proposal): \(text(event.reason))"
    case .manualFixApplied(let event): "applied the proposal at \(event.proposal)"
    case .fixVerified(let event):
      "verified: the inventory holds \(entries.masked(event.found)) (\(event.evidence))"
    case .fixNotFound(let event):
      "looked: the inventory holds \(entries.masked(event.found)), not the wanted value"
    case .correctionResolved(let event): "resolved, \(Wording.sentence(event.how))"
    case .correctionConfirmed: "confirmed that it is right"
    case .correctionReopened(let event):
      event.because == .reportedAgain
        ? "\(event.party) reported it again: reopened"
        : "reopened it" + (event.reason.map { ": \(text($0))" } ?? "")
    case .correctionRejected(let event): "rejected it: \(text(event.reason))"
    case .correctionWithdrawn(let event): "withdrew it: \(text(event.reason))"
    case .noteAdded(let event): "noted: \(text(event.note))"
    case .ledgerOpened, .calendarSet, .policySet, .userRegistered, .userStatusChanged,
      .productListed, .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .productsImported, .serviceRequestValidated, .serviceResponseIssued,
      .serviceResponseRecorded, .alertRecorded, .responseDiverged, .inventoryObserved,
      .devicePrenotified, .deviceStatusChanged, .deviceDetailsUpdated, .mpxnUpdated,
      .deviceDeleted, .deviceAssociated, .deviceDissociated, .deviceSupplierChanged,
      .deviceValueObserved, .correctionStep, .mpxnCleared, .serviceTargetsSet, .eventAnnulled,
      .incidentTakenOver, .incidentsImported, .reportPublished, .upkeep,
      .technicalDetailsObserved, .technicalDetailsImported, .discovery:
      preconditionFailure("sentence(_:) says these")
    }
  }

  private func asked(_ asks: ServiceRequestReceived.Asked) -> String {
    switch asks {
    case .mpxn(let field, let token): ": \(field.rawValue) to \(wording.masked(token))"
    case .status(_, let status): ": status \(status.rawValue)"
    case .details: ": details"
    case .branch(let branch): ": \(branch.rawValue)"
    case .query: " (read the inventory)"
    case .prenotification(let type, _, _): ": pre-notified \(type.rawValue)"
    case .hanDeviceLog(let action, let mpxns):
      (action == .add ? ": let the device in" : ": let the device go") + points(mpxns)
    case .join(_, let other): ": join \(other)"
    case .unjoin(_, let other): ": unjoin \(other)"
    case .supplierChange(let token): ": take over \(wording.masked(token))"
    case .setMPxNs(_, let mpxns): ": write on the device" + points(mpxns)
    case .other(let element): " (\(element))"
    }
  }

  private func points(_ mpxns: MPxNs<Token>) -> String {
    MPxNField.allCases.compactMap { field in
      mpxns[field].map { ", \(field.rawValue) \(wording.masked($0))" }
    }.joined()
  }

  private func otherDevices(_ devices: [EUI64]) -> String {
    devices.isEmpty
      ? ""
      : "; the wanted MPxN is held by " + devices.map(\.description).joined(separator: ", ")
  }

  private func judged(_ judgement: Judgement) -> String {
    let against = judgement.findings.filter { $0.answer != .holds }
      .map { "\($0.code.rawValue) \($0.answer.rawValue)" }
    let holding = judgement.findings.count - against.count
    return "judged: \(judgement.code ?? "unknown") ("
      + (against + ["\(holding) of \(Wording.count(judgement.findings.count, "check")) hold"])
      .joined(separator: ", ") + ")"
  }

  private func observed(_ entry: InventoryEntry) -> String {
    MPxNField.allCases.compactMap { field in
      entry.mpxn(field).map { ", \(field.rawValue) \(wording.masked($0))" }
    }.joined()
  }

  private func ticket(_ token: Token) -> String {
    guard entries.sight == .whole else { return Sight.notShown }
    return (try? ledger.value(behind: token)).flatMap { $0 }.map { Shown.visible($0) } ?? "(erased)"
  }

  package func text(_ document: String) -> String {
    guard entries.sight == .whole else { return Sight.notShown }
    return Shown.visible(
      (try? ledger.text(of: document)) ?? typed.text(of: document) ?? "(erased)")
  }
}
