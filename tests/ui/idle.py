#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window that nobody touches does nothing: no thread of the program wakes up for 20 seconds in a row.

    idle.py BUILD_DIR

The kernel counts how often each thread went to sleep; a number that stands still says that nobody woke up.
With LYKTA_TEST_LONG=1 the program is watched for ten minutes, in which it may wake up for what has ended
meanwhile and for nothing else.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time

QUIET_SECONDS = 20
# The first reading of the calendar, the first frames, and the first look at what ends next (30 s).
PATIENCE_SECONDS = 110
LONG_SECONDS = 600
# Dates end on the quarters of an hour, and then the list is read anew: so many seconds may be busy ones.
LONG_BUSY_SECONDS = 30
SKIP = 77


def wake_ups(pid):
    """How often the threads of a process have gone to sleep, all together."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/status", encoding="ascii", errors="replace") as status:
                total += sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)
        except FileNotFoundError:
            pass
    return total


def watch(pid, seconds_needed, patience):
    """The longest time in which nothing woke up, looking until it is long enough."""
    last, since, best = wake_ups(pid), time.monotonic(), 0.0
    end = since + patience
    while time.monotonic() < end:
        time.sleep(1)
        now = wake_ups(pid)
        if now != last:
            last, since = now, time.monotonic()
        best = max(best, time.monotonic() - since)
        if best >= seconds_needed:
            break
    return best


def watch_long(pid):
    """In how many of the seconds anything woke up."""
    last, busy = wake_ups(pid), 0
    for _ in range(LONG_SECONDS):
        time.sleep(1)
        now = wake_ups(pid)
        busy += now != last
        last = now
    return busy


def main():
    build = sys.argv[1]
    if "DISPLAY" not in os.environ:
        print("there is no display")
        return SKIP
    with tempfile.TemporaryDirectory(prefix="lykta-idle-") as folder:
        environment = dict(
            os.environ,
            HOME=folder,
            XDG_CACHE_HOME=os.path.join(folder, "cache"),
            XDG_CONFIG_HOME=os.path.join(folder, "config"),
            GSETTINGS_BACKEND="memory",
            GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"),
            LYKTA_LOCALE_DIR=os.path.join(build, "po"),
            GDK_BACKEND="x11",
            GSK_RENDERER="cairo",
            GDK_DEBUG="gl-disable",
            GTK_A11Y="none",
            LANG="C.UTF-8",
        )
        program = [os.path.join(build, "app", "lykta"), "--language", "sv", "--data-dir", os.path.join(folder, "data")]
        with subprocess.Popen(program, env=environment) as lykta:
            try:
                best = watch(lykta.pid, QUIET_SECONDS, PATIENCE_SECONDS)
                print(f"nothing woke up for {best:.0f} seconds")
                if best < QUIET_SECONDS:
                    return 1
                if os.environ.get("LYKTA_TEST_LONG"):
                    number = watch_long(lykta.pid)
                    print(f"busy in {number} of {LONG_SECONDS} seconds")
                    return int(number > LONG_BUSY_SECONDS)
                return int(lykta.poll() is not None)
            finally:
                lykta.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
