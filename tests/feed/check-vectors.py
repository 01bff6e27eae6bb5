#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the second implementation to all cases in tests/feed/vectors; test-lykta-feed.c holds Lykta
to the same."""
import base64
import json
import pathlib
import shutil
import struct
import sys

import second_lykta_feed as second


def cases(name):
    return json.loads((pathlib.Path(__file__).parent / "vectors" / f"{name}.json").read_text())


def check_merge(case):
    merged = second.merge(json.loads(case["target"]), json.loads(case["patch"]))
    return merged == json.loads(case["result"])


def check_canonical(case):
    text = second.canonical(json.loads(case["text"]))
    return text == case["canonical"] and second.sha256(text.encode()) == case["hash"]


def check_project(case):
    return second.canonical(second.project(json.loads(case["record"]), case["pack"])) == case["answer"]


def check_state(case):
    return second.state_of({i: r.encode() for i, r in case["records"].items()}) == case["state"]


def check_delta(case):
    records = {i: r.encode() for i, r in case["records"].items()}
    try:
        lines = second.unpack_delta(records, base64.b64decode(case["packed"]))
        if len(lines) > case["raw"] or (lines and not lines.endswith(b"\n")):
            raise ValueError("not these lines")
        for line in lines.decode().split("\n")[:-1]:
            change = json.loads(line)
            patch = "patch" in change
            if patch == ("gone" in change) or not isinstance(change.get("patch", {}), dict):
                raise ValueError("neither or both")
            if not patch and change["gone"] is not True:
                raise ValueError("not gone")
        state = second.state_of(second.apply_delta(records, lines))
    except (ValueError, KeyError):
        return case["answer"] == "bad"
    return case["answer"] == "ok" and state == case["state"]


def check_index(case):
    answer = second.judge_index(
        case["key"], base64.b64decode(case["sealed"]), case["pack"], case["now"], case["highest"]
    )
    return answer == case["answer"]


def check_part(case):
    data = base64.b64decode(case["file"])
    is_it = case["hash"] == second.sha256(data) and len(data) == case["bytes"]
    return (case["answer"] == "ok") == is_it


def check_catalogue(case):
    try:
        catalogue = second.read_catalogue(case["text"], case["state"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return case["answer"] == "bad"
    parts, is_anew = second.plan(catalogue, case["state"], case["from"])
    first = second.first(catalogue, case["county"])
    return (case["answer"], case["parts"], case["snapshot"], case["first"]) == ("ok", parts, is_anew, first)


def check_columns(case):
    try:
        return second.read_columns(case["columns"].encode()).decode() == case["lines"]
    except ValueError:
        return case["lines"] is None


def check_bundle(case):
    try:
        files = [base64.b64encode(file).decode() for file in second.unbundle(base64.b64decode(case["bundle"]))]
    except (ValueError, struct.error):
        files = None
    return files == case["files"]


def main():
    missing = [program for program in ("zstd", "minisign") if shutil.which(program) is None]
    if missing:
        print("skipped: no such command:", *missing)
        return 77
    checks = {"merge": check_merge, "canonical": check_canonical, "project": check_project,
              "state": check_state, "delta": check_delta, "index": check_index, "part": check_part,
              "catalogue": check_catalogue, "columns": check_columns, "bundle": check_bundle}
    count, failed = 0, []
    for name, check in checks.items():
        for number, case in enumerate(cases(name)):
            count += 1
            if not check(case):
                failed.append(f"{name} {number} {case.get('name', '')}")
    print(count, "cases,", len(failed), "failed")
    print("\n".join(failed))
    return 1 if failed or count < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
