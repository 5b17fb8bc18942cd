"""`send`, `sendall`, `sendto`, `sendmsg`, `sendfile`."""

import array
import io
import os
import socket

from ends import LOOPBACK, pair, tcp, udp
from snippet import changed, differs, folder, raises, show, snippet


@snippet(4, 213)
def send_gives_how_much_went():
    with tcp() as (one, other):
        show("count", one.send(b"hello"))
        show("none", one.send(b""))
        show("flags", one.send(b"!", socket.MSG_NOSIGNAL))
        show("arrives", other.recv(100, socket.MSG_WAITALL | socket.MSG_DONTWAIT))


@snippet(4, 213)
def send_takes_everything_like_bytes():
    with pair() as (one, other):
        for label, data in {
            "a bytearray": bytearray(b"ab"),
            "a view": memoryview(b"cd"),
            "an array": array.array("H", [1, 2]),
            "a view of an array": memoryview(array.array("i", [1])),
            "a part of a view": memoryview(b"123456")[1:3],
        }.items():
            show(label, (one.send(data), other.recv(100)))


@snippet(213)
def send_checks_its_arguments():
    released = memoryview(b"1")
    released.release()
    with pair() as (one, other):
        for label, arguments in {
            "text": ("x",),
            "None": (None,),
            "number": (1,),
            "list": ([1],),
            "released": (released,),
            "every other byte": (memoryview(b"12345678")[::2],),
            "flags as text": (b"x", "0"),
            "flags huge": (b"x", 1 << 40),
            "three": (b"x", 0, 0),
            "nothing": (),
        }.items():
            raises(f"send {label}", one.send, *arguments)
            raises(f"sendall {label}", one.sendall, *arguments)
        raises("nothing went", other.recv, 1, socket.MSG_DONTWAIT)


@snippet(214, 249)
def send_may_take_a_part():
    with pair() as (one, other):
        one.setblocking(False)
        data = bytes(1 << 22)
        count = one.send(data)
        show("a part", 0 < count < len(data))
        try:
            while True:
                one.send(data)
        except BlockingIOError as error:
            show("until it is full", type(error))
        show("readable", len(other.recv(10)))


@snippet(215)
def send_of_out_of_band_data():
    with tcp() as (one, other):
        one.send(b"!", socket.MSG_OOB)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 0)
        show("urgent", other.recv(1, socket.MSG_OOB))


@snippet(217)
def sendall_gives_nothing():
    with tcp() as (one, other):
        show("returns", one.sendall(b"abc"))
        show("of nothing", one.sendall(b""))
        show("of a view", one.sendall(memoryview(b"def")))
        show("arrives", other.recv(6, socket.MSG_WAITALL))


@snippet(218)
def sendall_to_who_has_gone_fails():
    with pair() as (one, other):
        other.close()
        raises("sendall", one.sendall, b"x")
        raises("send", one.send, b"x")
    with tcp() as (one, other):
        other.close()
        try:
            for _ in range(100):
                one.sendall(bytes(1 << 16))
        except OSError as error:
            show("TCP", type(error) in (BrokenPipeError, ConnectionResetError))


@snippet(219, 243)
def the_timeout_of_sendall_is_for_all_of_it():
    import time

    with pair() as (one, other):
        one.settimeout(0.2)
        began = time.monotonic()
        raises("full", one.sendall, bytes(1 << 24))
        show("not for each part", time.monotonic() - began < 2)
        show("a part went", len(other.recv(10)))


@snippet(221, 222)
def sendto_has_two_forms():
    with udp() as (one, other):
        show("two", one.sendto(b"two", other.getsockname()))
        show("three", one.sendto(b"three", 0, other.getsockname()))
        show("arrive", (other.recv(10), other.recv(10)))
        raises("one", one.sendto, b"x")
        raises("none", one.sendto)
        raises("four", one.sendto, b"x", 0, other.getsockname(), 1)
        raises("flags as text", one.sendto, b"x", "0", other.getsockname())
        raises("text", one.sendto, "x", other.getsockname())
        raises("no address", one.sendto, b"x", None)
        raises("no address, with flags", one.sendto, b"x", 0, None)
        raises("address and flags swapped", one.sendto, b"x", other.getsockname(), 0)


