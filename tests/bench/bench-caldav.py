#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a refresh over CalDAV costs on the wire, beside what the protocol needs for the same news.

    bench-caldav.py BUILD-DIR [N]

radicale with N events (10,000), behind nginx with TLS and a password, everything on the loopback. Bytes are
those of the connection as the kernel counts them, with 52 for the headers of each segment, TLS handshake
included. "Needed" is one cold connection with one REPORT sync-collection in the shortest form that the server
takes, packed answers, and every changed event in it whole.
"""
import base64
import json
import pathlib
import re
import shutil
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SEGMENT = 52
CHANGED = 10
CREDENTIALS = "Basic " + base64.b64encode(b"sara:secret").decode()
SYNC = ('<?xml version="1.0"?><sync-collection xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><sync-token>{}'
        "</sync-token><sync-level>1</sync-level><prop><getetag/><c:calendar-data/></prop></sync-collection>")


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def events_of(path):
    """One calendar a series, in one language, as servers want them: name → text."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//Benchmark//EN\r\n"
    events = {}
    for block in re.findall(r"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n", path.read_bytes().decode(), re.S):
        seen, lines = set(), []
        for line in re.findall(r"[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*", block):
            name = re.split("[;:]", line, maxsplit=1)[0]
            if name in ("SUMMARY", "DESCRIPTION", "COMMENT") and name in seen:
                continue
            seen.add(name)
            lines.append(line.replace("\r\n", "\n").replace("\n", "\r\n"))
        text = "\r\n".join(lines) + "\r\n"
        uid = re.search(r"UID:(\S+)", text)[1]
        events[uid] = events.get(uid, "") + text
    return {uid.replace("@", "-"): head + text + "END:VCALENDAR\r\n" for uid, text in events.items()}


class Server:
    def __init__(self, work, events):
        self.work, self.port, back = work, free_port(), free_port()
        store = work / "store/collection-root/sara/cal"
        store.mkdir(parents=True)
        (store / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
        for name, text in events.items():
            (store / f"{name}.ics").write_bytes(text.encode())
        (work / "users").write_text("sara:secret\n")
        (work / "radicale.conf").write_text(
            f"[server]\nhosts = 127.0.0.1:{back}\ntimeout = 900\n[auth]\ntype = htpasswd\nhtpasswd_filename = {work}/users\n"
            f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {work}/store\n[logging]\nlevel = error\n")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", work / "key.pem",
            "-out", work / "ca.pem")
        (work / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {work}/nginx.pid; error_log {work}/error.log;\n"
            "events { worker_connections 64; }\nhttp { access_log " + str(work / "access.log") + ";\n"
            + "".join(f"{k}_temp_path {work}/{k};\n" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + f"server {{ listen 127.0.0.1:{self.port} ssl; ssl_certificate {work}/ca.pem; ssl_certificate_key {work}/key.pem;\n"
            f"proxy_read_timeout 900; location / {{ proxy_set_header Host $http_host; proxy_pass http://127.0.0.1:{back}; }} }} }}\n")
        self.programs = [subprocess.Popen(["/usr/bin/python3", "/usr/bin/radicale", "--config", work / "radicale.conf"]),
                         subprocess.Popen([shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-e", work / "error.log",
                                           "-c", work / "nginx.conf"])]
        self.context = ssl.create_default_context(cafile=str(work / "ca.pem"))
        self.wait()

    def wait(self):
        """radicale reads all that it has before it first answers, which takes minutes."""
        while True:
            try:
                return self.ask("PROPFIND", "/sara/cal/", b'<propfind xmlns="DAV:"><prop><sync-token/></prop></propfind>')
            except (OSError, urllib.error.URLError):
                time.sleep(1)

    def ask(self, method, path, body):
        request = urllib.request.Request(f"https://localhost:{self.port}{path}", data=body, method=method)
        for name, value in (("Authorization", CREDENTIALS), ("Depth", "0"), ("Content-Type", "text/calendar; charset=utf-8")):
            request.add_header(name, value)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self.context))
        return opener.open(request, timeout=900).read()

    def wire(self, request):
        """Bytes of a cold connection with this one request, or with none."""
        with socket.create_connection(("127.0.0.1", self.port)) as plain, \
                self.context.wrap_socket(plain, server_hostname="localhost") as secure:
            if request:
                secure.sendall(request)
                answer = b""
                while b"\r\n\r\n" not in answer:
                    answer += secure.recv(65536)
                head, _, body = answer.partition(b"\r\n\r\n")
                length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
                while len(body) < length:
                    body += secure.recv(65536)
                assert b" 207 " in head, head
            info = secure.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
            received, segments_out, segments_in = struct.unpack_from("QII", info, 128)
            sent = struct.unpack_from("Q", info, 200)[0]
            return sent + received + SEGMENT * (segments_out + segments_in)

    def needed(self, token):
        body = SYNC.format(token)
        return self.wire((f"REPORT /sara/cal/ HTTP/1.1\r\nHost: localhost:{self.port}\r\nAuthorization: {CREDENTIALS}\r\n"
                          "Depth: 0\r\nAccept-Encoding: gzip\r\nContent-Type: application/xml\r\n"
                          f"Content-Length: {len(body)}\r\n\r\n{body}").encode())

    def requests(self):
        time.sleep(0.2)
        count = len((self.work / "access.log").read_text().splitlines())
        (self.work / "access.log").write_text("")
        subprocess.run(["kill", "-USR1", (self.work / "nginx.pid").read_text().strip()], check=True)
        time.sleep(0.2)
        return count

    def stop(self):
        for program in self.programs:
            program.terminate()
            program.wait()


