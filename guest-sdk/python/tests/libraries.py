"""What the suites of libraries share: one program, run natively and in the sandbox."""

import functools
import hashlib
import os
import subprocess
import sys
import unittest
from collections.abc import Iterable
from pathlib import Path

from tests.servers import missing
from tests.support import REPOSITORY, guest_command, run, run_guest

PROGRAMS = Path(__file__).resolve().parent / "programs"
REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"


@functools.cache
def site_packages() -> Path:
    """The folder with what requirements.txt names, as pip puts it there: what a user of these libraries has."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = REPOSITORY / "target" / "python-libraries" / digest
    done = folder / "complete"
    if not done.exists():
        # Wheels without machine code: a component's Python can't load any other.
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--only-binary=:all:", "--platform=any"]
        pip += ["--python-version=3.14", "--implementation=py", "--abi=none", f"--target={folder}"]
        installed = subprocess.run([*pip, "--requirement", REQUIREMENTS], capture_output=True, text=True)
        if installed.returncode:
            missing(f"pip can't install {REQUIREMENTS}: {installed.stderr}")
        done.touch()
    return folder


class LibraryTests(unittest.TestCase):
    """Runs the programs of the folder `programs`."""

    maxDiff = None

    def same(self, program: str, args: Iterable[object], allow: Iterable[str]) -> str:
        """Runs a program natively, then in the sandbox under these grants; what it prints has to be the same: this."""
        env = {**os.environ, "PYTHONPATH": str(site_packages()), "PYTHONDONTWRITEBYTECODE": "1"}
        script = PROGRAMS / program
        args = list(map(str, args))
        native = run([sys.executable, str(script), *args], env=env)
        guest = run_guest(script, args, allow=allow, site_packages=site_packages())
        self.assertNotEqual(native.stdout, "")
        self.assertEqual(guest.stdout, native.stdout)
        return guest.stdout

    def refused(self, program: str, args: Iterable[object], line: str, allow: Iterable[str] = ()) -> None:
        """Runs a program without the grant that it needs: PermissionError has to name the line."""
        done = run_guest(PROGRAMS / program, args, allow=allow, site_packages=site_packages(), check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn("PermissionError: ", done.stderr)
        self.assertIn(f"(this would allow it: {line})", done.stderr)

    def serve(self, program: str, args: Iterable[object], allow: Iterable[str], **options) -> "Guest":
        """A program that serves in the sandbox; it prints its port first, and is stopped when the test is done."""
        guest = Guest(guest_command(PROGRAMS / program, args, allow=allow, site_packages=site_packages(), **options))
        self.addCleanup(guest.stop)
        return guest


class Guest:
    """A guest that serves."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

    @functools.cached_property
    def port(self) -> int:
        """The port that it printed."""
        return int(self.line())

    def line(self) -> str:
        """The next line that it prints; its end is an error."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the guest ended with {self.process.wait()}; what it said is above")
        return line.strip()

    def stop(self) -> None:
        """Ends it, if it hasn't ended."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()
