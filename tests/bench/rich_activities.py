# SPDX-License-Identifier: GPL-3.0-or-later
"""Activities whose texts pack like real ones: up to fifteen languages, a vocabulary of thousands of
words for each, used as unevenly as in speech, and sentences that organisers take from each other.
The words mean nothing. The same number gives the same activity, however many there are.
"""
import bisect
import csv
import hashlib
import itertools
import pathlib
import random

# Each language with its letters, the frequent ones first, and the share of activities that have it.
LANGUAGES = {
    "sv": ("eantrsildomkgväåfphuöjybcx", 1.0),
    "en": ("etaoinshrdlcumwfgypbvkjxqz", 0.85),
    "ar": ("اليمنوترهبدسعفكقحجشصطخذثغضزةىءظ", 0.55),
    "fa": ("اینرودتهمسبشکزگخلفعپجقحچصطضذغثژ", 0.30),
    "prs": ("انیرودهمتسبشکزخگلفعجپقحچصطضغذثژ", 0.35),
    "ps": ("هوايرلدنتمپېکسبښړړخزګغنچشځټډقج", 0.20),
    "ckb": ("ەایوێنرۆکدبمتسلگشهیژڕخپجچقڵحفغ", 0.15),
    "ti": ("ንትብምልርይካናዝድእስሕክወመሰበትዓዮኣንግሃቲታልኮዕርሪሓ", 0.30),
    "am": ("ንትብምልርይካናየድእስሕክወመሰበትአዎለንግሃቲታልኮርሪሓጥ", 0.15),
    "so": ("aiodunehkylsrgmbwqtcfxj", 0.30),
    "uk": ("оанвитіеркслудмпяьзбгйчхцжшюєїщф", 0.45),
    "ru": ("оеаинтслвркдмупяьыгбзчйжшхюцщэф", 0.30),
    "fr": ("eaistnrulodcmpévqfbghjàxèyêz", 0.15),
    "es": ("eaosrnidlcutmpbgvyqóíhfázjéñxú", 0.15),
    "tr": ("aeirnlıkdmtysubüşozğçvpgöhcf", 0.30),
}
WORDS = 8000
CATEGORIES = "language homework sport health family culture law work social society".split()
FLAGS = ("childcare", "women-only", "drop-in", "free", "youth", "accessible")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CANCELLED, MOVED = "cancelled", "moved"


def stream(*key):
    """A stream of chance of its own for each key."""
    digest = hashlib.sha256(repr(key).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


class Language:
    """A vocabulary, how often each word is used, and what everybody writes."""

    def __init__(self, tag):
        rng = stream("language", tag)
        letters = LANGUAGES[tag][0]
        falling = list(itertools.accumulate(1 / (place + 1) for place in range(8)))
        # What may follow a letter: eight others, one of them most of the time.
        follows = {letter: rng.sample(letters, 8) for letter in letters}
        known = set()
        self.vocabulary = []
        while len(self.vocabulary) < WORDS:
            letter = rng.choice(letters)
            word = letter
            for _ in range(rng.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10))):
                letter = rng.choices(follows[letter], cum_weights=falling)[0]
                word += letter
            if word not in known:
                known.add(word)
                self.vocabulary.append(word)
        self.use = list(itertools.accumulate(1 / (place + 2.7) for place in range(WORDS)))
        self.titles = [self.words(rng, 2).capitalize() for _ in range(12)]
        self.stock = [self.sentence(rng) for _ in range(10)]

    def words(self, rng, count):
        top = self.use[-1]
        return " ".join(
            self.vocabulary[bisect.bisect(self.use, rng.random() * top)] for _ in range(count)
        )

    def sentence(self, rng):
        return self.words(rng, rng.randint(6, 14)).capitalize() + "."

    def text(self, rng, activity):
        """A title and a description."""
        title = self.titles[activity["kind"]]
        if rng.random() < 0.55:
            title += " – " + self.words(rng, 2)
        stock = rng.sample(self.stock, len(self.stock))
        sentences = [
            stock.pop() if stock and rng.random() < 0.4 else self.sentence(rng)
            for _ in range(max(2, min(14, int(rng.lognormvariate(1.6, 0.45)))))
        ]
        sentences.insert(1, f"{activity['venue']}, {activity['start'][9:11]}.{activity['start'][11:13]}.")
        return title, " ".join(sentences)


