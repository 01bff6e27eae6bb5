#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `lyktactl sync` at every call that changes a file, before it and in its middle, and looks at what is left.

usage: check-kill.py LYKTACTL CRASH-CHECK CRASH-SHIM [KIND…]

Always the old calendar or the new one, with the state that belongs to it; nothing orphaned; no feed's sequence lower than
before; and the next run brings the new calendar and tidies up. First it shows that a program that writes without
transactions would be found out. LYKTA_TEST_LONG: every call, else a sample.
"""
import sys

import bench as b
import kinds

SAMPLE = 3
PLANTED = 8


def strike(bench, kind, template, old, new, first, at, how, plant):
    folder = bench.new_folder(like=template)
    options = kind.options if first else ()
    crash = {"plant": plant} if plant else {}
    if kind.name == "folder":
        crash["no_tmpfile"] = 1
    ran = bench.sync(folder, 2, options, at=at, how=how, **crash)
    if not ran.was_killed:
        return "none", ["%s at %d: not killed but ended with %s: %s" % (how, at, ran.code, ran.said)]
    edition, problems = b.judge(bench.look(folder, 2), old, new, first)
    problems += b.heal(bench, folder, 2, new, options)
    b.shutil.rmtree(folder)
    return edition, ["%s at %s: %s" % (how, ran.struck, problem) for problem in problems]


def prepare(bench, kind, first):
    """(folder before, its look, look after, number of calls)"""
    template = bench.new_folder()
    kind.serve(1)
    if not first:
        ran = bench.sync(template, 1, kind.options)
        if ran.code != 0:
            sys.exit("%s: %s" % (kind.name, ran.said))
        old = bench.look(template, 1)
    kind.serve(2)
    after = bench.new_folder(like=template)
    ran = bench.sync(after, 2, kind.options if first else (), **({"no_tmpfile": 1} if kind.name == "folder" else {}))
    if ran.code != 0:
        sys.exit("%s: %s" % (kind.name, ran.said))
    new = bench.look(after, 2)
    if first:
        empty = bench.new_folder()
        old = bench.look(empty, 2)
    if b.same(old, new) or old["wrong"] or new["wrong"]:
        sys.exit("%s: the editions do not serve: %s %s" % (kind.name, old["wrong"], new["wrong"]))
    return template, old, new, bench.count_calls(ran)


def check_kind(bench, report, name):
    kind = kinds.make(bench, name)
    first = name.startswith("first-")
    template, old, new, n = prepare(bench, kind, first)
    points = [(at, how) for how in ("kill", "half") for at in b.choose(n, 0 if b.is_long() else SAMPLE, how + name)]
    results = list(bench.workers.map(
        lambda point: strike(bench, kind, template, old, new, first, point[0], point[1], None), points))
    counts = {}
    for edition, _ in results:
        counts[edition] = counts.get(edition, 0) + 1
    report.case("kill/%s %d points of %d calls: %s" % (name, len(points), n, ", ".join(
        "%d %s" % (count, edition) for edition, count in sorted(counts.items()))),
                [problem for _, problems in results for problem in problems])
    kind.stop()
    return len(points)


def check_plant(bench, report):
    """The same harness on a program whose statements are transactions of their own."""
    kind = kinds.make(bench, "file")
    template, old, new, n = prepare(bench, kind, False)
    results = list(bench.workers.map(
        lambda at: strike(bench, kind, template, old, new, False, at, "kill", "no-transaction"), b.choose(n, PLANTED, "plant")))
    mixes = sum(edition == "mix" for edition, _ in results)
    b.shutil.rmtree(kind.folder)
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
