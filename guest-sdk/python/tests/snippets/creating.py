"""Sockets are made: `socket`, `socketpair`, `fromfd`, `create_connection`, `create_server`."""

import _socket
import errno
import os
import socket

from ends import LOOPBACK, listener, tcp
from snippet import differs, fails, raises, show, snippet


@snippet(1, 2, 56, 258)
def a_socket_has_defaults():
    with socket.socket() as sock:
        show("family", sock.family)
        show("type", sock.type)
        show("proto", sock.proto)
        show("timeout", sock.timeout)
        show("blocking", sock.getblocking())
        show("has a number", sock.fileno() > 2)


@snippet(56)
def arguments_have_names():
    with socket.socket(family=socket.AF_INET6, type=socket.SOCK_DGRAM, proto=17, fileno=None) as sock:
        show("family", sock.family)
        show("type", sock.type)
        show("proto", sock.proto)
    raises("unknown name", lambda: socket.socket(kind=1))
    raises("five arguments", lambda: socket.socket(2, 1, 0, None, 5))


@snippet(56)
def arguments_are_numbers():
    for label, arguments in {
        "text for the family": ("inet",),
        "a fraction for the type": (socket.AF_INET, 1.0),
        "None for the protocol": (socket.AF_INET, socket.SOCK_STREAM, None),
        "a family beyond an int": (1 << 31,),
        "a type beyond an int": (socket.AF_INET, 1 << 40),
        "a protocol below an int": (socket.AF_INET, socket.SOCK_STREAM, -(1 << 33)),
    }.items():
        raises(label, _socket.socket, *arguments)
        raises(f"{label}, in socket.py", socket.socket, *arguments)


@snippet(56, 9)
def a_family_that_is_unknown_is_refused():
    raises("family 12345", socket.socket, 12345)
    raises("family -2", socket.socket, -2, socket.SOCK_STREAM)
    raises("type 77", socket.socket, socket.AF_INET, 77)
    raises("protocol 200 on a stream", socket.socket, socket.AF_INET, socket.SOCK_STREAM, 200)
    raises("UDP on a stream", socket.socket, socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_UDP)
    raises("TCP over Unix", socket.socket, socket.AF_UNIX, socket.SOCK_STREAM, socket.IPPROTO_TCP)


@snippet(56)
def a_subclass_may_take_other_arguments():
    class Named(socket.socket):
        def __init__(self, name):
            super().__init__(socket.AF_INET, socket.SOCK_DGRAM)
            self.name = name

    with Named("x") as sock:
        show("name", sock.name)
        show("type", sock.type)
        show("class", type(sock).__mro__[1:3])


@snippet(2, 75)
def a_socket_is_an_object_of_its_type():
    show("SocketType is _socket.socket", socket.SocketType is _socket.socket)
    show("socket.socket is a subclass", issubclass(socket.socket, socket.SocketType))
    with socket.socket() as sock:
        show("instance", isinstance(sock, socket.SocketType))
        show("has a dictionary", hasattr(sock, "__dict__"))
    show("name", socket.SocketType.__name__)
    show("module", socket.SocketType.__module__)


@snippet(75)
def the_bare_type_has_the_methods():
    names = [name for name in dir(_socket.socket) if name[0] != "_" or name == "_accept"]
    show("methods", [name for name in names if callable(getattr(_socket.socket, name)) and name != "share"])
    show("attributes", [hasattr(_socket.socket, name) for name in ("family", "type", "proto", "timeout")])


@snippet(2, 56)
def attributes_are_read_only():
    with socket.socket() as sock:
        for name in ("family", "type", "proto", "timeout"):
            fails(f"set {name}", setattr, sock, name, 1)
        fails("other attribute", setattr, sock, "colour", 1)
    bare = _socket.socket()
    for name in ("family", "type", "proto", "timeout"):
        fails(f"set {name} of the bare one", setattr, bare, name, 1)
    fails("other attribute of the bare one", setattr, bare, "colour", 1)
    bare.close()


@snippet(2)
def a_socket_prints_its_state():
    bare = _socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    show("open", repr(bare).replace(f"fd={bare.fileno()}", "fd=N"))
    bare.close()
    show("closed", repr(bare))
    with socket.socket() as sock:
        show("open, of socket.py", repr(sock).replace(f"fd={sock.fileno()}", "fd=N"))
    show("closed, of socket.py", repr(sock))


