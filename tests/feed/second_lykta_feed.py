# SPDX-License-Identifier: GPL-3.0-or-later
"""The Lykta feed once more, written from app/feed/LYKTA-FEED.md and with other tools: Python's own
JSON, the zstd and minisign programs. Slow and short; what both agree on is what the page says."""
import base64
import datetime
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import tempfile

MAGIC = b"\x5c\x2a\x4d\x18"
HASH = re.compile(r"^[0-9a-f]{64}$")
FROM = re.compile(r"^[0-9a-f]{16}$")
COUNTY = re.compile(r"^([0-9]{2})?$")
PACK = re.compile(r"^[A-Za-z0-9-]{1,32}$")
ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 0x22: '\\"', 0x5C: "\\\\"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def write_string(text):
    out = []
    for char in text:
        code = ord(char)
        out.append(ESCAPES.get(code) or (f"\\u{code:04x}" if code < 0x20 else char))
    return '"' + "".join(out) + '"'


def write_number(number):
    if isinstance(number, int) and abs(number) < 2**53:
        return str(number)
    number = float(number)
    if number == 0:
        return "0"
    sign, digits, exponent = "", "", 0
    text = repr(abs(number))
    if number < 0:
        sign = "-"
    mantissa, _, power = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole.lstrip("0")) + int(power or 0)
    if whole.lstrip("0") == "":
        point -= len(fraction) - len(fraction.lstrip("0"))
    digits = digits.rstrip("0")
    if point > 21 or point <= -6:
        exponent = point - 1
        rest = "." + digits[1:] if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{rest}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"
    if point <= 0:
        return sign + "0." + "0" * -point + digits
    if point >= len(digits):
        return sign + digits + "0" * (point - len(digits))
    return sign + digits[:point] + "." + digits[point:]


def canonical(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return write_number(value)
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value, key=lambda name: name.encode())
    return "{" + ",".join(write_string(n) + ":" + canonical(value[n]) for n in names) + "}"


def merge(target, patch):
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge(result.get(name), value)
    return result


