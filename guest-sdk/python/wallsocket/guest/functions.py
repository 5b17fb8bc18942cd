"""Functions of `_socket` that make, duplicate and close sockets by their numbers."""

from __future__ import annotations

from wit_world.imports import sockets

from wallsocket.guest import arguments, errors, table, timeouts
from wallsocket.guest.constants import AF_UNIX, SOCK_STREAM
from wallsocket.guest.socket_object import socket


def close(fd, /):
    """Closes a socket by its number."""
    handle = table.release(arguments.c_int(fd))
    if isinstance(handle, sockets.Socket):
        errors.call(sockets.Socket.close, handle)


def dup(fd, /):
    """Another number for a socket."""
    handle = table.get(arguments.c_int(fd))
    if not isinstance(handle, sockets.Socket):
        raise errors.os_error("ENOTSOCK")
    return table.allocate(errors.call(sockets.Socket.dup, handle))


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    """Two sockets that are connected to each other."""
    family, type, proto = (arguments.c_int_format(value) for value in (family, type, proto))
    pair = errors.call(sockets.Socket.pair, family, type, proto)
    numbers = [table.allocate(handle) for handle in pair]
    return tuple(socket(family, type, proto, number) for number in numbers)


NAMES = {"close": close, "dup": dup, "socketpair": socketpair}
