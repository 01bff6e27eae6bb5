#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the cases in tests/feed/vectors anew. Answers are written here by hand or come from
second_lykta_feed.py, never from Lykta itself. Needs zstd and minisign; the key is thrown away."""
import base64
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import second_lykta_feed as second

OUT = pathlib.Path(__file__).parent / "vectors"

# RFC 7396, appendix A, and what it leaves out.
MERGE = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"a":1,"e":null}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
    ("{}", "{}", "{}"),
    ('{"a":1}', "{}", '{"a":1}'),
    ("{}", '{"a":null}', "{}"),
    ('{"a":{"b":1}}', '{"a":{}}', '{"a":{"b":1}}'),
    ('{"a":1}', '{"a":{"b":2}}', '{"a":{"b":2}}'),
    ('{"a":1}', '{"a":{"b":null}}', '{"a":{}}'),
    ('{"name":{"sv":"Fika","ar":"قهوة"}}', '{"name":{"ar":null}}', '{"name":{"sv":"Fika"}}'),
    ('{"name":{"sv":"Fika"}}', '{"name":{"ti":"ቡን"}}', '{"name":{"sv":"Fika","ti":"ቡን"}}'),
    ('{"a":[1,{"b":null}]}', '{"c":true}', '{"a":[1,{"b":null}],"c":true}'),
    ('{"a":{"b":{"c":{"d":1,"e":2}}}}', '{"a":{"b":{"c":{"d":null}}}}', '{"a":{"b":{"c":{"e":2}}}}'),
    ('{"å":1,"ä":2}', '{"å":null,"ö":3}', '{"ä":2,"ö":3}'),
    ('{"a":false}', '{"a":0}', '{"a":0}'),
    ('{"a":""}', '{"a":null,"":"x"}', '{"":"x"}'),
]

CANONICAL = [
    "{}", "[]", '""', "0", "-0", "1", "-1", "true", "false", "null", "1.0", "59.85", "17.6389", "1e3",
    "0.1", "1e-5", "1e-7", "1.2345678901234568e20", "1e21", "1.5e300", "-0.000001", "5e-324",
    "0.30000000000000004", "4503599627370497.5", "9007199254740991", "100", "1e2", "20.00",
    '{"b":1,"a":2}', '{ "b" : [ 1 , 2 ] , "a" : { "d" : 1 , "c" : 2 } }',
    '{"ö":1,"z":2,"å":3,"\\u20ac":4,"\\ud83d\\ude00":5,"\\ufb33":6}',
    '"\\u0000x"'.replace("\\u0000", "\\u0001"), '"\\b\\t\\n\\f\\r\\u000b\\u001f\\u007f"',
    '"a\\"b\\\\c\\/d"', '"\\u00e5\\u0627\\u1208"', '"åäö العربية ትግርኛ"', '"\\u2028\\u2029"',
    '{"name":{"sv":"Fika","ar":"\\u0642\\u0647\\u0648\\u0629"},"geo":{"latitude":59.8586}}',
    '[[],{},[{}],"",0,null]', '{"A":1,"a":2,"_":3,"aa":4,"":5}',
]

PROJECT = [
    ("sv", '{"name":{"sv":"a","ar":"b"}}', '{"name":{"sv":"a"}}'),
    ("ar", '{"name":{"sv":"a","ar":"b","en":"c"}}', '{"name":{"sv":"a","ar":"b"}}'),
    ("all", '{"name":{"sv":"a","ar":"b"}}', '{"name":{"sv":"a","ar":"b"}}'),
    ("ar", '{"name":{"en":"c","fr":"d"}}', '{"name":{"en":"c","fr":"d"}}'),
    ("sv", '{"name":{"sv-x-easy":"a","sve":"b"}}', '{"name":{"sv-x-easy":"a"}}'),
    ("fa", '{"description":{"fa":"a","prs":"b","sv":"c"}}', '{"description":{"fa":"a","sv":"c"}}'),
    ("ti", '{"x":[{"lykta:notes":{"ti":"a","ar":"b"}}]}', '{"x":[{"lykta:notes":{"ti":"a"}}]}'),
    ("sv", '{"name":{"@type":"X","ar":"b"}}', '{"name":{"@type":"X","ar":"b"}}'),
    ("sv", '{"location":{"name":"Hus","ar":"b"}}', '{"location":{"name":"Hus","ar":"b"}}'),
    ("sv", '{"lykta:price":{"sv":"20 kr","ar":"٢٠"}}', '{"lykta:price":{"sv":"20 kr"}}'),
    ("uk", '{"name":{}}', '{"name":{}}'),
]


def record(number, **members):
    value = {
        "@type": "Event",
        "identifier": f"id-{number:03d}",
        "name": {"sv": f"Språkcafé {number}", "ar": f"مقهى اللغة {number}"},
        "description": {"sv": "Vi träffas och pratar svenska tillsammans, i lugn takt och med fika."},
        "startDate": f"2026-11-{1 + number % 28:02d}T18:00:00+01:00",
    }
    value.update(members)
    return value["identifier"], second.canonical(value).encode()


def book(numbers, **members):
    return dict(record(number, **members) for number in numbers)


STATES = [
    {}, book([1]), book([1, 2]), book([2, 1]), book(range(30)),
    {"å": b"{}", "z": b"{}", "Z": b"{}", "a": b"[]"},
    {"x:1": b'{"a":1}', "x": b'{"a":1}', "x 1": b'{"a":2}'},
    {"😀": b"1", "\ufb33": b"2", "€": b"3"},
    book([7], price="0"), {"one": b'"' + b"x" * 5000 + b'"'},
]


def b64(data):
    return base64.b64encode(data).decode()


def zstd(plain, before=b""):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "plain").write_bytes(plain)
        (path / "before").write_bytes(before)
        extra = ["--patch-from=" + str(path / "before")] if before and plain else []
        command = ["zstd", "-q", "-19", "--single-thread", "--no-check", "-c", str(path / "plain")] + extra
        return subprocess.run(command, capture_output=True, check=True).stdout


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def pack(records, lines):
    ids = sorted(records, key=str.encode)
    touched = [i for i, name in enumerate(ids) if any(json.loads(l)["id"] == name for l in lines)]
    gaps = varint(len(touched)) + b"".join(
        varint(place - before) for before, place in zip([0] + touched, touched)
    )
    plain = "".join(line + "\n" for line in lines).encode()
    body = zstd(plain, second.dictionary(records, touched))
    return second.MAGIC + struct.pack("<I", len(gaps)) + gaps + body, len(plain)


def delta_cases():
    base = book(range(12))
    many = book(range(400))
    fine = [
        ("a title changed", base, ['{"id":"id-003","patch":{"name":{"sv":"Ny"}}}']),
        ("one is gone", base, ['{"gone":true,"id":"id-000"}']),
        ("one is new", base, ['{"id":"id-100","patch":{"@type":"Event","identifier":"id-100"}}']),
        ("a member goes", base, ['{"id":"id-011","patch":{"description":null}}']),
        ("all at once", base, ['{"gone":true,"id":"id-000"}', '{"id":"id-005","patch":{"url":"https://a.example/"}}', '{"id":"zz","patch":{"a":[1,2.5,null]}}']),
        ("nothing", base, []),
        ("from nothing", {}, ['{"id":"a","patch":{"b":"c"}}']),
        ("to nothing", book([1]), ['{"gone":true,"id":"id-001"}']),
        ("a new language", base, ['{"id":"id-007","patch":{"name":{"ti":"ቋንቋ"}}}']),
        ("many, two-byte places", many, ['{"id":"id-%03d","patch":{"x":%d}}' % (i, i) for i in range(3, 400, 140)]),
    ]
    cases = []
    for name, records, lines in fine:
        packed, raw = pack(records, lines)
        after = second.apply_delta(records, second.unpack_delta(records, packed))
        cases.append((name, records, packed, raw, second.state_of(after), "ok"))
    packed, raw = pack(base, fine[0][2])
    bad = [
        ("cut off", packed[:-3]), ("another magic", b"\x50" + packed[1:]), ("empty", b""),
        ("no frame after the list", packed[:10]), ("a list beyond its end", packed[:4] + b"\xff\xff\xff\x7f" + packed[8:]),
        ("a place that is not there", packed[:4] + struct.pack("<I", 3) + b"\x01\xff\x01" + packed[10:]),
        ("a count that does not fit", packed[:4] + struct.pack("<I", 2) + b"\x02\x03" + packed[10:]),
        ("not zstd", packed[:10] + b"hello, this is not it"),
    ]
    cases += [(name, base, data, raw, None, "bad") for name, data in bad]
    packed, raw = pack(base, fine[0][2])
    cases.append(("holds more than it may", base, packed, raw - 1, None, "bad"))
    for name, line in [
        ("gone that was not there", '{"gone":true,"id":"nobody"}'), ("neither", '{"id":"id-001"}'),
        ("both", '{"gone":true,"id":"id-001","patch":{}}'), ("no id", '{"patch":{}}'),
        ("a patch that is no object", '{"id":"id-001","patch":7}'), ("gone false", '{"gone":false,"id":"id-001"}'),
        ("no JSON", '{"id":"id-001","patch":'),
    ]:
        plain = (line + "\n").encode()
        body = second.MAGIC + struct.pack("<I", 1) + b"\x00" + zstd(plain, second.dictionary(base, []))
        cases.append((name, base, body, len(plain), None, "bad"))
    plain = b'{"id":"id-001","patch":{}}'
    body = second.MAGIC + struct.pack("<I", 1) + b"\x00" + zstd(plain, second.dictionary(base, []))
    cases.append(("the last line does not end", base, body, len(plain), None, "bad"))
    return [
        {"name": name, "records": {i: r.decode() for i, r in records.items()}, "packed": b64(data), "raw": raw, "state": state, "answer": answer}
        for name, records, data, raw, state, answer in cases
    ]


class Key:
    def __init__(self, folder, name):
        self.public, self.secret = (str(pathlib.Path(folder, name + end)) for end in (".pub", ".key"))
        self.folder = folder
        subprocess.run(["minisign", "-G", "-W", "-f", "-p", self.public, "-s", self.secret], check=True, capture_output=True)
        self.text = pathlib.Path(self.public).read_text().split("\n")[1]

    def sign(self, page, old=False):
        path = pathlib.Path(self.folder, "page")
        path.write_bytes(page)
        command = ["minisign", "-S", "-s", self.secret, "-m", str(path), "-t", "lykta test"]
        subprocess.run(command + (["-l"] if old else []), check=True, capture_output=True)
        return pathlib.Path(str(path) + ".minisig").read_bytes()


def part_value(letter="c", size=10, **members):
    return dict({"hash": letter * 64, "bytes": size, "raw": 2 * size}, **members)


def index_value(**members):
    value = {
        "format": "lykta-feed", "version": 1, "feed": "prov", "name": "Prov", "sequence": 100,
        "created": "2026-11-24T12:00:00Z", "expires": "2026-12-24T12:00:00Z",
        "mirrors": ["https://b.example/feed/"], "pack": "sv", "records": 3, "state": "a" * 64,
        "catalogue": part_value("e"), "deltas": [part_value(**{"from": "b" * 16})],
    }
    value.update(members)
    return {name: member for name, member in value.items() if member is not ...}


def index_cases(folder):
    key, other = Key(folder, "a"), Key(folder, "b")
    now, before = 1795700000, "b" * 16
    part = part_value()
    cases = []

    def add(name, answer, sealed, pack="sv", at=now, highest=0):
        assert second.judge_index(key.text, sealed, pack, at, highest) == answer, name
        cases.append({"name": name, "key": key.text, "sealed": b64(sealed), "pack": pack, "now": at, "highest": highest, "answer": answer})

    def page(**members):
        return json.dumps(index_value(**members), ensure_ascii=False).encode()

    def sealed(data, signer=key, **more):
        return signer.sign(data, **more) + data

    good = page()
    whole = sealed(good)
    signature, _ = second.split_sealed(whole)
    add("well", "ok", whole)
    add("well, signed over the message itself", "ok", sealed(good, old=True))
    add("the same sequence again", "ok", whole, highest=100)
    add("a lower sequence accepted before", "ok", whole, highest=99)
    add("rollback", "rollback", whole, highest=101)
    add("far rollback", "rollback", whole, highest=2**40)
    add("at the moment of expiry", "expired", whole, at=second.moment("2026-12-24T12:00:00Z"))
    add("a second before", "ok", whole, at=second.moment("2026-12-24T12:00:00Z") - 1)
    add("long expired", "expired", whole, at=now + 10**9)
    add("a clock that is wrong", "ok", whole, at=0)
    add("another key", "signature", sealed(good, other))
    add("another page under the signature", "signature", signature + page(sequence=101))
    add("one byte more", "signature", whole + b" ")
    add("one byte less", "signature", whole[:-1])
    add("cut in the signature", "signature", whole[:60])
    add("no page", "signature", signature)
    add("no signature", "signature", good)
    add("nothing at all", "signature", b"")
    add("four empty lines", "signature", b"\n\n\n\n" + good)
    for name, place in [("key id", 60), ("signature", 120), ("trusted comment", signature.index(b"lykta test")), ("last signature", len(signature) - 20), ("page", len(whole) // 2 + 100)]:
        data = bytearray(whole)
        data[place] ^= 1
        add("a bit in the " + name, "signature", bytes(data))
    add("version 2", "too-new", sealed(page(version=2)))
    add("version 0", "too-new", sealed(page(version=0)))
    for name, members in [
        ("another format", {"format": "other"}), ("no format", {"format": ...}), ("no version", {"version": ...}),
        ("no feed", {"feed": ...}), ("a feed with a slash", {"feed": "a/b"}), ("no name", {"name": ...}), ("sequence 0", {"sequence": 0}),
        ("sequence below 0", {"sequence": -1}), ("sequence as text", {"sequence": "7"}), ("no sequence", {"sequence": ...}),
        ("created without zone", {"created": "2026-11-24T12:00:00"}), ("no expiry", {"expires": ...}), ("mirrors as text", {"mirrors": "x"}),
        ("a number as mirror", {"mirrors": [1]}), ("another pack", {"pack": "ar"}), ("a pack with dots", {"pack": "../sv"}),
        ("no state", {"state": ...}), ("a short state", {"state": "ab"}), ("upper case", {"state": "A" * 64}),
        ("no catalogue", {"catalogue": ...}), ("no deltas", {"deltas": ...}), ("deltas as text", {"deltas": "x"}),
        ("a delta from nowhere", {"deltas": [part]}), ("a delta from a whole state", {"deltas": [dict(part, **{"from": "b" * 64})]}),
        ("17 deltas", {"deltas": [dict(part, **{"from": before})] * 17}), ("a number as delta", {"deltas": [7]}),
        ("a hash upwards", {"catalogue": dict(part, hash="../" + "c" * 61)}), ("a hash elsewhere", {"catalogue": dict(part, hash="https://x.example/" + "c" * 46)}),
        ("a short hash", {"catalogue": dict(part, hash="c" * 63)}), ("a negative length", {"catalogue": dict(part, bytes=-1)}),
        ("a catalogue beyond all", {"catalogue": dict(part, raw=2**21)}), ("a delta beyond all", {"deltas": [dict(part, raw=2**40, **{"from": before})]}),
        ("attachments as text", {"attachments": "x"}), ("an attachment without kind", {"attachments": [part]}),
        ("a kind with dots", {"attachments": [dict(part, kind="../x")]}), ("9 attachments", {"attachments": [dict(part, kind="x")] * 9}),
        ("an attachment beyond all", {"attachments": [dict(part, kind="x", raw=2**25)]}),
        ("no number of records", {"records": ...}), ("a next key that is none", {"next-key": "RWQ"}), ("a number as next key", {"next-key": 1}),
    ]:
        add(name, "unreadable", sealed(page(**members)))
    add("no object", "unreadable", sealed(b"[]"))
    add("no JSON", "unreadable", sealed(b"{"))
    add("the whole instead of a pack", "unreadable", sealed(page(pack=..., packs=["all"])))
    add("the whole", "ok", sealed(page(pack=..., packs=["all", "sv"])), pack=None)
    add("a name of a pack with dots", "unreadable", sealed(page(pack=..., packs=[".."])), pack=None)
    add("members nobody knows", "ok", sealed(page(later={"a": 1})))
    add("attachments", "ok", sealed(page(attachments=[dict(part, kind="status"), dict(part, kind="later")])))
    add("no deltas", "ok", sealed(page(deltas=[])))
    add("16 deltas", "ok", sealed(page(deltas=[dict(part, **{"from": before})] * 16)))
    add("the next key is told", "ok", sealed(page(**{"next-key": other.text})))
    add("signed with the next key before anybody told it", "signature", sealed(good, other))
    return cases


def part_cases():
    cases = []
    for name, data, change in [
        ("well", b"hello", None), ("nothing", b"", None), ("a bit", b"hello", b"hellp"), ("longer", b"hello", b"hello "),
        ("shorter", b"hello", b"hell"), ("empty", b"hello", b""), ("other bytes, same length", b"\0" * 50, b"\1" * 50),
    ]:
        cases.append({"name": name, "hash": second.sha256(data), "bytes": len(data), "file": b64(data if change is None else change), "answer": "ok" if change is None else "altered"})
    return cases


def catalogue_cases():
    letters = "0123456789"
    states = [letter * 64 for letter in letters]
    deltas = [part_value(letter, 10, **{"from": letter * 16}) for letter in letters[:5]]
    value = {
        "snapshot": part_value("a", 1000, state=states[2], gzip=part_value("b", 2000)), "deltas": deltas,
        "first": {"": part_value("c"), "01": part_value("d"), "25": part_value("e")},
    }
    cases = []

    def add(name, own=None, county=None, answer="ok", state=states[5], **members):
        text = json.dumps(dict(value, **members))
        case = {"name": name, "text": text, "state": state, "from": own, "county": county, "answer": answer}
        if answer == "ok":
            catalogue = second.read_catalogue(text, state)
            case["parts"], case["snapshot"] = second.plan(catalogue, state, own)
            case["first"] = second.first(catalogue, county)
        cases.append(case)

    for number in range(6):
        add(f"from state {number}", states[number])
    add("from nothing")
    add("from a state that nobody knows", "f" * 64)
    add("a county", county="01")
    add("a county of which there is nothing", county="03")
    add("no first parts", county="01", first={})
    add("a county alone", first={"25": part_value()})
    add("deltas that cost more than everything", states[0], snapshot=part_value("a", 5, state=states[5]))
    add("requests count as well", states[0], snapshot=part_value("a", 900, state=states[5]))
    add("no deltas", snapshot=part_value("a", state=states[5]), deltas=[])
    add("twice through the same state", states[0], deltas=deltas + [part_value("8", 10, **{"from": "0" * 16})])
    add("a snapshot that leads nowhere", answer="bad", snapshot=part_value("a", state="f" * 64))
    for name, members in [
        ("no snapshot", {"snapshot": None}), ("no state of it", {"snapshot": part_value()}), ("no deltas at all", {"deltas": None}),
        ("no first", {"first": None}), ("a county with letters", {"first": {"AB": part_value()}}), ("a delta without hash", {"deltas": [{"from": "0" * 16}]}),
        ("gzip that is no part", {"snapshot": part_value("a", state=states[5], gzip=7)}),
    ]:
        add(name, answer="bad", **members)
    return cases


BUNDLES = [
    (b"", []), (b"\0\0\0\0", [b""]), (b"\0\0\0\1a\0\0\0\2bc", [b"a", b"bc"]),
    (b"\0\0\0", None), (b"\0\0\0\2a", None), (b"\xff\xff\xff\xffa", None), (b"\0\0\0\1ab", None),
]

COLUMNS = [
    ("", ""), ("{}\n", "{}\n"), ('{"a":\x01 }\n\n"x"\n', '{"a":"x"}\n'),
    ('{"a":\x01 ,"b":\x01!}\n{"a":\x01 }\n\n"x"\n"y"\n\n"z"\n', '{"a":"x","b":"z"}\n{"a":"y"}\n'),
    ('{"a":\x01!}\n\n\n"x"\n', '{"a":"x"}\n'), ('{"å":"ö\x01 ä"}\n\nقهوة\n', '{"å":"öقهوةä"}\n'),
    ('{"a":\x01 }\n', None), ('{"a":\x01 }\n\n', None), ('{"a":1}\n\n"x"\n', None), ('{"a":\x01!}\n\n"x"\n', None),
    ('{"a":\x01 }\n\n"x"', None), ('{"a":\x01', None), ('{"a":\x01\x1f}\n\n"x"\n', None),
]


def main():
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "merge": [{"target": t, "patch": p, "result": r} for t, p, r in MERGE],
            "canonical": [{"text": t, "canonical": (c := second.canonical(json.loads(t))), "hash": second.sha256(c.encode())} for t in CANONICAL],
            "project": [{"pack": p, "record": b, "answer": second.canonical(json.loads(a))} for p, b, a in PROJECT],
            "state": [{"records": {i: r.decode() for i, r in s.items()}, "state": second.state_of(s)} for s in STATES],
            "delta": delta_cases(), "index": index_cases(folder), "part": part_cases(),
            "catalogue": catalogue_cases(), "columns": [{"columns": c, "lines": l} for c, l in COLUMNS],
            "bundle": [{"bundle": b64(b), "files": None if f is None else [b64(x) for x in f]} for b, f in BUNDLES],
        }
    for name, cases in files.items():
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        (OUT / f"{name}.json").write_text(f"[\n{lines}\n]\n")
    print(sum(map(len, files.values())), "cases")


if __name__ == "__main__":
    sys.exit(main())
