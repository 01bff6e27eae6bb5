#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `lyktactl publish` at every call that changes the folder, while readers fetch from it.

usage: check-publish.py LYKTACTL CRASH-CHECK CRASH-SHIM

At each of these moments a reader who knows the last edition and one who knows nothing find a feed that is whole: the old
edition or the new one, and every part that an index names is there under its hash. The next publishing completes the new
edition and leaves nothing lying about. First it shows that a publisher that writes an index in place would be found out.
"""
import hashlib
import os
import re
import sys

import bench as b
import kinds
from prepared import succeed

SAMPLE = 4
ANY = "any-address"
PART = re.compile(r"parts/([0-9a-f]+)\.\w+")
UNFINISHED = re.compile(r"\.new-\w{6}$")


def files_in(folder):
    return sorted(os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names)


def check_parts(folder):
    """Every part that is named anywhere is there and is what its name says."""
    problems = []
    for name in files_in(folder):
        if not name.endswith((".lykta", ".json")) or name.startswith("parts/"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            text = file.read().decode("utf-8", "replace")
        for part in {match[0] for match in PART.finditer(text)}:
            path = os.path.join(folder, part)
            if not os.path.exists(path):
                problems.append("%s names %s, which is not there" % (name, part))
                continue
            with open(path, "rb") as file:
                if not hashlib.sha256(file.read()).hexdigest().startswith(PART.match(part)[1]):
                    problems.append("%s is not what its name says" % part)
    return problems


class Published:
    """A feed of edition 1 and the publishing of edition 2, with what readers see before and after."""

    def __init__(self, bench):
        self.kind = kinds.make(bench, "feed")
        self.kind.serve(1)
        self.before = os.path.join(self.kind.folder, "feed")
        self.calendar = os.path.join(self.kind.folder, "calendar-2.ics")
        self.reader = bench.new_folder()
        key = self.kind.key + ".pub"
        # A file address, because each try has a folder of its own: the reader learns it anew each time.
        self.options = lambda folder: ["--source", "file://" + folder + "/", "--key", key]
        self.kind.write("calendar-2.ics", kinds.ical(2, self.kind.numbers(2)))
        self.place = os.path.join(bench.root, "served")
        self.looks = {}
        b.shutil.copytree(self.before, self.place)
        self.reader = self.read(bench, self.place, bench.new_folder(), 1)
        self.looks["old"] = bench.look(bench.new_folder(like=self.reader), 1, ANY)
        self.n = bench.count_calls(bench.publish(self.place, self.kind.key, self.calendar, 2, watched=self.place))
        self.looks["new"] = bench.look(self.read(bench, self.place, bench.new_folder(like=self.reader), 2), 2, ANY)

    def read(self, bench, place, folder, edition):
        succeed(bench, self.kind, folder, edition, self.options(place))
        return folder


def seen(look):
    return {key: look[key] for key in ("activities", "list", "search", "records")}


def read_and_judge(bench, published, place, who, folder):
    ran = bench.sync(folder, 2, published.options(place))
    if ran.code != 0:
        return "nothing", ["a reader who %s fails: %s" % (who, ran.said)]
    look = bench.look(folder, 2, ANY)
    for edition, expected in published.looks.items():
        if seen(look) == seen(expected):
            return edition, look["wrong"]
    return "mix", look["wrong"] + ["a reader who %s sees neither edition" % who]


def strike(bench, published, at, how, file="", **crash):
    """`file`: only calls that change this file count."""
    place = bench.new_folder(like=published.before)
    ran = bench.publish(place, published.kind.key, published.calendar, 2, watched=os.path.join(place, file) if file else place,
                        at=at, how=how, **crash)
    problems = [] if ran.was_killed else ["not killed but ended with %s: %s" % (ran.code, ran.said)]
    problems += check_parts(place)
    edition, found = read_and_judge(bench, published, place, "knows nothing", bench.new_folder())
    problems += found
    # The reader who knows the last edition goes on from the same address, which a copy in its place stands for.
    problems += read_and_judge(bench, published, place, "knows the last edition", bench.new_folder(like=published.reader))[1]
    again = bench.publish(place, published.kind.key, published.calendar, 2, watched=place)
    if again.code != 0:
        problems.append("publishing again fails: %s" % again.said)
    problems += check_parts(place)
    after, found = read_and_judge(bench, published, place, "comes later", bench.new_folder())
    problems += found + ([] if after == "new" else ["publishing again does not bring the new edition"])
    problems += ["left behind: %s" % name for name in files_in(place) if UNFINISHED.search(name)]
    b.shutil.rmtree(place)
    return edition, ["%s at %s: %s" % (how, ran.struck, problem) for problem in problems]


def check_plant(bench, report, published):
    """Killed while it writes an index where readers look for it."""
    results = list(bench.workers.map(
        lambda at: strike(bench, published, at, "half", "packs/all.lykta", plant="copy-rename"), range(1, 4)))
    found = sum(edition in ("mix", "nothing") for edition, _ in results)
    report.case("publish/planted writing in place is found, %d of %d" % (found, len(results)),
                [] if found > 0 else ["a publisher that writes in place was not found out"])


def main():
    report = b.Report()
    with b.Bench(*sys.argv[1:4]) as bench:
        published = Published(bench)
        check_plant(bench, report, published)
        points = [(at, how) for how in ("kill", "half")
                  for at in b.choose(published.n, 0 if b.is_long() else SAMPLE, "publish" + how)]
        results = list(bench.workers.map(lambda point: strike(bench, published, *point), points))
        counts = {}
        for edition, _ in results:
            counts[edition] = counts.get(edition, 0) + 1
        report.case("publish/kill %d points of %d calls: readers see %s" % (len(points), published.n, ", ".join(
            "%d %s" % (count, edition) for edition, count in sorted(counts.items()))),
                    [problem for _, problems in results for problem in problems])
        published.kind.stop()
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
