"""Reads JSON so that it can be read in one way only, and records in the one way that they are written."""

import base64
import binascii
import decimal
import json
import re

import moments
from findings import Broken

LARGEST = 2**53 - 1
TAG = re.compile(r"[A-Za-z0-9._-]+:[A-Za-z0-9._-]+", re.ASCII)
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
TYPE = re.compile(r"[A-Z][A-Za-z0-9]{0,63}", re.ASCII)
KEY = re.compile(r'[ !#-\[\]-~]+')
FIELDS = {"actor", "body", "effectiveAt", "id", "recordedAt", "tags", "type", "version"}


class NotStrict(ValueError):
    """It could be read in more than one way; the text says why."""


def read(data):
    """The value of JSON bytes. No member stands twice, and no text is half a character."""
    value = json.loads(data.decode("utf-8"), object_pairs_hook=_members, parse_float=decimal.Decimal,
                       parse_constant=_no_number)
    json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    return value


def _members(pairs):
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotStrict(f"the member {twice} twice in one object")
    return value


def _no_number(name):
    raise NotStrict(f"{name}, which is no number")


def record(text):
    """The value of a record, which is written the one way and has each field in its shape."""
    data = text.encode("utf-8")
    try:
        value = read(data)
        _plain(value)
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    except NotStrict as problem:
        raise Broken("", "a record in canonical form", problem) from None
    except (ValueError, TypeError, RecursionError):
        raise Broken("", "a record in canonical form", "what is no JSON of that form") from None
    if written != text or len(data) > 65535:
        raise Broken("", "a record in canonical form, of at most 65,535 bytes", "one written otherwise")
    wrong = _wrong_field(value)
    if wrong is not None:
        raise Broken("", f"a record with {wrong} in its shape", "another one")
    return value


def _plain(value, depth=1):
    """Only what a record may hold: no null, no float, no number that programs round, no strange name."""
    if depth > 32:
        raise NotStrict("more than 32 levels")
    if value is None or isinstance(value, decimal.Decimal):
        raise NotStrict("a null or a float")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise NotStrict("an integer of 2^53 or more")
    if isinstance(value, dict) and not all(KEY.fullmatch(name) for name in value):
        raise NotStrict("a name of a member that is not printable ASCII")
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            _plain(one, depth + 1)


def _wrong_field(value):
    """Which field of a record is missing, unknown or not of its shape."""
    if not isinstance(value, dict) or not FIELDS <= set(value) <= FIELDS | {"append", "cause"}:
        return "exactly its fields"
    actor, tags = value["actor"], value["tags"]
    shapes = {
        "actor": isinstance(actor, dict) and {"party", "via"} <= set(actor) <= {"party", "role", "user", "via"}
        and all(isinstance(one, str) and 1 <= len(one.encode()) <= 128 for one in actor.values()),
        "append": _is_append(value.get("append", {"count": 1})),
        "body": isinstance(value["body"], dict),
        "cause": is_position(value.get("cause", 1)),
        "effectiveAt": is_time(value["effectiveAt"]), "recordedAt": is_time(value["recordedAt"]),
        "tags": isinstance(tags, list) and len(tags) <= 16 and all(is_tag(one) for one in tags)
        and tags == sorted(set(tags)),
        "type": isinstance(value["type"], str) and bool(TYPE.fullmatch(value["type"])),
        "version": is_position(value["version"]),
    }
    wrong = next((field for field, holds in shapes.items() if not holds), None)
    return "id" if wrong is None and not _is_identity(value["id"], value["recordedAt"]) else wrong


def _is_append(append):
    fields = {"kind", "value", "within"}, {"root", "rows", "set"}
    return (isinstance(append, dict) and {"count"} <= set(append) <= {"count", "key", "references"}
            and is_position(append["count"]) and append["count"] <= 1000
            and all(isinstance(append[name], dict) and set(append[name]) == wanted
                    for name, wanted in zip(("key", "references"), fields) if name in append))


def _is_identity(text, recorded_at):
    """A UUIDv7 begins with 48 bits of the moment of recording."""
    return (isinstance(text, str) and bool(UUID7.fullmatch(text))
            and int(text[:8] + text[9:13], 16) == moments.read(recorded_at))


def is_position(value):
    return type(value) is int and 1 <= value <= LARGEST


def is_tag(value):
    return isinstance(value, str) and len(value) <= 128 and bool(TAG.fullmatch(value))


def is_time(value):
    try:
        return moments.read(value) >= 0
    except ValueError:
        return False


def from_base64(text, length=None):
    """The bytes of base64 that is written the one way, or None."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    is_right = base64.b64encode(data).decode() == text and length in (None, len(data))
    return data if is_right else None
