"""What schemas/ publishes of a stored event: what its body may hold, which tags it gives, what it names."""

import functools
import json
import os
import re

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "schemas")
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
# How schemas describe a member that stands for a value kept elsewhere.
STANDS_FOR = {"token": "subject", "name of a document": "document"}
FIRST_OF_PRODUCT = ("deviceType", "esmeVariantFirst", "manufacturer", "model", "firmwareVersion")


@functools.lru_cache(maxsize=None)
def schema(kind, version):
    """The published shape of one version of a type, or None."""
    path = os.path.join(FOLDER, "events", f"{kind}.{version}.json")
    return _json(path) if os.path.exists(path) else None


@functools.lru_cache(maxsize=None)
def _tag_rules():
    return _json(os.path.join(FOLDER, "tags.json"))


def _json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def misfit(value, shape, place="body"):
    """Where a value has not its published shape, or None."""
    if type(value) is not TYPES[shape["type"]]:
        return place
    if value not in shape.get("enum", [value]) or shape["type"] == "integer" and value < shape.get("minimum", value):
        return place
    if "pattern" in shape and not re.fullmatch(shape["pattern"].strip("^$"), value, re.ASCII):
        return place
    if isinstance(value, list):
        return next(filter(None, (misfit(one, shape["items"], place + "[]") for one in value)), None)
    if isinstance(value, dict):
        names = set(value)
        if not set(shape["required"]) <= names <= set(shape["properties"]):
            return place
        return next(filter(None, (misfit(one, shape["properties"][name], f"{place}.{name}")
                                  for name, one in value.items())), None)
    return None


def named(value, shape):
    """Every (kind, name) of a value kept elsewhere that a body names."""
    kind = next((kind for words, kind in STANDS_FOR.items() if shape.get("description", "").startswith(words)
                 and "pattern" in shape), None)
    if kind is not None:
        return {(kind, value)}
    inside = [(one, shape["items"]) for one in value] if isinstance(value, list) else \
        [(one, shape["properties"][name]) for name, one in value.items()] if isinstance(value, dict) else []
    return set().union(*(named(*one) for one in inside))


def tags(kind, version, body):
    """The tags that a body gives, or None where nothing is published of the type."""
    rules = _tag_rules().get(f"{kind}.{version}")
    if rules is None:
        return None
    found = set()
    for place, rule in rules.items():
        if place == "(type)":
            found.add(rule)
        elif place == "(identity)":
            found.add(_product(body))
        else:
            found.update(_tag(rule, one) for one in _at(body, place))
    return sorted(found)


def _at(body, place):
    """What stands at a place such as `requested.mpxn` or `others[]`: nothing, one value, or each of a list."""
    value = body
    for name in place.replace("[]", "").split("."):
        if name not in value:
            return []
        value = value[name]
    return value if place.endswith("[]") else [value]


def _tag(rule, value):
    """`device:` and a value, as a rule of schemas/tags.json says."""
    if rule.startswith("each as it stands"):
        return value
    prefix, _, how = rule.partition(": ")
    value = str(value)
    if how == "with . for :":
        value = value.replace(":", ".")
    elif how == "in upper case":
        value = value.upper()
    return f"{prefix.rstrip(':')}:{value}"


def _product(body):
    """`product:` and its identity, each byte that a tag can't hold as `_` and two digits."""
    def written(text):
        return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 or byte == 45 else f"_{byte:02X}"
                       for byte in text.encode())
    return ("product:" + ".".join(written(body.get(part, "")) for part in FIRST_OF_PRODUCT))[:128]
