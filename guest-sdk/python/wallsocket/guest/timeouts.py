"""Timeouts: Python's seconds, the WIT's nanoseconds.

Source: CPython's `socket_parse_timeout` and `_PyTime_FromSecondsObject`.
"""

from __future__ import annotations

import math
import operator

from wallsocket.guest import arguments

SECOND = 1_000_000_000
# Nanoseconds are 64 bits wide, as in CPython.
_LIMIT = 1 << 63
_default: int | None = None


def parse(timeout: object) -> int | None:
    """Seconds as nanoseconds, rounded up; none is no timeout."""
    if timeout is None:
        return None
    duration = nanoseconds(timeout)
    if duration < 0:
        raise ValueError("Timeout value out of range")
    return duration


def nanoseconds(time: object, unit: int = SECOND) -> int:
    """A number of seconds, or of other units, as nanoseconds, rounded away from zero."""
    if isinstance(time, float):
        if math.isnan(time):
            raise ValueError("Invalid value NaN (not a number)")
        duration = time * unit
        if not -_LIMIT <= duration < _LIMIT:
            raise OverflowError("timestamp out of range for platform time_t")
        return math.ceil(duration) if duration >= 0 else math.floor(duration)
    try:
        duration = operator.index(time) * unit
    except TypeError:
        if hasattr(type(time), "__index__"):
            raise
        raise TypeError(f"'{type(time).__name__}' object cannot be interpreted as an integer or float") from None
    if not -_LIMIT <= duration < _LIMIT:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    return duration


def seconds(nanoseconds: int | None) -> float | None:
    """Nanoseconds as seconds."""
    return None if nanoseconds is None else nanoseconds / 1e9


def default() -> int | None:
    """What new sockets have, in nanoseconds."""
    return _default


def setdefaulttimeout(*given) -> None:
    """Sets the timeout of new sockets, in seconds; None is none. `setdefaulttimeout(timeout)`"""
    global _default
    _default = parse(arguments.one("_socket.setdefaulttimeout", given))


def getdefaulttimeout() -> float | None:
    """The timeout of new sockets, in seconds."""
    return seconds(_default)
