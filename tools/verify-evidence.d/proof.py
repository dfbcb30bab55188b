"""The proof: that these are records of the signed log, and that its timelines leave nothing out."""

import base64

import hashes
import note
import published
import strict
from findings import Broken, counted


class Entry:
    """A record at its position, as one place of the file gives it."""

    def __init__(self, found, where):
        self.position, self.text = found["position"], found["record"]
        self.where = f"position {self.position}{where}"
        self.leaf = hashes.leaf(self.text.encode())
        self.path = [base64.b64decode(one) for one in found["inclusion"]]
        try:
            self.record = strict.record(self.text)
        except Broken as problem:
            raise Broken(self.where, problem.expected, problem.found) from None
        self.shape = published.schema(self.record["type"], self.record["version"])
        self.misfit = None if self.shape is None else published.misfit(self.record["body"], self.shape)

    @property
    def is_of_shape(self):
        """Whether its body can be read by the published shape; where not, that is a problem of its own."""
        return self.shape is not None and self.misfit is None


class Timeline:
    """All events with one tag, as far as the file gives them."""

    def __init__(self, found):
        self.tag, self.count, self.last = found["tag"], found["count"], found["last"]
        self.siblings = [base64.b64decode(one) for one in found["siblings"]]
        self.entries = [Entry(one, f" in {self.tag}") for one in found["events"]]


class Evidence:
    """Everything that a file says, taken apart."""

    def __init__(self, found):
        self.found, self.about, self.as_of = found, found["about"], found["asOf"]
        self.beginning = [Entry(one, " in the beginning") for one in found["beginning"]]
        self.seal = Entry(found["seal"], ", the seal")
        self.timelines = [Timeline(one) for one in found["timelines"]]
        self.checkpoint = note.Checkpoint(found["checkpoint"], "checkpoint")
        self.erasures = [Entry(one, " in erasures") for one in found["erasures"]]
        self.listed = [entry for timeline in self.timelines for entry in timeline.entries]
        self.entries = [*self.beginning, self.seal, *self.listed, *self.erasures]
        by_position = {entry.position: entry for entry in self.entries}
        self.distinct = [by_position[position] for position in sorted(by_position)]

    def timeline(self, tag):
        return next((one for one in self.timelines if one.tag == tag), None)


def check(evidence, given_key, findings):
    """Checks all that hashes and signatures prove, and hands on the key that signed."""
    is_one_ledger = check_beginning(evidence, findings)
    key = given_key or (key_of(evidence) if is_one_ledger else None)
    check_checkpoint(evidence, key, is_one_ledger, findings)
    check_inclusion(evidence, findings)
    check_seal(evidence, findings)
    check_timelines(evidence, findings)
    check_bodies(evidence, findings)
    check_order(evidence, findings)
    return key


def check_beginning(evidence, findings):
    """The first two appends, whole: what the ledger is, and the terms that it begins with."""
    positions = [entry.position for entry in evidence.beginning]
    records = [entry.record for entry in evidence.beginning]
    first = records[0] if records else {}
    own = first.get("append", {"count": 1})["count"]
    count = own + (records[own].get("append", {"count": 1})["count"] if len(records) > own else 0)
    is_whole = count > own or evidence.as_of["position"] <= own
    findings.expect(positions == list(range(1, count + 1)) and is_whole, "beginning",
                    f"positions 1 to {count if is_whole else count + 1}", ", ".join(map(str, positions[:20])) or "none")
    body = first.get("body", {})
    is_opened = (first.get("type"), first.get("version")) == ("LedgerOpened", 1) and evidence.beginning[0].is_of_shape \
        and strict.from_base64(body["publicKey"], 32) is not None
    findings.expect(is_opened, "beginning", "LedgerOpened version 1, with the ledger's origin and key", "another event")
    if is_opened:
        findings.expect(body["format"] == 1, "beginning, LedgerOpened.format", 1, body["format"])
    for index, entry in enumerate(evidence.beginning):
        is_begun = index in (0, own) or "append" not in entry.record
        at = records[own if index >= own else 0]["recordedAt"]
        findings.expect(is_begun and entry.record["recordedAt"] == at, entry.where,
                        "one of the first two appends, each recorded at one moment", "a record of another append")
    findings.told("beginning", f"{counted(count, 'record')} of the first two appends; the ledger is "
                               f"{body.get('ledgerId')}")
    return is_opened


