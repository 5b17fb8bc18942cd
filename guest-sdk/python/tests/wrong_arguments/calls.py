"""Every function and method of `_socket` and `select`, and those of `os` that take a socket, with a valid call each.

    python calls.py NAME…     makes each of those calls wrong in every way, and writes how that went, in lines of JSON

A case is named before it is tried and told of afterwards, so that one which kills the process is known.
"""

import _socket
import errno
import io
import itertools
import json
import os
import select
import socket
import struct
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from values import FEW, SMALL_NUMBERS, VALUES

ONE_NAME = {"EWOULDBLOCK": "EAGAIN", "ENOTSUP": "EOPNOTSUPP", "EDEADLOCK": "EDEADLK"}


class Scene:
    """What one case plays with: `sock`, which never waits, has data to be read, and whatever else it asks for."""

    def __init__(self, family: int, kind: int, claimed: tuple[int, int, int] | None = None) -> None:
        self._extra: list[_socket.socket] = []
        self._files: list[io.IOBase] = []
        self._numbers: list[int] = []
        self.peer: _socket.socket | None = None
        if family == socket.AF_UNIX:
            self.sock, self.peer = _socket.socketpair(family, kind)
            self.peer.send(b"0123456789abcdef")
        else:
            self.sock = _socket.socket(family, kind)
        if claimed is not None:
            self.sock = _socket.socket(*claimed, fileno=self.sock.detach())
        self.sock.settimeout(0)
        self.number = self.sock.fileno()

    def spare(self) -> _socket.socket:
        """Another socket, that may be closed."""
        sock = _socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._extra.append(sock)
        return sock

    def closed(self) -> _socket.socket:
        """A closed one."""
        sock = self.spare()
        sock.close()
        return sock

    def detached(self) -> int:
        """The number of a socket without an object."""
        self._numbers.append(_socket.socket(socket.AF_INET, socket.SOCK_DGRAM).detach())
        return self._numbers[-1]

    def file(self) -> int:
        """The number of a file with something in it."""
        file = open(f"{os.environ['SNIPPET_FOLDER']}/file", "w+b")
        file.write(b"0123456789")
        file.flush()
        self._files.append(file)
        return file.fileno()

    def poll(self) -> Any:
        """A `select.poll` that knows the socket."""
        poll = select.poll()
        poll.register(self.sock, select.POLLOUT)
        return poll

    def epoll(self) -> Any:
        """A `select.epoll` that knows the socket."""
        epoll = select.epoll()
        epoll.register(self.sock, select.EPOLLOUT)
        self._files.append(epoll)
        return epoll

    def close(self) -> None:
        """Closes the socket: a value may do so in the midst of a call."""
        self.sock.close()

    def end(self) -> None:
        """Closes everything."""
        for number in self._numbers:
            try:
                os.close(number)
            except OSError:
                pass  # the case has closed it
        for sock in (self.sock, self.peer, *self._extra):
            try:
                sock and sock.close()
            except OSError:
                pass  # the case has closed its number
        for file in self._files:
            file.close()


@dataclass(frozen=True)
class Call:
    """A function and the arguments of a valid call, each made from the scene."""

    function: Callable[[Scene], Callable[..., Any]]
    arguments: tuple[Callable[[Scene], Any], ...] = ()
    family: int = socket.AF_UNIX
    kind: int = socket.SOCK_STREAM
    # Names by which the arguments can be given; every call gets an unknown one.
    keywords: tuple[str, ...] = ()
    # Values that are left out, by position: they would do harm to the process, or to the machine.
    harmful: tuple[tuple[int, tuple[str, ...]], ...] = ()
    # Positions of tuples whose every element is varied.
    tuples: tuple[int, ...] = ()
    pairs: bool = False
    # Another family, type and protocol that the socket's object is told it has: so addresses are taken apart of
    # families that few kernels have.
    claimed: tuple[int, int, int] | None = None
    # Whether the result is a number, or several, that have to be closed.
    opens: bool = False


CALLS: dict[str, Call] = {}
NUMBERS = tuple(SMALL_NUMBERS)
NUMBER = ((0, NUMBERS),)


def call(name: str, function: Callable[[Scene], Callable[..., Any]], *arguments: Any, **more: Any) -> None:
    """Adds a call; arguments that aren't functions of the scene are always the same."""
    made = tuple(value if callable(value) else (lambda _, value=value: value) for value in arguments)
    CALLS[name] = Call(function, made, **more)


