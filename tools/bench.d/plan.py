"""What is measured, in which unit, and what we aim at."""

from dataclasses import dataclass
from typing import Callable, Optional


@dataclass(frozen=True)
class Aim:
    """What our figure should reach; `floor` is what it must reach."""

    text: str
    met: Callable[[float, dict], Optional[bool]]
    floor_text: Optional[str] = None
    floor: Optional[Callable[[float, dict], Optional[bool]]] = None

    def verdict(self, ours, others):
        if ours is None:
            return "not measured"
        met = self.met(ours, others)
        if met is None:
            return "nothing to compare with"
        if met:
            return "met"
        return "short; floor met" if self.floor and self.floor(ours, others) else "short"

    def words(self):
        return f"{self.text} (floor {self.floor_text})" if self.floor_text else self.text


def at_least(value, floor=None):
    return Aim(f"≥ {value:,}", lambda ours, _: ours >= value,
               f"{floor:,}" if floor else None,
               (lambda ours, _: ours >= floor) if floor else None)


def at_most(value):
    return Aim(f"≤ {value:,}", lambda ours, _: ours <= value)


def share_of_raw(share):
    def met(ours, others):
        return None if others.get("raw") is None else ours >= share * others["raw"]

    return Aim(f"≥ {share} × raw C", met)


def at_least_and_ahead(value):
    """The aim of a batch: a rate; the floor: ahead of pyeventsourcing."""

    def ahead(ours, others):
        return None if others.get("py") is None else ours > others["py"]

    return Aim(f"≥ {value:,}", lambda ours, _: ours >= value, "ahead of pyeventsourcing", ahead)


@dataclass(frozen=True)
class Figure:
    """One line of the table: a value taken from the results of one workload."""

    workload: str
    title: str
    unit: str
    value: Callable[[dict], Optional[float]]
    count: Callable[[dict], Optional[int]]
    aim: Optional[Aim] = None


@dataclass(frozen=True)
class Append:
    """Appends into a fresh folder for some seconds."""

    name: str
    batch: int
    threads: int
    contestants: tuple = ("raw", "py", "ours")


ALL = ("raw", "bare", "py", "ours")
APPENDS = (
    Append("one", 1, 1, ALL),
    Append("batch100", 100, 1, ALL),
    Append("batch1000", 1000, 1, ALL),
    Append("callers8", 1, 8),
    Append("callers32", 1, 32),
)


@dataclass(frozen=True)
class Judging:
    """SR 8.4s judged end to end: XML in, judged, durable, response out."""

    name: str
    is_large: bool
    callers: int


FEW_DEVICES = 10_000
JUDGINGS = tuple(Judging(f"judge_{'large' if is_large else 'small'}_{callers}", is_large, callers)
                 for callers in (1, 32) for is_large in (False, True))


@dataclass(frozen=True)
class Reporting:
    """A month's report of a ledger that holds one of so many parts of all corrections."""

    name: str
    part: int
    month: str


DAYS = 1_820
REPORTINGS = (Reporting("report_small", 10, "2021-05"), Reporting("report_large", 1, "2025-10"))


def _of(name, scale=1):
    return lambda result: None if result.get(name) is None else result[name] * scale


def _fairness(result):
    return result["most"] / max(1, result["fewest"])


def _appends(workload, title, rate=None, p99=None, longest=None, fairness=None, errors=None):
    operations = _of("operations")
    yield Figure(workload, title, "events/s", _of("rate"), _of("events"), rate)
    yield Figure(workload, f"{title}: p50", "ms", _of("p50_ms"), operations)
    yield Figure(workload, f"{title}: p99", "ms", _of("p99_ms"), operations, p99)
    yield Figure(workload, f"{title}: longest", "ms", _of("max_ms"), operations, longest)
    if workload.startswith("callers"):
        yield Figure(workload, f"{title}: busiest ÷ idlest caller", "×", _fairness, operations, fairness)
        yield Figure(workload, f"{title}: errors", "errors", _of("errors"), operations, errors)


def _judgings(devices):
    for judging in JUDGINGS:
        count = devices if judging.is_large else FEW_DEVICES
        title = (f"8.4 judged and answered, {count:,} devices, {2 * count:,} registrations, "
                 f"{judging.callers} caller{'s' if judging.callers > 1 else ''}")
        aim = at_least(5_000) if judging.is_large and judging.callers > 1 else None
        yield Figure(judging.name, title, "requests/s", _of("rate"), _of("events"), aim)
        yield Figure(judging.name, f"{title}: p99", "ms", _of("p99_ms"), _of("operations"))
    yield Figure("judge_cost", f"cost of one 8.4, {devices:,} ÷ {FEW_DEVICES:,} devices, one caller", "×",
                 _of("ratio"), _of("operations"), at_most(1.1))


