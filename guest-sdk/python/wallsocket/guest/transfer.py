"""Data in and out, without control messages.

What is most often called is written out, with few steps: each costs a part of what the call itself does. A socket that
was closed, by itself or by its number, holds a handle without `handle`; reading that first is how a call learns of it,
since the runtime would not survive being given such a one.

Source: CPython's `sock_recv`, `sock_send` and their kin.
"""

from __future__ import annotations

import sys
import time

from componentize_py_types import Ok
from wit_world.imports import transfer as wit

from wallsocket.guest import addresses, arguments, direct, errors, parsing, table
from wallsocket.guest.arguments import INT_MAX, INT_MIN, MISSING
from wallsocket.guest.constants import MSG_TRUNC, SOCK_STREAM

_import = direct.call_import
_RECV, _RECVFROM = direct.number(wit.recv), direct.number(wit.recvfrom)
_SEND, _SENDALL, _SENDTO = direct.number(wit.send), direct.number(wit.sendall), direct.number(wit.sendto)
_exception = errors.exception
_writable = arguments.writable
_parse, _unparse = addresses.parse, addresses.unparse

# The most bytes of one call: beyond some 100 MiB the host ends the component. A stream takes less at once anyway, and
# no datagram is as long.
MOST = 16 << 20


def closed(error: AttributeError) -> OSError:
    """What a socket raises that has no handle any more."""
    if error.name != "handle":
        raise error
    return table.bad_descriptor()


