#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `lyktactl` does when the world is not as it should be: the calendar stays as it was, one sentence is said, and the
exit code is the one of the man page.

usage: check-trouble.py LYKTACTL
"""
import datetime as dt
import http.server
import json
import os
import re
import resource
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import zlib

TOOL = sys.argv[1]
problems = []


def check(truth, text):
    if not truth:
        problems.append(text)
        print("not ok: " + text)


def event(uid, day, rest=""):
    return ("BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:%sT180000\r\nDTEND:%sT190000\r\nSUMMARY:Kör %s\r\n%sEND:VEVENT\r\n"
            % (uid, day, day, uid, rest))


def calendar(events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


SOON = (dt.date.today() + dt.timedelta(days=3)).strftime("%Y%m%d")
GOOD = calendar(event("id-%d" % i, SOON) for i in range(20))
CHANGED = calendar(event("id-%d" % i, SOON, "DESCRIPTION:%s\r\n" % ("y" * 3000)) for i in range(900))
# One event beside the others has no date and its neighbours are as they were.
ONE_BAD = GOOD.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:bad\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR")


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as its server's `mode` says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def do_GET(self):
        try:
            getattr(self, "do_" + self.server.mode)()
        except OSError:
            pass
        self.close_connection = True

    def do_good(self):
        self.answer(200, GOOD, Content_Type="text/calendar")

    def do_one_bad(self):
        self.answer(200, ONE_BAD, Content_Type="text/calendar")

    def do_not_found(self):
        self.answer(404, b"sorry")

    def do_broken(self):
        self.answer(500, GOOD, Content_Type="text/calendar")

    def do_html(self):
        self.answer(200, b"<!DOCTYPE html><html><body>Wi-Fi</body></html>", Content_Type="text/html")

    def do_html_as_calendar(self):
        self.answer(200, b"<!DOCTYPE html><html><body>Wi-Fi</body></html>", Content_Type="text/calendar")

    def do_empty(self):
        self.answer(200, b"", Content_Type="text/calendar")

    def do_cut(self):
        self.answer(200, GOOD[:900], Content_Length=str(len(GOOD)))

    def do_cut_at_event(self):
        self.answer(200, GOOD[: GOOD.index(b"BEGIN:VEVENT", 900)], Connection="close", Transfer_Encoding="identity")

    def do_gzip_bomb(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(700)) + packer.flush()
        self.answer(200, body, Content_Encoding="gzip", Content_Type="text/calendar")

    def do_endless(self):
        self.answer(200, b"", Content_Type="text/calendar", Transfer_Encoding="chunked")
        block = b"X-FILLER:" + b"y" * 200000 + b"\r\n"
        while True:
            self.wfile.write(b"%x\r\n" % len(block) + block + b"\r\n")

    def do_slow(self):
        self.answer(200, b"", Content_Length=str(len(GOOD)), Content_Type="text/calendar")
        for byte in GOOD:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(1)

    def do_loop(self):
        self.answer(302, b"", Location=self.path)

    def do_silent(self):
        time.sleep(60)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = "good"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.address = "%s://%s:%d/calendar.ics" % ("https" if certificate else "http", "127.0.0.1", self.server_address[1])
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that goes away is what is tested


class Outcome:
    def __init__(self, words, limits=None, prefix=()):
        started = time.monotonic()
        result = subprocess.run([*prefix, TOOL, *words], capture_output=True, timeout=120, preexec_fn=limits)
        self.seconds = time.monotonic() - started
        self.words, self.code = " ".join(words), result.returncode
        self.out, self.errors = result.stdout.decode(), result.stderr.decode()

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            check(False, "%s: no JSON: %r %r" % (self.words, self.out[:200], self.errors[:200]))
            return {}


def run(folder, *words, **options):
    return Outcome([words[0], "--data-dir", folder, *words[1:]], **options)


def rows(folder):
    return [(row["id"], row["start"], row["title"]) for row in run(folder, "list", "--json").json()]


def check_sentence(what, outcome):
    """Something is said, about the one source, without the chatter of libraries."""
    said = [line for line in (outcome.out + outcome.errors).splitlines() if line.strip()]
    check(said, what + ": nothing is said")
    check(len(said) <= 4, "%s: too much is said: %s" % (what, said))
    check(not re.search(r"CRITICAL|WARNING|\(process:|Traceback|assert", outcome.out + outcome.errors),
          "%s: %r" % (what, outcome.errors))


def check_failed(what, folder, before, failures=None, may_be_forgotten=False, **options):
    outcome = run(folder, "sync", "--json", **options)
    source = (outcome.json().get("sources") or [{}])[0]
    check(outcome.code == 1, "%s: exit code %d\n%s" % (what, outcome.code, outcome.errors))
    check(source.get("outcome") == "failed", "%s: outcome %s" % (what, source.get("outcome")))
    check(source.get("detail"), "%s: no detail" % what)
    if failures:
        check(source.get("failure") in failures, "%s: failure %s" % (what, source.get("failure")))
    check(rows(folder) == before, what + ": the calendar has changed")
    status = run(folder, "status", "--json")
    check(status.code == 0, what + ": status gives %d" % status.code)
    states = [s for s in status.json().get("sources", []) if s.get("failure")]
    check(states or may_be_forgotten, what + ": status knows of no failure")
    return outcome


def check_answers(top):
    """Answers that are no calendar. The slow ones run side by side."""
    cases = [("not_found", {"not-found"}), ("broken", None), ("html", None), ("html_as_calendar", {"not-a-calendar"}),
             ("empty", None), ("cut", None), ("cut_at_event", {"truncated"}), ("gzip_bomb", None), ("endless", None),
             ("loop", None), ("slow", None), ("silent", None)]

    def one(mode, failures):
        server = Server()
        folder = os.path.join(top, mode)
        first = run(folder, "sync", "--json", "--source", server.address)
        check(first.code == 0, "%s: first sync gives %d: %s" % (mode, first.code, first.errors))
        before = rows(folder)
        check(len(before) == 20, "%s: %d rows before" % (mode, len(before)))
        server.mode = mode
        outcome = check_failed(mode, folder, before, failures)
        check(outcome.seconds < 90, "%s: took %d seconds" % (mode, outcome.seconds))
        if mode not in ("slow", "silent", "endless", "gzip_bomb"):
            again = run(folder, "sync")
            check(again.code == 1, "%s without --json: %d" % (mode, again.code))
            check_sentence(mode, again)
        server.mode = "good"
        check(run(folder, "sync").code == 0, mode + ": does not recover")
        check(rows(folder) == before, mode + ": not the same afterwards")
        server.shutdown()
        server.server_close()

    threads = [threading.Thread(target=one, args=case) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def check_refused(top):
    server = Server()
    folder = os.path.join(top, "refused")
    run(folder, "sync", "--source", server.address)
    before = rows(folder)
    server.shutdown()
    server.server_close()
    check_failed("refused", folder, before)
    check_sentence("refused", run(folder, "sync"))


def check_certificate(top):
    key, certificate = os.path.join(top, "key.pem"), os.path.join(top, "certificate.pem")
    if not shutil.which("openssl"):
        print("skipped: no openssl, so no bad certificate")
        return
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = Server((certificate, key))
    folder = os.path.join(top, "tls")
    first = run(folder, "sync", "--source", server.address, "--ca-file", certificate)
    check(first.code == 0, "trusted certificate: %d %s" % (first.code, first.errors))
    before = rows(folder)
    check(len(before) == 20, "trusted certificate: %d rows" % len(before))
    check_failed("bad certificate", folder, before, {"tls", "bad-certificate", "certificate"})
    check_sentence("bad certificate", run(folder, "sync"))
    server.shutdown()
    server.server_close()


def small_files(limit):
    def apply():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return apply


def check_disk(top):
    """No room: a file may not grow. A real full disk where we may mount one."""
    path, folder = os.path.join(top, "disk.ics"), os.path.join(top, "disk")
    with open(path, "wb") as file:
        file.write(GOOD)
    run(folder, "sync", "--source", path)
    before = rows(folder)
    with open(path, "wb") as file:
        file.write(CHANGED)
    check_failed("no room", folder, before, may_be_forgotten=True, limits=small_files(300000))
    check_sentence("no room", run(folder, "sync", limits=small_files(300000)))
    check(run(folder, "sync").code == 0, "room again: does not recover")
    check(len(rows(folder)) == 900, "room again: not all there")


def fill(path):
    """Not a byte is left."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    except OSError:
        return
    try:
        while True:
            os.write(handle, b"x" * 512)
    except OSError:
        os.close(handle)


