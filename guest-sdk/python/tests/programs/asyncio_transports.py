"""What asyncio has beside TCP streams: datagrams, Unix sockets, a loop's own socket methods, names. Both ends are here.

`asyncio_transports.py FOLDER`, for the Unix socket.
"""

import asyncio
import contextlib
import os
import socket
import sys

folder = sys.argv[1]


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.transport.sendto(data[::-1], addr)


class Collect(asyncio.DatagramProtocol):
    def __init__(self):
        self.got = asyncio.Queue()

    def datagram_received(self, data, addr):
        self.got.put_nowait(data)


async def datagrams() -> None:
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    client, collect = await loop.create_datagram_endpoint(Collect, remote_addr=server.get_extra_info("sockname"))
    for number in range(10):
        client.sendto(f"datagram {number}".encode())
    print("datagrams", sorted([await asyncio.wait_for(collect.got.get(), 10) for _ in range(10)])[0])
    client.close()
    server.close()


async def unix() -> None:
    async def serve(reader, writer):
        writer.write((await reader.readline()).upper())
        writer.close()

    path = f"{folder}/socket"
    async with await asyncio.start_unix_server(serve, path):
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"over a path\n")
        print("unix", await reader.read())
        writer.close()
        await writer.wait_closed()
    # A native Python before 3.13 leaves it behind.
    with contextlib.suppress(OSError):
        os.remove(path)


async def methods() -> None:
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
        listener.setblocking(False)
        client.setblocking(False)
        (accepted, _), _ = await asyncio.gather(
            loop.sock_accept(listener), loop.sock_connect(client, listener.getsockname())
        )
        with accepted:
            data = b"z" * 1_000_000
            received = bytearray()

            async def receive():
                while piece := await loop.sock_recv(accepted, 65536):
                    received.extend(piece)

            async def send():
                await loop.sock_sendall(client, data)
                client.shutdown(socket.SHUT_WR)

            await asyncio.gather(send(), receive())
            print("methods", received == data)


async def names() -> None:
    loop = asyncio.get_running_loop()
    print("getaddrinfo", (await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))[0][4])
    async with await asyncio.start_server(
        lambda reader, writer: writer.close(), "localhost", 0, family=socket.AF_INET
    ) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("localhost", port, family=socket.AF_INET)
        print("by name", await reader.read(), writer.get_extra_info("peername") == ("127.0.0.1", port))
        writer.close()


async def main() -> None:
    await datagrams()
    await unix()
    await methods()
    await names()
    done, waiting = await asyncio.wait(
        [asyncio.ensure_future(asyncio.sleep(wait, wait)) for wait in (0, 30)], timeout=0.05
    )
    print("waited", [task.result() for task in done], len(waiting))
    for task in waiting:
        task.cancel()


asyncio.run(main())
