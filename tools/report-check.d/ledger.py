"""Folds events into corrections, terms and what is counted event by event."""

import moments
from correction import Correction
from events import ANSWERS
from steps import OTHERS, STEPS, has_effect, joined_by_ticket
from tally import ACCEPTED, is_outcome
from terms import Terms
from tickets import taken_over


class Ledger:
    """What the events up to a position say, for the reports that count them."""

    def __init__(self, tallies):
        self.corrections = {}
        self.terms = Terms()
        self._tallies = tallies
        self._answered = set()
        # Devices whose last 8.4 was refused: the next about them is another try.
        self._refused = set()

    def take(self, event):
        """Applies one event that was not recorded in error."""
        if event.kind in STEPS:
            self._step(event, event.body)
        elif event.kind == "CorrectionRequested":
            self._open(event, event.body)
        elif event.kind == "IncidentTakenOver":
            self._take_over(event, event.body)
        elif event.kind in ANSWERS:
            self._answer(event, event.body)
        elif event.kind in Terms.TYPES:
            self.terms.take(event)

    def _open(self, event, body):
        number = number_of(body["correction"])
        if number not in self.corrections:
            correction = Correction(number, body["party"], event.at)
            correction.device_type, correction.first_code = body["deviceType"], body.get("firstCode")
            self.corrections[number] = correction
        self._count(event, number)

    def _take_over(self, event, body):
        """Said again it replaces what was said, until somebody has worked on it here."""
        number = number_of(body["correction"])
        before = self.corrections.get(number)
        if before is None or (before.is_ticket and not before.is_touched):
            self.corrections[number] = taken_over(number, event, before)
        if "into" in body:
            # It joins when it is told, whenever it was raised.
            self._apply(event, number_of(body["into"]), joined_by_ticket, event.recorded_at)
        self._count(event, number)

    def _step(self, event, body):
        number = number_of(body["correction"])
        self._apply(event, number, STEPS[event.kind])
        if event.kind in OTHERS:
            field, step = OTHERS[event.kind]
            others = body[field] if isinstance(body[field], list) else [body[field]]
            for other in {number_of(one) for one in others} - {number}:
                self._apply(event, other, step)
        self._count(event, number)

    def _apply(self, event, number, step, moment=None):
        correction = self.corrections.get(number)
        if correction is None or not has_effect(event.kind, correction):
            return
        if event.kind != "IncidentTakenOver" and not event.is_by_program:
            correction.is_touched = True
        # A reminder only says what there was to do already.
        if event.kind == "ReminderSent":
            return
        # Time never runs backwards in a thread: what was true earlier counts from the last step on.
        at = max(event.at if moment is None else moment, correction.last_step_at)
        correction.let_date_come(at)
        step(correction, event.body, at)
        correction.last_step_at = at
        correction.hand_over(at)

    def _answer(self, event, body):
        """A request counts once, by its first outcome: it may be acknowledged and then answered."""
        if body.get("serviceReference") != "8.4":
            return
        if event.kind == "ServiceResponseRecorded":
            request = body.get("requestId")
            if not is_outcome(body) or request in self._answered:
                return
            if request is not None:
                self._answered.add(request)
        device = body.get("device")
        is_first_try = device is not None and device not in self._refused
        if body["code"] in ACCEPTED:
            self._refused.discard(device)
        elif device is not None:
            self._refused.add(device)
        for tally in self._tallies:
            tally.count_answer(event, is_first_try)
            tally.count_late(event, [event.at], sender=body.get("party", "unknown"))

    def _count(self, event, number):
        for tally in self._tallies:
            tally.count_late(event, times_of(event), number)

    def take_annulment(self, event, original):
        """That an event was in error is told of the times at which that event was true."""
        body = original.body
        for tally in self._tallies:
            if original.kind in STEPS or original.kind in ("CorrectionRequested", "IncidentTakenOver"):
                tally.count_late(event, times_of(original), number_of(body["correction"]))
            elif original.kind in ANSWERS and body.get("serviceReference") == "8.4" and is_outcome(body):
                tally.count_late(event, [original.at], sender=body.get("party", "unknown"))


def times_of(event):
    """When what an event says was true: an old ticket also says when it ended."""
    if event.kind != "IncidentTakenOver":
        return [event.at]
    ends = [moments.optional(event.body.get(field)) for field in ("resolvedAt", "closedAt")]
    return [event.at] + [at for at in ends if at is not None]


def number_of(text):
    """118 of `COR-000118`."""
    prefix, _, digits = text.partition("-")
    if prefix.upper() != "COR" or not digits.isdigit():
        raise ValueError(f"expected a correction such as COR-000118; found {text!r}")
    return int(digits)

