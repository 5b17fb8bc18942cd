"""`getsockopt` and `setsockopt`."""

from __future__ import annotations

import operator

from wit_world.imports import options as wit

from wallsocket.guest import arguments


def get(sock, level, option, buffersize):
    """An option's value: an int, or where there is a size its bytes."""
    level, option, size = (arguments.c_int_format(value) for value in (level, option, buffersize))
    if size == 0:
        return sock._call(wit.get_int, level, option)
    if not 0 < size <= 1024:
        raise OSError("getsockopt buflen out of range")
    return sock._call(wit.get_bytes, level, option, size)


def set(sock, *given):
    """Sets an option to an int, to bytes, or to null with a length."""
    if len(given) == 4:
        level, option, value, length = given
        level, option = arguments.c_int_format(level), arguments.c_int_format(option)
        if value is not None:
            raise TypeError(f"setsockopt() argument 3 must be None, not {type(value).__name__}")
        value = wit.OptionValue_Null(arguments.unsigned(length))
    elif len(given) == 3:
        level, option, value = given
        level, option = arguments.c_int_format(level), arguments.c_int_format(option)
        if hasattr(value, "__index__"):
            value = wit.OptionValue_Int(arguments.c_int_format(operator.index(value)))
        elif value is None:
            raise TypeError("socket.setsockopt() requires 4 arguments when the third argument is None")
        else:
            value = wit.OptionValue_Bytes(arguments.readable(value))
    else:
        raise TypeError(f"setsockopt() takes 3 or 4 arguments ({len(given)} given)")
    sock._call(wit.set, level, option, value)