def method(name: str, *arguments: Any, called: str = "", **more: Any) -> None:
    """Adds a method of `_socket.socket`."""
    call(called or f"socket.{name}", lambda scene: getattr(scene.sock, name), *arguments, **more)


def function(module: Any, name: str, *arguments: Any, called: str = "", **more: Any) -> None:
    """Adds a function of a module, where the module has it."""
    if hasattr(module, name):
        call(called or f"{module.__name__}.{name}", lambda _: getattr(module, name), *arguments, **more)


LOOPBACK = ("127.0.0.1", 9)
UNIX, INET, INET6 = socket.AF_UNIX, socket.AF_INET, socket.AF_INET6
STREAM, DGRAM = socket.SOCK_STREAM, socket.SOCK_DGRAM

# The type itself.
call(
    "_socket.socket",
    lambda _: _socket.socket,
    INET,
    STREAM,
    0,
    None,
    keywords=("family", "type", "proto", "fileno"),
    harmful=((3, NUMBERS),),
)
call(
    "_socket.socket of a number",
    lambda _: _socket.socket,
    -1,
    -1,
    -1,
    lambda scene: scene.detached(),
    harmful=((3, NUMBERS),),
)
call("_socket.socket.__new__", lambda _: _socket.socket.__new__, lambda _: _socket.socket)
for attribute in ("family", "type", "proto", "timeout", "other"):
    call(
        f"set socket.{attribute}",
        lambda scene, attribute=attribute: lambda value: setattr(scene.sock, attribute, value),
        1,
    )
for unready in ("fileno", "getsockname", "recv", "close", "detach", "gettimeout", "__repr__"):
    call(
        f"{unready} of a socket that never began",
        lambda _, unready=unready: getattr(_socket.socket.__new__(_socket.socket), unready),
        *((1,) if unready == "recv" else ()),
    )
for unbound in ("recv", "send", "fileno", "close", "bind"):
    call(f"{unbound} of", lambda _, unbound=unbound: getattr(_socket.socket, unbound), lambda scene: scene.spare())

# Its methods.
method("_accept")
method("detach", opens=True)
for name in ("close", "fileno", "getblocking", "getpeername", "getsockname", "gettimeout"):
    method(name)
for name in ("bind", "connect", "connect_ex"):
    for where, family, address in (
        ("IPv4", INET, ("127.0.0.1", 0 if name == "bind" else 9)),
        ("IPv6", INET6, ("::1", 0 if name == "bind" else 9, 0, 0)),
        ("Unix", UNIX, lambda _: f"{os.environ['SNIPPET_FOLDER']}/no/such"),
        ("netlink", socket.AF_NETLINK, (0, 0)),
        ("vsock", socket.AF_VSOCK, (1, 1234567)),
    ):
        kind = DGRAM if family in (INET, INET6, socket.AF_NETLINK) else STREAM
        method(name, address, called=f"{name} to {where}", family=family, kind=kind, tuples=(0,))
for where, claimed, address in (
    ("CAN", (socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW), ("no-such-if",)),
    ("a CAN broadcast", (socket.AF_CAN, DGRAM, socket.CAN_BCM), ("no-such-if",)),
    ("ISO-TP", (socket.AF_CAN, DGRAM, socket.CAN_ISOTP), ("no-such-if", 1, 2)),
    ("J1939", (socket.AF_CAN, DGRAM, socket.CAN_J1939), ("no-such-if", 1, 2, 3)),
    ("another CAN", (socket.AF_CAN, DGRAM, 99), ("no-such-if",)),
    ("TIPC", (socket.AF_TIPC, socket.SOCK_RDM, 0), (socket.TIPC_ADDR_NAME, 1, 2, 3, socket.TIPC_NODE_SCOPE)),
    ("ALG", (socket.AF_ALG, socket.SOCK_SEQPACKET, 0), ("hash", "sha256", 0, 0)),
    ("packets", (socket.AF_PACKET, socket.SOCK_RAW, 0), ("no-such-if", 0, 0, 0, b"123456")),
    ("QIPCRTR", (socket.AF_QIPCRTR, DGRAM, 0), (1, 2)),
    ("RDS", (socket.AF_RDS, socket.SOCK_SEQPACKET, 0), ("127.0.0.1", 0)),
    ("an unknown family", (12345, DGRAM, 0), ("x", 1)),
):
    method("bind", address, called=f"bind to {where}", family=INET, kind=DGRAM, claimed=claimed, tuples=(0,))
