"""Functions of `_socket` that make, duplicate and close sockets by their numbers."""

from __future__ import annotations

import os

from wit_world.imports import sockets

from wallsocket.guest import arguments, cmsg, errors, numbered, parsing, table, timeouts
from wallsocket.guest.constants import AF_UNIX, SOCK_STREAM
from wallsocket.guest.socket_object import inherited, socket


def close(*given) -> None:
    """Closes a socket by its number. `close(fd)`"""
    number = arguments.descriptor(arguments.one("_socket.close", given))
    if table.find(number) is None:
        os.close(number)
        return
    try:
        numbered.close(number)
    except ConnectionResetError:
        pass


def dup(*given) -> int:
    """Another number for a socket, of this guest's own or handed over by the runner. `dup(fd)`"""
    number = arguments.descriptor(arguments.one("_socket.dup", given))
    handle = table.find(number)
    if isinstance(handle, sockets.Socket):
        return table.allocate(errors.call(sockets.Socket.dup, handle))
    if handle is None and (handle := inherited(number)) is not None:
        return table.allocate(handle)
    return os.dup(number)


def socketpair(*given) -> tuple[socket, socket]:
    """Two sockets that are connected to each other. `socketpair([family[, type[, proto]]])`"""
    parsing.takes("socketpair", given, 0, 3)
    family, type, proto = map(arguments.c_int_format, (*given, *(AF_UNIX, SOCK_STREAM, 0)[len(given) :]))
    pair = []
    for handle in errors.call(sockets.Socket.pair, family, type, proto):
        one = socket.__new__(socket)
        one._open(handle, table.allocate(handle), family, type, proto)
        pair.append(one)
    return tuple(pair)


NAMES = {
    "CMSG_LEN": cmsg.CMSG_LEN,
    "CMSG_SPACE": cmsg.CMSG_SPACE,
    "close": close,
    "dup": dup,
    "getdefaulttimeout": timeouts.getdefaulttimeout,
    "setdefaulttimeout": timeouts.setdefaulttimeout,
    "socketpair": socketpair,
}
