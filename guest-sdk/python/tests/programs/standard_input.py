"""Waits for standard input and a socket together. Run with `select`, `poll` or `asyncio`; says what came first."""

import asyncio
import os
import select
import socket
import sys
import time


def by_select():
    ours, theirs = socket.socketpair()
    started = time.monotonic()
    assert select.select([0, ours], [], [], 0.2) == ([], [], []), "nothing has come yet"
    assert time.monotonic() - started >= 0.19
    theirs.send(b"from the socket")
    assert select.select([sys.stdin, ours], [], [], 10)[0] == [ours]
    print(ours.recv(100).decode(), flush=True)
    assert select.select([0, ours], [], [], 10)[0] == [0]
    print(sys.stdin.readline().rstrip(), flush=True)
    assert select.select([0], [], [], 10)[0] == [0], "the end can be read"
    print("end" if sys.stdin.read() == "" else "more")


def by_poll():
    ours, theirs = socket.socketpair()
    poll = select.poll()
    for number in (0, ours.fileno()):
        poll.register(number, select.POLLIN)
    assert poll.poll(200) == []
    theirs.send(b"from the socket")
    assert poll.poll(10_000) == [(ours.fileno(), select.POLLIN)]
    print(ours.recv(100).decode(), flush=True)
    assert poll.poll() == [(0, select.POLLIN)]
    print(os.read(0, 100).decode().rstrip(), flush=True)
    assert poll.poll(10_000)[0][0] == 0
    print("end" if os.read(0, 100) == b"" else "more")


async def by_asyncio():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    line = asyncio.ensure_future(reader.readline())
    await asyncio.sleep(0.2)
    assert not line.done(), "the loop goes on while nothing comes"
    print("from the socket", flush=True)
    print((await line).decode().rstrip(), flush=True)
    print("end" if await reader.read() == b"" else "more")


if sys.argv[1] == "asyncio":
    asyncio.run(by_asyncio())
else:
    {"select": by_select, "poll": by_poll}[sys.argv[1]]()
