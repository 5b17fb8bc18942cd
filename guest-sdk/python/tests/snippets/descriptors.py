"""Sockets by number: what `os` does with them, and waiting for them with `select` and `selectors`."""

import os
import select
import selectors
import socket
import stat
import time

from ends import listener, pair, udp
from snippet import changed, differs, fails, raises, show, snippet


@snippet(169, 170)
def os_closes_a_socket():
    with pair() as (one, other):
        number = one.detach()
        os.close(number)
        show("the peer sees the end", other.recv(1))
        raises("again", os.close, number)


@snippet(170)
def os_reads_and_writes():
    with pair() as (one, other):
        show("write", os.write(one.fileno(), bytearray(b"abc")))
        show("read", os.read(other.fileno(), 2))
        raises("text", os.write, one.fileno(), "x")
        raises("negative", os.read, one.fileno(), -1)
        other.setblocking(False)
        raises("nothing there", os.read, other.fileno(), 1)


@snippet(170)
def a_socket_is_a_socket_to_stat():
    with socket.socket() as sock:
        mode = os.fstat(sock.fileno()).st_mode
        show("socket", stat.S_ISSOCK(mode))
        show("regular", stat.S_ISREG(mode))
        show("terminal", os.isatty(sock.fileno()))
        show("blocks", os.get_blocking(sock.fileno()))
        os.set_blocking(sock.fileno(), False)
        show("doesn't", os.get_blocking(sock.fileno()))
        raises("seek", os.lseek, sock.fileno(), 0, os.SEEK_SET)


@snippet(168, 171)
def os_duplicates_a_socket():
    with pair() as (one, other):
        number = os.dup(one.fileno())
        show("inheritable", os.get_inheritable(number))
        os.write(number, b"x")
        show("arrives", other.recv(1))
        os.close(number)
        one.sendall(b"y")
        show("the first lives", other.recv(1))


@snippet(170)
def a_pipe_is_read_and_written():
    reader, writer = os.pipe()
    show("write", os.write(writer, b"through"))
    show("read", os.read(reader, 100))
    show("inheritable", (os.get_inheritable(reader), os.get_inheritable(writer)))
    os.close(writer)
    show("end", os.read(reader, 1))
    os.close(reader)


@snippet(169, 249)
def select_waits_for_sockets():
    with pair() as (one, other):
        show("writable", select.select([], [one], [], 0)[1] == [one])
        show("nothing to read", select.select([one], [], [], 0))
        other.sendall(b"x")
        show("readable", select.select([one], [], [], 5)[0] == [one])
        show("by number", select.select([one.fileno()], [], [], 5)[0] == [one.fileno()])
        show("all three", [len(found) for found in select.select([one, other], [one, other], [one], 5)])
        other.close()
        show("the end is readable", select.select([one], [], [], 5)[0] == [one])


@snippet(169)
def select_checks_its_arguments():
    with socket.socket() as closed:
        number = closed.fileno()
    with socket.socket() as sock:
        for label, arguments in {
            "two": ([], []),
            "five": ([], [], [], 0, 0),
            "no sequences": (1, 2, 3),
            "text in it": (["x"], [], [], 0),
            "None": ([None], [], [], 0),
            "closed": ([closed], [], [], 0),
            "closed number": ([number], [], [], 0),
            "too large": ([1 << 40], [], [], 0),
            "timeout as text": ([], [], [], "1"),
            "timeout negative": ([], [], [], -1),
            "timeout not a number": ([], [], [], float("nan")),
            "timeout huge": ([], [], [], 1e20),
            "timeout None is allowed": ([], [sock], [], None),
        }.items():
            try:
                result = select.select(*arguments)
            except Exception as error:
                raises(label, select.select, *arguments)
                del error
            else:
                show(label, [len(found) for found in result])


