"""`_socket.socket`: the class that the standard library's `socket.socket` is made of."""

from __future__ import annotations

import abc
import os
import sys
import warnings

from componentize_py_types import Err
from wit_world.imports import options, sharing, sockets

from wallsocket.guest import addresses, arguments, errors, parsing, table, timeouts
from wallsocket.guest.constants import AF_INET, SO_PROTOCOL, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM, SOL_SOCKET
from wallsocket.guest.messages import Messages
from wallsocket.guest.options import Options
from wallsocket.guest.transfer import Transfer, closed

_Socket = sockets.Socket
# What a socket has in its handle's place once it is closed, and before it is opened.
_CLOSED = object()


class Immutable(abc.ABCMeta):
    """The type of `_socket.socket`, whose attributes can't be set, as those of a class in C.

    It is an ABCMeta, so that a class can have abstract classes beside sockets for its bases.
    """

    def __setattr__(cls, name, value):
        if cls.__module__ == "_socket" and name not in ("__abstractmethods__", "_abc_impl"):
            raise TypeError(f"cannot set {name!r} attribute of immutable type '_socket.{cls.__name__}'")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if cls.__module__ == "_socket":
            raise TypeError(f"cannot delete {name!r} attribute of immutable type '_socket.{cls.__name__}'")
        super().__delattr__(name)

    # A class of C has none of what an abstract class does here.
    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__


class socket(Transfer, Messages, Options, metaclass=Immutable):
    """A socket: `socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None)`.

    `fileno` is the number of one that exists: one of this guest's own, one that the runner handed over, or the token of
    one that was shared.

    Source: CPython's Modules/socketmodule.c.
    """

    __module__ = "_socket"
    __slots__ = ("_handle", "_number", "_family", "_type", "_proto", "_timeout")

    def __new__(cls, *given, **named):
        self = object.__new__(cls)
        self._handle, self._number, self._timeout = _CLOSED, -1, None
        self._family = self._type = self._proto = 0
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        family, type, proto = arguments.c_int(family), arguments.c_int(type), arguments.c_int(proto)
        sys.audit("socket.__new__", self, family, type, proto)
        if fileno is None:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
            handle = errors.call(_Socket.create, family, type, proto)
            number = table.allocate(handle)
        else:
            number, handle = _existing(fileno)
            shared = isinstance(fileno, bytes)
            family = handle.family() if family == -1 or shared else family
            type = handle.type() if type == -1 or shared else type
            proto = _protocol(handle) if proto == -1 or shared else proto
        self._open(handle, number, family, type, proto)

    def _open(self, handle: sockets.Socket, number: int, family: int, type: int, proto: int) -> None:
        self._handle, self._number = handle, number
        self._family, self._proto = family, proto
        self._type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        if type & SOCK_NONBLOCK:
            self._timeout = 0
        else:
            self._timeout = timeouts.default()
            if self._timeout is not None:
                handle.set_timeout(self._timeout)

    family = property(lambda self: self._family, doc="the socket family")
    type = property(lambda self: self._type, doc="the socket type")
    proto = property(lambda self: self._proto, doc="the socket protocol")
    timeout = property(lambda self: timeouts.seconds(self._timeout), doc="the socket timeout")

    def __repr__(self) -> str:
        return f"<socket object, fd={self._number}, family={self._family}, type={self._type}, proto={self._proto}>"

    def __del__(self) -> None:
        if self._number == -1:
            return
        try:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
        finally:
            try:
                self.close()
            except OSError:
                pass

    def _call(self, function, *given):
        """Calls a function of the WIT with the handle."""
        handle = self._handle
        try:
            handle.handle
            return function(handle, *given)
        except Err as error:
            raise errors.exception(error.value) from None
        except AttributeError as error:
            raise closed(error) from None

    # --- addresses and connections

    def bind(self, *given) -> None:
        """Gives the socket its own address. `bind(address)`"""
        address = arguments.one("socket.bind", given)
        parsed = addresses.parse(self._family, self._proto, address, "bind")
        sys.audit("socket.bind", self, address)
        self._call(_Socket.bind, parsed)

    def listen(self, *given) -> None:
        """Lets the socket accept connections; `backlog` of them may wait. `listen([backlog])`"""
        parsing.takes("listen", given, 0, 1)
        backlog = max(arguments.c_int_format(given[0]), 0) if given else None
        self._call(_Socket.listen, backlog)

    def _accept(self, /, *excess) -> tuple[int, object]:
        """Waits for a connection; returns its number and the peer's address."""
        if excess:
            raise arguments.not_none("socket._accept", excess)
        handle, peer = self._call(_Socket.accept)
        return table.allocate(handle), addresses.unparse(peer)

    def connect(self, *given) -> None:
        """Connects to an address. `connect(address)`"""
        address = arguments.one("socket.connect", given)
        parsed = addresses.parse(self._family, self._proto, address, "connect")
        sys.audit("socket.connect", self, address)
        self._call(_Socket.connect, parsed)

    def connect_ex(self, *given) -> int:
        """Connects to an address; returns an error's number, 0 for none. `connect_ex(address)`"""
        address = arguments.one("socket.connect_ex", given)
        parsed = addresses.parse(self._family, self._proto, address, "connect_ex")
        sys.audit("socket.connect", self, address)
        try:
            self._call(_Socket.connect, parsed)
        except errors.gaierror:
            raise
        except TimeoutError as error:
            # The network's own timeout has a number, the socket's is what not waiting gives.
            return errors.number("EAGAIN") if error.errno is None else error.errno
        except OSError as error:
            return error.errno
        return 0

    def shutdown(self, *given) -> None:
        """Closes one or both halves of the connection: `shutdown(SHUT_RD | SHUT_WR | SHUT_RDWR)`."""
        self._call(_Socket.shutdown, arguments.c_int(arguments.one("socket.shutdown", given)))

    def getsockname(self, /, *excess) -> object:
        """The socket's own address."""
        if excess:
            raise arguments.not_none("socket.getsockname", excess)
        if self._family == 0 and self._handle is _CLOSED:
            raise OSError("getsockaddrlen: bad family")  # it was never opened
        return addresses.unparse(self._call(_Socket.getsockname))

    def getpeername(self, /, *excess) -> object:
        """The peer's address."""
        if excess:
            raise arguments.not_none("socket.getpeername", excess)
        return addresses.unparse(self._call(_Socket.getpeername))

    def share(self, *given) -> bytes:
        """A token by which another guest of the same host, whose id is given, gets this socket once. `share(target)`"""
        target = arguments.one("socket.share", given)
        return self._call(sharing.share, arguments.text(target, f"target must be str, not {type(target).__name__}"))

    # --- numbers

    def fileno(self, /, *excess) -> int:
        """The socket's number, -1 once it is closed."""
        if excess:
            raise arguments.not_none("socket.fileno", excess)
        return self._number

    def detach(self, /, *excess) -> int:
        """Gives up the object and returns the number, which stays open."""
        if excess:
            raise arguments.not_none("socket.detach", excess)
        number = self._number
        self._number, self._handle = -1, _CLOSED
        return number

    def close(self, /, *excess) -> None:
        """Closes the socket."""
        if excess:
            raise arguments.not_none("socket.close", excess)
        number = self._number
        if number == -1:
            return
        handle = self._handle
        self._number, self._handle = -1, _CLOSED
        if table.find(number) is not handle:
            raise table.bad_descriptor()
        table.release(number)
        try:
            _Socket.close(handle)
        except Err as error:
            failure = errors.exception(error.value)
            if not isinstance(failure, ConnectionResetError):
                raise failure from None

    # --- timeouts

    def settimeout(self, *given) -> None:
        """Sets the timeout in seconds; None waits without end, 0 doesn't wait. `settimeout(timeout)`"""
        self._set_timeout(timeouts.parse(arguments.one("socket.settimeout", given)))

    def gettimeout(self, /, *excess) -> float | None:
        """The timeout in seconds."""
        if excess:
            raise arguments.not_none("socket.gettimeout", excess)
        return timeouts.seconds(self._timeout)

    def setblocking(self, *given) -> None:
        """Waits without end, or doesn't wait. `setblocking(flag)`"""
        self._set_timeout(None if arguments.one("socket.setblocking", given) else 0)

    def getblocking(self, /, *excess) -> bool:
        """Whether calls wait."""
        if excess:
            raise arguments.not_none("socket.getblocking", excess)
        return self._timeout != 0

    def _set_timeout(self, timeout: int | None) -> None:
        self._timeout = timeout
        self._call(_Socket.set_timeout, timeout)


