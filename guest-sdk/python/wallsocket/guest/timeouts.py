"""Timeouts: Python's seconds, the WIT's nanoseconds.

Source: CPython's `socket_parse_timeout` and `_PyTime_FromSecondsObject`.
"""

from __future__ import annotations

import math
import operator

SECOND = 1_000_000_000
# Nanoseconds are 64 bits wide, as in CPython.
_LIMIT = 1 << 63
_default: int | None = None


def parse(timeout: object) -> int | None:
    """Seconds as nanoseconds, rounded up; none is no timeout."""
    if timeout is None:
        return None
    if isinstance(timeout, float):
        if math.isnan(timeout):
            raise ValueError("Invalid value NaN (not a number)")
        nanoseconds = timeout * 1e9
        if not -_LIMIT <= nanoseconds < _LIMIT:
            raise OverflowError("timestamp out of range for platform time_t")
        nanoseconds = math.ceil(nanoseconds) if nanoseconds >= 0 else math.floor(nanoseconds)
    else:
        try:
            nanoseconds = operator.index(timeout) * SECOND
        except TypeError:
            if hasattr(type(timeout), "__index__"):
                raise
            name = type(timeout).__name__
            raise TypeError(f"'{name}' object cannot be interpreted as an integer or float") from None
        if not -_LIMIT <= nanoseconds < _LIMIT:
            raise OverflowError("timestamp too large to convert to C PyTime_t")
    if nanoseconds < 0:
        raise ValueError("Timeout value out of range")
    return nanoseconds


def seconds(nanoseconds: int | None) -> float | None:
    """Nanoseconds as seconds."""
    return None if nanoseconds is None else nanoseconds / 1e9


def default() -> int | None:
    """What new sockets have, in nanoseconds."""
    return _default


def setdefaulttimeout(timeout, /):
    """Sets the timeout of new sockets, in seconds; None is none."""
    global _default
    _default = parse(timeout)


def getdefaulttimeout():
    """The timeout of new sockets, in seconds."""
    return seconds(_default)
