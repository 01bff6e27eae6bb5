# SPDX-License-Identifier: GPL-3.0-or-later
"""What refreshes cost this machine: taking in calendars beside evolution-data-server, deltas beside
whole calendars, memory, the main loop, and input that was made to hurt."""
import pathlib
import shutil
import statistics
import subprocess
import sys

import figures_wire
import network

HERE = pathlib.Path(__file__).resolve().parent


def number(value):
    return f"{value:,.0f}"


def fresh(build, folder, address, languages="sv en ar", commands=("run",)):
    """A store of its own that reads @address; the answers to @commands."""
    shutil.rmtree(folder, ignore_errors=True)
    with network.Client(build, [], folder) as client:
        client.tell(f"languages {languages}")
        client.tell(f"source {address}")
        return [client.tell(command) for command in commands]


def make_calendar(path, count, *words):
    figures_wire.say(HERE / "make-calendar.py", count, path, "--rich", *words)
    return path


# ---------------------------------------------------------------- beside evolution-data-server


def measure_ingest(build, work, table, nginx, eds_environment, sizes=(5000, 20000), runs=2):
    peer = build / "tests/bench/eds-peer"
    www = work / "ingest"
    www.mkdir()
    rows = [("activities", "MB", "Lykta lists after", "search complete", "evolution-data-server", "listed", "complete")]
    for count in sizes:
        calendar = make_calendar(www / f"{count}.ics", count)
        listed, complete, theirs = [], [], []
        with nginx(www, work) as port:
            address = f"http://127.0.0.1:{port}/{calendar.name}"
            for run in range(runs):
                answer = figures_wire.expect(fresh(build, work / "ingest-store", address)[0], "updated")
                listed.append(answer["listed"])
                complete.append(answer["seconds"])
                if peer.exists() and shutil.which("dbus-run-session"):
                    home = work / f"ingest-eds-{count}-{run}"
                    out = figures_wire.say("dbus-run-session", "--", peer, address, count, env=eds_environment(home))
                    theirs.append(float(out.split()[0]))
                    shutil.rmtree(home, ignore_errors=True)
        ours = statistics.median(listed), statistics.median(complete)
        eds = statistics.median(theirs) if theirs else None
        rows.append((number(count), f"{calendar.stat().st_size / 1e6:.0f}", f"{ours[0]:.2f} s", f"{ours[1]:.2f} s",
                     f"{eds:.1f} s" if eds else "not measured: libecal2.0-dev is missing",
                     f"{eds / ours[0]:.1f} × (≥ 12)" if eds else "", f"{eds / ours[1]:.1f} × (≥ 5)" if eds else ""))
        calendar.unlink()
    table(f"First ingest from the same web server, up to 15 languages, {runs} runs", rows)


# ---------------------------------------------------------------- deltas beside the whole


def measure_apply(build, work, table, count=20000):
    tool = build / "app/lyktactl"
    folder = work / "apply"
    folder.mkdir()
    key = figures_wire.say(tool, "publish", "--new-key", folder / "key").decode().split()[-1]
    rows = [(f"{number(count)} activities, Swedish and Arabic", "seconds", "processor", "faster", "main loop held up, longest", "a page, longest")]
    for share, bar in ((0.02, 12), (0.005, 40)):
        feed = folder / f"feed-{share}"

        def publish(day, level):
            path = make_calendar(folder / "day.ics", count, "--day", day, "--share", share, "--tags", figures_wire.FEW)
            figures_wire.say(tool, "publish", "--out", feed, "--key", folder / "key", "--level", level, path)

        publish(0, 3)
        address = f"{feed.as_uri()}/#{key}"
        whole, idle = fresh(build, folder / "store", address, "sv ar", ("run", "idle"))
        figures_wire.expect(whole, "updated")
        publish(1, 12)
        with network.Client(build, [], folder / "store") as client:
            delta = figures_wire.expect(client.tell("run"), "updated")
        name = f"{share:.1%} changed"
        for label, answer, faster in (
            ("whole calendar", whole, ""),
            (name, delta, f"{whole['seconds'] / delta['seconds']:.0f} × (≥ {bar}), processor {whole['cpu'] / delta['cpu']:.0f} ×"),
            ("nothing at all", idle, ""),
        ):
            rows.append((label, f"{answer['seconds']:.3f}", f"{answer['cpu']:.3f}", faster,
                         f"{answer['blocked']:.1f} ms" + (" (≤ 16)" if label == name else ""), f"{answer['page']:.2f} ms"))
    table("Applying a delta beside taking in the whole", rows)


