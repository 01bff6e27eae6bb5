# SPDX-License-Identifier: GPL-3.0-or-later
"""Two simulations: a month on a telephone, and a day of a thousand kiosks."""
import importlib
import json
import os
import pathlib
import socket
import ssl
import struct
import sys
import threading
import time

import figures_wire
import network
import rich_activities

MONTH_ACTIVITIES, MONTH_EDITS, MONTH_DAYS = 1000, 50, 30
KIOSKS, CHECK_SECONDS, KIOSK_ACTIVITIES = 1000, 3 * 60 * 60 * 1.05, 2000
PROJECTED = 100000
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
END_STREAM, HEADERS, DATA = 1, 1, 0


def number(value):
    return f"{value:,.0f}"


def write_calendar(path, activities):
    maker = importlib.import_module("make-calendar")
    maker.write(path, map(rich_activities.lines, activities.values()))


# ---------------------------------------------------------------- a month on a telephone


def visit(bench, cable, now):
    """What the policy does when it is started anew at that moment; None when it waits."""
    folder = bench.work / "telephone"
    with cable.count() as bytes_, network.Client(bench.build, cable.client, folder, bench.work / "root.pem", now) as client:
        client.tell("metered")
        answer = client.tell("auto")
    return answer, bytes_["total"]


def measure_month(bench):
    """Every day 50 edits; whenever the policy says so, a process without connections looks."""
    tags = tuple(figures_wire.FEW.split(","))
    activities = {number: rich_activities.activity(number, tags) for number in range(MONTH_ACTIVITIES)}
    calendar = bench.work / "month.ics"
    begin = int(time.time())
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        bench.clear()
        write_calendar(calendar, activities)
        bench.publish(calendar, 9, "--valid-days", 60)
        with network.Client(bench.build, cable.client, bench.work / "telephone", bench.work / "root.pem", begin) as client:
            client.tell("languages sv ar")
            client.tell(f"source {bench.address}")
            figures_wire.expect(client.tell("run"), "updated")
        requests = network.count_requests(server)
        spent, looks, brought, waited, now = 0, 0, 0, 0, begin
        for day in range(1, MONTH_DAYS + 1):
            rich_activities.next_day(activities, day, 0, MONTH_EDITS, tags)
            write_calendar(calendar, activities)
            bench.publish(calendar, 19, "--valid-days", 60)
            morning = begin + day * 86400
            while now < morning:
                answer, total = visit(bench, cable, now)
                looks += answer["outcome"] in ("updated", "unchanged")
                brought += answer["outcome"] == "updated"
                waited += answer["outcome"] == "skipped"
                spent += total
                if answer["outcome"] == "failed":
                    raise SystemExit(f"run.py: {answer['detail']}")
                now = max(answer["next"], now + 60)
        requests = network.count_requests(server) - requests
    bench.table(
        f"A month on mobile data: {MONTH_EDITS} edits a day, {number(MONTH_ACTIVITIES)} activities, Swedish and Arabic, "
        "the default budget, no connection ever open, after a first refresh elsewhere",
        [
            ("", "in 30 days", "bar"),
            ("looks that the policy chose", looks, ""),
            ("of these with something new", brought, ""),
            ("starts at which it waited", waited, ""),
            ("requests", requests, ""),
            ("bytes on the wire, all in", number(spent), "≤ 1,000,000"),
            ("a look", number(spent / max(looks, 1)), ""),
        ],
    )


# ---------------------------------------------------------------- a day of kiosks


class Recorder:
    """Stands between a client and the server, both over TLS and HTTP/2, and writes down what the
    client says."""

    def __init__(self, work, server):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(work / "chain.pem", work / "leaf.key")
        self.context.set_alpn_protocols(["h2"])
        self.outward = client_context(work)
        self.server = server
        self.said = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def pump(self, source, target, is_client):
        try:
            while data := source.recv(65536):
                if is_client:
                    self.said += data
                target.sendall(data)
        except (OSError, ssl.SSLError):
            pass

    def run(self):
        while True:
            plain, _ = self.listener.accept()
            self.said = b""
            inner = self.context.wrap_socket(plain, server_side=True)
            outer = self.outward.wrap_socket(socket.create_connection(self.server), server_hostname="localhost")
            threading.Thread(target=self.pump, args=(outer, inner, False), daemon=True).start()
            self.pump(inner, outer, True)


def client_context(work):
    context = ssl.create_default_context(cafile=str(work / "root.pem"))
    context.set_alpn_protocols(["h2"])
    return context


def frames(data):
    """(type, flags, stream, whole frame) of HTTP/2, without the preface."""
    at = len(PREFACE) if data.startswith(PREFACE) else 0
    while at + 9 <= len(data):
        length, kind, flags, stream = struct.unpack(">I", b"\0" + data[at:at + 3])[0], data[at + 3], data[at + 4], data[at + 5:at + 9]
        if at + 9 + length > len(data):
            return
        yield kind, flags, struct.unpack(">I", stream)[0], data[at:at + 9 + length]
        at += 9 + length


def in_turns(said):
    """What a client said, cut after each request: it waits for the answer there."""
    turns, current = [], PREFACE
    for kind, _, _, frame in frames(said):
        current += frame
        if kind == HEADERS:
            turns.append(current)
            current = b""
    return turns