def _reports(corrections):
    for reporting in REPORTINGS:
        count = corrections // reporting.part
        title = f"a month's report, {count:,} corrections in {60 // reporting.part} months"
        yield Figure(f"corrections_{reporting.name}", f"making {count:,} corrections, without views", "events/s",
                     _of("rate"), _of("events"))
        yield Figure(reporting.name, title, "ms", _of("seconds", 1e3), _of("cases"), at_most(1_000))
        yield Figure(reporting.name, f"{title}: memory above that of opening", "MiB",
                     lambda result: (result["peak_bytes"] - result["peak_bytes_before"]) / 2**20, _of("cases"))


TREE_BATCHES = (100, 1)


def sizes(is_quick):
    """How many events the logs hold that proofs are measured at."""
    return (10_000, 50_000) if is_quick else (10_000, 1_000_000, 10_000_000)


def _proofs():
    for size in sorted({*sizes(False), *sizes(True)}):
        at = f"{size:,} events"
        for kind in ("inclusion", "consistency"):
            for percentile in ("p50", "p99"):
                yield Figure(f"proofs_{size}", f"{kind} proof at {at}: {percentile}", "ms",
                             _of(f"{kind}_{percentile}_ms"), _of(f"{kind}_operations"),
                             at_most(0.1) if percentile == "p50" else None)
            yield Figure(f"proofs_{size}", f"the longest {kind} proof at {at}", "bytes", _of(f"{kind}_bytes"),
                         _of(f"{kind}_operations"))
        yield Figure(f"verify_{size}", f"content verification, {at}", "events/s", _of("rate"), _of("events"),
                     at_least(600_000))
        yield Figure(f"verify_{size}", f"content verification, {at}: memory", "MiB", _of("peak_bytes", 2**-20),
                     _of("events"))
        yield Figure(f"seal_{size}", f"the first seal, {at}", "events/s", _of("rate"), _of("events"))
        yield Figure(f"seal_{size}", f"the next seal, 1,000 events later, {at}", "ms", _of("next_ms"),
                     _of("next_events"))
        yield Figure(f"seal_{size}", f"sealing, {at}: memory", "MiB", _of("peak_bytes", 2**-20), _of("events"))
        yield Figure(f"seal_{size}", f"seal.sqlite, {at}", "MiB", _of("file_bytes", 2**-20), _of("tags"))
        yield Figure(f"seal_{size}", f"proof that a timeline is whole, {at}: p50", "ms", _of("p50_ms"),
                     _of("operations"))
        yield Figure(f"seal_{size}", f"the longest such proof, {at}", "bytes", _of("bytes"), _of("operations"))
    for batch in TREE_BATCHES:
        what = f"batches of {batch}" if batch > 1 else "one event a commit"
        for kind, words in (("tree", "with the tree"), ("bare", "without it")):
            yield Figure(f"tree_{batch}_{kind}", f"{what}, {words}", "events/s", _of("rate"), _of("events"))
        yield Figure(f"tree_{batch}", f"{what}: slower for the tree", "%", _of("slower"), _of("operations"),
                     at_most(5))


# What is measured, the kind of file, and its name; those that raw SQLite stores, too.
IMPORTS = (("registrations", "registrations", "registrations.csv"), ("inventory", "inventory", "inventory.csv"),
           ("again", "inventory", "inventory.csv"), ("changed", "inventory", "changed.csv"))
IMPORTS_RAW = ("registrations", "inventory")


def populations(is_quick):
    """How many devices the files list, and as many registrations."""
    return (20_000,) if is_quick else (100_000, 1_000_000, 5_000_000)


def _imports():
    for size in sorted({*populations(False), *populations(True)}):
        for name, words, aim in (
            ("registrations", f"{size:,} registrations imported", at_least(80_000, 40_000)),
            ("inventory", f"an extract of {size:,} devices imported", at_least(80_000, 40_000)),
            ("again", f"the same extract of {size:,} devices again", at_least(100_000)),
            ("changed", f"an extract of {size:,} devices, 1 % changed", None),
        ):
            yield Figure(f"{name}_{size}", words, "rows/s", _of("rate"), _of("rows"), aim)
            yield Figure(f"{name}_{size}", f"{words}: memory", "MiB", _of("peak_bytes", 2**-20), _of("rows"),
                         at_most(400))
        yield Figure(f"inventory_{size}", f"on disk, {size:,} devices and as many registrations", "bytes/device",
                     lambda result: None if result.get("file_bytes") is None else result["file_bytes"] / result["rows"],
                     _of("rows"))


