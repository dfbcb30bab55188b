"""Moments, as whole milliseconds since 1970 in UTC, and the days of Europe/London, as days since 1970-01-01."""

import datetime
import functools
import re

HOUR = 3_600_000
DAY = 24 * HOUR

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_STORED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read(text):
    """The moment of a stored time, `2026-03-02T10:00:00.000Z`."""
    if not isinstance(text, str) or not _STORED.fullmatch(text):
        raise ValueError(f"expected a time such as 2026-03-02T10:00:00.000Z; found {text!r}")
    hour, minute, second = int(text[11:13]), int(text[14:16]), int(text[17:19])
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"no day has the time {text!r}")
    return day_of(text[:10]) * DAY + hour * HOUR + minute * 60_000 + second * 1000 + int(text[20:23])


def optional(text):
    """The moment of a stored time that may be absent."""
    return None if text is None else read(text)


def stored(moment):
    """A moment in its stored form."""
    seconds, milli = divmod(moment % DAY, 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milli:03}"
    return f"{date(moment // DAY).isoformat()}T{clock}Z"


@functools.lru_cache(maxsize=None)
def day_of(text):
    """The day of a date, `2026-03-02`."""
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise ValueError(f"expected a date such as 2026-03-02; found {text!r}")
    return datetime.date.fromisoformat(text).toordinal() - _EPOCH


def date(day):
    """The calendar date of a day."""
    return datetime.date.fromordinal(day + _EPOCH)


def day_at(year, month, day_of_month):
    """The day of a year, month and day of the month."""
    return datetime.date(year, month, day_of_month).toordinal() - _EPOCH


def weekday(day):
    """0 is Monday, 6 is Sunday; 1970-01-01 was a Thursday."""
    return (day + 3) % 7


@functools.lru_cache(maxsize=None)
def _summer(year):
    """British Summer Time: from the last Sunday of March to that of October, both at 01:00 UTC."""
    return tuple(_last_sunday(year, month) * DAY + HOUR for month in (3, 10))


def _last_sunday(year, month):
    last = day_at(year, month, 31)
    return last - (weekday(last) + 1) % 7


def _is_summer(moment):
    begin, end = _summer(date(moment // DAY).year)
    return begin <= moment < end


def london_day(moment):
    """The day that it is in Great Britain at a moment."""
    return (moment + (HOUR if _is_summer(moment) else 0)) // DAY


def start_of(day):
    """The moment of the local midnight that begins a day."""
    an_hour_early = day * DAY - HOUR
    return an_hour_early if _is_summer(an_hour_early) else day * DAY


def shown(day):
    """A day as people read it, `31 Mar 2026`."""
    it = date(day)
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{it.day} {names[it.month - 1]} {it.year}"
