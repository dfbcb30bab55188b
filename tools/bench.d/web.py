"""The server beside bare Hummingbird and nginx: who answers, what wrk asks, and what it found."""

import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import contestants
import plan
import serving

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS, THREADS, SUPPLIERS = 32, 2, 50
# The programs on Debian, with the packages that they are in; those that a machine mostly has are not named.
PACKAGES = {"wrk": ("wrk", "libluajit-5.1-2", "libluajit-5.1-common"), "nginx": ("nginx",)}
USERS = """\
user_id,party,market_participant_ids,roles,status,name
90-B3-D5-1F-30-01-00-00,SUPA,SUPA,IS,active,
DCC-017,DCC,,DCC,active,
"""
NGINX = """\
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  default_type application/json;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/files;
  }}
}}
"""


def program(name, work, say):
    """A program of this machine, or one that is unpacked from its Debian package; with what it must be run in.

    Unpacked and not installed: that needs no rights, and a package of a server would start it.
    """
    folders = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
    found = shutil.which(name, path=folders)
    if found:
        return found, dict(os.environ)
    folder = os.path.join(work, f"packages-{name}")
    os.makedirs(folder, exist_ok=True)
    say(f"unpacking {', '.join(PACKAGES[name])}")
    if not shutil.which("apt-get"):
        raise contestants.Failed(f"there is no {name} here, and no apt-get to fetch it with")
    contestants.run(["apt-get", "download", *PACKAGES[name]], cwd=folder, timeout=300)
    for file in os.listdir(folder):
        if file.endswith(".deb"):
            contestants.run(["dpkg-deb", "-x", os.path.join(folder, file), folder])
    found = shutil.which(name, path=os.pathsep.join((folder + "/usr/bin", folder + "/usr/sbin")))
    if not found:
        raise contestants.Failed(f"expected {name} in its packages; there is none")
    libraries = [place for place, _, files in os.walk(folder + "/usr/lib") if any(".so" in file for file in files)]
    return found, {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(libraries)}


class Wrk:
    """wrk with its Lua: so many connections for so many seconds, and one line of figures."""

    def __init__(self, work, say):
        self.path, self.environment = program("wrk", work, say)
        told = subprocess.run([self.path, "--version"], capture_output=True, text=True, env=self.environment)
        self.version = told.stdout.split("\n")[0].split(" Copyright")[0]
        if not self.version.startswith("wrk"):
            raise contestants.Failed(f"expected wrk to say its version; it said {(told.stderr or told.stdout)[:200]!r}")

    def ask(self, port, seconds, script, *words, token=None):
        header = ["-H", f"Authorization: Bearer {token}"] if token else []
        text = contestants.run(
            [self.path, "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "10s", *header,
             "-s", os.path.join(HERE, script), f"http://127.0.0.1:{port}/", "--", *map(str, words)],
            env=self.environment, timeout=seconds + 120)
        result = json.loads(text.strip().split("\n")[-1])
        if result["operations"] == 0:
            raise contestants.Failed(f"nothing was answered: {result}")
        return {**result, "rate": result["operations"] / result["seconds"]}


class Hello:
    """Bare Hummingbird."""

    def __init__(self, bench_program, work):
        self.server = serving.Server([bench_program, "hello", "0"], 0, os.path.join(work, "hello.log"),
                                     serving.announced)
        self.path = "/"


class Nginx:
    """nginx with one static file, as long as an answer of ours."""

    def __init__(self, work, say, answer):
        path, environment = program("nginx", work, say)
        folder = os.path.join(work, "nginx")
        os.makedirs(os.path.join(folder, "files"))
        with open(os.path.join(folder, "files", "answer.json"), "wb") as file:
            file.write(answer)
        port = serving.free_port()
        configuration = os.path.join(folder, "nginx.conf")
        with open(configuration, "w") as file:
            # Workers of root's nginx are somebody else, who may not read a temporary folder.
            file.write(NGINX.format(folder=folder, port=port, user="user root;" if os.geteuid() == 0 else ""))
        self.server = serving.Server([path, "-p", folder, "-e", folder + "/log", "-c", configuration], port,
                                     folder + "/told", serving.listening, environment)
        told = subprocess.run([path, "-v"], capture_output=True, text=True, env=environment)
        self.version, self.path = told.stderr.strip().split("/")[-1], "/answer.json"


