"""Python's address tuples as addresses of the WIT, and back."""

from __future__ import annotations

import os

from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import arguments, errors

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10


def host_name(value: object) -> str:
    """A host's name as CPython's `et` converter with `idna` takes it."""
    if isinstance(value, str):
        text = value if value.isascii() else value.encode("idna").decode("ascii")
    elif isinstance(value, (bytes, bytearray)):
        try:
            text = bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            raise errors.name_lookup(-2) from None
    else:
        raise TypeError(f"str, bytes or bytearray expected, not {type(value).__name__}")
    if "\0" in text:
        raise TypeError("host name must not contain null character")
    return text


def dotted_quad(text: str) -> tuple[int, int, int, int] | None:
    """The bytes of an IPv4 address in its usual form."""
    parts = text.split(".")
    if len(parts) != 4:
        return None
    for part in parts:
        if not (0 < len(part) < 4 and part.isdigit() and part.isascii()) or (part[0] == "0" and len(part) > 1):
            return None
    quad = tuple(map(int, parts))
    return quad if max(quad) < 256 else None


def port_number(value: object, caller: str) -> int:
    """A port, 0 to 65535."""
    try:
        port = arguments.c_int_format(value)
    except OverflowError:
        port = -1
    if not 0 <= port <= 65535:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    return port


def parse(family: int, protocol: int, address: object, caller: str) -> types.SocketAddress:
    """An address as a socket of that family and protocol takes it. `caller` stands in the texts of errors."""
    if family == AF_INET:
        return _inet(address, caller)
    if family == AF_INET6:
        return _inet6(address, caller)
    if family == AF_UNIX:
        return _unix(address, caller)
    raise OSError(f"{caller}(): bad family")


def _inet(address, caller):
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): AF_INET address must be tuple, not {type(address).__name__}")
    if len(address) != 2:
        raise TypeError(f"{caller}(): AF_INET address must be a pair (host, port)")
    host = host_name(address[0])
    port = port_number(address[1], caller)
    quad = dotted_quad(host)
    if quad is None:
        if host == "":
            quad = (0, 0, 0, 0)
        elif host == "255.255.255.255" or host == "<broadcast>":
            quad = (255, 255, 255, 255)
        else:
            return types.SocketAddress_Named(types.NamedAddress(host, port, 0, 0))
    return types.SocketAddress_Inet(types.InetAddress(quad, port))


def _inet6(address, caller):
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): AF_INET6 address must be tuple, not {type(address).__name__}")
    if not 2 <= len(address) <= 4:
        raise TypeError(f"{caller}(): AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    host = host_name(address[0])
    port = port_number(address[1], caller)
    flow = arguments.unsigned(address[2]) if len(address) > 2 else 0
    scope = arguments.unsigned(address[3]) if len(address) > 3 else 0
    if flow > 0xFFFFF:
        raise OverflowError(f"{caller}(): flowinfo must be 0-1048575.")
    if host == "":
        return types.SocketAddress_Inet6(types.Inet6Address((0,) * 8, port, flow, scope))
    return types.SocketAddress_Named(types.NamedAddress(host, port, flow, scope))


def _unix(address, caller):
    if isinstance(address, str):
        path = os.fsencode(address)
    elif isinstance(address, (bytes, bytearray, memoryview)):
        path = arguments.readable(address)
    else:
        raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
    if path[:1] == b"\0":
        if len(path) > 108:
            raise OSError("AF_UNIX path too long")
        return types.SocketAddress_Unix(types.UnixAddress_Abstract(path[1:]))
    if len(path) >= 108:
        raise OSError("AF_UNIX path too long")
    if not path:
        return types.SocketAddress_Unix(types.UnixAddress_Unnamed())
    return types.SocketAddress_Unix(types.UnixAddress_Path(path))


def inet_text(quad: tuple[int, int, int, int]) -> str:
    """An IPv4 address as text."""
    return "%d.%d.%d.%d" % quad


def inet6_text(groups: tuple[int, ...]) -> str:
    """An IPv6 address as text, as C's `inet_ntop` writes it."""
    best, length = -1, 1
    place = 0
    while place < 8:
        end = place
        while end < 8 and groups[end] == 0:
            end += 1
        if end - place > length:
            best, length = place, end - place
        place = end + 1
    if best == 0 and (length == 6 or (length == 5 and groups[5] == 0xFFFF)):
        quad = (groups[6] >> 8, groups[6] & 255, groups[7] >> 8, groups[7] & 255)
        return ("::" if length == 6 else "::ffff:") + inet_text(quad)
    texts = [f"{group:x}" for group in groups]
    if best < 0:
        return ":".join(texts)
    return ":".join(texts[:best]) + "::" + ":".join(texts[best + length :])


def unparse(address: types.SocketAddress | None) -> object:
    """An address of the WIT as Python writes it."""
    kind = address.__class__
    if kind is types.SocketAddress_Inet:
        found = address.value
        return inet_text(found.address), found.port
    if kind is types.SocketAddress_Inet6:
        found = address.value
        return inet6_text(found.address), found.port, found.flow_info, found.scope_id
    if kind is types.SocketAddress_Unix:
        found = address.value
        if isinstance(found, types.UnixAddress_Path):
            return os.fsdecode(found.value)
        if isinstance(found, types.UnixAddress_Abstract):
            return b"\0" + found.value
        return ""
    return None