def project(value, tag):
    """A record as it is in the pack of a language."""
    if tag == "all":
        return value

    def is_kept(language):
        return any(language == t or language.startswith(t + "-") for t in ("sv", tag))

    if isinstance(value, list):
        return [project(element, tag) for element in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for name, inner in value.items():
        is_text = name in ("name", "description", "lykta:notes", "lykta:price")
        if is_text and isinstance(inner, dict) and "@type" not in inner:
            kept = {language: text for language, text in inner.items() if is_kept(language)}
            out[name] = kept or inner
        else:
            out[name] = project(inner, tag)
    return out


def state_of(records):
    """@records: id → record as bytes."""
    lines = [f"{sha256(records[i])}  {i}\n".encode() for i in sorted(records, key=str.encode)]
    return sha256(b"".join(lines))


def dictionary(records, touched):
    ids = sorted(records, key=str.encode)
    total = sum(len(records[i]) + 1 for i in ids)
    step = max(1, -(-total // 1048576))
    chosen = ids[::step] + [ids[place] for place in touched]
    return b"".join(records[i] + b"\n" for i in chosen)


def read_varints(data):
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            numbers.append(value)
            value = shift = 0
    if shift:
        raise ValueError("a number does not end")
    return numbers


def unzstd(packed, before=None):
    with tempfile.TemporaryDirectory() as folder:
        packed_path = pathlib.Path(folder, "in.zst")
        packed_path.write_bytes(packed)
        command = ["zstd", "-q", "-d", "-c", "--memory=64MB"]
        if before:
            pathlib.Path(folder, "before").write_bytes(before)
            command.append("--patch-from=" + str(pathlib.Path(folder, "before")))
        done = subprocess.run(command + [str(packed_path)], capture_output=True)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return done.stdout


def unpack_delta(records, packed):
    if packed[:4] != MAGIC:
        raise ValueError("no delta")
    (length,) = struct.unpack("<I", packed[4:8])
    numbers = read_varints(packed[8 : 8 + length])
    if len(packed) < 8 + length or len(numbers) != numbers[0] + 1:
        raise ValueError("no list of records")
    touched, place = [], 0
    for gap in numbers[1:]:
        place += gap
        touched.append(place)
    if any(place >= len(records) for place in touched):
        raise ValueError("not these records")
    return unzstd(packed[8 + length :], dictionary(records, touched))


def apply_delta(records, lines):
    result = dict(records)
    for line in lines.decode().split("\n")[:-1]:
        change = json.loads(line)
        if change.get("gone") is True:
            del result[change["id"]]
        else:
            old = json.loads(result.get(change["id"], b"{}"))
            result[change["id"]] = canonical(merge(old, change["patch"])).encode()
    return result


def split_sealed(sealed):
    parts = sealed.split(b"\n", 4)
    if len(parts) < 5:
        raise ValueError("not signed")
    return b"\n".join(parts[:4]) + b"\n", parts[4]


def is_signed(key, page, signature):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "page").write_bytes(page)
        pathlib.Path(folder, "signature").write_bytes(signature)
        done = subprocess.run(
            ["minisign", "-V", "-q", "-P", key, "-m", folder + "/page", "-x", folder + "/signature"],
            capture_output=True,
        )
    return done.returncode == 0


def moment(text):
    when = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(when.replace(tzinfo=datetime.timezone.utc).timestamp())


def read_columns(text):
    """The records of a snapshot or first part, from what is packed in it."""
    lines, columns, current = [], [], None
    for line in text.split(b"\n")[:-1]:
        if line == b"":
            current = []
            columns.append(current)
        else:
            (lines if current is None else current).append(line)
    if text and not text.endswith(b"\n"):
        raise ValueError("the last line does not end")
    for column in columns:
        column.reverse()

    def fill(match):
        number = match.group(1)[0] - 0x20
        if not 0 <= number < len(columns) or not columns[number]:
            raise ValueError("nothing for this hole")
        return columns[number].pop()

    out = b"".join(re.sub(rb"\x01([\s\S])", fill, line) + b"\n" for line in lines)
    if b"\x01" in out or any(columns):
        raise ValueError("holes and columns do not fit")
    return out


def check_part(part, limit=512 * 1024 * 1024):
    if not HASH.match(part["hash"]) or min(part["bytes"], part["raw"]) < 0:
        raise ValueError("no part")
    if max(part["bytes"], part["raw"]) > limit:
        raise ValueError("too large")


def check_deltas(deltas, limit):
    if not isinstance(deltas, list) or len(deltas) > limit:
        raise ValueError("no deltas")
    for delta in deltas:
        check_part(delta)
        if not FROM.match(delta["from"]):
            raise ValueError("from nowhere")
        if "gzip" in delta:
            check_part(delta["gzip"])


def check_strings(values):
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError("no list of strings")


def check_index(index):
    if not PACK.match(index["feed"]) or not isinstance(index["name"], str):
        raise ValueError("no name")
    if type(index["sequence"]) is not int or index["sequence"] < 1:
        raise ValueError("no sequence")
    moment(index["created"])
    moment(index["expires"])
    check_strings(index["mirrors"])
    if "next-key" in index:
        blob = base64.b64decode(index["next-key"], validate=True)
        if len(blob) != 42 or blob[:2] != b"Ed":
            raise ValueError("no key")
    if "pack" not in index:
        check_strings(index["packs"])
        if not all(PACK.match(pack) for pack in index["packs"]):
            raise ValueError("no packs")
        return
    if not PACK.match(index["pack"]) or not HASH.match(index["state"]):
        raise ValueError("no pack")
    if type(index["records"]) is not int or index["records"] < 0:
        raise ValueError("no records")
    check_part(index["catalogue"], 1024 * 1024)
    attachments = index.get("attachments", [])
    if not isinstance(attachments, list) or len(attachments) > 8:
        raise ValueError("no attachments")
    for attachment in attachments:
        check_part(attachment, 16 * 1024 * 1024)
        if not PACK.match(attachment["kind"]):
            raise ValueError("no kind")
    check_deltas(index["deltas"], 16)


def unbundle(data):
    files, place = [], 0
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        place += 4 + length
        if place > len(data):
            raise ValueError("ends too early")
        files.append(data[place - length : place])
    return files


def way(deltas, state, own):
    """Where in @deltas a client stands that holds @own; None when no delta leads on from there."""
    if own == state:
        return len(deltas)
    for place in reversed(range(len(deltas))):
        if own is not None and own.startswith(deltas[place]["from"]):
            return place
    return None


def read_catalogue(text, state):
    catalogue = json.loads(text)
    snapshot = catalogue["snapshot"]
    check_part(snapshot)
    if "gzip" in snapshot:
        check_part(snapshot["gzip"])
    if not HASH.match(snapshot["state"]):
        raise ValueError("no state")
    check_deltas(catalogue["deltas"], 1024)
    if len(catalogue["first"]) > 100:
        raise ValueError("too many counties")
    for county, part in catalogue["first"].items():
        check_part(part)
        if not COUNTY.match(county):
            raise ValueError("no county")
    if way(catalogue["deltas"], state, snapshot["state"]) is None:
        raise ValueError("the snapshot leads nowhere")
    return catalogue


def plan(catalogue, state, own):
    """Hashes of the parts that lead from @own (None: nothing) to @state, with the fewest bytes; and
    whether the first one is the snapshot."""
    deltas, snapshot = catalogue["deltas"], catalogue["snapshot"]

    def cost(parts):
        return sum(part["bytes"] + 300 for part in parts)

    anew = [snapshot] + deltas[way(deltas, state, snapshot["state"]) :]
    place = way(deltas, state, own)
    is_anew = place is None or cost(deltas[place:]) > cost(anew)
    return [part["hash"] for part in (anew if is_anew else deltas[place:])], is_anew


def first(catalogue, county):
    part = catalogue["first"].get(county or "") or catalogue["first"].get("")
    return part["hash"] if part else None


def judge_index(key, sealed, pack, now, highest):
    """What a client says to an index: "ok", "expired", or why it refuses."""
    try:
        signature, page = split_sealed(sealed)
    except ValueError:
        return "signature"
    if not is_signed(key, page, signature):
        return "signature"
    try:
        index = json.loads(page)
        if index["format"] != "lykta-feed" or not isinstance(index["version"], int):
            return "unreadable"
        if index["version"] != 1:
            return "too-new"
        check_index(index)
        if index.get("pack") != pack:
            return "unreadable"
    except (ValueError, KeyError, TypeError, AttributeError):
        return "unreadable"
    if index["sequence"] < highest:
        return "rollback"
    return "ok" if now < moment(index["expires"]) else "expired"
