#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that Lykta promises, measured on this machine and printed as tables.

    run.py BUILD_DIR [import] [start] [language] [wire] [wire:PART] [month] [kiosks]
                     [ingest] [apply] [memory] [hostile]

Every comparison runs both sides in turn in the same minutes and quotes medians, because machines
are noisy. Nothing here passes or fails: a person reads it.
"""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import figures_load
import figures_month
import figures_wire
import network

HERE = pathlib.Path(__file__).resolve().parent
ACTIVITIES = 10000
RUNS = int(os.environ.get("LYKTA_BENCH_RUNS", "5"))


def table(title, rows):
    print(f"\n{title}")
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)))


def spread(values, unit="s", digits=2):
    return (
        f"{statistics.median(values):.{digits}f} {unit} "
        f"({min(values):.{digits}f}–{max(values):.{digits}f})"
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def nginx(root, work):
    port = free_port()
    conf = work / "nginx.conf"
    # As root, nginx would hand the work to a user who may not read this folder.
    user = "user root; " if os.geteuid() == 0 else ""
    conf.write_text(
        f"""{user}daemon off; error_log {work}/error.log; pid {work}/nginx.pid; events {{}}
http {{ access_log off; types {{ text/calendar ics; }} gzip on; gzip_types text/calendar;
  server {{ listen 127.0.0.1:{port}; root {root}; }} }}"""
    )
    server = subprocess.Popen(["nginx", "-c", conf, "-p", work, "-e", f"{work}/error.log"])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


SOMEWHERE = "https://calendar.example.org/start.ics"
PORTAL = b"<!doctype html><html><title>Sign in</title><body>Welcome to the Wi-Fi"


def drip(connection):
    """A byte a second, as if there were all the time in the world."""
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n" + b"X-Wait: a\r\n" * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(1)


def sign_in(connection):
    """What the network of a hotel says to everything."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PORTAL) + PORTAL)
    connection.close()


