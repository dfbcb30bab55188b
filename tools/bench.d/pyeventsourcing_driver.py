"""pyeventsourcing on SQLite, at the level of its recorder, with the same records and durability.

It keeps one unique index (originator, version) and gives each event a position. It does not hash,
check a condition beyond that index, keep request keys or a tree, or look at the record at all: the
record is handed over as finished bytes, and no Python object is made of it.

  pyeventsourcing_driver.py version
  pyeventsourcing_driver.py append EVENTS FOLDER BATCH SECONDS LIMIT THREADS   (0 SECONDS or LIMIT: none)
  pyeventsourcing_driver.py catchup FOLDER
  pyeventsourcing_driver.py timeline EVENTS FOLDER COUNT
  pyeventsourcing_driver.py open FOLDER

Each prints one line of JSON; append says `appending` on the error output when it begins.
"""

import json
import mmap
import random
import sqlite3
import struct
import sys
import threading
import time
from importlib import metadata
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

ENTRY = struct.Struct("<IIBBBBHHHHHH")
PAGE = 10_000
defaults = {}


class FullSyncRecorder(SQLiteApplicationRecorder):
    """The library's recorder on connections that are told synchronous=FULL."""

    def __init__(self, folder, callers):
        # As many connections as callers: the library's own limits (5 and 10 more) would time out.
        store = SQLiteDatastore(f"{folder}/py.sqlite", pool_size=max(5, callers), pool_timeout=60,
                                lock_timeout=60)
        create = store.pool._create_connection

        def create_with_full_sync():
            connection = create()
            ask = connection._sqlite_conn.execute
            for name in ("journal_mode", "synchronous", "wal_autocheckpoint", "secure_delete"):
                defaults.setdefault(name, ask(f"PRAGMA {name}").fetchone()[0])
            ask("PRAGMA synchronous=FULL")
            ask("PRAGMA secure_delete=ON")
            assert ask("PRAGMA synchronous").fetchone()[0] == 2
            return connection

        store.pool._create_connection = create_with_full_sync
        super().__init__(store)
        self.create_table()


def entries(path, first, end):
    """The events from index `first` up to `end`: correction, number in it, type, whether it began in
    the file, the record, and the record as a batch stores it."""
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    count = struct.unpack_from("<Q", data, 8)[0]
    at = 24
    for index in range(min(count, end)):
        (length, correction, number, marks, type_length, whole, record_length, _, _, append_offset,
         append_length, type_offset) = ENTRY.unpack_from(data, at)
        if index >= first:
            start = at + ENTRY.size + 32 + 8 * marks
            record = data[start : start + record_length]
            kind = record[type_offset : type_offset + type_length].decode()
            cut = record[:append_offset] + record[append_offset + append_length :]
            yield correction, number, kind, whole, record, cut
        at += 4 + length


def originator(correction):
    return UUID(int=0x5EED_0000_0000_4000_8000_0000_0000_0000 + correction)


def stored(entry, whole):
    correction, number, kind, _, record, cut = entry
    return StoredEvent(originator(correction), number, kind, record if whole else cut)