_languages = {}


def language(tag):
    if tag not in _languages:
        _languages[tag] = Language(tag)
    return _languages[tag]


def read_towns():
    """Names and positions of municipalities; Stockholm first, the others in a fixed disorder."""
    path = pathlib.Path(__file__).resolve().parents[2] / "data/municipalities.csv"
    with open(path, encoding="utf-8") as rows:
        towns = sorted((row["code"] != "0180", row["name"], float(row["latitude"]), float(row["longitude"]))
                       for row in csv.DictReader(rows))
    rest = towns[1:]
    stream("towns").shuffle(rest)
    return [town[1:] for town in towns[:1] + rest]


TOWNS = read_towns()


def day_text(day):
    """The date @day days after Tuesday 1 September 2026, for the first 28."""
    return f"202609{day % 28 + 1:02d}"


def activity(number, tags=tuple(LANGUAGES)):
    rng = stream("activity", number)
    town = int(rng.paretovariate(0.6)) % len(TOWNS)
    name, latitude, longitude = TOWNS[town]
    place = stream("place", town, rng.randrange(6))
    day = rng.randrange(28)
    result = {
        "uid": f"{number:06d}-{rng.getrandbits(32):08x}@example.org",
        "revision": 0,
        "kind": rng.randrange(12),
        "venue": f"{language('sv').words(place, 1).capitalize()}huset",
        "street": f"{language('sv').words(place, 1).capitalize()}gatan {place.randint(1, 90)}",
        "town": name,
        "organiser": language("sv").words(stream("organiser", town, rng.randrange(5)), 2).capitalize(),
        "position": (round(place.gauss(latitude, 0.03), 5), round(place.gauss(longitude, 0.05), 5)),
        "start": f"{day_text(day)}T{rng.choice((9, 10, 13, 14, 15, 16, 17, 18, 18, 19)):02d}"
        f"{rng.choice((0, 0, 0, 15, 30)):02d}00",
        "minutes": rng.choice((60, 75, 90, 120, 150)),
        "rule": None,
        "except": [],
        "changed": {},
        "modified": f"202608{rng.randint(1, 28):02d}T{rng.randrange(6, 22):02d}{rng.randrange(60):02d}00Z",
        "telephone": f"+467{rng.randrange(10**8):08d}",
        "address": f"https://example.org/{town}/{number}",
        "flags": [flag for flag in FLAGS if rng.random() < 0.35],
    }
    result["category"] = CATEGORIES[result["kind"] % len(CATEGORIES)]
    weekday = DAYS[(day + 1) % 7]
    until = rng.choice((";UNTIL=20261218T225959Z", ";UNTIL=20270611T225959Z", ""))
    chance = rng.random()
    if chance < 0.76:
        result["rule"] = f"FREQ=WEEKLY;BYDAY={weekday}{until}"
    elif chance < 0.88:
        result["rule"] = f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}{until}"
    result["texts"] = {
        tag: language(tag).text(stream("text", number, tag), result)
        for tag, (_, share) in LANGUAGES.items()
        if rng.random() < share and tag in tags
    }
    return result


def weeks_later(start, weeks):
    """The same weekday and hour some weeks on; September to November."""
    day = int(start[6:8]) + 7 * weeks
    month = 9
    for length in (30, 31):
        if day > length:
            day -= length
            month += 1
    return f"2026{month:02d}{day:02d}{start[8:]}"