@snippet(12, 13)
def flags_come_with_the_type():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC) as sock:
        show("type", sock.type)
        show("timeout", sock.gettimeout())
        show("inheritable", sock.get_inheritable())
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as sock:
        show("type without SOCK_NONBLOCK", sock.type)
        show("timeout without", sock.gettimeout())


@snippet(57, 171, 172)
def a_new_socket_is_not_inheritable():
    with socket.socket() as sock:
        show("new", sock.get_inheritable())
        sock.set_inheritable(True)
        show("set", sock.get_inheritable())
        show("os", os.get_inheritable(sock.fileno()))
        os.set_inheritable(sock.fileno(), False)
        show("unset", sock.get_inheritable())
        raises("text", sock.set_inheritable)


@snippet(58, 59, 60)
def a_pair_is_connected():
    one, other = socket.socketpair()
    with one, other:
        show("family", one.family)
        show("type", other.type)
        show("proto", one.proto)
        show("inheritable", (one.get_inheritable(), other.get_inheritable()))
        one.sendall(b"over")
        show("arrives", other.recv(10))
        other.sendall(b"back")
        show("comes back", one.recv(10))
        show("names", (one.getsockname(), other.getpeername()))


@snippet(58)
def a_pair_takes_types():
    for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        with one, other:
            one.send(b"first")
            one.send(b"second")
            show(f"{kind!r} keeps messages apart", (other.recv(3), other.recv(100)))
    raises("no pairs of TCP", socket.socketpair, socket.AF_INET)
    raises("text", socket.socketpair, "unix")
    raises("unknown type", socket.socketpair, socket.AF_UNIX, 99)


@snippet(58)
def the_bare_pair_checks_its_arguments():
    raises("four", _socket.socketpair, 1, 1, 0, 0)
    raises("a fraction", _socket.socketpair, 1.5)
    raises("None", _socket.socketpair, 1, None)
    one, other = _socket.socketpair()
    show("type", type(one))
    show("family", one.family)
    one.close()
    other.close()


@snippet(68, 69, 73)
def fromfd_duplicates():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        with socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_DGRAM) as copy:
            show("other number", copy.fileno() != sock.fileno())
            show("family", copy.family)
            show("type", copy.type)
            show("inheritable", copy.get_inheritable())
            copy.bind((LOOPBACK, 0))
            show("same socket", copy.getsockname() == sock.getsockname())
        show("the first stays open", sock.fileno() >= 0)


@snippet(70)
def fromfd_of_what_is_not_open_fails():
    raises("closed number", socket.fromfd, 999_999, socket.AF_INET, socket.SOCK_STREAM)
    raises("negative", socket.fromfd, -1, socket.AF_INET, socket.SOCK_STREAM)
    raises("text", socket.fromfd, "7", socket.AF_INET, socket.SOCK_STREAM)
    raises("too large", socket.fromfd, 1 << 70, socket.AF_INET, socket.SOCK_STREAM)


@snippet(71, 72)
def fromfd_sets_options_of_a_socket_that_is_another_objects():
    with socket.socket() as sock:
        sock.settimeout(3)
        with socket.fromfd(sock.fileno(), socket.AF_INET, socket.SOCK_STREAM) as copy:
            show("timeout of the copy", copy.gettimeout())
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        show("option of the first", sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))


@snippet(68, 166)
def a_number_becomes_an_object_again():
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        number = sock.detach()
        show("closed", sock.fileno())
        with socket.socket(fileno=number) as again:
            show("family is asked for", again.family)
            show("type is asked for", again.type)
            show("proto is asked for", again.proto)
            show("same number", again.fileno() == number)


@snippet(70)
def fileno_is_checked():
    raises("closed number", lambda: socket.socket(fileno=999_999))
    raises("negative", lambda: socket.socket(fileno=-1))
    raises("negative, with the rest", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=-1))
    raises("fraction", lambda: socket.socket(fileno=3.0))
    raises("text", lambda: socket.socket(fileno="3"))
    raises("too large", lambda: socket.socket(fileno=1 << 70))


@snippet(61, 63, 64, 66)
def create_connection_connects():
    with listener() as server:
        with socket.create_connection(server.getsockname(), timeout=5, source_address=("127.0.0.2", 0)) as client:
            accepted, address = server.accept()
            accepted.close()
            show("timeout", client.gettimeout())
            show("from", address[0])
            show("type", (client.family, client.type))


