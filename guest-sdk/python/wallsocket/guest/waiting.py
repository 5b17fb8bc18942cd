"""Waiting for numbers: sockets by one call of the contract's poll, standard input beside them, files without."""

from __future__ import annotations

import os
from collections.abc import Collection

from wit_world.imports import monotonic_clock, sockets, stdin, wasi_io_poll
from wit_world.imports import wallsocket_socket_poll as wit

from wallsocket.guest import errors, files, table

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 0x1, 0x2, 0x4, 0x8, 0x10, 0x20
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 0x40, 0x80, 0x100, 0x200, 0x400, 0x2000

_TO_READ = POLLIN | POLLRDNORM
_TO_WRITE = POLLOUT | POLLWRNORM
_STDIN, _STDOUT, _STDERR = 0, 1, 2

# Linux's bits ↔ the contract's. What was asked for by another name is answered by that name too.
_TO_WIT = {
    POLLIN: wit.Events.READABLE,
    POLLRDNORM: wit.Events.READABLE,
    POLLPRI: wit.Events.PRIORITY,
    POLLOUT: wit.Events.WRITABLE,
    POLLWRNORM: wit.Events.WRITABLE,
    POLLRDHUP: wit.Events.READ_HANG_UP,
}
_FROM_WIT = (
    (wit.Events.READABLE, _TO_READ),
    (wit.Events.PRIORITY, POLLPRI),
    (wit.Events.WRITABLE, _TO_WRITE),
    (wit.Events.ERROR, POLLERR),
    (wit.Events.HANG_UP, POLLHUP),
    (wit.Events.READ_HANG_UP, POLLRDHUP),
)
_ALWAYS_TOLD = POLLERR | POLLHUP | POLLNVAL

_events: dict[int, wit.Events] = {}
_bits: dict[int, int] = {}


class Wanted:
    """A number and what to wait for on it."""

    __slots__ = ("number", "mask", "interest")

    def __init__(self, number: int, mask: int) -> None:
        self.number = number
        self.mask = mask
        self.interest: wit.Interest | None = None


def wait(wanted: Collection[Wanted], timeout: int | None) -> list[tuple[Wanted, int]]:
    """Waits until something happened on one of the numbers, or the nanoseconds have passed; none waits without end.

    Returns what happened, as `POLL*`; a number that nothing has is `POLLNVAL`.
    """
    find, kind = table.find, sockets.Socket
    happened: list[tuple[Wanted, int]] = []
    waiting: list[Wanted] = []
    interests: list[wit.Interest] = []
    typing: list[Wanted] = []
    for one in wanted:
        handle = find(one.number)
        if handle.__class__ is kind:
            interest = one.interest
            if interest is None or interest.socket is not handle:
                interest = one.interest = wit.Interest(handle, _events_of(one.mask))
            interests.append(interest)
            waiting.append(one)
        elif handle is None and one.number == _STDIN and one.mask & _TO_READ:
            typing.append(one)
        elif ready := _ready(one, handle):
            happened.append((one, ready))
    if happened:
        timeout = 0
    if typing:
        occurrences, typed = _poll_with_stdin(interests, timeout)
        if typed:
            happened += [(one, one.mask & _TO_READ) for one in typing]
    elif interests or timeout != 0:
        occurrences = errors.call(wit.poll, interests, timeout)
    else:
        occurrences = []
    mixed = bool(happened and occurrences)
    for occurrence in occurrences:
        one = waiting[occurrence.index]
        happened.append((one, _bits_of(occurrence.events) & (one.mask | _ALWAYS_TOLD)))
    if mixed:
        places = {one.number: place for place, one in enumerate(wanted)}
        happened.sort(key=lambda item: places[item[0].number])
    return happened


def _ready(one: Wanted, handle: object) -> int:
    """What is ready at once of something that isn't a socket: everything, of a file."""
    if handle is None:
        try:
            os.fstat(one.number)
        except OSError:
            return POLLNVAL
        if one.number in (_STDIN, _STDOUT, _STDERR):
            return one.mask & _TO_WRITE
    elif not isinstance(handle, files.File):
        return POLLNVAL
    return one.mask & (_TO_READ | _TO_WRITE)


def _poll_with_stdin(interests: list[wit.Interest], timeout: int | None) -> tuple[list[wit.Occurrence], bool]:
    with stdin.get_stdin() as stream, stream.subscribe() as typed:
        pollables = [typed]
        try:
            if timeout:
                pollables.append(monotonic_clock.subscribe_duration(timeout))
            for interest in interests:
                pollables.append(errors.call(wit.subscribe, interest.socket, interest.events))
            if timeout != 0:
                wasi_io_poll.poll(pollables)
            occurrences = errors.call(wit.poll, interests, 0) if interests else []
            return occurrences, typed.ready()
        finally:
            for pollable in pollables[1:]:
                pollable.__exit__(None, None, None)


def _events_of(mask: int) -> wit.Events:
    events = _events.get(mask)
    if events is None:
        events = wit.Events(0)
        for bit, event in _TO_WIT.items():
            if mask & bit:
                events |= event
        _events[mask] = events
    return events


def _bits_of(events: wit.Events) -> int:
    value = events.value
    bits = _bits.get(value)
    if bits is None:
        bits = 0
        for event, told in _FROM_WIT:
            if event in events:
                bits |= told
        _bits[value] = bits
    return bits