class Status:
    """A ledger of corrections that is served, with a token of a supplier and of an auditor."""

    def __init__(self, smi_ledger, folder, count, work):
        self.count, self.log = count, os.path.join(work, f"serve-{count}.log")
        users = os.path.join(work, "users.csv")
        with open(users, "w") as file:
            file.write(USERS)
        serving.told(smi_ledger, "import", "users", users, folder=folder, timeout=3600)
        self.tokens = {"auditor": serving.token(smi_ledger, folder, "DCC", "auditor"),
                       "supplier": serving.token(smi_ledger, folder, "SUPA", "supplier")}
        self.server = serving.serve(smi_ledger, folder, self.log)
        self.numbers = {"auditor": "-", "supplier": os.path.join(work, f"seen-{count}")}
        self.sample()

    def get(self, connection, number, role):
        connection.request("GET", f"/v1/corrections/COR-{number:06}",
                           headers={"Authorization": f"Bearer {self.tokens[role]}"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def sample(self):
        """Which corrections the supplier sees, of some thousands drawn; and an answer of middling length."""
        dice = random.Random(self.count)
        drawn = [dice.randint(1, self.count) for _ in range(8_000)]

        def seen(numbers):
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
            try:
                return [number for number in numbers if self.get(connection, number, "supplier")[0] == 200]
            finally:
                connection.close()

        # What is not theirs is answered at even moments only, so many ask at once.
        with ThreadPoolExecutor(16) as pool:
            found = [number for part in pool.map(seen, (drawn[each::16] for each in range(16))) for number in part]
        with open(self.numbers["supplier"], "w") as file:
            file.write("".join(f"{number}\n" for number in found))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        answers = [self.get(connection, number, "auditor") for number in drawn[:501]]
        connection.close()
        answers.sort(key=lambda one: len(one[1]))
        wrong = [status for status, _ in answers if status != 200]
        if wrong or not found:
            raise contestants.Failed(f"expected corrections for both tokens; found {len(found)} for the supplier's, "
                                     f"and for the auditor's statuses {wrong[:3]}")
        self.seen = len(found) / len(drawn)
        self.lengths = [len(body) for _, body in answers]
        self.answer = answers[len(answers) // 2][1]

    def ask(self, wrk, seconds, role, seed):
        os.truncate(self.log, 0)
        return wrk.ask(self.server.port, seconds, "reads.lua", "/v1/corrections/COR-%06d", self.count, seed,
                       self.numbers[role], token=self.tokens[role])


class Submits:
    """A ledger of devices that is served, with a token of each supplier."""

    def __init__(self, smi_ledger, folder, devices, work):
        self.devices, self.begin, self.log = devices, 0, os.path.join(work, f"submit-{devices}.log")
        self.tokens = os.path.join(work, f"tokens-{devices}")
        with open(self.tokens, "w") as file:
            for number in range(SUPPLIERS):
                file.write(serving.token(smi_ledger, folder, f"SUP{number}", "supplier") + "\n")
        self.server = serving.serve(smi_ledger, folder, self.log)

    def ask(self, wrk, seconds):
        """Goes on among the devices where the last run ended."""
        os.truncate(self.log, 0)
        run = int(time.time()) - 1_700_000_000
        result = wrk.ask(self.server.port, seconds, "submits.lua", self.devices, THREADS, self.begin, run, self.tokens)
        self.begin = result["sent"]
        return result


class Web:
    """All that is measured with `--only web`, in turn."""

    def __init__(self, bench, smi_ledger):
        self.bench, self.smi_ledger, self.chosen = bench, smi_ledger, bench.chosen
        self.servers, self.status, self.furthest = [], {}, 0
        self.wrk = Wrk(bench.work, bench.say)

    def pids(self):
        return [pid for server in self.servers for pid in server.pids()]

    def started(self, one):
        self.servers.append(one.server)
        return one

    def ended(self, one):
        self.servers.remove(one.server)
        one.server.end()

    def corrections(self, size):
        """A ledger of corrections; with --dir and --keep one that is there already is taken."""
        folder = self.bench.kept(f"corrections-{size}")
        if os.path.isdir(folder):
            self.bench.say(f"taking {folder}")
            return folder
        self.bench.say(f"making {size:,} corrections")
        shutil.rmtree(folder + ".part", ignore_errors=True)
        days = max(30, plan.DAYS * size // self.chosen.corrections)
        self.bench.rivals["ours"].call("corrections", folder + ".part", size, days, self.bench.seed, timeout=3600)
        os.rename(folder + ".part", folder)
        return folder

    def prepare(self):
        """Makes the ledgers, and starts everybody who answers."""
        for size in plan.statuses(self.chosen.corrections):
            self.status[size] = self.started(Status(self.smi_ledger, self.corrections(size), size, self.bench.work))
        large = self.status[max(self.status)]
        # Never one of an earlier run: its devices have moved, and to ask for what is there already costs less.
        self.bench.inventory()
        self.large = self.bench.store("devices")
        if not os.path.isdir(self.large):
            raise contestants.Failed("the inventory could not be made; why stands above")
        for name, make in (("hummingbird", lambda: Hello(self.bench.rivals["ours"].command[0], self.bench.work)),
                           ("nginx", lambda: Nginx(self.bench.work, self.bench.say, large.answer))):
            if name in self.chosen.without:
                self.bench.notes.append(f"{name} was left out as told")
                continue
            try:
                self.bench.rivals[name] = self.started(make())
            except (contestants.Failed, serving.CannotServe) as failure:
                self.bench.leave_out(name, failure)
        self.bench.notes += self.notes(large)

    def notes(self, large):
        nginx = self.bench.rivals.get("nginx")
        yield (f"asked with {self.wrk.version}, {THREADS} threads, {CONNECTIONS} connections kept alive, one request at "
               f"a time on each, {self.chosen.seconds:.0f} s; on the same machine, so it takes its share of the cores "
               "from whoever answers. Its percentiles make up for requests that a slow answer held back")
        yield (f"an answer about one of {large.count:,} corrections has {statistics.median(large.lengths):,.0f} bytes "
               f"at the median ({large.lengths[0]:,} to {large.lengths[-1]:,}); nginx "
               f"{nginx.version if nginx else '(left out)'} serves a file of the median, with 2 workers; Hummingbird "
               "answers 5 bytes")
        yield (f"the supplier sees {100 * large.seen:.0f} % of {large.count:,} corrections; it is asked for "
               "those it sees, some thousands drawn beforehand, the auditor for any")
        yield "a log line of each request is written to a file, as an operator would have it"

    def repeat(self, repetition):
        seconds = max(1, round(self.chosen.seconds))
        for size in self.status:
            for role in plan.ROLES:
                name = f"status_{size}_{role}"
                for rival in self.bench.in_turn(("hummingbird", "nginx")):
                    self.bench.measure(name, rival, repetition, lambda one: self.wrk.ask(
                        one.server.port, seconds, "reads.lua", one.path, 0, 0, "-"))
                self.bench.measure(name, "ours", repetition, lambda _: self.status[size].ask(
                    self.wrk, seconds, role, repetition + 1))
        for submitting in plan.SUBMITTINGS:
            folder, count = self.large, self.chosen.devices
            if not submitting.is_large:
                # Made anew each time: what is recorded of its few devices piles up.
                folder, count = os.path.join(tempfile.mkdtemp(dir=self.bench.work), "ledger"), plan.FEW_DEVICES
                self.bench.rivals["ours"].call("devices", folder, count)
            asked = self.started(Submits(self.smi_ledger, folder, count, self.bench.work))
            if submitting.is_large:
                asked.begin = self.furthest
            try:
                self.bench.measure(submitting.name, "ours", repetition, lambda _: asked.ask(self.wrk, seconds))
            finally:
                self.ended(asked)
            if submitting.is_large:
                self.furthest = asked.begin

    def compare(self):
        """Sets the rates at the two sizes beside each other, repetition by repetition."""
        small, large = min(self.status), max(self.status)
        for repetition in range(self.chosen.repetitions):
            rates = {one["workload"]: one["result"]["rate"] for one in self.bench.runs
                     if one["repetition"] == repetition and one["contestant"] == "ours" and "rate" in one["result"]}
            for role in plan.ROLES:
                few, many = rates.get(f"status_{small}_{role}"), rates.get(f"status_{large}_{role}")
                if few and many and small != large:
                    self.bench.add(f"status_flat_{role}", "ours", repetition, {"ratio": many / few, "operations": 1})

    def end(self):
        for server in self.servers:
            try:
                server.end()
            except serving.CannotServe as failure:
                self.bench.say(str(failure))
