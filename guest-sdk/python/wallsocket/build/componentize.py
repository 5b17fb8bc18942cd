"""Runs componentize-py, in a process of its own."""

import importlib.metadata
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import BuildError
from .mend import mend

# What pyproject.toml asks for; `check` says how to get it.
VERSION = "0.25.1"

WORLD = "wallsocket:python/program"
ENTRY = "wallsocket.guest.entry"

# The tool's own entry adds the site-packages of whatever Python stands first in PATH; this one doesn't.
_CALL = """
import json, sys, componentize_py
arguments = json.load(sys.stdin)
try:
    componentize_py.componentize(**arguments)
except AssertionError as error:
    sys.exit(str(error))
"""


def check() -> None:
    """Makes sure that componentize-py is there, in the version that the SDK was made for."""
    install = f"{sys.executable} -m pip install componentize-py=={VERSION}"
    try:
        found = importlib.metadata.version("componentize-py")
    except importlib.metadata.PackageNotFoundError:
        raise BuildError("componentize-py isn't installed, which makes the components", install) from None
    if found != VERSION:
        raise BuildError(f"componentize-py is version {found}, and this SDK was made for {VERSION}", install)


def componentize(wit: Sequence[Path], python_path: Sequence[Path], output: Path) -> str | None:
    """Makes a component; returns what the tool says when it can't."""
    arguments = {
        "wit_path": [str(path) for path in wit],
        "worlds": [WORLD],
        "features": [],
        "all_features": True,
        "world_module": None,
        "python_path": [str(path) for path in python_path],
        "module_worlds": [],
        "app_name": ENTRY,
        "output_path": str(output),
        "stub_wasi": False,
        "import_interface_names": [],
        "export_interface_names": [],
        "full_names": False,
        "intersect_world": None,
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CALL],
        input=json.dumps(arguments),
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode == 0:
        mend(output)
        return None
    return done.stderr.strip() or f"componentize-py ended with {done.returncode}"
