"""The calls of guests/src/natively.rs, made by native Python: each prints its name and its error number."""

from socket import *

NOBODY = b"\0wallsocket-nobody"
KEPT = []


def keep(sock):
    """Sockets stay open until the end, but for those that a case closes."""
    KEPT.append(sock)
    return sock


def tcp():
    return keep(socket())


def tcp6():
    return keep(socket(AF_INET6))


def unix(kind):
    return keep(socket(AF_UNIX, kind))


def deaf():
    sock = tcp()
    sock.bind(("127.0.0.1", 0))
    return sock


def listener():
    sock = deaf()
    sock.listen()
    return sock


def connected():
    server = listener()
    client = tcp()
    client.connect(server.getsockname())
    return client, keep(server.accept()[0])


def datagrams():
    sock = keep(socket(AF_INET, SOCK_DGRAM))
    sock.bind(("127.0.0.1", 0))
    return sock


def pair(kind):
    one, other = socketpair(AF_UNIX, kind)
    return keep(one), keep(other)


def timed(sock, timeout):
    sock.settimeout(timeout)
    return sock


def twice(sock, address):
    sock.connect_ex(address)
    sock.connect(address)


def shut_twice(sock):
    sock.shutdown(SHUT_WR)
    sock.shutdown(SHUT_WR)


def peer_after_end():
    client, server = connected()
    client.shutdown(SHUT_RDWR)
    server.close()
    client.getpeername()


def without_peer(kind):
    one, other = pair(kind)
    other.close()
    one.send(b"x")


def v6only_late():
    sock = tcp6()
    sock.bind(("::1", 0))
    sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)


def v6_mapped():
    sock = tcp6()
    sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
    sock.connect(("::ffff:127.0.0.1", 9))


def to_itself(data, flags):
    sock = datagrams()
    sock.sendto(data, flags, sock.getsockname())


def with_peer(call):
    client, server = connected()
    call(client, server)


CASES = {
    "recv unconnected": lambda: tcp().recv(9),
    "recv listener": lambda: listener().recv(9),
    "recvfrom listener": lambda: listener().recvfrom(9),
    "send unconnected": lambda: tcp().send(b"x"),
    "send listener": lambda: listener().send(b"x"),
    "sendto unconnected": lambda: tcp().sendto(b"x", listener().getsockname()),
    "sendall unconnected": lambda: tcp().sendall(b"x"),
    "accept unbound": lambda: tcp().accept(),
    "accept nobody": lambda: timed(listener(), 0).accept(),
    "listen twice": lambda: listener().listen(3),
    "listen connected": lambda: connected()[0].listen(3),
    "bind twice": lambda: deaf().bind(("127.0.0.1", 0)),
    "bind connected": lambda: connected()[0].bind(("127.0.0.1", 0)),
    "bind foreign": lambda: tcp().bind(("192.0.2.1", 0)),
    "bind taken": lambda: tcp().bind(deaf().getsockname()),
    "connect twice": lambda: with_peer(lambda client, server: client.connect(server.getsockname())),
    "connect listener": lambda: listener().connect(listener().getsockname()),
    "connect accepted": lambda: with_peer(lambda client, server: server.connect(client.getsockname())),
    "connect refused": lambda: tcp().connect(deaf().getsockname()),
    "connect refused again": lambda: twice(tcp(), deaf().getsockname()),
    "connect refused timed": lambda: twice(timed(tcp(), 9), deaf().getsockname()),
    "connect port 0": lambda: tcp().connect(("127.0.0.1", 0)),
    "shutdown unconnected": lambda: tcp().shutdown(SHUT_WR),
    "shutdown listener": lambda: listener().shutdown(SHUT_RD),
    "shutdown twice": lambda: shut_twice(connected()[0]),
    "shutdown how": lambda: connected()[0].shutdown(7),
    "peer unconnected": lambda: tcp().getpeername(),
    "peer after end": peer_after_end,
    "name unbound": lambda: tcp().getsockname(),
    "oob none": lambda: connected()[0].recv(1, MSG_OOB),
    "oob udp": lambda: timed(datagrams(), 0).recv(1, MSG_OOB),
    "udp send unconnected": lambda: datagrams().send(b"x"),
    "udp recv nothing": lambda: timed(datagrams(), 0).recv(9),
    "udp to port 0": lambda: datagrams().sendto(b"x", ("127.0.0.1", 0)),
    "udp too large": lambda: to_itself(bytes(65_508), 0),
    "udp shutdown": lambda: datagrams().shutdown(SHUT_RD),
    "udp send oob": lambda: to_itself(b"x", MSG_OOB),
    "udp nodelay": lambda: datagrams().setsockopt(IPPROTO_TCP, TCP_NODELAY, 1),
    "unix sendto connected": lambda: pair(SOCK_STREAM)[0].sendto(b"x", NOBODY),
    "unix sendto unconnected": lambda: unix(SOCK_STREAM).sendto(b"x", NOBODY),
    "unix connect nobody": lambda: unix(SOCK_STREAM).connect(NOBODY),
    "unix listen pair": lambda: pair(SOCK_STREAM)[0].listen(1),
    "unix listen unbound": lambda: unix(SOCK_SEQPACKET).listen(1),
    "unix accept unbound": lambda: unix(SOCK_STREAM).accept(),
    "unix recv stream": lambda: unix(SOCK_STREAM).recv(9),
    "unix recv packet": lambda: unix(SOCK_SEQPACKET).recv(9),
    "unix send packet": lambda: unix(SOCK_SEQPACKET).send(b"x"),
    "unix send datagram": lambda: unix(SOCK_DGRAM).send(b"x"),
    "unix datagram nobody": lambda: unix(SOCK_DGRAM).sendto(b"x", NOBODY),
    "unix peer gone": lambda: without_peer(SOCK_STREAM),
    "unix datagram peer gone": lambda: without_peer(SOCK_DGRAM),
    "unix datagram huge": lambda: pair(SOCK_DGRAM)[0].send(bytes(16 << 20)),
    "unix oob": lambda: timed(pair(SOCK_STREAM)[0], 0).recv(1, MSG_OOB),
    "unix datagram listen": lambda: unix(SOCK_DGRAM).listen(1),
    "v6only late": v6only_late,
    "v6 mapped only6": v6_mapped,
    "ttl 0": lambda: tcp().setsockopt(IPPROTO_IP, IP_TTL, 0),
    "ttl 256": lambda: tcp().setsockopt(IPPROTO_IP, IP_TTL, 256),
    "hops -2": lambda: tcp6().setsockopt(IPPROTO_IPV6, IPV6_UNICAST_HOPS, -2),
    "v6 option of v4": lambda: tcp().setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1),
    "keepidle 0": lambda: tcp().setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 0),
    "type read-only": lambda: tcp().setsockopt(SOL_SOCKET, SO_TYPE, 1),
}

for case, call in CASES.items():
    try:
        call()
        print(f"{case}: 0")
    except OSError as error:
        print(f"{case}: {error.errno}")
