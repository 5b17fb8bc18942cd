"""Runs a test_socket.py without threads: in the guest, whose Python has none.

    run_in_guest.py FOLDER [--scratch FOLDER] [--after TEST] [--only PART]

FOLDER holds the package `test` of the Python whose file it is. The standard library is the guest's own; the component
was built with preload/library_sources.py, which has the texts of the modules that get twins.

The same works with a native Python that has `_thread.start_joinable_thread` (3.13 and later), which shows what the
transformation itself changes.
"""

import argparse
import importlib.util
import os
import sys
import types
import warnings
from pathlib import Path

import suite


def main() -> None:
    parser = suite.arguments()
    parser.add_argument("folder", help="holds the package `test`")
    parser.add_argument("--scratch", help="the folder to run in")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    import green
    import scheduler

    green.install(source)
    if options.scratch:
        os.chdir(options.scratch)
    module = load(options)
    suite.run(module, options, between=scheduler.forget)


def source(name: str) -> tuple[str, str]:
    """The text of a module of the standard library, and its path."""
    path = importlib.util.find_spec(name).origin
    try:
        import library_sources
    except ImportError:
        return Path(path).read_text("utf-8"), path
    return library_sources.TEXTS[name], path


def load(options: argparse.Namespace) -> types.ModuleType:
    """`test.test_socket`, with twins, in a world that doesn't claim to have no sockets."""
    import transform

    import_test_package(options.folder)
    from test import support
    from test.support import socket_helper, threading_helper

    # The sockets are Linux's, whatever else this system lacks; and there is what stands for threads.
    support.has_socket_support = True
    support.is_wasi = False
    threading_helper.can_start_thread = True
    socket_helper.has_gethostname = True
    sys.modules.setdefault("_testcapi", limits())
    path = f"{options.folder}/test/test_socket.py"
    module = types.ModuleType("test.test_socket")
    module.__file__, module.__package__ = path, "test"
    sys.modules[module.__name__] = module
    transform.fill(module, Path(path).read_text("utf-8"), path, platform="linux", only=options.only)
    return module


def limits() -> types.ModuleType:
    """What the tests ask of `_testcapi`: how large C's numbers are. Sockets are laid out as on 64-bit Linux."""
    module = types.ModuleType("_testcapi")
    module.INT_MAX, module.INT_MIN, module.UINT_MAX = 2**31 - 1, -(2**31), 2**32 - 1
    module.LONG_MAX, module.LONG_MIN, module.ULONG_MAX = 2**63 - 1, -(2**63), 2**64 - 1
    return module


def import_test_package(folder: str) -> None:
    """The package `test`, and nothing else of the folder: the rest of its library belongs to another interpreter."""
    package = types.ModuleType("test")
    package.__path__ = [f"{folder}/test"]
    package.__file__ = f"{folder}/test/__init__.py"
    sys.modules["test"] = package


if __name__ == "__main__":
    main()
