# SPDX-License-Identifier: GPL-3.0-or-later
"""lyktactl programme from the outside: letters and pages for the county's mailings."""

import json
import os
import subprocess
import sys
import tempfile

LYKTACTL = sys.argv[1]
failures = []


def check(what, is_so, detail=""):
    print(("ok " if is_so else "not ok ") + what + ("" if is_so else f": {detail}"))
    if not is_so:
        failures.append(what)


def run(data, *words, expected=0):
    done = subprocess.run([LYKTACTL, "--data-dir", data, *words], capture_output=True, timeout=60, check=False)
    check(f"{' '.join(words)} gives {expected}", done.returncode == expected, (done.returncode, done.stderr))
    return done.stdout, done.stderr.decode()


with tempfile.TemporaryDirectory() as folder:
    store = os.path.join(folder, "data")
    run(store, "sync")

    text, _ = run(store, "programme", "--municipality", "malmo", "--lang", "ar")
    lines = text.decode().split("\n")
    check("the letter says where", any("Malmö" in line for line in lines))
    check("every line begins on the right", all(not line or line.startswith("\u200f") for line in lines))
    check("by code it is the same", run(store, "programme", "--municipality", "1280", "--lang", "ar")[0] == text)

    _, said = run(store, "programme", "--municipality", "Malmå", expected=2)
    check("a wrong name is answered with near ones", "Malmö (1280)" in said, said)
    run(store, "programme", "--municipality", "Malmö", "--county", "12", expected=2)
    run(store, "programme", "--from", "tomorrow", expected=2)
    run(store, "programme", "--days", "0", expected=2)
    run(store, "programme", "--format", "html", expected=2)
    run(store, "programme", "--lang", "!", expected=2)
    run(store, "programme", "more", expected=2)

    page = os.path.join(folder, "week.pdf")
    answer = json.loads(run(store, "programme", "--json", "--county", "Skåne", "--lang", "ti", "--out", page)[0])
    check("the page is a PDF", open(page, "rb").read(5) == b"%PDF-")
    check("and says how many", answer["pages"] >= 1 and answer["format"] == "pdf" and answer["area"] == "12", answer)
    _, said = run(store, "programme", "--out", page, expected=1)
    check("nothing is replaced unasked", "--replace" in said, said)
    run(store, "programme", "--out", page, "--replace")
    run(store, "programme", "--out", os.path.join(folder, "none", "week.txt"), expected=1)

    folder_page = os.path.join(folder, "folder.pdf")
    answer = json.loads(run(store, "programme", "--json", "--brochure", "--municipality", "Malmö", "--out", folder_page)[0])
    check("a folder is a PDF of eight weeks", answer["format"] == "pdf" and answer["dates"] > 0, answer)
    run(store, "programme", "--brochure", "--format", "text", expected=2)

    far = json.loads(run(store, "programme", "--json", "--municipality", "Malmö", "--from", "2001-01-01")[0])
    check("a week without anything is said", far["dates"] == 0 and far["text"], far)
    check("and what comes next", far["next_day"] is None or far["next_day"] > "2001", far)

sys.exit(1 if failures else 0)
