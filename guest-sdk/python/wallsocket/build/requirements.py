"""Installs a program's requirements, by pip, into a folder of the cache: projects that are all Python."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .componentize import VERSION
from .errors import BuildError
from .sources import GUEST_VERSION

# Wheels for any machine and any Python: what has no compiled parts.
_PURE = [
    "--only-binary=:all:",
    "--platform=any",
    "--implementation=py",
    "--abi=none",
    f"--python-version={GUEST_VERSION[0]}.{GUEST_VERSION[1]}",
]
_PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[^]]*\])?\s*==\s*[^*\s;]+(\s*;.*)?(\s+--hash=\S+)*$")
_NOT_FOUND = re.compile(r"No matching distribution found for ([^\s;(]+)")
# Projects without a wheel are built one after the other; each of them may require another.
_SOURCES_AT_MOST = 50


def cache_folder() -> Path:
    """Where what was installed stays for the next build."""
    if configured := os.environ.get("WALLSOCKET_CACHE"):
        return Path(configured)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "wallsocket"


def install(file: Path) -> Path:
    """The folder with what a requirements file asks for, installed now unless it is known to be there already."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BuildError(f"there is no file {file}", "check the spelling, and the folder that you are in") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"can't read {file}: {error}") from None
    key = hashlib.sha256(f"{VERSION}\0{file.resolve()}\0{text}".encode()).hexdigest()[:24]
    folder = cache_folder() / "requirements" / key
    if folder.is_dir() and _all_pinned(text):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".installing-") as scratch:
        target = Path(scratch, "site-packages")
        _install(file, target, Path(scratch, "wheels"))
        target.mkdir(exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        target.rename(folder)
    return folder


def _all_pinned(text: str) -> bool:
    """Whether the same text always means the same projects; a path or a mere name doesn't."""
    lines = [line.partition(" #")[0].strip() for line in text.replace("\\\n", " ").splitlines()]
    return all(_PINNED.match(line) for line in lines if line and not line.startswith("#"))


def _install(file: Path, target: Path, wheels: Path) -> None:
    built: set[str] = set()
    while True:
        done = _pip("install", *_PURE, "--target", str(target), "--find-links", str(wheels), "-r", str(file))
        if done.returncode == 0:
            return
        missing = _NOT_FOUND.search(done.stderr)
        if missing is None:
            raise BuildError(
                f"pip can't install what {file} asks for:\n{_indented(done.stderr)}", _pip_advice(done.stderr)
            )
        requirement = missing.group(1)
        if requirement in built or len(built) >= _SOURCES_AT_MOST:
            raise BuildError(
                f"{requirement} has a C extension, which a component can't load: {_wheels_of(requirement, wheels)}",
                "use a project that is all Python, or an older version of it that is",
            )
        built.add(requirement)
        _build_source(requirement, file, wheels)


def _build_source(requirement: str, file: Path, wheels: Path) -> None:
    """Makes a wheel of a project that publishes none for any machine: its sources may be all Python."""
    done = _pip(
        "wheel",
        "--no-deps",
        "--no-binary=:all:",
        "--wheel-dir",
        str(wheels),
        "--find-links",
        str(wheels),
        *_links(file),
        requirement,
    )
    if done.returncode == 0:
        return
    if _NOT_FOUND.search(done.stderr):
        without = re.split(r"[<>=!~\[]", requirement)[0]
        if "none" in _versions(done.stderr):
            raise BuildError(f"{file} asks for {requirement}, and pip finds no project {without}", "check the spelling")
        raise BuildError(
            f"{file} asks for {requirement}, which pip doesn't find:\n{_indented(done.stderr)}",
            "check the version, or use another project",
        )
    raise BuildError(
        f"pip can't build {requirement} from its sources:\n{_indented(done.stderr)}", _pip_advice(done.stderr)
    )


def _versions(said: str) -> str:
    found = re.search(r"\(from versions: ([^)]*)\)", said)
    return found.group(1) if found else ""


def _wheels_of(requirement: str, wheels: Path) -> str:
    name = re.split(r"[<>=!~\[]", requirement)[0].replace("-", "_").lower()
    found = [path.name for path in wheels.glob("*.whl") if path.name.lower().startswith(name)]
    return f"its wheel is {found[0]}" if found else "it has no wheel for any machine"


def _links(file: Path) -> list[str]:
    """Where else the requirements file looks for projects."""
    options = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\s*(--find-links|-f|--index-url|-i|--extra-index-url)[ =]\s*(\S+)", line):
            options += [match.group(1), match.group(2)]
        elif line.strip() == "--no-index":
            options.append("--no-index")
    return options


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check", "--no-input"]
    return subprocess.run(command, capture_output=True, text=True, errors="replace")


def _pip_advice(said: str) -> str:
    if "No module named pip" in said:
        return f"{sys.executable} -m ensurepip"
    return "try the same by hand: pip install -r FILE"


def _indented(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if not line.startswith(("WARNING:", "[notice]"))]
    return "\n".join(f"    {line}" for line in lines[-15:])
