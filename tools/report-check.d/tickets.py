"""Old tickets that were taken over as corrections, with their own dates."""

from correction import Correction, Resolution, Turn
import moments


def taken_over(number, event, before):
    """A correction as an old ticket tells it; who had it before it came here is not known.

    Where it replaces what the ticket said before, other tickets of the fault stay joined to it.
    """
    body = event.body
    correction = Correction(number, body["party"], event.at)
    correction.is_ticket, correction.is_touched = True, False
    correction.is_bundled = body["bundled"]
    correction.device_type, correction.first_code = body.get("deviceType"), body.get("firstCode")
    correction.category, correction.handovers = body.get("category"), body["handovers"]
    if before is not None:
        correction.absorbed = before.absorbed
        correction.counted = [one for one in before.counted if one[0] == "joined"]
    correction.turns = [Turn(correction.opened_at, "notKnown")]
    told_at = max(event.recorded_at, correction.opened_at)
    if "into" in body:
        correction.counted.append(("merged", told_at))
        correction.end("merged", told_at)
        _pass(correction, "nobody", told_at)
    elif _has_ended(body):
        _end(correction, body)
    else:
        _pass(correction, "dcc", told_at)
    return correction


def _has_ended(body):
    return any(field in body for field in ("resolvedAt", "closedAt", "outcome"))


def _end(correction, body):
    """It ended before it came here: nobody is asked to confirm it."""
    resolved_at, closed_at = moments.optional(body.get("resolvedAt")), moments.optional(body.get("closedAt"))
    ended_at = next((at for at in (resolved_at, closed_at) if at is not None), correction.opened_at)
    outcome = body.get("outcome", "resolved")
    if outcome == "resolved":
        correction.stage, correction.is_accepted_by_silence = "resolved", True
        correction.resolutions = [Resolution(ended_at, body.get("route"), correction.handovers)]
    else:
        correction.end(outcome, ended_at if closed_at is None else closed_at)
    _pass(correction, "nobody", ended_at)
    correction.last_step_at = ended_at if closed_at is None else max(ended_at, closed_at)


def _pass(correction, holder, moment):
    correction.turns.append(Turn(moment, holder))
    correction.turn_party = None
    correction.last_step_at = moment
