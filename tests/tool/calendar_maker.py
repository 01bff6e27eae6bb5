# SPDX-License-Identifier: GPL-3.0-or-later
"""Invents calendars together with what must be found in them.

Knows iCalendar from RFC 5545 and app/feed/ICALENDAR.md alone: none of the product's code is used. Rules are followed by
walking over every single day, which is slow and hard to get wrong. Standard library only.
"""
import calendar
import datetime as dt
import random
from zoneinfo import ZoneInfo

UTC = dt.timezone.utc
HOME = ZoneInfo("Europe/Stockholm")
ZONES = ["Europe/Stockholm", "Europe/Stockholm", "Europe/Helsinki", "Europe/London", "America/New_York", "Asia/Kabul"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAY = dt.timedelta(days=1)

# A word as it stands in a title, and how else people write it. No word is the beginning of another group's.
WORDS = {
    "sv": [
        ("Språkcafé", ["sprakcafe", "språkkafé", "SPRÅKCAFÉ", "sprakkafe", "språkc"]),
        ("Läxhjälp", ["laxhjalp", "LÄXHJÄLP", "läxhj"]),
        ("Körsång", ["korsang", "körsång"]),
        ("Älvpromenad", ["alvpromenad", "ÄLVPROMENAD"]),
        ("Blåbärsutflykt", ["blabarsutflykt", "blåbärs"]),
    ],
    "ar": [
        ("مَكْتَبَة", ["مكتبة", "مكتبه", "المكتبة"]),
        ("القهوة", ["قهوة", "قهوه", "القَهْوَة"]),
        ("أصدقاء", ["اصدقاء", "أَصْدِقَاء"]),
    ],
    "fa": [
        ("كتاب‌خانه", ["کتاب‌خانه", "کتابخانه"]),
        ("گفت‌وگو", ["گفتوگو", "گفت‌وگو"]),
        ("دوچرخه", ["دوچرخه", "دوچر"]),
    ],
    "uk": [
        ("Зустріч", ["зустріч", "ЗУСТРІЧ"]),
        ("Їжакова", ["їжакова", "ЇЖАКОВА"]),
    ],
    "ru": [
        ("Ёлочный", ["елочный", "ёлочный", "ЁЛОЧНЫЙ"]),
        ("Программа", ["программа", "програма"]),
    ],
    "ti": [
        ("ሰላምታ", ["ሰላምታ", "ሠላምታ"]),
        ("ጸሎትና", ["ጸሎትና", "ፀሎትና"]),
    ],
    "en": [
        ("Gardening", ["gardening", "GARDENING", "garden"]),
        ("Façade", ["facade", "façade"]),
    ],
}
# Words of a category, in any capitals, and the purposes they mean. Titles never decide where one of these stands.
CATEGORIES = [
    ("svenska", {"swedish"}), ("SFI", {"swedish"}), ("Samhälle", {"society"}), ("culture", {"society"}),
    ("ARBETE", {"work"}), ("jobs", {"work"}), ("Hälsa", {"health"}), ("sports", {"health"}), ("fritid", {"health", "society"}),
]
PLACES = [
    ("Biblioteket", 59.3300, 18.0700), ("Folkets Hus", 57.7089, 11.9746), ("Kulturhuset", 55.6050, 13.0038),
    ("Medborgarhuset", 65.5848, 22.1567), ("Gillestugan", 59.8586, 17.6389), ("Missionshuset", 59.3400, 18.1200),
]


def resolve(wall, zone):
    """The moment of a time on the wall: forward out of the gap of spring, the first of the hour that comes twice."""
    if zone is UTC:
        return wall.replace(tzinfo=UTC)
    moment = wall.replace(tzinfo=zone, fold=0)
    return moment.astimezone(UTC)


def is_in_gap(wall, zone):
    return zone is not UTC and wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def weekday_matches(day, byday):
    """byday: (n, weekday) where n is 0 (each), or the n-th of the month, negative from its end."""
    last = calendar.monthrange(day.year, day.month)[1]
    for n, weekday in byday:
        if weekday != day.weekday():
            continue
        if n == 0 or n == (day.day - 1) // 7 + 1 or -n == (last - day.day) // 7 + 1:
            return True
    return False


class Rule:
    def __init__(self, freq, interval=1, byday=(), bymonthday=(), bymonth=(), count=None, until=None, wkst=0):
        self.freq, self.interval, self.byday, self.bymonthday = freq, interval, list(byday), list(bymonthday)
        self.bymonth, self.count, self.until, self.wkst = list(bymonth), count, until, wkst

    def hits(self, day, start):
        last = calendar.monthrange(day.year, day.month)[1]
        if self.bymonth and day.month not in self.bymonth:
            return False
        if self.bymonthday and not any(n == day.day or (n < 0 and last + 1 + n == day.day) for n in self.bymonthday):
            return False
        if self.freq == "DAILY":
            if (day - start).days % self.interval:
                return False
            return not self.byday or weekday_matches(day, self.byday)
        if self.freq == "WEEKLY":
            weeks = ((day - dt.timedelta((day.weekday() - self.wkst) % 7))
                     - (start - dt.timedelta((start.weekday() - self.wkst) % 7))).days // 7
            if weeks % self.interval:
                return False
            return weekday_matches(day, self.byday) if self.byday else day.weekday() == start.weekday()
        if self.freq == "MONTHLY":
            if ((day.year - start.year) * 12 + day.month - start.month) % self.interval:
                return False
            if not self.byday and not self.bymonthday:
                return day.day == start.day
            return not self.byday or weekday_matches(day, self.byday)
        if (day.year - start.year) % self.interval:
            return False
        if self.byday:  # always with bymonth here, so that n counts within the month
            return weekday_matches(day, self.byday)
        if self.bymonthday:
            return True
        return day.day == start.day and (bool(self.bymonth) or day.month == start.month)

    def walls(self, wall, zone, stop):
        """Times on the wall that the rule gives, until the day `stop`."""
        day, found = wall.date(), 0
        while day <= stop:
            if self.hits(day, wall.date()):
                here = dt.datetime.combine(day, wall.time())
                if self.until is not None:
                    if isinstance(self.until, dt.datetime):
                        if resolve(here, zone) > self.until:
                            return
                    elif day > self.until:
                        return
                found += 1
                yield here
                if self.count is not None and found >= self.count:
                    return
            day += DAY

    def text(self, rng):
        parts = ["FREQ=" + self.freq]
        rest = []
        if self.interval != 1 or rng.random() < 0.1:
            rest.append("INTERVAL=%d" % self.interval)
        if self.byday:
            rest.append("BYDAY=" + ",".join(("%d" % n if n else "") + DAYS[d] for n, d in self.byday))
        if self.bymonthday:
            rest.append("BYMONTHDAY=" + ",".join(map(str, self.bymonthday)))
        if self.bymonth:
            rest.append("BYMONTH=" + ",".join(map(str, self.bymonth)))
        if self.count is not None:
            rest.append("COUNT=%d" % self.count)
        if isinstance(self.until, dt.datetime):
            rest.append("UNTIL=" + self.until.strftime("%Y%m%dT%H%M%SZ"))
        elif self.until is not None:
            rest.append("UNTIL=" + self.until.strftime("%Y%m%d"))
        if self.wkst:
            rest.append("WKST=" + DAYS[self.wkst])
        rng.shuffle(rest)
        value = ";".join(parts + rest)
        return value.lower() if rng.random() < 0.1 else value


class Date:
    """One date that must be listed; `start` and `end` in UTC, `end` None where this page does not say it."""

    def __init__(self, event, start, end, status, original=None):
        self.event, self.start, self.end, self.status, self.original = event, start, end, status, original or start


class Event:
    """An invented event: lines() writes it, dates() tells what must be found."""

    def __init__(self, rng, number, now, is_latin):
        self.rng, self.now = rng, now
        self.uid = "%04d-%s@example.org" % (number, rng.choice(["a", "B", "å" if rng.random() < 0.3 else "c"]))
        self.is_all_day = rng.random() < 0.15
        kind = rng.random()
        self.zone_kind = "floating" if kind < 0.15 else "utc" if kind < 0.3 else "tzid"
        name = rng.choice(ZONES) if self.zone_kind == "tzid" and not self.is_all_day else "Europe/Stockholm"
        self.zone_name = name
        self.zone = UTC if self.zone_kind == "utc" and not self.is_all_day else ZoneInfo(name)
        self.extra, self.removed, self.moved, self.cancelled = [], [], {}, set()
        self.make_start()
        self.rule = self.make_rule() if rng.random() < 0.65 else None
        self.pick_changes()
        self.make_words(is_latin)
        self.status = rng.choices(["scheduled", "cancelled", "tentative"], [8, 1, 1])[0]

    def make_start(self):
        rng = self.rng
        back = rng.choice([20, 60, 400, 800, 9000])
        day = self.now.date() + dt.timedelta(days=rng.randint(-back, 500 if back > 400 else 60))
        if rng.random() < 0.2:  # about the change of the clock
            year = self.now.year + rng.randint(-1, 1)
            month = rng.choice([3, 10])
            sunday = max(d for d in range(25, 32) if dt.date(year, month, d).weekday() == 6)
            day = dt.date(year, month, sunday) - dt.timedelta(days=rng.choice([0, 1, 7]))
            hour, minute = rng.choice([1, 2, 2, 3]), rng.choice([0, 30])
        else:
            hour, minute = rng.randint(0, 23), rng.choice([0, 15, 30, 59])
        if self.is_all_day:
            hour = minute = 0
        self.wall = dt.datetime.combine(day, dt.time(hour, minute))
        if self.is_all_day:
            self.length = dt.timedelta(days=rng.choice([1, 1, 2, 5]))
        else:
            self.length = dt.timedelta(minutes=rng.choice([0, 30, 60, 90, 120, 24 * 60, 3 * 24 * 60]))

    def make_rule(self):
        rng, day = self.rng, self.wall.date()
        freq = rng.choices(["WEEKLY", "DAILY", "MONTHLY", "YEARLY"], [5, 2, 3, 1])[0]
        interval = rng.choice([1, 1, 1, 2, 3])
        rule = Rule(freq, interval)
        if freq == "WEEKLY":
            if rng.random() < 0.7:
                days = set(rng.sample(range(7), rng.randint(1, 4)))
                if rng.random() < 0.9:
                    days.add(day.weekday())
                rule.byday = [(0, d) for d in sorted(days)]
            if rng.random() < 0.2:
                rule.wkst = 6
        elif freq == "DAILY":
            if rng.random() < 0.3:
                rule.byday = [(0, d) for d in sorted(set(rng.sample(range(7), 3)) | {day.weekday()})]
        elif freq == "MONTHLY":
            how = rng.random()
            if how < 0.5:
                rule.byday = [(rng.choice([1, 2, 3, 4, -1, -2, 5]), rng.randint(0, 6))]
            elif how < 0.8:
                rule.bymonthday = rng.sample([1, 5, 15, 28, 29, 30, 31, -1, -2, -10], rng.randint(1, 2))
        else:
            rule.interval = rng.choice([1, 1, 2])
            if rng.random() < 0.5:
                rule.bymonth = [rng.randint(1, 12)]
                rule.byday = [(rng.choice([1, 2, -1]), rng.randint(0, 6))]
        end = rng.random()
        if end < 0.35:
            rule.count = rng.choice([1, 2, 5, 10, 30, 100])
        elif end < 0.7:
            last = day + dt.timedelta(days=rng.choice([10, 100, 400, 1500]))
            if self.is_all_day or rng.random() < 0.3:
                rule.until = last
            else:
                rule.until = resolve(dt.datetime.combine(last, self.wall.time()), self.zone)
        return rule

    def regular(self, stop):
        if self.rule is None:
            return [self.wall]
        return list(self.rule.walls(self.wall, self.zone, stop))

    def pick_changes(self):
        rng = self.rng
        if self.rule is None:
            if rng.random() < 0.2:
                self.extra = [self.wall + dt.timedelta(days=rng.randint(1, 40)) for _ in range(rng.randint(1, 3))]
            return
        near = [w for w in self.regular(self.now.date() + dt.timedelta(days=200))
                if not is_in_gap(w, self.zone)]
        near = near[-60:]
        rng.shuffle(near)
        if rng.random() < 0.5:
            self.removed = [near.pop() for _ in range(min(len(near), rng.randint(1, 5)))]
        if rng.random() < 0.3:
            for _ in range(min(len(near), rng.randint(1, 3))):
                wall = near.pop()
                if rng.random() < 0.4:
                    self.cancelled.add(wall)
                else:
                    shift = dt.timedelta(days=rng.choice([0, 1, -1, 3]))
                    if not self.is_all_day:
                        shift += dt.timedelta(hours=rng.choice([1, -2, 5]))
                    elif not shift:
                        shift = DAY
                    if not is_in_gap(wall + shift, self.zone):
                        self.moved[wall] = wall + shift
        if rng.random() < 0.2:
            base = self.wall + dt.timedelta(days=rng.randint(1, 300))
            if not self.is_all_day:
                base += dt.timedelta(minutes=7)  # never the same as a date of the rule
                self.extra = [base] if not is_in_gap(base, self.zone) else []

    def make_words(self, is_latin):
        rng = self.rng
        languages = ["sv", "en"] if is_latin else list(WORDS)
        self.languages = rng.sample(languages, rng.choice([1, 1, 2, 3]) if not is_latin else rng.randint(1, 2))
        self.titles, self.found_by = {}, set()
        for language in self.languages:
            group = rng.choice(WORDS[language])
            self.titles[language] = "%s %d" % (group[0], rng.randint(1, 99))
            self.found_by.add(group[0])
        if rng.random() < 0.05:
            self.titles, self.languages, self.found_by = {}, [], set()
        chosen = rng.sample(CATEGORIES, rng.choice([1, 1, 2]))
        self.categories = [c for c, _ in chosen]
        self.purposes = set().union(*(p for _, p in chosen))
        self.is_women = rng.random() < 0.25
        self.has_childcare = rng.random() < 0.25
        self.is_online = rng.random() < 0.25
        self.place = rng.choice(PLACES) if rng.random() < 0.7 else None

    # -------------------------------------------------------------- as iCalendar
    def odd(self, name):
        return self.rng.choice([name, name, name, name.lower(), name.title()])

    def stamp(self, wall, name, kind=None):
        """A property line for one moment of this event, in one of its shapes."""
        if self.is_all_day:
            return "%s;VALUE=DATE:%s" % (self.odd(name), wall.strftime("%Y%m%d"))
        kind = kind or self.zone_kind
        value = wall.strftime("%Y%m%dT%H%M%S")
        if kind == "as-utc":
            return "%s:%s" % (self.odd(name), resolve(wall, self.zone).strftime("%Y%m%dT%H%M%SZ"))
        if kind == "utc":
            return "%s:%sZ" % (self.odd(name), value)
        if kind == "floating":
            return "%s:%s" % (self.odd(name), value)
        zone = self.zone_name
        if self.rng.random() < 0.1:
            zone = '"%s"' % zone
        return "%s;TZID=%s:%s" % (self.odd(name), zone, value)

    def end_line(self, wall):
        if self.is_all_day:
            if self.length == DAY and self.rng.random() < 0.3:
                return []
            if self.rng.random() < 0.3:
                return ["DURATION:P%dD" % self.length.days]
            return [self.stamp(wall + self.length, "DTEND")]
        if not self.length:
            return []
        # A length on the wall and one by the clock differ when the clock changes in between: only the end says which.
        return [self.stamp(wall + self.length, "DTEND")]

    def lines(self):
        rng = self.rng
        head = ["BEGIN:VEVENT", "UID:" + self.uid]
        if rng.random() < 0.8:
            head.append("DTSTAMP:20260101T000000Z")
        body = [self.stamp(self.wall, "DTSTART")] + self.end_line(self.wall)
        if self.rule:
            body.append("%s:%s" % (self.odd("RRULE"), self.rule.text(rng)))
        body += self.removal_lines()
        if self.extra:
            body += [self.stamp(w, "RDATE", rng.choice([None, "as-utc"])) for w in self.extra]
        if self.status != "scheduled":
            body.append("STATUS:" + (self.status.upper() if rng.random() < 0.8 else self.status))
        body += self.word_lines()
        rng.shuffle(body)
        out = head + body + ["END:VEVENT"]
        parts = [out]
        for wall, new in self.moved.items():
            parts.append(["BEGIN:VEVENT", "UID:" + self.uid, self.stamp(wall, "RECURRENCE-ID", rng.choice([None, "as-utc"])),
                          self.stamp(new, "DTSTART")] + self.end_line(new) + self.status_lines() + self.word_lines()
                         + ["END:VEVENT"])
        for wall in self.cancelled:
            parts.append(["BEGIN:VEVENT", "UID:" + self.uid, self.stamp(wall, "RECURRENCE-ID"), self.stamp(wall, "DTSTART")]
                         + self.end_line(wall) + ["STATUS:CANCELLED"] + self.word_lines() + ["END:VEVENT"])
        return parts

    def status_lines(self):
        return [] if self.status == "scheduled" else ["STATUS:" + self.status.upper()]

    def removal_lines(self):
        rng = self.rng
        if not self.removed:
            return []
        how = rng.choice(["each", "list", "as-utc", "date"])
        if self.is_all_day or how in ("each", "as-utc"):
            return [self.stamp(w, "EXDATE", None if how == "each" else "as-utc") for w in self.removed]
        if how == "date":
            return ["EXDATE;VALUE=DATE:" + ",".join(w.strftime("%Y%m%d") for w in self.removed)]
        first = self.stamp(self.removed[0], "EXDATE")
        ending = "Z" if self.zone_kind == "utc" else ""
        return [first + "".join("," + w.strftime("%Y%m%dT%H%M%S") + ending for w in self.removed[1:])]

    def word_lines(self):
        lines = ["SUMMARY;LANGUAGE=%s:%s" % (language, title) for language, title in self.titles.items()]
        lines.append("CATEGORIES:" + ",".join(self.categories))
        if self.is_women:
            lines.append("CATEGORIES:Kvinnor")
        if self.has_childcare:
            lines.append("X-LYKTA-CHILDCARE:yes" if self.rng.random() < 0.5 else "CATEGORIES:childcare")
        if self.is_online:
            lines.append("CONFERENCE;VALUE=URI:https://video.example.org/rum")
        if self.place:
            lines += ["LOCATION:" + self.place[0], "GEO:%.4f;%.4f" % self.place[1:]]
        return lines

    # -------------------------------------------------------------- as it must be found
    def date(self, wall, original, status):
        start = resolve(wall, self.zone)
        end = resolve(wall + self.length, self.zone)
        if is_in_gap(wall, self.zone) or is_in_gap(wall + self.length, self.zone) or end < start:
            end = None
        return Date(self, start, end, status, resolve(original, self.zone))

    def dates(self, stop):
        removed_days = {w.date() for w in self.removed}
        found = {}
        for wall in self.regular(stop + dt.timedelta(days=4)) + self.extra:
            if wall in self.removed or (not self.is_all_day and self.rule is None and wall.date() in removed_days):
                continue
            if wall in self.moved:
                status = "rescheduled" if self.status == "scheduled" else self.status
                found[wall] = self.date(self.moved[wall], wall, status)
            elif wall in self.cancelled:
                found[wall] = self.date(wall, wall, "cancelled")
            else:
                found[wall] = self.date(wall, wall, self.status)
        return list(found.values())


def fold(line, width):
    """Cuts the bytes of a line as RFC 5545 has it, without a care for where a character ends."""
    out = [line[:width]]
    line = line[width:]
    while line:
        out.append(b" " + line[: width - 1])
        line = line[width - 1:]
    return out


class Calendar:
    """Bytes of one calendar in one of the shapes that are met with."""

    SHAPES = [
        ("utf-8", b"", b"\r\n", 75), ("utf-8", b"", b"\n", 20), ("utf-8", b"\xef\xbb\xbf", b"\r\n", 75),
        ("cp1252", b"", b"\r\n", 40), ("utf-16-le", b"\xff\xfe", None, 0), ("utf-16-be", b"\xfe\xff", None, 0),
        ("utf-16-le", b"", None, 0), ("utf-8", b"", b"\n", 0),
    ]

    def __init__(self, seed, number, n_events, now):
        rng = random.Random("%s-%d" % (seed, number))
        coding, mark, ending, width = self.SHAPES[number % len(self.SHAPES)]
        self.events = [Event(rng, number * 1000 + i, now, coding == "cp1252") for i in range(n_events)]
        parts = [part for event in self.events for part in event.lines()]
        rng.shuffle(parts)  # overrides stand anywhere
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//maker//EN"]
        for part in parts:
            lines += part
        lines.append("END:VCALENDAR")
        if ending is None:
            self.data = mark + "".join(line + "\r\n" for line in lines).encode(coding)
            return
        raw = []
        for line in lines:
            line = line.encode(coding)
            raw += fold(line, width) if width else [line]
        self.data = mark + ending.join(raw) + ending
