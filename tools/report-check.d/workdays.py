"""Which days are working days, and how many milliseconds of a stretch of time lie on them."""

import itertools

import bankholidays
import moments

NAMES = {"englandAndWales": "England and Wales", "scotland": "Scotland"}


class Calendars:
    """The calendars of a ledger: a local day counts by the one in force at its start.

    Given as (from, calendar) in the order in which they were set. The first one counts before all others, and
    gives way to whatever is set for a time before it; of several from one moment the one set last counts.
    """

    def __init__(self, were_set):
        if not were_set:
            were_set = [(0, "englandAndWales")]
        earliest = min(begins for begins, _ in were_set)
        in_force = {}
        for begins, calendar in [(earliest, were_set[0][1]), *were_set[1:]]:
            in_force[begins] = calendar
        # (first day, calendar), each other than the one before; the first counts since ever.
        self._runs = []
        for begins, calendar in sorted(in_force.items()):
            if not self._runs or self._runs[-1][1] != calendar:
                self._runs.append((_first_day_from(begins), calendar))
        self._counts = {}

    def on(self, day):
        """The calendar by which a day counts."""
        counting = self._runs[0][1]
        for first_day, calendar in self._runs[1:]:
            if first_day <= day:
                counting = calendar
        return counting

    def is_working(self, day):
        """Monday to Friday but for bank holidays."""
        return moments.weekday(day) < 5 and day not in bankholidays.of_year(self.on(day), moments.date(day).year)

    def between(self, first, end):
        """How many working days there are from a day up to, but not including, another."""
        if end <= first:
            return 0
        year, last_year = moments.date(first).year, moments.date(end).year
        (begin, counts), (last_begin, last_counts) = self._year(year), self._year(last_year)
        whole_years = sum(self._year(one)[1][-1] for one in range(year, last_year))
        return whole_years + last_counts[end - last_begin] - counts[first - begin]

    def _year(self, year):
        """The first day of a year, and for each of its days how many working days came before it, then all."""
        if year not in self._counts:
            begin = moments.day_at(year, 1, 1)
            days = range(begin, moments.day_at(year, 12, 31) + 1)
            counts = list(itertools.accumulate((int(self.is_working(day)) for day in days), initial=0))
            self._counts[year] = (begin, counts)
        return self._counts[year]

    def after(self, day, count):
        """The working day that follows a day by a number of working days; by 0 it is that day or the next one."""
        while not self.is_working(day):
            day += 1
        for _ in range(count):
            day += 1
            while not self.is_working(day):
                day += 1
        return day

    def milliseconds(self, start, end):
        """The part of a stretch of time that lies on working days, local midnight to local midnight."""
        if end <= start:
            return 0
        first, last = moments.london_day(start), moments.london_day(end)
        if first == last:
            return end - start if self.is_working(first) else 0
        head = moments.start_of(first + 1) - start if self.is_working(first) else 0
        tail = end - moments.start_of(last) if self.is_working(last) else 0
        # Clocks change on Sundays, so each whole working day has 24 hours.
        return head + self.between(first + 1, last) * moments.DAY + tail

    def name(self, start, end):
        """`England and Wales`, or `England and Wales until 31 Mar 2026, then Scotland`, for what was counted."""
        first = moments.london_day(start)
        last = moments.london_day(end - 1) if start < end else first
        changes = [day for day in (run[0] for run in self._runs[1:]) if first < day <= last]
        changes = [day for day in sorted(set(changes)) if self.on(day) != self.on(day - 1)]
        ended = [f"{NAMES[self.on(day - 1)]} until {moments.shown(day - 1)}" for day in changes]
        return ", then ".join([*ended, NAMES[self.on(last)]])


def _first_day_from(moment):
    """The first local day that starts at a moment or later."""
    day = moments.london_day(moment)
    return day if moments.start_of(day) == moment else day + 1
