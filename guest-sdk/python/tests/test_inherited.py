"""Sockets that the runner hands over, by the number that it has them by."""

import socket
import subprocess
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import PATIENCE, guest_command

SERVER = """
import socket, sys
number = int(sys.argv[1])
for listener in (
    socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM),
    socket.socket(fileno=number),
    socket.socket(fileno=socket.dup(number)),
):
    with listener:
        print("serving", listener.family.name, listener.type.name, listener.getsockname()[1], flush=True)
        connection, peer = listener.accept()
        with connection:
            connection.sendall(connection.recv(100).upper())
try:
    socket.socket(fileno=number + 1000)
except OSError as error:
    print(type(error).__name__, error.strerror)
"""


class Inherited(unittest.TestCase):
    def test_a_listener_is_served_by_its_number(self):
        with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
            script = Path(folder) / "server.py"
            script.write_text(SERVER)
            number, port = listener.fileno(), listener.getsockname()[1]
            command = guest_command(script, [number], flags=["--inherit", str(number)])
            with subprocess.Popen(command, pass_fds=[number], stdout=subprocess.PIPE, text=True) as guest:
                self.addCleanup(guest.kill)
                for said in (b"fromfd", b"fileno", b"dup"):
                    self.assertEqual(guest.stdout.readline(), f"serving AF_INET SOCK_STREAM {port}\n")
                    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
                        client.sendall(said)
                        self.assertEqual(client.recv(100), said.upper())
                self.assertEqual(guest.stdout.read(), "OSError Bad file descriptor\n")
                self.assertEqual(guest.wait(PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()
