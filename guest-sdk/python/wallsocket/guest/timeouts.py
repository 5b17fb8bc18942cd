"""Timeouts: Python's seconds, the WIT's nanoseconds."""

from __future__ import annotations

import math

SECOND = 1_000_000_000
_MOST = (1 << 63) - 1
_default: int | None = None


def parse(timeout: object) -> int | None:
    """Seconds as nanoseconds, rounded up as CPython does; none is no timeout."""
    if timeout is None:
        return None
    if isinstance(timeout, float):
        if math.isnan(timeout):
            raise ValueError("Invalid value NaN (not a number)")
        nanoseconds = timeout * 1e9
        if not -(2.0**63) <= nanoseconds < 2.0**63:
            raise OverflowError("timestamp too large to convert to C PyTime_t")
        nanoseconds = math.ceil(nanoseconds) if nanoseconds >= 0 else math.floor(nanoseconds)
    else:
        try:
            seconds = timeout.__index__()
        except AttributeError:
            raise TypeError(f"'{type(timeout).__name__}' object cannot be interpreted as an integer") from None
        nanoseconds = seconds * SECOND
        if not -_MOST - 1 <= nanoseconds <= _MOST:
            raise OverflowError("timestamp too large to convert to C PyTime_t")
    if nanoseconds < 0:
        raise ValueError("Timeout value out of range")
    if nanoseconds > 0x7FFFFFFF * 1_000_000:
        raise OverflowError("timeout doesn't fit into C timeval")
    return nanoseconds


def seconds(nanoseconds: int | None) -> float | None:
    """Nanoseconds as seconds."""
    return None if nanoseconds is None else nanoseconds / 1e9


def default() -> int | None:
    """What new sockets have, in nanoseconds."""
    return _default


def setdefaulttimeout(timeout, /):
    """Sets the timeout of new sockets."""
    global _default
    _default = parse(timeout)


def getdefaulttimeout():
    """The timeout of new sockets."""
    return seconds(_default)