def edit(rng, old, day, tags):
    """What organisers change: mostly one date, now and then a text."""
    new = dict(old, revision=old["revision"] + 1, modified=f"202609{day % 28 + 1:02d}T{rng.randrange(6, 22):02d}0500Z")
    chance = rng.random()
    date = weeks_later(old["start"], rng.randrange(1, 8))
    if chance < 0.30 and old["rule"]:
        new["except"] = sorted(set(old["except"]) | {date})
    elif chance < 0.45 and old["rule"]:
        new["changed"] = dict(old["changed"], **{date: rng.choice((CANCELLED, MOVED))})
    elif chance < 0.60:
        new["start"] = f"{old['start'][:9]}{rng.randrange(9, 20):02d}{rng.choice((0, 30)):02d}00"
        new["except"], new["changed"] = [], {}
    elif chance < 0.70:
        new["telephone"] = f"+467{rng.randrange(10**8):08d}"
        new["flags"] = sorted(set(old["flags"]) ^ {"drop-in"})
    elif chance < 0.85:
        new["texts"] = {
            tag: (title, text + " " + language(tag).sentence(rng))
            for tag, (title, text) in old["texts"].items()
        }
    elif chance < 0.95:
        missing = [tag for tag in LANGUAGES if tag in tags and tag not in old["texts"]]
        if missing:
            tag = rng.choice(missing)
            new["texts"] = dict(old["texts"], **{tag: language(tag).text(rng, old)})
    else:
        new["street"] = f"{language('sv').words(rng, 1).capitalize()}gatan {rng.randint(1, 90)}"
    return new


def next_day(activities, day, share, edits, tags=tuple(LANGUAGES)):
    """One day on: a share is edited, a quarter as many are new, an eighth as many gone; or exactly
    @edits edited and nothing else."""
    rng = stream("day", day, share, edits, len(activities))
    count = edits or max(1, int(len(activities) * share))
    for key in rng.sample(sorted(activities), count):
        activities[key] = edit(rng, activities[key], day, tags)
    if edits:
        return
    for key in rng.sample(sorted(activities), max(1, count // 8)):
        del activities[key]
    first = 1000000 * day
    for number in range(first, first + max(1, count // 4)):
        activities[number] = activity(number, tags)


def escape(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def shifted(start, hours):
    return f"{start[:9]}{(int(start[9:11]) + hours) % 24:02d}{start[11:]}"


def lines(item):
    """VEVENTs of one activity, unfolded."""
    zone = ";TZID=Europe/Stockholm:"
    stamp = [f"DTSTAMP:{item['modified']}", f"LAST-MODIFIED:{item['modified']}", f"SEQUENCE:{item['revision']}"]
    out = ["BEGIN:VEVENT", f"UID:{item['uid']}", *stamp]
    out += [f"DTSTART{zone}{item['start']}", f"DURATION:PT{item['minutes']}M"]
    if item["rule"]:
        out.append("RRULE:" + item["rule"])
    if item["except"]:
        out.append(f"EXDATE{zone}" + ",".join(item["except"]))
    for tag, (title, text) in item["texts"].items():
        out += [f"SUMMARY;LANGUAGE={tag}:{escape(title)}", f"DESCRIPTION;LANGUAGE={tag}:{escape(text)}"]
    out += [
        "LOCATION:" + escape(f"{item['venue']}, {item['street']}, {item['town']}"),
        f"GEO:{item['position'][0]};{item['position'][1]}",
        "CATEGORIES:" + ",".join([item["category"], *item["flags"]]),
        f"ORGANIZER;CN=\"{item['organiser']}\":mailto:hej@example.org",
        f"CONTACT:{item['telephone']}",
        f"URL:{item['address']}",
        "END:VEVENT",
    ]
    for date, what in sorted(item["changed"].items()):
        out += ["BEGIN:VEVENT", f"UID:{item['uid']}", *stamp, f"RECURRENCE-ID{zone}{date}"]
        out += [f"DTSTART{zone}{shifted(date, 1 if what == MOVED else 0)}", f"DURATION:PT{item['minutes']}M"]
        out += [f"SUMMARY;LANGUAGE=sv:{escape(item['texts']['sv'][0])}"]
        out += ["STATUS:CANCELLED"] if what == CANCELLED else []
        out.append("END:VEVENT")
    return out
