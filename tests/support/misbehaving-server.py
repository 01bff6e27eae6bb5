#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server that does everything wrong, one way per path; or, given a folder, a web server that is
good until the file FOLDER/mode names one of those ways, and then wrong for every file in FOLDER/www
(below "parts" only in its folders "parts").

usage: misbehaving-server.py PORT CALENDAR [CERTIFICATE KEY]
       misbehaving-server.py PORT FOLDER CERTIFICATES

Each answer is written byte by byte on a raw socket, because a proper server library would not let
us break its promises. Standard library only.
"""
import base64
import gzip
import pathlib
import socket
import ssl
import sys
import threading
import time
import zlib

# 64 MiB of zero bytes in 52 bytes of brotli.
BROTLI_BOMB = base64.b64decode(
    "z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf/Aw=="
)
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Wi-Fi</body></html>"
PATIENCE = 30


def gzip_bomb(mebibytes):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * (1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(mebibytes)) + packer.flush()


def head(length=None, coding="", kind="text/calendar", status="200 OK", extra=""):
    lines = ["HTTP/1.1 " + status, "Content-Type: " + kind]
    if length is not None:
        lines.append("Content-Length: %d" % length)
    if coding:
        lines.append("Content-Encoding: " + coding)
    if extra:
        lines.append(extra)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(data):
    return b"%x\r\n" % len(data) + data + b"\r\n"


class Server:
    def __init__(self, port, calendar, context):
        self.port = port
        self.calendar = calendar
        self.packed = gzip.compress(calendar)
        # Made beforehand: packing takes longer than a client here waits for an answer.
        self.bomb = gzip_bomb(64)
        self.context = context

    def say(self, connection, path):
        """What the path promises; returns without closing."""
        self.misbehave(connection.sendall, path, self.calendar, self.packed)

    def misbehave(self, send, path, body, packed):
        half = len(body) // 2
        chunked = "Transfer-Encoding: chunked"
        if path == "/good":
            send(head(len(body)) + body)
        elif path == "/gzip":
            send(head(len(packed), "gzip") + packed)
        elif path == "/hang":
            time.sleep(PATIENCE)
        elif path == "/close":
            return
        elif path == "/garbage":
            send(b"\x00\x01\x02 nothing like HTTP \xff\xfe\r\n\r\n" * 10)
        elif path == "/hang-in-headers":
            send(b"HTTP/1.1 200 OK\r\nContent-Type: text/cal")
            time.sleep(PATIENCE)
        elif path == "/slow-headers":
            for byte in head(len(body)) * 100:
                send(bytes([byte]))
                time.sleep(0.05)
        elif path == "/hang-in-body":
            send(head(len(body)) + body[:half])
            time.sleep(PATIENCE)
        elif path == "/goes-silent":
            # Well enough, but whoever asks again on this connection waits in vain.
            send(head(len(body)) + body)
            time.sleep(PATIENCE)
        elif path == "/error-and-hang":
            send(head(len(body), status="500 Said") + body[:half])
            time.sleep(PATIENCE)
        elif path == "/trickle":
            send(head(len(body)))
            for byte in body:
                send(bytes([byte]))
                time.sleep(0.02)
        elif path == "/endless":
            send(head(None, extra=chunked) + chunk(body))
            while True:
                send(chunk(b"X-FILLER:" + b"y" * 60000 + b"\r\n"))
        elif path == "/endless-header":
            send(b"HTTP/1.1 200 OK\r\n")
            while True:
                send(b"X-Filler: " + b"y" * 8000 + b"\r\n")
        elif path == "/short":
            send(head(len(body)) + body[:half])
        elif path == "/chunk-boundary":
            send(head(None, extra=chunked) + chunk(body[:half]))
        elif path == "/chunk-middle":
            send(head(None, extra=chunked) + b"%x\r\n" % len(body) + body[:half])
        elif path == "/until-close":
            send(head(None, extra="Connection: close") + body[:half])
        elif path == "/gzip-cut":
            cut = packed[: len(packed) // 2]
            send(head(len(cut), "gzip") + cut)
        elif path == "/gzip-short":
            send(head(len(packed), "gzip") + packed[: len(packed) // 2])
        elif path == "/gzip-crc":
            wrong = bytearray(packed)
            wrong[-6] ^= 255
            send(head(len(wrong), "gzip") + bytes(wrong))
        elif path == "/gzip-bomb":
            send(head(len(self.bomb), "gzip") + self.bomb)
        elif path == "/brotli-bomb":
            send(head(len(BROTLI_BOMB), "br") + BROTLI_BOMB)
        elif path == "/unknown-coding":
            send(head(len(body), "zstd") + body)
        elif path == "/html":
            send(head(len(HTML), kind="text/html; charset=utf-8") + HTML)
        elif path == "/html-as-calendar":
            send(head(len(HTML)) + HTML)
        elif path == "/calendar-as-html":
            send(head(len(body), kind="text/html") + body)
        elif path == "/empty":
            send(head(0))
        elif path == "/no-content":
            send(b"HTTP/1.1 204 No Content\r\n\r\n")
        elif path == "/not-modified-unasked":
            send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        elif path.startswith("/status/"):
            send(head(5, kind="text/plain", status=path[8:] + " Said") + b"sorry")
        elif path == "/loop":
            send(head(0, status="302 Found", extra="Location: /loop"))
        elif path.startswith("/far/"):
            where = "Location: /far/%d" % (int(path[5:]) + 1)
            send(head(0, status="302 Found", extra=where))
        elif path.startswith("/near/"):
            left = int(path[6:])
            where = "Location: " + ("/near/%d" % (left - 1) if left > 1 else "/good")
            send(head(0, status="307 Temporary Redirect", extra=where))
        elif path == "/downgrade":
            where = "Location: http://127.0.0.1:%d/good" % self.port
            send(head(0, status="301 Moved Permanently", extra=where))
        elif path == "/elsewhere":
            where = "Location: http://lykta.invalid/good"
            send(head(0, status="301 Moved Permanently", extra=where))
        elif path == "/nowhere":
            send(head(0, status="302 Found"))
        elif path == "/sign-in":
            send(head(4, kind="text/plain", status="401 Unauthorized",
                      extra='WWW-Authenticate: Basic realm="x"') + b"who?")
        else:
            send(head(0, status="404 Not Found"))

    def secure(self, connection):
        if self.context is None:
            return connection
        return self.context.wrap_socket(connection, server_side=True)

    def serve(self, connection):
        try:
            connection = self.secure(connection)
            request = b""
            while b"\r\n\r\n" not in request:
                data = connection.recv(65536)
                if not data:
                    return
                request += data
            self.say(connection, request.split()[1].decode())
        except OSError:
            pass  # the client went away, as it should
        finally:
            connection.close()

    def run(self):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(50)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()


def context_of(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


class Site(Server):
    """A folder of files, served as its mode says."""

    def __init__(self, port, folder, certificates):
        super().__init__(port, b"", None)
        self.folder = pathlib.Path(folder)
        self.contexts = {
            path.stem: context_of(path, path.with_suffix(".key"))
            for path in pathlib.Path(certificates).glob("*.pem")
            if path.with_suffix(".key").exists()
        }

    def mode(self):
        return (self.folder / "mode").read_text()

    def secure(self, connection):
        if self.mode() == "hang-at-accept":
            time.sleep(PATIENCE)
        context = self.contexts.get(self.mode(), self.contexts["good"])
        return context.wrap_socket(connection, server_side=True)

    def say(self, connection, path):
        way = "good" if self.mode() in self.contexts else self.mode()
        file = self.folder / "www" / path.lstrip("/")
        if path.startswith("/parts/") and "/parts/" not in path[1:]:
            way = "good"
        if way == "good" and not file.exists():
            way = "nothing-here"
        body = file.read_bytes() if file.exists() else b""
        self.misbehave(connection.sendall, "/" + way, body, gzip.compress(body))


def main():
    context = None
    if len(sys.argv) == 4:
        Site(int(sys.argv[1]), sys.argv[2], sys.argv[3]).run()
    if len(sys.argv) > 4:
        context = context_of(sys.argv[3], sys.argv[4])
    with open(sys.argv[2], "rb") as stream:
        calendar = stream.read()
    Server(int(sys.argv[1]), calendar, context).run()


main()
