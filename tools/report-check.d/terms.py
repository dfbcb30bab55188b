"""The terms of a ledger: policies, calendars and targets, each in force from a moment on."""

import collections

import moments
import workdays

Policy = collections.namedtuple("Policy", "begins number cut_off_hour")
Targets = collections.namedtuple("Targets", "begins is_verified by_category")


class Terms:
    """What was set, in the order of the log."""

    TYPES = {"PolicySet", "CalendarSet", "ServiceTargetsSet"}

    def __init__(self):
        self._policies = []
        self._targets = []
        self._calendars_set = []
        self._calendars = None

    def take(self, event):
        """Takes an event that sets a term."""
        body = event.body
        begins = moments.read(body["from"])
        if event.kind == "PolicySet":
            self._policies.append(Policy(begins, body["policy"], body["cutOffHour"]))
        elif event.kind == "CalendarSet":
            if body["calendar"] not in workdays.NAMES:
                raise ValueError(f"the calendar {body['calendar']!r} is not known")
            self._calendars_set.append((begins, body["calendar"]))
            self._calendars = None
        else:
            by_category = {one["category"]: (one["counting"], one["minutes"]) for one in body["targets"]}
            self._targets.append(Targets(begins, body["verified"], by_category))

    @property
    def calendars(self):
        """Which days are working days."""
        if self._calendars is None:
            self._calendars = workdays.Calendars(self._calendars_set)
        return self._calendars

    def policy(self, moment):
        """The policy in force; without any that of a new ledger."""
        return _in_force(self._policies, moment) or Policy(moment, 1, 17)

    def age(self, opened_at, moment, policy=None):
        """Whole working days that have ended since the day of opening, by a policy or else that of the moment."""
        day = self._day_of_opening(opened_at, policy or self.policy(moment))
        return self.calendars.between(day + 1, moments.london_day(moment))

    def _day_of_opening(self, opened_at, policy):
        """The day itself up to the cut-off hour, that moment included; otherwise the next working day."""
        day = moments.london_day(opened_at)
        if not self.calendars.is_working(day):
            return self.calendars.after(day, 0)
        is_after_cut_off = opened_at > moments.start_of(day) + policy.cut_off_hour * moments.HOUR
        return self.calendars.after(day, 1) if is_after_cut_off else day

    def target(self, category, opened_at):
        """Until when a correction of a category is to be resolved, by the targets in force at its opening, and
        whether those are verified; None without a category or a target."""
        targets = _in_force(self._targets, opened_at)
        if targets is None or category not in targets.by_category:
            return None
        counting, minutes = targets.by_category[category]
        if counting == "elapsed":
            return opened_at + minutes * 60_000, targets.is_verified
        # Working time is counted in whole days, to the end of the last one.
        opening = self._day_of_opening(opened_at, self.policy(opened_at))
        last_day = self.calendars.after(opening, -(-minutes // 1440))
        return moments.start_of(last_day + 1), targets.is_verified


def _in_force(those, moment):
    """The one that came into force last; of several from one moment the one set last.

    The first one set counts before all others, and gives way to whatever is set for a time before it.
    """
    begun = [one for one in those[1:] if one.begins <= moment]
    if not begun:
        return those[0] if those else None
    return max(reversed(begun), key=lambda one: one.begins)
