"""The SDK as people get it: installed by pip, used from any folder."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from tests.support import SDK, cli, run


class Install(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        # Nothing of the environment that the tests run in.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP"))}
        run([sys.executable, "-m", "venv", str(self.folder / "venv")])

    def run_in(self, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment that was just made."""
        programs = self.folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        return run([str(programs / command[0]), *map(str, command[1:])], cwd=cwd or self.folder, env=self.environment)

    def test_what_pip_installs_builds_components(self) -> None:
        self.run_in("python", "-m", "pip", "install", "--quiet", "hatchling")
        self.run_in("python", "-m", "hatchling", "build", "--target", "sdist", "--directory", self.folder, cwd=SDK)
        (archive,) = self.folder.glob("*.tar.gz")
        # From the archive pip builds a wheel: what either lacked would be missing here.
        self.run_in("python", "-m", "pip", "install", "--quiet", archive)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "hello.py").write_text("import socket\nprint('hello', socket.AF_INET.name)\n")
        self.run_in("wallsocket-py", "build", "hello.py", cwd=elsewhere)
        self.assertEqual(run([cli(), "run", str(elsewhere / "hello.wasm")]).stdout, "hello AF_INET\n")
        self.assertRegex(self.run_in("wallsocket-py", "--version").stdout, r"\Awallsocket-py \d+\.\d+\.\d+\n\Z")

    def test_a_wheel_from_this_folder_holds_the_contract_and_no_tests(self) -> None:
        self.run_in("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", self.folder, SDK)
        (wheel,) = self.folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            held = set(archive.namelist())
        for path in (SDK.parent.parent / "wit").rglob("*.wit"):
            self.assertIn(f"wallsocket/wit/contract/{path.relative_to(SDK.parent.parent / 'wit').as_posix()}", held)
        self.assertIn("wallsocket/wit/program.wit", held)
        self.assertIn("wallsocket/build/library.txt", held)
        self.assertEqual([name for name in held if name.startswith("tests") or "__pycache__" in name], [])


if __name__ == "__main__":
    unittest.main()
