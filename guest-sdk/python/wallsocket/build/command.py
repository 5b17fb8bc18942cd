"""The command `wallsocket-py`."""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from . import componentize, distributions, library, modules, output, requirements
from .errors import BuildError
from .follow import Followed, follow
from .modules import Module
from .sources import Program, find_program, syntax_error
from .stage import WIT, Stage

EXAMPLES = """\
examples:
  wallsocket-py build app.py
  wallsocket-py build app.py -r requirements.txt -o app.wasm
  wallsocket-py build ./package --site-packages .venv/lib/python3.13/site-packages
  wallsocket-py build --interpreter -o python.wasm

then:
  wallsocket run --allow 'tcp connect example.com:80' app.wasm ARGUMENTS
  wallsocket run --dir .::/code python.wasm /code/script.py ARGUMENTS
"""

BUILD = """\
Build a component of a Python program: the program, the modules that it imports, what it requires, Python itself and
its standard library, in one file that reads no other.

The modules beside the program that it imports come along, packages with all that is in their folders. What it imports
by names that it makes up needs --include.
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="wallsocket-py",
        description="Build WebAssembly components of Python programs that use sockets.",
        epilog="`wallsocket-py build --help` has examples.",
    )
    top.add_argument("--version", action="version", version=f"wallsocket-py {_version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser(
        "build",
        help="build a component of a program",
        description=BUILD,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    build.add_argument(
        "program", metavar="PROGRAM", type=Path, nargs="?", help="a Python file, or a folder with a __main__.py"
    )
    build.add_argument(
        "-o", "--output", metavar="FILE", type=Path,
        help="where to write it [default: PROGRAM's name and .wasm]"
    )  # fmt: skip
    build.add_argument(
        "-r", "--requirements", metavar="FILE", type=Path, action="append", default=[],
        help="install what a requirements file asks for, by pip, and put it in; can be repeated",
    )  # fmt: skip
    build.add_argument(
        "--site-packages", metavar="DIR", type=Path, action="append", default=[],
        help="put in what is installed in a folder, by `pip install --target` or in an environment; can be repeated",
    )  # fmt: skip
    build.add_argument(
        "--include", metavar="PATH", type=Path, action="append", default=[],
        help="put in a file or a folder that stands beside the program; can be repeated",
    )  # fmt: skip
    build.add_argument(
        "--preload", metavar="MODULE", action="append", default=[],
        help="import a module while building, so that the program starts sooner; what it reads from its surroundings "
        "then (time, environment) it has for good; can be repeated",
    )  # fmt: skip
    build.add_argument(
        "--missing-ok", metavar="MODULE", action="append", default=[],
        help="build though this module isn't there; can be repeated",
    )  # fmt: skip
    build.add_argument(
        "--interpreter", action="store_true",
        help="build Python itself, which runs scripts from directories that it is given (`-c` and `-m` too)",
    )  # fmt: skip
    # For work on the SDK: a component that takes it from this folder of the guest when it starts.
    build.add_argument("--sdk-at", metavar="GUEST", help=argparse.SUPPRESS)
    build.add_argument("-q", "--quiet", action="store_true", help="tell nothing but errors")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the status is 0, 1 when there is no component, 2 for a wrong command line."""
    top = parser()
    options = top.parse_args(arguments)
    if options.program is None and not options.interpreter:
        top.error("build: the program to build is missing (or --interpreter)")
    if options.program is not None and options.interpreter:
        top.error("build: --interpreter takes no program; it runs them")
    try:
        Build(options).run()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return 0


