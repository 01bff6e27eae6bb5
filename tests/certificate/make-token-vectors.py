#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/certificate/vectors/tokens.json: invented certificates, good, bad and hostile, with
the answer that app/certificate/CERTIFICATE-TOKEN.md gives. The same file each time."""
import base64
import datetime
import hashlib
import json
import pathlib
import zlib
import zoneinfo

import cbor2
import nacl.signing
import second_token as second

STOCKHOLM = zoneinfo.ZoneInfo("Europe/Stockholm")
EPOCH = datetime.date(1970, 1, 1)
NAMES = [
    "Exempel Exempelsson", "Åsa Öst", "محمد المثال", "زهرا نمونه", "سمونه بېلګه", "Xaawo Tusaale", "ኣብነት ተስፋይ", "አበበ ምሳሌ",
    "Приклад Оленко", "Пример Иванов", "نموونە ئەحمەد", "Mînak Ehmed", "Örnek Yılmaz", "Élodie Exemple", "José Ejemplo",
    "მაგალითი", "Misol Oʻgʻli", "Nümunə Əliyev", "Przykład Łucja", "উদাহরণ", "مثال خان", "O’Neil-Smith Jr.", "李例",
]  # fmt: skip


def day(text):
    return datetime.date.fromisoformat(text)


def start(date):
    return int(datetime.datetime(date.year, date.month, date.day, tzinfo=STOCKHOLM).timestamp())


def key_of(name):
    return nacl.signing.SigningKey(hashlib.sha256(b"lykta test key " + name.encode()).digest())


KEYS = {name: key_of(name) for name in ("desk-a", "desk-b", "desk-unknown", "feed", "other-feed")}


def public(name):
    return KEYS[name].verify_key.encode()


def base45(data):
    out = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            out.append(second.ALPHABET[value % 45])
            value //= 45
    return "".join(out)


def sign(payload, purpose, key="desk-a", algorithm=-8, kid=None, unprotected=None, tag=18, header=None):
    header = cbor2.dumps({1: algorithm, 4: public(key) if kid is None else kid}) if header is None else header
    signature = KEYS[key].sign(cbor2.dumps(["Signature1", header, purpose, payload])).signature
    parts = [header, {} if unprotected is None else unprotected, payload, signature]
    return cbor2.dumps(cbor2.CBORTag(tag, parts)) if tag is not None else cbor2.dumps(parts)


def wrap(message):
    return "LYKTA1:" + base45(zlib.compress(message, 9))


class Certificate:
    """One certificate; members may be changed before it is turned into claims."""

    def __init__(self, **changes):
        self.serial = "A-2026-000017"
        self.issuer = "Exempelförbundet"
        self.holder = NAMES[0]
        self.activity = "Språkcafé på biblioteket"
        self.place = "Exempelbiblioteket, Exempelstad"
        self.period_from = day("2026-09-07")
        self.period_to = day("2027-05-31")
        self.valid_from = day("2026-11-22")
        self.valid_to = day("2027-02-22")
        self.use = 1
        self.index = 17
        for name, value in changes.items():
            assert hasattr(self, name), name
            setattr(self, name, value)

    def inner(self):
        fields = {0: 1, 1: self.holder, 2: self.activity, 3: self.place, 4: (self.period_from - EPOCH).days,
                  5: (self.period_to - EPOCH).days if self.period_to else None, 6: self.use, 7: self.index}  # fmt: skip
        return {key: value for key, value in fields.items() if value is not None}

    def claims(self):
        return {1: self.issuer, 4: start(self.valid_to + datetime.timedelta(1)), 5: start(self.valid_from),
                7: self.serial.encode(), -65537: self.inner()}  # fmt: skip

    def text(self, key="desk-a"):
        return wrap(sign(cbor2.dumps(self.claims()), b"lykta-certificate-1", key))

    def expected(self):
        return {
            "issuer": self.issuer, "valid-to": self.valid_to.isoformat(), "valid-from": self.valid_from.isoformat(),
            "serial": self.serial, "holder": self.holder, "activity": self.activity, "place": self.place,
            "period-from": self.period_from.isoformat(), "period-to": self.period_to.isoformat() if self.period_to else None,
            "use": self.use, "status-index": self.index,
        }  # fmt: skip


class Vectors:
    def __init__(self):
        self.tokens, self.status, self.trust = [], [], []

    def good(self, name, certificate, now=None, key="desk-a", state="valid", desk=None, by=None, made_at=-1, **lists):
        now = start(day("2026-12-01")) + 36000 if now is None else now
        judgement = {"state": state, "desk": desk, "confirmed-by": by, "status-made-at": made_at}
        self.tokens.append({"name": name, "text": certificate.text(key), "now": now, **lists,
                            "claims": certificate.expected(), "judgement": judgement})  # fmt: skip

    def bad(self, name, text, error):
        self.tokens.append({"name": name, "text": text, "error": error})

    def bad_claims(self, name, claims, error="invalid"):
        payload = claims if isinstance(claims, bytes) else cbor2.dumps(claims)
        self.bad(name, wrap(sign(payload, b"lykta-certificate-1")), error)

    def add_status(self, name, data, error=None):
        self.status.append({"name": name, "data": base64.b64encode(data).decode(), **({"error": error} if error else {})})

    def add_trust(self, name, data, publisher="feed", error=None):
        self.trust.append({"name": name, "data": base64.b64encode(data).decode(), "publisher": publisher,
                           **({"error": error} if error else {})})  # fmt: skip


def add_valid(vectors):
    for i, holder in enumerate(NAMES):
        vectors.good(f"name {i + 1}", Certificate(holder=holder, index=i))
    for use in range(3):
        vectors.good(f"use {use}", Certificate(use=use))
    vectors.good("no place", Certificate(place=None))
    vectors.good("no end of the activity", Certificate(period_to=None))
    vectors.good("cannot be revoked", Certificate(index=None))
    vectors.good("least", Certificate(place=None, period_to=None, index=None, serial="1", issuer="x", holder="y", activity="z"))
    vectors.good("one day", Certificate(valid_from=day("2026-12-01"), valid_to=day("2026-12-01")))
    vectors.good("longest name", Certificate(holder="Åå" * 24))
    vectors.good("all long", Certificate(holder="ኣ" * 32, issuer="ö" * 24, activity="м" * 24, place="ع" * 24, serial="Z" * 32))
    vectors.good("last place", Certificate(index=(1 << 20) - 1))
    vectors.good("first place", Certificate(index=0))
    for text in ("100", "/2", "Ö"):
        vectors.good(f"serial as text is bytes: {text}", Certificate(activity=text))
    spaced = Certificate().text()
    for name, text in {"line ends": spaced[:80] + "\r\n" + spaced[80:] + "\n", "spaces around": f"  {spaced} ", "tab": spaced[:9] + "\t" + spaced[9:]}.items():
        vectors.good(f"forgiven: {name}", Certificate())
        vectors.tokens[-1]["text"] = text
    unknown = Certificate().claims()
    unknown[99] = "later"
    unknown[-65537][42] = [1, {2: b"x"}]
    vectors.good("unknown keys are ignored", Certificate())
    vectors.tokens[-1]["text"] = wrap(sign(cbor2.dumps(unknown), b"lykta-certificate-1"))


def add_times(vectors):
    spans = [("2026-11-22", "2027-02-22"), ("2026-03-28", "2026-03-29"), ("2026-10-24", "2026-10-25"), ("2026-12-31", "2027-01-01"),
             ("2028-02-29", "2028-05-29"), ("2026-01-31", "2026-04-30")]  # fmt: skip
    for first, last in spans:
        certificate = Certificate(valid_from=day(first), valid_to=day(last), period_from=day("2026-01-01"), period_to=None)
        begins, ends = start(day(first)), start(day(last) + datetime.timedelta(1))
        for name, now, state in (("second before", begins - 1, "not-yet"), ("first second", begins, "valid"), ("last second", ends - 1, "valid"),
                                 ("second after", ends, "ended"), ("year before", begins - 31536000, "not-yet"), ("year after", ends + 31536000, "ended")):  # fmt: skip
            vectors.good(f"{first} to {last}: {name}", certificate, now, state=state)


def status_payload(places, revoked, made_at, sequence):
    bits = bytearray((places + 7) // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    return {6: made_at, -65537: {0: 1, 1: sequence, 2: places, 3: zlib.compress(bytes(bits), 9)}}


def status_list(places, revoked, made_at, sequence, key="desk-a"):
    return sign(cbor2.dumps(status_payload(places, revoked, made_at, sequence)), b"lykta-status-1", key)


def add_status(vectors):
    made_at = start(day("2026-11-30"))
    revoked = [0, 7, 8, 9, 15, 63, 100, 999]
    vectors.add_status("old", status_list(1000, [], made_at - 86400, 1))
    vectors.add_status("new", status_list(1000, revoked, made_at, 2))
    vectors.add_status("other desk", status_list(1000, range(1000), made_at, 9, "desk-b"))
    vectors.add_status("empty", status_list(0, [], made_at, 3))
    vectors.add_status("taken back", status_list(1000, [], made_at + 1, 4))
    vectors.add_status("hundred thousand", status_list(100000, range(0, 100000, 37), made_at, 5))
    for index in (0, 1, 6, 7, 8, 9, 10, 15, 16, 62, 63, 64, 100, 998, 999, 1000, 1 << 19):
        state = "revoked" if index in revoked else "valid"
        vectors.good(f"place {index}", Certificate(index=index), state=state, made_at=made_at, status=["old", "new"])
    vectors.good("order of lists does not matter", Certificate(index=7), state="revoked", made_at=made_at, status=["new", "old"])
    vectors.good("old list alone", Certificate(index=7), made_at=made_at - 86400, status=["old"])
    vectors.good("list of another desk", Certificate(index=7), status=["other desk"])
    vectors.good("both desks' lists", Certificate(index=7), state="revoked", made_at=made_at, status=["other desk", "new"])
    vectors.good("empty list", Certificate(index=7), made_at=made_at, status=["empty"])
    vectors.good("a later list counts alone", Certificate(index=7), made_at=made_at + 1, status=["taken back", "new"])
    vectors.good("cannot be revoked, list there", Certificate(index=None), status=["new"])
    vectors.good("revoked and ended", Certificate(index=9), start(day("2028-01-01")), state="revoked", made_at=made_at, status=["new"])
    vectors.good("revoked before it begins", Certificate(index=9), start(day("2026-01-01")), state="revoked", made_at=made_at, status=["new"])
    for index in (37, 38, 99937, 99999):
        vectors.good(f"large list, place {index}", Certificate(index=index), state="revoked" if index % 37 == 0 else "valid", made_at=made_at, status=["hundred thousand"])
    add_bad_status(vectors, made_at)


def add_bad_status(vectors, made_at):
    purpose = b"lykta-status-1"
    good = status_list(1000, [5], made_at, 6)
    vectors.add_status("cut", good[:-1], "damaged")
    vectors.add_status("altered", good[:60] + bytes([good[60] ^ 1]) + good[61:], "bad-signature")
    vectors.add_status("a token is no list", sign(cbor2.dumps(status_payload(10, [], made_at, 1)), b"lykta-certificate-1"), "bad-signature")
    for name, key, value in (("too many places", 2, (1 << 20) + 1), ("negative places", 2, -1), ("negative sequence", 1, -1), ("bits too short", 3, zlib.compress(b"")),
                             ("no bits", 3, None), ("version 0", 0, 0)):  # fmt: skip
        payload = status_payload(1000, [], made_at, 1)
        payload[-65537][key] = value
        vectors.add_status(name, sign(cbor2.dumps(payload), purpose), "invalid")
    payload = status_payload(1000, [], made_at, 1)
    payload[-65537][3] = zlib.compress(bytes(126))
    vectors.add_status("bits too long", sign(cbor2.dumps(payload), purpose), "too-large")
    payload[-65537][3] = zlib.compress(bytes(1 << 24), 9)
    vectors.add_status("bomb", sign(cbor2.dumps(payload), purpose), "too-large")
    payload[-65537][3] = b"not deflated"
    vectors.add_status("bits not deflated", sign(cbor2.dumps(payload), purpose), "damaged")
    payload[-65537][0] = 2
    vectors.add_status("later version", sign(cbor2.dumps(payload), purpose), "unknown-version")
    vectors.add_status("no claims", sign(cbor2.dumps({6: made_at}), purpose), "invalid")
    vectors.status.append({"name": "huge", "zeros": 160 * 1024 + 1, "error": "too-large"})
    vectors.add_status("nothing", b"", "not-a-token")


def trust_payload(desks, publisher="Exempelkalendern", made_at="2026-11-01", expires_at="2027-01-01"):
    return {1: publisher, 4: start(day(expires_at)), 6: start(day(made_at)), -65537: {0: 1, 1: 12, 2: desks}}


def desk(key="desk-a", name="Exempelförbundet i Exempelstad", county="01", first="2026-01-01", last="2026-12-31"):
    return [public(key), name, county, (day(first) - EPOCH).days, (day(last) - EPOCH).days]


def trust_list(desks, key="feed", **changes):
    return sign(cbor2.dumps(trust_payload(desks, **changes)), b"lykta-trust-1", key)


def add_trust(vectors):
    name, by = "Exempelförbundet i Exempelstad", "Exempelkalendern"
    vectors.add_trust("trust", trust_list([desk("desk-b", "En annan", "03"), desk()]))
    vectors.add_trust("trust expired", trust_list([desk()], expires_at="2026-11-30"))
    vectors.add_trust("trust second", trust_list([desk(name="Länkad")], "other-feed", publisher="Den andra"), "other-feed")
    vectors.add_trust("trust nobody", trust_list([]))
    vectors.add_trust("trust window over", trust_list([desk(last="2026-11-21")]))
    vectors.add_trust("trust window later", trust_list([desk(first="2026-11-23")]))
    vectors.add_trust("trust window just", trust_list([desk(first="2026-11-22", last="2026-11-22")]))
    vectors.add_trust("trust two windows", trust_list([desk(last="2026-06-30", name="Förr"), desk(first="2026-07-01", name="Nu")]))
    certificate = Certificate()
    vectors.good("confirmed", certificate, desk=name, by=by, trust=["trust"])
    vectors.good("confirmed, other desk", certificate, key="desk-b", desk="En annan", by=by, trust=["trust"])
    vectors.good("unknown desk", certificate, key="desk-unknown", trust=["trust"])
    vectors.good("list expired", certificate, trust=["trust expired"])
    vectors.good("expired list, then a good one", certificate, desk=name, by=by, trust=["trust expired", "trust"])
    vectors.good("first list that knows it", certificate, desk="Länkad", by="Den andra", trust=["trust nobody", "trust second", "trust"])
    vectors.good("no desks", certificate, trust=["trust nobody"])
    vectors.good("issued after the window", certificate, trust=["trust window over"])
    vectors.good("issued before the window", certificate, trust=["trust window later"])
    vectors.good("window of one day", certificate, desk=name, by=by, trust=["trust window just"])
    vectors.good("second window", certificate, desk="Nu", by=by, trust=["trust two windows"])
    vectors.good("confirmed, in the first second of a day", certificate, start(day("2026-12-01")) + 1, desk=name, by=by, trust=["trust"])
    vectors.good("confirmed and revoked", Certificate(index=8), state="revoked", desk=name, by=by, made_at=start(day("2026-11-30")), trust=["trust"], status=["new"])
    add_bad_trust(vectors)


def add_bad_trust(vectors):
    purpose = b"lykta-trust-1"
    good = trust_list([desk()])
    vectors.add_trust("trust, wrong publisher", good, "other-feed", "bad-signature")
    vectors.add_trust("trust altered", good[:-90] + bytes([good[-90] ^ 1]) + good[-89:], "feed", "bad-signature")
    vectors.add_trust("trust cut", good[:200], "feed", "damaged")
    vectors.add_trust("trust is a status list", sign(cbor2.dumps(trust_payload([desk()])), b"lykta-status-1", "feed"), "feed", "bad-signature")
    for name, entry in (("no key", [b"", "x", "01", 1, 2]), ("four parts", desk()[:4]), ("name empty", [*desk()[:1], "", "01", 1, 2]), ("text for a day", [*desk()[:4], "2026"]),
                        ("name with a line end", [desk()[0], "a\nb", "01", 1, 2]), ("not an array", {1: 2})):  # fmt: skip
        vectors.add_trust(f"trust desk: {name}", trust_list([entry]), "feed", "invalid")
    payload = trust_payload([desk()])
    payload[-65537][0] = 7
    vectors.add_trust("trust later version", sign(cbor2.dumps(payload), purpose, "feed"), "feed", "unknown-version")
    for key in (1, 4, 6):
        payload = trust_payload([desk()])
        del payload[key]
        vectors.add_trust(f"trust without {key}", sign(cbor2.dumps(payload), purpose, "feed"), "feed", "invalid")


def add_altered(vectors):
    """Each field changed without signing again, and bytes all over the message turned."""
    good = Certificate()
    header = cbor2.dumps({1: -8, 4: public("desk-a")})
    signature = cbor2.loads(sign(cbor2.dumps(good.claims()), b"lykta-certificate-1")).value[3]
    changes = {"serial": "A-2026-000018", "issuer": "Andra förbundet", "holder": "Någon Annan", "activity": "Ridning", "place": "Annanstans",
               "period_from": day("2026-01-01"), "period_to": day("2027-12-31"), "valid_from": day("2026-10-01"), "valid_to": day("2028-02-22"),
               "use": 2, "index": 18}  # fmt: skip
    for name, value in changes.items():
        payload = cbor2.dumps(Certificate(**{name: value}).claims())
        vectors.bad(f"altered {name}", wrap(cbor2.dumps(cbor2.CBORTag(18, [header, {}, payload, signature]))), "bad-signature")
    message = sign(cbor2.dumps(good.claims()), b"lykta-certificate-1")
    for at in range(0, len(message), 6):
        turned = wrap(message[:at] + bytes([message[at] ^ (1 << at % 8)]) + message[at + 1 :])
        try:
            second.read_token(turned)
            raise SystemExit(f"turning byte {at} is not noticed")
        except second.Refused as refusal:
            vectors.bad(f"byte {at} turned", turned, str(refusal))
    other = cbor2.dumps({1: -8, 4: public("desk-b")})
    vectors.bad("key of another desk", wrap(cbor2.dumps(cbor2.CBORTag(18, [other, {}, cbor2.dumps(good.claims()), signature]))), "bad-signature")
    for purpose in (b"", b"lykta-status-1", b"lykta-trust-1", b"lykta-certificate-2"):
        vectors.bad(f"signed as “{purpose.decode()}”", wrap(sign(cbor2.dumps(good.claims()), purpose)), "bad-signature")
    for name, point in (("zeros", bytes(32)), ("one", bytes([1]) + bytes(31)), ("ones", b"\xff" * 32)):
        vectors.bad(f"key of {name}", wrap(sign(cbor2.dumps(good.claims()), b"lykta-certificate-1", kid=point)), "bad-signature")


def add_truncated(vectors):
    text = Certificate().text()
    for length in range(7, len(text) - 1, 11):
        vectors.bad(f"cut after {length}", text[:length], "damaged")
    vectors.bad("last character missing", text[:-1], "damaged")
    vectors.bad("something after", text + "00", "damaged")
    vectors.bad("twice", text + text, "damaged")


def add_strangers(vectors):
    text = Certificate().text()
    for name, stranger in (("nothing", ""), ("web address", "https://exempel.se/"), ("other code", "HC1:6BF+70790T9WJWG.FKY*4GO0"), ("event", "BEGIN:VCALENDAR"),
                           ("no prefix", text[7:]), ("prefix in the middle", "x" + text)):  # fmt: skip
        vectors.bad(f"stranger: {name}", stranger, "not-a-token")
    for name, other in (("version 2", "LYKTA2:" + text[7:]), ("version 12", "LYKTA12:" + text[7:]), ("lower case", text.lower())):
        vectors.bad(name, other, "unknown-version")
    for name, other in (("no colon", "LYKTA1"), ("letter for version", "LYKTAX:" + text[7:]), ("only the prefix", "LYKTA1:"), ("lower-case rest", "LYKTA1:" + text[7:].lower()),
                        ("one character", "LYKTA1:0"), ("group too large", "LYKTA1::::"), ("pair too large", "LYKTA1:::"), ("umlaut", "LYKTA1:ÅÄÖ"),
                        ("not deflated", "LYKTA1:" + base45(b"hello, world")), ("raw deflate", "LYKTA1:" + base45(zlib.compress(b"x" * 40)[2:-4])),
                        ("bad checksum", "LYKTA1:" + base45(zlib.compress(b"x" * 40)[:-1] + b"\0"))):  # fmt: skip
        vectors.bad(name, other, "damaged")
    vectors.bad("deflated nothing", "LYKTA1:" + base45(zlib.compress(b"")), "not-a-token")
    vectors.bad("too long", "LYKTA1:" + "0" * 3000, "too-large")
    vectors.bad("far too long", "LYKTA1:" + "0" * 5000, "too-large")
    vectors.bad("longest that is read", "LYKTA1:" + "Z" * (2048 - 7), "damaged")
    for size in (2049, 1 << 16, 1 << 20):
        vectors.bad(f"bomb of {size}", "LYKTA1:" + base45(zlib.compress(bytes(size), 9)), "too-large")


def add_messages(vectors):
    """Well packed, but not the message that it ought to be."""
    claims = cbor2.dumps(Certificate().claims())
    purpose = b"lykta-certificate-1"
    message = sign(claims, purpose)
    for name, tag in (("COSE_Sign tag", 98), ("CWT tag", 61), ("no tag", None)):
        vectors.bad(name, wrap(sign(claims, purpose, tag=tag)), "not-a-token")
    parts = cbor2.loads(message).value
    for name, changed in (("three parts", parts[:3]), ("five parts", [*parts, b""]), ("unprotected header", [parts[0], {4: b"x"}, *parts[2:]]),
                          ("text for payload", [*parts[:2], "x", parts[3]]), ("map for header", [{1: -8}, *parts[1:]]), ("number for signature", [*parts[:3], 7])):  # fmt: skip
        vectors.bad(name, wrap(cbor2.dumps(cbor2.CBORTag(18, changed))), "not-a-token")
    for name, header in (("ES256", {1: -7, 4: public("desk-a")}), ("no algorithm", {4: public("desk-a"), 5: b""}), ("three in the header", {1: -8, 4: public("desk-a"), 3: 0}),
                         ("empty header", {}), ("algorithm as text", {1: "EdDSA", 4: public("desk-a")})):  # fmt: skip
        vectors.bad(name, wrap(sign(claims, purpose, header=cbor2.dumps(header))), "unknown-version")
    vectors.bad("header is an array", wrap(sign(claims, purpose, header=cbor2.dumps([1, -8]))), "unknown-version")
    vectors.bad("empty header bytes", wrap(sign(claims, purpose, header=b"")), "damaged")
    vectors.bad("short key", wrap(sign(claims, purpose, kid=public("desk-a")[:31])), "damaged")
    vectors.bad("key as text", wrap(sign(claims, purpose, kid="desk-a")), "damaged")
    vectors.bad("short signature", wrap(cbor2.dumps(cbor2.CBORTag(18, [*parts[:3], parts[3][:63]]))), "damaged")
    for name, data in (("indefinite array", b"\xd2\x9f" + message[2:] + b"\xff"), ("something after the message", message + b"\0"), ("a number", b"\x01"),
                       ("float", b"\xd2\xf9\x3c\x00"), ("promised array", b"\xd2\x9b\x00\x00\x00\x01\x00\x00\x00\x00"), ("promised bytes", b"\xd2\x5a\xff\xff\xff\xff"),
                       ("reserved", b"\xd2\x1c"), ("deep", b"\xd2" + b"\x81" * 20 + b"\x01"), ("tags", b"\xd2" * 20 + b"\x01")):  # fmt: skip
        vectors.bad(name, wrap(data), "not-a-token" if name == "a number" else "damaged")


def without(certificate, key, inner=False):
    claims = certificate.claims()
    del (claims[-65537] if inner else claims)[key]
    return claims


def with_value(key, value, inner=False):
    claims = Certificate().claims()
    (claims[-65537] if inner else claims)[key] = value
    return claims


def add_claims(vectors):
    """Well signed, but saying what cannot be."""
    for key in (1, 4, 5, 7, -65537):
        vectors.bad_claims(f"without claim {key}", without(Certificate(), key))
    for key in (0, 1, 2, 4, 6):
        vectors.bad_claims(f"without {key} of the certificate", without(Certificate(), key, True))
    for key, value in ((1, b"bytes"), (1, ""), (1, 5), (1, "a\nb"), (4, "2027"), (4, 0), (4, -1), (4, 1 << 40), (4, 1 << 63), (5, None), (5, 1), (7, "text"), (7, b""), (7, b"x" * 33),
                       (7, b"a b"), (7, "Ö".encode()), (-65537, []), (-65537, "x")):  # fmt: skip
        shown = "2^63" if value == 1 << 63 else repr(value)[:20]
        vectors.bad_claims(f"claim {key} = {shown}", with_value(key, value))
    for key, value in ((0, 0), (0, "1"), (0, -1), (1, ""), (1, 7), (1, "a\tb"), (1, "\x85"), (2, ""), (2, b"x"), (3, 7), (3, "a\x00b"), (4, 0), (4, 99999), (4, "x"), (5, 1), (5, -1), (6, 3), (6, -1),
                       (6, "travel"), (7, -1), (7, 1 << 20), (7, "1"), (7, True)):  # fmt: skip
        vectors.bad_claims(f"certificate {key} = {value!r}", with_value(key, value, True))
    vectors.bad_claims("ends before it begins", Certificate(valid_to=day("2026-11-20")).claims())
    vectors.bad_claims("activity ends before it begins", Certificate(period_to=day("2026-09-01")).claims())
    vectors.bad_claims("version 2 of the claims", with_value(0, 2, True), "unknown-version")
    vectors.bad_claims("version 2 and little else", {-65537: {0: 2}}, "unknown-version")
    vectors.bad_claims("empty map", {})
    vectors.bad_claims("an array", [1, 2])
    vectors.bad_claims("no bytes", b"", "damaged")
    vectors.bad_claims("key twice", b"\xa2\x01\x61x\x01\x61y", "damaged")
    vectors.bad_claims("key twice, written longer", b"\xa2\x01\x61x\x18\x01\x61y", "damaged")
    vectors.bad_claims("text as key", b"\xa1\x61x\x01", "damaged")
    vectors.bad_claims("indefinite text", b"\xa1\x01\x7f\x61x\xff", "damaged")
    vectors.bad_claims("a float somewhere", cbor2.dumps({**Certificate().claims(), 99: 1.5}), "damaged")
    vectors.bad_claims("a tag somewhere", cbor2.dumps({**Certificate().claims(), 99: cbor2.CBORTag(0, "2026-11-22")}), "damaged")
    vectors.bad_claims("too deep", cbor2.dumps({**Certificate().claims(), 99: [[[[[[[[1]]]]]]]]}), "damaged")
    vectors.bad_claims("something after the claims", cbor2.dumps(Certificate().claims()) + b"\xf6", "damaged")


def main():
    vectors = Vectors()
    for add in (add_valid, add_times, add_status, add_trust, add_altered, add_truncated, add_strangers, add_messages, add_claims):
        add(vectors)
    keys = {name: {"public": public(name).hex(), "seed": key.encode().hex()} for name, key in KEYS.items()}
    out = pathlib.Path(__file__).parent / "vectors" / "tokens.json"
    document = {"keys": keys, "status": vectors.status, "trust": vectors.trust, "tokens": vectors.tokens}
    lines = [f'"{name}": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False) for case in document[name]) + "\n]" for name in ("status", "trust", "tokens")]
    out.write_text(f'{{"keys": {json.dumps(keys)},\n' + ",\n".join(lines) + "}\n", encoding="utf-8")
    print(f"{len(vectors.tokens)} tokens, {len(vectors.status)} status lists, {len(vectors.trust)} trust lists")


if __name__ == "__main__":
    main()
