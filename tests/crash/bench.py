# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real program on a folder of its own, lets it be struck at a chosen call, and judges what it left behind."""
import concurrent.futures
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

# The clock of every edition, so that "as of" tells one from the other: noon of days in November 2026.
FIRST_DAY = 1794999600
DAY = 86400
# What a person sees, and what is remembered of the source beside it.
CONTENT = ("activities", "list", "search", "records", "quarantine", "sources")
# All that may lie in a data folder when nobody is at work in it.
TIDY = {"content.db", "content.db.lock", "device.db", "spool"}
TIMEOUT = 120


def is_long():
    return bool(os.environ.get("LYKTA_TEST_LONG"))


def now_of(edition):
    return FIRST_DAY + edition * DAY


class Ran:
    def __init__(self, code, said, struck):
        self.code = code
        self.said = said
        self.struck = struck  # "17 write /path", "" when the call never came

    @property
    def was_killed(self):
        return self.code == -signal.SIGKILL


class Bench:
    """The programs, and a folder for everything that is needed; removed at the end."""

    def __init__(self, tool, check, shim):
        self.program, self.checker, self.shim = (os.path.abspath(path) for path in (tool, check, shim))
        self.root = tempfile.mkdtemp(prefix="lykta-crash-")
        self.count = 0
        self.workers = concurrent.futures.ThreadPoolExecutor(os.cpu_count())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.workers.shutdown()
        shutil.rmtree(self.root, ignore_errors=True)

    def new_folder(self, like=None):
        self.count += 1
        folder = os.path.join(self.root, "machine-%d" % self.count)
        if like:
            shutil.copytree(like, folder)
        else:
            os.mkdir(folder)
        return folder

    def run(self, arguments, watched, edition, preexec=None, **crash):
        """lyktactl with these arguments; `crash` goes to the shim, see there. Folders outside `watched` are let alone."""
        note = os.path.join(self.root, "note-%d-%d" % (os.getpid(), random.getrandbits(60)))
        environment = {**os.environ, "LD_PRELOAD": self.shim, "CRASH_DIR": watched, "CRASH_NOTE": note,
                       "CRASH_NOW": str(now_of(edition))}
        environment.update({"CRASH_" + name.upper(): str(value) for name, value in crash.items()})
        try:
            done = subprocess.run([self.program, *arguments], env=environment, stdin=subprocess.DEVNULL, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT, preexec_fn=preexec)
            code, said = done.returncode, done.stdout
        except subprocess.TimeoutExpired as error:
            code, said = "hangs", error.stdout or b""
        struck = ""
        if os.path.exists(note):
            with open(note, encoding="utf-8") as file:
                struck = file.read().strip()
            os.unlink(note)
        return Ran(code, said.decode("utf-8", "replace"), struck)

    def tool(self, arguments, what):
        """A run that must go well."""
        ran = self.run(arguments, "/nowhere", 0)
        if ran.code != 0:
            sys.exit("%s: %s" % (what, ran.said))

    def publish(self, out, key, calendar, edition, watched="/nowhere", **crash):
        ran = self.run(["--data-dir", self.new_folder(), "publish", "--out", out, "--key", key, "--level", "3", calendar],
                       watched, edition, **crash)
        if not crash and ran.code != 0:
            sys.exit("publish: %s" % ran.said)
        return ran

    def sync(self, folder, edition, options=(), **crash):
        return self.run(["--data-dir", folder, "sync", *options], crash.pop("watched", folder), edition, **crash)

    def count_calls(self, ran):
        return int(ran.struck.split()[0])

    def look(self, folder, edition, *more):
        """What the next start finds. Opening it may mend and tidy, as a start does."""
        try:
            done = subprocess.run([self.checker, folder, str(now_of(edition)), *more], capture_output=True, check=False,
                                  timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return {"wrong": ["crash-check does not come to an end"]}
        if done.returncode != 0:
            return {"wrong": ["crash-check ended with %d: %s" % (done.returncode, done.stderr.decode()[:500])]}
        return json.loads(done.stdout)


# ---- judging

def same(a, b):
    return all(a.get(key) == b.get(key) for key in CONTENT)


def is_beginning(look, new):
    """The first refresh of a source under way: nothing yet, or some of the new calendar, marked as still loading."""
    wanted = set(new["activities"])
    if not all(activity in wanted for activity in look["activities"]):
        return False
    for row in look["sources"]:
        fields = row.split("|")
        loading, validators, n = fields[-6], fields[-5:-2], fields[-2]
        if look["activities"] and loading != "1" or any(validators) or n != "0":
            return False
    return True


def sequences(look):
    return dict(row.rsplit("|", 1) for row in look.get("sequences", []))


def is_stand_in(look, sample):
    """The built-in sample while nothing else has ever been read."""
    return sample is not None and all(look[key] == sample[key] for key in ("activities", "list", "search"))


def judge(look, ready):
    """(which edition, problems): "old", "new", "nothing" yet, "part", "sample" or "mix"."""
    old, new, first = ready.old, ready.new, ready.first
    problems = list(look["wrong"])
    if "sources" not in look:
        return "unreadable", problems
    if same(look, new):
        edition, of = "new", new
    elif same(look, old):
        edition, of = "old", old
    elif first and is_beginning(look, new):
        edition, of = "part" if look["activities"] else "nothing", None
    elif first and is_stand_in(look, ready.sample):
        edition, of = "sample", None
    else:
        edition, of = "mix", None
        problems.append("neither the old nor the new calendar: differs from the old one in %s, from the new one in %s" % (
            [key for key in CONTENT if look.get(key) != old.get(key)], [key for key in CONTENT if look.get(key) != new.get(key)]))
    if of and look["as_of"] != of["as_of"]:
        problems.append("the %s calendar is said to be as of %s, not %s" % (edition, look["as_of"], of["as_of"]))
    if look["generation"] < old["generation"]:
        problems.append("generation %d after %d" % (look["generation"], old["generation"]))
    known = sequences(look)
    for feed, highest in sequences(new if edition == "new" else old).items():
        if int(known.get(feed, 0)) < int(highest):
            problems.append("sequence %s of %s, which had %s" % (known.get(feed), feed, highest))
    if look.get("configured") not in ((old["configured"], new["configured"]) if first else (old["configured"],)):
        problems.append("configured: %s" % look.get("configured"))
    return edition, problems


def leftovers(folder):
    found = {name for name in os.listdir(folder) if name not in TIDY}
    spool = os.path.join(folder, "spool")
    return sorted(found) + (sorted(os.listdir(spool)) if os.path.isdir(spool) else [])


def heal(bench, folder, edition, new, options=(), **machine):
    """Problems of the next run on the same `machine`, which must bring the new calendar and leave nothing lying about."""
    ran = bench.sync(folder, edition, options, **machine)
    if ran.code != 0:
        return ["the next run fails: %s" % ran.said]
    look = bench.look(folder, edition)
    problems = ["after the next run: " + problem for problem in look["wrong"]]
    if not same(look, new):
        problems.append("the next run does not bring the new calendar: %s" % ", ".join(
            "%s %s instead of %s" % (key, look.get(key), new.get(key)) if key == "sources" else key
            for key in CONTENT if look.get(key) != new.get(key)))
    if leftovers(folder):
        problems.append("left behind: %s" % leftovers(folder))
    return problems


class Report:
    """TAP: one line for each case, and what went wrong in it."""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def case(self, name, problems):
        self.n += 1
        for problem in problems[:10]:
            print("# %s" % problem)
        if len(problems) > 10:
            print("# and %d more" % (len(problems) - 10))
        print("%s %d %s" % ("not ok" if problems else "ok", self.n, name), flush=True)
        self.failed += bool(problems)

    def end(self):
        print("1..%d" % self.n, flush=True)
        return 1 if self.failed else 0


def choose(n, wanted, seed):
    """`wanted` of the numbers 1 to n, spread over all of them; 0: all."""
    if wanted <= 0 or wanted >= n:
        return list(range(1, n + 1))
    dice = random.Random(seed)
    return sorted({1 + min(n - 1, int((i + dice.random()) * n / wanted)) for i in range(wanted)})
