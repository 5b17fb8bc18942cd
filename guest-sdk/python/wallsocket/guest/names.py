"""Hosts, services and protocols by name: `getaddrinfo`, `gethostbyaddr` and their kin.

The host's own resolver answers, as far as grants let it. Arguments are checked in the order in which CPython checks
them, since an audit event stands between.
"""

from __future__ import annotations

import operator
import sys

from wit_world.imports import names as wit
from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import addresses, arguments, errors, hostnames, inet, parsing
from wallsocket.guest.constants import AI_NUMERICHOST, EAI_NONAME, SOCK_DGRAM

_PARAMETERS = ("host", "port", "family", "type", "proto", "flags")
_MOST_FLOW = 0xFFFFF
_HOST_NOT_FOUND = 1
# CPython's own name for 255.255.255.255.
BROADCAST = "<broadcast>"


def _wit_text(name: bytes) -> str:
    """A name as the contract takes it. One that isn't UTF-8 is nobody's."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        raise errors.name_lookup(EAI_NONAME) from None


def _wit_host(name: bytes) -> str:
    text = _wit_text(name)
    hostnames.check(text)
    return text


def getaddrinfo(*given, **named):
    """Ways to reach a service on a host: a list of `(family, type, proto, canonname, sockaddr)`.

    Raises gaierror with `EAI_*`, PermissionError where no grant covers the look-up. References: getaddrinfo(3).
    """
    host, port, *hints = parsing.keywords("getaddrinfo", _PARAMETERS, 2, given, named)
    family, type, proto, flags = (parsing.or_default(hint, arguments.c_int_format, 0) for hint in hints)
    node = _node(host)
    service = _service(port)
    sys.audit("socket.getaddrinfo", host, port, family, type, proto)
    found = errors.call(
        wit.getaddrinfo,
        None if node is None else _wit_host(node),
        None if service is None else _wit_text(service),
        wit.Hints(family, type, proto, flags),
    )
    return [(one.family, one.type, one.protocol, one.canonical_name, addresses.unparse(one.address)) for one in found]


def _node(host: object) -> bytes | None:
    if host is None:
        return None
    if isinstance(host, str):
        name = arguments.plain(host).encode("idna")
    elif isinstance(host, bytes):
        name = arguments.readable(host)
    else:
        raise TypeError("getaddrinfo() argument 1 must be string or None")
    return name.partition(b"\0")[0]


def _service(port: object) -> bytes | None:
    if port is None:
        return None
    if hasattr(port, "__index__"):
        return str(operator.index(port)).encode()
    if isinstance(port, str):
        service = arguments.plain(port).encode()
    elif isinstance(port, bytes):
        service = arguments.readable(port)
    else:
        raise OSError("Int or String expected")
    return service.partition(b"\0")[0]


def getnameinfo(*given):
    """The host's and the service's name for an address: `getnameinfo(sockaddr, flags)`; `flags` are `NI_*`.

    Raises gaierror with `EAI_*`; PermissionError unless `NI_NUMERICHOST` is set or a grant covers it. References:
    getnameinfo(3).
    """
    parsing.takes("getnameinfo", given, 2)
    address, flags = given
    flags = arguments.c_int_format(flags)
    if not isinstance(address, tuple):
        # As C's function, this holds on to nothing while its exception is there: CPython's own tests count references.
        del given, address
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    address = arguments.items(address)
    host, port, flow, scope = _name_of(address)
    sys.audit("socket.getnameinfo", address)
    hints = wit.Hints(0, SOCK_DGRAM, 0, AI_NUMERICHOST)
    found = errors.call(wit.getaddrinfo, host, str(port), hints)
    if len(found) > 1:
        raise OSError("sockaddr resolved to multiple addresses")
    resolved = found[0].address
    if isinstance(resolved, types.SocketAddress_Inet):
        if len(address) != 2:
            raise OSError("IPv4 sockaddr must be 2 tuple")
    else:
        inner = resolved.value
        resolved = types.SocketAddress_Inet6(types.Inet6Address(inner.address, inner.port, flow, scope))
    return errors.call(wit.getnameinfo, resolved, flags)


def _name_of(address: tuple) -> tuple[str, int, int, int]:
    illegal = TypeError("getnameinfo(): illegal sockaddr argument")
    if not 2 <= len(address) <= 4 or not isinstance(address[0], str):
        raise illegal
    host = parsing.text("getnameinfo", 1, address[0])
    port = arguments.c_int_format(address[1])
    flow = arguments.unsigned(address[2]) if len(address) > 2 else 0
    scope = arguments.unsigned(address[3]) if len(address) > 3 else 0
    if flow > _MOST_FLOW:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    return host, port, flow, scope


def gethostbyname(*given):
    """A host's first IPv4 address, as text. Raises gaierror. References: gethostbyname(3)."""
    name = _audited_host("gethostbyname", "socket.gethostbyname", given)
    if name == BROADCAST:
        return "255.255.255.255"
    return inet.ipv4_text(errors.call(wit.gethostbyname, name))