@snippet(64, 65)
def create_connection_takes_the_default_timeout():
    socket.setdefaulttimeout(4.5)
    with listener() as server, socket.create_connection(server.getsockname()) as client:
        show("default", client.gettimeout())
    with listener() as server, socket.create_connection(server.getsockname(), None) as client:
        show("none", client.gettimeout())


@snippet(62, 63)
def create_connection_resolves():
    with listener() as server:
        with socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client:
            show("peer", client.getpeername()[0])


@snippet(62)
def create_connection_tells_the_last_error():
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        raises("refused", socket.create_connection, taken.getsockname(), 5)
        raises("a name that isn't", socket.create_connection, ("no.such.name.invalid", 80), 5)
        raises("no pair", socket.create_connection, "localhost")
        try:
            socket.create_connection(taken.getsockname(), 5, all_errors=True)
        except ExceptionGroup as group:
            show("all of them", [type(one) for one in group.exceptions])


@snippet(67)
def an_empty_source_is_the_systems_choice():
    with listener() as server, socket.create_connection(server.getsockname(), 5, source_address=("", 0)) as client:
        show("from", client.getsockname()[0])
        show("a port", client.getsockname()[1] > 0)


@snippet(61, 259)
def create_server_listens():
    with socket.create_server((LOOPBACK, 0)) as server:
        show("address", server.getsockname()[0])
        show("reuses addresses", server.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
        with socket.create_connection(server.getsockname(), 5) as client:
            accepted, _ = server.accept()
            with accepted:
                client.sendall(b"hello")
                show("accepts", accepted.recv(5))
    raises("dual stack of IPv4", lambda: socket.create_server(("", 0), dualstack_ipv6=True))


@snippet(61, 259)
def a_dual_stack_server_takes_both_families():
    show("has_dualstack_ipv6", socket.has_dualstack_ipv6())
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        port = server.getsockname()[1]
        for host in LOOPBACK, "::1":
            with socket.create_connection((host, port), 5):
                accepted, address = server.accept()
                accepted.close()
                show(f"{host} is seen as", address[0])


@snippet(61, 259)
def a_port_that_is_taken_is_told_with_the_address():
    with listener() as server:
        address = server.getsockname()
        with socket.socket() as other:
            raises("bind", other.bind, address)
        try:
            socket.create_server(address)
        except OSError as error:
            show("type", type(error))
            show("name", errno.errorcode[error.errno])
            show("text", error.strerror.replace(str(address[1]), "PORT"))


@snippet(167, 168)
def dup_is_another_object_of_one_socket():
    with tcp() as (one, other):
        other.settimeout(2)
        with other.dup() as copy:
            show("class", type(copy))
            show("timeout", copy.gettimeout())
            show("inheritable", copy.get_inheritable())
            one.sendall(b"x")
            show("receives", copy.recv(1))
        one.sendall(b"y")
        show("still open", other.recv(1))


@snippet(173, 174, 175)
@differs(
    "wallsocket shares sockets between guests, by Windows's names",
    {"share": ("False", "True"), "fromshare": ("False", "True")},
)
def sharing_is_a_method_of_windows():
    show("share", hasattr(socket.socket, "share"))
    show("fromshare", hasattr(socket, "fromshare"))
    show("ioctl", hasattr(socket.socket, "ioctl"))


@snippet(57, 169, 259)
def socket_close_takes_a_number():
    sock = socket.socket()
    number = sock.detach()
    show("returns", socket.close(number))
    raises("again", socket.close, number)
    raises("text", socket.close, "1")
    raises("negative", socket.close, -1)
    raises("none", socket.close)


@snippet(168)
def socket_dup_takes_a_number():
    with socket.socket() as sock:
        number = socket.dup(sock.fileno())
        show("other", number != sock.fileno())
        socket.close(number)
        raises("closed", socket.dup, number)
        raises("text", socket.dup, "1")


@snippet(56, 162)
def making_one_again_makes_it_anew():
    with socket.socket() as sock:
        number = sock.fileno()
        sock.__init__(socket.AF_INET, socket.SOCK_DGRAM)
        show("type", sock.type)
        if sock.fileno() != number:
            os.close(number)
