"""asyncio's streams: two hundred connections of one guest; a server in a guest."""

import asyncio
import contextlib
import tempfile
import threading
import unittest
from collections.abc import Iterator

from tests.libraries import LibraryTests


@contextlib.contextmanager
def echo_server() -> Iterator[int]:
    """A native echo server in a thread; gives its port."""
    started: list[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = []
    ready = threading.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.close()
            await writer.wait_closed()

    async def main() -> None:
        end = asyncio.Event()
        async with await asyncio.start_server(serve, "127.0.0.1", 0, backlog=256) as server:
            started.append((asyncio.get_running_loop(), end, server.sockets[0].getsockname()[1]))
            ready.set()
            await end.wait()

    thread = threading.Thread(target=asyncio.run, args=[main()])
    thread.start()
    ready.wait()
    loop, end, port = started[0]
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()


async def talk(port: int, number: int) -> bool:
    """Sends lines to an echo server, and says whether they came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in range(5):
        data = f"{number} {line}\n".encode() * 1000
        writer.write(data)
        if await reader.readexactly(len(data)) != data:
            return False
    writer.close()
    await writer.wait_closed()
    return True


class AsyncioStreams(LibraryTests):
    def test_two_hundred_connections_of_one_guest_take_one_grant(self) -> None:
        with echo_server() as port:
            said = self.same("asyncio_clients.py", [port], [f"tcp connect 127.0.0.1:{port}"])
        self.assertEqual(said, "echoed 4000000\nimpatient TimeoutError\nbulk 4194304\n")

    def test_a_guest_without_the_grant_is_told_it(self) -> None:
        self.refused("asyncio_clients.py", [1], "tcp connect 127.0.0.1:1")

    def test_a_guest_serves_native_clients_under_one_grant(self) -> None:
        guest = self.serve("asyncio_server.py", [], ["tcp listen 127.0.0.1:0"])

        async def clients() -> list[bool]:
            return await asyncio.gather(*(talk(guest.port, number) for number in range(100)))

        self.assertEqual(asyncio.run(clients()), [True] * 100)

        async def end() -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", guest.port)
            writer.write(b"quit")
            answer = await reader.readexactly(4)
            writer.close()
            return answer

        self.assertEqual(asyncio.run(end()), b"quit")
        self.assertEqual(guest.line(), "ended")
        self.assertEqual(guest.process.wait(30), 0)

    def test_a_server_without_the_grant_is_told_it(self) -> None:
        self.refused("asyncio_server.py", [], "tcp listen 127.0.0.1:0")

    def test_datagrams_unix_sockets_and_names_take_a_grant_each(self) -> None:
        with tempfile.TemporaryDirectory(prefix="ws-") as folder:
            allow = [
                "udp bind 127.0.0.1:0",
                "udp send 127.0.0.1:32768-60999",
                f"unix listen {folder}",
                f"unix connect {folder}",
                "tcp listen 127.0.0.1:0",
                "tcp connect localhost:32768-60999",
            ]
            said = self.same("asyncio_transports.py", [folder], allow)
            self.assertIn("by name b'' True\n", said)
            for position, line in enumerate(allow):
                if "32768" not in line:
                    hint = f"{line}/socket" if line.startswith("unix") else line
                    self.refused(
                        "asyncio_transports.py", [folder], hint, allow=allow[:position] + allow[position + 1 :]
                    )


if __name__ == "__main__":
    unittest.main()
