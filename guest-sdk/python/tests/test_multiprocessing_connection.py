"""multiprocessing.connection between the sandbox and native Python, either of them listening."""

import subprocess
import sys
import unittest
from pathlib import Path

from tests.support import guest_command

PROGRAM = Path(__file__).parent / "programs/multiprocessing_connection.py"
ALLOW = ["tcp connect 127.0.0.1:*", "tcp listen 127.0.0.1:0"]
PATIENCE = 120


def native(args: list[object]) -> list[str]:
    return [sys.executable, str(PROGRAM), *map(str, args)]


def guest(args: list[object]) -> list[str]:
    return guest_command(PROGRAM, args, allow=ALLOW)


class Connection(unittest.TestCase):
    def _talk(self, listening, connecting) -> None:
        with subprocess.Popen(listening(["listener"]), stdout=subprocess.PIPE, text=True) as listener:
            self.addCleanup(listener.kill)
            port = int(listener.stdout.readline())
            client = subprocess.run(connecting(["client", port]), capture_output=True, text=True, timeout=PATIENCE)
            self.assertEqual((client.stdout, client.returncode), ("[3, 2, 1]\n3000000\nend\n", 0), client.stderr)
            self.assertEqual(listener.communicate(timeout=PATIENCE)[0], "Grüße\n")
            self.assertEqual(listener.returncode, 0)

    def test_the_guest_connects(self) -> None:
        self._talk(native, guest)

    def test_the_guest_listens(self) -> None:
        self._talk(guest, native)

    def test_guests_talk_to_each_other(self) -> None:
        self._talk(guest, guest)


if __name__ == "__main__":
    unittest.main()
