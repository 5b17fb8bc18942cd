"""Data with control messages beside it: `sendmsg`, `recvmsg` and their kin.

Source: CPython's `sock_sendmsg`, `sock_recvmsg_guts`, `sock_sendmsg_afalg`.
"""

from __future__ import annotations

import sys

from wit_world.imports import messages as wit

from wallsocket.guest import addresses, arguments, cmsg, errors, parsing
from wallsocket.guest.arguments import INT_MAX
from wallsocket.guest.constants import AF_ALG, MSG_TRUNC
from wallsocket.guest.transfer import MOST, whole

# The most buffers of one message, Linux's `UIO_MAXIOV`.
_MOST_BUFFERS = 1024
# The most room for control messages to send: several times what a kernel takes by default (`optmem_max`).
_MOST_CONTROL = 1 << 20
# No control messages, no flags, no address.
_SEND_DEFAULTS = ((), 0, None)


class Messages:
    """A socket's messages."""

    __slots__ = ()

    def sendmsg(self, *given) -> int:
        """Sends data gathered from buffers, with control messages. Returns how many bytes of data went.

        `sendmsg(buffers[, ancdata[, flags[, address]]])`
        """
        parsing.takes("sendmsg", given, 1, 4)
        buffers, ancillary, flags, address = (*given, *_SEND_DEFAULTS[len(given) - 1 :])
        flags = arguments.c_int_format(flags)
        parsed = None
        if address is not None:
            parsed = addresses.parse(self._family, self._proto, address, "sendmsg")
        sys.audit("socket.sendmsg", self, address)
        parts = _gathered(buffers)
        items, room = [], 0
        for item in _sequence(ancillary, "sendmsg() argument 2 must be an iterable"):
            level, kind, data = cmsg.item(item)
            if data.nbytes > INT_MAX - 24:
                raise OSError("ancillary data item too large")
            room += cmsg.space(data.nbytes)
            items.append((level, kind, data))
        if room > _MOST_CONTROL:
            raise errors.os_error("ENOBUFS")
        messages = [cmsg.outgoing(level, kind, data.tobytes()) for level, kind, data in items]
        return self._call(wit.sendmsg, parts, messages, flags, parsed)

    def sendmsg_afalg(self, *given, **named):
        """Sends data to an `AF_ALG` socket, with what to do and by which IV.

        `sendmsg_afalg([msg], *, op[, iv[, assoclen[, flags]]])`
        """
        if self._family != AF_ALG:
            raise OSError("algset is only supported for AF_ALG")
        msg, op, iv, length, flags = _algorithm_arguments(*given, **named)
        messages = [wit.OutgoingMessage_AlgOperation(op)]
        if iv is not None:
            messages.append(wit.OutgoingMessage_AlgIv(iv))
        if length is not None:
            messages.append(wit.OutgoingMessage_AlgAssociatedLength(length))
        parts = [] if msg is None else _gathered(msg)
        return self._call(wit.sendmsg, parts, messages, flags, None)

    def recvmsg(self, *given) -> tuple:
        """Receives data and control messages: `(data, ancdata, msg_flags, address)`.

        `recvmsg(bufsize[, ancbufsize[, flags]])`
        """
        parsing.takes("recvmsg", given, 1, 3)
        size, room, flags = (*given, 0, 0)[:3]
        size, room, flags = arguments.size(size), arguments.size(room), arguments.c_int_format(flags)
        if size < 0:
            raise ValueError("negative buffer size in recvmsg()")
        received, ancillary = self._receive(min(size, INT_MAX), room, flags)
        return received.data, ancillary, received.flags, addresses.unparse(received.address)

    def recvmsg_into(self, *given) -> tuple:
        """Receives data into buffers, and control messages: `(nbytes, ancdata, msg_flags, address)`.

        `recvmsg_into(buffers[, ancbufsize[, flags]])`
        """
        parsing.takes("recvmsg_into", given, 1, 3)
        buffers, room, flags = (*given, 0, 0)[:3]
        room, flags = arguments.size(room), arguments.c_int_format(flags)
        views = []
        for buffer in _sequence(buffers, "recvmsg_into() argument 1 must be an iterable"):
            view = arguments.writable(buffer)
            if view is None:
                raise TypeError("recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers")
            views.append(view)
        if len(views) > _MOST_BUFFERS:
            raise errors.os_error("EMSGSIZE")
        length = min(sum(view.nbytes for view in views), INT_MAX)
        received, ancillary = self._receive(whole(self, length, flags), room, flags)
        data = memoryview(received.data)
        start = 0
        for view in views:
            part = data[start : start + view.nbytes]
            view[: part.nbytes] = part
            start += part.nbytes
        cut = MSG_TRUNC if data.nbytes > length else 0
        return data.nbytes, ancillary, received.flags | cut, addresses.unparse(received.address)

    def _receive(self, size, room, flags):
        if not 0 <= room <= INT_MAX:
            raise ValueError("invalid ancillary data buffer length")
        received = self._call(wit.recvmsg, size, room, flags)
        return received, [cmsg.incoming(message) for message in received.messages]


def _sequence(value, refusal):
    """What is iterated, taken whole before anything is done with it."""
    if isinstance(value, (list, tuple)):
        return value
    try:
        iterator = iter(value)
    except TypeError:
        raise TypeError(refusal) from None
    return list(iterator)


def _gathered(buffers):
    """The bytes of the buffers, as far as one call takes them."""
    buffers = _sequence(buffers, "sendmsg() argument 1 must be an iterable")
    if {*map(type, buffers)} == {bytes} and len(buffers) <= _MOST_BUFFERS and sum(map(len, buffers)) <= MOST:
        return [*buffers]
    views = [arguments.view(buffer) for buffer in buffers]
    if len(views) > _MOST_BUFFERS:
        raise errors.os_error("EMSGSIZE")
    parts, left = [], MOST
    for view in views:
        parts.append(view[:left].tobytes())
        left -= len(parts[-1])
    return parts


# What wasn't given: None is an argument, and a wrong one.
_NOTHING = object()


def _algorithm_arguments(msg=None, *, op=_NOTHING, iv=_NOTHING, assoclen=_NOTHING, flags=0):
    iv = None if iv is _NOTHING else arguments.readable(iv)
    for position, number in ((2, op), (4, assoclen)):
        if number is not _NOTHING and not isinstance(number, int):
            raise TypeError(f"sendmsg_afalg() argument {position} must be int, not {type(number).__name__}")
    flags = arguments.c_int_format(flags)
    if op is _NOTHING or not 0 <= op <= INT_MAX:
        raise TypeError("Invalid or missing argument 'op'")
    length = None if assoclen is _NOTHING else assoclen
    if length is not None and arguments.c_int(length) < 0:
        raise TypeError("assoclen must be positive")
    return msg, op, iv, length, flags