@snippet(169)
@changed(
    (3, 14),
    "3.14 has a converter for unsigned ints of C, with words of its own",
    {
        "text for events": (
            "TypeError: an integer is required",
            "TypeError: 'str' object cannot be interpreted as an integer",
        ),
        "negative events": ("ValueError: value must be positive", "ValueError: Cannot convert negative int"),
    },
)
@changed(
    (3, 13),
    "3.13 renamed the C type",
    {
        "timeout huge": (
            "OverflowError: timestamp too large to convert to C _PyTime_t",
            "OverflowError: timestamp too large to convert to C PyTime_t",
        )
    },
)
def poll_waits_for_sockets():
    with pair() as (one, other):
        waiting = select.poll()
        waiting.register(one, select.POLLIN)
        show("nothing", waiting.poll(0))
        other.sendall(b"x")
        show("readable", [(number == one.fileno(), event) for number, event in waiting.poll(5000)])
        waiting.modify(one, select.POLLIN | select.POLLOUT)
        show("both", [event for _, event in waiting.poll(5000)])
        other.close()
        show("hung up", [event & select.POLLHUP for _, event in waiting.poll(5000)])
        show("unregister", waiting.unregister(one))
        fails("again", waiting.unregister, one)
        raises("modify what isn't", waiting.modify, one, select.POLLIN)
        raises("text", waiting.register, "x")
        raises("text for events", waiting.register, one, "1")
        raises("negative events", waiting.register, one, -1)
        raises("too many events", waiting.register, one, 1 << 16)
        raises("timeout as text", waiting.poll, "1")
        raises("timeout huge", waiting.poll, 1 << 70)


@snippet(169)
def poll_tells_of_numbers_that_are_not_open():
    with socket.socket() as sock:
        number = sock.fileno()
    waiting = select.poll()
    waiting.register(number, select.POLLIN)
    show("invalid", [event for _, event in waiting.poll(1000)] == [select.POLLNVAL])


@snippet(169, 249)
def selectors_wait_for_sockets():
    with selectors.DefaultSelector() as selector, listener() as server:
        selector.register(server, selectors.EVENT_READ, "data")
        show("nothing", selector.select(0))
        with socket.create_connection(server.getsockname()):
            ((key, events),) = selector.select(5)
            show("ready", (key.data, events, key.fileobj is server))
            server.accept()[0].close()
        fails("twice", selector.register, server, selectors.EVENT_READ)
        selector.unregister(server)
        fails("unregistered", selector.unregister, server)
        raises("text", selector.register, "x", selectors.EVENT_READ)


@snippet(169, 249)
def waiting_takes_as_long_as_it_is_told():
    with udp() as (one, _):
        began = time.monotonic()
        show("select", select.select([one], [], [], 0.05))
        show("waited", 0.04 < time.monotonic() - began < 2)
        began = time.monotonic()
        show("without sockets", select.select([], [], [], 0.05))
        show("waited then", 0.04 < time.monotonic() - began < 2)
        waiting = select.poll()
        waiting.register(one, select.POLLIN)
        began = time.monotonic()
        show("poll", waiting.poll(50))
        show("waited at last", 0.04 < time.monotonic() - began < 2)


@snippet(169, 249)
def asyncio_runs_on_sockets():
    import asyncio

    async def echo(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"hello\n")
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        server.close()
        return answer

    show("answer", asyncio.run(main()))


@snippet(169)
@differs(
    "the contract's poll tells what is ready, and not what became ready since the last look",
    {"epoll": ("True", "False")},
)
@differs("CPython on WASI has neither", {"readv": ("True", "False"), "writev": ("True", "False")})
def what_there_is_to_wait_and_to_scatter_with():
    show("select", [hasattr(select, name) for name in ("select", "poll", "POLLIN", "POLLRDHUP", "error", "PIPE_BUF")])
    show("epoll", hasattr(select, "epoll"))
    show("readv", hasattr(os, "readv"))
    show("writev", hasattr(os, "writev"))
    show("the best selector", issubclass(selectors.DefaultSelector, selectors.BaseSelector))
