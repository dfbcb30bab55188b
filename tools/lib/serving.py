"""A ledger that is served on a free loopback port, with tokens for who asks."""

import os
import select
import signal
import socket
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILT = os.path.join(ROOT, ".build", "release", "smi-ledger")
QUIET = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


class CannotServe(Exception):
    """The program is not there, or a command of it or the server did not do what was expected."""


def program(named):
    """The smi-ledger to try: the one that is named, else the release build, as long as it can serve."""
    path = os.path.abspath(named or BUILT)
    if not (os.path.isfile(path) and os.access(path, os.X_OK)):
        raise CannotServe(f"expected the program smi-ledger at {path}; found none. Next: swift build -c release "
                          "--product smi-ledger, or name another one with --program")
    if "token create" not in told(path, "help", "token", "create"):
        raise CannotServe(f"expected a smi-ledger that has serve and token; {path} has not. Next: build it anew")
    return path


def told(path, *words, folder=None, input=None, codes=(0,), timeout=600):
    """What a command of the program prints; another exit code than expected ends the work."""
    where = ["--ledger", folder] if folder else []
    done = subprocess.run([path, *words, *where], capture_output=True, text=True, env=QUIET, input=input or "",
                          timeout=timeout)
    if done.returncode not in codes:
        raise CannotServe(f"smi-ledger {' '.join(words[:4])}: expected exit {' or '.join(map(str, codes))}; found "
                          f"{done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def token(path, folder, party, role, user=None):
    """A token that is good for a day."""
    acting = ["--user", user] if user else []
    return told(path, "token", "create", "--party", party, "--role", role, "--expires", "1d", *acting,
                folder=folder).strip().split("\n")[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that listens on a loopback port until it is ended."""

    def __init__(self, words, port, log, ready, environment=QUIET, patience=60):
        self.port, self.log = port, log
        with open(log, "ab") as errors:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                                            env=environment, bufsize=0)
        try:
            ready(self, time.monotonic() + patience)
        except BaseException:
            self.kill()
            raise

    def pids(self):
        """Its own process and those that it has started."""
        found = [self.process.pid]
        for pid in found:
            try:
                with open(f"/proc/{pid}/task/{pid}/children") as text:
                    found += map(int, text.read().split())
            except OSError:
                pass  # it has ended meanwhile
        return found

    def end(self):
        """Ends it as an operator does; one that does not end is killed, and that is an error."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise CannotServe("expected the server to end within 30 s of SIGTERM; it did not") from None
        self.process.stdout.close()
        return code

    def kill(self):
        """Kills it with those that it has started, which would go on without it."""
        if self.process.poll() is None:
            for pid in self.pids():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass  # it has ended meanwhile
        self.process.wait()
        self.process.stdout.close()

    def last_words(self):
        with open(self.log, "rb") as file:
            return file.read()[-500:].decode(errors="replace").strip()


def announced(server, until):
    """Waits for the line that names the address."""
    line = b""
    while not line.endswith(b"\n"):
        left = until - time.monotonic()
        if left <= 0 or not select.select([server.process.stdout], [], [], left)[0]:
            raise CannotServe(f"expected the server to say its address; it said {line!r}; {server.last_words()}")
        read = server.process.stdout.read(1)
        if not read:
            raise CannotServe(f"expected the server to say its address; it ended: {server.last_words()}")
        line += read
    server.port = int(line.split(b":")[-1].strip().rstrip(b"}"))


def listening(server, until):
    """Waits until somebody listens on its port."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return
        except OSError as error:
            if server.process.poll() is not None or time.monotonic() > until:
                raise CannotServe(f"expected a server on port {server.port}; {error}; {server.last_words()}") from None
            time.sleep(0.02)


def serve(path, folder, log, port=0):
    """Serves a ledger; the log lines go to a file."""
    return Server([path, "serve", "--port", str(port), "--ledger", folder], port, log, announced)


def examples(path, folder):
    """A new authority's ledger with the example users, products, registrations and extract."""
    files = os.path.join(ROOT, "schemas", "examples")
    told(path, "init", "--origin", "check.example/ledger", folder=folder)
    for kind in ("users", "products", "registrations", "inventory"):
        told(path, "import", kind, os.path.join(files, f"{kind}.csv"), "--at", "2026-03-01T00:00:00Z", folder=folder)
