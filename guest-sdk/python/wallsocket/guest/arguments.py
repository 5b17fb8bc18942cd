"""Arguments as CPython's C functions take them, with its exceptions and their texts.

An argument of a wrong type or range, given to an import of the WIT, would end the component. So everything that a caller
gives goes through one of these first.
"""

from __future__ import annotations

import operator
import sys

INT_MIN, INT_MAX = -(1 << 31), (1 << 31) - 1
UINT_MAX = (1 << 32) - 1


def c_int(value: object) -> int:
    """An argument that C takes as `int`."""
    number = operator.index(value)
    if not INT_MIN <= number <= INT_MAX:
        raise OverflowError("Python int too large to convert to C int")
    return number


def c_int_format(value: object) -> int:
    """An argument of `PyArg_Parse`'s format `i`, which has texts of its own."""
    number = operator.index(value)
    if not INT_MIN <= number <= INT_MAX:
        if number < -(1 << 63) or number >= 1 << 63:
            raise OverflowError("Python int too large to convert to C long")
        word, limit = ("greater", "maximum") if number > 0 else ("less", "minimum")
        raise OverflowError(f"signed integer is {word} than {limit}")
    return number


def size(value: object) -> int:
    """An argument that C takes as `Py_ssize_t`."""
    number = operator.index(value)
    if not -sys.maxsize - 1 <= number <= sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return number


def unsigned(value: object) -> int:
    """An argument of the format `I` or `k`, cut to 32 bits as C does."""
    return operator.index(value) & UINT_MAX


def readable(value: object) -> bytes:
    """The bytes of a bytes-like object."""
    if value.__class__ is bytes:
        return value
    try:
        view = memoryview(value)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'") from None
    with view:
        if not view.c_contiguous:
            raise BufferError("memoryview: underlying buffer is not C-contiguous")
        return view.tobytes()


def writable(value: object, name: str, position: int = 1) -> memoryview:
    """A view of the bytes of an object that can be written to."""
    try:
        view = memoryview(value)
    except TypeError:
        view = None
    if view is None or view.readonly or not view.c_contiguous:
        what = "None" if value is None else type(value).__name__
        raise TypeError(f"{name}() argument {position} must be read-write bytes-like object, not {what}")
    return view.cast("B")
