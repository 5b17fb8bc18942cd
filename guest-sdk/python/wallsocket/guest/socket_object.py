"""`_socket.socket`: the class that the standard library's `socket.socket` is made of."""

from __future__ import annotations

import sys
import warnings

from componentize_py_types import Err
from wit_world.imports import sharing, sockets, transfer

from wallsocket.guest import addresses, arguments, errors, options, table, timeouts
from wallsocket.guest.constants import AF_INET, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM

_recv, _send, _sendall = transfer.recv, transfer.send, transfer.sendall
_exception = errors.exception

# What a socket has in its handle's place once it is closed, or before it is opened.
_CLOSED = object()

# A part of what `sendall` sends, small enough for one call into the WIT.
_PART = 16 << 20


def _closed(error: AttributeError) -> OSError:
    """What a closed socket raises. The handle of one that was closed, here or by its number, has no `handle`: reading
    that first is how a call learns of it, since the WIT would not survive being given such a one."""
    if error.name != "handle":
        raise error
    return table.bad_descriptor()


class socket:
    """A socket.

    Source: CPython's Modules/socketmodule.c.
    """

    __slots__ = ("_handle", "_number", "_family", "_type", "_proto", "_timeout")
    __module__ = "_socket"

    def __new__(cls, *arguments, **named):
        self = object.__new__(cls)
        self._handle, self._number, self._timeout = _CLOSED, -1, None
        self._family = self._type = self._proto = 0
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        family, type, proto = (arguments.c_int_format(value) for value in (family, type, proto))
        sys.audit("socket.__new__", self, family, type, proto)
        default = timeouts.default()
        if fileno is None:
            if family == -1:
                family = AF_INET
            if type == -1:
                type = SOCK_STREAM
            if proto == -1:
                proto = 0
            handle = errors.call(sockets.Socket.create, family, type, proto)
            self._handle, self._number = handle, table.allocate(handle)
        else:
            self._number, handle = _existing(fileno)
            self._handle = handle
            family = handle.family() if family == -1 else family
            type = handle.type() if type == -1 else type
            proto = handle.protocol() if proto == -1 else proto
        self._family, self._proto = family, proto
        self._type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        if fileno is None and type & SOCK_NONBLOCK:
            self._timeout = 0
        else:
            self._timeout = default
            if default is not None:
                handle.set_timeout(default)

    family = property(lambda self: self._family, doc="the socket family")
    type = property(lambda self: self._type, doc="the socket type")
    proto = property(lambda self: self._proto, doc="the socket protocol")
    timeout = property(lambda self: timeouts.seconds(self._timeout), doc="the socket timeout")

    def __repr__(self):
        return (
            f"<socket object, fd={self._number}, family={self._family}, type={self._type}, proto={self._proto}>"
        )

    def __del__(self):
        if self._number != -1:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, 2, source=self)
            try:
                self.close()
            except OSError:
                pass

    # --- addresses and connections

    def bind(self, address, /):
        """Gives the socket its own address."""
        parsed = addresses.parse(self._family, self._proto, address, "bind")
        sys.audit("socket.bind", self, address)
        self._call(sockets.Socket.bind, parsed)

    def listen(self, backlog=128, /):
        """Lets the socket accept connections."""
        self._call(sockets.Socket.listen, max(arguments.c_int(backlog), 0))

    def _accept(self, /):
        """Waits for a connection; gives its number and the peer's address."""
        handle, peer = self._call(sockets.Socket.accept)
        return table.allocate(handle), addresses.unparse(peer)

    def connect(self, address, /):
        """Connects to an address."""
        parsed = addresses.parse(self._family, self._proto, address, "connect")
        sys.audit("socket.connect", self, address)
        self._call(sockets.Socket.connect, parsed)

    def connect_ex(self, address, /):
        """Connects to an address; gives an error's number instead of raising it."""
        parsed = addresses.parse(self._family, self._proto, address, "connect_ex")
        sys.audit("socket.connect", self, address)
        try:
            self._call(sockets.Socket.connect, parsed)
        except TimeoutError:
            return errors.guest_number(11)
        except OSError as error:
            return error.errno
        return 0

    def shutdown(self, how, /):
        """Closes one or both halves of the connection."""
        self._call(sockets.Socket.shutdown, arguments.c_int(how))

    def getsockname(self, /):
        """The socket's own address."""
        return addresses.unparse(self._call(sockets.Socket.getsockname))

    def getpeername(self, /):
        """The peer's address."""
        return addresses.unparse(self._call(sockets.Socket.getpeername))

    def _call(self, method, *given):
        try:
            handle = self._handle
            handle.handle
            return method(handle, *given)
        except Err as error:
            raise _exception(error.value) from None
        except AttributeError as error:
            raise _closed(error) from None

    # --- numbers

    def fileno(self, /):
        """The socket's number, -1 once it is closed."""
        return self._number

    def detach(self, /):
        """Gives up the object and returns the number, which stays open."""
        number = self._number
        self._number, self._handle = -1, _CLOSED
        return number

    def close(self, /):
        """Closes the socket."""
        number = self._number
        if number != -1:
            handle = self._handle
            self._number, self._handle = -1, _CLOSED
            if table.find(number) is not handle:
                raise table.bad_descriptor()
            try:
                errors.call(sockets.Socket.close, table.release(number))
            except ConnectionResetError:
                pass

    # --- timeouts

    def settimeout(self, timeout, /):
        """Sets the timeout in seconds; None waits without end, 0 doesn't wait."""
        self._set_timeout(timeouts.parse(timeout))

    def gettimeout(self, /):
        """The timeout in seconds."""
        return timeouts.seconds(self._timeout)

    def setblocking(self, flag, /):
        """Waits without end, or doesn't wait."""
        self._set_timeout(None if flag else 0)

    def getblocking(self, /):
        """Whether calls wait."""
        return self._timeout != 0

    def _set_timeout(self, timeout):
        self._timeout = timeout
        self._call(sockets.Socket.set_timeout, timeout)

    # --- data

    def recv(self, buffersize, flags=0, /):
        """Receives up to `buffersize` bytes."""
        if buffersize.__class__ is not int or flags.__class__ is not int or flags or not 0 <= buffersize <= 0x7FFFFFFF:
            buffersize, flags = arguments.size(buffersize), arguments.c_int_format(flags)
            if buffersize < 0:
                raise ValueError("negative buffersize in recv")
        try:
            handle = self._handle
            handle.handle
            return _recv(handle, buffersize, flags)
        except Err as error:
            raise _exception(error.value) from None
        except AttributeError as error:
            raise _closed(error) from None

    def recv_into(self, buffer, nbytes=0, flags=0):
        """Receives into a buffer; gives the number of bytes."""
        flags = arguments.c_int_format(flags)
        with arguments.writable(buffer, "recv_into") as view:
            length = arguments.size(nbytes)
            if length < 0:
                raise ValueError("negative buffersize in recv_into")
            if length > len(view):
                raise ValueError("buffer too small for requested bytes")
            data = self._call(_recv, length or len(view), flags)
            view[: len(data)] = data
            return len(data)

    def recvfrom(self, buffersize, flags=0, /):
        """Receives data and the sender's address."""
        buffersize, flags = arguments.size(buffersize), arguments.c_int_format(flags)
        if buffersize < 0:
            raise ValueError("negative buffersize in recvfrom")
        data, peer = self._call(transfer.recvfrom, buffersize, flags)
        return data, addresses.unparse(peer)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """Receives into a buffer; gives the number of bytes and the sender's address."""
        flags = arguments.c_int_format(flags)
        with arguments.writable(buffer, "recvfrom_into") as view:
            length = arguments.size(nbytes)
            if length < 0:
                raise ValueError("negative buffersize in recvfrom_into")
            if length > len(view):
                raise ValueError("nbytes is greater than the length of the buffer")
            data, peer = self._call(transfer.recvfrom, length or len(view), flags)
            view[: len(data)] = data
            return len(data), addresses.unparse(peer)

    def send(self, data, flags=0, /):
        """Sends what the socket takes at once; gives the number of bytes."""
        if data.__class__ is not bytes:
            data = arguments.readable(data)
        if flags.__class__ is not int or flags:
            flags = arguments.c_int_format(flags)
        try:
            handle = self._handle
            handle.handle
            return _send(handle, data, flags)
        except Err as error:
            raise _exception(error.value) from None
        except AttributeError as error:
            raise _closed(error) from None

    def sendall(self, data, flags=0, /):
        """Sends all of it."""
        data = arguments.readable(data)
        flags = arguments.c_int_format(flags)
        self._call(_sendall, data, flags, None)

    def sendto(self, *given):
        """Sends a datagram to an address: `sendto(data[, flags], address)`."""
        if len(given) == 2:
            (data, address), flags = given, 0
        elif len(given) == 3:
            data, flags, address = given
        else:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(given)} given)")
        data = arguments.readable(data)
        flags = arguments.c_int_format(flags)
        parsed = addresses.parse(self._family, self._proto, address, "sendto")
        sys.audit("socket.sendto", self, address)
        return self._call(transfer.sendto, data, flags, parsed)

    # --- options

    def getsockopt(self, level, option, buffersize=0, /):
        """Reads an option: an int, or with a size its bytes."""
        return options.get(self, level, option, buffersize)

    def setsockopt(self, *given):
        """Sets an option: `setsockopt(level, option, int | bytes)`, or `setsockopt(level, option, None, length)`."""
        options.set(self, *given)


def _existing(fileno):
    """The number and the handle that `socket(fileno=…)` is for."""
    if isinstance(fileno, float):
        raise TypeError("integer argument expected, got float")
    number = arguments.c_int(fileno)
    if number < 0:
        raise ValueError("negative file descriptor")
    handle = table.find(number)
    if handle is None:
        handle = errors.call(sharing.inherit, number)
        number = table.allocate(handle)
    if not isinstance(handle, sockets.Socket):
        raise errors.os_error("ENOTSOCK")
    return number, handle
