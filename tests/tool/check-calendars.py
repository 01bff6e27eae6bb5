#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares `lyktactl list` with calendars that calendar_maker.py has invented.

usage: check-calendars.py LYKTACTL [SEED]

Without SEED the same calendars each time, but about today. A difference is printed with the event's own lines.
"""
import datetime as dt
import json
import math
import os
import subprocess
import sys
import tempfile

from calendar_maker import HOME, UTC, WORDS, Calendar

TOOL = sys.argv[1]
SEED = sys.argv[2] if len(sys.argv) > 2 else "lykta"
N_CALENDARS, N_EVENTS = 8, 50
problems = []


def complain(text):
    problems.append(text)
    if len(problems) <= 20:
        print("not ok: " + text)


def run(folder, *words):
    result = subprocess.run([TOOL, words[0], "--json", "--data-dir", folder, *words[1:]], capture_output=True, timeout=60)
    if result.returncode:
        complain("%s gave %d: %s" % (" ".join(words), result.returncode, result.stderr.decode()))
        return []
    return json.loads(result.stdout)


def key(date):
    """A moved date may come to stand on another one of its series."""
    return (date.event.uid, date.start, date.original)


def expected(events, first, days):
    """Dates that touch the days; those already ended when they begin do not count."""
    begin = dt.datetime.combine(first, dt.time(), HOME).astimezone(UTC)
    end = dt.datetime.combine(first + dt.timedelta(days=days), dt.time(), HOME).astimezone(UTC)
    out = {}
    for event in events:
        for date in event.dates(first + dt.timedelta(days=days)):
            last = date.end if date.end is not None else date.start + event.length
            if date.start < end and (last > begin or date.start >= begin):
                out[key(date)] = date
    return out


def moment(text):
    return dt.datetime.fromisoformat(text).astimezone(UTC)


def compare(what, rows, wanted):
    """Same dates, nothing twice, in order."""
    seen = {}
    previous = None
    for row in rows:
        name = (row["id"], moment(row["start"]), moment(row["original_start"]))
        if name in seen:
            complain("%s: %s twice at %s" % (what, *name[:2]))
        seen[name] = row
        if previous is not None and name[1] < previous:
            complain("%s: %s out of order" % (what, row["id"]))
        previous = name[1]
    for name in sorted(set(wanted) - set(seen)):
        complain("%s: missing %s at %s\n%s" % (what, *name[:2], lines_of(wanted[name].event)))
    for name in sorted(set(seen) - set(wanted)):
        event = EVENTS.get(name[0])
        complain("%s: unexpected %s at %s\n%s" % (what, *name[:2], lines_of(event) if event else ""))
    for name in set(seen) & set(wanted):
        compare_row(what, seen[name], wanted[name])


def compare_row(what, row, date):
    event = date.event
    pairs = [("status", row["status"], date.status), ("all_day", row["all_day"], event.is_all_day),
             ("purposes", set(row["purposes"]), event.purposes)]
    if date.end is not None:
        pairs.append(("end", moment(row["end"] or row["start"]), date.end))
    if event.is_women:
        pairs.append(("audience", row["audience"], "women"))
    if event.has_childcare:
        pairs.append(("childcare", row["childcare"], True))
    if event.titles:
        pairs.append(("title", row["title"], event.titles.get(row["title_language"])))
    for field, found, wanted in pairs:
        if found != wanted:
            complain("%s: %s of %s at %s is %s, not %s\n%s"
                     % (what, field, event.uid, date.start, found, wanted, lines_of(event)))


def lines_of(event):
    return "\n".join("    " + line for part in event.lines() for line in part)


def kilometres(a, b):
    rad = [math.radians(x) for x in (*a, *b)]
    h = math.sin((rad[2] - rad[0]) / 2) ** 2 + math.cos(rad[0]) * math.cos(rad[2]) * math.sin((rad[3] - rad[1]) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def check_periods(folder, events, today):
    for offset, days in [(0, 1), (0, 7), (0, 60), (-30, 40), (30, 300), (300, 90), (395, 60), (700, 30), (-400, 60), (-3000, 20),
                         (3000, 20), (420, 21), (-33, 4)]:
        first = today + dt.timedelta(days=offset)
        rows = run(folder, "list", "--from", str(first), "--days", str(days))
        compare("%s for %d days" % (first, days), rows, expected(events, first, days))
    year = today.year
    for month in (3, 10):  # the two days that are not 24 hours long, last year, this year and next
        for y in (year - 1, year, year + 1):
            last = max(d for d in range(25, 32) if dt.date(y, month, d).weekday() == 6)
            first = dt.date(y, month, last)
            compare("change of clock %s" % first, run(folder, "list", "--from", str(first), "--days", "1"),
                    expected(events, first, 1))


def check_filters(folder, events, today):
    first, days = today - dt.timedelta(days=20), 120
    period = ["--from", str(first), "--days", str(days)]
    wanted = expected(events, first, days)

    def check(words, test):
        compare(" ".join(words), run(folder, "list", *period, *words),
                {name: date for name, date in wanted.items() if test(date.event)})

    for purpose in ("swedish", "society", "work", "health"):
        check(["--purpose", purpose], lambda e: purpose in e.purposes)
    check(["--purpose", "work", "--purpose", "health"], lambda e: e.purposes & {"work", "health"})
    check(["--women"], lambda e: e.is_women)
    check(["--childcare"], lambda e: e.has_childcare)
    check(["--online"], lambda e: e.is_online)
    check(["--women", "--childcare", "--purpose", "swedish"],
          lambda e: e.is_women and e.has_childcare and "swedish" in e.purposes)
    for here, within in [((59.33, 18.07), 3), ((59.33, 18.07), 80), ((57.7, 12.0), 250), ((65.0, 22.0), 1)]:
        words = ["--near", "%g,%g" % here, "--within", str(within)]
        check(words, lambda e: e.place and kilometres(here, e.place[1:]) <= within)
        for row in run(folder, "list", *period, *words, "--limit", "40"):
            event = EVENTS[row["id"]]
            if abs(row["distance_km"] - kilometres(here, event.place[1:])) > 0.02 * row["distance_km"] + 0.11:
                complain("%s: distance of %s is %s" % (words, event.uid, row["distance_km"]))
    for groups in WORDS.values():
        for title, ways in groups:
            for way in [title] + ways:
                check(["--search", way], lambda e: title in e.found_by)
    check(["--search", "sprakcafe", "--women"], lambda e: "Språkcafé" in e.found_by and e.is_women)
    check(["--search", "zzzzz"], lambda e: False)


def check_limits(folder, today):
    period = ["--from", str(today), "--days", "60"]
    everything = run(folder, "list", *period)
    for limit in (0, 1, 7, 49, 50, 51, 100000):
        if run(folder, "list", *period, "--limit", str(limit)) != everything[:limit]:
            complain("--limit %d is not the beginning of the list" % limit)
    for language in ("sv", "en", "ar", "fa", "uk", "ru", "ti", "prs", "so"):
        for row in run(folder, "list", *period, "--lang", language):
            titles = EVENTS[row["id"]].titles
            if language in titles and row["title_language"] != language:
                complain("--lang %s: %s is in %s" % (language, row["id"], row["title_language"]))
            if titles and titles.get(row["title_language"]) != row["title"]:
                complain("--lang %s: %s has the title %s in %s" % (language, row["id"], row["title"], row["title_language"]))


def main():
    now = dt.datetime.now(UTC)
    today = now.astimezone(HOME).date()
    calendars = [Calendar(SEED, number, N_EVENTS, now) for number in range(N_CALENDARS)]
    events = [event for one in calendars for event in one.events]
    EVENTS.update((event.uid, event) for event in events)
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "data")
        words = []
        for number, one in enumerate(calendars):
            path = os.path.join(top, "calendar-%d.ics" % number)
            with open(path, "wb") as file:
                file.write(one.data)
            words += ["--source", path]
        report = run(folder, "sync", *words)
        for source, one in zip(report["sources"] if report else [], calendars):
            if (source["activities"], source["quarantined"]) != (len(one.events), 0):
                complain("%s: %s activities, %s quarantined" % (source["address"], source["activities"], source["quarantined"]))
        check_periods(folder, events, today)
        check_filters(folder, events, today)
        check_limits(folder, today)
    print("%d events in %d calendars, %d problems" % (len(events), len(calendars), len(problems)))
    return 1 if problems else 0


EVENTS = {}
sys.exit(main())
