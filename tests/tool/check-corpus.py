#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every calendar of other projects through `lyktactl check` and, all in one folder, through `sync`: with little time and
memory, to an answer that can be believed.

usage: check-corpus.py LYKTACTL     (looks in $LYKTA_TEST_DATA/ics, or beside the repository)
"""
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

TOOL = sys.argv[1]
SECONDS, MEMORY = 5, 256 << 20
SKIPPED = 77
problems = []


def limit(seconds):
    def apply():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if "ASAN_OPTIONS" not in os.environ:  # the sanitizers reserve far more than they use
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return apply


def run(seconds, *words):
    try:
        result = subprocess.run([TOOL, *words], capture_output=True, timeout=seconds * 12, preexec_fn=limit(seconds))
        return result.returncode, result.stdout, result.stderr
    except subprocess.TimeoutExpired:
        return -9, b"", b"hangs"


def complain(path, text):
    problems.append(path)
    print("not ok: %s: %s" % (path, text))


def check_file(path, name):
    """How many activities it gives; 0 when it is refused."""
    code, out, errors = run(SECONDS, "check", "--json", path)
    if code not in (0, 4):
        complain(name, "check ended with %d: %s" % (code, errors[:200]))
        return 0
    if errors:
        complain(name, "chatter on standard error: %s" % errors[:200])
    answer = json.loads(out.decode())
    fatal = [f for f in answer["findings"] if f["severity"] == "fatal"]
    if (code == 0) != (answer["readable"] and answer["quarantined"] == 0):
        complain(name, "exit code %d with readable %s, quarantined %d" % (code, answer["readable"], answer["quarantined"]))
    if bool(fatal) == answer["readable"]:
        complain(name, "readable is %s with %d fatal findings" % (answer["readable"], len(fatal)))
    return answer["activities"] if answer["readable"] else 0


def main():
    beside = os.path.join(os.path.dirname(os.environ.get("LYKTA_SOURCE_ROOT", ".")), "shared", "data")
    root = os.path.join(os.environ.get("LYKTA_TEST_DATA", beside), "ics")
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names
                   if not name.endswith((".tsv", ".md", ".txt")))
    if not files:
        print("SKIPPED: the calendars of other projects are not in %s (LYKTA_TEST_DATA)" % root)
        return SKIPPED
    with tempfile.TemporaryDirectory() as top:
        good = os.path.join(top, "calendars")
        os.mkdir(good)
        n_good = 0
        for number, path in enumerate(files):
            n = check_file(path, os.path.relpath(path, root))
            if n > 0:
                shutil.copy(path, os.path.join(good, "%04d.ics" % number))
                n_good += 1
        data = os.path.join(top, "data")
        code, out, errors = run(60, "sync", "--json", "--data-dir", data, "--source", good)
        if code != 0:
            complain("folder of %d files" % n_good, "sync ended with %d: %s %s" % (code, out[:500], errors[:200]))
        for words in (["list", "--json"], ["status", "--json"], ["list", "--json", "--from", "2010-01-01", "--days", "4000"]):
            code, out, errors = run(60, *words, "--data-dir", data)
            if code != 0 or errors:
                complain(" ".join(words), "ended with %d: %s" % (code, errors[:200]))
            else:
                print("%s: %d" % (" ".join(words), len(json.loads(out.decode()))))
    print("%d files, %d of them with activities, %d problems" % (len(files), n_good, len(problems)))
    return 1 if problems else 0


sys.exit(main())
