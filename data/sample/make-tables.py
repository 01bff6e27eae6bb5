#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes places.tsv, organisers.tsv and activities.tsv anew: python3 data/sample/make-tables.py

The three tables are what the program reads and may be edited by hand; this script shows how they
came about and keeps the weights in one place. The same seed always gives the same tables. Weights
of purposes and organisers follow the county boards' statistics of granted activities for 2020.
"""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
RANDOM = random.Random(1364)

# Activities in each county, and the municipalities they are in; the first has a third of them.
COUNTIES = {
    "01": (74, "0180 0127 0181 0126 0136 0182 0123 0163 0139 0188 0160 0192 0184 0114 0191"),
    "03": (22, "0380 0381 0319 0305 0360"), "04": (18, "0484 0480 0483 0486 0488"),
    "05": (24, "0580 0581 0583 0586 0563"), "06": (20, "0680 0683 0685 0682 0662"),
    "07": (16, "0780 0781 0765 0767 0761"), "08": (16, "0880 0883 0882 0884 0840"),
    "09": (10, "0980"), "10": (12, "1080 1082 1081 1060 1083"),
    "12": (48, "1280 1283 1281 1290 1282 1293 1287 1285 1292 1263 1270"),
    "13": (18, "1380 1383 1382 1381 1315"),
    "14": (54, "1480 1490 1488 1485 1496 1481 1499 1462 1430 1487 1402 1470"),
    "17": (17, "1780 1785 1784 1781 1782"), "18": (19, "1880 1883 1882 1884 1881"),
    "19": (18, "1980 1981 1983 1984 1960"), "20": (18, "2080 2081 2085 2062 2023 2029"),
    "21": (18, "2180 2181 2184 2183 2121"), "22": (16, "2281 2280 2284 2282 2283"),
    "23": (12, "2380 2361 2313 2321 2309"), "24": (16, "2480 2482 2481 2462 2460"),
    "25": (16, "2580 2581 2514 2584 2582 2583"),
}

# Towns that are called something else than their municipality.
TOWNS = {"0127": "Tumba", "0123": "Jakobsberg", "0139": "Kungsängen", "0305": "Bålsta",
         "0980": "Visby", "1315": "Hyltebruk", "1402": "Partille", "2023": "Malung",
         "2121": "Edsbyn", "2361": "Sveg", "2309": "Krokom", "2313": "Strömsund"}

PLACES = {
    "bibliotek": "Exempelbiblioteket", "kyrka": "Exempelkyrkans församlingshem",
    "motesplats": "Mötesplatsen Exempel", "skola": "Exempelskolan", "hall": "Exempelhallen",
    "bad": "Exempelbadet", "park": "Exempelparken", "museum": "Exempelmuseet",
    "gard": "Exempelgården", "studielokal": "Studielokalen Exempel",
    "arbetsplats": "Exempelverkstaden",
}
STREETS = ["Exempelgatan", "Exempelvägen", "Exempeltorget", "Exempelstigen", "Provgatan",
           "Provvägen", "Påhittsgatan", "Påhittsvägen", "Låtsasgatan", "Fantasivägen"]

# Kind of organiser: (share in per cent, names with {} for the town, number per county).
ORGANISERS = {
    "study-association": (22, "Studieförbundet Exempel {}"),
    "folk-high-school": (9, "Exempels folkhögskola i {}"),
    "interest-organisation": (25, "Intresseföreningen Exempel i {}"),
    "non-profit": (22, "Exempelföreningen i {}"),
    "faith-community": (14, "Exempelförsamlingen i {}"),
    "sports-club": (5, "Exempelklubben {} IF"),
    "municipality": (2, "Exempelkommunens integrationsenhet i {}"),
    "library": (1, "Exempelbiblioteket i {}"),
    "ethnic-association": (3, "Exempelföreningen för språk och kultur i {}"),
}
# Kinds of activity that only some organisers have.
ONLY = {
    "library-tour": ["library"], "swimming": ["sports-club", "interest-organisation", "non-profit"],
    "football": ["sports-club", "non-profit", "interest-organisation"],
    "ball-games": ["sports-club", "study-association", "non-profit"],
    "riding": ["sports-club", "interest-organisation"], "gym": ["sports-club", "non-profit", "interest-organisation"],
    "everyday-swedish": ["study-association"], "reading": ["study-association", "folk-high-school"],
    "choir": ["study-association", "faith-community"], "introduction": ["state-agency"],
}

# Telephone numbers that are set apart for fiction: (county or "", pattern, first, last).
PHONES = [("01", "08-465 004 {:02d}", 0, 99), ("14", "031-390 06 {:02d}", 0, 99),
          ("12", "040-628 04 {:02d}", 0, 99), ("25", "0980-319 2{:02d}", 0, 99),
          ("", "070-174 06 {:02d}", 5, 99)]

DAY, EVE, LATE = ["09:30", "10:00", "13:00", "14:00"], ["17:00", "18:00", "18:30"], ["15:30", "16:00"]
WEEK = ["MO", "TU", "WE", "TH", "FR"]

# Kind: (weight, places, pattern, times, minutes, weekdays, usual notes)
KINDS = {
    "language-cafe": (30, "bibliotek kyrka motesplats", "weekly", DAY + EVE, 120, WEEK + ["SA"], "coffee late"),
    "language-cafe-young": (11, "bibliotek motesplats", "weekly", LATE, 90, WEEK, "coffee late"),
    "language-cafe-women": (10, "kyrka motesplats", "weekly", DAY, 120, WEEK, "coffee children"),
    "language-cafe-theme": (9, "bibliotek gard", "weekly", DAY + EVE, 90, WEEK, "coffee"),
    "swedish-beginners": (18, "studielokal skola", "course", DAY + EVE, 120, ["MO WE", "TU TH", "MO", "TH"], "pen holiday"),
    "everyday-swedish": (13, "studielokal skola", "course", DAY + EVE, 150, ["MO TH", "TU", "WE", "TU FR"], "pen holiday"),
    "swedish-online": (9, "", "weekly", EVE, 60, WEEK + ["SU"], "link camera"),
    "swedish-baby": (11, "gard bibliotek", "weekly", ["10:00", "13:00"], 90, WEEK, "children nothing"),
    "homework": (10, "bibliotek skola", "weekly", LATE, 120, ["MO", "TU", "WE", "TH", "TU TH"], "late"),
    "reading": (8, "studielokal skola", "course", DAY, 150, ["MO WE", "TU TH"], "pen holiday"),
    "walk-and-talk": (9, "park", "weekly", ["10:00", "11:00", "13:00"], 90, WEEK + ["SA", "SU"], "outdoor meet"),
    "news": (5, "bibliotek", "fortnightly", DAY, 60, WEEK, "nothing"),
    "language-friend": (6, "motesplats gard", "monthly", ["17:30", "18:00"], 90, ["1TU", "2WE", "3TH"], "coffee"),
    "open-house": (12, "motesplats gard", "weekly", ["09:00", "10:00", "11:00"], 300, ["MO TU WE TH FR", "TU TH SA", "SA SU", "MO WE FR"], "coffee children late"),
    "film": (5, "bibliotek gard", "monthly", ["17:30", "18:00"], 150, ["2FR", "4FR", "3SU"], "coffee nothing"),
    "how-sweden-works": (12, "studielokal motesplats", "course", DAY + EVE, 120, ["TU", "WE", "TH", "SA"], "interpreter holiday"),
    "know-sweden": (8, "kyrka motesplats", "course", DAY, 150, ["TU", "TH", "WE"], "coffee children holiday"),
    "parents-circle": (9, "gard skola", "alternating", ["09:30", "10:00"], 120, WEEK, "interpreter holiday"),
    "family-group": (10, "gard kyrka", "weekly", ["09:30", "10:00"], 150, WEEK + ["SU"], "children coffee"),
    "legal": (9, "bibliotek motesplats", "monthly", EVE, 90, ["1MO", "2TU", "3WE", "4TH"], "interpreter"),
    "rights": (7, "motesplats studielokal", "once", DAY + EVE, 120, WEEK, "interpreter coffee"),
    "library-tour": (8, "bibliotek", "monthly", ["11:00", "14:00"], 60, ["1SA", "2TH", "3TU", "2SA"], "meet"),
    "museum": (7, "museum", "once", ["11:00", "13:00"], 120, ["SA", "SU", "TH"], "meet children"),
    "prehistory": (8, "park", "once", ["11:00", "12:00"], 150, ["SA", "SU"], "outdoor meet children"),
    "nature": (9, "park", "once", ["10:00", "11:00"], 180, ["SA", "SU", "FR"], "outdoor bus children"),
    "fire-safety": (5, "motesplats gard", "once", DAY + EVE, 90, WEEK, "interpreter"),
    "traffic": (4, "skola gard", "once", ["13:00", "17:00"], 120, WEEK, "outdoor"),
    "introduction": (0, "gard", "monthly", ["09:00"], 420, ["1TH", "3WE"], "card children interpreter"),
    "swimming": (12, "bad", "course", EVE, 60, ["MO", "WE", "SA", "SU"], "swim"),
    "swimming-women": (12, "bad", "weekly", ["18:30", "19:00"], 90, ["SU", "FR", "SA"], "swim bus"),
    "football": (16, "hall", "weekly", EVE, 90, ["TU TH", "SA", "SU", "FR", "MO WE"], "clothes"),
    "cycling-women": (10, "park", "course", ["10:00", "13:00", "17:00"], 90, ["TU TH", "SA", "SU"], "nothing outdoor"),
    "walking": (13, "park", "weekly", ["10:00", "11:00", "17:30"], 75, WEEK + ["SU", "SA"], "outdoor meet"),
    "yoga": (12, "gard hall", "weekly", EVE + ["10:00"], 60, WEEK + ["SU"], "clothes"),
    "health-talk": (11, "motesplats gard", "fortnightly", DAY, 90, WEEK, "interpreter coffee"),
    "health-men": (8, "gard motesplats", "weekly", EVE, 90, WEEK, "interpreter"),
    "gym": (8, "hall", "course", DAY + EVE, 60, ["MO", "WE", "FR"], "clothes"),
    "dance": (8, "gard hall", "weekly", EVE, 75, ["MO", "TH", "SU"], "clothes"),
    "boules": (6, "park gard", "once", ["11:00", "14:00"], 120, ["SA", "SU", "WE"], "outdoor nothing"),
    "riding": (5, "gard", "course", ["11:00", "16:30"], 90, ["SA", "SU", "WE"], "clothes bus"),
    "ball-games": (10, "hall", "weekly", EVE + ["20:00"], 90, ["MO", "FR", "SA", "SU"], "clothes nothing"),
    "stress": (9, "", "course", EVE, 60, WEEK, "link camera"),
    "first-aid": (7, "gard skola", "once", EVE + ["13:00"], 180, WEEK + ["SA"], "nothing"),
    "gardening": (10, "park gard", "weekly", ["10:00", "16:00"], 120, ["SA", "SU", "WE"], "outdoor nothing"),
    "cooking": (11, "gard kyrka", "fortnightly", EVE, 150, WEEK + ["SU"], "nothing"),
    "art": (8, "gard studielokal", "weekly", DAY + EVE, 120, WEEK, "nothing"),
    "choir": (7, "kyrka studielokal", "weekly", EVE, 90, ["MO", "TU", "WE", "SU"], "coffee"),
    "music": (6, "gard", "weekly", ["16:00", "18:00"], 120, ["TU", "FR", "SA"], "nothing"),
    "chess": (7, "bibliotek gard", "weekly", EVE + ["14:00"], 120, ["WE", "FR", "SA", "SU"], "coffee late"),
    "billiards-english": (4, "gard", "weekly", ["18:00", "19:00"], 120, ["TU", "FR"], "nothing"),
    "sewing": (14, "gard motesplats", "weekly", DAY, 180, ["MO", "TU", "TH", "SA"], "nothing"),
    "phone-repair": (12, "studielokal gard", "course", EVE, 150, ["TU", "TH"], "phone"),
    "cv": (13, "bibliotek studielokal", "weekly", DAY, 120, ["MO", "TU", "WE", "TH"], "interpreter"),
    "job-cafe": (12, "motesplats bibliotek", "fortnightly", ["13:00", "17:30"], 120, ["TU", "WE", "TH"], "coffee"),
    "workplace-visit": (11, "arbetsplats", "once", ["09:00", "13:00"], 180, ["TU", "WE", "TH"], "meet bus"),
    "computers": (13, "bibliotek studielokal", "course", DAY, 120, ["MO", "WE", "FR"], "phone"),
}

SHARES = {"en": 78, "ar": 72, "fa-AF": 52, "ti": 44, "so": 40, "uk": 54, "ru": 44, "es": 32, "fr": 26}
# Languages that have no table of texts (yet) are left out.
SHARES = {tag: share for tag, share in SHARES.items() if (HERE / f"texts-{tag}.tsv").exists()}
SPOKEN = ["en", "ar", "fa-AF", "ti", "so", "uk", "ru", "es", "fr", "tr", "ps"]


def chance(per_cent):
    return RANDOM.random() * 100 < per_cent


def pick(words):
    return RANDOM.choice(words)


def weighted(weights):
    return RANDOM.choices(list(weights), list(weights.values()))[0]


def write(name, remark, rows):
    with open(HERE / name, "w", encoding="utf-8") as out:
        out.write(f"# {remark}\n" + "\t".join(rows[0]) + "\n")
        for row in rows:
            out.write("\t".join(str(value) for value in row.values()) + "\n")


def read_areas():
    with open(HERE.parent / "municipalities.csv", encoding="utf-8") as table:
        return {row["code"]: row for row in csv.DictReader(table)}


AREAS = read_areas()
places, organisers, activities = {}, {}, []
DECK = []


def get_place(code, kind):
    key = f"{code}-{kind}"
    if key not in places:
        area, at = AREAS[code], random.Random(key)
        places[key] = {
            "place": key, "name": PLACES[kind],
            "street": "" if kind == "park" else f"{at.choice(STREETS)} {at.randint(1, 48)}",
            "town": TOWNS.get(code, area["name"]), "municipality": code,
            "latitude": f"{float(area['latitude']) + at.uniform(-0.006, 0.006):.4f}",
            "longitude": f"{float(area['longitude']) + at.uniform(-0.01, 0.01):.4f}",
            "step_free": at.choices(["yes", "no", ""], [50, 15, 35])[0],
        }
    return key


def get_phone(county, at):
    own = [series for series in PHONES if series[0] == county]
    series = own[0] if own and at.random() < 0.6 else PHONES[-1]
    return series[1].format(at.randint(series[2], series[3]))


def get_organiser(code, kind):
    """One of each kind in a town; agreements are with the county where it is."""
    key = f"{code}-{kind}"
    if key not in organisers:
        at, county = random.Random(key), code[:2]
        town = TOWNS.get(code, AREAS[code]["name"])
        number = len(organisers) + 1
        name = "Exempelmyndigheten" if kind == "state-agency" else ORGANISERS[kind][1].format(town)
        basis = at.choices(["agreement", "grant-2016-1364", ""], [66, 12, 22])[0]
        if kind in ("state-agency", "library"):
            basis = ""
        organisers[key] = {
            "organiser": key, "name": name, "kind": kind, "county": county,
            "number": f"000000-{number:04d}" if at.random() < 0.7 else "",
            "contact": at.choice(["Receptionen", "Samordnaren", "Cirkelledaren", "", ""]),
            "phone": get_phone(county, at) if at.random() < 0.75 else "",
            "email": f"{key}@example.org" if at.random() < 0.8 else "",
            "authority_phone": get_phone(county, at) if basis else "",
            "authority_email": f"samverkan-{key}@example.org" if basis else "",
            "basis": basis, "reference": f"Exempel {number:03d}" if basis else "",
            "agreed": at.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) if basis else "",
            "months": at.choices([12, 6], [85, 15])[0] if basis else "",
        }
        # A short agreement must not have run out: one that is six months long is new.
        if organisers[key]["months"] == 6:
            organisers[key]["agreed"] = at.choice([0, 1, 2, 3, 4, 5])
    return key


def get_when(pattern, times, minutes, days):
    when = {"pattern": pattern, "days": pick(days), "time": pick(times), "time2": "",
            "minutes": minutes, "first": -12, "weeks": "", "pause": "", "changes": ""}
    if pattern == "course":
        when["pattern"] = "weekly"
        # Six weeks at least are left, so that no holiday swallows the rest of the term.
        when["first"] = RANDOM.choice([-7, -5, -4, -3, -2, -1, 0, 1, 2, 4, 6])
        when["weeks"] = max(RANDOM.choice([8, 10, 12, 14]), 6 - when["first"])
        when["pause"] = "school"
    elif pattern == "alternating":
        when["first"], when["weeks"] = RANDOM.choice([-3, -2, -1, 0, 2]), RANDOM.choice([10, 12])
        when["time2"], when["pause"] = pick(["13:00", "13:30", "14:00"]), "school"
    elif pattern == "once":
        when["first"] = RANDOM.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8])
    elif pattern == "weekly" and chance(8):
        when["first"] = RANDOM.choice([1, 2, 3])
    if pattern in ("weekly", "course", "fortnightly"):
        add_changes(when)
    return when


def add_changes(when):
    """A cancelled, moved or different date now and then, where the series has one."""
    step = 2 if when["pattern"] == "fortnightly" else 1
    last = when["first"] + (when["weeks"] or 99) * step - 1
    weeks = [week for week in range(0, 6) if when["first"] <= week <= last and (week - when["first"]) % step == 0]
    for change, per_cent in (("cancelled", 16), ("moved", 7), ("elsewhere", 5), ("online", 3)):
        if weeks and chance(per_cent):
            week = pick(weeks)
            weeks.remove(week)
            when["changes"] += f" {change}:{week}"
    when["changes"] = when["changes"].strip()


def add_themes(when):
    """The coming dates each have a title of their own, apart from those that differ already."""
    taken = {int(change.split(":")[1]) for change in when["changes"].split()}
    themes = [f"theme-{theme}:{week}" for week, theme in enumerate(("winter", "food", "housing", "safety"))
              if week not in taken and week >= when["first"]]
    when["changes"] = " ".join([*when["changes"].split(), *themes])


def get_languages():
    if chance(16):
        return "sv"
    if chance(14):
        return " ".join(["sv", *SHARES])
    return " ".join(["sv", *(tag for tag, share in SHARES.items() if chance(share))])


def get_organiser_kind(kind):
    if kind in ONLY:
        return pick(ONLY[kind])
    # Drawn from a shuffled deck, so that few draws already have the right shares.
    if not DECK:
        DECK.extend(name for name, (share, _) in ORGANISERS.items() for _ in range(share))
        RANDOM.shuffle(DECK)
    return DECK.pop()


def get_conditions(kind, pattern, organiser):
    tia = "no" if kind == "introduction" else weighted({"yes": 66, "no": 12, "": 22})
    has_basis = organiser["basis"] != ""
    if tia == "yes" and not has_basis and chance(70):
        tia = ""
    course = pattern in ("course", "alternating", "once")
    certificate = ""
    if tia == "yes":
        certificate = weighted({"yes": 85, "": 15}) if has_basis else ""
    elif tia == "no":
        certificate = "no"
    free = "yes" if tia == "yes" else weighted({"yes": 55, "": 28, "no": 17})
    if kind == "introduction":
        free = "yes"
    price = ""
    if free == "no":
        price = "price-course" if pattern == "course" else pick(["price-visit", "price-ticket"])
    family = kind in ("language-cafe-women", "know-sweden", "swedish-baby", "family-group", "introduction")
    return {
        "spoken": " ".join(["sv", *sorted(RANDOM.sample(SPOKEN, RANDOM.choice([0, 1, 1, 2])))]) if chance(58) else "",
        "tia": tia, "certificate": certificate, "free": free, "price": price,
        "childcare": weighted({"yes": 65, "": 25, "no": 10} if family else {"yes": 12, "": 58, "no": 30}),
        "booking": "required" if kind == "introduction" else
        weighted({"required": 68, "": 24, "drop-in": 8} if course else {"drop-in": 72, "": 22, "required": 6}),
        "capacity": RANDOM.choice([8, 10, 12, 15, 20, 25, 30]) if chance(28) else "",
    }


def add_activity(code, kind, number, at=None):
    _, place_kinds, pattern, times, minutes, days, notes = KINDS[kind]
    when = get_when(pattern, times, minutes, days)
    when.update(at or {})
    if kind == "language-cafe-theme":
        add_themes(when)
    organiser = get_organiser(code, get_organiser_kind(kind))
    partners = [organiser]
    while chance(24) and len(partners) < 3:
        partner = get_organiser(code, get_organiser_kind("language-cafe"))
        if partner not in partners:
            partners.append(partner)
    attendance = "on-site" if chance(80) else ""
    where = [get_place(code, pick(place_kinds.split()))] if place_kinds else []
    if kind in ("swedish-online", "stress"):
        attendance = "online"
    elif kind in ("legal", "computers", "health-talk") and chance(35):
        attendance = "mixed"
    if "elsewhere" in when["changes"]:
        if where:
            where.append(get_place(code, pick(["museum", "park"])))
        else:
            when["changes"] = " ".join(word for word in when["changes"].split() if "elsewhere" not in word)
    note_keys = [f"note-{note}" for note in notes.split() if chance(75)]
    status = ""
    if pattern == "once":
        status = weighted({"": 88, "tentative": 6, "cancelled": 6})
    activities.append({
        "activity": f"exempel-{code}-{number:02d}", "kind": kind, "organisers": " ".join(partners),
        "places": " ".join(where), "attendance": attendance, **when, "status": status, "audience": "",
        "languages": get_languages(), "notes": " ".join(note_keys),
        **get_conditions(kind, pattern, organisers[organiser]),
        "changed": RANDOM.choice([1, 3, 8, 15, 30, 45, 60, 90]),
    })


def main():
    numbers = {}

    def add(code, kind, at=None):
        numbers[code] = numbers.get(code, 0) + 1
        add_activity(code, kind, numbers[code], at)

    deck = []
    for count, codes in COUNTIES.values():
        first, *others = codes.split()
        # Every county has something each week, for families, for newcomers and at the weekend.
        for kind, at in (("language-cafe", None), ("open-house", None), ("walking", {"days": pick(["SA", "SU"])})):
            add(first, kind, at)
        for i in range(count - 3):
            if len(deck) < 8:
                more = [kind for kind, (weight, *_) in KINDS.items() for _ in range(weight)]
                RANDOM.shuffle(more)
                deck += more
            kind = deck.pop(0)
            add(first if not others or i % 3 == 0 else pick(others), kind)
    # The capital never sleeps: something on every evening and every day of the weekend.
    for kind, days, time in (("football", "SU", "16:00"), ("chess", "SU", "14:00"), ("walking", "SU", "11:00"),
                             ("language-cafe", "SU", "13:00"), ("gardening", "SA", "10:00"), ("language-cafe", "SA", "12:00"),
                             ("open-house", "SA SU", "11:00"), ("ball-games", "SA", "18:00"), ("choir", "SU", "15:00"),
                             ("yoga", "SA", "10:00"), ("dance", "SA", "16:00"), ("chess", "FR", "18:00"), ("cv", "FR", "10:00"),
                             ("language-cafe", "FR", "13:00"), ("choir", "MO", "18:00"), ("art", "MO", "13:00"),
                             ("open-house", "MO TU WE TH FR", "10:00"), ("football", "TU TH", "18:30"), ("cv", "WE", "10:00"),
                             ("sewing", "MO", "10:00"), ("walk-and-talk", "FR", "11:00"), ("language-cafe", "WE", "18:00"),
                             ("language-cafe", "TH", "18:00"), ("yoga", "TU", "10:00"), ("walking", "MO", "11:00")):
        add(pick(["0180", "0180", "0127", "0182", "0181"]), kind,
            {"days": days, "time": time, "first": -12, "changes": ""})
    for code in ("0180", "1280", "1480"):
        add(code, "introduction")
    # Whole days, and a week that looks different each time.
    add("0380", "museum", {"time": "", "days": "SA", "first": 2})
    add("2480", "nature", {"time": "", "days": "SU", "first": 3})

    write("places.tsv", "Invented places near the middle of real towns.", list(places.values()))
    write("organisers.tsv", "Invented organisers. Agreements begin so many months before this one.", list(organisers.values()))
    write("activities.tsv", "One activity in each line; app/feed/lykta-sample-schedule.h explains the columns from "
          "pattern to changes.", activities)


main()
