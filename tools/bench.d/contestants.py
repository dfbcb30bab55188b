"""The contestants: how each is made ready, called, and measured on disk."""

import json
import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PYEVENTSOURCING = "eventsourcing==9.5.6"


class Failed(Exception):
    """A contestant could not be made ready or did not finish."""


def run(words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        told = (done.stderr.strip() or done.stdout.strip())[-1500:]
        raise Failed(f"{' '.join(words[:3])} … ended with {done.returncode}:\n{told}")
    return done.stdout


class Contestant:
    """One contestant: a command with the same words for all, which prints one line of JSON."""

    def __init__(self, name, title, command, database, environment=None):
        self.name, self.title, self.command, self.database = name, title, command, database
        self.environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})}

    def call(self, *words, timeout=300):
        """Runs one measurement to its end."""
        try:
            text = run([*self.command, *map(str, words)], env=self.environment, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise Failed(f"{self.name} {words[0]} didn't end in {timeout} s") from None
        return json.loads(text.strip().split("\n")[-1])

    def beside(self, name):
        """Another program of the same build."""
        return os.path.join(os.path.dirname(self.command[0]), name)

    def killed_while_appending(self, events, folder, pause=0.4):
        """Appends one event a commit and kills the process in the middle of it."""
        words = [*self.command, "append", events, folder, "1", "60", "0", "1"]
        child = subprocess.Popen(words, env=self.environment, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, bufsize=0)
        try:
            # Each driver says `appending` when it has read its events and begins.
            told = b"" if select.select([child.stderr], [], [], 120)[0] else b"nothing for 120 s"
            told += child.stderr.readline() if not told else b""
            time.sleep(pause)
        finally:
            child.kill()
            told += child.stderr.read()
            child.wait()
        if child.returncode != -signal.SIGKILL or not told.startswith(b"appending"):
            raise Failed(f"{self.name} was not killed while it appended; it said: {told.decode()[-500:]}")

    def size(self, folder, record_of):
        """Bytes by table (through dbstat where SQLite has it), and beyond the records per event."""
        if self.name == "ours":
            self.call("settle", folder)  # so that the index that lags is counted whole
        path = os.path.join(folder, self.database)
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            table, column = record_of
            events, records = database.execute(
                f"SELECT count(*), sum(length({column})) FROM {table}").fetchone()
            pages, page = (database.execute(f"PRAGMA {name}").fetchone()[0]
                           for name in ("page_count", "page_size"))
            try:
                rows = database.execute(
                    "SELECT name, pgsize, payload FROM dbstat WHERE aggregate = TRUE").fetchall()
                tables = {name: {"bytes": size, "payload": payload} for name, size, payload in rows}
            except sqlite3.Error:
                tables = None  # this SQLite has no dbstat: only the whole is known
            whole = sum(t["bytes"] for t in tables.values()) if tables else pages * page
            content = sum(t["payload"] for t in tables.values()) if tables else None
        finally:
            database.close()
        return {"events": events, "record_bytes": records, "bytes": whole, "tables": tables,
                "bytes_beyond_record": (whole - records) / events,
                "content_beyond_record": (content - records) / events if tables else None}


def raw_sqlite(work, say):
    """Compiles the C program; gives the contestant with its index and the one without."""
    say("compiling raw_sqlite.c")
    program = os.path.join(work, "raw_sqlite")
    run(["cc", "-O2", "-o", program, os.path.join(HERE, "raw_sqlite.c"), "-lsqlite3", "-lpthread"])
    whole = Contestant("raw", "raw C", [program], "raw.sqlite")
    bare = Contestant("bare", "raw C, no index", [program], "raw.sqlite", {"RAW_SQLITE_INDEX": "0"})
    return whole, bare


def pyeventsourcing(work, say):
    """Makes a Python environment of its own with pyeventsourcing in it."""
    say(f"installing {PYEVENTSOURCING} into an environment of its own")
    folder = os.path.join(work, "python")
    try:
        run([sys.executable, "-m", "venv", folder])
    except Failed as failure:
        raise Failed(f"no Python environment (on Debian: apt-get install python3-venv): {failure}") from None
    python = os.path.join(folder, "bin", "python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PYEVENTSOURCING])
    driver = os.path.join(HERE, "pyeventsourcing_driver.py")
    return Contestant("py", "pyeventsourcing", [python, driver], "py.sqlite")


def ours(say, folder=None, products=("ledger-bench",)):
    """Builds the release programs that drive our own library, unless a folder of them is named."""
    if folder:
        path = os.path.join(os.path.abspath(folder), "ledger-bench")
        if not os.access(path, os.X_OK):
            raise Failed(f"expected the program ledger-bench at {path}; found none")
        return Contestant("ours", "ours", [path], "ledger.sqlite")
    if not shutil.which("swift"):
        raise Failed("there is no swift on the PATH")
    for product in products:
        say(f"building {product} (release)")
        build = ["swift", "build", "-c", "release", "--product", product, "--package-path", ROOT]
        run(build, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
    folder = run([*build, "--show-bin-path"]).strip()
    return Contestant("ours", "ours", [os.path.join(folder, "ledger-bench")], "ledger.sqlite")


RECORD_OF = {
    "raw": ("event", "record"),
    "bare": ("event", "record"),
    "ours": ("event", "record"),
    "py": ("stored_events", "state"),
}
