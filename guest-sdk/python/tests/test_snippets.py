"""The same script twice: each snippet under native CPython and in the guest, which have to say the same.

The snippets lie in tests/snippets, several to a file. Run some alone:

    python -m tests.test_snippets creating names:a_numeric_host_needs_no_look_up
"""

import ast
import importlib
import json
import re
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import guest_command, run_code
from tests.twice import Said, both, native_python, run_names, version_of

if TYPE_CHECKING:
    from snippet import Snippet

FOLDER = Path(__file__).resolve().parent / "snippets"
RUNNER = FOLDER / "snippet.py"
PROMISES = FOLDER / "promises.tsv"

# For one snippet. Each takes milliseconds; the guest's first one also compiles the component.
LIMIT = 10.0

GRANTS = [
    "tcp connect *:*",
    "tcp listen *:*",
    "tcp bind *:*",
    "udp send *:*",
    "udp bind *:*",
    "udp bind 255.255.255.255:*",
    "udp join *",
    "dns lookup *",
    "dns reverse *",
    "interfaces list",
    "hostname read",
    "unix listen @*",
    "pass send *",
    "pass receive *",
    "unix connect @*",
    # Where the kernel hasn't got them, it is the kernel that says so.
    "rds send 127.0.0.1:9",
    "tipc send 1000:1",
    "qipcrtr send 1:20000",
    "option SO_REUSEPORT",
    "option SO_REUSEADDR",
]
GUEST_FOLDER = "/files"
# Later than any version: what the guest says otherwise than every native Python.
NEVER = (99, 0)

# How functions of C and functions of Python refuse a wrong number of arguments. The type is one, the words aren't, and
# they tell nothing that a program could use.
COUNTED = re.compile(
    r"TypeError: .*(takes (no|\d+|exactly|at least|at most|from)\b.* argument|missing \d+ required|"
    r"missing required argument|expected (at least |at most )?\d+ arguments?, got|unexpected keyword argument)"
)


def load() -> dict[str, "Snippet"]:
    """All snippets, by name."""
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    module = importlib.import_module("snippet")
    for file in sorted(FOLDER.glob("*.py")):
        importlib.import_module(file.stem)
    return module.snippets


def natively(names: Sequence[str]) -> dict[str, Said]:
    """What native CPython says."""
    with tempfile.TemporaryDirectory(prefix="snippets-") as folder:
        environment = {"PATH": "/usr/bin:/bin", "SNIPPET_FOLDER": folder, "LC_ALL": "C.UTF-8"}
        return run_names(lambda some: [native_python(), str(RUNNER), *some], names, LIMIT, env=environment)


def in_the_guest(names: Sequence[str]) -> dict[str, Said]:
    """What the guest says."""
    with tempfile.TemporaryDirectory(prefix="snippets-") as folder:
        paths = [f"unix {what} {folder}::{GUEST_FOLDER}" for what in ("listen", "connect")]

        def command(some: Sequence[str]) -> list[str]:
            return guest_command(
                RUNNER, some, allow=[*GRANTS, *paths], env={"SNIPPET_FOLDER": GUEST_FOLDER}, dirs={folder: GUEST_FOLDER}
            )

        return run_names(command, names, LIMIT)


@cache
def native_version() -> tuple[int, int]:
    """The version of the Python that is compared with."""
    return version_of(native_python())


def compare(snippet: "Snippet", native: Said, guest: Said) -> list[str]:
    """What is not as it should be, in words."""
    complaints = []
    for who, said in (("native CPython", native), ("the guest", guest)):
        if said.end != "end":
            complaints.append(f"{who} {said.end}\n  after saying {dict(pairs(said))}")
        complaints += [f"{who} broke:\n{text}" for kind, text, *_ in said.lines if kind == "broke"]
    if complaints:
        return complaints
    one, other = pairs(native), pairs(guest)
    labels = [label for label, _ in one]
    if len(set(labels)) != len(labels):
        complaints.append(f"a label is there twice: {labels}")
    if labels != [label for label, _ in other]:
        complaints.append(f"native said {labels}\n  guest {[label for label, _ in other]}")
    declared = {}
    for difference in snippet.differences:
        if difference.label not in labels:
            complaints.append(f"a difference is declared of {difference.label!r}, which isn't said")
    # Of several changes the native Python lacks the earliest that it lacks, and the guest has had the latest.
    for difference in sorted(snippet.differences, key=lambda one: one.since or NEVER):
        if native_version() < (difference.since or NEVER):
            native_says = declared.get(difference.label, (difference.native,))[0]
            declared[difference.label] = (native_says, difference.guest)
    for (label, value), (_, seen) in zip(one, other, strict=False):
        if label in declared:
            if declared[label] != (value, seen):
                complaints.append(f"{label}: declared {declared[label]}\n  native said {value}\n  the guest {seen}")
        elif value != seen and not (COUNTED.match(value) and COUNTED.match(seen)):
            complaints.append(f"{label}:\n  native {value}\n  guest  {seen}")
    if not labels:
        complaints.append("it says nothing")
    return complaints


