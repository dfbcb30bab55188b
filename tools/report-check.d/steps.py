"""What each step does to a correction, and when it has no effect."""

import agreements
import fixes
from correction import Resolution


def nothing(correction, body, at):
    """It is a step of the thread, and changes nothing that a report counts."""


def joined(correction, body, at):
    correction.counted.append(("joined", at))


def joined_by_ticket(correction, body, at):
    """An old ticket of the same fault joins it once, however often it is told."""
    if body["correction"] not in correction.absorbed:
        correction.absorbed.add(body["correction"])
        joined(correction, body, at)


def transferred(correction, body, at):
    correction.handovers += 1


def resolved(correction, body, at):
    route = None if correction.advice is None else correction.advice.route
    correction.resolutions.append(Resolution(at, route, correction.handovers))
    correction.stage = "resolved"
    correction.question_to, correction.has_incident = None, False
    correction.is_accepted_by_silence = False


def confirmed(correction, body, at):
    correction.stage = "confirmed"
    correction.resolutions[-1].confirmed_at = at


def reopened(correction, body, at):
    correction.counted.append(("reopened", at))
    correction.stage, correction.proposal = "open", None
    correction.resolutions[-1].reopened_at = at
    correction.is_accepted_by_silence = False


def accepted_by_silence(correction, body, at):
    if correction.stage == "resolved":
        correction.is_accepted_by_silence = True


def asked(correction, body, at):
    correction.question_to = body["of"]


def answered(correction, body, at):
    correction.question_to = None


def another_value_wanted(correction, body, at):
    """What was advised led to the old value: until an advice follows the DCC has to find out."""
    fixes.forget_proposal(correction, body, at)
    correction.advice, correction.stage = None, "open"


def categorised(correction, body, at):
    correction.category = body["category"]


def incident_raised(correction, body, at):
    correction.counted.append(("escalated", at))
    correction.has_incident = True


def incident_closed(correction, body, at):
    correction.has_incident = False


def merged(correction, body, at):
    correction.counted.append(("merged", at))
    correction.end("merged", at)


def ended_as(stage):
    def step(correction, body, at):
        correction.end(stage, at)
    return step


# By the type of the event: what it does to its own correction.
STEPS = {
    "CorrectionJoined": joined, "NoteAdded": nothing, "HeldValueChanged": nothing, "PlanGiven": nothing,
    "ReminderSent": nothing, "ReferenceAdded": nothing, "FixVerified": nothing, "OwnerAssigned": nothing,
    "OwnershipTransferred": transferred, "CategorySet": categorised, "RequestedValueChanged": another_value_wanted,
    "RouteAdvised": agreements.advised, "ConsentRequested": agreements.consent_requested,
    "ConsentGiven": agreements.consent_given, "ConsentRefused": agreements.consent_refused,
    "ConsentLapsed": agreements.consent_lapsed,
    "ManualFixProposed": fixes.proposed, "ManualFixApproved": fixes.approved, "ManualFixApplied": fixes.applied,
    "ManualFixDeclined": fixes.given_up, "ManualFixFailed": fixes.given_up, "FixNotFound": fixes.not_found,
    "CorrectionsLinked": fixes.forget_proposal, "CorrectionsUnlinked": fixes.forget_proposal,
    "InformationRequested": asked, "InformationSupplied": answered,
    "IncidentRaised": incident_raised, "IncidentClosed": incident_closed,
    "CorrectionResolved": resolved, "CorrectionConfirmed": confirmed, "ConfirmationLapsed": accepted_by_silence,
    "CorrectionReopened": reopened, "CorrectionRejected": ended_as("rejected"),
    "CorrectionWithdrawn": ended_as("withdrawn"), "CorrectionMerged": merged,
}
# In which field it names others, and what it does to them.
OTHERS = {
    "CorrectionMerged": ("into", nothing), "CorrectionsLinked": ("others", fixes.forget_proposal),
    "CorrectionsUnlinked": ("from", fixes.forget_proposal),
}
# What can happen to a correction that is over.
AFTER_THE_END = {
    "CorrectionReopened", "CorrectionConfirmed", "NoteAdded", "OwnerAssigned", "OwnershipTransferred",
    "HeldValueChanged", "ConfirmationLapsed", "ReferenceAdded", "CategorySet", "PlanGiven", "CorrectionsLinked",
    "CorrectionsUnlinked",
}


def has_effect(kind, correction):
    """Whether a type of step changes anything where the correction stands."""
    if kind == "CorrectionConfirmed":
        return correction.stage == "resolved"
    if kind == "CorrectionReopened":
        return correction.stage in ("resolved", "confirmed")
    return kind in AFTER_THE_END or not correction.is_over
