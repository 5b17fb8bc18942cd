"""`os.pipe`, over a pair of Unix sockets.

Neither half is shut: a shut half would tell the other end that it was closed. What may not be done with an end is
refused here.
"""

from __future__ import annotations

import os
import weakref

from wit_world.imports import sockets

from wallsocket.guest import errors, table
from wallsocket.guest.constants import AF_UNIX, SOCK_STREAM

# Each end's handle: os.O_RDONLY or os.O_WRONLY.
_ends: weakref.WeakKeyDictionary[sockets.Socket, int] = weakref.WeakKeyDictionary()


def pipe() -> tuple[int, int]:
    """The numbers of a new pipe's two ends, to read from and to write to."""
    reading, writing = errors.call(sockets.Socket.pair, AF_UNIX, SOCK_STREAM, 0)
    _ends[reading] = os.O_RDONLY
    _ends[writing] = os.O_WRONLY
    return table.allocate(reading), table.allocate(writing)


def pipe2(flags, /) -> tuple[int, int]:
    """A pipe with `os.O_NONBLOCK` or `os.O_CLOEXEC`."""
    numbers = pipe()
    if flags & os.O_NONBLOCK:
        for number in numbers:
            table.get(number).set_timeout(0)
    return numbers


def end(handle: object) -> int | None:
    """Which end of a pipe a handle is, if it is one."""
    return _ends.get(handle) if isinstance(handle, sockets.Socket) else None


def duplicate(handle: sockets.Socket) -> sockets.Socket:
    """Another handle for a socket or for an end of a pipe."""
    copy = errors.call(sockets.Socket.dup, handle)
    if handle in _ends:
        _ends[copy] = _ends[handle]
    return copy
