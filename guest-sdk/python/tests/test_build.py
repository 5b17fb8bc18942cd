"""The command that makes components of programs: what it makes, and what it says when it can't."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.support import SDK, build, run, run_command

# What one component shows: it is built once for all the tests of `Program`.
APP = '''
"""A program with a requirement, a package of its own and a module beside it."""

import dataclasses
import pickle
import sys

import beside
import tiny

@dataclasses.dataclass
class Point:
    x: int
    y: int

def arguments():
    print(sys.argv[1:])

def main_module():
    import __main__
    print(__name__, __main__.Point is Point, pickle.loads(pickle.dumps(Point(1, 2))))
    print(__file__, beside.__file__, tiny.__file__)

def late_imports():
    # By names that nothing can see before it runs, of every kind of module.
    for name in ("wave", "encodings.cp1252", "json.tool", "tiny.la" + "te", "own.deep.er"):
        __import__(name)
        print(sys.modules[name].__name__)
    print("x".encode("cp1252"))

def package_data():
    import importlib.metadata, importlib.resources, os, pkgutil
    print(pkgutil.get_data("tiny", "data/table.txt"))
    print(importlib.resources.files("tiny").joinpath("data", "table.txt").read_text(), end="")
    with importlib.resources.as_file(importlib.resources.files("tiny") / "data") as folder:
        print(sorted(os.listdir(folder)), (folder / "table.txt").stat().st_size)
    with open(os.path.join(os.path.dirname(tiny.__file__), "data/table.txt")) as file:
        print(file.readlines())
    print(importlib.metadata.version("tiny-project"))
    print([entry.name for entry in importlib.metadata.entry_points(group="tiny.plugins")])
    print(importlib.resources.files("own").joinpath("page.html").read_text(), end="")
    print([module.name for module in pkgutil.iter_modules(tiny.__path__)])
    try:
        open(os.path.join(os.path.dirname(tiny.__file__), "data/table.txt"), "w")
    except OSError as error:
        print(type(error).__name__, error.strerror)

def environment():
    import os
    print(dict(os.environ))

def standard_input():
    print(sys.stdin.readline().rstrip(), [line.rstrip() for line in sys.stdin])

def files():
    import os
    os.chdir("/folder")
    with open("written.txt", "w") as file:
        file.write("by the guest")
    print(os.getcwd(), open("/folder/given.txt").read())

def unclosed():
    global left
    left = open("/folder/unclosed.txt", "w")
    left.write("still in a buffer")

def status():
    sys.exit(eval(sys.argv[2]))

def at_exit():
    import atexit
    atexit.register(print, "at exit")
    sys.exit(3)

def exits_at_once():
    import os
    print("never written")
    os._exit(7)

def raises():
    tiny.fail("loudly")

def randomness():
    import random, secrets, uuid, os, tempfile
    print(random.random(), random.Random().random(), secrets.token_hex(), uuid.uuid4(), uuid.uuid1(), os.urandom(8))
    print(next(tempfile._get_candidate_names()))

if __name__ == "__main__":
    globals()[sys.argv[1]]()
'''

TINY = '''
"""A requirement."""

def fail(how):
    raise ValueError(how)  # the line that a traceback shows
'''

PYPROJECT = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "tiny-project"
version = "1.2.3"

[project.entry-points."tiny.plugins"]
one = "tiny:fail"

[tool.setuptools]
packages = ["tiny"]

[tool.setuptools.package-data]
tiny = ["data/*"]
"""


