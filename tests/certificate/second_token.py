# SPDX-License-Identifier: GPL-3.0-or-later
"""A second reader of the code on a certificate, written from app/certificate/CERTIFICATE-TOKEN.md on
cbor2 and PyNaCl, sharing nothing with Lykta."""
import datetime
import io
import re
import zlib
import zoneinfo

import cbor2
import nacl.exceptions
import nacl.signing

STOCKHOLM = zoneinfo.ZoneInfo("Europe/Stockholm")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
EPOCH = datetime.date(1970, 1, 1)
FIRST_DAY = (datetime.date(2000, 1, 1) - EPOCH).days
LAST_DAY = (datetime.date(2199, 12, 31) - EPOCH).days


class Refused(Exception):
    """Its text is the answer."""


def unbase45(text):
    out = bytearray()
    for start in range(0, len(text), 3):
        group = [ALPHABET.find(c) for c in text[start : start + 3]]
        if len(group) < 2 or -1 in group:
            raise Refused("damaged")
        value = sum(place * 45**i for i, place in enumerate(group))
        if value >= 256 ** (len(group) - 1):
            raise Refused("damaged")
        out += value.to_bytes(len(group) - 1, "big")
    return bytes(out)


def inflate(data, limit):
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(data, limit + 1)
    except zlib.error:
        raise Refused("damaged") from None
    if len(out) > limit:
        raise Refused("too-large")
    if not unpacker.eof or unpacker.unused_data:
        raise Refused("damaged")
    return out


def walk(data, at, depth):
    """Holds the item at @at to the rules that cbor2 does not ask for; returns what it is and its end."""
    if depth > 6 or at >= len(data):
        raise Refused("damaged")
    major, low = data[at] >> 5, data[at] & 31
    at += 1
    argument = low
    if low >= 24:
        size = {24: 1, 25: 2, 26: 4, 27: 8}.get(low)
        if size is None or at + size > len(data):
            raise Refused("damaged")
        argument = int.from_bytes(data[at : at + size], "big")
        at += size
    if major in (2, 3):
        if at + argument > len(data):
            raise Refused("damaged")
        return major, None, at + argument
    if major == 4:
        for _ in range(argument):
            _, _, at = walk(data, at, depth + 1)
    elif major == 5:
        keys = set()
        for _ in range(argument):
            kind, key, at = walk(data, at, depth + 1)
            if kind not in (0, 1) or key in keys:
                raise Refused("damaged")
            keys.add(key)
            _, _, at = walk(data, at, depth + 1)
    elif major == 6 or (major == 7 and low >= 25):
        raise Refused("damaged")
    return major, argument if major == 0 else -1 - argument, at


def uncbor(data):
    _, _, end = walk(data, 0, 0)
    if end != len(data):
        raise Refused("damaged")
    try:
        return cbor2.CBORDecoder(io.BytesIO(data), str_errors="replace").decode()
    except (cbor2.CBORDecodeError, ValueError, OverflowError):
        raise Refused("damaged") from None


def open_message(data, purpose):
    """Payload and public key of a COSE_Sign1 that is well signed."""
    if data[:1] != b"\xd2":
        raise Refused("not-a-token")
    parts = uncbor(data[1:])
    if not isinstance(parts, list) or len(parts) != 4 or parts[1] != {} or not isinstance(parts[1], dict):
        raise Refused("not-a-token")
    if not all(isinstance(parts[i], bytes) for i in (0, 2, 3)):
        raise Refused("not-a-token")
    header = uncbor(parts[0])
    if not isinstance(header, dict) or len(header) != 2 or header.get(1) != -8:
        raise Refused("unknown-version")
    key = header.get(4)
    if not isinstance(key, bytes) or len(key) != 32 or len(parts[3]) != 64:
        raise Refused("damaged")
    signed = cbor2.dumps(["Signature1", parts[0], purpose, parts[2]])
    try:
        nacl.signing.VerifyKey(key).verify(signed, parts[3])
    except nacl.exceptions.BadSignatureError:
        raise Refused("bad-signature") from None
    return parts[2], key


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


def take(mapping, key, check, may_be_absent=False):
    if key not in mapping and may_be_absent:
        return None
    value = mapping.get(key)
    if not check(value):
        raise Refused("invalid")
    return value


def is_text(value):
    return isinstance(value, str) and not re.search("[\x00-\x1f\x7f-\x9f\ufffd]", value)


def is_day(value):
    return is_int(value) and FIRST_DAY <= value <= LAST_DAY


def is_moment(value):
    return is_int(value) and FIRST_DAY * 86400 <= value <= LAST_DAY * 86400


def is_serial(value):
    return isinstance(value, bytes) and 1 <= len(value) <= 32 and all(0x21 <= c <= 0x7E for c in value)


def day_of(moment):
    return datetime.datetime.fromtimestamp(moment, STOCKHOLM).date()