method("getsockopt", socket.SOL_SOCKET, socket.SO_TYPE, 4, pairs=True)
method("setsockopt", socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1, pairs=True)
method(
    "setsockopt", socket.SOL_SOCKET, socket.SO_KEEPALIVE, None, 4, called="socket.setsockopt with a length", pairs=True
)
method("setsockopt", socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0), called="socket.setsockopt of bytes")
method("listen", 1, family=INET)
method("recv", 4, 0)
method("recvfrom", 4, 0)
method("recv_into", lambda _: bytearray(4), 4, 0, keywords=("buffer", "nbytes", "flags"))
method("recvfrom_into", lambda _: bytearray(4), 4, 0, keywords=("buffer", "nbytes", "flags"))
method("recvmsg", 4, 64, 0)
method("recvmsg_into", lambda _: [bytearray(2), bytearray(2)], 64, 0)
method("send", b"x", 0)
method("sendall", b"x", 0)
method("sendto", b"x", LOOPBACK, family=INET, kind=DGRAM, tuples=(1,))
method("sendto", b"x", 0, LOOPBACK, called="socket.sendto with flags", family=INET, kind=DGRAM, tuples=(2,))
method("sendmsg", lambda _: [b"x"], lambda _: [], 0, LOOPBACK, family=INET, kind=DGRAM, tuples=(3,), pairs=True)
method("sendmsg", lambda _: [b"x"], lambda _: [], 0, called="socket.sendmsg to a peer")
call(
    "an item of socket.sendmsg",
    lambda scene: lambda *item: scene.sock.sendmsg([b"x"], [item]),
    socket.SOL_SOCKET,
    socket.SCM_RIGHTS,
    lambda scene: struct.pack("i", scene.number),
)
method("sendmsg_afalg", lambda _: [b"x"], keywords=("msg", "op", "iv", "assoclen", "flags"))
method("setblocking", True)
method("settimeout", 1.5)
method("shutdown", socket.SHUT_RD)

# Functions.
function(_socket, "socketpair", UNIX, STREAM, 0)
function(_socket, "close", lambda scene: scene.detached(), harmful=((0, NUMBERS),))
function(_socket, "dup", lambda scene: scene.number, harmful=((0, NUMBERS),), opens=True)
for name in ("htons", "htonl", "ntohs", "ntohl"):
    function(_socket, name, 1)
function(_socket, "inet_aton", "127.0.0.1")
function(_socket, "inet_ntoa", bytes(4))
function(_socket, "inet_pton", INET, "127.0.0.1")
function(_socket, "inet_ntop", INET, bytes(4))
function(_socket, "inet_ntop", INET6, bytes(16), called="_socket.inet_ntop of IPv6")
function(_socket, "CMSG_LEN", 4)
function(_socket, "CMSG_SPACE", 4)
function(_socket, "getdefaulttimeout")
function(_socket, "setdefaulttimeout", 1.5)
function(
    _socket,
    "getaddrinfo",
    "127.0.0.1",
    80,
    0,
    0,
    0,
    0,
    keywords=("host", "port", "family", "type", "proto", "flags"),
    pairs=True,
)
function(_socket, "getnameinfo", LOOPBACK, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV, tuples=(0,))
function(
    _socket,
    "getnameinfo",
    ("::1", 9, 0, 0),
    socket.NI_NUMERICHOST | socket.NI_NUMERICSERV,
    called="_socket.getnameinfo of IPv6",
    tuples=(0,),
)
function(_socket, "gethostbyname", "127.0.0.1")
function(_socket, "gethostbyname_ex", "127.0.0.1")
function(_socket, "gethostbyaddr", "127.0.0.1")
function(_socket, "gethostname")
# Names that would be taken are left out: root would rename the machine.
NAMES = tuple(
    name
    for name in VALUES
    if name[0] in "'b"
    or "text" in name
    or "path" in name
    or "bytes" in name
    or name in ("an escaped byte", "not ASCII", "four nulls")
)
function(_socket, "sethostname", 1, harmful=((0, (*NAMES, "an empty bytearray", "a bytearray")),))
function(_socket, "getservbyname", "http", "tcp")
function(_socket, "getservbyport", 80, "tcp")
function(_socket, "getprotobyname", "tcp")
function(_socket, "if_nameindex")
function(_socket, "if_nametoindex", "lo")
function(_socket, "if_indextoname", 1)
call("_socket.gaierror", lambda _: _socket.gaierror, 1, "x")
call("_socket.herror", lambda _: _socket.herror, 1, "x")

