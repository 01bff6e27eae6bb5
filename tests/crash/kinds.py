# SPDX-License-Identifier: GPL-3.0-or-later
"""What a calendar can be refreshed from: every kind of source, each serving one edition after another.

A kind has a name, the options that the first `lyktactl sync` takes, and serve(edition). From one edition to the next some
activities change, some stay as they are, some go and some come.
"""
import hashlib
import html
import http.server
import json
import os
import re
import threading

SIZE = 120


def ids(edition, size):
    """Six in a hundred go, as many come."""
    shift = edition * max(1, size * 6 // 100)
    return range(shift, shift + size)


def word(number, edition):
    """Every third stays as it is."""
    return "ständig" if number % 3 == 0 else "utgåva%d" % edition


def title(number, edition, language="sv"):
    return {"sv": "Språkcafé %d %s", "ar": "مقهى اللغة %d %s"}[language] % (number, word(number, edition))


def text(number, edition):
    mark = "%d-%s" % (number, word(number, edition))
    return "Kaffe och samtal. " + " ".join(hashlib.sha256(("%s-%d" % (mark, i)).encode()).hexdigest() for i in range(4))


def ical(edition, numbers, language="sv"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lykta//crash//EN"]
    for number in numbers:
        day = 1 + (number * 7 + (0 if number % 3 == 0 else edition)) % 28
        lines += ["BEGIN:VEVENT", "UID:id-%04d@test.invalid" % number, "DTSTART;TZID=Europe/Stockholm:202612%02dT180000" % day,
                  "DTEND;TZID=Europe/Stockholm:202612%02dT193000" % day, "SUMMARY:" + title(number, edition, language),
                  "DESCRIPTION:" + text(number, edition)]
        if number % 4 == 0:
            lines.append("RRULE:FREQ=WEEKLY;COUNT=6")
        lines.append("END:VEVENT")
    return "\r\n".join(lines + ["END:VCALENDAR", ""]).encode()


def jsonld(edition, numbers):
    lines = []
    for number in numbers:
        day = 1 + (number * 7 + (0 if number % 3 == 0 else edition)) % 28
        lines.append(json.dumps({
            "@context": "https://schema.org", "@type": "Event", "@id": "id-%04d" % number,
            "name": {"sv": title(number, edition), "ar": title(number, edition, "ar")},
            "description": text(number, edition),
            "startDate": "2026-12-%02dT18:00:00+01:00" % day, "endDate": "2026-12-%02dT19:30:00+01:00" % day,
            "location": {"@type": "Place", "name": "Huset", "address": {"@type": "PostalAddress", "addressLocality": "Lund"}},
        }, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def integreat(edition, numbers):
    entries = []
    for number in numbers:
        day = "2026-12-%02d" % (1 + (number * 7 + (0 if number % 3 == 0 else edition)) % 28)
        path = "/stad/sv/events/kafe-%d$%s/" % (number, day)
        entries.append({
            "id": number, "url": "https://cms.invalid" + path, "path": path, "title": title(number, edition),
            "modified_gmt": "2026-10-01T10:00:00.5Z", "excerpt": "kort", "content": "<p>%s</p>" % text(number, edition),
            "available_languages": {}, "meeting_url": None, "recurrence_rule": None,
            "location": {"id": None, "name": "Huset", "address": "Storgatan 1", "town": "Lund", "postcode": "223 50",
                         "latitude": 55.7, "longitude": 13.2},
            "event": {"id": number, "start": day + "T18:00:00+01:00", "end": day + "T19:30:00+01:00", "all_day": False,
                      "timezone": "Europe/Stockholm"},
        })
    return json.dumps(entries, ensure_ascii=False).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body go in two packets, and nobody shall wait for the acknowledgement of the first.
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_GET(self):
        found = self.server.find(self.path.lstrip("/"))
        if found is None:
            self.send_error(404)
            return
        body, kind, headers = found
        etag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        same = self.headers.get("If-None-Match") == etag
        self.send_response(304 if same else 200)
        for name, value in {"ETag": etag, "Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        if not same:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not same:
            self.wfile.write(body)


    def answer(self, responses, token=""):
        """One of a CalDAV server."""
        body = ('<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">%s%s</multistatus>' % (
            "".join(responses), token and "<sync-token>%s</sync-token>" % token)).encode()
        self.send_response(207)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def ask(self):
        return self.rfile.read(int(self.headers["Content-Length"])).decode()

    def do_PROPFIND(self):
        self.ask()
        self.answer([property_of("/cal/", "<resourcetype><collection/><c:calendar/></resourcetype><sync-token>%d</sync-token>"
                                 % self.server.edition)])

    def do_REPORT(self):
        body = self.ask()
        now = self.server.editions[self.server.edition]
        if "multiget" in body:
            self.answer(event_of(name, now[name]) for name in re.findall("<href>(.*?)</href>", body))
            return
        token = re.search("<sync-token>(.*?)</sync-token>", body)
        known = self.server.editions[int(token[1])] if token else {}
        gone = ["<response><href>%s</href><status>HTTP/1.1 404 Gone</status></response>" % name for name in known if name not in now]
        changed = [event_of(name, event, "calendar-data" in body) for name, event in now.items() if known.get(name) != event]
        self.answer(gone + changed, str(self.server.edition))


def property_of(href, properties):
    return "<response><href>%s</href><propstat><prop>%s</prop><status>HTTP/1.1 200 OK</status></propstat></response>" % (
        href, properties)


def event_of(name, event, is_whole=True):
    data = "<c:calendar-data>%s</c:calendar-data>" % html.escape(event.decode()) if is_whole else ""
    return property_of(name, "<getetag>%s</getetag>%s" % (hashlib.sha256(event).hexdigest(), data))


class Server(http.server.ThreadingHTTPServer):
    """Serves what stands in `pages`, or else the files of `folder`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.folder = None
        self.address = "http://127.0.0.1:%d/" % self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that was killed hangs up

    def find(self, name):
        if name in self.pages:
            return self.pages[name]
        path = os.path.join(self.folder, name) if self.folder else ""
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return file.read(), "application/octet-stream", {}


class Kind:
    """One source; `options` are those of the first sync."""

    size = SIZE

    def __init__(self, bench, name):
        self.bench = bench
        self.name = name
        self.folder = os.path.join(bench.root, "source-" + name)
        os.mkdir(self.folder)
        self.server = Server() if self.needs_server else None
        self.options = self.prepare()

    needs_server = True

    def numbers(self, edition):
        return ids(edition, self.size)

    def write(self, name, body):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(body)

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()


class File(Kind):
    needs_server = False

    def prepare(self):
        return ["--source", os.path.join(self.folder, "calendar.ics")]

    def serve(self, edition):
        self.write("calendar.ics", ical(edition, self.numbers(edition)))


class BigFile(File):
    """So much that a first refresh shows its beginning before it has come to the end."""

    size = 2300


class Folder(Kind):
    needs_server = False

    def prepare(self):
        return ["--source", self.folder]

    def serve(self, edition):
        numbers = self.numbers(edition)
        for i in range(4):
            self.write("part-%d.ics" % i, ical(edition, [n for n in numbers if n % 4 == i]))


class Http(Kind):
    def prepare(self):
        return ["--source", self.server.address + "calendar.ics"]

    def serve(self, edition):
        self.server.pages = {"calendar.ics": (ical(edition, self.numbers(edition)), "text/calendar", {})}


class Languages(Kind):
    def prepare(self):
        return ["--source", self.server.address + "{lang}.ics", "--languages", "sv,ar"]

    def serve(self, edition):
        numbers = self.numbers(edition)
        self.server.pages = {"sv.ics": (ical(edition, numbers), "text/calendar", {}),
                             "ar.ics": (ical(edition, numbers[:-5], "ar"), "text/calendar", {})}


class Pages(Kind):
    def prepare(self):
        return ["--source", self.server.address + "page-0.ndjson"]

    def serve(self, edition):
        numbers = self.numbers(edition)
        pages = {}
        for i in range(3):
            more = {"Link": '<page-%d.ndjson>; rel="next"' % (i + 1)} if i < 2 else {}
            pages["page-%d.ndjson" % i] = (jsonld(edition, numbers[i::3]), "application/x-ndjson", more)
        self.server.pages = pages


class Integreat(Kind):
    def prepare(self):
        return ["--source", self.server.address + "events.json", "--format", "integreat"]

    def serve(self, edition):
        self.server.pages = {"events.json": (integreat(edition, self.numbers(edition)), "application/json", {})}


class CalDav(Kind):
    """A calendar on a server, of which a machine that knows the last edition is told what has changed."""

    def prepare(self):
        self.server.editions = {}
        return ["--source", "caldav+" + self.server.address + "cal/"]

    def serve(self, edition):
        self.server.editions[edition] = {"/cal/%d.ics" % n: ical(edition, [n]) for n in self.numbers(edition)}
        self.server.edition = edition


class Feed(Kind):
    """A Lykta feed, of which a machine that knows the last edition fetches what has changed."""

    renews = False

    def prepare(self):
        self.key = os.path.join(self.folder, "key")
        self.bench.tool(["publish", "--new-key", self.key], "keys")
        return ["--source", self.server.address, "--key", self.key + ".pub"]

    def serve(self, edition):
        calendar = os.path.join(self.folder, "calendar-%d.ics" % edition)
        self.write(os.path.basename(calendar), self.calendar(edition))
        out = os.path.join(self.folder, "feed-%d" % edition if self.renews else "feed")
        self.bench.publish(out, self.key, calendar, edition)
        self.server.folder = out


    def calendar(self, edition):
        return ical(edition, self.numbers(edition))


class NewFeed(Feed):
    """The same without the way from the last edition: everything comes anew."""

    renews = True


class LongFeed(Feed):
    """So much that a first refresh shows a part, before all the rest is there."""

    size = 700

    def calendar(self, edition):
        # Everything in Lund, which is in Skåne.
        return super().calendar(edition).replace(b"END:VEVENT", b"GEO:55.70;13.19\r\nEND:VEVENT")


KINDS = {
    "file": File, "folder": Folder, "http": Http, "languages": Languages, "pages": Pages, "integreat": Integreat,
    "caldav": CalDav, "first-caldav": CalDav, "feed": Feed, "new-feed": NewFeed, "first-file": BigFile, "first-http": Http,
    "first-feed": Feed, "first-parts": LongFeed,
}


def make(bench, name):
    return KINDS[name](bench, name)