for part in (Transfer, Messages, Options):
    for name, function in vars(part).items():
        if callable(function):
            # As errors of its arguments call it.
            function.__qualname__ = f"socket.{name}"


def _protocol(handle):
    """The protocol that the kernel chose, where it tells."""
    try:
        return options.get_int(handle, SOL_SOCKET, SO_PROTOCOL)
    except Err:
        return handle.protocol()


def _existing(fileno: object) -> tuple[int, sockets.Socket]:
    """The number and the handle that `socket(fileno=…)` is for."""
    if isinstance(fileno, bytes):
        handle = errors.call(sharing.redeem, arguments.readable(fileno))
        return table.allocate(handle), handle
    number = arguments.descriptor(fileno)
    if number < 0:
        raise ValueError("negative file descriptor")
    handle = table.find(number)
    if handle is None:
        handle = inherited(number)
        if handle is None:
            os.fstat(number)  # raises EBADF unless it is one of WASI's
            raise errors.os_error("ENOTSOCK")
        number = table.allocate(handle)
    elif not isinstance(handle, _Socket):
        raise errors.os_error("ENOTSOCK")
    return number, handle


def inherited(number: int) -> sockets.Socket | None:
    """A duplicate of a socket that the runner handed over under that number; none where it handed over none."""
    if not 0 <= number <= arguments.INT_MAX:
        return None
    try:
        return sharing.inherit(number)
    except Err as error:
        failure = errors.exception(error.value)
        if failure.errno != errors.number("EBADF"):
            raise failure from None
        return None
