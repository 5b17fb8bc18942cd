"""Runs the suites of `inside/` in the sandbox, one after the other: what can be seen only from within the guest."""

import unittest
from pathlib import Path

from tests.support import run_guest

ALLOW = [
    "tcp connect 127.0.0.1:*",
    "tcp listen 127.0.0.1:0",
    "tcp connect [::1]:*",
    "tcp listen [::1]:0",
    "udp bind 127.0.0.1:*",
    "udp send 127.0.0.1:*",
    "unix connect @*",
    "unix listen @*",
    "dns lookup *",
]


class Inside(unittest.TestCase):
    """A test for each suite."""


def _add(path: Path) -> None:
    def test(self: unittest.TestCase) -> None:
        done = run_guest(path, allow=ALLOW, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"\nRan [1-9]\d* tests", "it ran tests")

    setattr(Inside, f"test_{path.stem}_passes_in_the_guest", test)


for suite in sorted(Path(__file__).parent.glob("inside/*.py")):
    _add(suite)


if __name__ == "__main__":
    unittest.main()
