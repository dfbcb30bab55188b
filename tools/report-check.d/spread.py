"""Many values told by a few: the middle, the 90th percentile and the largest."""

import decimal

FEW = 10


def spread(values, unit):
    """The figures of some milliseconds in a unit; few says that each case tells more than a percentile."""
    if not values:
        return {"n": 0, "median": None, "p90": None, "max": None, "few": True}
    values = sorted(values)
    n = len(values)
    return {"n": n, "median": rounded(_median(values), unit), "p90": rounded(values[-(-n * 90 // 100) - 1], unit),
            "max": rounded(values[-1], unit), "few": n < FEW}


def _median(values):
    """The middle of sorted values, or the mean of the two in the middle, cut to a whole millisecond."""
    n = len(values)
    return (values[(n - 1) // 2] + values[n // 2]) // 2


def rounded(milliseconds, unit):
    """In a unit with two decimals, half a hundredth rounded up."""
    return in_hundredths((milliseconds * 200 + unit) // (2 * unit))


def in_hundredths(hundredths):
    """So many hundredths as a number with two decimals."""
    return decimal.Decimal(hundredths) / 100
