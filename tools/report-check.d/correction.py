"""One correction: where it stands, whose turn it is, and what of its past a report counts."""

import collections

from holder import holder_of

ENDED = {"resolved", "confirmed", "rejected", "withdrawn", "merged"}

Advice = collections.namedtuple("Advice", "route because party until")
Turn = collections.namedtuple("Turn", "begins holder")


class Resolution:
    """One time that the fault was taken to be gone."""

    __slots__ = ("at", "route", "handovers", "confirmed_at", "reopened_at")

    def __init__(self, at, route, handovers):
        self.at, self.route, self.handovers = at, route, handovers
        self.confirmed_at = self.reopened_at = None

    def stands_at(self, moment):
        """Whether it was in force at a moment."""
        return self.at <= moment and (self.reopened_at is None or moment < self.reopened_at)


class Correction:
    """What the events of one correction say, with no event kept."""

    __slots__ = (
        "number", "device_type", "requester", "first_code", "category", "opened_at", "is_ticket", "is_bundled",
        "is_touched", "stage", "question_to", "has_incident", "advice", "consents", "proposal", "handovers",
        "resolutions", "closed_at", "is_accepted_by_silence", "turns", "turn_party", "last_step_at", "counted",
        "absorbed")

    def __init__(self, number, requester, opened_at):
        self.number, self.requester, self.opened_at = number, requester, opened_at
        self.device_type = self.first_code = self.category = self.closed_at = None
        self.is_ticket = self.is_bundled = self.has_incident = self.is_accepted_by_silence = False
        self.is_touched = True
        self.stage = "open"
        self.question_to = self.advice = self.proposal = None
        self.consents, self.resolutions = [], []
        # What is counted by itself, as (what, at), and the tickets that turned out to be about this fault, too.
        self.counted, self.absorbed = [], set()
        self.handovers = 0
        self.turns, self.turn_party = [Turn(opened_at, "dcc")], None
        self.last_step_at = opened_at

    @property
    def state(self):
        """An Incident, and below it a question, lie over the stage until the fix is made or it has ended."""
        if self.is_over or self.stage == "awaitingVerification":
            return self.stage
        if self.has_incident:
            return "escalated"
        return self.stage if self.question_to is None else "awaitingInformation"

    @property
    def is_over(self):
        """Whether it waits for no fix any more."""
        return self.stage in ENDED

    @property
    def is_two_supplier(self):
        """Whether it is, or was, a matter of somebody else's agreement."""
        is_advised = self.advice is not None and self.advice.route == "twoSupplier"
        is_resolved_so = any(one.route == "twoSupplier" for one in self.resolutions)
        return is_advised or is_resolved_so or any(one.party != self.requester for one in self.consents)

    @property
    def pending_consents(self):
        """Who is asked to agree and has not answered, in the order of asking."""
        return [one for one in self.consents if one.answer == "asked"]

    def let_date_come(self, moment):
        """From the day on which a registration was to change, what nobody had is the requester's."""
        until = self.advice.until if self.advice is not None and self.state == "awaitingRegistration" else None
        if until is not None and until < moment:
            self.hand_over(until)

    def hand_over(self, moment):
        """Begins a turn where another holder's begins."""
        holder, party = holder_of(self, moment)
        if (holder, party) != (self.turns[-1].holder, self.turn_party):
            self.turns.append(Turn(moment, holder))
            self.turn_party = party

    def route_before(self, moment):
        """The route of the last resolution before a moment, else the one advised."""
        resolved = [one.route for one in self.resolutions if one.at < moment]
        if resolved and resolved[-1] is not None:
            return resolved[-1]
        return None if self.advice is None else self.advice.route

    def end(self, stage, moment):
        """Ends it without a fix."""
        self.stage, self.closed_at = stage, moment
        self.question_to, self.has_incident = None, False

    def is_open_at(self, moment):
        """Whether it was waiting for its fix at a moment."""
        return (self.opened_at <= moment and not any(one.stands_at(moment) for one in self.resolutions)
                and (self.closed_at is None or moment < self.closed_at))

    def holder_at(self, moment):
        """Who had it at a moment of the past; after the last step whoever has it then."""
        if moment >= self.last_step_at and not self.is_over:
            return holder_of(self, moment)[0]
        return next((turn.holder for turn in reversed(self.turns) if turn.begins <= moment), self.turns[0].holder)