# Waiting.
call("select.select", lambda _: select.select, lambda _: [], lambda scene: [scene.sock], lambda _: [], 0)
call(
    "an item of select.select",
    lambda _: lambda item: select.select([item], [], [], 0),
    lambda scene: scene.sock,
    harmful=NUMBER,
)
function(select, "poll")
call("poll.register", lambda scene: scene.poll().register, lambda scene: scene.sock, select.POLLIN, harmful=NUMBER)
call("poll.modify", lambda scene: scene.poll().modify, lambda scene: scene.sock, select.POLLIN, harmful=NUMBER)
call("poll.unregister", lambda scene: scene.poll().unregister, lambda scene: scene.sock, harmful=NUMBER)
call("poll.poll", lambda scene: scene.poll().poll, 0)
if hasattr(select, "epoll"):
    function(select, "epoll", 1, 0, keywords=("sizehint", "flags"))
    call(
        "epoll.register",
        lambda scene: scene.epoll().register,
        lambda scene: scene.spare(),
        1,
        keywords=("fd", "eventmask"),
    )
    call("epoll.modify", lambda scene: scene.epoll().modify, lambda scene: scene.sock, 1, keywords=("fd", "eventmask"))
    call("epoll.unregister", lambda scene: scene.epoll().unregister, lambda scene: scene.sock, keywords=("fd",))
    call("epoll.poll", lambda scene: scene.epoll().poll, 0, 1, keywords=("timeout", "maxevents"))
    for name in ("close", "fileno", "__enter__"):
        call(f"epoll.{name}", lambda scene, name=name: getattr(scene.epoll(), name))

# What `os` does with a socket's number.
function(os, "close", lambda scene: scene.detached(), harmful=NUMBER, keywords=("fd",))
function(os, "read", lambda scene: scene.number, 4, harmful=NUMBER)
function(os, "write", lambda scene: scene.number, b"x", harmful=NUMBER)
function(os, "readv", lambda scene: scene.number, lambda _: [bytearray(4)], harmful=NUMBER)
function(os, "writev", lambda scene: scene.number, lambda _: [b"x"], harmful=NUMBER)
function(os, "fstat", lambda scene: scene.number, harmful=NUMBER, keywords=("fd",))
function(os, "isatty", lambda scene: scene.number, harmful=NUMBER)
function(os, "lseek", lambda scene: scene.number, 0, 0, harmful=NUMBER)
function(os, "get_inheritable", lambda scene: scene.number, harmful=NUMBER)
function(os, "set_inheritable", lambda scene: scene.number, False, harmful=NUMBER)
function(os, "get_blocking", lambda scene: scene.number, harmful=NUMBER)
function(os, "set_blocking", lambda scene: scene.number, False, harmful=NUMBER)
function(os, "dup", lambda scene: scene.number, harmful=NUMBER, opens=True)
function(os, "pipe", opens=True)
function(
    os, "sendfile", lambda scene: scene.number, lambda scene: scene.file(), 0, 4,
    harmful=((0, NUMBERS), (1, NUMBERS)), keywords=("out_fd", "in_fd", "offset", "count"),
)  # fmt: skip


