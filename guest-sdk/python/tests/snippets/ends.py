"""Connected sockets, as many snippets need them. Both ends are the snippet's own: it needs no thread and no peer.

They block without end, as new sockets do. The driver has a time limit.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

LOOPBACK = "127.0.0.1"


@contextmanager
def listener(family: int = socket.AF_INET) -> Iterator[socket.socket]:
    """A TCP socket that listens on loopback."""
    with socket.socket(family) as server:
        server.bind(("::1" if family == socket.AF_INET6 else LOOPBACK, 0))
        server.listen()
        yield server


@contextmanager
def tcp(family: int = socket.AF_INET) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a TCP connection: who connected, who accepted."""
    with listener(family) as server, socket.socket(family) as client:
        client.connect(server.getsockname())
        accepted, _ = server.accept()
        with accepted:
            yield client, accepted


@contextmanager
def udp(family: int = socket.AF_INET) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two datagram sockets on loopback that know nothing of each other."""
    host = "::1" if family == socket.AF_INET6 else LOOPBACK
    with socket.socket(family, socket.SOCK_DGRAM) as one, socket.socket(family, socket.SOCK_DGRAM) as other:
        one.bind((host, 0))
        other.bind((host, 0))
        yield one, other


@contextmanager
def pair(kind: int = socket.SOCK_STREAM) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two Unix sockets that are connected to each other."""
    one, other = socket.socketpair(socket.AF_UNIX, kind)
    with one, other:
        yield one, other
