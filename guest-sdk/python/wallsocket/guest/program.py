"""Runs the program as Python runs a script: `sys.argv`, `sys.path`, `__main__`, exceptions, the exit status."""

import atexit
import builtins
import contextlib
import gc
import importlib.util
import io
import os
import runpy
import sys
import time
import types
import weakref
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from typing import Any, Final, NoReturn

from wallsocket.guest import module

# sys.exit with something that isn't a number, and an exception that nothing caught.
FAILED: Final = 1
# A command line that makes no sense, as Python itself has it.
MISUSED: Final = 2
# The output couldn't be written, as Python itself has it.
UNWRITTEN: Final = 120


def start(program: Callable[[], None]) -> None:
    """Runs a program to its end: its exceptions are printed, its output is written, its status is the component's."""
    _standard_streams()
    _begin()
    status = _status_of(program)
    status = _end() or status
    if status:
        _exit(status)


def run_script(path: str, search: str | None = None) -> None:
    """Runs a file as `python PATH` does."""
    sys.path.insert(0, os.path.dirname(path) if search is None else search)
    loader = SourceFileLoader("__main__", path)
    try:
        source = loader.get_data(path)
    except OSError as error:
        sys.stderr.write(f"python: can't open file {path!r}: [Errno {error.errno}] {error.strerror}\n")
        raise SystemExit(MISUSED) from None
    _execute(loader.source_to_code(source, path), path, loader, None)


def run_packed(path: str, package: str | None = None) -> None:
    """Runs a module that the component carries as `__main__`: a script, or `__main__.py` of a package."""
    from . import library, memory_files

    sys.path.insert(0, memory_files.APP)
    loader = library.Loader("__main__", path)
    if package is not None:
        importlib.import_module(package)
    _execute(loader.get_code("__main__"), path, loader, package)


def run_code(source: str, name: str = "<string>") -> None:
    """Runs a text as `python -c SOURCE` does."""
    sys.path.insert(0, "")
    _execute(compile(source, name, "exec"), None, None, None)


def run_module(name: str) -> None:
    """Runs a module as `python -m NAME` does."""
    sys.path.insert(0, os.getcwd())
    _new_main()
    runpy._run_module_as_main(name)


def _execute(code: types.CodeType, path: str | None, loader: Any, package: str | None) -> None:
    main = _new_main()
    main.__loader__ = loader
    main.__package__ = package
    if path is not None:
        main.__file__ = path
        main.__cached__ = None
    exec(code, main.__dict__)


def _new_main() -> types.ModuleType:
    """An empty `__main__`, where pickle and dataclasses find what the program defines."""
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    main.__annotations__ = {}
    sys.modules["__main__"] = main
    return main


def _begin() -> None:
    """What Python does when it starts, and did when the component was built."""
    sys.orig_argv = list(sys.argv)
    sys.path[:0] = [folder for folder in os.environ.get("PYTHONPATH", "").split(":") if folder]
    os._exit = _exit
    if logging := sys.modules.get("logging"):
        logging._startTime = time.time_ns()
    if folder := os.environ.get("PWD"):
        # WASI has no working directory to start in, only this custom.
        with contextlib.suppress(OSError):
            os.chdir(folder)


def _standard_streams() -> None:
    """Opens the standard streams as Python does: buffered, and by lines where a person reads."""
    unbuffered = bool(os.environ.get("PYTHONUNBUFFERED"))
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    encoding = encoding or "utf-8"
    sys.stdin = sys.__stdin__ = _stream(0, "r", encoding, errors or "strict", False)
    sys.stdout = sys.__stdout__ = _stream(1, "w", encoding, errors or "strict", unbuffered)
    sys.stderr = sys.__stderr__ = _stream(2, "w", encoding, "backslashreplace", unbuffered)


