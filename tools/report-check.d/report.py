"""A report as it was printed: what it says it counts, and up to where."""

import decimal
import json

import moments
from events import BadInput
from tally import Tally


class Period:
    """The days from one to another, both counted, of Europe/London."""

    def __init__(self, first, last):
        self.first, self.last = moments.day_of(first), moments.day_of(last)
        self.start, self.end = moments.start_of(self.first), moments.start_of(self.last + 1)

    @classmethod
    def of_month(cls, year, month):
        """A whole month."""
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        last = moments.date(moments.day_at(*after, 1) - 1)
        return cls(f"{year:04}-{month:02}-01", last.isoformat())

    def contains(self, moment):
        """Whether a moment lies in it."""
        return moment is not None and self.start <= moment < self.end

    @property
    def month(self):
        """`2026-03` where it is just one month."""
        first, after = moments.date(self.first), moments.date(self.last + 1)
        months = (after.year - first.year) * 12 + after.month - first.month
        return first.isoformat()[:7] if first.day == after.day == 1 and months == 1 else None


class Filter:
    """Which corrections a report counts; what is None leaves any."""

    def __init__(self, found):
        self.party, self.device_type, self.route = found["party"], found["deviceType"], found["route"]

    def takes(self, correction, period):
        """The party that asked first, the type at the opening, the route resolved by up to the end or else advised."""
        return (self.party in (None, correction.requester)
                and self.device_type in (None, correction.device_type)
                and self.route in (None, correction.route_before(period.end)))


class Report:
    """One report file."""

    def __init__(self, path):
        self.path, self.found = path, _read(path)
        try:
            self.period = Period(self.found["from"], self.found["to"])
            self.filter = Filter(self.found["filter"])
            self.position = self.found["position"]
            self.known_at = moments.read(self.found["knownAt"])
        except (KeyError, TypeError, ValueError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else error
            raise BadInput(f"{path}: expected a report of resolution times as JSON: {reason}") from None
        if type(self.position) is not int or self.position < 1:
            raise BadInput(f"{path}: expected a position from 1 on; found {self.position!r}")
        self.tally = Tally(self.period, self.filter.party)
        self.expected = None

    def months(self):
        """Twelve whole months up to the one in which the period ends, or is counted up to while it runs."""
        last = moments.date(moments.london_day(min(self.period.end - 1, self.known_at)))
        months = [divmod(last.year * 12 + last.month - 1 - back, 12) for back in range(11, -1, -1)]
        return [Period.of_month(year, month + 1) for year, month in months]

    @property
    def name(self):
        """`2026-03, of SUPA`: the period, and what the filter takes."""
        by = {"of": self.filter.party, "of type": self.filter.device_type, "by route": self.filter.route}
        period = self.period.month or f"{self.found['from']} to {self.found['to']}"
        return ", ".join([period, *(f"{word} {value}" for word, value in by.items() if value is not None)])


def _read(path):
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file, parse_float=decimal.Decimal)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except ValueError:
        raise BadInput(f"{path}: expected a report as JSON; found something else") from None
    if not isinstance(found, dict):
        raise BadInput(f"{path}: expected a report as a JSON object; found another value")
    return found
