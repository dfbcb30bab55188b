"""What schemathesis is told of this API: names that exist, XML that is read, and which 503 is no fault.

It loads this file by SCHEMATHESIS_HOOKS. What is put in place of a made-up value depends on the request alone,
so a seed gives the same requests again.
"""

import json
import os
import random
import zlib
from collections.abc import MutableMapping

import schemathesis
from hypothesis import strategies

KNOWN = json.loads(os.environ["API_CHECK_KNOWN"])
HEADER = '<sr:{kind} xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4"><sr:Header>' \
         "<sr:RequestID>{user}:90-B3-D5-1F-30-00-00-02:{counter}</sr:RequestID>"
REQUEST = HEADER + "<sr:CommandVariant>{variant}</sr:CommandVariant><sr:ServiceReference>8.4</sr:ServiceReference>" \
    "<sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant></sr:Header><sr:Body><sr:UpdateInventory>" \
    "<sr:DeviceID>{device}</sr:DeviceID>{asks}</sr:UpdateInventory></sr:Body></sr:{kind}>"
RESPONSE = HEADER + "<sr:ResponseCode>{code}</sr:ResponseCode><sr:ResponseDateTime>2026-03-04T10:00:00Z" \
    "</sr:ResponseDateTime></sr:Header><sr:Body><sr:ResponseMessage><sr:ServiceReference>8.4</sr:ServiceReference>" \
    "<sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant></sr:ResponseMessage></sr:Body></sr:{kind}>"
ASKS = ("<sr:UpdateMPxN><sr:ImportMPxN>{mpxn}</sr:ImportMPxN></sr:UpdateMPxN>",
        "<sr:UpdateDeviceStatusExceptCH>{status}</sr:UpdateDeviceStatusExceptCH>", "<sr:UpdateMPxN/>", "")
STATUSES = ("Pending", "InstalledNotCommissioned", "Commissioned", "Lost")


def message(seed, path):
    """DUIS XML: mostly what can be recorded, else of another kind or user, with odd values, cut off, or no XML."""
    dice = random.Random(seed)
    is_odd = dice.randrange(4) == 0
    kind = "Request" if (path == "/v1/service-requests") != (is_odd and dice.randrange(4) == 0) else "Response"
    asks = dice.choice(ASKS if is_odd else ASKS[:2]).format(
        mpxn=dice.choice(KNOWN["mpxn"]), status=dice.choice(STATUSES if is_odd else STATUSES[:2]))
    text = (REQUEST if kind == "Request" else RESPONSE).format(
        kind=kind, asks=asks, user=dice.choice(KNOWN["user"]) if is_odd else KNOWN["user"][0],
        counter=dice.choice((2001, 2002, dice.getrandbits(64), dice.getrandbits(64))),
        device=dice.choice(KNOWN["device"]), code=dice.choice(("I99", "I0", "E080415", "Z1")[:4 if is_odd else 3]),
        variant="4x8"[dice.randrange(3)] if is_odd else "8").encode()
    place = dice.randrange(len(text))
    broken = (text, text[:place], text[:place] + dice.randbytes(1 + dice.randrange(4)) + text[place:],
              dice.randbytes(dice.randrange(200)), text.replace(b"</sr:", b"<sr:&#0;", 1), b"")
    return dice.choice(broken) if is_odd else text


for media_type in ("application/xml", "text/xml"):
    # Numbers that before_call turns into messages.
    schemathesis.openapi.media_type(media_type, strategies.binary(min_size=4, max_size=4))


def known(name, value, pick):
    """Mostly something that exists under that name; else the value as it was made."""
    values = KNOWN.get(name)
    if not values or not isinstance(value, (str, int)):
        return value
    pick = zlib.crc32(f"{name} {value} {pick}".encode("utf-8", "surrogatepass"))
    return values[pick // 4 % len(values)] if pick % 4 else value


@schemathesis.hook
def before_call(context, case, kwargs):
    """Names that exist in paths, queries, headers and bodies, so that more than 400 and 404 is reached."""
    parts = [case.path_parameters, case.query, case.headers, case.body]
    pick = zlib.crc32(repr([case.method, case.path, *parts]).encode("utf-8", "surrogatepass"))
    if case.media_type in ("application/xml", "text/xml"):
        case.body = message(pick, case.path)
    for values in parts:
        if isinstance(values, MutableMapping):
            for name, value in list(values.items()):
                values[name] = known(name, value, pick)
    query = case.query
    # Only the server can make a cursor, and a random one hides what the other parameters would do.
    if query and pick % 24:
        query.pop("cursor", None)
    # Waiting for a position that never comes takes 5 s, and for news 20 s: it is tried now and then only.
    for name, most in (("after", 40), ("wait", 0)):
        if query and pick % 24 and str(query.get(name, "")).isdecimal() and int(query[name]) > most:
            query[name] = most


def problem(response):
    """The problem that was answered; nothing where it is none."""
    try:
        found = json.loads(response.text)
        return found if isinstance(found, dict) else {}
    except ValueError:
        return {}


@schemathesis.check
def no_failure(context, response, case):
    """No 5xx, but 503 where a position was asked for that the log has not reached."""
    if response.status_code < 500:
        return
    kind = problem(response).get("type")
    waited = "after" in (case.query or {}) and kind == "/problems/notReachedYet"
    # Too much at once is an answer that the document names; that the ledger can't answer is a fault here.
    if response.status_code != 503 or not (waited or kind == "/problems/busy"):
        raise AssertionError(f"expected an answer or a refusal; found {response.status_code} {kind}")


# Where the log stood when it was last told, and whether something may have been recorded since.
log = {"position": None, "has_moved": True}


@schemathesis.check
def refusal_records_nothing(context, response, case):
    """A 4xx leaves the log where it was; nobody else writes to this ledger."""
    if not 400 <= response.status_code < 500:
        log["has_moved"] = log["has_moved"] or case.method == "POST"
        return
    position = problem(response).get("position")
    if position is None:
        return  # who has no token is not told
    before, had_moved = log["position"], log["has_moved"]
    log.update(position=position, has_moved=False)
    if not had_moved and position != before:
        raise AssertionError(
            f"expected that a refusal records nothing; the log went from position {before} to {position}")
