# SPDX-License-Identifier: GPL-3.0-or-later
"""lyktactl publish and sync from the outside: a feed behind a real nginx, read, changed, read again, held to
minisign, to gzip, and to what the access log says was asked for."""

import datetime
import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time

LYKTACTL = sys.argv[1]
COUNT = 400
TOWNS = ["Uppsala", "Umeå", "Malmö"]
failures = []


def check(what, is_so, detail=""):
    print(("ok " if is_so else "not ok ") + what + ("" if is_so else f": {detail}"))
    if not is_so:
        failures.append(what)


def run(*words, expected=0):
    done = subprocess.run([LYKTACTL, *map(str, words)], capture_output=True, timeout=100, check=False)
    check(f"{words[0]} gives {expected}", done.returncode == expected, (words, done.returncode, done.stderr.decode()))
    return done.stdout.decode()


def calendar(changed):
    """@changed of the activities have another title."""
    rng = random.Random(7)
    start = datetime.date.today() - datetime.timedelta(days=7)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lykta//check-feed//EN"]
    for number in range(COUNT):
        day = start + datetime.timedelta(days=number % 7)
        title = "Promenad" if number % 40 < changed // 10 else "Språkcafé"
        words = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz ", k=200))
        lines += [
            "BEGIN:VEVENT", f"UID:{number:04d}@feed.invalid", "DTSTAMP:20260101T000000Z",
            f"DTSTART;TZID=Europe/Stockholm:{day:%Y%m%d}T180000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=20",
            f"SUMMARY:{title} {number}", f"DESCRIPTION:{words[:60]}", f" {words[60:]}",
            f"LOCATION:Huset\\, Gatan {number}\\, {TOWNS[number % 3]}", "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


class Nginx:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        own = folder / "nginx"
        own.mkdir()
        self.log = own / "access.log"
        temporary = "".join(f"{kind}_temp_path {own}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (own / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {own}/pid; error_log {own}/error.log; events {{}}\n"
            f"http {{ {temporary} log_format short '$status $bytes_sent $uri'; access_log {self.log} short;\n"
            f"server {{ listen 127.0.0.1:{self.port}; root {folder}/www; }} }}\n"
        )
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([program, "-e", f"{own}/error.log", "-c", f"{own}/nginx.conf"])
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.02)
        self.log.write_text("")

    def asked(self):
        """What was asked for since the last time."""
        lines = [line.split(" ", 2) for line in self.log.read_text().splitlines()]
        os.truncate(self.log, 0)
        return [(int(status), int(size), path) for status, size, path in lines]


def publish(folder, changed, *more):
    (folder / "calendar.ics").write_text(calendar(changed))
    words = ["--out", folder / "www/feed", "--key", folder / "key", "--level", "9", *more, folder / "calendar.ics"]
    return json.loads(run("publish", "--json", *words))


def sync(folder, data, *words):
    report = json.loads(run("sync", "--json", "--data-dir", folder / data, *words))
    return report["sources"][0] if "sources" in report else report


def titles(folder, data):
    listed = json.loads(run("list", "--json", "--data-dir", folder / data, "--limit", "20000"))
    return sorted({(date["id"], date["title"]) for date in listed})


def check_files(folder, key):
    """What somebody sees who has the key and the tools of the system."""
    for name in ("index", "packs/all", "packs/sv"):
        page = folder / "www/feed" / f"{name}.json"
        done = subprocess.run(["minisign", "-V", "-q", "-P", key, "-m", page], capture_output=True, check=False)
        check(f"minisign believes {name}.json", done.returncode == 0, done.stderr)
    index = json.loads((folder / "www/feed/packs/all.json").read_text())
    parts = folder / "www/feed/parts"
    catalogue = json.loads(gzip.decompress((parts / (index["catalogue"]["hash"] + ".gz")).read_bytes()))
    plain = catalogue["snapshot"]["gzip"]
    packed = (parts / (plain["hash"] + ".gz")).read_bytes()
    check("a part is named after what it is", hashlib.sha256(packed).hexdigest() == plain["hash"])
    text = subprocess.run(["gzip", "-dc"], input=packed, capture_output=True, check=True).stdout
    records = [json.loads(line) for line in text.splitlines()]
    check("a plain client finds all records", len(records) == COUNT and len(text) == plain["raw"], len(records))
    lines = [f"{hashlib.sha256(line).hexdigest()}  {record['identifier']}\n" for line, record in zip(text.splitlines(), records)]
    state = hashlib.sha256("".join(lines).encode()).hexdigest()
    check("and they are the state of the snapshot", state == catalogue["snapshot"]["state"])
    check("there is something to show first", {"", "03", "12", "24"} <= set(catalogue["first"]), list(catalogue["first"]))
    check("the index is small", (folder / "www/feed/packs/all.lykta").stat().st_size < 1200)


