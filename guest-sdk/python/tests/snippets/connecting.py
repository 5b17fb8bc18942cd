"""`bind`, `listen`, `accept`, `connect`, `connect_ex`."""

import errno
import select
import socket

from ends import LOOPBACK, listener, tcp, udp
from snippet import raises, show, snippet


@snippet(145)
def accept_wants_a_listener():
    with socket.socket() as sock:
        raises("unbound", sock.accept)
        sock.bind((LOOPBACK, 0))
        raises("bound", sock.accept)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        raises("datagrams", sock.accept)


@snippet(146, 147)
def accept_gives_a_socket_and_an_address():
    with listener() as server, socket.create_connection(server.getsockname()) as client:
        accepted, address = server.accept()
        with accepted:
            show("class", type(accepted))
            show("address", address == client.getsockname())
            show("inheritable", accepted.get_inheritable())
            show("timeout", accepted.gettimeout())
            show("family and type", (accepted.family, accepted.type, accepted.proto))


@snippet(146)
def accept_over_ipv6_gives_four():
    with listener(socket.AF_INET6) as server, socket.create_connection(server.getsockname()[:2]) as client:
        accepted, address = server.accept()
        accepted.close()
        show("length", len(address))
        show("address", address == client.getsockname())
        show("flow and scope", address[2:])


@snippet(146)
def accept_of_a_bare_listener_gives_a_number():
    with listener() as server, socket.create_connection(server.getsockname()):
        number, address = server._accept()
        show("types", (type(number), type(address)))
        socket.close(number)
    raises("arguments", lambda: server._accept(1))


@snippet(148)
def bind_gives_an_address_once():
    with socket.socket() as sock:
        show("returns", sock.bind((LOOPBACK, 0)))
        show("host", sock.getsockname()[0])
        show("a port", sock.getsockname()[1] > 1023)
        raises("again", sock.bind, (LOOPBACK, 0))


@snippet(148)
def bind_checks_addresses_of_ipv4():
    with socket.socket() as sock:
        for label, address in {
            "text": LOOPBACK,
            "a list": [LOOPBACK, 0],
            "one": (LOOPBACK,),
            "three": (LOOPBACK, 0, 0),
            "port as text": (LOOPBACK, "0"),
            "port as a fraction": (LOOPBACK, 1.5),
            "port None": (LOOPBACK, None),
            "port negative": (LOOPBACK, -1),
            "port too large": (LOOPBACK, 65536),
            "port huge": (LOOPBACK, 1 << 70),
            "host None": (None, 0),
            "host a number": (2130706433, 0),
            "host with a null": ("127.0.0.1\0", 0),
            "host of IPv6": ("::1", 0),
            "host a surrogate": ("\ud800", 0),
            "host with a label too long": ("x" * 70, 0),
            "None": None,
            "empty": (),
            "not ours": ("192.0.2.1", 0),
        }.items():
            raises(label, sock.bind, address)
        raises("two arguments", sock.bind, LOOPBACK, 0)
        raises("nothing", sock.bind)


@snippet(148)
def bind_checks_addresses_of_ipv6():
    for label, address in {
        "text": "::1",
        "one": ("::1",),
        "five": ("::1", 0, 0, 0, 0),
        "flow negative": ("::1", 0, -1, 0),
        "flow too large": ("::1", 0, 1 << 20, 0),
        "flow huge": ("::1", 0, 1 << 40, 0),
        "scope negative": ("::1", 0, 0, -1),
        "scope huge": ("::1", 0, 0, 1 << 40),
        "flow as text": ("::1", 0, "0", 0),
        "port too large": ("::1", 65536),
        "port as text": ("::1", "0", 0, 0),
        "not ours": ("2001:db8::1", 0),
        "all four": ("::1", 0, 0, 0),
    }.items():
        with socket.socket(socket.AF_INET6) as sock:
            raises(label, sock.bind, address)
            show(f"{label}, bound to", (sock.getsockname()[0], *sock.getsockname()[2:]))


