"""Compares what a report says with what the events say, figure by figure."""

import decimal
import itertools

NOT_CHECKED = {"root"}
# What the report was asked for: its figures are counted for exactly this.
ASKED_FOR = {"position", "filter"}
NOTHING = object()


def compare(expected, found):
    """How many figures there are, those that differ as (name, expected, found), and the fields not known."""
    unknown = sorted(set(found) - set(expected) - NOT_CHECKED - ASKED_FOR)
    figures = _figures(expected)
    others = _figures({field: value for field, value in found.items() if field in expected})
    names = list(itertools.chain(figures, (name for name in others if name not in figures)))
    differing = [(".".join(name), figures.get(name, NOTHING), others.get(name, NOTHING)) for name in names
                 if not _agree(figures.get(name, NOTHING), others.get(name, NOTHING))]
    # A field without a single figure, such as `late`, must be there all the same.
    differing += [(field, "this field", NOTHING) for field in expected if not _figures(expected[field])
                  and field not in found]
    return len(names), differing, unknown


def _figures(value, name=()):
    """Each single figure by its name: `groups`, `byCode`, `E080415`, `median`."""
    if isinstance(value, list):
        value = {"order": " ".join(_label(one, index) for index, one in enumerate(value)),
                 **{_label(one, index): one for index, one in enumerate(value)}}
    if not isinstance(value, dict):
        return {name: value}
    figures = {}
    for field, one in value.items():
        figures.update(_figures(one, (*name, field)))
    return figures


def _label(one, index):
    """The number of a correction in a list of them."""
    return str(one.get("correction", index)) if isinstance(one, dict) else str(index)


def _agree(expected, found):
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    return expected == found


def shown(value):
    """A figure as a person reads it."""
    if value is NOTHING:
        return "nothing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.2f}" if isinstance(value, decimal.Decimal) else str(value)
