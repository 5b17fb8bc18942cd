"""The client of the benchmark in Python; src/lib.rs says what it does."""

import socket
import sys

echo_port, bulk_port, datagram_port = map(int, sys.argv[1:4])
path = sys.argv[4]
echo = socket.create_connection(("127.0.0.1", echo_port))
bulk = socket.create_connection(("127.0.0.1", bulk_port))
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
receiver_address = receiver.getsockname()


def exhaust(sock, size, count):
    while count > 0:
        received = len(sock.recv(min(size, count)))
        if received == 0:
            raise EOFError
        count -= received


def tcp(size, count):
    data = b"x" * size
    for _ in range(count):
        echo.sendall(data)
        exhaust(echo, size, size)


def udp(size, count):
    data = b"x" * size
    for _ in range(count):
        datagrams.sendto(data, ("127.0.0.1", datagram_port))
        received, _ = datagrams.recvfrom(size)
        assert len(received) == size


def send(size, count):
    data = b"x" * size
    bulk.sendall(b">" + (size * count).to_bytes(8, "little"))
    for _ in range(count):
        bulk.sendall(data)
    exhaust(bulk, 1, 1)


def receive(size, count):
    bulk.sendall(b"<" + (size * count).to_bytes(8, "little"))
    exhaust(bulk, size, size * count)


def file(size, count):
    with open(path, "rb") as file:
        for _ in range(count):
            bulk.sendall(b">" + size.to_bytes(8, "little"))
            assert bulk.sendfile(file, 0, size) == size
            exhaust(bulk, 1, 1)


def batch(size, count):
    data = b"x" * size
    for _ in range(count // 64):
        for _ in range(64):
            datagrams.sendto(data, receiver_address)
        for _ in range(64):
            received, _ = receiver.recvfrom(size)
            assert len(received) == size


def idle(_, count):
    for _ in range(count):
        echo.gettimeout()


for line in sys.stdin:
    kind, size, count = line.split()
    kinds = {"tcp": tcp, "udp": udp, "send": send, "receive": receive, "file": file, "batch": batch, "idle": idle}
    kinds[kind](int(size), int(count))
    print("done", flush=True)