def pairs(said: Said) -> list[tuple[str, str]]:
    """What was said, label by label."""
    return [(label, value) for kind, label, value in (line for line in said.lines if line[0] == "show")]


class Snippets(unittest.TestCase):
    def test_native_python_and_the_guest_say_the_same(self) -> None:
        snippets = load()
        self.assertGreaterEqual(len(snippets), 150)
        native, guest = both(lambda: natively(list(snippets)), lambda: in_the_guest(list(snippets)))
        for name, snippet in snippets.items():
            with self.subTest(snippet=name):
                complaints = compare(snippet, native[name], guest[name])
                self.assertFalse(complaints, "\n".join(complaints))


class Rows(unittest.TestCase):
    """promises.tsv: what Python's documentation says of the module, and where each statement is shown."""

    def rows(self) -> dict[int, list[str]]:
        """Row number → what shows it, from the table and from the snippets."""
        rows = {}
        for line in PROMISES.read_text().splitlines()[1:]:
            number, promise, shown_by = line.split("\t")
            self.assertTrue(promise.strip(), number)
            self.assertNotIn(int(number), rows)
            rows[int(number)] = [shown_by] if shown_by else []
        return rows

    def test_every_row_is_shown_by_a_snippet_or_by_a_test_of_cpython_or_is_a_fact_of_other_platforms(self) -> None:
        rows = self.rows()
        self.assertEqual(list(rows), list(range(1, len(rows) + 1)))
        self.assertGreaterEqual(len(rows), 255)
        for name, snippet in load().items():
            for row in snippet.rows:
                self.assertIn(row, rows, name)
                rows[row].append(name)
        self.assertEqual([row for row, shown in rows.items() if not shown], [])

    def test_the_tests_of_cpython_that_show_rows_exist(self) -> None:
        tests = cpython_tests()
        for row, shown in self.rows().items():
            for text in shown:
                for test in re.findall(r"test_socket\.(\w+\.\w+)", text):
                    self.assertIn(test, tests, f"row {row}")
                if not text.startswith("test_socket."):
                    self.assertRegex(text, r"^(Windows|BSD and macOS|Other systems|Signals): \w.+", f"row {row}")

    def test_every_snippet_says_what_it_shows(self) -> None:
        for name, snippet in load().items():
            self.assertTrue(snippet.rows, name)


class Names(unittest.TestCase):
    """What the module has, name by name: more than the snippets can list."""

    TOLD = """
import json, socket
print(json.dumps({name: int(value) for name, value in vars(socket).items() if isinstance(value, int)}))
others = [name for name, value in vars(socket).items() if not isinstance(value, (int, type(json)))]
print(json.dumps([name for name in others if name[0] != "_"]))
"""

    def test_the_guest_has_every_name_of_native_python_with_the_same_value(self) -> None:
        native = subprocess.run([native_python(), "-c", self.TOLD], capture_output=True, text=True, check=True).stdout
        values, names = map(json.loads, native.splitlines())
        guest_values, guest_names = map(json.loads, run_code(self.TOLD).stdout.splitlines())
        # Numbers of errors are the platform's.
        platform = ("EBADF", "EAGAIN", "EWOULDBLOCK")
        self.assertEqual(
            {name for name in platform if name in values}, {name for name in platform if name in guest_values}
        )
        wrong = {
            name: (value, guest_values.get(name))
            for name, value in values.items()
            if guest_values.get(name) != value and name not in platform
        }
        self.assertEqual(wrong, {})
        self.assertGreater(len(values), 300)
        self.assertEqual(set(names) - set(guest_names) - {"CAPI"}, set(), "CAPI is the interface of a module in C")


@cache
def cpython_tests() -> set[str]:
    """The tests of the native Python's test_socket.py, as `Class.test`."""
    code = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    library = subprocess.run([native_python(), "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    tree = ast.parse(Path(library, "test/test_socket.py").read_text())
    tests = set()
    for group in tree.body:
        for member in getattr(group, "body", []):
            if isinstance(group, ast.ClassDef) and isinstance(member, ast.FunctionDef):
                tests.add(f"{group.name}.{member.name}")
    return tests


def main(wanted: Sequence[str]) -> int:
    """Runs the snippets that were named, by file or in full, and prints what both say."""
    snippets = {name: one for name, one in load().items() if not wanted or {name, name.partition(":")[0]} & set(wanted)}
    native, guest = both(lambda: natively(list(snippets)), lambda: in_the_guest(list(snippets)))
    differing = 0
    for name, snippet in snippets.items():
        complaints = compare(snippet, native[name], guest[name])
        differing += bool(complaints)
        print(f"{'DIFFERS' if complaints else 'same   '} {name}")
        for complaint in complaints:
            print("    " + complaint.replace("\n", "\n    "))
        if len(wanted) and not complaints and len(snippets) < 4:
            for label, value in pairs(native[name]):
                print(f"    {label}: {value}")
    print(f"{len(snippets)} snippets, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
