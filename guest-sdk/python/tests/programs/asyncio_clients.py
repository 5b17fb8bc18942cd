"""asyncio's streams: `asyncio_clients.py PORT`, an echo server's. Two hundred connections at once."""

import asyncio
import sys

port = int(sys.argv[1])


async def client(number: int, all_open: asyncio.Barrier) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    # Nobody speaks until everybody is connected.
    await all_open.wait()
    for line in range(5):
        writer.write(f"{number} {line}\n".encode())
        await writer.drain()
        if await reader.readline() != f"{number} {line}\n".encode():
            raise AssertionError(f"connection {number} got another's line")
    writer.write(b"x" * 20_000)
    writer.write_eof()
    rest = await reader.read()
    writer.close()
    await writer.wait_closed()
    return len(rest)


async def impatient() -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(0.05):
            return repr(await reader.readline())
    except TimeoutError as error:
        return type(error).__name__
    finally:
        writer.close()


async def bulk() -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def send() -> None:
        for _ in range(64):
            writer.write(b"y" * 65536)
            await writer.drain()
        writer.write_eof()

    _, received = await asyncio.gather(send(), reader.read())
    writer.close()
    return len(received)


async def main() -> None:
    all_open = asyncio.Barrier(200)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(client(number, all_open)) for number in range(200)]
    print("echoed", sum(task.result() for task in tasks))
    print("impatient", await impatient())
    print("bulk", await bulk())


asyncio.run(main())
