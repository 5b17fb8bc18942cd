"""Real servers, from Debian's packages and from PyPI, for the suites of libraries.

Each is a context manager that starts a server on a free port of loopback, in a folder of its own, and stops it. A
server that isn't installed skips the test that wants it; in CI (the variable `CI`) it fails the test.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import PATIENCE

# Debian puts servers where not every user's PATH leads.
PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


def debian(package: str, command: str) -> str:
    """The path of a command; without it the test is skipped, or fails in CI, naming the package."""
    if found := shutil.which(command, path=PATH):
        return found
    missing(f"no command {command}: apt-get install {package}")


def missing(reason: str) -> None:
    """Skips the test; in CI, where everything is there, fails it."""
    if os.environ.get("CI"):
        raise AssertionError(reason)
    raise unittest.SkipTest(reason)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now, for servers that don't tell which one the system chose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def free_ports(count: int) -> tuple[int, int]:
    """The first and the last of as many free ports in a row."""
    for first in range(20000, 30000, count):
        with contextlib.ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    probes.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first, first + count - 1
    raise RuntimeError(f"no {count} free ports in a row")


@contextlib.contextmanager
def running(
    command: list[str | Path], ready: Callable[[], object], folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Runs a server, from when `ready` succeeds; one that ends or isn't ready in time is an error with its output."""
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, env=env
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                ready()
                break
            except OSError as error:
                if server.poll() is not None or time.monotonic() > deadline:
                    said = log.read_text(errors="backslashreplace")
                    raise RuntimeError(f"{command[0]} isn't ready ({error}): {said}") from None
            time.sleep(0.02)
        yield
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def connects(port: int) -> Callable[[], object]:
    """Succeeds once somebody listens at that port."""
    return lambda: socket.create_connection(("127.0.0.1", port), PATIENCE).close()


def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for a server, of a short name, since a Unix socket's path is short."""
    return tempfile.TemporaryDirectory(prefix="ws-", ignore_cleanup_errors=True)


@dataclass
class Server:
    """Where a server is."""

    port: int
    folder: Path
    # Of its Unix socket, where it has one.
    path: Path | None = None


@contextlib.contextmanager
def redis() -> Iterator[Server]:
    """Redis, over TCP and over a Unix socket."""
    program = debian("redis-server", "redis-server")
    with folder() as name:
        server = Server(free_port(), Path(name), Path(name, "redis.sock"))
        command = [program, "--bind", "127.0.0.1", "--port", str(server.port), "--unixsocket", server.path]
        with running([*command, "--save", "", "--appendonly", "no"], connects(server.port), server.folder):
            yield server


@contextlib.contextmanager
def mosquitto() -> Iterator[Server]:
    """Mosquitto, an MQTT broker."""
    program = debian("mosquitto", "mosquitto")
    with folder() as name:
        server = Server(free_port(), Path(name))
        configuration = server.folder / "mosquitto.conf"
        configuration.write_text(f"listener {server.port} 127.0.0.1\nallow_anonymous true\nuser root\n")
        with running([program, "-c", configuration], connects(server.port), server.folder):
            yield server


@contextlib.contextmanager
def mariadb() -> Iterator[Server]:
    """MariaDB with a database `shop`, which the user `guest` may use with the password `secret`."""
    install, program = debian("mariadb-server", "mariadb-install-db"), debian("mariadb-server", "mariadbd")
    with folder() as name:
        server = Server(free_port(), Path(name), Path(name, "maria.sock"))
        data = server.folder / "data"
        root = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [install, "--no-defaults", *root, f"--datadir={data}", "--auth-root-authentication-method=normal"],
            check=True,
            capture_output=True,
        )
        start = server.folder / "start.sql"
        start.write_text(
            "CREATE DATABASE shop;\n"
            "CREATE USER guest IDENTIFIED BY 'secret';\n"
            "GRANT ALL ON shop.* TO guest;\n"
            # Without it the anonymous users of a new database come before the one above.
            "DROP USER IF EXISTS ''@'localhost', ''@'%';\n"
        )
        command = [program, "--no-defaults", *root, f"--datadir={data}", f"--port={server.port}"]
        command += ["--bind-address=127.0.0.1", f"--socket={server.path}", f"--init-file={start}"]
        # A log of 96 MB would be written for nothing.
        command += ["--innodb-log-file-size=4M", "--max-allowed-packet=16M"]
        with running(command, connects(server.port), server.folder):
            yield server