def cases(one: Call) -> Iterator[tuple[str, Callable[[Scene], tuple[list, dict]]]]:
    """The ways to make a call wrong: a label, and what makes the arguments."""
    positions = range(len(one.arguments))
    harmful = {position: set(names) for position, names in one.harmful}

    def valid(scene: Scene) -> list:
        return [make(scene) for make in one.arguments]

    def replaced(changes: dict[int, str]) -> Callable[[Scene], tuple[list, dict]]:
        def make(scene: Scene) -> tuple[list, dict]:
            return [VALUES[changes[at]](scene) if at in changes else one.arguments[at](scene) for at in positions], {}

        return make

    yield "valid", lambda scene: (valid(scene), {})
    for count in positions:
        yield f"{count} arguments", lambda scene, count=count: (valid(scene)[:count], {})
    for extra in (1, 2, 10):
        yield f"{extra} too many", lambda scene, extra=extra: (valid(scene) + [None] * extra, {})
    yield "an unknown keyword", lambda scene: (valid(scene), {"no_such_argument": 1})
    for name in ("buffer", "flags", "data", "fd", "address", "family", "host", *one.keywords):
        yield f"{name} alone, by name", lambda scene, name=name: ([], {name: -1})
        yield f"{name} by name", lambda scene, name=name: (valid(scene), {name: -1})
    if one.keywords:
        yield "all by name", lambda scene: ([], dict(zip(one.keywords, valid(scene), strict=False)))
        for at, name in enumerate(one.keywords[: len(one.arguments)]):
            yield (
                f"from {name} by name",
                lambda scene, at=at: (
                    valid(scene)[:at],
                    dict(list(zip(one.keywords, valid(scene), strict=False))[at:]),
                ),
            )
    for at in positions:
        for value in VALUES:
            if value not in harmful.get(at, ()):
                yield f"{at + 1} = {value}", replaced({at: value})
    for at in one.tuples:
        # An address is looked at item by item.
        for value in VALUES:
            size = _size(one, at)
            for item in range(size):
                yield f"{at + 1}.{item + 1} = {value}", _in_tuple(one, at, item, value)
        yield f"{at + 1} as a list", lambda scene, at=at: ([*valid(scene)[:at], list(one.arguments[at](scene))], {})
    if one.pairs:
        for first, second in itertools.combinations(positions, 2):
            for some, other in itertools.product(FEW, FEW):
                if some not in harmful.get(first, ()) and other not in harmful.get(second, ()):
                    yield f"{first + 1} = {some}, {second + 1} = {other}", replaced({first: some, second: other})


def _size(one: Call, at: int) -> int:
    address = one.arguments[at](None)
    return len(address) if isinstance(address, tuple) else 0


def _in_tuple(one: Call, at: int, item: int, value: str) -> Callable[[Scene], tuple[list, dict]]:
    def make(scene: Scene) -> tuple[list, dict]:
        arguments = [make(scene) for make in one.arguments]
        address = list(arguments[at])
        address[item] = VALUES[value](scene)
        arguments[at] = tuple(address)
        return arguments, {}

    return make


def outcome(one: Call, scene: Scene, arguments: list, keywords: dict) -> tuple[str, str]:
    """How a call ends: "returned", or the exception's type and its errno's name; and the message."""
    try:
        result = one.function(scene)(*arguments, **keywords)
    except Exception as error:
        kind = type(error).__qualname__
        if (
            isinstance(error, OSError)
            and not isinstance(error, (socket.gaierror, socket.herror))
            and error.errno is not None
        ):
            name = errno.errorcode.get(error.errno, str(error.errno))
            kind += f" {ONE_NAME.get(name, name)}"
        return kind, str(error)
    if one.opens:
        for number in result if isinstance(result, tuple) else (result,):
            if isinstance(number, int) and number > 2:
                os.close(number)
    return "returned", ""


def main(names: list[str]) -> None:
    """Makes each of these calls wrong in every way."""
    write, flush = sys.stdout.write, sys.stdout.flush
    for name in names:
        write(json.dumps(["begin", name]) + "\n")
        one = CALLS[name]
        for label, make in cases(one):
            write(json.dumps(["case", label]) + "\n")
            flush()
            try:
                scene = Scene(one.family, one.kind, one.claimed)
            except OSError as error:
                write(json.dumps(["gave", f"no socket: {errno.errorcode.get(error.errno)}", ""]) + "\n")
                continue
            try:
                arguments, keywords = make(scene)
                gave = outcome(one, scene, arguments, keywords)
                write(json.dumps(["gave", *gave]) + "\n")
                del arguments, keywords
            finally:
                scene.end()
                _socket.setdefaulttimeout(None)
        write(json.dumps(["end", name]) + "\n")
        flush()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    os.chdir(os.environ["SNIPPET_FOLDER"])  # some calls make a Unix socket's path where they are
    if sys.platform == "linux":
        # select(2) passes over numbers beyond the process's table of descriptors, which is as large as its largest
        # number has ever been, or its parent's (fs/select.c): with a large one they are what they are, no descriptors.
        os.dup2(0, 1023, inheritable=False)
        os.close(1023)
    main(sys.argv[1:])