def gethostbyname_ex(*given):
    """A host's name, its other names and its IPv4 addresses. Raises gaierror, herror. References: gethostbyname(3)."""
    name = _audited_host("gethostbyname_ex", "socket.gethostbyname", given)
    return _host_entry(errors.call(wit.gethostbyname_ex, name))


def gethostbyaddr(*given):
    """The host that has an address: its name, its other names, its addresses. Raises gaierror, herror.

    References: gethostbyaddr(3).
    """
    name = _audited_host("gethostbyaddr", "socket.gethostbyaddr", given)
    if name == "":
        raise OSError("wildcard resolved to multiple address")
    return _host_entry(errors.call(wit.gethostbyaddr, name))


def _audited_host(caller: str, event: str, given: tuple) -> str:
    parsing.takes(caller, given, 1)
    name = parsing.host(caller, given[0])
    sys.audit(event, *given)
    if name == BROADCAST.encode():
        if caller == "gethostbyname":
            return BROADCAST
        raise errors.exception(types.Error_HostLookup(_HOST_NOT_FOUND))
    return _wit_host(name)


def _host_entry(entry: wit.HostEntry) -> tuple[str, list[str], list[str]]:
    return entry.name, list(entry.aliases), [_ip_text(address) for address in entry.addresses]


def _ip_text(address: types.IpAddress) -> str:
    if isinstance(address, types.IpAddress_Ipv4):
        return inet.ipv4_text(address.value)
    return inet.ipv6_text(address.value)


def getservbyname(*given):
    """The port of a service: `getservbyname(name[, protocol])`. Raises OSError for one that isn't known.

    References: getservbyname(3).
    """
    parsing.takes("getservbyname", given, 1, 2)
    name, protocol = _service_arguments("getservbyname", given, parsing.text("getservbyname", 1, given[0]))
    sys.audit("socket.getservbyname", name, protocol)
    port = errors.call(wit.getservbyname, name, protocol)
    if port is None:
        raise OSError("service/proto not found")
    return port


def getservbyport(*given):
    """The service at a port: `getservbyport(port[, protocol])`. Raises OSError for one that isn't known.

    References: getservbyport(3).
    """
    parsing.takes("getservbyport", given, 1, 2)
    port, protocol = _service_arguments("getservbyport", given, arguments.c_int_format(given[0]))
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("getservbyport: port must be 0-65535.")
    sys.audit("socket.getservbyport", port, protocol)
    name = errors.call(wit.getservbyport, port, protocol)
    if name is None:
        raise OSError("port/proto not found")
    return name


def _service_arguments[T](caller: str, given: tuple, first: T) -> tuple[T, str | None]:
    return first, parsing.text(caller, 2, given[1]) if len(given) == 2 else None


def getprotobyname(*given):
    """The number of a protocol: 1 for `icmp`. Raises OSError for one that isn't known.

    References: getprotobyname(3).
    """
    parsing.takes("getprotobyname", given, 1)
    number = errors.call(wit.getprotobyname, parsing.text("getprotobyname", 1, given[0]))
    if number is None:
        raise OSError("protocol not found")
    return number


def gethostname(*given):
    """The machine's name: the real one under the grant `hostname read`, else what the host was told to say.

    References: gethostname(2).
    """
    parsing.takes_none("gethostname", given)
    sys.audit("socket.gethostname")
    return errors.call(wit.gethostname)


def sethostname(*given):
    """Sets the machine's name, for everybody on it. Raises PermissionError without the grant `hostname write`.

    References: sethostname(2).
    """
    parsing.takes("sethostname", given, 1)
    name = arguments.readable(given[0]) if isinstance(given[0], bytes) else arguments.path(given[0])
    sys.audit("socket.sethostname", name)
    try:
        text = name.decode()
    except UnicodeDecodeError:
        raise errors.os_error("EINVAL") from None  # the contract has names as text
    errors.call(wit.sethostname, text)


NAMES = {
    function.__name__: function
    for function in (
        getaddrinfo,
        getnameinfo,
        gethostbyname,
        gethostbyname_ex,
        gethostbyaddr,
        getservbyname,
        getservbyport,
        getprotobyname,
        gethostname,
        sethostname,
    )
}
