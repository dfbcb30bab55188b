"""Every hash of the proof: leaves, the tree over the log, the trie over its timelines, and names of values."""

import base64
import hashlib

EMPTY = bytes(32)


def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def u64(number):
    return number.to_bytes(8, "big")


def leaf(record):
    """What the tree holds of a record."""
    return sha(b"\x00", record)


def node(left, right):
    return sha(b"\x01", left, right)


def root_by_path(leaf_hash, index, size, path):
    """The root of a tree of a size, from a leaf and its audit path (RFC 9162, 2.1.3.2); None where that doesn't fit."""
    if index >= size:
        return None
    at, last, found = index, size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node(sibling, found)
            while not at & 1 and at != 0:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, sibling)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def chain(events):
    """What a timeline comes to: each (position, leaf hash) hashed upon all before it."""
    found = EMPTY
    for position, leaf_hash in events:
        found = sha(b"\x02", found, u64(position), leaf_hash)
    return found


def root_of_timelines(tag, count, last, chained, siblings):
    """The root of the trie over all timelines, from one of them and its siblings, the deepest first."""
    key = sha(tag.encode())
    found = sha(b"\x00", key, u64(count), u64(last), chained)
    for depth, sibling in zip(reversed(range(len(siblings))), siblings):
        is_right = key[depth // 8] >> (7 - depth % 8) & 1
        found = node(sibling, found) if is_right else node(found, sibling)
    return found


def token(kind, value, random):
    """What stands in records for a personal value."""
    kind, value = kind.encode(), value.encode()
    return _url64(sha(b"smi-ledger/subject/1\x00", random, len(kind).to_bytes(1, "big"), kind,
                      len(value).to_bytes(2, "big"), value))


def document_name(data, random):
    """What stands in records for a document."""
    return _url64(sha(b"smi-ledger/document/1\x00", random, data))


def _url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
