"""Everything that is put into `os`, `io` and `builtins`, and the module `fcntl`: in one place."""

from __future__ import annotations

import builtins
import io
import os
import sys
from collections.abc import Callable
from operator import index

from wallsocket.guest import fcntl, numbered, opening, pipes, standard_streams, table, without_threads
from wallsocket.guest.plain import unbound

# Functions of `os` whose first argument can be a number of the SDK's own.
_BY_NUMBER = (
    "close",
    "device_encoding",
    "dup",
    "fstat",
    "fsync",
    "ftruncate",
    "get_blocking",
    "get_inheritable",
    "isatty",
    "lseek",
    "posix_fadvise",
    "pread",
    "pwrite",
    "read",
    "readinto",
    "set_blocking",
    "set_inheritable",
    "write",
)
# Of numbers that aren't open WASI's C library says here that it can't, or may not.
_ELSE_EBADF = ("dup", "set_blocking")
_SAME = {"fdatasync": numbered.fsync}
# What takes a path or a number.
_PATH_OR_NUMBER = {"stat": numbered.fstat, "truncate": numbered.ftruncate}
# What makes a path lead elsewhere, and how many paths it takes.
_REMOVING = {"unlink": 1, "remove": 1, "rename": 2, "replace": 2}

_installed = False


def install() -> None:
    """Lets `os` and `open` understand the SDK's numbers, and adds what WASI's `os` lacks."""
    global _installed
    if _installed:
        return
    _installed = True
    for name, function in standard_streams.functions().items():
        setattr(os, name, unbound(function, getattr(os, name)))
    for name in _BY_NUMBER:
        _replace(name, getattr(numbered, name))
    for name, function in (_SAME | _PATH_OR_NUMBER).items():
        _replace(name, function)
    os.closerange = unbound(_closerange(os.closerange), os.closerange)
    for name in ("pipe", "pipe2"):
        setattr(os, name, unbound(getattr(pipes, name)))
    os.sendfile = unbound(numbered.sendfile)
    os.open = opening.os_open_and_note(os.open)
    for name, paths in _REMOVING.items():
        _copy_support(getattr(os, name), opening.before(getattr(os, name), paths), name)
    builtins.open = io.open = opening.open_and_note(builtins.open)
    sys.modules["fcntl"] = fcntl.MODULE
    without_threads.install()


def _replace(name: str, on_number: Callable) -> None:
    real = getattr(os, name)
    find, count = table.find, on_number.__code__.co_argcount
    checked = name in _ELSE_EBADF

    def function(*given, **named):
        number = given[0] if given else named.get("fd", named.get("path"))
        if type(number) is not int:
            if not hasattr(number, "__index__"):
                return real(*given, **named)
            number = index(number)
        # The real one says best what is wrong with a number of arguments, or with their names.
        if find(number) is None or len(given) + (not given) != count or len(named) != (not given):
            if checked and not named and len(given) == count:
                os.fstat(number)
            return real(*given, **named)
        return on_number(number, *given[1:])

    _copy_support(real, unbound(function, real), name)


def _copy_support(real: Callable, function: Callable, name: str) -> None:
    # Some modules ask when they are imported whether a function takes descriptors; it takes what the real one does.
    for supporting in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if real in supporting:
            supporting.add(function)
    setattr(os, name, function)


def _closerange(real: Callable) -> Callable:
    def closerange(fd_low, fd_high, /):
        real(fd_low, min(fd_high, table.FIRST))
        for number in table.numbers():
            if fd_low <= number < fd_high:
                try:
                    numbered.close(number)
                except OSError:
                    pass  # as closerange has it

    return closerange
