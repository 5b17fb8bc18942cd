"""`close`, `detach`, `shutdown`, files over sockets, and numbers of sockets."""

import gc
import io
import os
import socket
import weakref

from ends import pair, tcp
from snippet import folder, raises, show, snippet


@snippet(159, 161)
def a_closed_socket_does_nothing():
    sock = socket.socket()
    show("returns", sock.close())
    show("number", sock.fileno())
    show("again", sock.close())
    for name, arguments in {
        "send": (b"x",),
        "sendall": (b"x",),
        "sendto": (b"x", ("127.0.0.1", 9)),
        "sendmsg": ([b"x"],),
        "recv": (1,),
        "recvfrom": (1,),
        "recv_into": (bytearray(1),),
        "recvfrom_into": (bytearray(1),),
        "recvmsg": (1,),
        "recvmsg_into": ([bytearray(1)],),
        "accept": (),
        "bind": (("127.0.0.1", 0),),
        "connect": (("127.0.0.1", 9),),
        "listen": (),
        "getsockname": (),
        "getpeername": (),
        "getsockopt": (socket.SOL_SOCKET, socket.SO_TYPE),
        "setsockopt": (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
        "shutdown": (socket.SHUT_RD,),
        "dup": (),
        "settimeout": (1,),
        "setblocking": (True,),
        "gettimeout": (),
        "getblocking": (),
        "get_inheritable": (),
        "set_inheritable": (True,),
        "detach": (),
    }.items():
        raises(name, getattr(sock, name), *arguments)


@snippet(161)
def arguments_are_checked_before_the_socket():
    sock = socket.socket()
    sock.close()
    raises("recv", sock.recv, "1")
    raises("send", sock.send, "x")
    raises("connect", sock.connect, 1)
    raises("bind", sock.bind, ("127.0.0.1", "x"))
    raises("negative recv", sock.recv, -1)


@snippet(160, 212)
def files_keep_a_socket_open():
    with pair() as (one, other):
        file = one.makefile("wb")
        one.close()
        show("still numbered", one.fileno() >= 0)
        file.write(b"late")
        file.close()
        show("now closed", one.fileno())
        show("arrives", other.recv(10))
        show("then the end", other.recv(10))


@snippet(161)
def a_peer_reads_what_was_queued_and_then_the_end():
    with tcp() as (one, other):
        one.sendall(b"last words")
        one.close()
        show("words", other.recv(100))
        show("end", other.recv(100))


@snippet(162)
def a_forgotten_socket_is_closed():
    with pair() as (_, other):
        third, fourth = socket.socketpair()
        gone = weakref.ref(third)
        del third
        gc.collect()
        show("gone", gone())
        show("the peer sees the end", fourth.recv(1))
        fourth.close()
        show("others live", other.fileno() >= 0)


@snippet(162)
def a_forgotten_socket_is_warned_of():
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        sock = socket.socket()
        number = sock.fileno()
        del sock
        gc.collect()
    show("warnings", [(one.category.__name__, str(one.message).replace(f"fd={number}", "fd=N")) for one in caught])


@snippet(163)
def with_closes():
    with socket.socket() as sock:
        show("inside", sock.fileno() >= 0)
    show("after", sock.fileno())
    try:
        with socket.socket() as sock:
            raise KeyError("x")
    except KeyError:
        show("after an exception", sock.fileno())


@snippet(164)
def an_error_of_close_is_told():
    sock = socket.socket()
    os.close(sock.fileno())
    raises("close", sock.close)


@snippet(165, 176)
def shutdown_ends_a_connection_at_once():
    with tcp() as (one, other):
        with one.dup():
            one.shutdown(socket.SHUT_RDWR)
            one.close()
            show("end", other.recv(1))


@snippet(166)
def detach_gives_the_number():
    sock = socket.socket()
    number = sock.fileno()
    show("the number", sock.detach() == number)
    show("then", sock.fileno())
    raises("use", sock.getsockname)
    os.close(number)
    show("again", sock.detach())


@snippet(169)
def numbers_are_small_and_different():
    with pair() as (one, other):
        show("type", type(one.fileno()))
        show("different", one.fileno() != other.fileno())
        show("small", one.fileno() < 1 << 31)
    raises("argument", lambda: one.fileno(1))


@snippet(170)
def a_number_is_a_descriptor():
    with pair() as (one, other):
        show("write", os.write(one.fileno(), b"by number"))
        show("read", os.read(other.fileno(), 100))
        with open(os.dup(one.fileno()), "wb", buffering=0) as file:
            file.write(b"by file")
        show("of a file", other.recv(100))


@snippet(177)
def nothing_is_received_after_shut_rd():
    with tcp() as (one, _):
        show("returns", one.shutdown(socket.SHUT_RD))
        show("recv", one.recv(10))


@snippet(178)
def nothing_is_sent_after_shut_wr():
    with tcp() as (one, other):
        one.shutdown(socket.SHUT_WR)
        raises("send", one.send, b"x")
        raises("sendall", one.sendall, b"x")
        show("the peer sees the end", other.recv(1))
        other.sendall(b"still this way")
        show("still receives", one.recv(100))


@snippet(179)
def neither_after_shut_rdwr():
    with pair() as (one, other):
        one.shutdown(socket.SHUT_RDWR)
        show("recv", one.recv(1))
        raises("send", one.send, b"x")
        show("the peer sees the end", other.recv(1))
        raises("the peer's send", other.send, b"x")


@snippet(176)
def shutdown_checks_its_argument():
    with tcp() as (one, _):
        raises("3", one.shutdown, 3)
        raises("-1", one.shutdown, -1)
        raises("text", one.shutdown, "1")
        raises("None", one.shutdown, None)
        raises("huge", one.shutdown, 1 << 40)
        raises("nothing", one.shutdown)
    with socket.socket() as sock:
        raises("unconnected", sock.shutdown, socket.SHUT_RDWR)


@snippet(212)
def files_read_and_write():
    with pair() as (one, other):
        with (
            one.makefile("w", encoding="utf-8", newline="\n") as writer,
            other.makefile("r", encoding="utf-8") as reader,
        ):
            writer.write("first\nzwei ü\n")
            writer.flush()
            show("lines", [reader.readline(), reader.readline()])
            show("kinds", (type(writer), type(reader)))
            show("encoding", reader.encoding)
        with one.makefile("rwb") as both:
            show("both ways", type(both))
            both.write(b"x")
            both.flush()
            show("arrives", other.recv(1))


@snippet(212)
def files_may_be_without_a_buffer():
    with pair() as (one, other):
        with one.makefile("rb", buffering=0) as raw:
            show("kind", type(raw))
            show("name is the number", raw.name == one.fileno())
            show("fileno", raw.fileno() == one.fileno())
            show("mode", raw.mode)
            show("able to", (raw.readable(), raw.writable(), raw.seekable()))
            other.sendall(b"abcdef")
            show("read", raw.read(3))
            buffer = bytearray(3)
            show("readinto", (raw.readinto(buffer), bytes(buffer)))
            raises("write", raw.write, b"x")
        show("closed", raw.closed)
        raises("read closed", raw.read, 1)
        raises("text without a buffer", lambda: one.makefile("r", buffering=0))
        raises("unknown mode", lambda: one.makefile("a"))


@snippet(212)
def a_file_whose_socket_timed_out_reads_no_more():
    with pair() as (one, _):
        one.settimeout(0.01)
        with one.makefile("rb") as file:
            raises("first", file.read, 1)
            raises("second", file.read, 1)


@snippet(212)
def a_file_whose_socket_does_not_wait_gives_none():
    with pair() as (one, _):
        one.setblocking(False)
        with one.makefile("rb", buffering=0) as raw:
            show("nothing yet", raw.read(1))


@snippet(212, 160)
def a_file_outlives_its_socket_object():
    one, other = socket.socketpair()
    with one.makefile("rb") as reader:
        one.close()
        other.sendall(b"x")
        other.close()
        show("reads", reader.read())
        show("is a buffer", isinstance(reader, io.BufferedReader))


@snippet(162)
def sockets_are_not_pickled_or_copied():
    import copy
    import pickle

    with socket.socket() as sock:
        raises("pickle", pickle.dumps, sock)
        raises("copy", copy.copy, sock)
        raises("compare", lambda: sock < sock)
        show("equal to itself only", (sock == sock, sock == sock.fileno()))
        show("hash", isinstance(hash(sock), int))
        show("weak", weakref.ref(sock)() is sock)


@snippet(159)
def a_unix_socket_leaves_its_path():
    where = folder()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{where}/path")
        server.listen()
    with socket.socket(socket.AF_UNIX) as client:
        raises("nobody there", client.connect, f"{where}/nothing")