@contextlib.contextmanager
def nginx() -> Iterator[Server]:
    """nginx, which serves the folder `site`, takes PUT below /put/, and has what its configuration below says."""
    program = debian("nginx-light", "nginx")
    with folder() as name:
        server = Server(free_port(), Path(name))
        site = server.folder / "site"
        site.mkdir()
        (site / "put").mkdir()
        (site / "hello.txt").write_text("hello\n")
        (site / "large.bin").write_bytes(bytes(range(256)) * 32 * 1024)
        # Compressed on the way, its length isn't known before: so it comes in chunks.
        (site / "words.html").write_text("word and word again\n" * 20_000)
        configuration = server.folder / "nginx.conf"
        configuration.write_text(f"""
            daemon off; pid nginx.pid; error_log stderr; worker_processes 1;
            {"user root;" if os.geteuid() == 0 else ""}
            events {{ worker_connections 256; }}
            http {{
                access_log off; root site; gzip on; gzip_min_length 1; client_max_body_size 64m;
                default_type application/octet-stream; types {{ text/html html; text/plain txt; }}
                {"".join(f"{kind}_temp_path {kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))}
                server {{
                    listen 127.0.0.1:{server.port};
                    add_header X-Connection $connection always;
                    location /moved {{ return 302 /moved-again; }}
                    location /moved-again {{ return 301 /hello.txt; }}
                    location /round {{ return 302 /round; }}
                    location /broken {{ return 503 "out of order\\n"; }}
                    location /said {{ default_type text/plain; return 200 "$request_method $arg_q $http_x_note\\n"; }}
                    location /put/ {{ dav_methods PUT DELETE; }}
                }}
            }}
        """)
        with running([program, "-p", server.folder, "-c", configuration], connects(server.port), server.folder):
            yield server


@contextlib.contextmanager
def smtp(packages: Path) -> Iterator[Server]:
    """aiosmtpd, which keeps what it gets as files in `mail/new`."""
    with folder() as name:
        server = Server(free_port(), Path(name))
        command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{server.port}"]
        command += ["-c", "aiosmtpd.handlers.Mailbox", str(server.folder / "mail")]
        env = {**os.environ, "PYTHONPATH": str(packages)}
        with running(command, connects(server.port), server.folder, env):
            yield server


@dataclass
class Ftp(Server):
    """Where an FTP server is."""

    # The first and the last port of its data connections.
    passive: tuple[int, int] = (0, 0)


@contextlib.contextmanager
def ftp() -> Iterator[Ftp]:
    """pyftpdlib, with an anonymous user who may write into the folder `files`."""
    # Debian's module is for Debian's Python.
    python = debian("python3", "python3") if sys.platform != "linux" else "/usr/bin/python3"
    found = subprocess.run([python, "-c", "import pyftpdlib"], capture_output=True) if os.path.exists(python) else None
    if found is None or found.returncode:
        missing("no module pyftpdlib for /usr/bin/python3: apt-get install python3-pyftpdlib")
    with folder() as name:
        server = Ftp(free_port(), Path(name), passive=free_ports(8))
        (server.folder / "files").mkdir()
        first, last = server.passive
        command = [python, "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", str(server.port), "-w", "-r", f"{first}-{last}"]
        with running([*command, "-d", server.folder / "files"], connects(server.port), server.folder):
            yield server
