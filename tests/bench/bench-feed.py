#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one day of changes costs in a Lykta feed, beside a binary difference of the whole.

    bench-feed.py BUILD-DIR [N …]
"""
import gzip
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


def part(folder, described, suffix="zst"):
    return (folder / "parts" / f"{described['hash']}.{suffix}").read_bytes()


def snapshot_of(folder, catalogue):
    plain = second.read_columns(second.unzstd(part(folder, catalogue["snapshot"])))
    return {json.loads(line)["identifier"]: line for line in plain.split(b"\n")[:-1]}


def measure(tool, folder, count, share):
    feed = folder / f"feed-{count}-{share}"
    for day in (0, 1):
        calendar = folder / f"{count}-{share}-{day}.ics"
        run(sys.executable, HERE / "make-calendar.py", count, calendar, "--day", day, "--share", share)
        run(tool, "publish", "--out", feed, "--key", folder / "key", "--level", 19 if day else 12, calendar)
    for pack in ("all", "ar", "sv"):
        index = json.loads((feed / "packs" / f"{pack}.json").read_text())
        catalogue = json.loads(gzip.decompress(part(feed, index["catalogue"], "gz")))
        delta = catalogue["deltas"][-1]
        old = snapshot_of(feed, catalogue)
        lines = second.unpack_delta(old, part(feed, delta))
        new = second.apply_delta(old, lines)
        for name, records in (("old", old), ("new", new)):
            whole = b"".join(records[i] + b"\n" for i in sorted(records, key=str.encode))
            (folder / name).write_bytes(whole)
        binary = len(run("zstd", "-q", "-19", "--single-thread", "-c", "--patch-from=" + str(folder / "old"), folder / "new"))
        raw = (folder / "new").stat().st_size
        print(f"| {count:6} | {share:5} | {pack:4} | {raw:10} | {len(lines):9} | {delta['gzip']['bytes']:8}"
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
