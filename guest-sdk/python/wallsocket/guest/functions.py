"""Functions of `_socket` that make, duplicate and close sockets by their numbers."""

from __future__ import annotations

from wit_world.imports import names, sockets

from wallsocket.guest import addresses, arguments, errors, table, timeouts
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


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Addresses for a host and a service."""
    service = None if port is None else port if isinstance(port, str) else str(port)
    host = None if host is None else addresses.host_name(host)
    found = errors.call(names.getaddrinfo, host, service, names.Hints(int(family), int(type), proto, int(flags)))
    return [
        (one.family, one.type, one.protocol, one.canonical_name or "", addresses.unparse(one.address)) for one in found
    ]


NAMES = {"getaddrinfo": getaddrinfo, "close": close, "dup": dup, "socketpair": socketpair}
