#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets a call of `lyktactl sync` fail as a disk does, and looks at what it says and leaves behind.

usage: check-errors.py LYKTACTL CRASH-CHECK CRASH-SHIM [KIND…]

A write, a sync, a rename or a read that fails with EIO, ENOSPC or EINTR, a write that is cut short, a disk that takes no
more from a certain call on, and a real limit on the size of files: the program ends by itself; if it says that all is well,
the new calendar is there; if not, it says so in a sentence, and the old calendar is there (or the new one, when that was
already written); the next run heals everything. First it shows that a disk that swallows writes would be noticed.
"""
import re
import resource
import sys

import bench as b
import kinds
from prepared import prepare

# (how, whether reads fail) and points of each kind, quick and long.
WAYS = [("eio", False), ("full", False), ("enospc", False), ("short", False), ("eintr", False), ("eio", True), ("short", True)]
SAMPLE, LONG_SAMPLE = 1, 20
PLANTED = 12
# Enough for a sample: the others differ in what they read, not in how they write.
QUICK = ("file", "folder", "pages", "caldav", "feed", "first-http")
LIMITS = [0, 16, 64, 100, 130, 160]  # kilobytes


def judge_run(bench, ready, folder, ran):
    problems = []
    edition, problems = b.judge(bench.look(folder, 2), ready)
    if ran.code == "hangs" or ran.code < 0:
        problems.append("ended with %s: %s" % (ran.code, ran.said[-400:]))
    elif ran.code == 0 and edition != "new":
        problems.append("says that all is well, but the %s calendar is there: %s" % (edition, ran.said))
    elif ran.code != 0 and not re.search(r"^(?:lyktactl: |  )?[A-Z][^\n]{10,}[.)]$", ran.said, re.M):
        problems.append("fails without a sentence: %r" % ran.said)
    if ran.code not in (0, "hangs") and edition == "new":
        edition = "new though it failed"
    problems += b.heal(bench, folder, 2, ready.new, ready.options)
    b.shutil.rmtree(folder)
    return edition, problems


def strike(bench, ready, at, how, reads):
    folder = bench.new_folder(like=ready.template)
    ran = bench.sync(folder, 2, ready.options, at=at, how=how, **({"reads": 1} if reads else {}))
    edition, problems = judge_run(bench, ready, folder, ran)
    return edition, ["%s%s at %s: %s" % (how, " of a read" if reads else "", ran.struck, problem) for problem in problems]


def limit(bench, ready, kilobytes):
    """No file may grow beyond this, which is as a disk without room."""
    folder = bench.new_folder(like=ready.template)
    ran = bench.sync(folder, 2, ready.options, preexec=lambda: resource.setrlimit(
        resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024)))
    edition, problems = judge_run(bench, ready, folder, ran)
    return edition, ["no file above %d KB: %s" % (kilobytes, problem) for problem in problems]


def tell(results):
    counts = {}
    for edition, _ in results:
        counts[edition] = counts.get(edition, 0) + 1
    return ", ".join("%d %s" % (count, edition) for edition, count in sorted(counts.items()))


def check_kind(bench, report, name):
    ready = prepare(bench, kinds.make(bench, name), name.startswith("first-"))
    wanted = LONG_SAMPLE if b.is_long() else SAMPLE
    points = []
    for how, reads in WAYS:
        n = ready.n_reads if reads else ready.n
        points += [(at, how, reads) for at in b.choose(n, wanted, "%s%s%s" % (how, reads, name))]
    results = list(bench.workers.map(lambda point: strike(bench, ready, *point), points))
    report.case("errors/%s %d points: %s" % (name, len(points), tell(results)),
                [problem for _, problems in results for problem in problems])
    limits = LIMITS if b.is_long() else [LIMITS[kinds_number(name) % len(LIMITS)]]
    results = list(bench.workers.map(lambda kilobytes: limit(bench, ready, kilobytes), limits))
    report.case("errors/%s %d limits: %s" % (name, len(limits), tell(results)),
                [problem for _, problems in results for problem in problems])
    ready.kind.stop()
    return len(points) + len(limits)


def kinds_number(name):
    return list(kinds.KINDS).index(name)


def check_plant(bench, report):
    """The same on a disk that says that it has written and has not."""
    ready = prepare(bench, kinds.make(bench, "file"), False)
    results = list(bench.workers.map(lambda at: strike(bench, ready, at, "swallow", False),
                                     b.choose(ready.n, PLANTED, "plant")))
    found = sum(bool(problems) for _, problems in results)
    b.shutil.rmtree(ready.kind.folder)
    report.case("errors/planted lost writes are found, %d of %d" % (found, len(results)),
                [] if found > 0 else ["a disk that swallows writes was not noticed"])


def main():
    report = b.Report()
    total = 0
    with b.Bench(*sys.argv[1:4]) as bench:
        check_plant(bench, report)
        for name in sys.argv[4:] or (kinds.KINDS if b.is_long() else QUICK):
            total += check_kind(bench, report, name)
    print("# %d points" % total)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