@contextlib.contextmanager
def bad_server(behaviour=None):
    """Accepts connections and misbehaves; without a behaviour it never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    held = []

    def behave(connection):
        with contextlib.suppress(OSError):
            behaviour(connection)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                held.append(listener.accept()[0])
                if behaviour is not None:
                    threading.Thread(target=behave, args=(held[-1],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/start.ics"
    finally:
        listener.close()
        for connection in held:
            connection.close()


# A network that is there and swallows every question for a name.
MUTE_NAMES = """ip link add mute type veth peer name void && ip link set void up &&
ip addr add 10.1.1.2/24 dev mute && ip link set mute up &&
ip link set lo up && ip route add default via 10.1.1.1 && ip neigh add 10.1.1.1 lladdr 02:00:00:00:00:01 dev mute &&
echo nameserver 10.1.1.1 >"$0" && mount --bind "$0" /etc/resolv.conf && exec "$@" """


@contextlib.contextmanager
def display():
    """An X server of our own, as large as a tablet."""
    if shutil.which("Xvfb") is None:
        sys.exit("run.py: Xvfb is missing; ./dev setup installs it")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    number = os.read(read_end, 16).decode().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def seconds(command, env=None):
    begin = time.monotonic()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def eds_environment(home):
    run = home / "run"
    run.mkdir(parents=True, mode=0o700)
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY",)}
    env.update(
        HOME=str(home),
        XDG_RUNTIME_DIR=str(run),
        XDG_CONFIG_HOME=str(home / "config"),
        XDG_DATA_HOME=str(home / "data"),
        XDG_CACHE_HOME=str(home / "cache"),
        GSETTINGS_BACKEND="memory",
    )
    return env


def measure_import(build, work):
    """A first refresh of 10,000 activities from the same web server, until all can be listed."""
    tool = build / "app/lyktactl"
    peer = build / "tests/bench/eds-peer"
    www = work / "www"
    www.mkdir()
    calendar = www / "calendar.ics"
    subprocess.run([HERE / "make-calendar.py", str(ACTIVITIES), calendar], check=True)
    ours, theirs = [], []
    with nginx(www, work) as port:
        address = f"http://127.0.0.1:{port}/calendar.ics"
        for run in range(RUNS):
            store = work / f"store-{run}"
            ours.append(seconds([tool, "sync", "--data-dir", store, "--source", address]))
            if peer.exists():
                home = work / f"eds-{run}"
                answer = subprocess.run(
                    ["dbus-run-session", "--", peer, address, str(ACTIVITIES)],
                    env=eds_environment(home),
                    capture_output=True,
                    text=True,
                    timeout=400,
                    check=True,
                )
                theirs.append(float(answer.stdout.split()[0]))
                shutil.rmtree(home, ignore_errors=True)
    rows = [("first refresh of 10,000 activities × 3 languages", "median (least–most)", "ratio")]
    rows.append(("Lykta: fetch, read, expand, index for search", spread(ours), ""))
    if theirs:
        ratio = statistics.median(theirs) / statistics.median(ours)
        rows.append(("evolution-data-server, webcal", spread(theirs), f"{ratio:.1f} × slower"))
    else:
        rows.append(("evolution-data-server", "not measured: libecal2.0-dev is missing", ""))
    size = sum(file.stat().st_size for file in (work / "store-0").rglob("*") if file.is_file())
    rows.append(("calendar file", f"{calendar.stat().st_size / 1e6:.1f} MB", ""))
    rows.append(("store on disk", f"{size / 1e6:.1f} MB", ""))
    table("Import", rows)


def launch(build, env, command, prefix=()):
    answer = subprocess.run(
        [*prefix, "dbus-run-session", "--", build / "tests/bench/first-frame", "--", *command],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        sys.exit(f"run.py: nothing was shown by {command}: {answer.stderr}")
    return json.loads(answer.stdout.splitlines()[-1])


def fill_store(build, work, name):
    """A store with the 10,000 activities, as a refresh left it."""
    store = work / name
    if not store.exists():
        www = work / "www"
        www.mkdir(exist_ok=True)
        subprocess.run([HERE / "make-calendar.py", str(ACTIVITIES), www / "fill.ics"], check=True)
        with nginx(www, work) as port:
            address = f"http://127.0.0.1:{port}/fill.ics"
            seconds([build / "app/lyktactl", "sync", "--data-dir", store, "--source", address])
    return store


def uninstalled(build, screen):
    """The environment in which programs of the build folder find what belongs to them."""
    return dict(
        os.environ,
        DISPLAY=screen,
        GDK_BACKEND="x11",
        GSK_RENDERER="cairo",
        GDK_DEBUG="gl-disable",
        GSETTINGS_BACKEND="memory",
        GSETTINGS_SCHEMA_DIR=str(build / "data"),
        LYKTA_LOCALE_DIR=str(build / "po"),
        LANG="C.UTF-8",
    )


def measure_start(build, work):
    """From the start of the process to a window complete with real cards."""
    store = fill_store(build, work, "filled")
    with display() as screen, bad_server() as silent, bad_server(drip) as slow, bad_server(sign_in) as portal:
        env = uninstalled(build, screen)

        def lykta(address=None):
            data = work / "start-copy"
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(store, data)
            command = [build / "app/lykta", "--data-dir", data, "--language", "sv"]
            return command + (["--source", address] if address else [])

        no_network = ["unshare", "--net", "--"] if os.geteuid() == 0 else []
        cases = {
            "empty libadwaita window": ([build / "tests/bench/empty-window"], []),
            "Lykta, no network": (lykta(SOMEWHERE), no_network),
            "Lykta, no network, once more (A/A)": (lykta(SOMEWHERE), no_network),
            "Lykta, refused port": (lykta(f"http://127.0.0.1:{free_port()}/start.ics"), []),
            "Lykta, server never answers": (lykta(silent), []),
            "Lykta, server answers a byte a second": (lykta(slow), []),
            "Lykta, sign-in page of a network": (lykta(portal), []),
        }
        if network.is_possible():
            swallow = ["unshare", "--net", "--mount", "--", "sh", "-c", MUTE_NAMES, work / "resolv.conf"]
            cases["Lykta, no name is ever found"] = (lykta(SOMEWHERE), swallow)
        results = {name: [] for name in cases}
        for run in range(RUNS + 1):
            for name, (command, prefix) in cases.items():
                if name != "empty libadwaita window":
                    lykta()
                result = launch(build, env, command, prefix)
                if run > 0:
                    results[name].append(result)
    floor = statistics.median(r["complete"] for r in results["empty libadwaita window"])
    rows = [("start, 10,000 activities kept", "mapped", "first content", "complete", "× empty", "PSS")]
    for name, runs in results.items():
        complete = statistics.median(r["complete"] for r in runs)
        rows.append(
            (
                name,
                f"{statistics.median(r['mapped'] for r in runs):.0f} ms",
                f"{statistics.median(r['content'] for r in runs):.0f} ms",
                spread([r["complete"] for r in runs], "ms", 0),
                f"{complete / floor:.2f}",
                f"{statistics.median(r['pss_kb'] for r in runs) / 1024:.0f} MB",
            )
        )
    table("Start", rows)


def measure_language(build, work):
    store = fill_store(build, work, "filled")
    print()
    sys.stdout.flush()
    with display() as screen:
        command = ["dbus-run-session", "--", build / "tests/bench/bench-language"]
        subprocess.run(
            [*command, store / "content.db"],
            env=uninstalled(build, screen),
            stderr=subprocess.DEVNULL,
            check=True,
        )


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or ["import", "start", "language"]
    with open("/proc/loadavg", encoding="ascii") as load:
        print(f"{os.cpu_count()} processors, load {load.read().split()[0]}, {RUNS} runs each")
    with tempfile.TemporaryDirectory(prefix="lykta-bench-") as folder:
        work = pathlib.Path(folder)
        if "import" in wanted:
            measure_import(build, work)
        if "start" in wanted:
            measure_start(build, work)
        if "language" in wanted:
            measure_language(build, work)
        if "ingest" in wanted:
            figures_load.measure_ingest(build, work, table, nginx, eds_environment)
        for name in ("apply", "memory", "hostile"):
            if name in wanted:
                getattr(figures_load, f"measure_{name}")(build, work, table)
        parts = [word.partition(":")[2] for word in wanted if word.startswith("wire:")]
        needs_cable = "wire" in wanted or "month" in wanted or "kiosks" in wanted or parts
        if needs_cable and not network.is_possible():
            print("\nWire: not measured; it needs network namespaces, so run it as root")
        elif needs_cable:
            bench = figures_wire.Bench(build, work, table)
            if "wire" in wanted or parts:
                bench.measure(parts)
            if "month" in wanted:
                figures_month.measure_month(bench)
            if "kiosks" in wanted:
                figures_month.measure_kiosks(bench)


if __name__ == "__main__":
    main()
