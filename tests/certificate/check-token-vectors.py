#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the second reader to all cases of tests/certificate/vectors/tokens.json; test-token.c holds
Lykta to the same."""
import base64
import json
import pathlib
import sys

import second_token as second

FILE = pathlib.Path(__file__).parent / "vectors" / "tokens.json"


def answer(function, *arguments):
    try:
        return function(*arguments)
    except second.Refused as refusal:
        return str(refusal)


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def load_lists(vectors):
    """Names of lists to what reading them gives, and how many were answered otherwise than written."""
    wrong = []
    lists = {}
    for entry in vectors["status"] + vectors["trust"]:
        data = base64.b64decode(entry["data"]) if "data" in entry else bytes(entry["zeros"])
        if "publisher" in entry:
            found = answer(second.read_trust, data, bytes.fromhex(vectors["keys"][entry["publisher"]]["public"]))
        else:
            found = answer(second.read_status, data)
        if (found if isinstance(found, str) else None) != entry.get("error"):
            wrong.append((entry["name"], found))
        lists[entry["name"]] = found
    return lists, wrong


def check_token(case, lists):
    found = answer(second.read_token, case["text"])
    if "error" in case or isinstance(found, str):
        return found == case.get("error"), found
    claims, key = found
    expected = case["claims"]
    for name, value in claims.items():
        if plain(value) != expected.get(name):
            return False, f"{name} is {value}"
    state, desk, publisher, made_at = second.judge(
        claims, key, [lists[n] for n in case.get("trust", [])], [lists[n] for n in case.get("status", [])], case["now"]
    )
    found = {"state": state, "desk": desk, "confirmed-by": publisher, "status-made-at": made_at}
    return found == case["judgement"], found


def main():
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    lists, wrong = load_lists(vectors)
    for case in vectors["tokens"]:
        is_right, found = check_token(case, lists)
        if not is_right:
            wrong.append((case["name"], found))
    for name, found in wrong:
        print(f"{name}: the second reader says {found}")
    n = len(vectors["tokens"]) + len(vectors["status"]) + len(vectors["trust"])
    print(f"{n - len(wrong)} of {n} cases agree")
    return 1 if wrong or n < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