def percentiles(latencies):
    latencies.sort()

    def at(thousandths):
        rank = max(1, (len(latencies) * thousandths + 999) // 1000)
        return round(latencies[rank - 1] * 1e3, 5)

    if not latencies:
        return {"operations": 0, "p50_ms": 0, "p99_ms": 0, "max_ms": 0}
    return {"operations": len(latencies), "p50_ms": at(500), "p99_ms": at(990), "max_ms": at(1000)}


def append(path, folder, batch, seconds, limit, threads):
    recorder = FullSyncRecorder(folder, threads)
    first = recorder.max_notification_id() or 0
    end = first + limit if limit else 1 << 62
    if threads == 1:
        return append_alone(recorder, entries(path, first, end), batch, seconds)
    plans = [[] for _ in range(threads)]
    for entry in entries(path, first, end):
        plans[entry[0] % threads].append([stored(entry, True)])
    barrier = threading.Barrier(threads)
    callers = [{"done": 0, "errors": 0, "latencies": []} for _ in plans]

    def run(plan, caller):
        if barrier.wait() == 0:
            print("appending", file=sys.stderr, flush=True)
        caller["started"] = before = time.perf_counter()
        deadline = before + seconds
        for events in plan:
            if before >= deadline:
                break
            try:
                recorder.insert_events(events)
                caller["done"] += 1
            except Exception as error:  # counted and shown, whatever it is
                caller["errors"] += 1
                caller["error"] = repr(error)
            after = time.perf_counter()
            caller["latencies"].append(after - before)
            before = after
        caller["ended"] = before

    workers = [threading.Thread(target=run, args=pair) for pair in zip(plans, callers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    total = sum(caller["done"] for caller in callers)
    took = max(c["ended"] for c in callers) - min(c["started"] for c in callers)
    return {
        "events": total, "seconds": took, "rate": total / took,
        "errors": sum(c["errors"] for c in callers),
        "error": next((c["error"] for c in callers if "error" in c), None),
        "fewest": min(c["done"] for c in callers), "most": max(c["done"] for c in callers),
        **percentiles([one for c in callers for one in c["latencies"]]), **settings(),
    }


def append_alone(recorder, source, batch, seconds):
    """Makes the stored events outside the time that counts, a few thousand ahead."""
    total, took, latencies = 0, 0.0, []
    ended = False
    while not ended and (seconds <= 0 or took < seconds):
        ready, entry = [], None
        for _ in range(max(1, 5_000 // batch)):
            events = []
            for entry in source:
                events.append(stored(entry, not events))
                if len(events) == batch:
                    break
            if len(events) < batch:
                ended = True
                break
            ready.append(events)
        if not latencies:
            print("appending", file=sys.stderr, flush=True)
        for events in ready:
            before = time.perf_counter()
            recorder.insert_events(events)
            latency = time.perf_counter() - before
            latencies.append(latency)
            took += latency
            total += batch
            if 0 < seconds <= took:
                break
    return {"events": total, "seconds": took, "rate": total / took if took else 0, "errors": 0,
            "fewest": total, "most": total, **percentiles(latencies), **settings()}


def catch_up(folder):
    recorder = FullSyncRecorder(folder, 1)
    result = {}
    for name, decode in (("", None), ("decoded_", json.loads)):
        count, position, before = 0, 0, time.perf_counter()
        while True:
            page = recorder.select_notifications(position, PAGE, inclusive_of_start=False)
            if not page:
                break
            if decode:
                for notification in page:
                    decode(notification.state)
            count += len(page)
            position = page[-1].id
        took = time.perf_counter() - before
        result |= {f"{name}events": count, f"{name}seconds": took, f"{name}rate": count / took}
    return result


def timelines(path, folder, wanted):
    recorder = FullSyncRecorder(folder, 1)
    head = recorder.max_notification_id()
    complete = [entry[0] for entry in entries(path, 0, head) if entry[1] == 5 and entry[3]]
    chosen = random.Random(42).choices(complete, k=wanted)
    latencies, wrong, first = [], 0, None
    for one in map(originator, chosen):
        before = time.perf_counter()
        events = recorder.select_events(one)
        latencies.append(time.perf_counter() - before)
        first = first or latencies[0] * 1e3
        wrong += len(events) != 5
    return {"wrong": wrong, "first_ms": first, **percentiles(latencies)}


def open_and_look(folder):
    before = time.perf_counter()
    head = FullSyncRecorder(folder, 1).max_notification_id()
    return {"open_ms": (time.perf_counter() - before) * 1e3, "head": head}


def settings():
    return {"defaults": defaults}


def main(words):
    match words:
        case ["version"]:
            return {"eventsourcing": metadata.version("eventsourcing"),
                    "python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
        case ["append", path, folder, batch, seconds, limit, threads]:
            return append(path, folder, int(batch), float(seconds), int(limit), int(threads))
        case ["catchup", folder]:
            return catch_up(folder)
        case ["timeline", path, folder, count]:
            return timelines(path, folder, int(count))
        case ["open", folder]:
            return open_and_look(folder)
    sys.exit(__doc__)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
