#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `lyktactl sync` at every call that changes a file, before it and in its middle, and looks at what is left.

usage: check-kill.py LYKTACTL CRASH-CHECK CRASH-SHIM [KIND…]

Always the old calendar or the new one, with the state that belongs to it; nothing orphaned; no feed's sequence lower than
before; and the next run brings the new calendar and tidies up. First it shows that a program that writes without
transactions would be found out. LYKTA_TEST_LONG: every call or 200 of each kind, spread over
all; else a few.
"""
import sys

import bench as b
import kinds
from prepared import prepare

SAMPLE, LONG_SAMPLE = 2, 200
PLANTED = 8


def without_nameless(kind):
    """One kind is tried as on a file system that cannot make files without a name."""
    return {"no_tmpfile": 1} if kind.name == "folder" else {}


def strike(bench, ready, at, how, **crash):
    folder = bench.new_folder(like=ready.template)
    ran = bench.sync(folder, 2, ready.options, at=at, how=how, **crash, **without_nameless(ready.kind))
    # A run or two needs a call less than the one that was counted.
    if ran.code == 0 and at > ready.n - 10:
        return "end", []
    if not ran.was_killed:
        return "none", ["%s at %d: not killed but ended with %s: %s" % (how, at, ran.code, ran.said)]
    edition, problems = b.judge(bench.look(folder, 2), ready)
    problems += b.heal(bench, folder, 2, ready.new, ready.options, **without_nameless(ready.kind))
    b.shutil.rmtree(folder)
    return edition, ["%s at %s: %s" % (how, ran.struck, problem) for problem in problems]


def check_kind(bench, report, name):
    kind = kinds.make(bench, name)
    ready = prepare(bench, kind, name.startswith("first-"), **without_nameless(kind))
    points = [(at, how) for how in ("kill", "half") for at in b.choose(ready.n, LONG_SAMPLE if b.is_long() else SAMPLE, how + name)]
    results = list(bench.workers.map(lambda point: strike(bench, ready, *point), points))
    counts = {}
    for edition, _ in results:
        counts[edition] = counts.get(edition, 0) + 1
    report.case("kill/%s %d points of %d calls: %s" % (name, len(points), ready.n, ", ".join(
        "%d %s" % (count, edition) for edition, count in sorted(counts.items()))),
                [problem for _, problems in results for problem in problems])
    kind.stop()
    return len(points)


def check_plant(bench, report):
    """The same harness on a program whose statements are transactions of their own."""
    ready = prepare(bench, kinds.make(bench, "file"), False)
    results = list(bench.workers.map(lambda at: strike(bench, ready, at, "kill", plant="no-transaction"),
                                     b.choose(ready.n, PLANTED, "plant")))
    mixes = sum(edition == "mix" for edition, _ in results)
    b.shutil.rmtree(ready.kind.folder)
    report.case("kill/planted half-writes are found, %d of %d" % (mixes, len(results)),
                [] if mixes > 0 else ["a program that writes without transactions was not found out"])


def main():
    report = b.Report()
    total = 0
    with b.Bench(*sys.argv[1:4]) as bench:
        check_plant(bench, report)
        for name in sys.argv[4:] or kinds.KINDS:
            total += check_kind(bench, report, name)
    print("# %d points" % total)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