def write(folder: Path, files: dict[str, str]) -> None:
    """Writes text files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Program(unittest.TestCase):
    """What a built component does."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = Path(cls.scratch.name)
        write(
            cls.folder,
            {
                "app.py": APP,
                "beside.py": "import own",
                "own/__init__.py": "",
                "own/deep/er.py": "",
                "own/page.html": "<p>own page</p>\n",
                "project/pyproject.toml": PYPROJECT,
                "project/tiny/__init__.py": TINY,
                "project/tiny/late.py": "",
                "project/tiny/data/table.txt": "one\ntwo\n",
                "requirements.txt": f"{cls.folder}/project\n",
            },
        )
        cls.component = cls.folder / "app.wasm"
        cls.told = build("app.py", "app.wasm", "-r", "requirements.txt", cwd=cls.folder, env=environment(cls.folder))

    def guest(self, *args: str, check: bool = True, stdin: str = "", **options) -> subprocess.CompletedProcess[str]:
        return run(run_command(self.component, args, **options), check=check, stdin=stdin)

    def test_what_it_does_is_told_on_standard_error(self) -> None:
        self.assertEqual(self.told.stdout, "")
        self.assertRegex(
            self.told.stderr,
            r"\Ainstalling requirements\.txt … \d+\.\d s\n"
            r"app\.py and 4 more files\n"
            r"building the component … \d+\.\d s\n"
            r"app\.wasm: \d+\.\d MB\n"
            r"run it: wallsocket run .*app\.wasm\n\Z",
        )

    def test_arguments_arrive_as_they_were_given(self) -> None:
        done = self.guest("arguments", "--flag", "", "två ord")
        self.assertEqual(done.stdout, "['arguments', '--flag', '', 'två ord']\n")

    def test_the_program_is_main_as_a_script_is(self) -> None:
        self.assertEqual(
            self.guest("main_module").stdout,
            "__main__ True Point(x=1, y=2)\n/app/app.py /app/beside.py /site-packages/tiny/__init__.py\n",
        )

    def test_modules_are_found_that_are_imported_when_it_runs(self) -> None:
        self.assertEqual(
            self.guest("late_imports").stdout,
            "wave\nencodings.cp1252\njson.tool\ntiny.late\nown.deep.er\nb'x'\n",
        )

    def test_package_data_is_read_from_memory(self) -> None:
        self.assertEqual(
            self.guest("package_data").stdout.splitlines(),
            [
                r"b'one\ntwo\n'",
                "one",
                "two",
                "['table.txt'] 8",
                r"['one\n', 'two\n']",
                "1.2.3",
                "['one']",
                "<p>own page</p>",
                "['late']",
                "OSError Read-only file system",
            ],
        )

    def test_the_environment_is_what_the_runner_gives(self) -> None:
        self.assertEqual(self.guest("environment").stdout, "{}\n")
        self.assertEqual(self.guest("environment", env={"NAME": "a b=c"}).stdout, "{'NAME': 'a b=c'}\n")

    def test_standard_input_is_read_by_lines(self) -> None:
        self.assertEqual(self.guest("standard_input", stdin="one\ntwo\nthree").stdout, "one ['two', 'three']\n")

    def test_directories_are_those_that_the_runner_gives(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), {"given.txt": "by the host"})
            done = self.guest("files", dirs={folder: "/folder"})
            self.assertEqual(done.stdout, "/folder by the host\n")
            self.assertEqual(Path(folder, "written.txt").read_text(), "by the guest")

    def test_a_file_that_was_never_closed_is_written_all_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.guest("unclosed", dirs={folder: "/folder"})
            self.assertEqual(Path(folder, "unclosed.txt").read_text(), "still in a buffer")

    def test_the_exit_status_is_what_python_makes_of_it(self) -> None:
        for code, expected in [("0", 0), ("None", 0), ("3", 3), ("True", 1), ("-1", 255), ("256", 0), ("(1, 2)", 1)]:
            with self.subTest(code):
                done = self.guest("status", code, check=False)
                self.assertEqual(done.returncode, expected)
                self.assertEqual(done.stderr, "(1, 2)\n" if code == "(1, 2)" else "")

    def test_exit_handlers_run_before_the_end(self) -> None:
        done = self.guest("at_exit", check=False)
        self.assertEqual((done.stdout, done.returncode), ("at exit\n", 3))

    def test_os_exit_ends_at_once(self) -> None:
        done = self.guest("exits_at_once", check=False)
        self.assertEqual((done.stdout, done.returncode), ("", 7))

    def test_an_exception_is_printed_with_the_lines_of_the_sources(self) -> None:
        done = self.guest("raises", check=False)
        self.assertEqual(done.returncode, 1)
        lines = [line.strip() for line in done.stderr.splitlines()]
        self.assertEqual(lines[0], "Traceback (most recent call last):")
        self.assertRegex(lines[1], r'^File "/app/app.py", line \d+, in <module>$')
        self.assertIn("globals()[sys.argv[1]]()", lines)
        self.assertIn('tiny.fail("loudly")', lines)
        self.assertIn("raise ValueError(how)  # the line that a traceback shows", lines)
        self.assertEqual(lines[-1], "ValueError: loudly")

    def test_no_two_runs_have_the_same_random_numbers(self) -> None:
        first, second = (self.guest("randomness").stdout.split() for _ in range(2))
        self.assertEqual(len(first), len(second))
        for one, other in zip(first, second, strict=True):
            self.assertNotEqual(one, other)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The developer's environment, with a cache of its own and this SDK."""
    return os.environ | {"WALLSOCKET_CACHE": str(folder / "cache"), "PYTHONPATH": str(SDK)} | more