def check_refresh(folder, server, address):
    first = sync(folder, "data", "--source", address, "--county", "Uppsala")
    asked = server.asked()
    check("the first refresh works", first["outcome"] == "updated", first)
    check("it asks for index, catalogue, beginning, snapshot", [status for status, _, _ in asked] == [200] * 4, asked)
    check("the first screen costs little", sum(size for _, size, _ in asked[:3]) < 100_000, asked)
    check("nothing new is one question", sync(folder, "data")["outcome"] == "unchanged")
    asked = server.asked()
    check("answered in a few bytes", len(asked) == 1 and asked[0][0] == 304 and asked[0][1] < 250, asked)
    before = titles(folder, "data")

    publish(folder, 10)
    changed = sync(folder, "data")
    asked = server.asked()
    check("changes are taken", changed["outcome"] == "updated", changed)
    check("ten changes are two questions", len(asked) == 2 and [a[0] for a in asked] == [200, 200], asked)
    check("and less than three kilobytes", sum(size for _, size, _ in asked) < 3000, asked)
    after = titles(folder, "data")
    check("ten titles are new", len(set(after) - set(before)) == 10, len(set(after) - set(before)))

    sync(folder, "newcomer", "--source", address)
    check("a newcomer sees the same", titles(folder, "newcomer") == after)
    server.asked()

    for day in range(2, 8):
        publish(folder, 10 * day)
    sync(folder, "data")
    asked = server.asked()
    check("a week away is the catalogue more", len(asked) == 2 + 6, asked)
    sync(folder, "newcomer")
    server.asked()
    check("both ways lead to the same", titles(folder, "data") == titles(folder, "newcomer"))


def main(folder):
    (folder / "www").mkdir()
    key = run("publish", "--new-key", folder / "key").strip()
    check("the secret key is its owner's alone", (folder / "key").stat().st_mode & 0o077 == 0)
    run("publish", "--new-key", folder / "key", expected=4)
    published = publish(folder, 0)
    check("everything is published", published["activities"] == COUNT, published)
    check_files(folder, key)
    names = sorted(path.name for path in (folder / "www/feed").rglob("*"))
    again = publish(folder, 0)
    check("nothing new writes nothing", again["changed"] == again["renewed"] == 0, again)
    check("and leaves every file", names == sorted(path.name for path in (folder / "www/feed").rglob("*")))
    run("publish", "--out", folder / "www/feed", "--key", folder / "key", "--next-key", "RWnonsense", expected=4)

    run("publish", "--out", folder / "www/feed", "--key", folder / "key", "--attach", f"trust={folder}/key.pub", expected=4)
    run("publish", "--out", folder / "www/feed", "--key", folder / "key", "--attach", "photo=x", expected=4)

    server = Nginx(folder)
    try:
        check_refresh(folder, server, f"http://127.0.0.1:{server.port}/feed/#{key}")
    finally:
        server.process.terminate()
        server.process.wait()

    run("publish", "--new-key", folder / "next")
    renewed = publish(folder, 70, "--next-key", folder / "next.pub")
    check("a new key is announced at once", renewed["renewed"] > 0, renewed)
    index = json.loads((folder / "www/feed/packs/all.json").read_text())
    check("by its line", index["next-key"] in (folder / "next.pub").read_text(), index)
    local = sync(folder, "local", "--source", folder / "www/feed", "--key", folder / "key.pub")
    check("a folder is as good as a server", local["outcome"] == "updated", local)


missing = [program for program in ("minisign",) if shutil.which(program) is None]
if not shutil.which("nginx") and not pathlib.Path("/usr/sbin/nginx").exists():
    missing.append("nginx")
if missing:
    print("skipped: no such command:", *missing)
    sys.exit(77)
with tempfile.TemporaryDirectory() as name:
    main(pathlib.Path(name))
sys.exit(1 if failures else 0)
