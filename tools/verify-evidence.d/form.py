"""The form of an evidence file: which members there are, and what may stand in each."""

import decimal
import re

import strict
from figures import HOLDERS
from findings import Broken, Unreadable

FORMAT = "smi-ledger/evidence/1"
ABOUT = {"correction": r"COR-[0-9]{6,}", "device": r"[0-9A-F]{2}(-[0-9A-F]{2}){7}"}
# After the timeline of what it is about.
BESIDE = ["terms:set", "restore:ledger"]


def only(expected, holds):
    """A check of one value, with the words for what is expected."""
    def check(value, where):
        if not holds(value):
            raise Broken(where, expected, f"another {'text' if isinstance(value, str) else 'value'}")
    return check


def bytes_in_base64(length=None):
    return only("base64" if length is None else f"{length} bytes in base64",
                lambda value: isinstance(value, str) and strict.from_base64(value, length) is not None)


def one_of(*words):
    return only(" or ".join(words), lambda value: value in words)


def matching(expected, pattern):
    return only(expected, lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII))


text = only("a text", lambda value: isinstance(value, str) and value != "")
whole = only("a whole number", lambda value: type(value) is int and 0 <= value <= strict.LARGEST)
position = only("a position", strict.is_position)
time = only("a time such as 2026-03-02T10:00:00.000Z", strict.is_time)
date = matching("a date such as 2026-03-02", r"\d{4}-\d\d-\d\d")
year = only("a year", lambda value: type(value) is int and 1900 <= value <= 2200)
name = matching("43 characters of base64url", r"[A-Za-z0-9_-]{43}")
figure = only("a number with two decimals",
              lambda value: isinstance(value, decimal.Decimal) and value.as_tuple().exponent == -2)

ENTRY = {"position": position, "record": text, "inclusion": [bytes_in_base64(32)]}
CLOCKS = {
    "elapsedHours": figure, "workingDays": figure, "workingDaysExcludingRequester": figure,
    "byHolder": dict.fromkeys(HOLDERS, figure), "ageWorkingDays": whole, "calendar": text, "policy": whole,
}
FORM = {
    "format": one_of(FORMAT),
    "about": {"kind": one_of(*ABOUT), "id": text, "tag": text},
    "asOf": {"position": position, "at": time},
    "checkpoint": text, "beginning": [ENTRY], "seal": ENTRY,
    "timelines": [{
        "tag": only("a tag", strict.is_tag), "count": position, "last": position,
        "siblings": [bytes_in_base64(32)], "events": [ENTRY]}],
    "disclosed": {
        "subjects": [{"token": name, "kind": text, "value": only("a text", lambda value: isinstance(value, str)),
                      "random": bytes_in_base64(32)}],
        "documents": [{"name": name, "random": bytes_in_base64(32), "bytes": bytes_in_base64()}]},
    "erasures": [ENTRY],
    "withheld": [{"name": name, "kind": one_of("subject", "document"), "because": one_of("redacted", "erased")}],
    "clocks": CLOCKS,
    "calendar": {"name": one_of("englandAndWales", "scotland"), "holidays": [date],
                 "official": {"first": year, "last": year}},
    "presumes": [text],
}


def read(path):
    """The content of a file, each member of it there once and of its shape."""
    try:
        with open(path, "rb") as file:
            value = strict.read(file.read())
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None
    except strict.NotStrict as problem:
        raise Broken("file", "JSON that can be read in one way only", problem) from None
    except (ValueError, RecursionError):
        raise Unreadable(f"{path}: expected an evidence file as JSON; found something else") from None
    if not isinstance(value, dict) or "format" not in value:
        raise Unreadable(f"{path}: expected an evidence file, with its format; found other JSON")
    if value["format"] != FORMAT:
        raise Broken("format", FORMAT, value["format"])
    about = value.get("about")
    is_of_device = isinstance(about, dict) and about.get("kind") == "device"
    take(value, {member: one for member, one in FORM.items() if not (is_of_device and member == "clocks")}, "")
    _take_names(value)
    return value


def take(value, form, where):
    """Refuses a value that has not the form; an object has exactly its members, but for who never had a turn."""
    if callable(form):
        form(value, where)
    elif isinstance(form, list):
        if not isinstance(value, list):
            raise Broken(where, "a list", "another value")
        for index, one in enumerate(value):
            take(one, form[0], f"{where}[{index}]")
    else:
        if not isinstance(value, dict):
            raise Broken(where or "file", "an object", "another value")
        inside = f"{where}." if where else ""
        for member in value:
            if member not in form:
                raise Broken(inside + member, "no such member", "one")
        for member, one in form.items():
            if member in value:
                take(value[member], one, inside + member)
            elif where != "clocks.byHolder":
                raise Broken(inside + member, "this member", "nothing")


def _take_names(value):
    """What it is about, and which timelines it has in which order."""
    about, tags = value["about"], [one["tag"] for one in value["timelines"]]
    matching(f"the name of a {about['kind']}", ABOUT[about["kind"]])(about["id"], "about.id")
    if about["tag"] != f"{about['kind']}:{about['id']}":
        raise Broken("about.tag", f"{about['kind']}:{about['id']}", about["tag"])
    if tags != [about["tag"], *(one for one in BESIDE if one in tags)]:
        raise Broken("timelines", f"{about['tag']}, then those of {' and '.join(BESIDE)} that there are",
                     ", ".join(tags) or "none")
