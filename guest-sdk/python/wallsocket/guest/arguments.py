"""Arguments as CPython's C functions take them, with its exceptions and their texts.

An argument of a wrong type or range, given to an import of the WIT, would end the component. So everything that a
caller gives goes through one of these first.

Source: CPython's Python/getargs.c.
"""

from __future__ import annotations

import os
from operator import index

INT_MIN, INT_MAX = -(1 << 31), (1 << 31) - 1
UINT_MAX = (1 << 32) - 1
_LONG_LONG = 1 << 63

# Stands where an argument was left out.
MISSING = object()


def c_int(value: object) -> int:
    """An argument that C takes as `int`."""
    number = index(value)
    if not INT_MIN <= number <= INT_MAX:
        raise OverflowError("Python int too large to convert to C int")
    return number


def c_int_format(value: object) -> int:
    """An argument of `PyArg_ParseTuple`'s format `i`, which has texts of its own, those of 64-bit platforms."""
    number = index(value)
    if not INT_MIN <= number <= INT_MAX:
        if not -_LONG_LONG <= number < _LONG_LONG:
            raise OverflowError("Python int too large to convert to C long")
        raise OverflowError(
            "signed integer is greater than maximum" if number > 0 else "signed integer is less than minimum"
        )
    return number


def size(value: object) -> int:
    """An argument that C takes as `Py_ssize_t`, of 64 bits as on most platforms: what a caller would take."""
    number = index(value)
    if not -_LONG_LONG <= number < _LONG_LONG:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return number


def descriptor(value: object) -> int:
    """A descriptor's number, cut to an int as CPython cuts it."""
    number = index(value)
    if not -_LONG_LONG <= number < _LONG_LONG:
        raise OverflowError("Python int too large to convert to C long")
    return (number - INT_MIN & UINT_MAX) + INT_MIN


def offset(value: object) -> int:
    """A place in a file, which C takes as `off_t`."""
    number = index(value)
    if not -_LONG_LONG <= number < _LONG_LONG:
        raise OverflowError("Python int too large to convert to C long")
    return number


def plain(value: str) -> str:
    """A str itself, whatever a subclass of it claims to be."""
    return value if type(value) is str else str.__str__(value)


def items(value: tuple) -> tuple:
    """What a tuple holds, whatever a subclass of it claims to hold."""
    return value if type(value) is tuple else tuple.__getitem__(value, slice(None))


def unsigned(value: object) -> int:
    """An argument of the format `I` or `k`, cut to 32 bits as C does."""
    return index(value) & UINT_MAX


def byte(value: object) -> int:
    """An argument of the format `B`, cut to 8 bits as C does."""
    return index(value) & 0xFF


def text(value: object, refusal: str) -> str:
    """An argument of the format `s`: text without NULs that UTF-8 has; `refusal` is what a caller reads otherwise."""
    if not isinstance(value, str):
        raise TypeError(refusal)
    value = plain(value)
    value.encode()
    if "\0" in value:
        raise ValueError("embedded null character")
    return value


def path(value: object) -> bytes:
    """A str, bytes or path, as `PyUnicode_FSConverter` takes it."""
    named = os.fspath(value)
    encoded = os.fsencode(plain(named)) if isinstance(named, str) else readable(named)
    if b"\0" in encoded:
        raise ValueError("embedded null byte")
    return encoded


def readable(value: object) -> bytes:
    """The bytes of a bytes-like object."""
    if type(value) is bytes:
        return value
    return view(value).tobytes()


def view(value: object) -> memoryview:
    """A bytes-like object, seen as bytes."""
    try:
        seen = memoryview(value)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'") from None
    if not seen.c_contiguous:
        raise BufferError("memoryview: underlying buffer is not C-contiguous")
    return as_bytes(seen)


def writable(value: object) -> memoryview | None:
    """An object that can be written to, seen as bytes; none for what can't."""
    try:
        seen = memoryview(value)
    except Exception:  # whatever it was, CPython says that the argument can't be written to
        return None
    if seen.readonly or not seen.c_contiguous:
        return None
    return seen if seen.format == "B" and seen.ndim == 1 else as_bytes(seen)


def as_bytes(seen: memoryview) -> memoryview:
    """A contiguous view, as one of bytes."""
    if seen.nbytes == 0:
        return memoryview(b"")
    return seen.cast("B")


def refuse_writable(name: str, value: object) -> TypeError:
    """What `PyArg_ParseTuple` says of a first argument that isn't writable."""
    kind = "None" if value is None else type(value).__name__
    return TypeError(f"{name}() argument 1 must be read-write bytes-like object, not {kind}")


def count_text(name: str, given: int, least: int, most: int) -> str:
    """What `PyArg_ParseTuple` says of a number of arguments that isn't between two."""
    quantity = "exactly" if least == most else "at least" if given < least else "at most"
    number = least if given < least else most
    return f"{name} takes {quantity} {number} argument{'s' * (number != 1)} ({given} given)"


def not_none(name: str, given: tuple) -> TypeError:
    """What a function without arguments says of some."""
    return TypeError(f"{name}() takes no arguments ({len(given)} given)")


def one(name: str, given: tuple) -> object:
    """The only argument of a function that takes one."""
    if len(given) != 1:
        raise TypeError(f"{name}() takes exactly one argument ({len(given)} given)")
    return given[0]