class Packages(unittest.TestCase):
    def test_a_folder_with_a_main_is_built_as_a_package_is_run(self) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write(
                folder,
                {
                    "tool/__init__.py": "name = 'tool'",
                    "tool/__main__.py": "from . import name, part\nprint(name, part.value, __package__)",
                    "tool/part.py": "value = 42",
                },
            )
            build(folder / "tool", folder / "tool.wasm", env=environment(folder))
            done = run(run_command(folder / "tool.wasm"))
        self.assertEqual(done.stdout, "tool 42 tool\n")


class Refusals(unittest.TestCase):
    """What is said of a program that can't be built, before anything slow is done."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def refused(self, *arguments: str, status: int = 1, **files: str) -> str:
        """What is said, in place of a component."""
        write(self.folder, {name.replace("__", "/") + ".py": text for name, text in files.items()})
        command = [sys.executable, "-m", "wallsocket", "build", *arguments]
        done = run(command, check=False, cwd=self.folder, env=environment(self.folder))
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(list(self.folder.glob("*.wasm")), [])
        return done.stderr

    def test_a_file_that_is_not_there(self) -> None:
        self.assertEqual(
            self.refused("nothing.py"),
            "error: there is no file nothing.py\n  next: check the spelling, and the folder that you are in\n",
        )

    def test_a_folder_without_a_main(self) -> None:
        (self.folder / "empty").mkdir()
        self.assertIn("error: empty has no __main__.py, so there is nothing to run in it\n", self.refused("empty"))

    def test_a_mistake_in_the_syntax_is_shown_with_its_place(self) -> None:
        self.assertEqual(
            self.refused("app.py", app="import beside", beside="import sys\nclass A:\n    def f(:\n        pass\n"),
            "error: beside.py:3 isn't Python: invalid syntax\n    def f(:\n          ^\n",
        )

    def test_syntax_that_this_python_may_be_too_old_for_is_judged_by_the_components(self) -> None:
        self.assertEqual(
            self.refused("app.py", "-q", app="x = t'fine'\ny = = 1\n"),
            "error: app.py:2 isn't Python: invalid syntax\n    y = = 1\n        ^\n",
        )

    def test_a_module_that_is_nowhere_is_named_with_the_line_that_imports_it(self) -> None:
        self.assertEqual(
            self.refused("app.py", app="import own", own="import sys\n\nimport nowhere.at.all"),
            "error: own.py:3 imports `nowhere`, which isn't in the standard library, beside the program or among its "
            "requirements\n  next: add its project to a requirements file, and that by `-r requirements.txt`; or check "
            "the spelling (`--missing-ok nowhere` builds regardless)\n",
        )

    def test_a_module_that_a_package_does_not_have(self) -> None:
        said = self.refused("app.py", app="import own.missing", own____init__="")
        self.assertIn("error: app.py:1 imports `own.missing`, which isn't in `own`\n", said)

    def test_a_module_that_no_component_has_is_named_with_the_reason(self) -> None:
        said = self.refused("app.py", app="import json\nimport ssl")
        self.assertIn("error: app.py:2 imports `ssl`, which a component hasn't: there is no TLS in this Python", said)

    def test_a_name_that_the_component_has_taken(self) -> None:
        self.assertEqual(
            self.refused("app.py", app="import wit_world", wit_world=""),
            "error: wit_world.py has the name of the bindings of the contract, `wit_world`\n  next: rename it\n",
        )

    def test_a_name_of_the_standard_library(self) -> None:
        said = self.refused("app.py", app="import own", own="import random", random="")
        self.assertIn("error: random.py has the name of a module of the standard library, `random`", said)

    def test_an_output_that_can_not_be_written(self) -> None:
        missing = self.folder / "missing"
        self.assertIn(
            f"error: can't write {missing}/app.wasm: {missing} doesn't exist\n  next: mkdir -p {missing}, or ",
            self.refused("app.py", "-o", f"{missing}/app.wasm", app=""),
        )
        self.assertIn("it is a folder\n", self.refused("app.py", "-o", str(self.folder), app=""))

    @unittest.skipUnless(Path("/proc/self").exists(), "needs a folder where not even root may write")
    def test_an_output_in_a_folder_where_nobody_may_write(self) -> None:
        said = self.refused("app.py", "-o", "/proc/app.wasm", app="")
        self.assertRegex(said, r"\Aerror: can't write /proc/app\.wasm: .+\n  next: choose another place: -o FILE\n\Z")

    def test_a_requirements_file_that_is_not_there(self) -> None:
        self.assertIn("error: there is no file none.txt\n", self.refused("app.py", "-r", "none.txt", app=""))

    def test_a_requirement_that_pip_does_not_find(self) -> None:
        write(self.folder, {"requirements.txt": "--no-index\nno-such-project\n"})
        self.assertIn(
            "error: requirements.txt asks for no-such-project, and pip finds no such project\n",
            self.refused("app.py", "-r", "requirements.txt", app=""),
        )

    def test_a_requirements_file_that_makes_no_sense(self) -> None:
        write(self.folder, {"requirements.txt": "!?\n"})
        said = self.refused("app.py", "-r", "requirements.txt", app="")
        self.assertIn("error: pip can't install what requirements.txt asks for:\n", said)
        self.assertIn("Invalid requirement: '!?'", said)

    def test_an_extension_in_c_is_named_with_its_project(self) -> None:
        write(
            self.folder,
            {
                "site/fast/__init__.py": "from ._fast import run",
                "site/fast/_fast.cpython-313-x86_64-linux-gnu.so": "\x7fELF",
                "site/fast_project-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: fast-project\nVersion: 1.0\n",
                "site/fast_project-1.0.dist-info/RECORD": "fast/_fast.cpython-313-x86_64-linux-gnu.so,,\n",
            },
        )
        self.assertIn(
            "error: fast/__init__.py:1 imports `fast._fast`, which is a C extension: "
            "fast/_fast.cpython-313-x86_64-linux-gnu.so, of the project fast-project 1.0\n",
            self.refused("app.py", "--site-packages", "site", app="import fast"),
        )

    def test_another_version_of_componentize_py(self) -> None:
        write(self.folder, {"other/componentize_py-0.1.dist-info/METADATA": "Name: componentize-py\nVersion: 0.1\n"})
        command = [sys.executable, "-m", "wallsocket", "build", "app.py"]
        write(self.folder, {"app.py": ""})
        shadow = environment(self.folder, PYTHONPATH=f"{self.folder / 'other'}{os.pathsep}{SDK}")
        done = run(command, check=False, cwd=self.folder, env=shadow)
        self.assertIn("error: componentize-py is version 0.1, and this SDK was made for 0.25.1\n  next: ", done.stderr)
        self.assertIn("-m pip install componentize-py==0.25.1\n", done.stderr)

    def test_no_componentize_py(self) -> None:
        write(self.folder, {"app.py": ""})
        # Without site-packages, and with the SDK.
        command = [sys.executable, "-S", "-m", "wallsocket", "build", "app.py"]
        done = run(command, check=False, cwd=self.folder, env=environment(self.folder))
        self.assertIn("error: componentize-py isn't installed, which makes the components\n  next: ", done.stderr)

    def test_a_command_line_without_a_program(self) -> None:
        self.assertIn("the program to build is missing (or --interpreter)\n", self.refused(status=2))


class Warnings(unittest.TestCase):
    """What is built all the same, because the program may do without."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def test_imports_that_a_program_can_do_without_are_no_errors(self) -> None:
        write(
            self.folder,
            {
                "app.py": """
try:
    import nowhere
except ImportError:
    nowhere = None
if False:
    import neither
def later():
    import ssl
print(nowhere)
"""
            },
        )
        told = build("app.py", "app.wasm", "-q", cwd=self.folder, env=environment(self.folder))
        self.assertRegex(told.stderr, r"\Awarning: app\.py:9 imports `ssl` when it gets there, and will fail: .*\n\Z")
        self.assertEqual(run(run_command(self.folder / "app.wasm")).stdout, "None\n")


if __name__ == "__main__":
    unittest.main()