class Build:
    """One build: its options, and what it tells."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.program: Program | None = None
        self.site_packages: list[tuple[Path, bool]] = []

    def run(self) -> None:
        """Builds, from the quick checks to the slow work."""
        options = self.options
        if options.program is not None:
            self.program = find_program(options.program)
        target = options.output or Path(self.default_name())
        output.check(target)
        componentize.check()
        for folder in options.site_packages:
            if not folder.is_dir():
                raise BuildError(f"there is no folder {folder}", "check the spelling, and the folder that you are in")
            self.site_packages.append((folder.resolve(), False))
        for file in options.requirements:
            if not file.is_file():
                raise BuildError(f"there is no file {file}", "check the spelling, and the folder that you are in")
            with self.step(f"installing {file}"):
                self.site_packages.append((requirements.install(file), True))
        followed = self.follow()
        for warning in followed.warnings.values():
            print(f"warning: {warning}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="wallsocket-") as scratch:
            made = self.make(followed, Path(scratch))
            size = output.place(made, target)
        self.tell(f"{target}: {size / 1e6:.1f} MB")
        self.tell(f"run it: {self.run_line(target)}")

    def default_name(self) -> str:
        if self.program is None:
            return "python.wasm"
        return f"{self.program.package or self.options.program.resolve().stem}.wasm"

    def run_line(self, target: Path) -> str:
        if self.program is None:
            return f"wallsocket run --dir .::/code {target} /code/SCRIPT.py"
        return f"wallsocket run --allow LINE {target}"

    def follow(self) -> Followed:
        folders = [folder for folder, _ in self.site_packages]
        if self.program is None:
            return Followed()
        return follow(self.program, folders, self.included(), self.options.missing_ok)

    def included(self) -> list[Module]:
        """The modules among what `--include` names; other files come along in `make`."""
        found = []
        for path in self.options.include:
            if not path.exists():
                raise BuildError(
                    f"there is no file or folder {path}", "check the spelling, and the folder that you are in"
                )
            root = self.program.root
            path = path.resolve()
            if not path.is_relative_to(root):
                raise BuildError(
                    f"{path} isn't below {root}, where the program is",
                    "move it there, or name a folder of modules by --site-packages",
                )
            if path.suffix == ".py" or (path / "__init__.py").is_file():
                name = ".".join(path.relative_to(root).with_suffix("").parts)
                module = modules.find(name, [root])
                if module is not None:
                    found.append(module)
        return found

    def make(self, followed: Followed, scratch: Path) -> Path:
        """The component, in a scratch folder."""
        stage = Stage(scratch)
        files = set(followed.files)
        for path in self.options.include:
            path = path.resolve()
            files |= {path} if path.is_file() else {file for file in path.rglob("*") if file.is_file()}
        if self.program is not None:
            stage.add("app", self.program.root, sorted(files))
            beside = len(files) - 1
            if beside > 0:
                self.tell(f"{self.options.program} and {beside} more file{'s' * (beside != 1)}")
        for folder, everything in self.site_packages:
            stage.add("site-packages", folder, distributions.contents(folder, everything))
        stage.write_manifest(self.manifest(followed))
        made = scratch / "component.wasm"
        with self.step("building the component"):
            said = componentize.componentize(WIT, stage.python_path, made)
        report = stage.report()
        if "syntax" in report:
            file, line, column, text, why = report["syntax"]
            raise BuildError(syntax_error(file, line, column, text, why))
        if said is not None:
            raise BuildError(f"componentize-py can't make a component:\n{_indented(said)}")
        for name, why in report.get("not_preloaded", {}).items():
            if name in self.options.preload:
                raise BuildError(f"`{name}` can't be imported while building: {why}", "build without --preload for it")
        return made

    def manifest(self, followed: Followed) -> dict[str, Any]:
        preload = [*sorted(followed.library), *self.options.preload]
        preload = [name for name in preload if name.partition(".")[0] not in library.NOT_PRELOADED]
        if self.program is None:
            kind = "development" if self.options.sdk_at else "interpreter"
            return {"kind": kind, "sdk": self.options.sdk_at, "modules": [], "preload": preload}
        root = self.program.root
        return {
            "kind": "package" if self.program.package else "script",
            "main": f"/app/{self.program.main.relative_to(root).as_posix()}",
            "package": self.program.package,
            "modules": sorted(path.relative_to(root).as_posix() for path in followed.files if path.suffix == ".py"),
            "preload": preload,
        }

    @contextlib.contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Tells what is being done, and then how long it took."""
        if self.options.quiet:
            yield
            return
        started = time.monotonic()
        print(f"{what} …", end="", file=sys.stderr, flush=True)
        try:
            yield
        except BaseException:
            print(file=sys.stderr)
            raise
        print(f" {time.monotonic() - started:.1f} s", file=sys.stderr)

    def tell(self, text: str) -> None:
        if not self.options.quiet:
            print(text, file=sys.stderr)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _version() -> str:
    try:
        return metadata.version("wallsocket")
    except metadata.PackageNotFoundError:
        return "of a checkout"
