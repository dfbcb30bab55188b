package import Corrections
import Wire

extension EventSentences {
  /// What a step of a thread says.
  package func sentence(_ step: CorrectionStep) -> String {
    switch step.what {
    case .informationRequested(let party, let question): "asked \(party): \(text(question))"
    case .informationSupplied(let answer): "answered: \(text(answer))"
    case .requestedValueChanged(let from, let to, let reason):
      "wants \(entries.masked(to)) instead of \(entries.masked(from))"
        + (reason.map { ": \(text($0))" } ?? "")
    case .heldValueChanged(let to, let evidence):
      "MOVED ON: the inventory holds \(entries.masked(to)) now (\(evidence))"
    case .merged(let into, let reporters, _, let reason):
      "merged \(step.correction) into \(into), with \(reporters.joined(separator: ", ")): "
        + text(reason)
    case .linked(let others):
      "linked \(step.correction) with \(others.map(\.description).joined(separator: ", ")): "
        + (others.count == 1 ? "a crossed pair" : "a ring") + ", settled together"
    case .unlinked(let others):
      "unlinked \(step.correction) from \(others.map(\.description).joined(separator: ", ")): "
        + "they make no ring any more"
    case .categorySet(let category): "set category \(category)"
    case .planGiven: "\(step.party) gave its customer a plan"
    case .reminderSent(let holder, let parties, let dueAt):
      "reminded \(parties.isEmpty ? EventSentences.the(holder) : parties.joined(separator: ", ")): due "
        + Wording.lastDay(of: dueAt)
    case .manualFixFailed(let proposal, let reason):
      "could not apply the proposal at \(proposal): \(text(reason))"
    case .confirmationLapsed: "nobody said that it is not right: it counts as accepted"
    case .incidentRaised(let because, let reason):
      "raised an Incident, \(Wording.sentence(because))"
        + (reason.map { ": \(text($0))" } ?? "")
    case .incidentClosed(let outcome): "closed the Incident: \(text(outcome))"
    case .referenceAdded(let system, let reference):
      "has the number \(text(reference)) (\(Wording.name(of: system)))"
    }
  }

  /// `the DCC`.
  private static func the(_ holder: Holder) -> String {
    switch holder {
    case .dcc: "the DCC"
    case .dsp: "the DSP"
    case .requester: "the requester"
    case .counterparty: "the counterparty"
    case .otherUser: "the other user"
    case .nobody, .notKnown: "nobody"
    }
  }
}
