"""What the figures were measured on: processor, kernel, file system, versions, load."""

import os
import platform
import re
import resource
import shutil
import subprocess
import tempfile
import time

IN_MEMORY = {"tmpfs", "ramfs"}


class Others:
    """How much processor time others took, in cores, from when this was made.

    The kernel counts hundredths of a second, so less than a tenth of a second says nothing. Servers that
    run meanwhile are named by their process ids, since what a child took is known only when it has ended.
    """

    def __init__(self, pids=()):
        self.pids = pids
        self.began, self.busy, self.own = time.monotonic(), _busy_seconds(), _own_seconds(pids)

    def cores(self):
        took = time.monotonic() - self.began
        others = (_busy_seconds() - self.busy) - (_own_seconds(self.pids) - self.own)
        return round(max(0.0, others / took), 2)


def _busy_seconds():
    with open("/proc/stat") as text:
        user, nice, system, _, _, irq, softirq, steal = map(int, text.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _own_seconds(pids):
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own + sum(map(_process_seconds, pids))


def _process_seconds(pid):
    try:
        with open(f"/proc/{pid}/stat") as text:
            user, system = text.read().rsplit(")", 1)[1].split()[11:13]
    except OSError:
        return 0  # it has ended
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(patience, cores=0.3):
    """Waits, at most `patience` seconds, until others take less than so much; returns the time waited."""
    began = time.monotonic()
    while True:
        others = Others()
        time.sleep(0.1)
        waited = time.monotonic() - began
        if others.cores() < cores or waited > patience:
            return waited
        time.sleep(0.4)


def output_of(*words):
    """The first line a command prints, or nothing when it can't be run."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout.strip() or done.stderr.strip()).split("\n")[0] or None


def load():
    return [round(value, 2) for value in os.getloadavg()]


def file_system(path):
    """Type, device and options of the file system that holds a path."""
    path, best = os.path.realpath(path), None
    with open("/proc/self/mountinfo") as mounts:
        for line in mounts:
            left, right = line.split(" - ")
            point, options = left.split()[4:6]
            point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), point)
            inside = path == point or path.startswith(point.rstrip("/") + "/")
            if inside and (best is None or len(point) >= len(best["mount"])):
                kind, device = right.split()[:2]
                best = {"mount": point, "type": kind, "device": device, "options": options}
    return best


def disk_folder(wanted, fallback):
    """A folder on a real disk for the stores, and a sentence that says how it was chosen."""
    first = wanted or tempfile.gettempdir()
    system = file_system(first)
    if system["type"] not in IN_MEMORY:
        return first, f"{first} is on {system['type']} ({system['device']})"
    if wanted:
        raise SystemExit(f"bench: {wanted} is on {system['type']}, which is memory; name a disk")
    system = file_system(fallback)
    if system["type"] in IN_MEMORY:
        raise SystemExit(f"bench: {first} and {fallback} are both in memory; name a disk with --dir")
    os.makedirs(fallback, exist_ok=True)
    return fallback, f"{first} is in memory, so {fallback} on {system['type']} is used"


def free_bytes(folder):
    return shutil.disk_usage(folder).free


def environment(folder):
    """The block that stands above the table."""
    model, memory = None, None
    with open("/proc/cpuinfo") as text:
        model = next((line.split(":")[1].strip() for line in text if line.startswith("model name")), None)
    with open("/proc/meminfo") as text:
        memory = int(text.readline().split()[1]) * 1024
    system = None
    if os.path.exists("/etc/os-release"):
        with open("/etc/os-release") as text:
            system = next((line.split("=")[1].strip().strip('"') for line in text
                           if line.startswith("PRETTY_NAME=")), None)
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "system": system,
        "kernel": platform.release(),
        "file_system": file_system(folder),
        "swift": output_of("swift", "--version"),
        "compiler": output_of("cc", "--version"),
        "load_at_start": load(),
    }
