"""Standard input, output and error for programs that wait for them, as asyncio does with `connect_read_pipe`.

WASI tells neither what they are nor lets them be non-blocking.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from wallsocket.guest import errors, waiting

_LAST = 2

# Those that a program made non-blocking.
_impatient: set[int] = set()


def _is_stream(fd: object) -> bool:
    return isinstance(fd, int) and 0 <= fd <= _LAST


def functions() -> dict[str, Callable]:
    """Functions of `os` that know better about them than WASI's."""
    fstat, read, get_blocking, set_blocking = os.fstat, os.read, os.get_blocking, os.set_blocking

    def told_fstat(fd):
        found = fstat(fd)
        if not _is_stream(fd) or stat.S_IFMT(found.st_mode):
            return found
        kind = stat.S_IFCHR | 0o620 if os.isatty(fd) else stat.S_IFIFO | 0o600
        return os.stat_result((kind, *found[1:]))

    def patient_read(fd, length, /):
        if _is_stream(fd) and fd in _impatient and fd == 0 and not waiting.wait([waiting.Wanted(0, waiting.POLLIN)], 0):
            raise errors.os_error("EAGAIN")
        return read(fd, length)

    def known_get_blocking(fd, /):
        return fd not in _impatient if _is_stream(fd) else get_blocking(fd)

    def known_set_blocking(fd, blocking, /):
        if not _is_stream(fd):
            set_blocking(fd, blocking)
        elif blocking:
            _impatient.discard(fd)
        else:
            _impatient.add(fd)

    return {
        "fstat": told_fstat,
        "read": patient_read,
        "get_blocking": known_get_blocking,
        "set_blocking": known_set_blocking,
    }
