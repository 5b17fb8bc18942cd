"""The WIT's errors as Python's exceptions.

The WIT speaks Linux's error numbers. The guest's `errno` has WASI's, and CPython chooses subclasses of `OSError` by
those: so a number is translated by its name. Names that WASI lacks get numbers beyond its own.
"""

from __future__ import annotations

import errno
import os

from componentize_py_types import Err

from wallsocket.guest.linux_errno import ALIASES, LINUX

_LINUX_EPIPE = 32
# Where the numbers of names begin that WASI hasn't: 1000 and Linux's number.
BEYOND = 1000


# What the WIT raised is the context of what a program gets, and unittest and others set the traceback of both. It is
# frozen, and nobody else may have cause to change it.
Err.__setattr__ = Exception.__setattr__


class herror(OSError):
    """A look-up of a host failed, with a number of `h_errno`."""

    __module__ = "socket"


class gaierror(OSError):
    """A look-up failed, with one of `EAI_*`."""

    __module__ = "socket"


NAME_LOOKUP = {
    -1: "Bad value for ai_flags",
    -2: "Name or service not known",
    -3: "Temporary failure in name resolution",
    -4: "Non-recoverable failure in name resolution",
    -5: "No address associated with hostname",
    -6: "ai_family not supported",
    -7: "ai_socktype not supported",
    -8: "Servname not supported for ai_socktype",
    -9: "Address family for hostname not supported",
    -10: "Memory allocation failure",
    -11: "System error",
    -12: "Argument buffer overflow",
}

HOST_LOOKUP = {
    -1: "Resolver internal error",
    0: "Resolver Error 0 (no error)",
    1: "Unknown host",
    2: "Host name lookup failure",
    3: "Unknown server error",
    4: "No address associated with name",
}

# Linux's number: the guest's number and the text.
_TRANSLATED: dict[int, tuple[int, str]] = {}
_TEXTS: dict[int, str] = {}


def _translate() -> None:
    for number, (name, text) in LINUX.items():
        own = getattr(errno, name, None)
        if own is None:
            own = BEYOND + number
            setattr(errno, name, own)
            errno.errorcode[own] = name
        # An exception's text and `os.strerror` have to agree, and WASI's C library has other words.
        _TEXTS[own] = text
        _TRANSLATED[number] = own, text
    # To CPython on WASI this is another name for EPIPE, and the one that `errorcode` tells.
    if errno.ESHUTDOWN == errno.EPIPE:
        errno.errorcode[errno.EPIPE] = "EPIPE"
        _TEXTS[errno.EPIPE] = LINUX[_LINUX_EPIPE][1]
    for alias, name in ALIASES.items():
        if not hasattr(errno, alias):
            setattr(errno, alias, getattr(errno, name))


_translate()
_strerror = os.strerror


def strerror(code: int, /) -> str:
    """`os.strerror` that knows the numbers which WASI lacks."""
    text = _TEXTS.get(code)
    return _strerror(code) if text is None else text


def install() -> None:
    """Lets `os.strerror` know the numbers that were added to `errno`."""
    os.strerror = strerror


def guest_number(linux: int) -> int:
    """The guest's error number for one of Linux's."""
    found = _TRANSLATED.get(linux)
    return BEYOND + linux if found is None else found[0]


def from_number(linux: int) -> OSError:
    """The exception for an error number of Linux's."""
    found = _TRANSLATED.get(linux)
    if found is None:
        return OSError(BEYOND + linux, f"Unknown error {linux}")
    return OSError(*found)


_BY_NAME = {name: number for number, (name, _) in LINUX.items()}


def number(name: str) -> int:
    """The guest's error number by its name."""
    return guest_number(_BY_NAME[name])


def os_error(name: str) -> OSError:
    """The exception for an error by its name: `os_error("EBADF")`."""
    return from_number(_BY_NAME[name])


def name_lookup(code: int) -> gaierror:
    """The exception for one of `EAI_*`."""
    return gaierror(code, NAME_LOOKUP.get(code, "Unknown error"))


def exception(error) -> OSError:
    """The exception for an error of the WIT."""
    kind = type(error).__name__
    if kind == "Error_Os":
        return from_number(error.value)
    if kind == "Error_TimedOut":
        return TimeoutError("timed out")
    if kind == "Error_NameLookup":
        return name_lookup(error.value)
    if kind == "Error_HostLookup":
        return herror(error.value, HOST_LOOKUP.get(error.value, "Unknown resolver error"))
    denial = error.value
    found = from_number(denial.errno)
    text = f"{found.strerror}: {denial.reason}"
    if denial.grant:
        text += f" (this would allow it: {denial.grant})"
    denied = OSError(found.errno, text)
    denied.reason, denied.grant = denial.reason, denial.grant
    return denied


def call(function, *arguments):
    """Calls an import of the WIT, its errors raised as Python's."""
    try:
        return function(*arguments)
    except Err as error:
        raise exception(error.value) from None
