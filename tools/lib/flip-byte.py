"""Flips one bit of one byte of one record in a COPY of a ledger, as a tamperer with the file would.

Usage: flip-byte.py LEDGER.sqlite POSITION
The triggers that refuse changes are taken away and put back: they stop a mistake, not somebody who
owns the file. What finds the change is the hash of the record. Standard library only.
"""

import sqlite3
import sys

path, position = sys.argv[1], int(sys.argv[2])
database = sqlite3.connect(path)
triggers = database.execute(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
).fetchall()
for name, _ in triggers:
    database.execute(f'DROP TRIGGER "{name}"')
found = database.execute("SELECT record FROM event WHERE position = ?", (position,)).fetchone()
if found is None:
    sys.exit(f"expected an event at position {position}; found none")
record = found[0]
changed = bytearray(record)
# The last digit of the minute at which it was true: the record still reads as a record.
place = record.index(b'"effectiveAt":"') + len(b'"effectiveAt":"YYYY-MM-DDTHH:M')
changed[place] ^= 1
database.execute("UPDATE event SET record = ? WHERE position = ?", (bytes(changed), position))
for _, sql in triggers:
    database.execute(sql)
database.commit()
database.close()
print(
    f"record {position}, byte {place}: {chr(record[place])} became {chr(changed[place])}"
    f" in {len(record)} bytes"
)