# ---------------------------------------------------------------- memory


def measure_memory(build, work, table, count=26000):
    path = make_calendar(work / "large.ics", count)
    answer = figures_wire.expect(fresh(build, work / "memory-store", path.as_uri())[0], "updated")
    table("Memory for a large calendar file", [
        ("", "", "bar"),
        ("file", f"{path.stat().st_size / 1e6:.0f} MB", ""),
        ("before", f"{answer['idle_kb'] / 1024:.0f} MB", ""),
        ("highest while it was read", f"{answer['memory_kb'] / 1024:.0f} MB", ""),
        ("above", f"{(answer['memory_kb'] - answer['idle_kb']) / 1024:.0f} MB", "≤ 64 MB"),
        ("seconds", f"{answer['seconds']:.1f}", ""),
    ])


# ---------------------------------------------------------------- input that was made to hurt

LIMIT = 1000000


def calendar_of(*events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def event(number_, *lines):
    body = "".join(line + "\r\n" for line in lines)
    return f"BEGIN:VEVENT\r\nUID:{number_}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20261201T100000Z\r\n{body}END:VEVENT\r\n"


def many(make, start=b"", end=b""):
    """As many of what @make gives as fit."""
    out, size, number_ = [], len(start) + len(end), 0
    while True:
        piece = make(number_).encode()
        if size + len(piece) > LIMIT:
            return start + b"".join(out) + end
        out.append(piece)
        size += len(piece)
        number_ += 1


def events_with(*lines):
    return many(lambda n: event(n, *lines), b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n")


def hostile_inputs():
    filler = LIMIT - 400
    numbers = ",".join(str(n) for n in range(60))
    zone = ("BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\n"
            "TZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
    yield "a rule that never comes true", "ics", calendar_of(event(1, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"))
    yield "seconds since 1970", "ics", calendar_of(event(1, "RRULE:FREQ=SECONDLY").replace("20261201", "19700101"))
    yield "a time zone of seconds", "ics", calendar_of(zone, event(1).replace("DTSTART:", "DTSTART;TZID=X:"))
    yield "every hour, minute and second", "ics", calendar_of(event(
        1, f"RRULE:FREQ=YEARLY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={numbers};BYSECOND={numbers}"))
    yield "thousands of daily series", "ics", events_with("RRULE:FREQ=DAILY", "SUMMARY:x")
    yield "thousands of series that never come true", "ics", events_with("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    yield "thousands of impossible weekdays", "ics", events_with("RRULE:FREQ=MONTHLY;BYDAY=5MO,-5MO;BYMONTHDAY=1;BYMONTH=2")
    yield "one long line", "ics", calendar_of(event(1, "DESCRIPTION:" + "x" * filler))
    yield "one line in a million folds", "ics", calendar_of(event(1, "DESCRIPTION:" + "\r\n x" * (filler // 4)))
    yield "nothing but properties", "ics", calendar_of(event(1, *["X:1"] * (filler // 5)))
    yield "nothing but parameters", "ics", calendar_of(event(1, "SUMMARY" + ";A=1" * (filler // 4) + ":x"))
    yield "nothing but exceptions", "ics", calendar_of(event(
        1, "RRULE:FREQ=DAILY", "EXDATE:" + ",".join(["20261202T100000Z"] * (filler // 17))))
    yield "nothing but added dates", "ics", calendar_of(event(1, "RDATE:" + ",".join(["20261202T100000Z"] * (filler // 17))))
    yield "components inside components", "ics", b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * (LIMIT // 14 - 2)
    yield "overrides of one series", "ics", many(
        lambda n: event(1, f"RECURRENCE-ID:2026120{n % 9 + 1}T{n % 24:02d}0000Z", "SUMMARY:x"),
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n")
    yield "the same uid again and again", "ics", many(lambda n: event("same"), b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n")
    yield "a text in thousands of languages", "ics", calendar_of(event(
        1, *[f"SUMMARY;LANGUAGE=x{n}:a" for n in range(filler // 26)]))
    yield "bytes of chance", "ics", b"BEGIN:VCALENDAR\r\n" + network.random.Random(1).randbytes(LIMIT - 20)
    yield "brackets", "json", b'{"@context":"https://schema.org","@graph":' + b"[" * (LIMIT - 50)
    yield "braces", "json", b'{"@context":"https://schema.org","x":' + b'{"a":' * (LIMIT // 5 - 10)
    yield "one long string", "json", b'{"@type":"Event","name":"' + b"x" * (LIMIT - 60) + b'"}'
    yield "nothing but escapes", "json", b'{"@type":"Event","name":"' + b"\\u0041" * (LIMIT // 6 - 10) + b'"}'
    yield "nothing but members", "json", b'{"@type":"Event",' + b'"a":1,' * (LIMIT // 6 - 10) + b'"b":1}'
    yield "a long number", "json", b'{"@type":"Event","name":' + b"9" * (LIMIT - 60) + b"}"
    yield "events of two lines", "json", many(
        lambda n: f'{{"@type":"Event","identifier":"{n}","name":"x","startDate":"2026-12-01T10:00:00Z"}},',
        b'{"@context":"https://schema.org","@graph":[', b'{}]}')
    yield "daily schedules", "json", many(
        lambda n: f'{{"@type":"Event","identifier":"{n}","name":"x","eventSchedule":{{"@type":"Schedule","startDate":'
        '"2026-12-01","startTime":"10:00:00","repeatFrequency":"P1D","scheduleTimezone":"Europe/Stockholm"}},'
        '"startDate":"2026-12-01T10:00:00Z"}},', b'{"@context":"https://schema.org","@graph":[', b'{}]}')
    yield "a page of scripts", "html", many(
        lambda n: '<script type="application/ld+json">{"@type":"Event"}</script>', b"<!doctype html><html>", b"</html>")
    yield "a page of open tags", "html", b"<!doctype html><html>" + b"<div><!--" * (LIMIT // 9 - 10)


def measure_hostile(build, work, table):
    folder = work / "hostile"
    folder.mkdir()
    results = []
    for place, (name, kind, data) in enumerate(hostile_inputs()):
        path = folder / f"{place}.{kind}"
        path.write_bytes(data)
        with network.Client(build, [], folder / f"store-{place}") as client:
            client.tell("run")  # the sample, so that what a store costs is not counted
            client.tell(f"source {path.as_uri()}")
            answer = client.tell("run")
        results.append((answer["cpu"], (answer["memory_kb"] - answer["idle_kb"]) / 1024, name, kind, len(data), answer))
    worst = sorted(results, reverse=True)[:6]
    worst += [result for result in sorted(results, key=lambda result: -result[1])[:3] if result not in worst]
    rows = [("input", "bytes", "processor (≤ 1 s)", "memory above (≤ 64 MB)", "came to")]
    for cpu, memory, name, kind, size, answer in worst:
        failure = answer["failure"] if answer["outcome"] == "failed" else f"{answer['activities']} activities"
        rows.append((f"{name} ({kind})", number(size), f"{cpu:.2f} s", f"{memory:.0f} MB", failure))
    over = [name for cpu, memory, name, *_ in results if cpu > 1 or memory > 64]
    table(f"Input made to hurt: the worst of {len(results)}, through the engine into the store; over a bar: {', '.join(over) or 'none'}", rows)
