"""Signed checkpoints, as C2SP signed-note and tlog-checkpoint describe them, and the keys that sign them."""

import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import hashes
import strict
from findings import Broken, Unreadable

SIZE = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
SIGNATURE = re.compile(r"— ([^ +]+) ([A-Za-z0-9+/=]+)")


class Key:
    """A name and an Ed25519 key that signs under it."""

    def __init__(self, name, public):
        self.name, self.public = name, public
        self.id = hashes.sha(name.encode(), b"\n\x01", public)[:4]

    @classmethod
    def given(cls, text):
        """A key as it is handed out, `name+hash+base64`."""
        name, _, rest = text.strip().partition("+")
        told_id, _, coded = rest.partition("+")
        data = strict.from_base64(coded, 33)
        if not name or data is None or data[0] != 1:
            raise Unreadable("--key: expected a key of Ed25519 such as name+hash+base64; found another text")
        key = cls(name, data[1:])
        if key.id.hex() != told_id:
            raise Unreadable("--key: expected a key whose hash is that of its name and key; found another hash")
        return key

    def __eq__(self, other):
        return (self.name, self.public) == (other.name, other.public)

    def __str__(self):
        return f"{self.name}+{self.id.hex()}"

    def has_signed(self, text, signature):
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class Checkpoint:
    """How many events a log has and their root, and who signed that."""

    def __init__(self, note, where):
        self.where = where
        text, blank, signatures = note.rpartition("\n\n")
        lines = text.split("\n")
        root = strict.from_base64(lines[2], 32) if len(lines) > 2 else None
        found = [SIGNATURE.fullmatch(line) for line in signatures.split("\n")[:-1]]
        if not (blank and signatures.endswith("\n") and found and all(found) and root and lines[0]
                and all(lines) and SIZE.fullmatch(lines[1])):
            raise Broken(where, "a signed checkpoint: origin, size, root, an empty line, signatures", "another text")
        self.origin, self.size, self.root = lines[0], int(lines[1]), root
        self._text = (text + "\n").encode()
        self._signatures = [(one.group(1), strict.from_base64(one.group(2))) for one in found]

    def check(self, key, findings):
        """Its origin is the key's name, and the key signed it; what others signed besides is left unread."""
        findings.expect(self.origin == key.name, f"{self.where}, origin", key.name, self.origin)
        named = [data[4:] for name, data in self._signatures
                 if name == key.name and data is not None and data[:4] == key.id]
        findings.expect(named != [] and all(key.has_signed(self._text, one) for one in named),
                        f"{self.where}, signature", f"one by the key {key}",
                        "none by it" if not named else "one that it didn't make")
