"""`getsockopt` and `setsockopt`.

Opaque values have the layout of 64-bit little-endian Linux. Source: CPython's `sock_getsockopt`, `sock_setsockopt`.
"""

from __future__ import annotations

from operator import index

from wit_world.imports import options as wit

from wallsocket.guest import arguments, errors, parsing
from wallsocket.guest.constants import AF_VSOCK, SO_ERROR, SOL_SOCKET

# No option is longer; what is beyond that would cost a copy into the host, and more than that a trap.
_LONGEST = 1 << 16
# The option whose value is an error's number.
_PENDING = (SOL_SOCKET, SO_ERROR)


class Options:
    """A socket's options."""

    __slots__ = ()

    def getsockopt(self, *given) -> int | bytes:
        """Reads an option: an int, or where there is a size its bytes. `getsockopt(level, option[, buffersize])`."""
        parsing.takes("getsockopt", given, 2, 3)
        level, option, size = map(arguments.c_int_format, (*given, 0)[:3])
        if size == 0:
            if self._family == AF_VSOCK:
                return int.from_bytes(self._call(wit.get_bytes, level, option, 8), "little")
            number = self._call(wit.get_int, level, option)
            return errors.guest_number(number) if number and (level, option) == _PENDING else number
        if self._family == AF_VSOCK:
            raise OSError("getsockopt string buffer not allowed")
        if not 0 < size <= 1024:
            raise OSError("getsockopt buflen out of range")
        value = self._call(wit.get_bytes, level, option, size)
        if (level, option) == _PENDING and len(value) == 4 and any(value):
            return errors.guest_number(int.from_bytes(value, "little")).to_bytes(len(value), "little")
        return value

    def setsockopt(self, *given) -> None:
        """Sets an option to an int, to bytes, or to null with a length.

        `setsockopt(level, option, int | bytes)`, or `setsockopt(level, option, None, length)`
        """
        if len(given) == 4 and given[2] is None and self._family != AF_VSOCK:
            level, option, value = _null(given)
        else:
            parsing.takes("setsockopt", given, 3, 3)
            level, option = arguments.c_int_format(given[0]), arguments.c_int_format(given[1])
            value = _word(given[2]) if self._family == AF_VSOCK else _value(given[2])
        self._call(wit.set, level, option, value)


def _null(given):
    try:
        level, option = arguments.c_int_format(given[0]), arguments.c_int_format(given[1])
        return level, option, wit.OptionValue_Null(arguments.unsigned(given[3]))
    except Exception:
        # CPython tries one form of the call after another, and says what the last one lacks.
        raise TypeError(arguments.count_text("setsockopt()", 4, 3, 3)) from None


def _word(given):
    return wit.OptionValue_Bytes((index(given) & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8, "little"))


def _value(given):
    """An int if it is one, bytes otherwise: what isn't an int of 32 bits is told that it isn't bytes, as in CPython."""
    if hasattr(given, "__index__"):
        try:
            return wit.OptionValue_Int(arguments.c_int_format(given))
        except Exception:
            pass
    return wit.OptionValue_Bytes(arguments.view(given)[:_LONGEST].tobytes())