def key_of(evidence):
    """The key named in the file: that of the beginning, or of the last restoring under another name and key."""
    named = evidence.beginning[0].record["body"]
    restores = evidence.timeline("restore:ledger")
    for entry in restores.entries if restores else []:
        if entry.record["type"] == "LedgerRestored" and isinstance(entry.record["body"].get("fork"), dict):
            named = entry.record["body"]["fork"]
    public = strict.from_base64(named.get("publicKey"), 32)
    if public is None or not isinstance(named.get("origin"), str):
        raise Broken("restore:ledger", "a fork with its origin and key", "another one")
    return note.Key(named["origin"], public)


def check_checkpoint(evidence, key, is_one_ledger, findings):
    """It is signed by the key, which is the one that the log itself names, and covers every record here."""
    checkpoint, last = evidence.checkpoint, evidence.distinct[-1]
    if key is not None:
        checkpoint.check(key, findings)
    if is_one_ledger:
        named = key_of(evidence)
        findings.expect(key == named, "key", f"{named}, which the log names",
                        f"{key}{' with another public key' if str(key) == str(named) else ''}")
    findings.expect(last.position <= checkpoint.size, last.where,
                    f"a position up to the checkpoint's {checkpoint.size}", last.position)
    findings.told("checkpoint", f"{counted(checkpoint.size, 'event')} of {checkpoint.origin}, signed by {key}")


def check_inclusion(evidence, findings):
    """Every record is the leaf of its position; what stands at one position is the same everywhere."""
    at = {}
    for entry in evidence.entries:
        root = hashes.root_by_path(entry.leaf, entry.position - 1, evidence.checkpoint.size, entry.path)
        findings.expect(root == evidence.checkpoint.root, entry.where, "a record of the tree of the checkpoint",
                        "an inclusion that leads to another root")
        findings.expect(at.setdefault(entry.position, entry).text == entry.text, entry.where,
                        "the same record wherever the position stands", "another one")
    findings.told("inclusion", f"{counted(len(at), 'record')} at their positions in the tree of the checkpoint")


def check_seal(evidence, findings):
    """The event that commits to all timelines up to a position before it."""
    record, as_of = evidence.seal.record, evidence.as_of
    body, where = record["body"], evidence.seal.where
    if (record["type"], record["version"]) != ("TimelinesSealed", 1) or set(body) != {"form", "root", "tags", "upTo"}:
        raise Broken(where, "TimelinesSealed version 1 {form, root, tags, upTo}", "another event")
    if not (all(type(body[one]) is int for one in ("form", "tags", "upTo"))
            and strict.from_base64(body["root"], 32) is not None):
        raise Broken(where, "form, tags and upTo as numbers, root as 32 bytes in base64", "other values")
    findings.expect(body["form"] == 1, f"{where}, form", 1, body["form"])
    findings.expect(body["tags"] >= len(evidence.timelines), f"{where}, tags",
                    f"at least the {len(evidence.timelines)} here", body["tags"])
    findings.expect(body["upTo"] < evidence.seal.position, f"{where}, upTo", "a position before the seal", body["upTo"])
    findings.expect(as_of["position"] == body["upTo"], "asOf.position", f"{body['upTo']}, which the seal covers",
                    as_of["position"])
    findings.expect(as_of["at"] == record["recordedAt"], "asOf.at",
                    f"{record['recordedAt']}, when the seal was recorded", as_of["at"])
    findings.told("seal", f"position {evidence.seal.position} commits to {counted(body['tags'], 'timeline')} "
                          f"up to position {body['upTo']}")


def check_timelines(evidence, findings):
    """Each comes to the root that the seal names, so no event of it is missing, added or moved."""
    body = evidence.seal.record["body"]
    root, up_to = base64.b64decode(body["root"]), body["upTo"]
    for timeline in evidence.timelines:
        tag, entries = timeline.tag, timeline.entries
        positions = [entry.position for entry in entries]
        findings.expect(timeline.count == len(entries), f"{tag}, count", len(entries), timeline.count)
        findings.expect(timeline.last == (positions or [0])[-1], f"{tag}, last", (positions or [0])[-1], timeline.last)
        findings.expect(all(a < b for a, b in zip(positions, positions[1:])), tag, "positions that rise", "others")
        findings.expect(all(one <= up_to for one in positions), tag, f"positions up to {up_to}", "a later one")
        findings.expect(len(timeline.siblings) <= 256 and timeline.siblings[:1] != [hashes.EMPTY], f"{tag}, siblings",
                        "a path from the highest place where it is alone", "another path")
        chained = hashes.chain((entry.position, entry.leaf) for entry in entries)
        # The depth is bounded by the bits of a key.
        found = hashes.root_of_timelines(tag, timeline.count, timeline.last, chained, timeline.siblings[:256])
        findings.expect(found == root, tag, "a timeline that comes to the root that the seal names", "another root")
        for entry in entries:
            findings.expect(tag in entry.record["tags"], entry.where, f"a record with the tag {tag}", "none")
    _check_terms(evidence, findings)
    told = ", ".join(f"{one.tag} with {counted(one.count, 'event')}" for one in evidence.timelines)
    findings.told("timelines", f"complete up to position {up_to}: {told}")


