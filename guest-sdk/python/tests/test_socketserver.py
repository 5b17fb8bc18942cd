"""socketserver and xmlrpc, in a guest and outside."""

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.libraries import PROGRAMS, Guest, LibraryTests
from tests.support import run


def over_a_stream(sock: socket.socket) -> bytes:
    """What comes back for two lines."""
    with sock, sock.makefile("rwb") as file:
        file.write(b"one\ntwo\n")
        file.flush()
        return file.readline() + file.readline()


class SocketServers(LibraryTests):
    def ends_well(self, guest: Guest) -> None:
        self.assertEqual(guest.line(), "ended")
        self.assertEqual(guest.process.wait(30), 0)

    def test_a_tcp_server_serves_under_one_grant(self) -> None:
        guest = self.serve("socket_servers.py", ["tcp"], ["tcp listen 127.0.0.1:0"])
        for _ in range(3):
            sock = socket.create_connection(("127.0.0.1", guest.port), 30)
            self.assertEqual(over_a_stream(sock), b"ONE\nTWO\n")
        self.ends_well(guest)

    def test_a_udp_server_serves_under_one_grant(self) -> None:
        guest = self.serve("socket_servers.py", ["udp"], ["udp bind 127.0.0.1:0"])
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(30)
            for _ in range(3):
                sock.sendto(b"datagram", ("127.0.0.1", guest.port))
                self.assertEqual(sock.recvfrom(100), (b"DATAGRAM", ("127.0.0.1", guest.port)))
        self.ends_well(guest)

    def test_a_unix_server_serves_under_one_grant(self) -> None:
        with tempfile.TemporaryDirectory(prefix="ws-") as folder:
            path = f"{folder}/socket"
            guest = self.serve("socket_servers.py", ["unix", path], [f"unix listen {folder}"])
            guest.line()
            for _ in range(3):
                sock = socket.socket(socket.AF_UNIX)
                sock.settimeout(30)
                sock.connect(path)
                self.assertEqual(over_a_stream(sock), b"ONE\nTWO\n")
            self.ends_well(guest)
            self.assertEqual(list(Path(folder).iterdir()), [], "the host removes what it bound")

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        self.refused("socket_servers.py", ["tcp"], "tcp listen 127.0.0.1:0")
        self.refused("socket_servers.py", ["udp"], "udp bind 127.0.0.1:0")
        with tempfile.TemporaryDirectory(prefix="ws-") as folder:
            self.refused("socket_servers.py", ["unix", f"{folder}/socket"], f"unix listen {folder}/socket")


class XmlRpc(LibraryTests):
    def test_a_guest_calls_a_native_server(self) -> None:
        with subprocess.Popen(
            [sys.executable, PROGRAMS / "xmlrpc_server.py"], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stdout
                port = int(server.stdout.readline())
                said = self.same("xmlrpc_client.py", [port], [f"tcp connect 127.0.0.1:{port}"])
                self.refused("xmlrpc_client.py", [port], f"tcp connect 127.0.0.1:{port}")
            finally:
                server.kill()
        self.assertIn("\n2450\n", said)

    def test_a_native_client_calls_a_guest(self) -> None:
        guest = self.serve("xmlrpc_server.py", [], ["tcp listen 127.0.0.1:0"])
        done = run([sys.executable, str(PROGRAMS / "xmlrpc_client.py"), str(guest.port)])
        self.assertIn("\n2450\n", done.stdout)
        self.refused("xmlrpc_server.py", [], "tcp listen 127.0.0.1:0")