def _stream(descriptor: int, mode: str, encoding: str, errors: str, unbuffered: bool) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, mode, closefd=False)
    raw.name = ("<stdin>", "<stdout>", "<stderr>")[descriptor]
    terminal = raw.isatty()
    binary: Any = raw
    if mode == "r":
        binary = io.BufferedReader(raw)
    elif not unbuffered:
        binary = io.BufferedWriter(raw)
    stream = io.TextIOWrapper(
        binary,
        encoding,
        errors,
        # As on every Unix: "\n" alone ends a line that is written, any ending one that is read.
        newline=None if mode == "r" else "\n",
        line_buffering=not unbuffered and (terminal or descriptor == 2),
        write_through=unbuffered,
    )
    stream.mode = mode
    return stream


def _status_of(program: Callable[[], None]) -> int:
    try:
        program()
    except SystemExit as error:
        return _status(error.code)
    except BaseException as error:
        _print(error)
        return FAILED
    return 0


def _status(code: object) -> int:
    """What `sys.exit(code)` ends with; what isn't a number is printed."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    try:
        sys.stdout.flush()
        print(code, file=sys.stderr)
    except Exception:
        pass
    return FAILED


def _print(error: BaseException) -> None:
    """What Python says of an exception that nothing caught, without the frames of what started the program."""
    trace = error.__traceback__
    while trace is not None and os.path.dirname(trace.tb_frame.f_code.co_filename) == os.path.dirname(__file__):
        trace = trace.tb_next
    error.__traceback__ = trace
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    try:
        sys.excepthook(type(error), error, trace)
    except BaseException as another:
        sys.stderr.write("Error in sys.excepthook:\n")
        sys.__excepthook__(type(another), another, another.__traceback__)
        sys.stderr.write("\nOriginal exception was:\n")
        sys.__excepthook__(type(error), error, trace)


def _end() -> int:
    """What Python does when it ends: executors, `atexit`, the standard streams, what is left in `__main__`."""
    if threading := sys.modules.get("threading"):
        threading._shutdown()
    _keep_handles()
    atexit._run_exitfuncs()
    status = _flush(sys.stdout, "sys.stdout") or _flush(sys.stderr, "sys.stderr")
    _drop_main()
    # What the program put aside, replaced or never closed. Python flushes it by destroying everything.
    for left in (sys.__stdout__, sys.__stderr__, *gc.get_objects()):
        if isinstance(left, (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)):
            _flush(left, repr(left))
    return status


def _keep_handles() -> None:
    """Leaves the WIT's handles to the end of the objects that hold them.

    componentize-py frees each by a `weakref.finalize`, and those run at exit while the objects are still there:
    whatever touched a socket then, as `repr` in a ResourceWarning does, would end the component with a trap.
    """
    from componentize_py_runtime import drop_resource

    @classmethod
    def select(cls) -> list[tuple[weakref.finalize, Any]]:
        chosen = [(one, info) for one, info in cls._registry.items() if info.atexit and info.func is not drop_resource]
        return sorted(chosen, key=lambda item: item[1].index)

    weakref.finalize._select_for_exit = select


def _flush(stream: Any, name: str) -> int:
    try:
        if stream is not None and not stream.closed:
            stream.flush()
    except Exception as error:
        if stream is not sys.stderr:
            print(f"Exception ignored while flushing {name}:\n{type(error).__name__}: {error}", file=sys.stderr)
        return UNWRITTEN
    return 0


def _drop_main() -> None:
    """Drops what `__main__` holds, so that what has a `__del__` gets to it; private names first, as Python does."""
    names = vars(sys.modules["__main__"])
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and name.startswith("_") == private:
                names[name] = None
    gc.collect()


def _exit(status: int) -> NoReturn:
    """Ends the component at once, as `os._exit`: by WASI's call that tells the whole status."""
    from wit_world.imports import exit

    exit.exit_with_code(status & 0xFF)
    raise AssertionError("the host went on after the exit")


def start_script() -> None:
    """Runs the script that the first argument names, as `python SCRIPT ARGUMENTS` does."""

    def script() -> None:
        del sys.argv[0]
        run_script(sys.argv[0])

    module.install()
    start(script)


def start_mounted() -> None:
    """Runs what the command line names, with an SDK that was imported just now."""
    from . import python

    module.install()
    start(python.main)
