"""Runs the suites of `inside/` in the sandbox, one after the other: what can be seen only from within the guest.

Those that know nothing of the SDK say what Python says anywhere. They run natively as well.
"""

import re
import tempfile
import unittest
from pathlib import Path

from tests.support import run, run_guest
from tests.twice import native_python

ALLOW = [
    "tcp connect 127.0.0.1:*",
    "tcp listen 127.0.0.1:0",
    "tcp connect [::1]:*",
    "tcp listen [::1]:0",
    "tcp connect localhost:*",
    "udp bind 127.0.0.1:*",
    "udp send 127.0.0.1:*",
    "unix connect @*",
    "unix listen @*",
    "pass send *",
    "pass receive *",
    "share *",
    "dns lookup *",
]


class Inside(unittest.TestCase):
    """A test for each suite."""


class Natively(unittest.TestCase):
    """A test for each suite that is Python's alone."""


def _add(path: Path) -> None:
    def in_the_guest(self: unittest.TestCase) -> None:
        with tempfile.TemporaryDirectory(prefix="wallsocket-") as folder:
            done = run_guest(path, allow=ALLOW, dirs={folder: "/tmp"}, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"\nRan [1-9]\d* tests", "it ran tests")

    def natively(self: unittest.TestCase) -> None:
        done = run([native_python(), str(path)], check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"\nRan [1-9]\d* tests", "it ran tests")

    setattr(Inside, f"test_{path.stem}_passes_in_the_guest", in_the_guest)
    if not re.search(r"^(from|import) (wallsocket|wit_world)\b", path.read_text(), re.MULTILINE):
        setattr(Natively, f"test_{path.stem}_passes_natively", natively)


for suite in sorted(Path(__file__).parent.glob("inside/*.py")):
    _add(suite)


if __name__ == "__main__":
    unittest.main()