@snippet(148)
def hosts_are_text_or_bytes():
    for host in (b"127.0.0.1", bytearray(b"127.0.0.1"), "", "localhost", "127.1", "<broadcast>"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            raises(f"{host!r}", sock.bind, (host, 0))
            show(f"{host!r} is", sock.getsockname()[0])


@snippet(149)
def connect_connects():
    with listener() as server, socket.socket() as client:
        show("returns", client.connect(server.getsockname()))
        show("peer", client.getpeername() == server.getsockname())
        raises("again", client.connect, server.getsockname())


@snippet(149, 153)
def nobody_listens():
    with socket.socket() as taken, socket.socket() as client, socket.socket() as other:
        taken.bind((LOOPBACK, 0))
        raises("connect", client.connect, taken.getsockname())
        show("connect_ex", errno.errorcode[other.connect_ex(taken.getsockname())])


@snippet(153, 154)
def connect_ex_raises_what_is_not_of_connect():
    with socket.socket() as sock:
        raises("text", sock.connect_ex, "127.0.0.1")
        raises("port too large", sock.connect_ex, (LOOPBACK, 65536))
        raises("a name that isn't", sock.connect_ex, ("no.such.name.invalid", 1))
        raises("nothing", sock.connect_ex)
    show("closed", errno.errorcode[sock.connect_ex((LOOPBACK, 1))])


@snippet(155)
def connect_ex_gives_zero_or_a_number():
    with listener() as server, socket.socket() as client:
        show("done", client.connect_ex(server.getsockname()))
        show("again", errno.errorcode[client.connect_ex(server.getsockname())])


@snippet(155, 249)
def a_connection_that_is_under_way_is_told():
    with listener() as server, socket.socket() as client:
        client.setblocking(False)
        begun = client.connect_ex(server.getsockname())
        show("begun", errno.errorcode.get(begun, begun) in ("EINPROGRESS", 0))
        select.select([], [client], [], 5)
        show("ended", client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        show("peer", client.getpeername() == server.getsockname())


@snippet(149, 249)
def connecting_without_waiting_is_blockingioerror():
    with listener() as server, socket.socket() as client:
        client.setblocking(False)
        raises("connect", client.connect, server.getsockname())


@snippet(155)
def a_refusal_of_a_connection_that_was_under_way_is_in_so_error():
    with socket.socket() as taken, socket.socket() as client:
        taken.bind((LOOPBACK, 0))
        client.setblocking(False)
        client.connect_ex(taken.getsockname())
        select.select([], [client], [], 5)
        show("SO_ERROR", errno.errorcode[client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)])
        show("only once", client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


@snippet(149)
def datagram_sockets_connect_to_a_peer():
    with udp() as (one, other):
        one.connect(other.getsockname())
        show("peer", one.getpeername() == other.getsockname())
        one.send(b"x")
        show("arrives", other.recvfrom(1)[1] == one.getsockname())
        other.connect(one.getsockname())
        show("connects again", other.connect(one.getsockname()))


@snippet(156, 157, 158)
def listen_takes_a_backlog():
    for backlog in ((), (0,), (1,), (-1,), (-(1 << 31),), (128,), (1 << 30,), ((1 << 31) - 1,)):
        with socket.socket() as sock:
            sock.bind((LOOPBACK, 0))
            raises(f"{backlog}", sock.listen, *backlog)
            show(f"{backlog} listens", sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


@snippet(156, 157)
def listen_checks_its_backlog():
    with socket.socket() as sock:
        raises("beyond an int", sock.listen, 1 << 31)
        raises("below an int", sock.listen, -(1 << 31) - 1)
        raises("huge", sock.listen, 1 << 70)
        raises("fraction", sock.listen, 1.0)
        raises("text", sock.listen, "1")
        raises("None", sock.listen, None)
        raises("two", sock.listen, 1, 2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        raises("datagrams", sock.listen)


@snippet(156)
def listening_twice_is_fine_and_after_connecting_is_not():
    with listener() as server:
        show("again", server.listen(3))
    with tcp() as (one, _):
        raises("connected", one.listen)


@snippet(156)
def listening_without_a_name_takes_one():
    with socket.socket() as sock:
        sock.listen()
        show("host", sock.getsockname()[0])
        show("a port", sock.getsockname()[1] > 0)
