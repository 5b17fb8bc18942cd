"""`getpeername`, `getsockname`, `getsockopt`, `setsockopt`, and `fcntl` on sockets."""

import socket
import struct

from ends import LOOPBACK, listener, pair, tcp, udp
from snippet import differs, raises, show, snippet


@snippet(180, 182)
def both_ends_have_names():
    with tcp() as (one, other):
        show("mine is theirs", one.getsockname() == other.getpeername())
        show("theirs is mine", one.getpeername() == other.getsockname())
        show("form", [type(part) for part in one.getsockname()])
        raises("argument", lambda: one.getsockname(1))
    with tcp(socket.AF_INET6) as (one, _):
        show("form of IPv6", [type(part) for part in one.getpeername()])


@snippet(180, 182)
def sockets_without_names():
    with socket.socket() as sock:
        show("unbound", sock.getsockname())
        raises("no peer", sock.getpeername)
    with socket.socket(socket.AF_INET6) as sock:
        show("unbound IPv6", sock.getsockname())
    with socket.socket(socket.AF_UNIX) as sock:
        show("unbound Unix", sock.getsockname())
        raises("no Unix peer", sock.getpeername)


@snippet(181)
def peers_are_supported_for_every_family_here():
    with pair() as (one, _):
        show("Unix", one.getpeername())
    with udp() as (one, other):
        raises("not connected", one.getpeername)
        one.connect(other.getsockname())
        show("datagrams", one.getpeername() == other.getsockname())


@snippet(183, 184, 186)
def an_option_is_a_number():
    with socket.socket() as sock:
        show("before", sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
        show("returns", sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1))
        show("after", sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
        show("type", type(sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        show("True", sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))


@snippet(183, 185)
def an_option_is_bytes():
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
        show("linger", struct.unpack("ii", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)))
        show("more room", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 100))
        show("less room", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 4))
        show("number as bytes", sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, 4))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, b"\x01\0\0\0")
        show("bytes as a number", sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, bytearray(4))
        show("bytearray", sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes(8))


@snippet(185)
def the_room_for_an_option_has_limits():
    with socket.socket() as sock:
        for length in (0, 1, 1024, 1025, -1, 1 << 31, 1 << 70, "8", 1.0, None):
            raises(f"{length!r}", sock.getsockopt, socket.SOL_SOCKET, socket.SO_TYPE, length)


@snippet(186)
def setsockopt_checks_its_arguments():
    with socket.socket() as sock:
        level, name = socket.SOL_SOCKET, socket.SO_KEEPALIVE
        for label, arguments in {
            "two": (level, name),
            "five": (level, name, None, 1, 2),
            "nothing": (),
            "None without a length": (level, name, None),
            "a number and a length": (level, name, 1, 4),
            "bytes and a length": (level, name, b"1234", 4),
            "text": (level, name, "1"),
            "a fraction": (level, name, 1.0),
            "a list": (level, name, [1]),
            "beyond an int": (level, name, 1 << 31),
            "below an int": (level, name, -(1 << 31) - 1),
            "short bytes": (level, name, b"1"),
            "no bytes": (level, name, b""),
            "level as text": ("1", name, 1),
            "level huge": (1 << 40, name, 1),
            "name None": (level, None, 1),
            "name huge": (level, 1 << 40, 1),
            "length negative": (level, name, None, -1),
            "length as text": (level, name, None, "4"),
        }.items():
            raises(label, sock.setsockopt, *arguments)


