"""Runs the program: `sys.argv`, `sys.path`, `__main__`, the exit status."""

import os
import runpy
import sys

from wallsocket.guest import module


def start_script() -> None:
    """Runs the script that the first argument names, as `python SCRIPT ARGUMENTS` does."""
    module.install()
    del sys.argv[0]
    path = sys.argv[0]
    sys.path[:0] = [path.rpartition("/")[0] or ".", *filter(None, os.environ.get("PYTHONPATH", "").split(":"))]
    runpy.run_path(path, run_name="__main__")
