# SPDX-License-Identifier: GPL-3.0-or-later
"""What refreshes cost on the wire, beside the least that they can cost and beside others."""
import gzip
import json
import pathlib
import shutil
import subprocess
import sys

import network

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "feed"))
import second_lykta_feed as second  # noqa: E402

FEW = "sv,ar"
FEED = f"https://{network.SERVER_ADDRESS}/feed/"


def say(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, **options).stdout


def number(value):
    return f"{value:,.0f}"


class Bench:
    """What all rows share: the programs, a folder, certificates, and a key to sign with."""

    def __init__(self, build, work, table):
        self.build, self.work, self.table = build, work, table
        self.tool = build / "app/lyktactl"
        self.www = work / "www"
        self.www.mkdir()
        network.make_certificates(work)
        self.key = say(self.tool, "publish", "--new-key", work / "key").decode().split()[-1]
        self.address = f"{FEED}#{self.key}"

    def calendar(self, count, day=0, share=0.0, edits=0, tags=None):
        """@tags: fewer languages mean fewer packs, and the pack that is measured is the same."""
        path = self.work / f"{count}-{share}-{edits}-{day}-{tags}.ics"
        if not path.exists():
            words = ["--rich", "--day", day, "--share", share, "--edits", edits]
            words += ["--tags", tags] if tags else []
            say(HERE / "make-calendar.py", count, path, *words)
        return path

    def publish(self, calendar, level, *words):
        """Into the folder that the web server shows."""
        say(self.tool, "publish", "--out", self.www / "feed", "--key", self.work / "key", "--level", level, *words, calendar)

    def clear(self):
        shutil.rmtree(self.www / "feed", ignore_errors=True)

    def client(self, cable, name):
        return network.Client(self.build, cable.client, self.work / name, self.work / "root.pem")

    def bare(self, cable, path, protocol, etag):
        """Bytes of a handshake and one answer, with nothing of ours."""
        with cable.count() as bytes_:
            say(*cable.client, self.build / "tests/bench/bare-handshake", self.work / "root.pem",
                network.SERVER_ADDRESS, 443, path, etag, protocol)
        return bytes_["total"]

    def measure(self, wanted):
        for name in wanted or USUAL:
            PARTS[name](self)

    def etag(self, cable, path):
        head = say(*cable.client, "curl", "-sI", "--http1.1", "--cacert", self.work / "root.pem",
                   f"https://{network.SERVER_ADDRESS}{path}").decode()
        return next(line.split(": ", 1)[1].strip() for line in head.splitlines() if line.lower().startswith("etag:"))


def part(folder, described, suffix="zst"):
    return (folder / "parts" / f"{described['hash']}.{suffix}").read_bytes()


def read_index(folder, pack):
    """The index of a pack and its catalogue."""
    index = json.loads((folder / "packs" / f"{pack}.json").read_text())
    return index, json.loads(gzip.decompress(part(folder, index["catalogue"], "gz")))


def expect(answer, outcome):
    if answer["outcome"] != outcome:
        raise SystemExit(f"run.py: {answer['outcome']} instead of {outcome}: {answer['detail']}")
    return answer


def first_read(bench, cable, name, languages, address=None):
    """A store that is up to date with what is published."""
    with bench.client(cable, name) as client:
        client.tell(f"languages {languages}")
        client.tell(f"source {address or bench.address}")
        return expect(client.tell("run"), "updated")


def measure_cold(bench, cable, server, name, outcome):
    """One refresh by a process that has no connection yet, from its start to its end."""
    requests = network.count_requests(server)
    with cable.count() as bytes_, bench.client(cable, name) as client:
        answer = expect(client.tell("run"), outcome)
    return bytes_["total"], network.count_requests(server) - requests, answer