@snippet(222)
@differs(
    "the host opens the path before it asks the kernel",
    {"Unix doesn't": ("OSError EISCONN", "FileNotFoundError ENOENT")},
)
def sendto_of_a_connection():
    with tcp() as (one, other):
        show("TCP takes it", one.sendto(b"x", other.getsockname()))
    with pair() as (one, other):
        raises("Unix doesn't", one.sendto, b"x", f"{folder()}/nowhere")
    with udp() as (one, other):
        one.connect(other.getsockname())
        show("datagrams do", one.sendto(b"x", other.getsockname()))
        show("and without an address", one.send(b"y"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        raises("no destination", sock.send, b"x")
    with socket.socket() as sock:
        raises("not connected", sock.sendto, b"x", (LOOPBACK, 9))


@snippet(222)
def datagrams_have_a_largest_size():
    with udp() as (one, other):
        raises("65508", one.sendto, bytes(65508), other.getsockname())
        show("65507", one.sendto(bytes(65507), other.getsockname()))
        show("arrives", len(other.recv(70000)))
        show("empty", one.sendto(b"", other.getsockname()))
        show("arrives empty", other.recv(10))


@snippet(224, 229)
def sendmsg_gathers():
    with pair() as (one, other):
        show("count", one.sendmsg([b"ab", bytearray(b"cd"), memoryview(b"ef"), b""]))
        show("generator", one.sendmsg(data for data in (b"g", b"h")))
        show("nothing", one.sendmsg([]))
        show("arrives", other.recv(100))


@snippet(226)
def sendmsg_takes_ancillary_data():
    with udp() as (one, other):
        other.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL
        one.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_TTL, (9).to_bytes(4, "little"))], 0, other.getsockname())
        show("time to live", other.recvmsg(10, 100)[1])
        one.sendmsg(
            [b"x"], (item for item in [(socket.IPPROTO_IP, socket.IP_TOS, b"\x10\0\0\0")]), 0, other.getsockname()
        )
        show("generator", other.recvmsg(10, 100)[0])
        raises("unknown message", one.sendmsg, [b"x"], [(socket.IPPROTO_IP, 12345, b"1234")], 0, other.getsockname())
        raises("too short", one.sendmsg, [b"x"], [(socket.IPPROTO_IP, socket.IP_TTL, b"1")], 0, other.getsockname())


@snippet(227)
def several_control_messages_go_at_once():
    with udp() as (one, other):
        other.setsockopt(socket.IPPROTO_IP, 12, 1)
        other.setsockopt(socket.IPPROTO_IP, 13, 1)  # IP_RECVTOS
        items = [(socket.IPPROTO_IP, socket.IP_TTL, b"\x07\0\0\0"), (socket.IPPROTO_IP, socket.IP_TOS, b"\x08\0\0\0")]
        show("sent", one.sendmsg([b"x"], items, 0, other.getsockname()))
        show("received", sorted(other.recvmsg(10, 200)[1]))


@snippet(228)
def sendmsg_takes_flags_and_an_address():
    with udp() as (one, other):
        show("address", one.sendmsg([b"x"], [], 0, other.getsockname()))
        show("flags", one.sendmsg([b"y"], (), socket.MSG_DONTWAIT, other.getsockname()))
        one.connect(other.getsockname())
        show("None", one.sendmsg([b"z"], [], 0, None))
        show("arrive", [other.recv(1) for _ in range(3)])


