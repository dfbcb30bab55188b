"""Flips one bit of one byte of one record in a COPY of a ledger, as a tamperer with the file would.

Usage: flip-byte.py LEDGER.sqlite POSITION
The triggers that refuse changes are dropped first: they stop a mistake, not somebody who owns the
file. What finds the change is the hash of the record. Standard library only.
"""

import sqlite3
import sys

path, position = sys.argv[1], int(sys.argv[2])
database = sqlite3.connect(path)
for (name,) in database.execute(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
).fetchall():
    database.execute(f'DROP TRIGGER "{name}"')
(record,) = database.execute(
    "SELECT record FROM event WHERE position = ?", (position,)
).fetchone()
changed = bytearray(record)
# A digit of the time at which it was recorded: the record still reads as a record.
place = record.index(b'"recordedAt":"') + len(b'"recordedAt":"YYYY-MM-DDTHH:MM:SS.mm')
changed[place] ^= 1
database.execute("UPDATE event SET record = ? WHERE position = ?", (bytes(changed), position))
database.commit()
database.close()
print(
    f"record {position}, byte {place}: {chr(record[place])} became {chr(changed[place])}"
    f" in {len(record)} bytes"
)