def check_full_disk(top):
    folder = os.path.join(top, "tiny")
    os.mkdir(folder)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True).returncode:
        print("skipped: may not mount, so no full disk")
        return
    try:
        path, data = os.path.join(top, "full.ics"), os.path.join(folder, "data")
        with open(path, "wb") as file:
            file.write(GOOD)
        first = run(data, "sync", "--source", path)
        check(first.code == 0, "small disk: %d %s" % (first.code, first.errors))
        before = rows(data)
        with open(path, "wb") as file:
            file.write(CHANGED)
        check_failed("full disk", data, before, may_be_forgotten=True)
        check_sentence("full disk", run(data, "sync"))
        fill(os.path.join(folder, "filler"))
        check(rows(data) == before, "full disk: the calendar cannot be read")
        for words in (["status", "--json"], ["show", "--json", "id-1"]):
            check(run(data, *words).code == 0, "full disk: %s fails" % words)
        fresh = run(os.path.join(folder, "fresh"), "sync", "--source", path)
        check(fresh.code == 1, "full disk, new folder: %d" % fresh.code)
        check_sentence("full disk, new folder", fresh)
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


def check_read_only(top):
    folder, path = os.path.join(top, "locked"), os.path.join(top, "locked.ics")
    with open(path, "wb") as file:
        file.write(GOOD)
    data = os.path.join(folder, "data")
    os.mkdir(folder)
    run(data, "sync", "--source", path)
    before = rows(data)
    with open(path, "wb") as file:
        file.write(CHANGED)
    is_mounted = os.getuid() == 0 and all(
        subprocess.run(words, capture_output=True).returncode == 0
        for words in (["mount", "--bind", folder, folder], ["mount", "-o", "remount,ro,bind", folder]))
    if not is_mounted and os.getuid() == 0:
        print("skipped: may not mount, and for root nothing is read-only")
        return
    if not is_mounted:
        os.chmod(data, 0o500)
    try:
        check(len(before) == 20 and rows(data) == before, "read-only: the calendar cannot be read")
        outcome = run(data, "sync")
        check(outcome.code == 1, "read-only: sync gives %d" % outcome.code)
        check_sentence("read-only", outcome)
        check(run(data, "status", "--json").code == 0, "read-only: status fails")
        fresh = run(os.path.join(folder, "new"), "sync", "--source", path)
        check(fresh.code == 1, "read-only, new folder: %d" % fresh.code)
        check_sentence("read-only, new folder", fresh)
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", folder], check=False)
        else:
            os.chmod(data, 0o700)
    check(run(data, "sync").code == 0 and len(rows(data)) == 900, "read-only: does not recover")


