"""Routes that are advised, and the agreements that they need."""

import moments
from correction import Advice
from fixes import forget_proposal


class Consent:
    """One agreement that was asked for or given."""

    __slots__ = ("party", "side", "answer")

    def __init__(self, party, side, answer):
        self.party, self.side, self.answer = party, side, answer


def stage_advised(advice):
    """Where an advised route leads, before anybody is asked to agree."""
    if advice.because == "supplierPartyNotKnown":
        return "open"
    return {"registration": "awaitingRegistration", "twoSupplier": "awaitingFix", "manual": "awaitingFix",
            "incident": "open"}.get(advice.route, "awaitingRequest")


def advised(correction, body, at):
    forget_proposal(correction, body, at)
    correction.advice = Advice(body["route"], body["because"], body.get("party"), moments.optional(body.get("until")))
    correction.stage = "awaitingConsent" if correction.pending_consents else stage_advised(correction.advice)


def consent_requested(correction, body, at):
    correction.consents.append(Consent(body["party"], body["side"], "asked"))
    correction.stage = "awaitingConsent"


def consent_given(correction, body, at):
    if "asked" in body:
        _answer(correction, body, "byAsking" if body["byAsking"] else "given")
    else:
        correction.consents.append(Consent(body["party"], body["side"], "byAsking"))
    _has_spoken(correction, body["party"])
    if correction.stage == "awaitingConsent" and not correction.pending_consents:
        correction.stage = "awaitingFix" if correction.advice is None else stage_advised(correction.advice)


def consent_refused(correction, body, at):
    _answer(correction, body, "refused")
    _has_spoken(correction, body["party"])
    correction.stage = "open"


def consent_lapsed(correction, body, at):
    _answer(correction, body, "lapsed")
    forget_proposal(correction, body, at)


def _answer(correction, body, answer):
    for one in correction.consents:
        if (one.party, one.side) == (body["party"], body["side"]) and one.answer not in ("refused", "lapsed"):
            one.answer = answer


def _has_spoken(correction, party):
    """Whoever says yes or no to the change has answered what was asked of them, too."""
    if correction.question_to == party and all(one.party != party for one in correction.pending_consents):
        correction.question_to = None
