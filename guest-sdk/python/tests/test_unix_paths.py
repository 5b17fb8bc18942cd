"""Paths of Unix sockets, as guests spell them."""

import tempfile
import unittest

from tests.support import run_code

RELATIVE = """
import os, socket
os.chdir("/run")
for spelling in ("plain", "./dotted", ".//slashes", b"bytes"):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(spelling)
    listener.listen()
    client = socket.socket(socket.AF_UNIX)
    client.connect(spelling)
    print(listener.getsockname(), client.getpeername(), os.path.exists(spelling))
"""


class UnixPaths(unittest.TestCase):
    def test_a_relative_path_starts_at_the_working_directory(self):
        with tempfile.TemporaryDirectory() as here:
            allow = [f"unix listen {here}::/run", f"unix connect {here}::/run"]
            done = run_code(RELATIVE, allow=allow, dirs={here: "/run"})
        paths = ["/run/plain", "/run/dotted", "/run/slashes", "/run/bytes"]
        self.assertEqual(done.stdout.splitlines(), [f"{path} {path} True" for path in paths])


if __name__ == "__main__":
    unittest.main()
