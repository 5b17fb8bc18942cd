"""The module `select`: waiting for many sockets at once.

There is no `epoll`: the contract's poll tells what is ready now, and can't tell what became ready since the last look,
which `EPOLLET` is for. `selectors.DefaultSelector` is a `PollSelector` then.

Source: CPython's Modules/selectmodule.c.
"""

from __future__ import annotations

import time
import types
import warnings
from operator import index

from wallsocket.guest import arguments, errors, timeouts, waiting
from wallsocket.guest.plain import unbound
from wallsocket.guest.waiting import POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, Wanted

# Bytes that a pipe takes whole.
PIPE_BUF = 4096

_USHRT_MAX = 0xFFFF
_MILLISECOND = 1_000_000
_READABLE = POLLIN | POLLHUP | POLLERR
_WRITABLE = POLLOUT | POLLERR


def descriptor(value: object) -> int:
    """The number of an argument that is one or has a `fileno()`."""
    number = value
    if not isinstance(value, int):
        try:
            fileno = value.fileno
        except AttributeError:
            raise TypeError("argument must be an int, or have a fileno() method.") from None
        number = fileno()
        if not isinstance(number, int):
            raise TypeError("fileno() returned a non-integer")
    if isinstance(number, bool):
        warnings.warn("bool is used as a file descriptor", RuntimeWarning, stacklevel=3)
    number = arguments.c_int(number)
    if number < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({number})")
    return number


def select(*given):
    """Waits until some of the sockets are ready: `select(rlist, wlist, xlist[, timeout])`, in seconds.

    Returns those of each list that are. Raises OSError with EBADF for one that is closed. References: select(2).
    """
    if not 3 <= len(given) <= 4:
        least_or_most = "at least 3" if len(given) < 3 else "at most 4"
        raise TypeError(f"select expected {least_or_most} arguments, got {len(given)}")
    timeout = _seconds(given[3]) if len(given) == 4 and given[3] is not None else None
    lists = [_numbers(one) for one in given[:3]]
    masks: dict[int, int] = {}
    for numbers, bit in zip(lists, (POLLIN, POLLOUT, POLLPRI), strict=True):
        for number, _ in numbers:
            masks[number] = masks.get(number, 0) | bit
    ready = _wait_for_asked([Wanted(number, mask) for number, mask in masks.items()], timeout)
    return tuple(
        [value for number, value in numbers if ready.get(number, 0) & bits]
        for numbers, bits in zip(lists, (_READABLE, _WRITABLE, POLLPRI), strict=True)
    )


def _seconds(timeout: object) -> int:
    if not hasattr(timeout, "__index__") and not hasattr(timeout, "__float__"):
        raise TypeError("timeout must be a float or None")
    try:
        duration = timeouts.nanoseconds(timeout)
    except TypeError:
        raise TypeError("timeout must be a float or None") from None
    if duration < 0:
        raise ValueError("timeout must be non-negative")
    return duration


def _numbers(values: object) -> list[tuple[int, object]]:
    try:
        values = list(values)
    except TypeError:
        raise TypeError("arguments 1-3 must be sequences") from None
    return [(descriptor(value), value) for value in values]


def _wait_for_asked(wanted: list[Wanted], timeout: int | None) -> dict[int, int]:
    """Waits as select(2), which doesn't return for a socket that was hung up and of which something else was asked."""
    end = None if timeout is None else time.monotonic_ns() + timeout
    while True:
        happened = waiting.wait(wanted, timeout)
        ready = {}
        for one, bits in happened:
            if bits & POLLNVAL:
                raise errors.os_error("EBADF")
            if bits & _asked(one.mask):
                ready[one.number] = bits
        if ready or not happened:
            return ready
        # They would make the next wait end at once, and tell nothing new.
        past = {one.number for one, _ in happened}
        wanted = [one for one in wanted if one.number not in past]
        if end is not None:
            timeout = max(0, end - time.monotonic_ns())


def _asked(mask: int) -> int:
    return (mask & POLLIN and _READABLE) | (mask & POLLOUT and _WRITABLE) | (mask & POLLPRI)


def poll():
    """An object to wait with for many sockets: `register`, `modify`, `unregister`, `poll`. References: poll(2)."""
    made = object.__new__(_Poll)
    made._wanted = {}
    return made


class _Poll:
    """What `poll()` returns."""

    __slots__ = ("_wanted", "__weakref__")

    def __new__(cls):
        raise TypeError("cannot create 'select.poll' instances")

    def register(self, *given):
        """Waits for a socket as well: `register(fd[, eventmask])`; a second time it changes for what."""
        if not 1 <= len(given) <= 2:
            least_or_most = "at least 1 argument" if not given else "at most 2 arguments"
            raise TypeError(f"register expected {least_or_most}, got {len(given)}")
        mask = _mask(given[1]) if len(given) == 2 else POLLIN | POLLPRI | POLLOUT
        number = descriptor(given[0])
        registered = self._wanted
        if number in registered:
            _change(registered[number], mask)
        else:
            registered[number] = Wanted(number, mask)

    def modify(self, *given):
        """Changes what to wait for: `modify(fd, eventmask)`. Raises OSError with ENOENT for one not registered."""
        if len(given) != 2:
            raise TypeError(f"modify expected 2 arguments, got {len(given)}")
        number = descriptor(given[0])
        mask = _mask(given[1])
        try:
            _change(self._wanted[number], mask)
        except KeyError:
            raise errors.os_error("ENOENT") from None

    def unregister(self, *given):
        """Waits for a socket no more. Raises KeyError for one not registered."""
        if len(given) != 1:
            raise TypeError(f"poll.unregister() takes exactly one argument ({len(given)} given)")
        del self._wanted[descriptor(given[0])]

    def poll(self, *given):
        """Waits, in milliseconds; without a number, or with a negative one, without end.

        Returns the numbers of those on which something happened, each with what.
        """
        if len(given) > 1:
            raise TypeError(f"poll expected at most 1 argument, got {len(given)}")
        timeout = _milliseconds(given[0]) if given and given[0] is not None else None
        return [(one.number, bits) for one, bits in waiting.wait(self._wanted.values(), timeout)]


# C's type has this name, and the function that makes one too.
_Poll.__name__ = _Poll.__qualname__ = "poll"
_Poll.__module__ = "select"


def _change(wanted: Wanted, mask: int) -> None:
    wanted.mask = mask
    wanted.interest = None


def _mask(value: object) -> int:
    mask = index(value)
    if mask < 0:
        raise ValueError("Cannot convert negative int")
    if mask > _USHRT_MAX:
        raise OverflowError("Python int too large for C unsigned short")
    return mask


def _milliseconds(timeout: object) -> int | None:
    try:
        duration = timeouts.nanoseconds(timeout, _MILLISECOND)
    except TypeError:
        raise TypeError("timeout must be an integer or None") from None
    milliseconds = -(-duration // _MILLISECOND) if duration >= 0 else duration // _MILLISECOND
    if not arguments.INT_MIN <= milliseconds <= arguments.INT_MAX:
        raise OverflowError("timeout is too large")
    return None if milliseconds < 0 else milliseconds * _MILLISECOND


def _module() -> types.ModuleType:
    module = types.ModuleType("select", "Waiting for many sockets at once, over wallsocket's WIT.")
    contents = {name: value for name, value in vars(waiting).items() if name.startswith("POLL")}
    for function in (select, poll):
        function.__module__ = "select"
        contents[function.__name__] = unbound(function)
    vars(module).update(contents, error=OSError, PIPE_BUF=PIPE_BUF)
    return module


MODULE = _module()
