"""What a report counts event by event: what was recorded late, and answered requests."""

import collections

ACCEPTED = ("I0", "I99")
NO_OUTCOME_CONTENT = {"PreCommand", "LocalCommand"}
NO_OUTCOME_FLAGS = {"answeredHere", "commandFailed", "otherServiceReference"}


class Tally:
    """The counts of one report, kept by correction until it is known which corrections its filter takes."""

    def __init__(self, period, party):
        self._period, self._party = period, party
        self.late = collections.Counter()
        self.requests, self.first_tries = collections.Counter(), collections.Counter()

    def count_late(self, event, times, number=None, sender=None):
        """Late is what was true in the period and recorded after its end: a step of a correction, or an answer."""
        is_late = event.recorded_at >= self._period.end and any(self._period.contains(at) for at in times)
        if is_late and (number is not None or self._party in (None, sender)):
            self.late[number, event.party] += 1

    def count_answer(self, event, is_first_try):
        """Counts an answered 8.4 by its code: of the report's party only, of every type of device and route."""
        is_of_party = self._party is None or self._party == event.body.get("party", "unknown")
        if is_of_party and self._period.contains(event.at):
            self.requests[event.body["code"]] += 1
            self.first_tries[event.body["code"]] += is_first_try


def is_outcome(body):
    """Whether a recorded response tells what became of its request.

    A pre-command is still to be signed and a local command to be delivered; what a device says that it did not do
    is not done; and an answer to another service, or one that is this ledger's own to give, counts for nothing.
    """
    return body.get("content") not in NO_OUTCOME_CONTENT and NO_OUTCOME_FLAGS.isdisjoint(body.get("flags", []))