def read_claims(payload):
    claims = uncbor(payload)
    inner = claims.get(-65537) if isinstance(claims, dict) else None
    if not isinstance(inner, dict):
        raise Refused("invalid")
    version = inner.get(0)
    if is_int(version) and version > 1:
        raise Refused("unknown-version")
    if not is_int(version) or version != 1:
        raise Refused("invalid")
    place = take(inner, 3, is_text, True)
    period_to = take(inner, 5, is_day, True)
    found = {
        "issuer": take(claims, 1, is_text),
        "valid-to": day_of(take(claims, 4, is_moment) - 1),
        "valid-from": day_of(take(claims, 5, is_moment)),
        "serial": take(claims, 7, is_serial).decode(),
        "holder": take(inner, 1, is_text),
        "activity": take(inner, 2, is_text),
        "place": place,
        "period-from": EPOCH + datetime.timedelta(take(inner, 4, is_day)),
        "period-to": None if period_to is None else EPOCH + datetime.timedelta(period_to),
        "use": take(inner, 6, lambda value: is_int(value) and 0 <= value <= 2),
        "status-index": take(inner, 7, lambda value: is_int(value) and 0 <= value < 1 << 20, True),
    }
    if not all(found[name] for name in ("issuer", "serial", "holder", "activity")):
        raise Refused("invalid")
    if found["valid-to"] < found["valid-from"]:
        raise Refused("invalid")
    if found["period-to"] is not None and found["period-to"] < found["period-from"]:
        raise Refused("invalid")
    for name in ("valid-from", "valid-to"):
        if not is_day((found[name] - EPOCH).days):
            raise Refused("invalid")
    return found


def read_token(text):
    """Claims and public key."""
    if len(text) > 4096:
        raise Refused("too-large")
    text = re.sub("[\n\r\t]", "", text).strip(" \x0b\x0c")
    if not text.startswith("LYKTA1:"):
        if not text.upper().startswith("LYKTA"):
            raise Refused("not-a-token")
        raise Refused("unknown-version" if re.match("[0-9].*:", text[5:]) or re.match("[0-9]:", text[5:]) else "damaged")
    if len(text) > 2048:
        raise Refused("too-large")
    payload, key = open_message(inflate(unbase45(text[7:]), 2048), b"lykta-certificate-1")
    return read_claims(payload), key


def is_count(value):
    return is_int(value) and value >= 0


def check_version(inner):
    version = inner.get(0) if isinstance(inner, dict) else None
    if not is_int(version) or version < 1:
        raise Refused("invalid")
    if version > 1:
        raise Refused("unknown-version")


def read_status(data):
    if len(data) > 160 * 1024:
        raise Refused("too-large")
    payload, key = open_message(data, b"lykta-status-1")
    claims = uncbor(payload)
    inner = claims.get(-65537) if isinstance(claims, dict) else None
    check_version(inner)
    places = take(inner, 2, lambda value: is_count(value) and value <= 1 << 20)
    bits = inflate(take(inner, 3, lambda value: isinstance(value, bytes)), (places + 7) // 8)
    if len(bits) != (places + 7) // 8:
        raise Refused("invalid")
    return {"key": key, "made-at": take(claims, 6, is_int), "sequence": take(inner, 1, is_count), "places": places, "bits": bits}


def read_trust(data, publisher_key):
    if len(data) > 2 * 1024 * 1024:
        raise Refused("too-large")
    payload, key = open_message(data, b"lykta-trust-1")
    if key != publisher_key:
        raise Refused("bad-signature")
    claims = uncbor(payload)
    inner = claims.get(-65537) if isinstance(claims, dict) else None
    check_version(inner)
    desks = take(inner, 2, lambda value: isinstance(value, list) and len(value) <= 10000)
    for desk in desks:
        if not isinstance(desk, list) or len(desk) != 5 or not isinstance(desk[0], bytes) or len(desk[0]) != 32:
            raise Refused("invalid")
        if not is_text(desk[1]) or not desk[1] or not is_text(desk[2]):
            raise Refused("invalid")
        if not all(is_int(day) and 0 < day <= LAST_DAY for day in desk[3:]):
            raise Refused("invalid")
    publisher = take(claims, 1, is_text)
    if not publisher:
        raise Refused("invalid")
    take(inner, 1, is_count)
    take(claims, 6, is_int)
    return {"publisher": publisher, "expires-at": take(claims, 4, is_int), "desks": desks}


def is_revoked(status, index):
    return 0 <= index < status["places"] and bool(status["bits"][index // 8] & (0x80 >> index % 8))


def judge(claims, key, trust_lists, status_lists, now):
    """State, name and publisher of the desk (or None), and the age's base of the status list (or -1)."""
    index = -1 if claims["status-index"] is None else claims["status-index"]
    own = [status for status in status_lists if status["key"] == key]
    newest = max(own, key=lambda status: status["sequence"], default=None)
    today = day_of(now)
    issued = (claims["valid-from"] - EPOCH).days
    if newest and is_revoked(newest, index):
        state = "revoked"
    elif today > claims["valid-to"]:
        state = "ended"
    elif today < claims["valid-from"]:
        state = "not-yet"
    else:
        state = "valid"
    for trust in trust_lists:
        for desk in trust["desks"]:
            if desk[0] == key and desk[3] <= issued <= desk[4] and trust["expires-at"] > now:
                made_at = newest["made-at"] if newest and index >= 0 else -1
                return state, desk[1], trust["publisher"], made_at
    return state, None, None, newest["made-at"] if newest and index >= 0 else -1