class Transfer:
    """A socket's plain data."""

    __slots__ = ()

    def recv(self, buffersize=MISSING, flags=0, /, *excess) -> bytes:
        """Receives up to `buffersize` bytes; none are the end of a stream. `recv(buffersize[, flags])`"""
        if (
            type(buffersize) is not int
            or not 0 < buffersize <= INT_MAX
            or type(flags) is not int
            or (flags and (flags & MSG_TRUNC or not INT_MIN <= flags <= INT_MAX))
            or excess
        ):
            buffersize, flags = _receive_arguments("recv", buffersize, flags, excess)
            if buffersize == 0:
                return b""
            buffersize = whole(self, buffersize, flags)
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_RECV, [handle, buffersize, flags])
        if type(result) is Ok:
            return result.value
        raise _exception(result.value)

    def recvfrom(self, buffersize=MISSING, flags=0, /, *excess) -> tuple[bytes, object]:
        """Receives up to `buffersize` bytes, with the sender's address. `recvfrom(buffersize[, flags])`"""
        if (
            type(buffersize) is not int
            or not 0 <= buffersize <= INT_MAX
            or type(flags) is not int
            or (flags and (flags & MSG_TRUNC or not INT_MIN <= flags <= INT_MAX))
            or excess
        ):
            buffersize, flags = _receive_arguments("recvfrom", buffersize, flags, excess)
            buffersize = whole(self, buffersize, flags)
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_RECVFROM, [handle, buffersize, flags])
        if type(result) is not Ok:
            raise _exception(result.value)
        data, address = result.value
        return data, _unparse(address)

    def recv_into(self, buffer=MISSING, nbytes=0, flags=0, *excess) -> int:
        """Receives into a buffer, all of it or `nbytes`; returns how many bytes came."""
        view = None if excess else _writable(buffer)
        if view is None:
            raise _buffer_refused("recv_into", buffer, excess)
        length = view.nbytes
        if type(nbytes) is not int or type(flags) is not int or nbytes or flags:
            nbytes, flags = arguments.size(nbytes), arguments.c_int_format(flags)
            if nbytes < 0:
                raise ValueError("negative buffersize in recv_into")
            if nbytes > length:
                raise ValueError("buffer too small for requested bytes")
            length = nbytes or length
        if length == 0:
            return 0
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_RECV, [handle, whole(self, length, flags) if flags & MSG_TRUNC else length, flags])
        if type(result) is not Ok:
            raise _exception(result.value)
        data = result.value
        came = len(data)
        if came > length:
            data = data[:length]
        view[: len(data)] = data
        return came

    def recvfrom_into(self, buffer=MISSING, nbytes=0, flags=0, *excess) -> tuple[int, object]:
        """Receives into a buffer, all of it or `nbytes`; returns how many bytes came, and the sender's address."""
        view = None if excess else _writable(buffer)
        if view is None:
            raise _buffer_refused("recvfrom_into", buffer, excess)
        nbytes, flags = arguments.size(nbytes), arguments.c_int_format(flags)
        if nbytes < 0:
            raise ValueError("negative buffersize in recvfrom_into")
        if nbytes > view.nbytes:
            raise ValueError("nbytes is greater than the length of the buffer")
        length = nbytes or view.nbytes
        data, address = self._call(wit.recvfrom, whole(self, length, flags), flags)
        came = len(data)
        data = data[:length]
        view[: len(data)] = data
        return came, _unparse(address)

    def send(self, data=MISSING, flags=0, /, *excess) -> int:
        """Sends what the socket takes at once; returns how many bytes that was. `send(data[, flags])`"""
        if (
            type(data) is not bytes
            or len(data) > MOST
            or type(flags) is not int
            or (flags and not INT_MIN <= flags <= INT_MAX)
            or excess
        ):
            view, flags = _send_arguments("send", data, flags, excess)
            data = view[:MOST].tobytes()
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_SEND, [handle, data, flags])
        if type(result) is Ok:
            return result.value
        raise _exception(result.value)

    def sendall(self, data=MISSING, flags=0, /, *excess) -> None:
        """Sends all of it, within the socket's timeout for the whole. `sendall(data[, flags])`"""
        if (
            type(data) is not bytes
            or len(data) > MOST
            or type(flags) is not int
            or (flags and not INT_MIN <= flags <= INT_MAX)
            or excess
        ):
            view, flags = _send_arguments("sendall", data, flags, excess)
            if view.nbytes > MOST:
                return self._send_parts(view, flags)
            data = view.tobytes()
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_SENDALL, [handle, data, flags, None])
        if type(result) is Ok:
            return result.value
        raise _exception(result.value)

    def _send_parts(self, view: memoryview, flags: int) -> None:
        timeout = self._timeout
        deadline = time.monotonic_ns() + timeout if timeout else None
        for start in range(0, view.nbytes, MOST):
            if deadline is not None:
                timeout = deadline - time.monotonic_ns()
                if timeout <= 0:
                    raise TimeoutError("timed out")
            self._call(wit.sendall, view[start : start + MOST].tobytes(), flags, timeout)

    def sendto(self, *given) -> int:
        """Sends a datagram to an address; returns how many bytes went. `sendto(data[, flags], address)`"""
        if len(given) == 2:
            data, address = given
            flags = 0
        elif len(given) == 3:
            data, flags, address = given
        else:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(given)} given)")
        if type(data) is not bytes or len(data) > MOST:
            data = arguments.view(data)[:MOST].tobytes()
        if type(flags) is not int or flags:
            flags = arguments.c_int_format(flags)
        parsed = _parse(self._family, self._proto, address, "sendto")
        sys.audit("socket.sendto", self, address)
        handle = self._handle
        try:
            handle.handle
        except AttributeError as error:
            raise closed(error) from None
        result = _import(_SENDTO, [handle, data, flags, parsed])
        if type(result) is Ok:
            return result.value
        raise _exception(result.value)


def whole(socket: Transfer, size: int, flags: int) -> int:
    """How much to ask for: where `MSG_TRUNC` asks how long a datagram is, all of it: the WIT has no other answer."""
    return max(size, MOST) if flags & MSG_TRUNC and socket._type != SOCK_STREAM else size


def _receive_arguments(name: str, size: object, flags: object, excess: tuple) -> tuple[int, int]:
    if size is MISSING or excess:
        parsing.takes(name, () if size is MISSING else (size, flags, *excess), 1, 2)
    size, flags = arguments.size(size), arguments.c_int_format(flags)
    if size < 0:
        raise ValueError(f"negative buffersize in {name}")
    return min(size, INT_MAX), flags


def _buffer_refused(name: str, buffer: object, excess: tuple) -> TypeError:
    if excess:
        return TypeError(arguments.count_text(f"{name}()", 3 + len(excess), 1, 3))
    if buffer is MISSING:
        return TypeError(f"{name}() missing required argument 'buffer' (pos 1)")
    return arguments.refuse_writable(name, buffer)


def _send_arguments(name: str, data: object, flags: object, excess: tuple) -> tuple[memoryview, int]:
    if data is MISSING or excess:
        parsing.takes(name, () if data is MISSING else (data, flags, *excess), 1, 2)
    return arguments.view(data), arguments.c_int_format(flags)
