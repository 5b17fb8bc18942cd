"""Runs the program: `sys.argv`, `__main__`, the exit status."""

import runpy
import sys


def start_script() -> None:
    """Runs the script that the first argument names, as `python SCRIPT ARGUMENTS` does."""
    del sys.argv[0]
    path = sys.argv[0]
    sys.path.insert(0, path.rpartition("/")[0] or ".")
    runpy.run_path(path, run_name="__main__")
