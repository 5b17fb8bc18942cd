"""Installs a program's requirements, by pip, into a folder of the cache: projects that are all Python."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

from .componentize import VERSION
from .errors import BuildError
from .modules import is_extension
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
_OFFLINE = re.compile("NewConnectionError|ConnectTimeout|NameResolutionError|ProxyError|SSLError")


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
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"can't read {file}: {error}") from None
    key = hashlib.sha256(f"{VERSION}\0{file.resolve()}\0{text}".encode()).hexdigest()[:24]
    folder = cache_folder() / "requirements" / key
    if folder.is_dir() and _all_pinned(text):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".installing-") as scratch:
        target = Path(scratch, "site-packages")
        _install(file, target)
        target.mkdir(exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        target.rename(folder)
    return folder


def _all_pinned(text: str) -> bool:
    """Whether the same text always means the same projects; a path or a mere name doesn't."""
    lines = [line.partition(" #")[0].strip() for line in text.replace("\\\n", " ").splitlines()]
    return all(_PINNED.match(line) for line in lines if line and not line.startswith("#"))


def _install(file: Path, target: Path) -> None:
    """Installs wheels for any machine; where a project has none, what pip takes for this one.

    Many projects do without their compiled parts, which stay out of the component. Whether these do is seen when the
    program's imports are followed.
    """
    if _pip("install", *_PURE, "--target", str(target), "-r", str(file)).returncode == 0:
        return
    shutil.rmtree(target, ignore_errors=True)
    done = _pip("install", "--target", str(target), "-r", str(file))
    if done.returncode != 0:
        raise _failure(file, done.stderr)
    for distribution in distributions(path=[str(target)]):
        if any(is_extension(Path(str(path))) for path in distribution.files or []):
            # There may be a wheel for any machine as well, with all that it needs in Python.
            exact = f"{distribution.metadata['Name']}=={distribution.version}"
            _pip("install", *_PURE, "--no-deps", "--upgrade", "--target", str(target), *_links(file), exact)


def _failure(file: Path, said: str) -> BuildError:
    """What pip says, as far as it helps."""
    if _OFFLINE.search(said):
        return BuildError(f"pip reaches no package index:\n{_indented(said)}", "check the network, then build again")
    missing = _NOT_FOUND.search(said)
    if missing is None:
        return BuildError(f"pip can't install what {file} asks for:\n{_indented(said)}", _advice(said))
    requirement = missing.group(1)
    versions = re.search(r"\(from versions: ([^)]*)\)", said)
    if versions is None or versions.group(1) == "none":
        return BuildError(f"{file} asks for {requirement}, and pip finds no such project", "check the spelling")
    newest = versions.group(1).split(", ")[-3:]
    return BuildError(f"{file} asks for {requirement}; the newest that pip finds are {', '.join(newest)}")


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


def _advice(said: str) -> str:
    if "No module named pip" in said:
        return f"{sys.executable} -m ensurepip"
    return "correct the file, or try it by hand: pip install -r FILE"


def _indented(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if not line.startswith(("WARNING:", "[notice]"))]
    return "\n".join(f"    {line[:200]}" for line in lines[-15:])
