"""What happens inside the component while it is built: everything that has to be in its memory is brought there.

The builder leaves a manifest beside the files, and finds a report there, also of what stopped the build.
"""

import codecs
import functools
import gc
import importlib
import json
import os
import pkgutil
import sys
from typing import Any, Final

from . import library, memory_files, module, program, python

# Where the builder put the manifest, and the files below `app` and `site-packages`.
STAGE: Final = "/1"

_manifest: dict[str, Any] = {}


def prepare() -> None:
    """Packs the modules and imports those that are wanted from the start."""
    with open(f"{STAGE}/manifest.json", encoding="utf-8") as file:
        _manifest.update(json.load(file))
    report: dict[str, Any] = {}
    try:
        _check_syntax()
        library.pack_library()
        for folder, root in (("app", memory_files.APP), ("site-packages", memory_files.SITE_PACKAGES)):
            if os.path.isdir(f"{STAGE}/{folder}"):
                library.pack(f"{STAGE}/{folder}", root)
        memory_files.install(_manifest["time"])
        library.install()
        sys.path[:] = [library.LIBRARY, library.BINDINGS, library.SDK, library.BUNDLED]
        if memory_files.has_folder(memory_files.SITE_PACKAGES):
            sys.path.insert(1, memory_files.SITE_PACKAGES)
        _import_bindings()
        if _manifest["kind"] != "development":
            _import_sdk()
        report["not_preloaded"] = _preload(_manifest["preload"])
    except SyntaxError as error:
        report["syntax"] = [error.filename, error.lineno, error.offset, error.text, error.msg]
        raise
    finally:
        with open(f"{STAGE}/report.json", "w", encoding="utf-8") as file:
            json.dump(report, file)
    # What is there now stays: the collector need not look at it again, and its pages stay shared with the image.
    gc.collect()
    gc.freeze()


def run() -> None:
    """Runs what the component was built for."""
    match _manifest["kind"]:
        case "script":
            program.start(functools.partial(program.run_packed, _manifest["main"]))
        case "package":
            program.start(functools.partial(program.run_packed, _manifest["main"], _manifest["package"]))
        case "interpreter":
            program.start(python.main)
        case "development":
            _run_with(_manifest["sdk"])


def _run_with(sdk: str) -> None:
    """Takes the SDK from a folder that the component is given when it runs: for work on the SDK itself."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "wallsocket"]:
        del sys.modules[name]
    sys.path.insert(0, sdk)
    importlib.import_module("wallsocket.guest.program").start_mounted()


def _check_syntax() -> None:
    """Compiles the program's own modules first: the mistake that is made most is told soonest."""
    for path in _manifest["modules"]:
        with open(f"{STAGE}/app/{path}", "rb") as file:
            source = file.read()
        try:
            compile(source, path, "exec", dont_inherit=True)
        except SyntaxError as error:
            # Of a null byte, Python doesn't say where it is.
            error.filename = error.filename or path
            raise


def _import_bindings() -> None:
    """Imports the contract's bindings, all of them."""
    import wit_world.imports as bindings

    for found in pkgutil.iter_modules(bindings.__path__):
        importlib.import_module(f"wit_world.imports.{found.name}")


def _import_sdk() -> None:
    """Imports what stands in for `_socket` and `select`, and what there is beside them."""
    import wallsocket.guest as guest

    for found in pkgutil.iter_modules(guest.__path__):
        importlib.import_module(f"wallsocket.guest.{found.name}")
    module.install()
    importlib.import_module("wallsocket.permissions")
    # Each name of a host is encoded so, and the codec's tables are imported when it is first asked for.
    codecs.lookup("idna")


def _preload(names: list[str]) -> dict[str, str]:
    """Imports modules so that the program needn't; those that don't want to be are left for when it runs."""
    failed = {}
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException as error:
            failed[name] = f"{type(error).__name__}: {error}"
    return failed
