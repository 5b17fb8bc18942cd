"""Python's address tuples as addresses of the WIT, and back."""

from __future__ import annotations

import os

from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import arguments, errors, families, hostnames, interpreter
from wallsocket.guest.constants import AF_INET, AF_INET6, AF_RDS, AF_UNIX, EAI_NONAME
from wallsocket.guest.inet import ipv4_text, ipv6_text

_builtin = interpreter.builtin("_socket")
_pton, _WASI_INET, _WASI_INET6 = _builtin.inet_pton, _builtin.AF_INET, _builtin.AF_INET6
_ANY6 = (0,) * 8
# What was parsed and written lately: most programs speak with few others, and often.
_MOST_KNOWN = 1024
_known4: dict[tuple, types.SocketAddress] = {}
_known6: dict[tuple, types.SocketAddress] = {}
_texts: dict[tuple, str] = {}
_TYPES6 = [str, int], [str, int, int, int]
# The room for a path in `struct sockaddr_un`.
_PATH = 108


def host_name(value: object) -> str:
    """A host's name as CPython's `idna_converter` takes it: ASCII as it is, other text by IDNA, bytes as they are."""
    if isinstance(value, str):
        value = arguments.plain(value)
        if value.isascii():
            text = value
        else:
            try:
                text = value.encode("idna").decode("ascii")
            except UnicodeError:
                raise TypeError("encoding of hostname failed") from None
    elif isinstance(value, (bytes, bytearray)):
        try:
            text = arguments.readable(value).decode("utf-8")
        except UnicodeDecodeError:
            raise errors.name_lookup(EAI_NONAME) from None
    else:
        raise TypeError(f"str, bytes or bytearray expected, not {type(value).__name__}")
    if "\0" in text:
        raise TypeError("host name must not contain null character")
    return text


def parse(family: int, protocol: int, address: object, caller: str) -> types.SocketAddress:
    """An address as a socket of that family and protocol takes it; `caller` stands in the texts of errors.

    A host's name that is no numeric address stays one: the host looks it up.
    """
    if family == AF_INET or family == AF_RDS:
        # Items of just these types: what equals them, as 80.0 does 80, isn't always an address.
        if type(address) is tuple and len(address) == 2 and type(address[0]) is str and type(address[1]) is int:
            return _known4.get(address) or _keep(_known4, address, _inet(address, caller))
        return _inet(address, caller)
    if family == AF_INET6:
        if type(address) is tuple and [*map(type, address)] in _TYPES6:
            return _known6.get(address) or _keep(_known6, address, _inet6(address, caller))
        return _inet6(address, caller)
    if family == AF_UNIX:
        return _unix(address)
    convert = families.PARSERS.get(family)
    if convert is None:
        raise OSError(f"{caller}(): bad family")
    return convert(address, protocol, caller)


def _keep[Key, Value](known: dict[Key, Value], key: Key, value: Value) -> Value:
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[key] = value
    return value


def _inet(address, caller):
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): AF_INET address must be tuple, not {type(address).__name__}")
    address = arguments.items(address)
    if len(address) != 2:
        raise TypeError("AF_INET address must be a pair (host, port)")
    host, port = host_name(address[0]), _port(address[1], caller)
    try:
        return types.SocketAddress_Inet(types.InetAddress(tuple(_pton(_WASI_INET, host)), port))
    except OSError:
        pass
    if host == "":
        quad = (0, 0, 0, 0)
    elif host == "<broadcast>":
        quad = (255, 255, 255, 255)
    else:
        return _named(host, port, 0, 0)
    return types.SocketAddress_Inet(types.InetAddress(quad, port))


def _port(value, caller):
    try:
        port = arguments.c_int_format(value)
    except OverflowError:
        port = -1
    if not 0 <= port <= 0xFFFF:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    return port


def _inet6(address, caller):
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): AF_INET6 address must be tuple, not {type(address).__name__}")
    address = arguments.items(address)
    if not 2 <= len(address) <= 4:
        raise TypeError("AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    host, port = host_name(address[0]), _port(address[1], caller)
    flow = arguments.unsigned(address[2]) if len(address) > 2 else 0
    scope = arguments.unsigned(address[3]) if len(address) > 3 else 0
    if flow > 0xFFFFF:
        raise OverflowError(f"{caller}(): flowinfo must be 0-1048575.")
    if host in ("255.255.255.255", "<broadcast>"):
        raise OSError("address family mismatched")
    groups = _ANY6 if host == "" else _groups(host)
    if groups is None:
        return _named(host, port, flow, scope)
    return types.SocketAddress_Inet6(types.Inet6Address(groups, port, flow, scope))


def _named(host, port, flow, scope):
    hostnames.check(host)
    return types.SocketAddress_Named(types.NamedAddress(host, port, flow, scope))


def _groups(host):
    try:
        packed = _pton(_WASI_INET6, host)
    except OSError:
        return None
    return tuple(int.from_bytes(packed[place : place + 2]) for place in range(0, 16, 2))


def _unix(address):
    path = os.fsencode(arguments.plain(address)) if isinstance(address, str) else arguments.readable(address)
    if path[:1] == b"\0" or not path:
        if len(path) > _PATH:
            raise OSError("AF_UNIX path too long")
        found = types.UnixAddress_Abstract(path[1:]) if path else types.UnixAddress_Unnamed()
    else:
        if len(path) >= _PATH:
            raise OSError("AF_UNIX path too long")
        # The kernel takes what is before the first NUL. The guest's working directory is known to nobody else.
        found = types.UnixAddress_Path(_absolute(path.partition(b"\0")[0]))
    return types.SocketAddress_Unix(found)


def _absolute(path):
    if path.startswith(b"/"):
        return path
    while path.startswith(b"./"):
        path = path[2:].lstrip(b"/")
    return os.path.join(os.fsencode(os.getcwd()), path)


def unparse(address: types.SocketAddress | None) -> object:
    """An address of the WIT as Python writes it."""
    kind = address.__class__
    if kind is types.SocketAddress_Inet:
        found = address.value
        quad = found.address
        return _texts.get(quad) or _keep(_texts, quad, ipv4_text(quad)), found.port
    if kind is types.SocketAddress_Inet6:
        found = address.value
        groups = found.address
        text = _texts.get(groups) or _keep(_texts, groups, ipv6_text(groups))
        return text, found.port, found.flow_info, found.scope_id
    if kind is types.SocketAddress_Unix:
        found = address.value
        if isinstance(found, types.UnixAddress_Path):
            return os.fsdecode(found.value)
        if isinstance(found, types.UnixAddress_Abstract):
            return b"\0" + found.value
        return ""
    if address is None or kind is types.SocketAddress_Unspecified:
        return None
    return families.WRITERS[kind](address.value)
