#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`lyktactl certificate verify` as somebody at a counter uses it: by argument, by a scanner that
types, with lists from files. Cases: tests/certificate/vectors/tokens.json."""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

VECTORS = json.loads((pathlib.Path(__file__).parents[1] / "certificate/vectors/tokens.json").read_text(encoding="utf-8"))
TOKENS = {case["name"]: case for case in VECTORS["tokens"]}
LISTS = {entry["name"]: entry for entry in VECTORS["status"] + VECTORS["trust"]}


class Desk:
    def __init__(self, program, folder):
        self.program, self.folder, self.failures, self.n = program, pathlib.Path(folder), 0, 0
        self.environment = {**os.environ, "LANGUAGE": "en", "LANG": "C.UTF-8", "HOME": folder, "XDG_DATA_HOME": folder}

    def run(self, *arguments, typed=""):
        command = [self.program, "certificate", "verify", *arguments]
        return subprocess.run(command, input=typed, capture_output=True, text=True, env=self.environment, timeout=30)

    def json(self, *arguments, typed=""):
        done = self.run("--json", *arguments, typed=typed)
        return done.returncode, json.loads(done.stdout)

    def file(self, name):
        path = self.folder / name.replace(" ", "-")
        path.write_bytes(base64.b64decode(LISTS[name]["data"]))
        return str(path)

    def expect(self, what, is_so, found):
        self.n += 1
        if not is_so:
            self.failures += 1
            print(f"{what}: {found}")


def public_key(name):
    raw = bytes.fromhex(VECTORS["keys"][name]["public"])
    return base64.b64encode(b"Ed" + raw[:8] + raw).decode()


def check_answers(desk):
    good = TOKENS["name 3"]
    code, answer = desk.json(good["text"])
    desk.expect("argument", answer["holder_name"] == good["claims"]["holder"], answer)
    desk.expect("unconfirmed", answer["confirmed_by"] is None and answer["revocations_as_of"] is None, answer)
    code_typed, typed = desk.json(typed=good["text"] + "\n")
    desk.expect("scanner", (code, answer) == (code_typed, typed), typed)
    code_dash, dash = desk.json("-", typed=good["text"] + "\r\nrest")
    desk.expect("dash", dash == answer and code_dash == code, dash)
    for case in list(TOKENS.values())[:: max(1, len(TOKENS) // 25)]:
        if "error" not in case or not case["text"] or case["text"].startswith("-"):
            continue
        code, answer = desk.json(typed=case["text"] + "\n")
        desk.expect(case["name"], code == 4 and answer["state"] == "refused", answer)


def check_lists(desk):
    case = TOKENS["confirmed and revoked"]
    lists = ["--trust", desk.file("trust"), "--publisher-key", public_key("feed"), "--status", desk.file("old"), "--status", desk.file("new")]
    code, answer = desk.json(*lists, case["text"])
    desk.expect("revoked", code == 4 and answer["state"] == "revoked" and answer["confirmed_by"] is None or answer["confirmed_by"] == "Exempelkalendern", answer)
    desk.expect("age of the list", answer["revocations_as_of"] == "2026-11-29T23:00:00Z", answer)
    done = desk.run(*lists, case["text"])
    desk.expect("words", "has revoked this certificate" in done.stdout and "29" not in done.stderr, done.stdout)
    wrong = desk.run("--trust", desk.file("trust"), "--publisher-key", public_key("other-feed"), case["text"])
    desk.expect("wrong publisher", wrong.returncode == 4 and "another key" in wrong.stderr, wrong.stderr)
    alone = desk.run("--trust", desk.file("trust"), case["text"])
    desk.expect("trust without key", alone.returncode == 2, alone.stderr)
    cut = desk.run("--status", desk.file("cut"), case["text"])
    desk.expect("cut list", cut.returncode == 4 and "cut" in cut.stderr, cut.stderr)


def check_files(desk):
    text = desk.folder / "letter.txt"
    text.write_text("hello")
    done = desk.run("--file", str(text))
    desk.expect("no picture", done.returncode == 4 and str(text) in done.stderr, done.stderr)
    done = desk.run("--file", str(desk.folder / "missing.png"))
    desk.expect("no file", done.returncode == 4 and "missing.png" in done.stderr, done.stderr)
    done = desk.run("--file", str(text), "LYKTA1:")
    desk.expect("file and text", done.returncode == 2, done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(sys.argv[1], folder)
        check_answers(desk)
        check_lists(desk)
        check_files(desk)
    print(f"{desk.n - desk.failures} of {desk.n} as expected")
    return 1 if desk.failures else 0


if __name__ == "__main__":
    sys.exit(main())