class Client:
    def __init__(self, tool, server, name, path):
        self.folder = server.work / name
        self.command = [tool, "--json", "--data-dir", self.folder, "sync", "--ca-file", server.work / "ca.pem"]
        password = server.work / "password"
        password.write_text("secret\n")
        password.chmod(0o600)
        self.configure = ["--source", f"caldav+https://localhost:{server.port}{path}", "--user", "sara",
                          "--password-file", password]

    def refresh(self, *more):
        began = time.monotonic()
        out = subprocess.run([str(w) for w in [*self.command, *more]], capture_output=True, text=True).stdout
        source = json.loads(out)["sources"][0]
        assert source["outcome"] != "failed", source
        return source, time.monotonic() - began

    def token(self):
        with sqlite3.connect(f"file:{self.folder}/content.db?mode=ro", uri=True) as store:
            return re.search(r"http://radicale.org/ns/sync/\w+", store.execute("SELECT etag FROM source").fetchone()[0])[0]


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def report(server, name, case, source, seconds, needed):
    row(name, case, source["activities"], server.requests(), f"{source['bytes_on_wire']:,}",
        f"{needed:,}" if needed else "", f"{source['bytes_on_wire'] / needed:.2f}" if needed else "", f"{seconds:.1f}")


def measure(tool, server, events):
    clients = {"calendar": Client(tool, server, "one", "/sara/cal/"), "server": Client(tool, server, "two", "/")}
    row("address of", "case", "activities", "requests", "bytes", "needed", "ratio", "seconds")
    row(*["---"] * 8)
    server.requests()
    for name, client in clients.items():
        report(server, name, "first refresh", *client.refresh(*client.configure), None)
        needed = server.needed(client.token())
        server.requests()
        report(server, name, "nothing new", *client.refresh(), needed)
    token = clients["calendar"].token()
    for uid in sorted(events)[:: max(1, len(events) // CHANGED)][:CHANGED]:
        text = re.sub(r"(SUMMARY[^:]*:)", r"\1Ny: ", events[uid])
        server.ask("PUT", f"/sara/cal/{uid}.ics", text.encode())
    needed = server.needed(token)
    server.requests()
    for name, client in clients.items():
        report(server, name, f"{CHANGED} changed", *client.refresh(), needed)
    row("", "the handshake alone, in each of these", "", 0, f"{server.wire(None):,}", "", "", "")


def main():
    tool = pathlib.Path(sys.argv[1], "app", "lyktactl").resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    missing = [p for p in ("radicale", "nginx", "openssl") if not shutil.which(p, path="/usr/sbin:/usr/bin")]
    if missing:
        return print("skipped: no", ", ".join(missing))
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        run(HERE / "make-calendar.py", count, work / "all.ics", "--rich")
        events = events_of(work / "all.ics")
        server = Server(work, events)
        try:
            measure(tool, server, events)
        finally:
            server.stop()


main()
