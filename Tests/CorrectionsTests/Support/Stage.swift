import Testing

@testable import Corrections

/// Every place a correction can stand in, with the way there.
enum Stage: String, CaseIterable {
  case open, awaitingRequest, awaitingRegistration, awaitingConsent, awaitingFix, proposed, approved
  case awaitingVerification, resolved, confirmed, rejected, withdrawn
  /// A question beside what it waits for else.
  case asked, askedForConsent
  /// No 8.4 can ask for a blank, so only an Incident is left.
  case incidentRouted
  /// An Incident for that, and how far the fix in it has come.
  case escalated, escalatedProposed, escalatedApproved
  /// An Incident while a supplier has not agreed; one for what is said in words.
  case escalatedForConsent, escalatedInWords
  case lapsed, merged

  func story() throws -> Story {
    var story = Story()
    switch self {
    case .open:
      try story.report()
      try story.when(.refuse(reason: "D1"), by: By.supB)
    case .awaitingRequest:
      story.held = [row(heldMPxN, "SUPA")]
      try story.report()
    case .awaitingRegistration:
      story.wanted = []
      try story.report()
    case .awaitingConsent: try story.report()
    case .awaitingFix: story = try Stage.awaitingConsent.then(.consent, By.supB)
    case .proposed: story = try Stage.awaitingFix.then(.propose(explanation: nil), By.dcc)
    case .approved: story = try Stage.proposed.then(.approve, By.otherDCC)
    case .awaitingVerification: story = try Stage.approved.then(.apply, By.dsp)
    case .resolved: story = try Stage.awaitingVerification.then(.verify, By.dcc)
    case .confirmed: story = try Stage.resolved.then(.confirm, By.supA)
    case .rejected: story = try Stage.awaitingConsent.then(.reject(reason: "D1"), By.dcc)
    case .withdrawn: story = try Stage.awaitingConsent.then(.withdraw(reason: "D1"), By.supA)
    case .asked: story = try Stage.awaitingRequest.then(Stage.question, By.dcc)
    case .askedForConsent: story = try Stage.awaitingConsent.then(Stage.question, By.dcc)
    case .incidentRouted:
      story.held = []
      story.reported = .empty
      try story.report()
    case .escalated: story = try Stage.incidentRouted.then(Stage.incident, By.supA)
    case .escalatedProposed: story = try Stage.escalated.then(.propose(explanation: nil), By.dcc)
    case .escalatedApproved: story = try Stage.escalatedProposed.then(.approve, By.otherDCC)
    case .escalatedForConsent: story = try Stage.awaitingConsent.then(Stage.incident, By.supA)
    case .escalatedInWords:
      story.field = .other
      story.reported = .text("D1")
      try story.report()
      try story.when(Stage.incident, by: By.supA)
    case .lapsed:
      story = try Stage.resolved.story()
      story.pass(hours: 24 * 30)
      try story.due()
    case .merged:
      story = try Stage.awaitingConsent.then(
        .merge(into: Correction.Command.another, reason: "D1"), By.dcc)
    }
    story.pass(hours: 1)
    return story
  }

  /// The story of this stage with one command more.
  func then(_ command: Correction.Command, _ actor: CorrectionActor) throws -> Story {
    var story = try story()
    try story.when(command, by: actor)
    return story
  }

  private static let question = Correction.Command.ask(of: nil, question: "D1")
  private static let incident = Correction.Command.escalate(reason: "D1")

  /// Whether what the inventory says of the field is marked still: until it is closed, and after it
  /// was resolved.
  var isWatched: Bool {
    ![.rejected, .withdrawn, .merged, .escalatedInWords].contains(self)
  }

  var state: Correction.State {
    switch self {
    case .open, .incidentRouted: .open
    case .awaitingRequest: .awaitingRequest
    case .awaitingRegistration: .awaitingRegistration
    case .awaitingConsent: .awaitingConsent
    case .awaitingFix, .proposed, .approved: .awaitingFix
    case .awaitingVerification: .awaitingVerification
    case .resolved, .lapsed: .resolved
    case .confirmed: .confirmed
    case .rejected: .rejected
    case .withdrawn: .withdrawn
    case .asked, .askedForConsent: .awaitingInformation
    case .escalated, .escalatedProposed, .escalatedApproved, .escalatedForConsent,
      .escalatedInWords:
      .escalated
    case .merged: .merged
    }
  }
}