def measure_unchanged(bench):
    """Asking when nothing is new, with and without a connection that is still open."""
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        bench.clear()
        bench.publish(bench.calendar(500, tags=FEW), 3)
        path = "/feed/packs/ar.lykta"
        etag = bench.etag(cable, path)
        bare = {name: bench.bare(cable, path, name, etag) for name in ("h2", "http/1.1")}
        first_read(bench, cable, "unchanged", "sv ar")
        cold, cold_requests, answer = measure_cold(bench, cable, server, "unchanged", "unchanged")
        with bench.client(cable, "unchanged") as client:
            client.tell("run")
            requests = network.count_requests(server)
            with cable.count() as warm:
                expect(client.tell("run"), "unchanged")
            warm_requests = network.count_requests(server) - requests
    bench.table(
        "Nothing changed, Lykta feed over HTTPS (bytes both ways, with the headers of IP and TCP)",
        [
            ("", "bytes", "requests", "bar"),
            ("bare TLS handshake and a 304 over HTTP/2", number(bare["h2"]), 1, ""),
            ("the same over HTTP/1.1", number(bare["http/1.1"]), 1, ""),
            ("Lykta, no connection yet", number(cold), cold_requests,
             f"{cold / bare['h2']:.3f} × bare HTTP/2 (≤ 1.05), {cold / bare['http/1.1']:.3f} × bare HTTP/1.1"),
            ("Lykta's own count of the same", number(answer["wire"]), "", ""),
            ("Lykta, on a connection that is open", number(warm["total"]), warm_requests, "1 request, ≤ 400 bytes"),
        ],
    )


def measure_small_day(bench):
    """10 of 10,000 activities changed, one language and Swedish."""
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        bench.clear()
        bench.publish(bench.calendar(10000, tags=FEW), 3)
        first_read(bench, cable, "small", "sv ar")
        bench.publish(bench.calendar(10000, day=1, edits=10, tags=FEW), 19)
        path = "/feed/packs/ar.lykta"
        bare = bench.bare(cable, path, "h2", bench.etag(cable, path))
        delta = read_index(bench.www / "feed", "ar")[0]["deltas"][-1]
        total, requests, _ = measure_cold(bench, cable, server, "small", "updated")
    peer = len(gzip.compress(bench.calendar(10000, day=1, edits=10).read_bytes(), 6))
    bench.table(
        "10 of 10,000 activities changed, Swedish and Arabic, no connection yet",
        [
            ("", "bytes", "requests", "bar"),
            ("bare TLS handshake and a 304", number(bare), 1, ""),
            ("Lykta", number(total), requests, "≤ 2 requests"),
            ("Lykta above the handshake", number(total - bare), "", "≤ 3,000"),
            ("the delta itself", number(delta["bytes"]), "", ""),
            ("webcal, gzip -6 of the whole calendar, body alone", number(peer), 1, f"{peer / total:.0f} × more"),
        ],
    )


def binary_differences(work, old, new):
    """The best that knows nothing of calendars, and which it was; what is not installed is left out."""
    results = {}
    window = max(10, (old.stat().st_size + new.stat().st_size).bit_length())
    out = work / "difference"
    commands = {
        "zstd -19 --patch-from": ["zstd", "-qf", "-19", "--single-thread", f"--long={min(window, 31)}",
                                  f"--patch-from={old}", new, "-o", out],
        "xdelta3 -9": ["xdelta3", "-9", "-f", "-B", str(1 << (window - 1)), "-e", "-s", old, new, out],
        "bsdiff": ["bsdiff", old, new, out],
    }
    for name, command in commands.items():
        if shutil.which(command[0]) is None:
            continue
        say("nice", *command)
        results[name] = out.stat().st_size
    return results


def whole(folder, catalogue):
    """Records of a pack's newest state and of the one before its last delta."""
    plain = second.read_columns(second.unzstd(part(folder, catalogue["snapshot"])))
    old = {json.loads(line)["identifier"]: line for line in plain.split(b"\n")[:-1]}
    lines = second.unpack_delta(old, part(folder, catalogue["deltas"][-1]))
    return old, second.apply_delta(old, lines)