def replay(context, address, turns):
    """One visit of one kiosk; the number of bytes of the answers."""
    with socket.create_connection(address) as plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with context.wrap_socket(plain, server_hostname=address[0]) as secure:
            answered, finished = b"", 0
            for wanted, turn in enumerate(turns, 1):
                secure.sendall(turn)
                while finished < wanted:
                    data = secure.recv(65536)
                    if not data:
                        raise SystemExit("run.py: the server ended a visit of a kiosk")
                    answered += data
                    finished = sum(flags & END_STREAM for kind, flags, _, _ in frames(answered) if kind in (HEADERS, DATA))
    return len(answered)


def processor_seconds(pid):
    """Of a process and its children."""
    total = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(words[1]) == pid:
            total += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return total


def record(bench, recorder, folder, outcome):
    with network.Client(bench.build, [], folder, bench.work / "root.pem") as client:
        client.tell("languages sv ar")
        client.tell(f"source https://localhost:{recorder.port}/feed/#{bench.key}")
        answer = client.tell("run")
        turns = in_turns(recorder.said)
    figures_wire.expect(answer, outcome)
    return turns


def load(work, address, port, quiet, busy):
    """Runs in the client's namespace: all visits of the day, one after the other."""
    context = client_context(work)
    begin = time.monotonic()
    for number_ in range(int(quiet["count"]) + int(busy["count"])):
        # One visit in so many brings the new edition, spread over the day.
        every = (int(quiet["count"]) + int(busy["count"])) // int(busy["count"])
        turns = busy["turns"] if number_ % every == 0 else quiet["turns"]
        replay(context, (address, port), turns)
    return time.monotonic() - begin


def measure_kiosks(bench):
    """The requests of a real refresh, by a thousand kiosks, for a day."""
    visits = int(KIOSKS * 86400 / CHECK_SECONDS)
    day = {edition: bench.calendar(KIOSK_ACTIVITIES, day=edition, share=0.01, tags=figures_wire.FEW) for edition in (0, 1)}
    port = free_port()
    bench.clear()
    bench.publish(day[0], 9)
    kiosk = bench.work / "kiosk"
    with network.nginx([], bench.work / "local", bench.www, "127.0.0.1", port):
        recorder = Recorder(bench.work, ("127.0.0.1", port))
        record(bench, recorder, kiosk, "updated")
        bench.publish(day[1], 19)
        busy = record(bench, recorder, kiosk, "updated")
        quiet = record(bench, recorder, kiosk, "unchanged")
    plan = bench.work / "plan.json"
    counts = {"quiet": visits - KIOSKS, "busy": KIOSKS}
    plan.write_text(json.dumps({
        "address": network.SERVER_ADDRESS, "work": str(bench.work),
        "quiet": {"count": counts["quiet"], "turns": [turn.hex() for turn in quiet]},
        "busy": {"count": counts["busy"], "turns": [turn.hex() for turn in busy]},
    }))
    with network.Cable() as cable, network.nginx(cable.server, bench.work / "nginx", bench.www, network.SERVER_ADDRESS) as server:
        before = processor_seconds(int(server["pidfile"].read_text()))
        requests = network.count_requests(server)
        with cable.count() as bytes_:
            seconds = float(figures_wire.say(*cable.client, "python3", __file__, plan))
        requests = network.count_requests(server) - requests
        processor = processor_seconds(int(server["pidfile"].read_text())) - before
        log = [line.split()[0] for line in server["log"].read_text().splitlines()]
    show_kiosks(bench, visits, requests, bytes_, processor, seconds, log)


def show_kiosks(bench, visits, requests, bytes_, processor, seconds, log):
    factor = PROJECTED / KIOSKS
    peak = 5  # times the mean, if all are switched on within the same hour
    rows = [
        ("", "1,000 kiosks, one nginx", f"{number(PROJECTED)} devices, projected"),
        ("visits", number(visits), number(visits * factor)),
        ("requests", number(requests), number(requests * factor)),
        ("of these answered 304", number(log.count("304")), number(log.count("304") * factor)),
        ("requests a second, mean", f"{requests / 86400:.2f}", f"{requests * factor / 86400:.0f} (peak × {peak}: {requests * factor / 86400 * peak:.0f})"),
        ("bytes down, to the kiosks", number(bytes_["down"]), f"{bytes_['down'] * factor / 1e9:.1f} GB a day"),
        ("bytes up, from them", number(bytes_["up"]), f"{bytes_['up'] * factor / 1e9:.1f} GB a day"),
        ("bytes a kiosk and day", number(bytes_["total"] / KIOSKS), "the same"),
        ("processor of the server", f"{processor:.1f} s", f"{processor * factor / 86400:.1%} of one core, all day"),
        ("replayed in", f"{seconds:.0f} s", ""),
        ("origin behind a CDN that keeps an index for a minute", "", f"{24 * 60} requests a day and edge, 304 but for one"),
    ]
    bench.table(
        f"A day of kiosks: a visit every {CHECK_SECONDS / 3600:.2f} hours, each with a handshake of its own, one of them "
        f"with a new edition (1 % of {number(KIOSK_ACTIVITIES)} activities)",
        rows,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    plan = json.loads(pathlib.Path(sys.argv[1]).read_text())
    for kind in ("quiet", "busy"):
        plan[kind]["turns"] = [bytes.fromhex(turn) for turn in plan[kind]["turns"]]
    print(load(pathlib.Path(plan["work"]), plan["address"], 443, plan["quiet"], plan["busy"]))


if __name__ == "__main__":
    main()
