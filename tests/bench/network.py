# SPDX-License-Identifier: GPL-3.0-or-later
"""Two machines on one cable: network namespaces, so that every byte between a client and a server
can be counted as it is on the wire, headers of IP and TCP included. Needs to be root.
"""
import contextlib
import json
import os
import pathlib
import random
import subprocess
import time

SERVER_ADDRESS = "10.9.0.1"
CLIENT_ADDRESS = "10.9.0.2"
ETHERNET = 14  # bytes of a frame that are not the packet's


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, **options)


def quietly(*words):
    return subprocess.run([str(word) for word in words], check=False, capture_output=True)


def is_possible():
    """Whether this machine lets us."""
    if os.geteuid() != 0:
        return False
    name = f"lykta-try-{os.getpid()}"
    if quietly("ip", "netns", "add", name).returncode != 0:
        return False
    quietly("ip", "netns", "del", name)
    return True


class Cable:
    """A context: `server` and `client` are prefixes of commands that run on either side."""

    def __init__(self):
        self.names = (f"lykta-srv-{os.getpid()}", f"lykta-cli-{os.getpid()}")
        self.server = ["ip", "netns", "exec", self.names[0]]
        self.client = ["ip", "netns", "exec", self.names[1]]

    def __enter__(self):
        server, client = self.names
        for name in self.names:
            run("ip", "netns", "add", name)
            quietly("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
            run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "link", "add", "lksrv", "netns", server, "type", "veth", "peer", "name", "lkcli", "netns", client)
        for name, device, address in ((server, "lksrv", SERVER_ADDRESS), (client, "lkcli", CLIENT_ADDRESS)):
            # Every segment for itself, as on a real line.
            run("ip", "-n", name, "link", "set", device, "mtu", "1500", "gso_max_segs", "1", "up")
            run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", device)
        for name, device, other, address in (
            (server, "lksrv", (client, "lkcli"), CLIENT_ADDRESS),
            (client, "lkcli", (server, "lksrv"), SERVER_ADDRESS),
        ):
            link = run("ip", "-j", "-n", other[0], "link", "show", other[1], capture_output=True)
            hardware = json.loads(link.stdout)[0]["address"]
            run("ip", "-n", name, "neigh", "replace", address, "lladdr", hardware, "dev", device, "nud", "permanent")
        return self

    def __exit__(self, *unused):
        for name in self.names:
            quietly("ip", "netns", "del", name)

    def counted(self):
        """Bytes up and down so far, as seen by the client."""
        answer = run("ip", "-j", "-s", "-n", self.names[1], "link", "show", "lkcli", capture_output=True)
        stats = json.loads(answer.stdout)[0]["stats64"]
        return tuple(stats[way]["bytes"] - ETHERNET * stats[way]["packets"] for way in ("tx", "rx"))

    @contextlib.contextmanager
    def count(self):
        """Counts what goes over the cable within: a dictionary with "up", "down" and "total"."""
        result = {}
        before = self.counted()
        yield result
        time.sleep(0.25)  # the last acknowledgements
        up, down = (now - then for now, then in zip(self.counted(), before))
        result.update(up=up, down=down, total=up + down)


def openssl(folder, *words):
    run("openssl", *words, cwd=folder, capture_output=True)


def make_certificates(folder):
    """Chain and key as a public web server has them: P-256, signed by an intermediate P-384.
    Writes root.pem, chain.pem and leaf.key."""
    curve = ("-newkey", "ec", "-nodes", "-pkeyopt")
    (folder / "intermediate.ext").write_text("basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=keyCertSign\n")
    (folder / "leaf.ext").write_text(
        f"subjectAltName=IP:{SERVER_ADDRESS},IP:127.0.0.1,DNS:localhost\nkeyUsage=digitalSignature\n"
        "extendedKeyUsage=serverAuth\nauthorityInfoAccess=OCSP;URI:http://ocsp.example.org\n"
        # Public authorities put two timestamps in here, some 240 bytes.
        f"1.3.6.1.4.1.11129.2.4.2=DER:{random.Random(1).randbytes(240).hex()}\n"
    )
    openssl(folder, "req", "-x509", *curve, "ec_paramgen_curve:P-384", "-keyout", "root.key", "-out", "root.pem",
            "-subj", "/C=SE/O=Bench Authority/CN=Bench Root", "-days", "30")
    for name, curve_name, issuer, subject in (
        ("intermediate", "P-384", "root", "/C=SE/O=Bench Authority/CN=Bench E1"),
        ("leaf", "P-256", "intermediate", "/CN=calendar.example.org"),
    ):
        openssl(folder, "req", *curve, f"ec_paramgen_curve:{curve_name}", "-keyout", f"{name}.key",
                "-out", f"{name}.csr", "-subj", subject)
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key",
                "-CAcreateserial", "-days", "20", "-extfile", f"{name}.ext", "-out", f"{name}.pem")
    (folder / "chain.pem").write_text((folder / "leaf.pem").read_text() + (folder / "intermediate.pem").read_text())


@contextlib.contextmanager
def nginx(prefix, folder, root, address, port=443, tls=True, workers=1):
    """A web server that anyone could set up; its access log, one line a request, in the yielded
    dictionary under "log"."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "access.log"
    files = f"ssl_certificate {folder.parent}/chain.pem; ssl_certificate_key {folder.parent}/leaf.key;"
    secure = f"ssl_protocols TLSv1.2 TLSv1.3; {files}" if tls else ""
    kinds = "text/calendar ics; application/json json; application/ld+json jsonld; application/zstd zst;"
    (folder / "nginx.conf").write_text(
        f"""{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes {workers};
error_log {folder}/error.log; pid {folder}/nginx.pid;
events {{ worker_connections 8192; }}
http {{ log_format short '$status $bytes_sent $request_length $uri'; access_log {log} short buffer=1m flush=1s;
  types {{ {kinds} }} default_type application/octet-stream; sendfile on; tcp_nopush on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  gzip on; gzip_comp_level 6; gzip_types text/calendar application/ld+json; gzip_static on;
  server {{ listen {address}:{port} {'ssl http2' if tls else ''}; {secure} root {root}; }} }}"""
    )
    server = subprocess.Popen([*prefix, "nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
    try:
        for _ in range(100):
            if (folder / "nginx.pid").exists():
                break
            time.sleep(0.05)
        time.sleep(0.1)
        yield {"log": log, "pid": server.pid, "pidfile": folder / "nginx.pid"}
    finally:
        server.terminate()
        server.wait()


def count_requests(server):
    """Lines in the access log so far, once they have been written."""
    time.sleep(1.3)
    path = pathlib.Path(server["log"])
    return len(path.read_text().splitlines()) if path.exists() else 0


class Client:
    """The engine in a process of its own (bench-sync.c), on the client's side of a cable."""

    def __init__(self, build, prefix, folder, authorities="-", now=None):
        program = build / "tests/bench/bench-sync"
        self.process = subprocess.Popen(
            [*prefix, program, folder, str(authorities), *([] if now is None else [str(now)])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.stdin.close()
        self.process.wait()

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"run.py: bench-sync ended at “{line}”")
        return json.loads(answer)
