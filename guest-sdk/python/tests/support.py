"""What the suites share: running scripts in the sandbox, building components.

These environment variables say where things are. `cargo xtask python` sets them all.

WALLSOCKET_CLI
    The command `wallsocket`. Otherwise target/debug/wallsocket of this repository.
WALLSOCKET_PYTHON_COMPONENT
    The interpreter as a component, from `wallsocket-py build --interpreter`: what runs the guests' scripts.
WALLSOCKET_PYTHON_SDK
    Only for an interpreter that was made for development: the folder that it takes the SDK from when it starts, so
    that a change needs no other component.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

SDK = Path(__file__).resolve().parent.parent
REPOSITORY = SDK.parent.parent

# Long enough for a loaded machine that compiles the component first; nobody waits for it in the good case.
PATIENCE = 120.0

# Where guests find the folders that `run_guest` gives them.
SCRIPTS = "/script"
SITE_PACKAGES = "/site-packages"


def cli() -> str:
    """The command `wallsocket`."""
    return os.environ.get("WALLSOCKET_CLI") or str(REPOSITORY / "target/debug/wallsocket")


def interpreter() -> str:
    """The component that runs scripts."""
    component = os.environ.get("WALLSOCKET_PYTHON_COMPONENT")
    if not component:
        raise RuntimeError("WALLSOCKET_PYTHON_COMPONENT names no component; `cargo xtask python` makes one and sets it")
    return component


def run_command(
    component: str | Path,
    args: Iterable[object] = (),
    *,
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    env: Mapping[str, str] | None = None,
    dirs: Mapping[str | Path, str] | None = None,
    flags: Iterable[str] = (),
) -> list[str]:
    """The command line that runs a component with these grants, variables and folders (here → in the guest)."""
    command = [cli(), "run"]
    for line in allow:
        command += ["--allow", line]
    for line in deny:
        command += ["--deny", line]
    for name, value in (env or {}).items():
        command += ["--env", f"{name}={value}"]
    for here, there in (dirs or {}).items():
        command += ["--dir", f"{here}::{there}"]
    return [*command, *flags, str(component), *map(str, args)]


def guest_command(
    script: str | Path,
    args: Iterable[object] = (),
    *,
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    env: Mapping[str, str] | None = None,
    dirs: Mapping[str | Path, str] | None = None,
    site_packages: str | Path | None = None,
    flags: Iterable[str] = (),
) -> list[str]:
    """The command line that runs a script in the sandbox, for a suite that starts it itself.

    The script's folder is the guest's `/script` and the first of its `sys.path`; what `site_packages` holds can be
    imported too.
    """
    script = Path(script).resolve()
    folders: dict[str | Path, str] = {script.parent: SCRIPTS, **(dirs or {})}
    variables = dict(env or {})
    if site_packages is not None:
        folders[Path(site_packages).resolve()] = SITE_PACKAGES
        variables["PYTHONPATH"] = SITE_PACKAGES
    if sdk := os.environ.get("WALLSOCKET_PYTHON_SDK"):
        folders[sdk] = "/sdk"
    return run_command(
        interpreter(),
        [f"{SCRIPTS}/{script.name}", *args],
        allow=allow,
        deny=deny,
        env=variables,
        dirs=folders,
        flags=flags,
    )


def run_guest(
    script: str | Path,
    args: Iterable[object] = (),
    *,
    allow: Iterable[str] = (),
    deny: Iterable[str] = (),
    env: Mapping[str, str] | None = None,
    dirs: Mapping[str | Path, str] | None = None,
    site_packages: str | Path | None = None,
    flags: Iterable[str] = (),
    stdin: str = "",
    timeout: float = PATIENCE,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Runs a script in the sandbox until it ends; gives its `returncode`, `stdout` and `stderr`.

    Unless `check` is false, a status other than 0 is an AssertionError with what the guest printed.
    """
    command = guest_command(
        script, args, allow=allow, deny=deny, env=env, dirs=dirs, site_packages=site_packages, flags=flags
    )
    return run(command, stdin=stdin, timeout=timeout, check=check)


def run_code(source: str, args: Iterable[object] = (), **options) -> subprocess.CompletedProcess[str]:
    """`run_guest` for a program that is given as text."""
    with tempfile.TemporaryDirectory(prefix="wallsocket-") as folder:
        script = Path(folder, "script.py")
        script.write_text(source)
        return run_guest(script, args, **options)


def build(app: str | Path, output: str | Path, *options: str | Path, **keywords) -> subprocess.CompletedProcess[str]:
    """Builds a component as a user does, by `python -m wallsocket build`; keywords are those of `run`."""
    command = [sys.executable, "-m", "wallsocket", "build", str(app), "-o", str(output), *map(str, options)]
    return run(command, **keywords)


def run(
    command: Sequence[str],
    *,
    stdin: str = "",
    timeout: float = PATIENCE,
    check: bool = True,
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs any command to its end; unless `check` is false, its failure is an AssertionError that shows its output."""
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=timeout,
        cwd=cwd,
        env=env,
    )
    if check and done.returncode != 0:
        raise AssertionError(
            f"{' '.join(command)}\nended with {done.returncode}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}"
        )
    return done