@dataclass(frozen=True)
class Submitting:
    """8.4s over HTTP, on an inventory of FEW_DEVICES or of as many as the large one has."""

    name: str
    is_large: bool


FEW_CORRECTIONS = 10_000
ROLES = ("auditor", "supplier")
SUBMITTINGS = (Submitting("submit_small", False), Submitting("submit_large", True))


def statuses(corrections):
    """How many corrections the ledgers hold whose status is asked for."""
    return sorted({FEW_CORRECTIONS, corrections})


def share_of_hummingbird(share):
    def met(ours, others):
        return None if others.get("hummingbird") is None else ours >= share * others["hummingbird"]

    return Aim(f"≥ {share} × bare Hummingbird", met)


def _latencies(workload, title, operations, p99=None):
    yield Figure(workload, f"{title}: p50", "ms", _of("p50_ms"), operations)
    yield Figure(workload, f"{title}: p99", "ms", _of("p99_ms"), operations, p99)
    yield Figure(workload, f"{title}: p99.9", "ms", _of("p999_ms"), operations)
    yield Figure(workload, f"{title}: errors", "errors", _of("errors"), operations,
                 Aim("none", lambda ours, _: ours == 0))


def _web(devices, corrections):
    operations = _of("operations")
    for size in statuses(corrections):
        for role in ROLES:
            workload, title = f"status_{size}_{role}", f"one of {size:,} corrections, {role}'s token"
            yield Figure(workload, title, "requests/s", _of("rate"), operations, share_of_hummingbird(0.5))
            yield from _latencies(workload, title, operations)
    for role in ROLES:
        yield Figure(f"status_flat_{role}",
                     f"requests/s at {corrections:,} ÷ at {FEW_CORRECTIONS:,} corrections, {role}'s token", "×",
                     _of("ratio"), operations)
    for submitting in SUBMITTINGS:
        count = devices if submitting.is_large else FEW_DEVICES
        title = f"8.4 over HTTP, judged, durable and answered, {count:,} devices, 32 connections"
        yield Figure(submitting.name, title, "requests/s", _of("rate"), operations, at_least(3_000))
        yield from _latencies(submitting.name, title, operations, at_most(20))


def figures(store_events, devices, corrections):
    """Every line of the table, in order."""
    size = f"{store_events:,} events"
    return [
        *_web(devices, corrections),
        *_judgings(devices),
        *_reports(corrections),
        *_proofs(),
        *_imports(),
        *_appends("one", "one caller, one event a commit", share_of_raw(0.8)),
        *_appends("callers8", "8 callers, one event each"),
        *_appends("callers32", "32 callers, one event each", at_least(20_000, 16_000), at_most(3),
                  at_most(50), at_most(1.5), Aim("none", lambda ours, _: ours == 0)),
        *_appends("batch100", "batches of 100", at_least_and_ahead(100_000)),
        *_appends("batch1000", "batches of 1,000"),
        Figure("fill", f"batches of 1,000 until there are {size}, once", "events/s", _of("rate"), _of("events")),
        Figure("catchup", f"catch-up read, records as bytes, {size}", "events/s", _of("rate"), _of("events")),
        Figure("catchup", f"catch-up read, records decoded, {size}", "events/s", _of("decoded_rate"),
               _of("decoded_events")),
        Figure("timeline", f"timeline of 5 events at {size}: p50", "µs", _of("p50_ms", 1e3),
               _of("operations"), at_most(50)),
        Figure("timeline", f"timeline of 5 events at {size}: p99", "µs", _of("p99_ms", 1e3), _of("operations")),
        Figure("timeline", f"the first timeline after opening for reading, {size}", "ms", _of("first_ms"),
               lambda result: 1),
        Figure("open", f"open after kill -9 at {size}", "ms", _of("open_ms"), _of("head"), at_most(1_000)),
        Figure("verify", f"content verification, {size}", "events/s", _of("rate"), _of("events"),
               at_least(600_000)),
        *(Figure("proofs", f"{kind} proof at {size}: {percentile}", "ms", _of(f"{kind}_{percentile}_ms"),
                 _of(f"{kind}_operations"), at_most(0.1) if percentile == "p50" else None)
          for kind in ("inclusion", "consistency") for percentile in ("p50", "p99")),
        Figure("proofs", f"the longest inclusion proof at {size}", "bytes", _of("inclusion_bytes"),
               _of("inclusion_operations")),
        Figure("rebuild", f"rebuild of all views, {size}", "events/s", _of("rate"), _of("events"),
               at_least(200_000, 100_000)),
        Figure("size", f"on disk beyond the record, {size} in batches of 1,000", "bytes/event",
               _of("bytes_beyond_record"), _of("events"), at_most(150)),
        Figure("size", "the same without the free space in pages", "bytes/event",
               _of("content_beyond_record"), _of("events")),
        Figure("size_one", "on disk beyond the record, one event a commit (a key each)", "bytes/event",
               _of("bytes_beyond_record"), _of("events")),
        Figure("size_one", "the same without the free space in pages", "bytes/event",
               _of("content_beyond_record"), _of("events")),
    ]


