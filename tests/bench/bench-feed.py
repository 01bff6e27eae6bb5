#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one day of changes costs in a Lykta feed, beside a binary difference of the whole.

    bench-feed.py BUILD-DIR [N …]
"""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "feed"))
import second_lykta_feed as second  # noqa: E402


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True).stdout


def snapshot_of(folder, index):
    plain = second.unzstd((folder / index["snapshot"]["path"]).read_bytes())
    return {json.loads(line)["identifier"]: line for line in plain.split(b"\n")[:-1]}


def measure(tool, folder, count, share):
    feed = folder / f"feed-{count}-{share}"
    for day in (0, 1):
        calendar = folder / f"{count}-{share}-{day}.ics"
        run(sys.executable, HERE / "make-calendar.py", count, calendar, "--day", day, "--share", share)
        run(tool, "publish", "--out", feed, "--key", folder / "key", "--level", 19 if day else 12, calendar)
    for pack in ("all", "ar", "sv"):
        index = json.loads((feed / "packs" / f"{pack}.json").read_text())
        delta = index["deltas"][-1]
        old = snapshot_of(feed, index)
        lines = second.unpack_delta(old, (feed / delta["path"]).read_bytes())
        new = second.apply_delta(old, lines)
        for name, records in (("old", old), ("new", new)):
            whole = b"".join(records[i] + b"\n" for i in sorted(records, key=str.encode))
            (folder / name).write_bytes(whole)
        binary = len(run("zstd", "-q", "-19", "--single-thread", "-c", "--patch-from=" + str(folder / "old"), folder / "new"))
        raw = (folder / "new").stat().st_size
        name = (feed / delta["path"]).with_suffix(".gz")
        print(f"| {count:6} | {share:5} | {pack:4} | {raw:10} | {len(lines):9} | {name.stat().st_size:8}"
              f" | {delta['bytes']:8} | {binary:8} | {delta['bytes'] / binary:5.2f} |", flush=True)


def main():
    tool = pathlib.Path(sys.argv[1], "app", "lyktactl")
    counts = [int(word) for word in sys.argv[2:]] or [1000, 5000]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(tool, "publish", "--new-key", folder / "key")
        print("| activities | changed | pack | whole | delta lines | gzip | delta | zstd -19 --patch-from | ratio |")
        print("|---|---|---|---|---|---|---|---|---|")
        for count in counts:
            for share in (0.005, 0.02):
                measure(tool, folder, count, share)


if __name__ == "__main__":
    main()
