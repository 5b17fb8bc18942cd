"""Imports every interface of the contract and calls each, by componentize-py's own bindings: no SDK.

Arguments: the port of an echo server on 127.0.0.1.
"""

import sys

from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import (
    files,
    messages,
    names,
    network_interfaces,
    options,
    permissions,
    sharing,
    sockets,
    transfer,
    wallsocket_socket_poll as poll,
    wallsocket_socket_types as types,
)

AF_INET, SOCK_STREAM, SHUT_WR = 2, 1, 1
SOL_SOCKET, SO_TYPE = 1, 3
ESRCH, EBADF, EPIPE = 3, 9, 32
SECOND = 1_000_000_000


class Run(exports.Run):
    def run(self) -> None:
        try:
            main(int(sys.argv[1]))
        except Err as error:
            sys.exit(f"a call failed: {error.value}")


def main(port: int) -> None:
    echo(port)
    interfaces_without_a_socket()
    print("every interface answered")


def echo(port: int) -> None:
    sock = sockets.Socket.create(AF_INET, SOCK_STREAM, 0)
    sock.set_timeout(10 * SECOND)
    sock.connect(types.SocketAddress_Inet(types.InetAddress((127, 0, 0, 1), port)))
    assert options.get_int(sock, SOL_SOCKET, SO_TYPE) == SOCK_STREAM

    transfer.sendall(sock, b"hello from Python", 0, None)
    sock.shutdown(SHUT_WR)
    ready = poll.poll([poll.Interest(sock, poll.Events.READABLE)], 10 * SECOND)
    assert [one.index for one in ready] == [0], "the echo makes the socket readable"
    said = b""
    while data := transfer.recv(sock, 1024, 0):
        said += data
    assert said == b"hello from Python", said
    print("echoed:", said.decode())

    refused(EPIPE, lambda: messages.sendmsg(sock, [b"x"], [], 0, None))
    refused(ESRCH, lambda: sharing.share(sock, "nobody"))
    assert messages.recvmsg(sock, 10, 0, 0).data == b"", "the stream is at its end"
    # There is no descriptor to lend to it; what counts is that the interface is bound.
    assert callable(files.sendfile)
    sockets.Socket.close(sock)


def interfaces_without_a_socket() -> None:
    found = names.getaddrinfo("localhost", "80", names.Hints(AF_INET, SOCK_STREAM, 0, 0))
    assert found[0].address.value.address == (127, 0, 0, 1), found
    refused(EBADF, lambda: sharing.inherit(3))
    # Nothing granted it: the refusal arrives with the line that would allow it.
    try:
        network_interfaces.if_nameindex()
    except Err as error:
        assert error.value.value.grant == "interfaces list", error.value
    else:
        raise AssertionError("the interfaces weren't granted")
    assert any("tcp connect" in line for line in permissions.held())


def refused(errno: int, call) -> None:
    try:
        call()
    except Err as error:
        assert isinstance(error.value, types.Error_Os) and error.value.value == errno, error.value
    else:
        raise AssertionError(f"succeeded instead of failing with {errno}")
