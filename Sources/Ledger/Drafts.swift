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
      actor: LogActor(
        user: actor.user, party: actor.party, role: actor.role, via: actor.via.stored),
      cause: cause, body: stored.body)
  }

  /// A chain of events: the first has the given cause, each later one is caused by the first.
  ///
  /// What the program works out by itself (route, who is asked) is its own doing, not the actor's.
  static func drafts(
    _ events: [Event], by actor: Corrections.Actor, at effectiveAt: Instant, cause: Int?,
    in context: AppendContext
  ) -> [Draft] {
    events.enumerated().map { index, event in
      draft(
        event, by: event.isWorkedOut ? .ledger : actor, at: effectiveAt,
        cause: index == 0 ? cause : context.firstPosition)
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

extension Event {
  /// Whether the program works it out from facts, rather than a person doing it.
  public var isWorkedOut: Bool {
    switch self {
    case .routeAdvised, .consentRequested, .consentLapsed: true
    case .consentGiven(let consent): consent.byAsking
    case .ledgerOpened, .calendarSet, .policySet, .userRegistered, .userStatusChanged,
      .productListed, .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .serviceRequestValidated, .serviceResponseIssued, .inventoryObserved, .mpxnUpdated,
      .correctionRequested, .correctionJoined, .ownerAssigned, .ownershipTransferred,
      .consentRefused, .manualFixProposed, .manualFixApproved, .manualFixDeclined,
      .manualFixApplied, .fixVerified, .fixNotFound, .correctionResolved, .correctionConfirmed,
      .correctionReopened, .correctionRejected, .correctionWithdrawn, .noteAdded:
      false
    }
  }
}