@snippet(183)
@differs(
    "the host knows options one by one, and says this of those that it doesn't know",
    {"unknown level": ("OSError EOPNOTSUPP", "OSError ENOPROTOOPT")},
)
def getsockopt_checks_its_arguments():
    with socket.socket() as sock:
        for label, arguments in {
            "one": (socket.SOL_SOCKET,),
            "four": (socket.SOL_SOCKET, socket.SO_TYPE, 4, 4),
            "level as text": ("1", socket.SO_TYPE),
            "level huge": (1 << 40, socket.SO_TYPE),
            "name None": (socket.SOL_SOCKET, None),
            "unknown level": (12345, 1),
            "unknown name": (socket.SOL_SOCKET, 12345),
            "of another protocol": (socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
        }.items():
            raises(label, sock.getsockopt, *arguments)


@snippet(30, 184)
def a_socket_tells_what_it_is():
    with listener() as server:
        show("SO_DOMAIN", server.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN))
        show("SO_TYPE", server.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
        show("SO_PROTOCOL", server.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL))
        show("SO_ACCEPTCONN", server.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
        show("SO_ERROR", server.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        raises("read only", server.setsockopt, socket.SOL_SOCKET, socket.SO_TYPE, 1)


@snippet(27, 184)
def options_of_tcp_are_set():
    with socket.socket() as sock:
        for name, value in (
            ("TCP_NODELAY", 1),
            ("TCP_KEEPIDLE", 90),
            ("TCP_KEEPINTVL", 7),
            ("TCP_KEEPCNT", 3),
            ("TCP_USER_TIMEOUT", 1234),
        ):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
            show(name, sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)))
        raises("out of range", sock.setsockopt, socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, -5)
        show("TCP_INFO begins with the state", sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1))
        show(
            "TCP_CONGESTION is text",
            sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16).rstrip(b"\0").isascii(),
        )


@snippet(22, 23, 184)
def options_of_ip_are_set():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for name, value in (("IP_TTL", 9), ("IP_TOS", 16), ("IP_MULTICAST_TTL", 4), ("IP_MULTICAST_LOOP", 0)):
            sock.setsockopt(socket.IPPROTO_IP, getattr(socket, name), value)
            show(name, sock.getsockopt(socket.IPPROTO_IP, getattr(socket, name)))
        raises("out of range", sock.setsockopt, socket.IPPROTO_IP, socket.IP_TTL, 256)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, b"\x05")
        show("one byte", sock.getsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        for name, value in (
            ("IPV6_V6ONLY", 1),
            ("IPV6_UNICAST_HOPS", 9),
            ("IPV6_MULTICAST_HOPS", 3),
            ("IPV6_TCLASS", 8),
        ):
            sock.setsockopt(socket.IPPROTO_IPV6, getattr(socket, name), value)
            show(name, sock.getsockopt(socket.IPPROTO_IPV6, getattr(socket, name)))


@snippet(22)
def groups_are_joined():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        group = socket.inet_aton("239.255.7.7") + socket.inet_aton(LOOPBACK)
        show("join", sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group))
        raises("again", sock.setsockopt, socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        show("leave", sock.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group))
        raises("again leave", sock.setsockopt, socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group)
        raises("too short", sock.setsockopt, socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, b"1234")
        raises("no group", sock.setsockopt, socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, bytes(8))


@snippet(183, 185)
def a_unix_peer_shows_its_credentials():
    with pair() as (one, _):
        size = struct.calcsize("3i")
        pid, uid, gid = struct.unpack("3i", one.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
        show("pid", pid > 0)
        show("users", (uid >= 0, gid >= 0))
        show("SO_PASSCRED", one.getsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED))


@snippet(183, 185)
def times_are_structures():
    with socket.socket() as sock:
        show("none", sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("qq", 2, 500_000))
        show("set", struct.unpack("qq", sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)))
        raises(
            "too many microseconds",
            sock.setsockopt,
            socket.SOL_SOCKET,
            socket.SO_RCVTIMEO,
            struct.pack("qq", 0, 2_000_000),
        )
        raises("too short", sock.setsockopt, socket.SOL_SOCKET, socket.SO_RCVTIMEO, b"1234")


@snippet(189)
def fcntl_takes_a_socket():
    try:
        import fcntl
    except ImportError:
        show("fcntl", "missing")
        return
    import os

    with socket.socket() as sock:
        flags = fcntl.fcntl(sock, fcntl.F_GETFL)
        show("blocks", bool(flags & os.O_NONBLOCK))
        fcntl.fcntl(sock, fcntl.F_SETFL, flags | os.O_NONBLOCK)
        show("doesn't", bool(fcntl.fcntl(sock.fileno(), fcntl.F_GETFL) & os.O_NONBLOCK))
        show("close on exec", fcntl.fcntl(sock, fcntl.F_GETFD))


@snippet(187, 188)
def ioctl_is_a_method_of_windows():
    show("method", hasattr(socket.socket, "ioctl"))
    show("codes", [hasattr(socket, name) for name in ("SIO_RCVALL", "SIO_KEEPALIVE_VALS", "SIO_LOOPBACK_FAST_PATH")])
