#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A calendar server that is odd in the way it is told to be; in memory.

    dav-server.py PORT

Events are put to and deleted from /home/NAME/EVENT.ics. POST / with a JSON object changes how it behaves:
    sync: "yes", "no" (never heard of it), "expired" (every token), "too-much" (507 for every token)
    page: so many changes at once, then "there is more"       inline: events come with what changed
    ctag: calendars have one                                  at_once: so many events in a multiget, or 413
    withhold: names that a multiget leaves out                home: where the principal says its calendars are
    raw: this text as the answer to every REPORT              moved: calendars are below this folder instead
    hang: so many seconds before each PROPFIND and REPORT is answered
GET /log tells what was asked since the last time, and forgets it.
"""
import http.server
import json
import re
import sys
import time
from xml.sax.saxutils import escape, unescape

HOW = {"sync": "yes", "page": 0, "inline": True, "ctag": True, "at_once": 0, "withhold": [], "home": "/home/",
       "raw": None, "moved": "/home/", "hang": 0}
CALENDARS = {}  # name → {event name → (number of its change, text or None)}
STATE = {"number": 0}
LOG = []
NAMESPACES = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'


def response(href, props="", status="200 OK", missing=""):
    text = f"<response><href>{escape(href)}</href><propstat><prop>{props}</prop><status>HTTP/1.1 {status}</status></propstat>"
    if missing:
        text += f"<propstat><prop>{missing}</prop><status>HTTP/1.1 404 Not Found</status></propstat>"
    return text + "</response>"


def gone(href):
    return f"<response><href>{escape(href)}</href><status>HTTP/1.1 404 Not Found</status></response>"


def etag(change):
    return f"<getetag>\"{change[0]}\"</getetag>"


def data(change):
    return f"<C:calendar-data>{escape(change[1])}</C:calendar-data>"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body="", **headers):
        body = body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def multistatus(self, responses, token=None):
        text = "".join(responses) + (f"<sync-token>{token}</sync-token>" if token else "")
        self.answer(207, f"<?xml version=\"1.0\"?><multistatus {NAMESPACES}>{text}</multistatus>",
                    Content_Type="application/xml")

    def read(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def folder(self):
        """The calendar that is asked about, and its own path."""
        match = re.fullmatch(re.escape(HOW["moved"]) + r"([^/]+)/(.*)", self.path)
        return (match[1], match[2]) if match and match[1] in CALENDARS else (None, None)

    def token(self, name):
        return f"t:{max([0, *(c[0] for c in CALENDARS[name].values())])}"

    def place(self, name):
        props = "<resourcetype><collection/><C:calendar/></resourcetype>"
        props += f"<displayname>Calendar {name.upper()}</displayname>"
        if HOW["sync"] != "no":
            props += f"<sync-token>{self.token(name)}</sync-token>"
        if HOW["ctag"]:
            props += f"<S:getctag>c{self.token(name)}</S:getctag>"
        return response(f"{HOW['moved']}{name}/", props)

    def do_POST(self):
        HOW.update(json.loads(self.read()))
        self.answer(200)

    def do_GET(self):
        text = "\n".join(LOG)
        LOG.clear()
        self.answer(200, text)

    def do_PUT(self):
        _, _, name, event = self.path.split("/")
        STATE["number"] += 1
        CALENDARS.setdefault(name, {})[event] = (STATE["number"], self.read())
        self.answer(201)

    def do_DELETE(self):
        _, _, name, event = self.path.split("/")
        STATE["number"] += 1
        if event:
            CALENDARS[name][event] = (STATE["number"], None)
        else:
            del CALENDARS[name]
        self.answer(204)

    def do_PROPFIND(self):
        self.read()
        time.sleep(HOW["hang"])
        depth = self.headers["Depth"]
        LOG.append(f"PROPFIND {self.path} {depth}")
        name, rest = self.folder()
        if self.path == "/.well-known/caldav":
            return self.answer(301, Location="/dav/")
        if self.path == "/dav/":
            return self.multistatus([response("/dav/", "<current-user-principal><href>/me/</href></current-user-principal>")])
        if self.path == "/me/":
            return self.multistatus([response("/me/", f"<C:calendar-home-set><href>{HOW['home']}</href></C:calendar-home-set>")])
        if self.path == HOW["moved"] and depth == "1":
            return self.multistatus([response(self.path, "<resourcetype><collection/></resourcetype>"),
                                     *(self.place(n) for n in CALENDARS)])
        if name is None or rest != "":
            return self.answer(404)
        if depth == "0":
            return self.multistatus([self.place(name)])
        self.multistatus([self.place(name), *(response(self.path + e, etag(c)) for e, c in CALENDARS[name].items() if c[1])])

    def do_REPORT(self):
        body = self.read()
        time.sleep(HOW["hang"])
        name, rest = self.folder()
        if name is None or rest != "":
            return self.answer(404)
        if "multiget" in body:
            return self.multiget(CALENDARS[name], body)
        LOG.append(f"REPORT {self.path} changes")
        if HOW["raw"]:
            return self.answer(207, HOW["raw"], Content_Type="application/xml")
        token = re.search(r"<sync-token>(.*?)</sync-token>", body)
        since = int(token[1].split(":")[1]) if token else 0
        if HOW["sync"] == "no":
            return self.answer(501, "what?")
        if HOW["sync"] == "too-much" and token:
            return self.answer(507, f"<error {NAMESPACES}><number-of-matches-within-limits/></error>")
        if HOW["sync"] == "expired" and token:
            return self.answer(403, f"<error {NAMESPACES}><valid-sync-token/></error>", Content_Type="application/xml")
        self.changes(CALENDARS[name], name, since, "calendar-data" in body)

    def changes(self, calendar, name, since, with_data):
        changed = sorted((c[0], e) for e, c in calendar.items() if c[0] > since and (c[1] or since))
        page = changed[:HOW["page"]] if HOW["page"] else changed
        out = []
        for _, event in page:
            change, href = calendar[event], self.path + event
            if change[1] is None:
                out.append(gone(href))
            elif with_data and HOW["inline"]:
                out.append(response(href, etag(change) + data(change)))
            else:
                out.append(response(href, etag(change), missing="<C:calendar-data/>" if with_data else ""))
        if len(page) < len(changed):
            out.append(f"<response><href>{self.path}</href><status>HTTP/1.1 507 Insufficient Storage</status></response>")
            return self.multistatus(out, f"t:{page[-1][0]}")
        self.multistatus(out, self.token(name))

    def multiget(self, calendar, body):
        hrefs = [unescape(h) for h in re.findall(r"<href>(.*?)</href>", body)]
        LOG.append(f"REPORT {self.path} {len(hrefs)}")
        if HOW["at_once"] and len(hrefs) > HOW["at_once"]:
            return self.answer(413)
        out = []
        for href in hrefs:
            event = href.rsplit("/", 1)[1]
            change = calendar.get(event)
            if event in HOW["withhold"]:
                continue
            out.append(response(href, etag(change) + data(change)) if change and change[1] else gone(href))
        self.multistatus(out)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
