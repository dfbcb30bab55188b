"""What the figures were measured on: processor, kernel, file system, versions, load."""

import os
import platform
import re
import shutil
import subprocess
import tempfile

IN_MEMORY = {"tmpfs", "ramfs"}


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
