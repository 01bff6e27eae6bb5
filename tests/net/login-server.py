#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that wants to know who asks, by the method that the path names.

    login-server.py PORT OTHER-PORT

User "sara", password "löv: 1". /log tells what came with each request so far, and forgets it:
"METHOD PATH BODY WHAT", where WHAT is none, right or wrong credentials.
"""
import base64
import hashlib
import http.server
import re
import sys
import threading

USER, PASSWORD = "sara", "löv: 1"
LOG = []


def is_right(header, method):
    scheme, _, rest = header.partition(" ")
    if scheme == "Basic":
        return base64.b64decode(rest).decode() == f"{USER}:{PASSWORD}"
    values = {k: a or b for k, a, b in re.findall(r'(\w+)=(?:"([^"]*)"|([^,]+))', rest)}

    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()

    first, second = md5(f"{USER}:{values['realm']}:{PASSWORD}"), md5(f"{method}:{values['uri']}")
    middle = f"{values['nonce']}:{values['nc']}:{values['cnonce']}:{values['qop']}"
    return values["response"] == md5(f"{first}:{middle}:{second}")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    nonce = "first"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def challenge(self, scheme, stale=False):
        basic = 'Basic realm="Lykta, a \\"realm\\"", charset="UTF-8"'
        digest = f'Digest realm="Lykta, a realm", qop="auth,auth-int", algorithm=MD5, nonce="{Handler.nonce}"'
        if stale:
            digest += ", stale=true"
        offers = {"basic": basic, "digest": digest, "both": f"{basic}, {digest}", "stale": digest, "bearer": "Bearer"}
        self.answer(401, b"who are you?", WWW_Authenticate=offers[scheme])

    def do(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/log":
            text = "\n".join(LOG)
            LOG.clear()
            return self.answer(200, text.encode())
        header = self.headers.get("Authorization")
        what = "none" if header is None else "right" if is_right(header, self.command) else "wrong"
        scheme = "-" if header is None else header.split()[0]
        LOG.append(f"{self.command} {self.path} {body.decode()} {self.headers.get('Depth', '-')} {scheme} {what}")
        if self.path == "/away":
            return self.answer(307, Location=f"http://127.0.0.1:{sys.argv[2]}/elsewhere")
        if self.path == "/see-other":
            return self.answer(303, Location="/open")
        if self.path == "/moved":
            return self.answer(301, Location="/basic")
        if self.path == "/port":
            return self.answer(200, str(self.client_address[1]).encode())
        if self.path == "/open":
            return self.answer(207, b"<open/>", Content_Type="application/xml")
        if self.path == "/error":
            return self.answer(403, b"<error/>", Content_Type="application/xml")
        if self.path == "/elsewhere":
            return self.challenge("basic")
        if self.path == "/stale" and what == "right" and 'nonce="first"' in header:
            Handler.nonce = "second"
            return self.challenge("digest", stale=True)
        if what != "right" or (self.path == "/digest" and scheme == "Basic"):
            return self.challenge(self.path[1:])
        self.answer(207, b"<in/>", Content_Type="application/xml")

    do_GET = do_REPORT = do_PROPFIND = do


def main():
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler) for port in sys.argv[1:3]]
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


main()
