"""Writes forged variants of an evidence file, each with one thing done to it, to try tools/verify-evidence on.

    python3 tools/lib/forge_evidence.py GENUINE OUTDIR

Each file is named after what was done; a line is printed for each. Three kinds: plain ones change the file; those that
begin with `rebuilt-` are whole logs made anew and signed by a key that they name themselves, with one rule broken;
those that begin with `key-only-` are such logs with no rule broken, which only the ledger's key, given apart, tells
from genuine ones. What a variant needs and the file lacks, such as a disclosed document, is said and left out.
A log made anew holds made-up leaves where the file has no record, so GENUINE is best of a small ledger.
"""
import base64
import copy
import datetime
import hashlib
import json
import os
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OWN_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a key that no ledger has").digest())
FORGERIES = []


class Lacking(Exception):
    """The genuine file has nothing that this could be done to."""


# Hashes and signatures, as they are made.

def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def b64(data):
    return base64.b64encode(data).decode()


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def u64(number):
    return number.to_bytes(8, "big")


def public(key):
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name, public_key):
    return sha(name.encode(), b"\n\x01", public_key)[:4]


def signed(origin, size, root, key, name=None, told_id=None):
    """A checkpoint."""
    name = name or origin
    text = f"{origin}\n{size}\n{b64(root)}\n"
    signature = (told_id or key_id(name, public(key))) + key.sign(text.encode())
    return f"{text}\n— {name} {b64(signature)}\n"


class Tree:
    """The tree of RFC 6962 over some leaves."""

    def __init__(self, leaves):
        self.leaves, self._roots = leaves, {}

    def root(self, first=0, end=None):
        end = len(self.leaves) if end is None else end
        if (first, end) not in self._roots:
            middle = first + self._half(end - first)
            self._roots[first, end] = self.leaves[first] if end - first == 1 else \
                sha(b"\x01", self.root(first, middle), self.root(middle, end))
        return self._roots[first, end]

    def path(self, index):
        """From the leaf's sibling upwards."""
        first, end, path = 0, len(self.leaves), []
        while end - first > 1:
            middle = first + self._half(end - first)
            if index < middle:
                path.insert(0, self.root(middle, end))
                end = middle
            else:
                path.insert(0, self.root(first, middle))
                first = middle
        return path

    @staticmethod
    def _half(n):
        return 1 if n < 2 else 1 << (n - 1).bit_length() - 1