def _check_terms(evidence, findings):
    """A ledger has terms from its beginning on: in the first append, as long as they had no tag, or else tagged."""
    types = {entry.record["type"] for entry in [*evidence.beginning, *evidence.listed]}
    findings.expect({"CalendarSet", "PolicySet"} <= types, "timelines", "the terms of the ledger, in terms:set",
                    "no calendar or no policy")
    for entry in evidence.distinct:
        for tag in ("terms:set", "restore:ledger"):
            findings.expect(tag not in entry.record["tags"] or evidence.timeline(tag) is not None, "timelines",
                            f"{tag}, which position {entry.position} is on", "no such timeline")


def check_bodies(evidence, findings):
    """Each body has its published shape, and the tags of the record are the ones that it gives."""
    for entry in evidence.distinct:
        record = entry.record
        kind, version, body = record["type"], record["version"], record["body"]
        findings.expect(entry.shape is not None, entry.where, "an event that schemas/events describes",
                        f"{kind} version {version}")
        findings.expect(entry.misfit is None, f"{entry.where}, {entry.misfit}",
                        f"the shape of {kind} version {version}", "another one")
        if entry.is_of_shape:
            wanted = published.tags(kind, version, body)
            findings.expect(wanted == record["tags"], f"{entry.where}, tags", ", ".join(wanted or []) or "none",
                            ", ".join(record["tags"]) or "none")
    findings.told("tags", f"{counted(len(evidence.distinct), 'record')} tagged as their bodies say")


def check_order(evidence, findings):
    """Time of recording never goes back, causes come first, appends don't overlap, errors name earlier events."""
    at = {entry.position: entry for entry in evidence.distinct}
    before, inside = None, (0, "")
    for position, entry in at.items():
        record = entry.record
        recorded = record["recordedAt"]
        if before is not None:
            findings.expect(recorded >= before or record["type"] == "ClockCorrected", f"{entry.where}, recordedAt",
                            f"{before} or later", recorded)
        before = recorded
        cause = record.get("cause", 0)
        findings.expect(cause < position, f"{entry.where}, cause", "an earlier position", cause)
        if position <= inside[0]:
            findings.expect("append" not in record and recorded == inside[1], entry.where,
                            f"a record of the append recorded at {inside[1]}", "one of another append")
        elif "append" in record:
            inside = (position + record["append"]["count"] - 1, recorded)
        if record["type"] == "EventAnnulled" and entry.is_of_shape:
            _check_annulled(entry, at, findings)
    findings.told("order", f"recorded one after another from {evidence.distinct[0].record['recordedAt']} to {before}")


def _check_annulled(entry, at, findings):
    """What was recorded in error is an earlier event of the same timelines, so it stands here, too."""
    body = entry.record["body"]
    wrong = at.get(body["position"])
    is_it = wrong is not None and wrong.position < entry.position and (
        wrong.record["type"], wrong.record["tags"]) == (body["type"], body.get("tags", []))
    findings.expect(is_it, entry.where, f"position {body['position']} here, earlier, of the type and tags that it says",
                    "no such event")


def check_kept(evidence, kept, key, findings):
    """Compares with a checkpoint that the auditor kept, and says what that shows."""
    kept.check(key, findings)
    now = evidence.checkpoint
    if kept.size != now.size:
        findings.told("kept", f"a checkpoint of {counted(kept.size, 'event')}; the one here is of {now.size}: whether "
                              "one begins the other takes a consistency proof (smi-ledger prove consistency)")
        return
    findings.expect(kept.root == now.root, kept.where, "the root of the checkpoint in the file", "another root")
    findings.told("kept", "the checkpoint that you kept is the one here")
