"""Standard input is waited for together with sockets, natively and in the sandbox alike."""

import subprocess
import unittest
from pathlib import Path

from tests.support import guest_command
from tests.twice import native_python

PROGRAM = Path(__file__).parent / "programs/standard_input.py"
PATIENCE = 120


class StandardInput(unittest.TestCase):
    def _talk(self, command: list[str]) -> None:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            self.addCleanup(process.kill)
            # It is given its line once it has said that it waits no longer for the first thing.
            self.assertEqual(process.stdout.readline(), "from the socket\n")
            process.stdin.write("from standard input\n")
            process.stdin.flush()
            self.assertEqual(process.stdout.readline(), "from standard input\n")
            process.stdin.close()
            self.assertEqual(process.stdout.read(), "end\n")
            self.assertEqual(process.wait(PATIENCE), 0)

    def _talk_twice(self, how: str) -> None:
        for command in ([native_python(), str(PROGRAM), how], guest_command(PROGRAM, [how])):
            with self.subTest(command=command[0]):
                self._talk(command)

    def test_select_waits_for_it(self) -> None:
        self._talk_twice("select")

    def test_poll_waits_for_it(self) -> None:
        self._talk_twice("poll")

    def test_asyncio_reads_it(self) -> None:
        self._talk_twice("asyncio")


if __name__ == "__main__":
    unittest.main()
