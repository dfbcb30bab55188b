public import Corrections
import EventLog
import Foundation
import Wire

extension Ledger {
  /// An event as the log takes it.
  static func draft(
    _ event: Event, by actor: Corrections.Actor, at effectiveAt: Instant?, cause: Int?
  ) -> Draft {
    let stored = StoredForm.encode(event)
    return Draft(
      type: stored.type, version: stored.version, effectiveAt: effectiveAt?.milliseconds,
      actor: LogActor(actor),
      cause: cause, body: stored.body)
  }

  /// A chain of events: the first has the given cause, each later one is caused by the first, a
  /// resolution by the change that it rests on.
  ///
  /// What the program works out by itself (route, who is asked, a change after everybody agreed) is
  /// its own doing, not the actor's. What is shown by a look is of the time that was looked at.
  static func drafts(
    _ events: [Event], by actor: Corrections.Actor, at effectiveAt: Instant,
    seenAt: Instant? = nil, cause: Int?, in context: AppendContext
  ) -> [Draft] {
    let isByHand = events.contains { if case .manualFixApplied = $0 { true } else { false } }
    var change: Int?
    return events.enumerated().map { index, event in
      var event = event
      var cause = index == 0 ? cause : context.firstPosition
      if case .correctionResolved(let resolved) = event, resolved.how == .agreement, let change {
        event = .correctionResolved(resolved.shown(by: change))
        cause = change
      }
      let isChange = !event.changedEntries.isEmpty
      if isChange { change = context.firstPosition + index }
      let isOwnWord = event.isByAsking(actor.party)
      return draft(
        event,
        by: !isOwnWord && (event.isWorkedOut || (isChange && !isByHand)) ? .ledger : actor,
        at: event.evidence.flatMap { _ in seenAt } ?? effectiveAt, cause: cause)
    }
  }

  /// Appends, and gives back as a refusal what the decider refused under the lock.
  func append(_ request: AppendRequest) throws -> Appended {
    do {
      return try log.append(request)
    } catch .draftsFailed(let error) {
      throw error
    }
  }

  /// Repeats a read–decide–append until nothing moved between the reading and the writing.
  ///
  /// For five seconds, with pauses that grow: who appends one request after the other would else win
  /// each time, and the other process give up.
  func retrying<Outcome>(_ attempt: () throws -> Outcome) throws -> Outcome {
    let end = ContinuousClock.now.advanced(by: .seconds(5))
    var pause: UInt32 = 100
    while true {
      do {
        return try attempt()
      } catch LogError.conflict where ContinuousClock.now < end {
      } catch LogError.subjectMinted where ContinuousClock.now < end {
      }
      usleep(UInt32.random(in: 0...pause))
      pause = min(pause * 2, 20_000)
    }
  }
}

/// The drafts of one append, in order, encoded before it stands in line.
///
/// Once ``writeAhead(for:)`` was called, only what needs to know its position is made under the lock.
struct DraftChain: Sendable {
  /// What an event follows from.
  enum Cause: Sendable {
    case nothing
    case position(Int)
    /// A link of this chain.
    case link(Int)
  }

  private enum Link: Sendable {
    case ready(Draft, Cause)
    case made(@Sendable (_ first: Int) -> Draft)
  }

  private var links: [Link] = []

  /// The newest link.
  var last: Int { links.count - 1 }

  mutating func append(
    _ event: Event, by actor: Corrections.Actor, at time: Instant, cause: Cause = .nothing
  ) {
    links.append(.ready(Ledger.draft(event, by: actor, at: time, cause: nil), cause))
  }

  /// An event that the program works out, caused by a link.
  mutating func then(_ event: Event, at time: Instant, from link: Int) {
    append(event, by: .ledger, at: time, cause: .link(link))
  }

  /// An event that names the position of the link that it follows from.
  mutating func then(
    at time: Instant, from link: Int, _ event: @escaping @Sendable (_ position: Int) -> Event
  ) {
    links.append(
      .made { first in
        Ledger.draft(event(first + link), by: .ledger, at: time, cause: first + link)
      })
  }

  /// Makes all that does not rest on positions, on this thread rather than on that of who commits.
  mutating func writeAhead(for log: EventLog) throws {
    for (index, link) in links.enumerated() {
      guard case .ready(let draft, let cause) = link else { continue }
      do throws(LogError) {
        links[index] = .ready(try log.writtenAhead(draft), cause)
      } catch .draftsFailed(let error) {
        throw error
      }
    }
  }

  /// The drafts with the positions that they will get.
  func drafts(in context: AppendContext) -> [Draft] {
    links.map { link in
      switch link {
      case .made(let make): return make(context.firstPosition)
      case .ready(var draft, let cause):
        switch cause {
        case .nothing: break
        case .position(let position): draft.cause = position
        case .link(let index): draft.cause = context.firstPosition + index
        }
        return draft
      }
    }
  }
}

extension Event {
  /// Whether the program works it out from facts, rather than a person doing it.
  public var isWorkedOut: Bool {
    switch self {
    case .routeAdvised, .consentRequested, .consentLapsed, .responseDiverged: true
    case .consentGiven(let consent): consent.byAsking
    case .correctionStep(let step): step.isWorkedOut
    case .correctionResolved(let resolved): resolved.how == .agreement || resolved.how == .observed
    case .ledgerOpened, .calendarSet, .policySet, .userRegistered, .userStatusChanged,
      .productListed, .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .productsImported, .serviceRequestValidated, .serviceResponseIssued,
      .serviceResponseRecorded, .alertRecorded, .inventoryObserved, .devicePrenotified,
      .deviceStatusChanged, .deviceDetailsUpdated, .mpxnUpdated, .deviceDeleted,
      .deviceAssociated, .deviceDissociated, .deviceSupplierChanged, .deviceValueObserved,
      .correctionRequested, .correctionJoined, .ownerAssigned, .ownershipTransferred,
      .consentRefused, .manualFixProposed, .manualFixApproved, .manualFixDeclined,
      .manualFixApplied, .fixVerified, .fixNotFound, .correctionConfirmed, .mpxnCleared,
      .serviceTargetsSet, .eventAnnulled, .incidentTakenOver, .incidentsImported,
      .reportPublished, .upkeep, .technicalDetailsObserved, .technicalDetailsImported, .discovery,
      .correctionReopened, .correctionRejected, .correctionWithdrawn, .noteAdded:
      false
    }
  }
}

extension Event {
  /// Whether a party agrees by asking: that is its own word, though nobody types it.
  fileprivate func isByAsking(_ party: String) -> Bool {
    if case .consentGiven(let given) = self {
      given.byAsking && given.consent.party == party
    } else {
      false
    }
  }
}

extension CorrectionResolved {
  /// The same, shown by the event at a position.
  fileprivate func shown(by evidence: Int) -> CorrectionResolved {
    CorrectionResolved(
      correction: correction, deviceID: deviceID, requester: requester, how: how,
      evidence: evidence)
  }
}

extension LogActor {
  /// An actor of the domain as a record holds it.
  init(_ actor: Corrections.Actor) {
    self.init(user: actor.user, party: actor.party, role: actor.role, via: actor.via.stored)
  }
}
