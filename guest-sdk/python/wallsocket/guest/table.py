"""Numbers for what the host knows by handle: `fileno()` of sockets, of pipes, of files received.

WASI's own numbers belong to the C library, which would not know these; so they begin far above.
"""

import errno
import heapq
import os

# As in the Rust SDK: below it the runner gives numbers to what it hands over.
FIRST = 1 << 20

_objects: dict[int, object] = {}
_free: list[int] = []
_next = FIRST


def allocate(obj: object) -> int:
    """Gives the lowest free number to an object: a WIT socket, an opaque handle, or a `files.File`."""
    global _next
    if _free:
        number = heapq.heappop(_free)
    else:
        number = _next
        _next += 1
    _objects[number] = obj
    return number


def find(number: int) -> object | None:
    """What has this number; None for one of WASI's, or one that was closed."""
    return _objects.get(number)


def get(number: int) -> object:
    """What has this number; OSError with EBADF when nothing has."""
    try:
        return _objects[number]
    except KeyError:
        raise bad_descriptor() from None


def release(number: int) -> object:
    """Takes the number back and returns what had it, still open; OSError with EBADF when nothing had."""
    obj = get(number)
    del _objects[number]
    heapq.heappush(_free, number)
    return obj


def bad_descriptor() -> OSError:
    """What every call on a closed number raises."""
    return OSError(errno.EBADF, os.strerror(errno.EBADF))


def numbers() -> list[int]:
    """Every number that something has."""
    return list(_objects)
