#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a large calendar for the benchmarks: N activities, each with texts in Swedish, English and
Arabic, most of them weekly, with places all over Sweden. The same N gives the same bytes.

    make-calendar.py N FILE.ics [--day D] [--share S] [--edits E] [--rich] [--tags TAG,TAG]

Each day after the first, a share of the activities is edited: a date falls out, another time, another
text; a quarter as many are new and an eighth as many are gone. With --edits exactly so many are edited
and nothing else. --rich writes up to fifteen languages with texts that pack like real ones
(rich_activities.py), or only those: for everything that measures bytes.
"""
import argparse
import random

import rich_activities

KINDS = [
    ("Språkcafé", "Language café", "مقهى اللغة", "language"),
    ("Promenadgrupp", "Walking group", "مجموعة المشي", "health"),
    ("Läxhjälp", "Homework help", "مساعدة في الواجبات المدرسية", "language"),
    ("CV-verkstad", "CV workshop", "ورشة السيرة الذاتية", "work"),
    ("Simskola", "Swimming lessons", "دروس سباحة", "health"),
    ("Samhällskunskap", "Civic knowledge", "المعرفة المجتمعية", "society"),
    ("Syjunta", "Sewing circle", "حلقة خياطة", "society"),
    ("Fotboll för alla", "Football for everyone", "كرة القدم للجميع", "sport"),
]
WORDS = {
    "sv": "vi träffas och pratar svenska tillsammans i lugn takt med fika samtal övningar spel "
    "musik biblioteket ledare volontärer välkomna kvällar barn familjer nybörjare texter frågor",
    "en": "we meet and practise together at an easy pace with coffee talks exercises games music "
    "library leaders volunteers welcome evenings children families beginners texts questions",
    "ar": "نلتقي ونتحدث معا بهدوء مع القهوة والتمارين والألعاب والموسيقى في المكتبة مع المتطوعين "
    "أهلا وسهلا بالعائلات والأطفال والمبتدئين أسئلة ونصوص كل مساء",
}
WORDS = {language: text.split() for language, text in WORDS.items()}
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def escape(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def fold(line):
    """RFC 5545 3.1: at most 75 octets, never inside a character."""
    out, size = [], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 74:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += octets
    return "".join(out)


def sentence(rng, language, count):
    return " ".join(rng.choices(WORDS[language], k=count)).capitalize() + "."


def date_of(day):
    """The date of weekday @day (0 Monday) in the week of Monday 31 August 2026."""
    return "20260831" if day == 0 else f"202609{day:02d}"


def event(rng, number):
    swedish, english, arabic, category = rng.choice(KINDS)
    day = rng.randrange(7)
    hour, minute = rng.randrange(8, 20), rng.choice([0, 15, 30])
    lines = [
        "BEGIN:VEVENT",
        f"UID:bench-{number}@example.org",
        "DTSTAMP:20260801T080000Z",
        f"DTSTART;TZID=Europe/Stockholm:{date_of(day)}T{hour:02d}{minute:02d}00",
        f"DURATION:PT{rng.choice([60, 90, 120])}M",
        "SUMMARY;LANGUAGE=sv:" + escape(f"{swedish} {number}"),
        "SUMMARY;LANGUAGE=en:" + escape(f"{english} {number}"),
        "SUMMARY;LANGUAGE=ar:" + escape(f"{arabic} {number}"),
    ]
    for language in ("sv", "en", "ar"):
        text = " ".join(sentence(rng, language, rng.randrange(8, 16)) for _ in range(2))
        lines.append(f"DESCRIPTION;LANGUAGE={language}:" + escape(text))
    latitude = rng.uniform(55.4, 68.0)
    longitude = rng.uniform(12.0, 20.0)
    lines += [
        "CATEGORIES:" + category,
        "LOCATION:" + escape(f"Mötesplatsen {number % 400}, Storgatan {number % 90 + 1}"),
        f"GEO:{latitude:.5f};{longitude:.5f}",
    ]
    if rng.random() < 0.88:
        lines.append(f"RRULE:FREQ=WEEKLY;BYDAY={DAYS[day]};UNTIL=20270615T000000Z")
    lines.append("END:VEVENT")
    return lines


def edit(rng, lines):
    """One of the changes that organisers make."""
    what = rng.random()
    recurring = any(line.startswith("RRULE") for line in lines)
    start = next(i for i, line in enumerate(lines) if line.startswith("DTSTART"))
    if what < 0.4 and recurring:
        first = lines[start].partition(":")[2]
        lines.insert(-1, f"EXDATE;TZID=Europe/Stockholm:{first}")
    elif what < 0.6:
        lines[start] = lines[start][:-6] + f"{rng.randrange(8, 20):02d}3000"
    else:
        texts = [i for i, line in enumerate(lines) if line.startswith("DESCRIPTION;LANGUAGE=")]
        place = rng.choice(texts)
        language = lines[place][21:23]
        lines[place] += " " + escape(sentence(rng, language, 6))


def one_day(rng, events, share, number):
    ids = sorted(events)
    changed = max(1, int(len(ids) * share))
    for chosen in rng.sample(ids, changed):
        edit(rng, events[chosen])
    for chosen in rng.sample(ids, changed // 8):
        del events[chosen]
    for _ in range(changed // 4):
        events[number] = event(rng, number)
        number += 1
    return number


def write(path, events):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//Benchmark//EN\r\n")
        for lines in events:
            out.write("".join(fold(line) + "\r\n" for line in lines))
        out.write("END:VCALENDAR\r\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("path")
    parser.add_argument("--day", type=int, default=0)
    parser.add_argument("--share", type=float, default=0.02)
    parser.add_argument("--edits", type=int, default=0)
    parser.add_argument("--rich", action="store_true")
    parser.add_argument("--tags", default=",".join(rich_activities.LANGUAGES))
    options = parser.parse_args()
    if options.rich:
        tags = options.tags.split(",")
        activities = {number: rich_activities.activity(number, tags) for number in range(options.count)}
        for day in range(1, options.day + 1):
            rich_activities.next_day(activities, day, options.share, options.edits, tags)
        write(options.path, map(rich_activities.lines, activities.values()))
        return
    rng = random.Random(5545)
    events = {number: event(rng, number) for number in range(options.count)}
    number = options.count
    for _ in range(options.day):
        number = one_day(rng, events, options.share, number)
    write(options.path, events.values())


if __name__ == "__main__":
    main()
