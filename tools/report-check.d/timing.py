"""How long a correction took until it was resolved, and who had it meanwhile."""


class Resolved:
    """A correction, the resolution that a report counts, and the time up to it in milliseconds."""

    def __init__(self, correction, resolution, calendars):
        self.correction, self.resolution = correction, resolution
        self.by_holder = {}
        for holder, begins, ends in _turns(correction.turns, resolution.at):
            elapsed, working = self.by_holder.get(holder, (0, 0))
            self.by_holder[holder] = (
                elapsed + max(0, ends - begins), working + calendars.milliseconds(begins, ends))
        self.elapsed = sum(elapsed for elapsed, _ in self.by_holder.values())
        self.working = sum(working for _, working in self.by_holder.values())
        self.working_of_others = self.working - self.by_holder.get("requester", (0, 0))[1]


def _turns(turns, moment):
    """(holder, begin, end) of each turn that had begun by a moment; the one that lasts ends with it."""
    for turn, following in zip(turns, [*turns[1:], None]):
        if turn.begins <= moment:
            yield turn.holder, turn.begins, moment if following is None else min(following.begins, moment)