def measure_day(bench, cable, server, count, share, rows):
    """One day at a size and a share: both packs, payload and wire."""
    bench.clear()
    calendar = {day: bench.calendar(count, day=day, share=share) for day in (0, 1)}
    bench.publish(calendar[0], 9)
    packs = {"all": "all", "ar": "sv ar"}
    for pack, languages in packs.items():
        languages = languages if pack != "all" else "sv en ar fa prs ps"
        first_read(bench, cable, f"day-{count}-{share}-{pack}", languages)
    bench.publish(calendar[1], 19)
    peer = len(gzip.compress(calendar[1].read_bytes(), 6))
    for pack in packs:
        index, catalogue = read_index(bench.www / "feed", pack)
        total, requests, _ = measure_cold(bench, cable, server, f"day-{count}-{share}-{pack}", "updated")
        for name, records in zip(("old", "new"), whole(bench.www / "feed", catalogue)):
            (bench.work / name).write_bytes(b"".join(records[key] + b"\n" for key in sorted(records, key=str.encode)))
        best = binary_differences(bench.work, bench.work / "old", bench.work / "new")
        limit = min(best, key=best.get)
        delta = index["deltas"][-1]["bytes"]
        rows.append((number(count), f"{share:.1%}", "all" if pack == "all" else "sv+ar", number(delta),
                     number(best[limit]), limit, f"{delta / best[limit]:.2f}", number(total), requests,
                     number(peer), f"{peer / total:.0f}"))
    for path in calendar.values():
        path.unlink()


def measure_days(bench, sizes):
    rows = [("activities", "changed", "pack", "delta", "best difference", "by", "ratio (≤ 1.1)", "on the wire",
             "requests", "webcal gzip -6", "times less (≥ 200)")]
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        for count in sizes:
            for share in (0.005, 0.02):
                measure_day(bench, cable, server, count, share, rows)
    bench.table("One day of changes, no connection yet (bytes)", rows)


def measure_first(bench, count):
    """A first refresh in Swedish and Arabic, beside brotli of the same records."""
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        bench.clear()
        calendar = bench.calendar(count)
        bench.publish(bench.calendar(count, tags=FEW), 19)
        path = "/feed/packs/ar.lykta"
        bare = bench.bare(cable, path, "h2", bench.etag(cable, path))
        network.count_requests(server)
        before = len(server["log"].read_text().splitlines())
        with cable.count() as bytes_, bench.client(cable, "first") as client:
            for line in ("languages sv ar", "county 01", f"source {bench.address}"):
                client.tell(line)
            answer = expect(client.tell("run"), "updated")
        network.count_requests(server)
        asked = [line.split() for line in server["log"].read_text().splitlines()[before:]]
    index, catalogue = read_index(bench.www / "feed", "ar")
    records = second.read_columns(second.unzstd(part(bench.www / "feed", catalogue["snapshot"])))
    (bench.work / "records").write_bytes(records)
    brotli = len(say("brotli", "-c", "-q", "11", "--lgwin=24", bench.work / "records")) if shutil.which("brotli") else 0
    payload = catalogue["snapshot"]["bytes"]
    near = catalogue["first"].get("01", {}).get("bytes", 0)
    # What was answered before the request for the snapshot is all that a first screen needs.
    until = next((place for place, line in enumerate(asked) if catalogue["snapshot"]["hash"] in line[3]), 0)
    screen = bare + sum(int(line[1]) for line in asked[1:until])
    rows = [
        ("", "bytes", "bar"),
        (f"the {number(count)} records", number(len(records)), ""),
        ("brotli -11 of them", number(brotli) if brotli else "brotli is missing", ""),
        ("snapshot", number(payload), f"{payload / brotli:.3f} × brotli (≤ 1.0)" if brotli else ""),
        (f"on the wire, {len(asked)} requests", number(bytes_["total"]), f"{bytes_['total'] / brotli:.2f} × brotli" if brotli else ""),
        ("first part, of Stockholm's county", number(near), ""),
        (f"on the wire before the snapshot is asked for, {until} requests", number(screen), "first screen ≤ 100,000"),
        ("read in", f"{answer['seconds']:.1f} s", ""),
        ("webcal, gzip -6", number(len(gzip.compress(calendar.read_bytes(), 6))), ""),
    ]
    bench.table(f"First refresh, {number(count)} activities, Swedish and Arabic", rows)


PARTS = {
    "unchanged": lambda bench: measure_unchanged(bench),
    "small": lambda bench: measure_small_day(bench),
    "days": lambda bench: measure_days(bench, (5000, 20000)),
    "days-5000": lambda bench: measure_days(bench, (5000,)),
    "days-20000": lambda bench: measure_days(bench, (20000,)),
    "first": lambda bench: measure_first(bench, 5000),
}
USUAL = ("unchanged", "small", "days-5000", "first")