@snippet(224, 226)
@changed(
    (3, 14),
    "3.14 speaks of tuples where it means tuples",
    {
        "item number": (
            "TypeError: [sendmsg() ancillary data items]() argument must be 3-item sequence, not int",
            "TypeError: [sendmsg() ancillary data items]() argument 1 must be 3-item tuple, not int",
        ),
        "item of two": (
            "TypeError: [sendmsg() ancillary data items]() argument must be sequence of length 3, not 2",
            "TypeError: [sendmsg() ancillary data items]() argument 1 must be tuple of length 3, not 2",
        ),
        "item of four": (
            "TypeError: [sendmsg() ancillary data items]() argument must be sequence of length 3, not 4",
            "TypeError: [sendmsg() ancillary data items]() argument 1 must be tuple of length 3, not 4",
        ),
    },
)
def sendmsg_checks_its_arguments():
    with pair() as (one, other):
        for label, arguments in {
            "nothing": (),
            "bytes": (b"abc",),
            "text": ("abc",),
            "None": (None,),
            "a number": (1,),
            "text in it": ([b"x", "y"],),
            "ancillary number": ([b"x"], 1),
            "ancillary None": ([b"x"], None),
            "item number": ([b"x"], [1]),
            "item of two": ([b"x"], [(1, 1)]),
            "item of four": ([b"x"], [(1, 1, b"", b"")]),
            "item a list": ([b"x"], [[1, 1, b""]]),
            "level as text": ([b"x"], [("1", 1, b"")]),
            "level huge": ([b"x"], [(1 << 40, 1, b"")]),
            "data as text": ([b"x"], [(1, 1, "abc")]),
            "data None": ([b"x"], [(1, 1, None)]),
            "flags as text": ([b"x"], [], "0"),
            "flags huge": ([b"x"], [], 1 << 40),
            "address a number": ([b"x"], [], 0, 1),
            "five": ([b"x"], [], 0, None, 1),
            "rights of half a number": ([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"12")]),
            "rights of what isn't open": (
                [b"x"],
                [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [999_999]))],
            ),
        }.items():
            raises(label, one.sendmsg, *arguments)
        while True:
            try:
                show("went", other.recv(100, socket.MSG_DONTWAIT))
            except BlockingIOError:
                break


@snippet(230, 231)
def sendmsg_afalg_is_for_its_family():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        raises("another family", lambda: sock.sendmsg_afalg([b"x"], op=socket.ALG_OP_ENCRYPT))
        raises("no operation", sock.sendmsg_afalg)
        raises("text", lambda: sock.sendmsg_afalg([b"x"], op="1"))


@snippet(232, 235, 236)
def a_file_is_sent():
    path = f"{folder()}/file"
    with open(path, "wb") as file:
        file.write(b"0123456789" * 100)
    with pair() as (one, other), open(path, "rb") as file:
        show("all", one.sendfile(file))
        show("position", file.tell())
        show("arrives", len(other.recv(2000, socket.MSG_WAITALL | socket.MSG_DONTWAIT)))
        show("from an offset", one.sendfile(file, offset=995))
        show("position then", file.tell())
        show("arrives then", other.recv(100))
        show("so many", one.sendfile(file, offset=3, count=4))
        show("position after", file.tell())
        show("arrives after", other.recv(100))
        show("beyond the end", one.sendfile(file, offset=5000))
        show("more than there is", one.sendfile(file, 998, 100))


@snippet(233, 237)
def sendfile_checks_its_arguments():
    path = f"{folder()}/file"
    with open(path, "wb") as file:
        file.write(b"0123456789")
    with pair() as (one, _), open(path, "rb") as file:
        raises("count 0", one.sendfile, file, 0, 0)
        raises("count negative", one.sendfile, file, 0, -1)
        raises("count a fraction", one.sendfile, file, 0, 1.5)
        with open(path) as text:
            raises("text", one.sendfile, text)
        one.setblocking(False)
        raises("doesn't wait", one.sendfile, file)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, open(path, "rb") as file:
        raises("datagrams", sock.sendfile, file)


@snippet(234)
def what_is_no_regular_file_is_copied():
    with pair() as (one, other):
        show("count", one.sendfile(io.BytesIO(b"in memory")))
        show("arrives", other.recv(100))
        show("part", one.sendfile(io.BytesIO(b"in memory"), offset=3, count=3))
        show("arrives then", other.recv(100))


@snippet(234)
def os_sendfile_sends_by_number():
    path = f"{folder()}/file"
    with open(path, "wb") as file:
        file.write(b"0123456789")
    with pair() as (one, other), open(path, "rb") as file:
        show("count", os.sendfile(one.fileno(), file.fileno(), 2, 5))
        show("arrives", other.recv(100))
        show("from where it is", os.sendfile(one.fileno(), file.fileno(), None, 4))
        show("position", os.lseek(file.fileno(), 0, os.SEEK_CUR))
        raises("closed", os.sendfile, 999_999, file.fileno(), 0, 1)
        raises("no file", os.sendfile, one.fileno(), 999_999, 0, 1)
