"""The bank holidays of England and Wales, and of Scotland: the standing rule, and what was proclaimed besides.

With these days the rule gives what was published for 2016 to 2028; every other year is provisional.
"""

import functools

import moments

# Holidays that no rule foresees, as (month, day): the early May holiday of 2020 moved to the 8th, the spring
# holiday of 2022 to 2 June, the jubilee on the 3rd, the funeral on 19 September 2022, the coronation on 8 May 2023,
# Scotland's World Cup on 15 June 2026.
_MOVED_AWAY = {2020: [(5, 4)], 2022: [(5, 30)]}
_PROCLAIMED = {2020: [(5, 8)], 2022: [(6, 2), (6, 3), (9, 19)], 2023: [(5, 8)]}
_PROCLAIMED_IN_SCOTLAND = {2026: [(6, 15)]}


@functools.lru_cache(maxsize=None)
def of_year(calendar, year):
    """The days of a year, Monday to Friday, on which people do not work."""
    days = _by_rule(calendar, year)
    days -= {moments.day_at(year, *one) for one in _MOVED_AWAY.get(year, [])}
    days |= {moments.day_at(year, *one) for one in _PROCLAIMED.get(year, [])}
    if calendar == "scotland":
        days |= {moments.day_at(year, *one) for one in _PROCLAIMED_IN_SCOTLAND.get(year, [])}
    return frozenset(days)


def _by_rule(calendar, year):
    easter = _easter_sunday(year)
    new_year = moments.day_at(year, 1, 1)
    christmas = moments.day_at(year, 12, 25)
    days = {easter - 2, _first_monday(year, 5), _last_monday(year, 5)}
    days |= _with_substitutes([christmas, christmas + 1])
    if calendar == "scotland":
        days |= _with_substitutes([new_year, new_year + 1]) | {_first_monday(year, 8)}
        days |= _with_substitutes([moments.day_at(year, 11, 30)])
    else:
        days |= _with_substitutes([new_year]) | {easter + 1, _last_monday(year, 8)}
    return days


def _with_substitutes(days):
    """A holiday at a weekend is taken on the next weekday that is not itself one of these holidays."""
    taken = {day for day in days if moments.weekday(day) < 5}
    for day in days:
        if moments.weekday(day) >= 5:
            while moments.weekday(day) >= 5 or day in taken:
                day += 1
            taken.add(day)
    return taken


def _first_monday(year, month):
    first = moments.day_at(year, month, 1)
    return first + (7 - moments.weekday(first)) % 7


def _last_monday(year, month):
    last = moments.day_at(year, month, 31)
    return last - moments.weekday(last)


def _easter_sunday(year):
    """Easter of the Gregorian calendar, by the anonymous algorithm of 1876."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    over = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * over) // 451
    month, day = divmod(h + over - 7 * m + 114, 31)
    return moments.day_at(year, month, day + 1)
