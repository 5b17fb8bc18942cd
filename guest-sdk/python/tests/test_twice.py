"""The driver of what runs twice: it goes on after a name at which the script died or hung, and says so."""

import sys
import tempfile
import unittest
from pathlib import Path

from tests.twice import both, run_names

SCRIPT = """
import json, os, sys, time

def say(*what):
    print(json.dumps(what), flush=True)

for name in sys.argv[1:]:
    say("begin", name)
    say("show", name, "first")
    if name == "dies":
        print("last words", file=sys.stderr, flush=True)
        os._exit(3)
    if name == "hangs":
        time.sleep(60)
    say("show", name, "second")
    say("end", name)
    if name == "leaves":
        os._exit(4)
"""


class Twice(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.script = Path(folder.name, "script.py")
        self.script.write_text(SCRIPT)

    def run_script(self, *names: str):
        return run_names(lambda some: [sys.executable, str(self.script), *some], names, 1.0)

    def test_a_name_at_which_the_script_dies_or_hangs_is_told_with_what_it_had_said(self) -> None:
        said = self.run_script("one", "dies", "two", "hangs", "three")
        self.assertEqual(
            {name: one.end.partition("\n")[0] for name, one in said.items()},
            {
                "one": "end",
                "dies": "died with status 3",
                "two": "end",
                "hangs": "hung: took more than 1 s",
                "three": "end",
            },
        )
        self.assertIn("last words", said["dies"].end)
        self.assertEqual(said["dies"].lines, [["show", "dies", "first"]])
        self.assertEqual(said["hangs"].lines, [["show", "hangs", "first"]])
        self.assertEqual(len(said["three"].lines), 2)

    def test_the_last_name_may_be_the_one(self) -> None:
        self.assertEqual(self.run_script("one", "dies")["dies"].end.partition("\n")[0], "died with status 3")

    def test_a_script_that_ends_between_names_is_a_mistake(self) -> None:
        with self.assertRaisesRegex(AssertionError, "between two names it died with status 4"):
            self.run_script("leaves", "one")

    def test_what_fails_beside_another_run_is_raised(self) -> None:
        with self.assertRaises(ZeroDivisionError):
            both(lambda: {}, lambda: 1 // 0)


if __name__ == "__main__":
    unittest.main()
