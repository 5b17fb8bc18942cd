"""An echo server over asyncio's streams: prints its port; ends when it is told `quit`."""

import asyncio


async def main() -> None:
    end = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
            if data == b"quit":
                end.set()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await end.wait()
    print("ended", flush=True)


asyncio.run(main())
