"""What a snippet is, and what runs snippets: the same file under native CPython and in the guest.

A snippet is a function marked `@snippet(ROWS…)`, with the rows of promises.tsv that it is about. It says what it sees
by `show` and `raises`; the driver, test_snippets.py, compares what both Pythons said. What differs from run to run,
such as a port, the snippet itself has to leave out.

    python snippet.py MODULE:FUNCTION…     runs those, and writes what they say as JSON, a line for each thing said

Environment: `SNIPPET_FOLDER`, a folder for files and Unix sockets.
"""

import errno
import gc
import importlib
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Numbers that have two names somewhere: the one by which both Pythons can be compared.
ONE_NAME = {"EWOULDBLOCK": "EAGAIN", "ENOTSUP": "EOPNOTSUPP", "EDEADLOCK": "EDEADLK"}


@dataclass
class Snippet:
    """A snippet and what is known of it."""

    name: str
    run: Callable[[], None]
    rows: tuple[int, ...]
    differences: list["Difference"] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """A thing that the two Pythons don't say alike, and the fact that makes it so.

    `native` and `guest` are what they say instead (as `show` writes it). A difference of versions, `since`, is one only
    where the native Python is older.
    """

    label: str
    native: str
    guest: str
    why: str
    since: tuple[int, int] | None = None


snippets: dict[str, Snippet] = {}
_here = sys.modules[__name__]
sys.modules.setdefault("snippet", _here)  # run as a script, it's still the module that the groups import


def snippet(*rows: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Marks a function as a snippet that shows these rows of promises.tsv."""

    def mark(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}:{function.__name__}"
        assert name not in snippets, f"{name} is there twice"
        snippets[name] = Snippet(name, function, rows, getattr(function, "differences", []))
        return function

    return mark


def differs(why: str, labels: dict[str, tuple[str, str]]) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declares what the guest says otherwise than every native Python, and the fact behind it. Stands below `@snippet`.

    For each label: what native Python says, and what the guest says.
    """
    return _declare([Difference(label, *said, why) for label, said in labels.items()])


def changed(
    since: tuple[int, int], why: str, labels: dict[str, tuple[str, str]]
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declares what CPython says otherwise since a version: before, and from then on. Stands below `@snippet`."""
    return _declare([Difference(label, *said, why, since) for label, said in labels.items()])


def _declare(differences: list[Difference]) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def mark(function: Callable[[], None]) -> Callable[[], None]:
        function.__dict__.setdefault("differences", []).extend(differences)
        return function

    return mark


def show(label: str, value: object) -> None:
    """Says a value, as `repr` writes it."""
    _say("show", label, repr(value))


def raises(label: str, call: Callable[..., Any], *args: Any, **keywords: Any) -> None:
    """Says the exception that a call ends with: its type, its errno by name or its message."""
    try:
        result = call(*args, **keywords)
    except Exception as error:
        _say("show", label, told(error))
    else:
        _say("show", label, f"returned {result!r}")


def fails(label: str, call: Callable[..., Any], *args: Any, **keywords: Any) -> None:
    """Says the type alone of the exception that a call ends with, where its words are the interpreter's own."""
    try:
        result = call(*args, **keywords)
    except Exception as error:
        _say("show", label, type(error).__qualname__)
    else:
        _say("show", label, f"returned {result!r}")


def told(error: BaseException) -> str:
    """An exception in words that are the same on every platform where the exception is."""
    kind = type(error).__qualname__
    if isinstance(error, socket.gaierror):
        codes = [name for name in dir(socket) if name.startswith("EAI_") and getattr(socket, name) == error.errno]
        return f"{kind} {'/'.join(codes) or error.errno}: {error.strerror}"
    if isinstance(error, socket.herror):
        return f"{kind} {error.errno}: {error.strerror}"
    if isinstance(error, OSError) and error.errno is not None:
        name = errno.errorcode.get(error.errno, str(error.errno))
        words = "" if error.strerror == os.strerror(error.errno) else f": {error.strerror}"
        file = "" if error.filename is None else f" of {error.filename!r}"
        return f"{kind} {ONE_NAME.get(name, name)}{words}{file}"
    return f"{kind}: {error}"


def folder() -> str:
    """An empty folder of the snippet's own, where it may make files and Unix sockets."""
    global _made
    _made += 1
    path = f"{os.environ['SNIPPET_FOLDER']}/{_made}"
    os.mkdir(path)
    return path


_made = 0


def _say(*what: str) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _run(name: str) -> None:
    _say("begin", name)
    try:
        snippets[name].run()
    except Exception as error:
        _say("broke", "".join(traceback.format_exception(error)))
    socket.setdefaulttimeout(None)
    gc.collect()
    _say("end", name)


def main(names: list[str]) -> None:
    """Runs snippets one after another."""
    for module in dict.fromkeys(name.partition(":")[0] for name in names):
        importlib.import_module(module)
    for name in names:
        _run(name)


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore", ResourceWarning)
    main(sys.argv[1:])
