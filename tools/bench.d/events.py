"""Writes the events that every contestant reads: one file, the same for the same seed and count.

Each correction has five events, spread among those of the others that are open at the time; the
first that are open have part of theirs before the file begins, so that it is alike from its start.
Bodies
are sized like the domain's: log-normal, median 256 bytes, at most 4,000. A record is body and
envelope (actor, append with its key, times, id, tags, type, version), sorted as the ledger sorts it.

File: `SMIEVT01`, u64 count, u64 corrections wholly in the file, then one entry per event:
  u32 length of what follows
  u32 correction, u8 number in the correction (1-5), u8 marks, u8 length of the type,
    u8 1 when the correction began in the file
  u16 length of the record, then u16 offsets into it: body, its length, append, its length, type
  32 bytes leaf = SHA-256(0x00 || record)
  8 bytes for each mark: one per tag in order (the correction's first), then the append key's
  the record
All numbers little-endian. Without its `append` member (from its offset, over its length) the record
is what a batch stores for every event but its first.
"""

import hashlib
import os
import random
import struct

EVENTS_A_CORRECTION = 5
OPEN_AT_A_TIME = 5_000
HEADER = struct.Struct("<8sQQ")
ENTRY = struct.Struct("<IIBBBBHHHHHH")
TYPES = (
    "ServiceRequestReceived",
    "ServiceRequestValidated",
    "CorrectionRequested",
    "ConsentGiven",
    "CorrectionResolved",
)
ACTOR = '"actor":{"party":"SUPA","role":"supplier","user":"u17","via":"token"},'


def write(path, count, seed):
    """Writes `count` events; returns the sizes that the report shows."""
    generator = random.Random(seed)
    open_corrections, begun, complete = [], 0, 0
    sizes_body, sizes_record = [], []
    with open(path + ".part", "wb", buffering=1 << 20) as file:
        file.write(HEADER.pack(b"SMIEVT01", count, 0))
        for index in range(count):
            while len(open_corrections) < OPEN_AT_A_TIME:
                done = generator.randrange(EVENTS_A_CORRECTION) if index == 0 else 0
                open_corrections.append(_Correction(begun, done, generator))
                begun += 1
            place = generator.randrange(OPEN_AT_A_TIME)
            correction = open_corrections[place]
            entry, body, record = correction.next_entry(index, generator)
            file.write(entry)
            sizes_body.append(body)
            sizes_record.append(record)
            if correction.done == EVENTS_A_CORRECTION:
                complete += correction.is_whole
                open_corrections[place] = open_corrections[-1]
                open_corrections.pop()
        file.seek(0)
        file.write(HEADER.pack(b"SMIEVT01", count, complete))
    os.replace(path + ".part", path)
    return {
        "count": count,
        "seed": seed,
        "corrections": complete,
        "body_bytes": _spread(sizes_body),
        "record_bytes": _spread(sizes_record),
        "file_bytes": os.path.getsize(path),
    }


def _spread(values):
    values.sort()
    return {
        "mean": round(sum(values) / len(values), 1),
        "median": values[len(values) // 2],
        "p99": values[len(values) * 99 // 100],
        "max": values[-1],
    }


class _Correction:
    """One correction, which gives its five events one after the other."""

    def __init__(self, number, done, generator):
        self.number, self.done, self.is_whole = number, done, done == 0
        text = f"{generator.getrandbits(64):016X}"
        self.device = "-".join(text[at : at + 2] for at in range(0, 16, 2))
        token = hashlib.sha256(text.encode()).hexdigest()
        self.mpxn = token[:43]
        self.request = f"90-B3-D5-1F-30-01-00-00_{self.device}_{1000 + number}"

    def next_entry(self, index, generator):
        """The next event as an entry, with the lengths of its body and its record."""
        kind = TYPES[self.done]
        self.done += 1
        target = min(4000, int(generator.lognormvariate(5.545, 0.45)))  # e^5.545 = 256
        body, tags = self._body(target, generator)
        key = f"90B3D51F30010000-{index:010d}"
        append = f'"append":{{"count":1,"key":{{"kind":"submit","value":"{key}","within":"SUPA"}}}},'
        millis = 1_767_225_600_000 + index * 37
        time = f"2026-01-{1 + millis // 86_400_000 % 28:02d}T08:{index // 60 % 60:02d}:{index % 60:02d}.{millis % 1000:03d}Z"
        unique = f"{millis:012x}{generator.getrandbits(80):020x}"
        id = f"{unique[:8]}-{unique[8:12]}-7{unique[13:16]}-9{unique[17:20]}-{unique[20:32]}"
        listed = '","'.join(tags)
        head = "{" + ACTOR + append + '"body":'
        record = (
            f'{head}{body},"effectiveAt":"{time}","id":"{id}","recordedAt":"{time}",'
            f'"tags":["{listed}"],"type":"{kind}","version":1}}'
        ).encode()
        hash256 = hashlib.sha256
        marks = [hash256(tag.encode()).digest()[:8] for tag in tags]
        marks.append(hash256(f"key\0submit\0SUPA\0{key}".encode()).digest()[:8])
        packed = ENTRY.pack(
            ENTRY.size - 4 + 32 + 8 * len(marks) + len(record),
            self.number, self.done, len(marks), len(kind), self.is_whole,
            len(record), len(head), len(body), 1 + len(ACTOR), len(append),
            len(record) - len(kind) - len('","version":1}'),
        )
        leaf = hash256(b"\0" + record).digest()
        return b"".join((packed, leaf, *marks, record)), len(body), len(record)

    def _body(self, target, generator):
        correction = f"COR-{self.number:07d}"
        tags = [f"correction:{correction}", f"device:{self.device}"]
        front = f'{{"correction":"{correction}","device":"{self.device}"'
        back = ',"party":"SUPA"'
        if self.done in (1, 3):
            back = f',"mpxn":"{self.mpxn}"' + back
            tags.append(f"mpxn:{self.mpxn}")
        tags.append("party:SUPA")
        if self.done in (1, 2):
            back += f',"request":"{self.request}"'
            tags.append(f"request:{self.request}")
        back += ',"rulebook":3}'
        wanted = max(0, target - len(front) - len(back) - len(',"facts":[]'))
        facts = []
        while wanted > 3:
            length = min(56, wanted - 3)
            facts.append(f"{generator.getrandbits(4 * length):0{length}x}")
            wanted -= length + 3
        listed = '"' + '","'.join(facts) + '"' if facts else ""
        return f'{front},"facts":[{listed}]{back}', tags