def trie(leaves, depth=0):
    """The root over leaves by their keys, and for each key its siblings, the deepest first."""
    if len(leaves) < 2:
        return next(iter(leaves.values()), bytes(32)), {key: [] for key in leaves}
    halves = [{}, {}]
    for key, leaf in leaves.items():
        halves[key[depth // 8] >> (7 - depth % 8) & 1][key] = leaf
    (left, lefts), (right, rights) = trie(halves[0], depth + 1), trie(halves[1], depth + 1)
    paths = {key: [*path, right] for key, path in lefts.items()}
    paths.update({key: [*path, left] for key, path in rights.items()})
    return sha(b"\x01", left, right), paths


def timeline_leaf(tag, events):
    """Events as (position, record)."""
    chained = bytes(32)
    for position, record in events:
        chained = sha(b"\x02", chained, u64(position), sha(b"\x00", record.encode()))
    return sha(b"\x00", sha(tag.encode()), u64(len(events)), u64(events[-1][0] if events else 0), chained)


# Parts of a file.

def written(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def entries(e):
    return [*e["beginning"], e["seal"], *(one for timeline in e["timelines"] for one in timeline["events"]),
            *e["erasures"]]


def edit(e, position, change):
    """Changes a record wherever it stands."""
    for entry in entries(e):
        if entry["position"] == position:
            record = json.loads(entry["record"])
            change(record)
            entry["record"] = written(record)


def middle(e):
    events = e["timelines"][0]["events"]
    if len(events) < 2:
        raise Lacking("a timeline of two events")
    return events[len(events) // 2]


def later(text, seconds=-3600):
    """A stored time moved by some seconds."""
    moved = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ") + datetime.timedelta(seconds=seconds)
    return moved.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moved.microsecond // 1000:03}Z"


def recorded(record, text):
    """Gives a record another moment of recording, and the identity that goes with it."""
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc)
    digits = f"{round(moment.timestamp() * 1000):012x}"
    record["recordedAt"], record["id"] = text, f"{digits[:8]}-{digits[8:]}{record['id'][13:]}"


def flipped(coded, bit=0):
    data = bytearray(base64.b64decode(coded))
    data[bit // 8] ^= 0x80 >> bit % 8
    return b64(bytes(data))


def some(items, what):
    if not items:
        raise Lacking(what)
    return items[0]


def terms(e):
    found = [one for one in e["timelines"] if one["tag"] == "terms:set"]
    return some(found, "the timeline terms:set")


def log_as_checkpoint(e):
    origin, size, root = e["checkpoint"].split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def name_own_key(e, origin):
    """The ledger is that of our key from its beginning on, and after each restoring."""
    for position in {entry["position"] for entry in entries(e)}:
        def change(record):
            body = record["body"]
            if position == 1 or "fork" in body:
                body.get("fork", body).update(origin=origin, publicKey=b64(public(OWN_KEY)))
        edit(e, position, change)


def rebuilt(e, size=None, seal_root=None, deeper=False):
    """The whole log anew over the records as they are in a file, sealed and signed by a key that it names itself.

    With `deeper` the first timeline stands one place below where it is alone, beside an empty one.
    """
    origin, old_size, _ = log_as_checkpoint(e)
    size = size or old_size
    name_own_key(e, origin)
    leaves = {sha(one["tag"].encode()): timeline_leaf(
        one["tag"], [(event["position"], event["record"]) for event in one["events"]]) for one in e["timelines"]}
    made_up = json.loads(e["seal"]["record"])["body"]["tags"] - len(leaves)
    leaves.update({sha(b"key", u64(n)): sha(b"timeline", u64(n)) for n in range(made_up)})
    root, paths = trie(leaves)
    if deeper:
        key = sha(e["timelines"][0]["tag"].encode())
        depth = len(paths[key])
        pair = [leaves[key], bytes(32)]
        leaves[key] = sha(b"\x01", *(reversed(pair) if key[depth // 8] >> (7 - depth % 8) & 1 else pair))
        root, paths = trie(leaves)
        paths[key].insert(0, bytes(32))
    for one in e["timelines"]:
        one["siblings"] = [b64(sibling) for sibling in paths[sha(one["tag"].encode())]]
    seal_at = e["seal"]["position"]
    edit(e, seal_at, lambda record: record["body"].update(root=b64(seal_root or root)))
    at = {entry["position"]: sha(b"\x00", entry["record"].encode()) for entry in entries(e)}
    tree = Tree([at.get(position, sha(b"leaf", u64(position))) for position in range(1, size + 1)])
    for entry in entries(e):
        entry["inclusion"] = [b64(one) for one in tree.path(min(entry["position"], size) - 1)]
    e["checkpoint"] = signed(origin, size, tree.root(), OWN_KEY)


def forgery(name):
    """Names what a function does to a file; it may hand back the text to write."""
    def keep(function):
        FORGERIES.append((name, function))
        return function
    return keep


def each(*names):
    """The same with several values."""
    def keep(function):
        for name, *values in names:
            FORGERIES.append((name, lambda e, values=values: function(e, *values)))
        return function
    return keep


# Events left out, moved, changed.

@forgery("event-dropped-from-the-middle")
def _(e):
    e["timelines"][0]["events"].remove(middle(e))


@forgery("event-dropped-from-the-middle-count-adapted")
def _(e):
    e["timelines"][0]["events"].remove(middle(e))
    e["timelines"][0]["count"] -= 1


@forgery("last-event-dropped-count-and-last-adapted")
def _(e):
    middle(e)
    timeline = e["timelines"][0]
    timeline["events"].pop()
    timeline["count"], timeline["last"] = len(timeline["events"]), timeline["events"][-1]["position"]


@forgery("first-event-dropped-count-adapted")
def _(e):
    middle(e)
    e["timelines"][0]["events"].pop(0)
    e["timelines"][0]["count"] -= 1


@forgery("event-dropped-and-seal-made-to-fit")
def _(e):
    timeline = e["timelines"][0]
    timeline["events"].remove(middle(e))
    timeline["count"] -= 1
    leaf = timeline_leaf(timeline["tag"], [(one["position"], one["record"]) for one in timeline["events"]])
    key = sha(timeline["tag"].encode())
    for depth, sibling in zip(reversed(range(len(timeline["siblings"]))), timeline["siblings"]):
        pair = [leaf, base64.b64decode(sibling)]
        leaf = sha(b"\x01", *(reversed(pair) if key[depth // 8] >> (7 - depth % 8) & 1 else pair))
    edit(e, e["seal"]["position"], lambda record: record["body"].update(root=b64(leaf)))


@forgery("all-events-dropped")
def _(e):
    e["timelines"][0]["events"] = []


@forgery("events-in-another-order")
def _(e):
    middle(e)
    events = e["timelines"][0]["events"]
    events[0], events[1] = events[1], events[0]


@forgery("event-twice-count-adapted")
def _(e):
    events = e["timelines"][0]["events"]
    events.insert(1, copy.deepcopy(events[0]))
    e["timelines"][0]["count"] += 1


@forgery("event-of-another-timeline-added-count-adapted")
def _(e):
    timeline, other = e["timelines"][0], terms(e)["events"][0]
    timeline["events"] = sorted([*timeline["events"], copy.deepcopy(other)], key=lambda one: one["position"])
    timeline["count"] += 1


@forgery("last-position-changed")
def _(e):
    e["timelines"][0]["last"] += 1


@forgery("position-changed")
def _(e):
    middle(e)["position"] += 1


@each(("actor-changed", lambda record: record["actor"].update(party="OTHER")),
      ("effectiveAt-moved", lambda record: record.update(effectiveAt=later(record["effectiveAt"]))),
      ("recordedAt-moved", lambda record: recorded(record, later(record["recordedAt"], -1))),
      ("cause-changed", lambda record: record.update(cause=1 if record.get("cause") != 1 else 2)),
      ("type-changed", lambda record: record.update(type="NoteAdded")),
      ("version-changed", lambda record: record.update(version=record["version"] + 1)),
      ("tag-removed", lambda record: record["tags"].pop()),
      ("tag-added", lambda record: record["tags"].append("zone:9")),
      ("body-changed", lambda record: record["body"].update(requester="OTHER")))
def _(e, change):
    edit(e, middle(e)["position"], change)


@forgery("record-with-the-inclusion-of-another")
def _(e):
    edit(e, middle(e)["position"], lambda record: record.update(effectiveAt=later(record["effectiveAt"])))
    middle(e)["inclusion"] = list(e["timelines"][0]["events"][0]["inclusion"])


@forgery("record-with-inclusion-put-for-another")
def _(e):
    other = e["timelines"][0]["events"][0]
    middle(e).update(record=other["record"], inclusion=list(other["inclusion"]))


@forgery("one-position-with-two-records")
def _(e):
    copied = copy.deepcopy(terms(e)["events"][0])
    copied["record"] = middle(e)["record"]
    terms(e)["events"][0] = copied


@forgery("timeline-of-another-tag-under-this-one")
def _(e):
    other = terms(e)
    e["timelines"][0].update({name: copy.deepcopy(other[name]) for name in ("count", "last", "siblings", "events")})


@forgery("proof-of-another-timeline")
def _(e):
    e["timelines"][0]["siblings"] = list(terms(e)["siblings"])


@forgery("timeline-of-the-correction-dropped")
def _(e):
    e["timelines"].pop(0)


@forgery("timelines-in-another-order")
def _(e):
    terms(e)
    e["timelines"].reverse()


@forgery("timeline-twice")
def _(e):
    e["timelines"].append(copy.deepcopy(e["timelines"][-1]))


# The terms.

@forgery("policy-event-dropped")
def _(e):
    found = [one for one in terms(e)["events"] if json.loads(one["record"])["type"] == "PolicySet"]
    terms(e)["events"].remove(some(found, "a policy"))


@forgery("policy-event-dropped-count-adapted")
def _(e):
    found = [one for one in terms(e)["events"] if json.loads(one["record"])["type"] == "PolicySet"]
    terms(e)["events"].remove(some(found, "a policy"))
    terms(e).update(count=terms(e)["count"] - 1, last=terms(e)["events"][-1]["position"])


@forgery("policy-event-changed")
def _(e):
    for one in terms(e)["events"]:
        edit(e, one["position"], lambda record: "cutOffHour" in record["body"] and record["body"].update(cutOffHour=1))


@forgery("terms-timeline-dropped")
def _(e):
    e["timelines"].remove(terms(e))


# The checkpoint and its key.

@forgery("checkpoint-signed-by-another-key")
def _(e):
    e["checkpoint"] = signed(*log_as_checkpoint(e), OWN_KEY)


@forgery("checkpoint-signed-by-another-key-under-the-hash-of-the-ledgers")
def _(e):
    origin, size, root = log_as_checkpoint(e)
    signature = base64.b64decode(e["checkpoint"].split("\n")[4].split(" ")[2])
    e["checkpoint"] = signed(origin, size, root, OWN_KEY, told_id=signature[:4])


@forgery("origin-changed")
def _(e):
    e["checkpoint"] = "other." + e["checkpoint"]


@forgery("origin-changed-and-signed-by-another-key")
def _(e):
    origin, size, root = log_as_checkpoint(e)
    e["checkpoint"] = signed("other." + origin, size, root, OWN_KEY)


@forgery("root-changed")
def _(e):
    lines = e["checkpoint"].split("\n")
    lines[2] = flipped(lines[2])
    e["checkpoint"] = "\n".join(lines)


@forgery("size-changed")
def _(e):
    lines = e["checkpoint"].split("\n")
    lines[1] = str(int(lines[1]) + 1)
    e["checkpoint"] = "\n".join(lines)


@forgery("line-added-to-the-checkpoint")
def _(e):
    text, _, signature = e["checkpoint"].partition("\n\n")
    e["checkpoint"] = f"{text}\nmore\n\n{signature}"


@each(*((f"signature-bit-{bit}-flipped", bit) for bit in (0, 40, 300, 543)))
def _(e, bit):
    start, _, coded = e["checkpoint"].rstrip("\n").rpartition(" ")
    e["checkpoint"] = f"{start} {flipped(coded, bit)}\n"


@forgery("signature-removed")
def _(e):
    e["checkpoint"] = e["checkpoint"].partition("\n\n")[0] + "\n\n"


@forgery("public-key-of-the-ledger-changed")
def _(e):
    edit(e, 1, lambda record: record["body"].update(publicKey=b64(public(OWN_KEY))))


@forgery("public-key-of-the-ledger-changed-and-signed-by-it")
def _(e):
    edit(e, 1, lambda record: record["body"].update(publicKey=b64(public(OWN_KEY))))
    e["checkpoint"] = signed(*log_as_checkpoint(e), OWN_KEY)


@forgery("beginning-dropped")
def _(e):
    e["beginning"] = []


@forgery("beginning-with-one-more-record")
def _(e):
    e["beginning"].append(copy.deepcopy(terms(e)["events"][0]))


# The paths of the tree and of the trie.

def inclusions(e):
    return middle(e)["inclusion"]


def siblings(e):
    return e["timelines"][0]["siblings"]


@each(("inclusion-sibling-removed", inclusions), ("timeline-sibling-removed", siblings))
def _(e, those):
    some(those(e), "a sibling")
    those(e).pop()


@each(("inclusion-deepest-sibling-removed", inclusions), ("timeline-deepest-sibling-removed", siblings))
def _(e, those):
    some(those(e), "a sibling")
    those(e).pop(0)


@each(("inclusion-sibling-added", inclusions), ("timeline-sibling-added", siblings))
def _(e, those):
    those(e).append(b64(sha(b"another")))


@each(("inclusion-siblings-swapped", inclusions), ("timeline-siblings-swapped", siblings))
def _(e, those):
    if len(those(e)) < 2:
        raise Lacking("two siblings")
    those(e)[0], those(e)[1] = those(e)[1], those(e)[0]


@each(("inclusion-sibling-changed", inclusions), ("timeline-sibling-changed", siblings))
def _(e, those):
    some(those(e), "a sibling")
    those(e)[0] = flipped(those(e)[0])


@forgery("inclusion-of-the-seal-changed")
def _(e):
    e["seal"]["inclusion"][0] = flipped(e["seal"]["inclusion"][0])


@forgery("inclusion-of-the-beginning-changed")
def _(e):
    e["beginning"][0]["inclusion"][0] = flipped(e["beginning"][0]["inclusion"][0])


# The seal and the moment.

@each(("seal-root-changed", lambda body: body.update(root=flipped(body["root"]))),
      ("seal-upTo-changed", lambda body: body.update(upTo=body["upTo"] - 1)),
      ("seal-tags-changed", lambda body: body.update(tags=body["tags"] + 1)),
      ("seal-form-changed", lambda body: body.update(form=2)))
def _(e, change):
    edit(e, e["seal"]["position"], lambda record: change(record["body"]))


@forgery("seal-is-another-event")
def _(e):
    e["seal"] = copy.deepcopy(e["timelines"][0]["events"][-1])


@each(("asOf-position-moved", {"position": -1}), ("asOf-earlier", {"at": -40_000_000}), ("asOf-a-second-earlier", {"at": -1}), ("asOf-later", {"at": 3600}))
def _(e, by):
    as_of = e["asOf"]
    if "position" in by:
        as_of["position"] += by["position"]
    else:
        as_of["at"] = later(as_of["at"], by["at"])


@forgery("about-another-one")
def _(e):
    about = e["about"]
    other = "COR-999998" if about["kind"] == "correction" else "00-00-00-00-00-00-00-01"
    about.update(id=other, tag=f"{about['kind']}:{other}")


@forgery("about-another-one-with-its-timeline-renamed")
def _(e):
    about = e["about"]
    other = "COR-999998" if about["kind"] == "correction" else "00-00-00-00-00-00-00-01"
    about.update(id=other, tag=f"{about['kind']}:{other}")
    e["timelines"][0]["tag"] = about["tag"]


@forgery("about-id-without-its-tag")
def _(e):
    e["about"]["id"] = "COR-999998" if e["about"]["kind"] == "correction" else "00-00-00-00-00-00-00-01"


@forgery("about-of-another-kind")
def _(e):
    e["about"]["kind"] = "device" if e["about"]["kind"] == "correction" else "correction"


# Values and documents.

def subject(e):
    return some(e["disclosed"]["subjects"], "a disclosed value")


def document(e):
    return some(e["disclosed"]["documents"], "a disclosed document")


def made_up_subject(value="made up"):
    random, kind = sha(value.encode()), b"mpxn"
    token = url64(sha(b"smi-ledger/subject/1\x00", random, bytes([len(kind)]), kind,
                      len(value).to_bytes(2, "big"), value.encode()))
    return {"token": token, "kind": "mpxn", "value": value, "random": b64(random)}


@forgery("value-changed")
def _(e):
    one = subject(e)
    one["value"] = one["value"][:-1] + ("0" if one["value"][-1:] != "0" else "1")


@forgery("value-of-another-kind")
def _(e):
    subject(e)["kind"] += "s"


@forgery("random-of-a-value-changed")
def _(e):
    subject(e)["random"] = flipped(subject(e)["random"])


@forgery("random-of-a-value-cut")
def _(e):
    subject(e)["random"] = b64(base64.b64decode(subject(e)["random"])[:-1])


@forgery("value-under-the-token-of-another")
def _(e):
    if len(e["disclosed"]["subjects"]) < 2:
        raise Lacking("two disclosed values")
    one, other = e["disclosed"]["subjects"][:2]
    one["token"], other["token"] = other["token"], one["token"]


@forgery("value-put-for-another-with-its-own-token")
def _(e):
    subject(e)
    e["disclosed"]["subjects"][0] = made_up_subject()


@forgery("bytes-of-a-document-changed")
def _(e):
    one = document(e)
    one["bytes"] = b64(base64.b64decode(one["bytes"]) + b" ")


@forgery("random-of-a-document-changed")
def _(e):
    document(e)["random"] = flipped(document(e)["random"])


@forgery("disclosed-value-dropped")
def _(e):
    e["disclosed"]["subjects"].remove(subject(e))


@forgery("disclosed-document-dropped")
def _(e):
    e["disclosed"]["documents"].remove(document(e))


@forgery("withheld-dropped")
def _(e):
    e["withheld"].remove(some(e["withheld"], "something withheld"))


@forgery("withheld-of-another-kind")
def _(e):
    one = some(e["withheld"], "something withheld")
    one["kind"] = "document" if one["kind"] == "subject" else "subject"


@forgery("disclosed-that-no-record-names")
def _(e):
    e["disclosed"]["subjects"].append(made_up_subject())


@each(("value-said-to-be-erased", "subjects", "subject", "token"),
      ("document-said-to-be-erased", "documents", "document", "name"))
def _(e, part, kind, name):
    one = some(e["disclosed"][part], "something disclosed")
    e["disclosed"][part].remove(one)
    e["withheld"].append({"name": one[name], "kind": kind, "because": "erased"})


@forgery("erasure-of-nothing-here")
def _(e):
    e["erasures"].append(copy.deepcopy(e["seal"]))


@forgery("withheld-that-no-record-names")
def _(e):
    e["withheld"].append({"name": url64(sha(b"x")), "kind": "subject", "because": "erased"})


@forgery("disclosed-and-withheld")
def _(e):
    e["withheld"].append({"name": subject(e)["token"], "kind": "subject", "because": "erased"})


@forgery("disclosed-twice")
def _(e):
    e["disclosed"]["subjects"].append(dict(subject(e)))


@forgery("redacted-and-yet-disclosing")
def _(e):
    subject(e)
    if len(e["disclosed"]["subjects"]) + len(e["disclosed"]["documents"]) < 2:
        raise Lacking("two that are disclosed")
    one = e["disclosed"]["subjects"].pop()
    e["withheld"].append({"name": one["token"], "kind": "subject", "because": "redacted"})


# The calendar and the clocks.

@forgery("holiday-removed")
def _(e):
    e["calendar"]["holidays"].pop(len(e["calendar"]["holidays"]) // 2)


@forgery("holiday-added")
def _(e):
    e["calendar"]["holidays"] = sorted([*e["calendar"]["holidays"], "2026-03-05"])


@forgery("holidays-in-another-order")
def _(e):
    e["calendar"]["holidays"].reverse()


@forgery("calendar-of-another-name")
def _(e):
    e["calendar"]["name"] = "scotland" if e["calendar"]["name"] != "scotland" else "englandAndWales"


@forgery("official-years-cut")
def _(e):
    e["calendar"]["official"]["last"] = 2020
    e["calendar"]["holidays"] = [one for one in e["calendar"]["holidays"] if one < "2021"]


@each(*((f"clocks-{name}-changed", name) for name in (
    "elapsedHours", "workingDays", "workingDaysExcludingRequester", "ageWorkingDays", "calendar", "policy")))
def _(e, name):
    clocks = e.get("clocks", {})
    if name not in clocks:
        raise Lacking("clocks")
    value = clocks[name]
    clocks[name] = value + "s" if isinstance(value, str) and not isinstance(value, Figure) else \
        Figure(f"{float(value) + 0.01:.2f}") if isinstance(value, Figure) else value + 1


@forgery("clocks-byHolder-changed")
def _(e):
    holders = e.get("clocks", {}).get("byHolder", {})
    name = some(list(holders), "a holder")
    holders[name] = Figure(f"{float(holders[name]) + 0.01:.2f}")


@forgery("clocks-holder-dropped")
def _(e):
    holders = e.get("clocks", {}).get("byHolder", {})
    holders.pop(some(list(holders), "a holder"))


@forgery("clocks-holder-added")
def _(e):
    if "clocks" not in e:
        raise Lacking("clocks")
    e["clocks"]["byHolder"]["notKnown"] = Figure("0.00")


@forgery("clocks-of-one-decimal")
def _(e):
    if "clocks" not in e:
        raise Lacking("clocks")
    e["clocks"]["elapsedHours"] = Figure(e["clocks"]["elapsedHours"] + "0")


@forgery("clocks-dropped")
def _(e):
    if e.pop("clocks", None) is None:
        raise Lacking("clocks")


# How the file is written.

@each(("form-unknown", {"format": "smi-ledger/evidence/2"}), ("member-unknown", {"more": 1}),
      ("presumptions-of-another-type", {"presumes": "nothing"}), ("number-as-text", {"withheld": "0"}))
def _(e, members):
    e.update(members)


@forgery("member-missing")
def _(e):
    del e["withheld"]


@forgery("member-unknown-in-an-entry")
def _(e):
    middle(e)["note"] = "x"


@forgery("null-for-a-number")
def _(e):
    e["asOf"]["position"] = None


@forgery("position-as-a-float")
def _(e):
    e["asOf"]["position"] = Figure(f"{e['asOf']['position']}.0")


@forgery("member-twice")
def _(e):
    return in_text(e).replace('{', '{"format": "smi-ledger/evidence/1", ', 1)


@forgery("member-twice-inside")
def _(e):
    return in_text(e).replace('"about": {', '"about": {"kind": "correction", ', 1)


@forgery("record-with-a-space")
def _(e):
    middle(e)["record"] = middle(e)["record"].replace(":", ": ", 1)


@forgery("record-with-a-member-twice")
def _(e):
    middle(e)["record"] = middle(e)["record"].replace('"body":{', '"body":{"requester":"OTHER",', 1)


@forgery("record-in-another-order")
def _(e):
    record = json.loads(middle(e)["record"])
    middle(e)["record"] = json.dumps(dict(reversed(record.items())), ensure_ascii=False, separators=(",", ":"))


@forgery("record-with-an-escape")
def _(e):
    middle(e)["record"] = middle(e)["record"].replace('"via":"', '"via":"\\u0061', 1)


@forgery("record-with-something-behind-it")
def _(e):
    middle(e)["record"] += "\n"


@forgery("hash-in-other-base64")
def _(e):
    middle(e)["inclusion"][0] = middle(e)["inclusion"][0].replace("=", "") + "\n"


# Whole logs made anew, signed by a key that they name, with one rule broken.

@forgery("rebuilt-checkpoint-older-than-the-seal")
def _(e):
    rebuilt(e, size=e["seal"]["position"] - 1)


@each(("rebuilt-tag-missing", lambda record: record["tags"].pop()),
      ("rebuilt-tag-too-many", lambda record: record["tags"].append("zone:9")),
      ("rebuilt-type-unknown", lambda record: record.update(type="CorrectionBlessed")),
      ("rebuilt-version-unknown", lambda record: record.update(version=99)),
      ("rebuilt-body-with-more", lambda record: record["body"].update(zone=1)),
      ("rebuilt-body-with-less", lambda record: record["body"].pop("device")),
      ("rebuilt-record-with-more", lambda record: record.update(zone=1)),
      ("rebuilt-record-with-null", lambda record: record["body"].update(zone=None)),
      ("rebuilt-record-with-float", lambda record: record["body"].update(zone=1.5)),
      ("rebuilt-cause-later", lambda record: record.update(cause=10**6)),
      ("rebuilt-cause-itself", lambda record: record.update(cause=0)),
      ("rebuilt-time-going-back", lambda record: recorded(record, later(record["recordedAt"], -10_000_000))),
      ("rebuilt-identity-of-another-time", lambda record: record.update(recordedAt=later(record["recordedAt"], 1))),
      ("rebuilt-tags-unsorted", lambda record: record["tags"].reverse()),
      ("rebuilt-time-without-milliseconds", lambda record: record.update(effectiveAt="2026-03-02T10:00:00Z")))
def _(e, change):
    edit(e, middle(e)["position"], change)
    rebuilt(e)


@forgery("rebuilt-event-beside-another-tag")
def _(e):
    tag = e["about"]["tag"]

    def change(record):
        record["tags"] = [one for one in record["tags"] if one != tag]
    edit(e, middle(e)["position"], change)
    rebuilt(e)


@forgery("rebuilt-events-in-another-order")
def _(e):
    middle(e)
    events = e["timelines"][0]["events"]
    events[0], events[1] = events[1], events[0]
    rebuilt(e)


@forgery("rebuilt-count-changed")
def _(e):
    rebuilt(e)
    e["timelines"][0]["count"] += 1


@forgery("rebuilt-opening-dropped")
def _(e):
    if e["about"]["kind"] != "correction":
        raise Lacking("a correction")
    e["timelines"][0]["events"].pop(0)
    e["timelines"][0]["count"] -= 1
    rebuilt(e)


@forgery("rebuilt-effective-time-moved-clocks-kept")
def _(e):
    if "clocks" not in e:
        raise Lacking("clocks")
    first = e["timelines"][0]["events"][0]["position"]
    edit(e, first, lambda record: record.update(effectiveAt=later(record["effectiveAt"], -86_400 * 9)))
    rebuilt(e)


@forgery("rebuilt-terms-dropped")
def _(e):
    e["timelines"].remove(terms(e))
    rebuilt(e)


@each(("rebuilt-seal-of-another-form", {"form": 2}), ("rebuilt-seal-with-more", {"more": 1}),
      ("rebuilt-seal-of-no-timelines", {"tags": 1}), ("rebuilt-seal-of-the-future", {"upTo": 10**6}),
      ("rebuilt-seal-as-text", {"upTo": "10"}))
def _(e, members):
    edit(e, e["seal"]["position"], lambda record: record["body"].update(members))
    if type(members.get("upTo")) is int:
        e["asOf"]["position"] = members["upTo"]
    rebuilt(e)


@forgery("rebuilt-seal-before-the-last-event")
def _(e):
    up_to = e["timelines"][0]["last"] - 1
    edit(e, e["seal"]["position"], lambda record: record["body"].update(upTo=up_to))
    e["asOf"]["position"] = up_to
    rebuilt(e)


@forgery("rebuilt-seal-of-another-root")
def _(e):
    rebuilt(e, seal_root=sha(b"another"))


@forgery("rebuilt-timeline-below-an-empty-place")
def _(e):
    rebuilt(e, deeper=True)


@forgery("rebuilt-annulling-what-is-not-here")
def _(e):
    target = middle(e)["position"]

    def change(record):
        tags = [one for one in record["tags"] if not one.startswith("event:")]
        record.update(type="EventAnnulled", version=1, tags=sorted([*tags, "event:2"]),
                      body={"position": 2, "reason": url64(sha(b"reason")), "tags": tags, "type": "NoteAdded"})
    edit(e, target, change)
    e["withheld"].append({"name": url64(sha(b"reason")), "kind": "document", "because": "erased"})
    rebuilt(e)


@forgery("rebuilt-appends-that-overlap")
def _(e):
    events = e["timelines"][0]["events"]
    pairs = [(one, two) for one, two in zip(events, events[1:])
             if "append" in json.loads(one["record"]) and "append" in json.loads(two["record"])]
    one, two = some(pairs, "two appends")
    count = two["position"] - one["position"] + 1
    edit(e, one["position"], lambda record: record["append"].update(count=count))
    rebuilt(e)


@forgery("rebuilt-beginning-cut-short")
def _(e):
    edit(e, 1, lambda record: record.update(append={"count": 2}))
    rebuilt(e)


@forgery("rebuilt-beginning-of-another-event")
def _(e):
    edit(e, 1, lambda record: record.update(type="LedgerOpenedAnew"))
    rebuilt(e)


@forgery("rebuilt-signed-by-a-key-that-it-does-not-name")
def _(e):
    rebuilt(e)
    other = Ed25519PrivateKey.from_private_bytes(sha(b"yet another"))
    e["checkpoint"] = signed(*log_as_checkpoint(e), other)


# Whole logs made anew with every rule kept: only the ledger's own key tells.

@forgery("key-only-whole-log-with-another-actor")
def _(e):
    edit(e, middle(e)["position"], lambda record: record["actor"].update(user="SOMEBODY-ELSE"))
    rebuilt(e)


@forgery("key-only-whole-log-under-another-key")
def _(e):
    rebuilt(e)


@forgery("key-only-whole-log-under-another-name")
def _(e):
    origin, size, root = log_as_checkpoint(e)
    e["checkpoint"] = signed("other." + origin, size, root, OWN_KEY)
    rebuilt(e)


# Writing them.

class Figure(str):
    """A number with decimals, kept as it is written."""


def in_text(e):
    """A file as text, its figures as they are written."""
    figures = []

    def marked(value):
        if isinstance(value, Figure):
            figures.append(value)
            return f"\x00{len(figures) - 1}\x00"
        if isinstance(value, dict):
            return {name: marked(one) for name, one in value.items()}
        return [marked(one) for one in value] if isinstance(value, list) else value
    text = json.dumps(marked(e), ensure_ascii=False, indent=2)
    for index, figure in enumerate(figures):
        text = text.replace(f'"\\u0000{index}\\u0000"', figure)
    return text + "\n"


def main(arguments):
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    with open(arguments[0], encoding="utf-8") as file:
        genuine = json.load(file, parse_float=Figure)
    os.makedirs(arguments[1], exist_ok=True)
    for name, forge in FORGERIES:
        e = copy.deepcopy(genuine)
        try:
            text = forge(e) or in_text(e)
        except Lacking as lacking:
            print(f"not made  {name}: the file has not {lacking}")
            continue
        with open(os.path.join(arguments[1], f"{name}.json"), "w", encoding="utf-8") as file:
            file.write(text)
        print(f"{'with key' if name.startswith('key-only-') else 'any way'}  {name}.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