def check_damage(top):
    """Damage of every kind to content.db: set aside and read anew."""
    path = os.path.join(top, "damage.ics")
    with open(path, "wb") as file:
        file.write(GOOD)
    for name in ("noise", "head", "middle", "cut", "empty", "text"):
        folder = os.path.join(top, "damage-" + name)
        run(folder, "sync", "--source", path)
        before = rows(folder)
        content = os.path.join(folder, "content.db")
        for beside in ("-wal", "-shm"):
            if os.path.exists(content + beside):
                os.unlink(content + beside)
        with open(content, "rb") as file:
            data = bytearray(file.read())
        data = {"noise": os.urandom(len(data)), "head": b"\xff" * 100 + data[100:],
                "middle": data[:4096] + b"\xaa" * (len(data) - 4096), "cut": data[: len(data) // 2], "empty": b"",
                "text": b"hello\n"}[name]
        with open(content, "wb") as file:
            file.write(data)
        listed = run(folder, "list", "--json")
        check(listed.code in (0, 1), "damage %s: list gives %d" % (name, listed.code))
        outcome = run(folder, "sync", "--json")
        check(outcome.code == 0, "damage %s: sync gives %d: %s" % (name, outcome.code, outcome.errors))
        check(rows(folder) == before, "damage %s: the calendar is not there again" % name)


def check_one_bad(top):
    server = Server()
    server.mode = "one_bad"
    folder = os.path.join(top, "one-bad")
    outcome = run(folder, "sync", "--json", "--source", server.address)
    check(outcome.code == 0, "one bad event: %d" % outcome.code)
    source = outcome.json()["sources"][0]
    check((source["activities"], source["quarantined"]) == (20, 1), "one bad event: %s" % source)
    state = run(folder, "status", "--json").json()["sources"][0]
    check([q["uid"] for q in state["quarantine"]] == ["bad"], "one bad event: %s" % state["quarantine"])
    server.shutdown()
    server.server_close()


def check_shapes(top):
    """The members of each JSON answer and the exit codes, as the man page has them."""
    folder, path, page = (os.path.join(top, name) for name in ("shapes", "shapes.ics", "shapes.pdf"))
    with open(path, "wb") as file:
        file.write(ONE_BAD)
    members = {
        ("sync", "--source", path): (0, "ok changed sources"),
        ("status",): (0, "version data_dir preset content device this_month sources"),
        ("check", path): (4, "file readable events activities quarantined counts findings"),
        ("show", "id-1"): (0, "title_texts description_texts notes_texts price_texts organiser co_organisers place schedule dates"),
        ("certificate", "--output", page, "--blank"): (0, "file draft pages problems"),
        ("certificate", "--output", page, "--blank", "--replace"): (0, "file draft pages problems"),
        ("certificate", "--output", page, "id-1"): (4, "file draft pages problems"),
    }
    for words, (code, names) in members.items():
        outcome = run(folder, words[0], "--json", *words[1:])
        check(outcome.code == code, "%s gives %d: %s" % (words, outcome.code, outcome.errors))
        answer = outcome.json()
        check(set(names.split()) <= set(answer), "%s lacks %s" % (words, set(names.split()) - set(answer)))
    source = run(folder, "sync", "--json").json()["sources"][0]
    check(set("id name address outcome failure detail activities quarantined removed bytes_on_wire as_of next_attempt".split())
          <= set(source), "sync: source has %s" % sorted(source))
    row = run(folder, "list", "--json").json()[0]
    wanted = ("id source title title_language start end all_day original_start status place town municipality_code distance_km "
              "organiser purposes primary_purpose audience childcare attendance online offers_certificate is_sample is_gone")
    check(set(wanted.split()) == set(row), "list: differs in %s" % (set(wanted.split()) ^ set(row)))
    for name in ("start", "end", "original_start"):
        check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", row[name]), "list: %s is %s" % (name, row[name]))
    codes = [(3, "show", "nobody"), (3, "check", path + "x"), (2, "show"), (2, "list", "--from", "today"), (2, "list", "--days", "1x"),
             (2, "dance"), (3, "certificate", "--output", page + "x", "nobody"), (1, "certificate", "--output", page, "--blank"),
             (1, "certificate", "--output", "/nowhere/at/all.pdf", "--blank"), (2, "list", "--near", "91,0"), (2, "list", "x"),
             (2, "list", "--limit", "9999999999999"), (2, "list", "--days", "99999999999"), (2, "list", "--near", "1,2,3"),
             (2, "list", "--within", "-1", "--near", "59,18"), (2, "list", "--lang", ""), (2, "list", "--purpose", ""),
             (1, "sync", "--source", path + "x"), (2, "check"), (0, "list", "--search", ""), (0, "list", "--search", "\"(*^"),
             (0, "list", "--search", "x" * 5000), (0, "list", "--days", "100000"), (2, "list", "--from", "0000-01-01"),
             (0, "list", "--from", "9999-12-31", "--days", "5"), (0, "list", "--from", "0001-01-01", "--days", "5")]
    for code, *words in codes:
        outcome = run(folder, *words)
        short = " ".join(words)[:60]
        check(outcome.code == code, "%s gives %d, not %d: %s" % (short, outcome.code, code, outcome.errors))
        check(not code or words[0] == "sync" or outcome.errors.strip(), "%s: nothing on standard error" % short)
        check(not code or code == 1 or not outcome.out, "%s: %s on standard output" % (short, outcome.out[:80]))
    result = subprocess.run([TOOL, "check", "--json", "-"], input=GOOD, capture_output=True)
    check(result.returncode == 0 and json.loads(result.stdout)["activities"] == 20, "check - gives %d" % result.returncode)
    result = subprocess.run([TOOL, "list", "--data-dir", folder, "--json"], stdout=open("/dev/full", "wb"), stderr=subprocess.PIPE)
    check(result.returncode == 1, "list to a full device gives %d" % result.returncode)


def main():
    with tempfile.TemporaryDirectory() as top:
        for part in (check_shapes, check_one_bad, check_refused, check_certificate, check_disk, check_full_disk, check_read_only,
                     check_damage, check_answers):
            started = time.monotonic()
            part(top)
            print("%s: %.1f s" % (part.__name__, time.monotonic() - started))
    print("%d problems" % len(problems))
    return 1 if problems else 0


sys.exit(main())
