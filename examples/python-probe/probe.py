"""Asks several web servers at once how they are, for as long as each is given.

    wallsocket-py build examples/python-probe/probe.py
    wallsocket run --allow 'tcp connect example.com:80' probe.wasm example.com:80 192.0.2.1:80

The second server isn't in the grant: the program is told so, and by which line it would be.
"""

import asyncio
import sys
import time

PATIENCE = 5.0


async def ask(place: str) -> str:
    """The first line of what `HOST:PORT` answers, and how long it took."""
    host, _, port = place.rpartition(":")
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        await writer.drain()
        line = await reader.readline()
    finally:
        writer.close()
    return f"{line.decode('latin-1').strip() or 'no answer'} ({(time.perf_counter() - started) * 1000:.0f} ms)"


async def probe(place: str) -> bool:
    """Prints what came of one server; whether it answered."""
    try:
        print(f"{place}: {await asyncio.wait_for(ask(place), PATIENCE)}", flush=True)
        return True
    except TimeoutError:
        print(f"{place}: nothing within {PATIENCE:g} s", flush=True)
    except PermissionError as error:
        # The grant that is missing stands in the message.
        print(f"{place}: refused: {error.strerror}", flush=True)
    except OSError as error:
        print(f"{place}: {error.strerror or error}", flush=True)
    return False


async def main(places: list[str]) -> int:
    return 0 if all(await asyncio.gather(*map(probe, places))) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