# Why a figure was short when it was last looked into, and what to try next; by workload.
REASONS = {
    "batch100": "bound by one core, not by the disk. In appending, more than half of the user time is writing and "
    "hashing the record, a third SQLite's inserts; a fifth of all is the kernel copying some 900 bytes an event to "
    "the WAL and again to the file. pyeventsourcing takes finished bytes and writes one index row. Next: write "
    "bodies straight to bytes, hash on the second core",
    "batch1000": "as for batches of 100; with ten times fewer syncs the processor counts for more",
    "timeline": "the first read of a process takes over the marks that the index lags behind by (up to 50,000 events)",
    "size": "what is what stands in ARCHITECTURE.md. A record of 660 bytes leaves 35 bytes an event unused in pages "
    "of 8 KiB; the rest is leaf 32, tiles 37, marks 23, index 63, SQLite's own 15. Next: the marks need not stand in the row "
    "once they are indexed (a new form)",
    "verify": "4.7 µs of processor time an event of 760 bytes, 3.3 would do on two cores: SHA-256 a fifth, reading "
    "strictly a quarter, making the tags anew an eighth, pages a tenth. Next: tags straight from the bytes of a body",
    "judge_cost": "a hundred times the devices make the trees of the file one page deeper, and their pages leave the "
    "processor's caches: 0.04 ms at the median. Next: keep the inner pages of the trees across the commits of others",
    "judge_large_32": "0.4 ms of processor time a request, so 5,000 would take all of both cores: a third is judging "
    "(some 15 pages read anew after each commit of others), a third appending four events, the rest reading XML, "
    "waking callers and the kernel; while a group is written most callers wait for it, and a fifth of the time no "
    "core has work. Next: keep the device's fold beside the users', let a group be written while the next is encoded",
    "rebuild": "8.8 µs of processor time an event, so at most 220 k/s on two cores: SQLite 20 %, the Swift runtime "
    "and libc (values made, copied, freed) 48 %. Next: write rows on a thread of their own, smaller events",
}

DOES_WEB = """\
| | ours | bare Hummingbird | nginx |
|---|---|---|---|
| finds who asks, and what they may see | by token, in `access.sqlite`, each time | – | – |
| reads from the ledger | the correction's whole timeline, on a thread that may block | – | – |
| makes the answer | folds the timeline, ages and clocks, writes JSON | 5 bytes that are there | a file in the page cache |
| headers that close what is open to browsers, a request id, counts | yes | – | – |
| log line of each request | yes | – | – |
"""

DOES = """\
| | raw C | raw C, no index | pyeventsourcing | ours |
|---|---|---|---|---|
| record bytes | taken ready | taken ready | taken ready | written from a value, canonical |
| look-up of one timeline | mark index, 4–6 rows an event | – | unique index, 1 row an event | mark index, 4–6 rows an event |
| refuses a conflicting append | – | – | by (originator, version) | by tag and position |
| refuses a repeated request, returns its outcome | – | – | – | yes |
| leaf hash and Merkle tree | leaf taken ready, no tree | leaf taken ready, no tree | – | hashed, full tiles |
| refuses UPDATE, DELETE, REPLACE | – | – | – | by triggers |
| safe with several processes | one process | one process | SQLite's locks | file lock around each commit |
| concurrent callers | one mutex, a commit each | – | one lock, a commit each | group commit, first come first served |
"""
