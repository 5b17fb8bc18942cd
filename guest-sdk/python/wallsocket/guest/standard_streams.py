"""Standard input, output and error for programs that wait for them, as asyncio does with `connect_read_pipe`.

WASI tells neither what they are nor lets them be non-blocking.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from wallsocket.guest import errors, waiting

_STREAMS = (0, 1, 2)

# Those that a program made non-blocking.
_impatient: set[int] = set()


def functions() -> dict[str, Callable]:
    """Functions of `os` that know better about them than WASI's."""
    fstat, read, get_blocking, set_blocking = os.fstat, os.read, os.get_blocking, os.set_blocking

    def told_fstat(fd):
        found = fstat(fd)
        if fd not in _STREAMS or stat.S_IFMT(found.st_mode):
            return found
        kind = stat.S_IFCHR | 0o620 if os.isatty(fd) else stat.S_IFIFO | 0o600
        return os.stat_result((kind, *found[1:]))

    def patient_read(fd, length, /):
        if fd == 0 and fd in _impatient and not waiting.wait([waiting.Wanted(0, waiting.POLLIN)], 0):
            raise errors.os_error("EAGAIN")
        return read(fd, length)

    def known_get_blocking(fd, /):
        return fd not in _impatient if fd in _STREAMS else get_blocking(fd)

    def known_set_blocking(fd, blocking, /):
        if fd not in _STREAMS:
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
