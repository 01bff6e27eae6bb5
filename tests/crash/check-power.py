#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts the power at random moments of several refreshes in a row, and looks at what a disk would have kept.

usage: check-power.py LYKTACTL CRASH-CHECK CRASH-SHIM [KIND…]

Always the calendar of one edition, with its state; never one older than what was reported as refreshed; and the next run
heals everything. First it shows that a program that does not sync its files would be found out.
"""
import os
import random
import sys

import bench as b
import kinds
import power
from prepared import succeed

EDITIONS = 4
CUTS, LONG_CUTS = 3, 100
PLANTED = 12
# Enough for a sample: the others differ in what they read, not in how they write.
QUICK = ("file", "folder", "caldav", "feed", "first-http")


class Played:
    """Several refreshes, written down; `looks[i]` is what edition i looks like."""

    def __init__(self, bench, kind, first, **crash):
        self.kind, self.first = kind, first
        self.folder = bench.new_folder()
        self.log = os.path.join(bench.root, "log-%s-%d" % (kind.name, bench.count))
        self.sample = None
        kind.serve(1)
        if not first:
            succeed(bench, kind, self.folder, 1, kind.options)
        before = bench.new_folder(like=self.folder)
        self.looks = {1: self.look(bench, 1)}
        power.note_mark(self.log, 1)
        for edition in range(2, EDITIONS + 1):
            kind.serve(edition)
            succeed(bench, kind, os.path.join(self.folder, "data") if first else self.folder, edition,
                    kind.options if first else (), log=self.log, watched=self.folder, **crash)
            power.note_mark(self.log, edition)
            self.looks[edition] = self.look(bench, edition)
        self.settled = self.settle(bench, bench.new_folder(like=self.folder))
        self.operations = power.read_log(self.log)
        self.disk = power.Disk(before)
        # The log names the folder that was worked in.
        for operation in self.operations:
            operation.path = operation.path.replace(self.folder, before, 1)
            if operation.op == "R":
                operation.data = operation.data.replace(self.folder.encode(), before.encode(), 1)

    def settle(self, bench, folder):
        """What a day later has come of what was missing for the first time: gone, whenever it was first missed."""
        succeed(bench, self.kind, self.place(folder), EDITIONS + 1, self.options)
        return bench.look(self.place(folder), EDITIONS + 1)

    def place(self, folder):
        return os.path.join(folder, "data") if self.first else folder

    def look(self, bench, edition):
        copy = bench.new_folder(like=self.folder)
        os.makedirs(self.place(copy), exist_ok=True)
        return bench.look(self.place(copy), edition)

    @property
    def options(self):
        return self.kind.options if self.first else ()


class Expected:
    def __init__(self, played, edition):
        self.old, self.new = played.looks[edition], played.looks[min(edition + 1, EDITIONS)]
        self.first = played.first and edition == 1
        self.sample = None


def judge(bench, played, folder, promised):
    place = played.place(folder)
    os.makedirs(place, exist_ok=True)
    edition, problems = b.judge(bench.look(place, EDITIONS), Expected(played, promised))
    ran = bench.sync(place, EDITIONS, played.options)
    if ran.code != 0:
        problems.append("the next run fails: %s" % ran.said)
    problems += b.heal(bench, place, EDITIONS + 1, played.settled, played.options)
    b.shutil.rmtree(folder)
    return edition, problems


def cut_often(bench, played, cuts, seed):
    dice = random.Random(seed)
    moments = sorted(dice.randrange(1, len(played.operations) + 1) for _ in range(cuts))
    waiting, promised, at = [], 0, 0
    for moment in moments:
        while at < moment:
            operation = played.operations[at]
            at += 1
            if operation.op == "!":
                promised = operation.offset
            else:
                played.disk.play(operation)
        target = os.path.join(bench.root, "cut-%s-%d" % (played.kind.name, len(waiting)))
        played.disk.cut(target, dice)
        waiting.append((moment, bench.workers.submit(judge, bench, played, target, promised)))
    results = []
    for moment, future in waiting:
        edition, problems = future.result()
        results.append((edition, ["cut after %d of %d (seed %s): %s" % (moment, len(played.operations), seed, problem)
                                  for problem in problems]))
    return results


def check_kind(bench, report, name):
    kind = kinds.make(bench, name)
    played = Played(bench, kind, name.startswith("first-"))
    results = cut_often(bench, played, LONG_CUTS if b.is_long() else CUTS, "power-" + name)
    counts = {}
    for edition, _ in results:
        counts[edition] = counts.get(edition, 0) + 1
    report.case("power/%s %d cuts in %d calls: %s" % (name, len(results), len(played.operations), ", ".join(
        "%d %s" % (count, edition) for edition, count in sorted(counts.items()))),
                [problem for _, problems in results for problem in problems])
    kind.stop()
    return len(results)


def check_plant(bench, report):
    kind = kinds.make(bench, "file")
    results = cut_often(bench, Played(bench, kind, False, plant="no-sync"), PLANTED, "planted")
    found = sum(bool(problems) for _, problems in results)
    b.shutil.rmtree(kind.folder)
    report.case("power/planted lack of syncing is found, %d of %d" % (found, len(results)),
                [] if found > 0 else ["a program that does not sync its files was not found out"])


def main():
    report = b.Report()
    total = 0
    with b.Bench(*sys.argv[1:4]) as bench:
        check_plant(bench, report)
        for name in sys.argv[4:] or (kinds.KINDS if b.is_long() else QUICK):
            total += check_kind(bench, report, name)
    print("# %d cuts" % total)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
