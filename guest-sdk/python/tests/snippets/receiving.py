"""`recv`, `recvfrom`, `recv_into`, `recvfrom_into`, `recvmsg`, `recvmsg_into`."""

import array
import socket
import struct

from ends import pair, tcp, udp
from snippet import raises, show, snippet


@snippet(3, 190)
def recv_gives_at_most_what_was_asked_for():
    with tcp() as (one, other):
        one.sendall(b"0123456789")
        show("some", other.recv(4))
        show("the rest", other.recv(100))
        show("type", type(other.recv(0)))
        one.close()
        show("end", other.recv(100))


@snippet(190)
def recv_looks_without_taking():
    with pair() as (one, other):
        one.sendall(b"abc")
        show("peeked", other.recv(2, socket.MSG_PEEK))
        show("taken", other.recv(10))
        raises("nothing there", other.recv, 1, socket.MSG_DONTWAIT)


@snippet(190)
def recv_waits_for_all():
    with pair() as (one, other):
        one.sendall(b"abc")
        one.sendall(b"def")
        show("all", other.recv(6, socket.MSG_WAITALL))


@snippet(190)
def recv_checks_its_arguments():
    with pair() as (one, _):
        for label, arguments in {
            "nothing": (),
            "three": (1, 0, 0),
            "negative": (-1,),
            "text": ("1",),
            "a fraction": (1.0,),
            "None": (None,),
            "huge": (1 << 70,),
            "flags as text": (1, "0"),
            "flags huge": (1, 1 << 40),
            "flags None": (1, None),
        }.items():
            raises(label, one.recv, *arguments)
        raises("keyword", lambda: one.recv(bufsize=1))
        raises("True", one.recv, True, socket.MSG_DONTWAIT)


@snippet(190)
def sizes_and_flags_are_like_ints():
    class Index:
        def __init__(self, value):
            self.value = value

        def __index__(self):
            return self.value

    class Broken:
        def __index__(self):
            raise LookupError("no number")

    class Liar:
        def __index__(self):
            return "1"

    with pair() as (one, other):
        one.sendall(b"abc")
        show("an index", other.recv(Index(2)))
        show("flags", other.recv(1, Index(socket.MSG_PEEK)))
        raises("an index that raises", other.recv, Broken())
        raises("an index that lies", other.recv, Liar())
        raises("flags that raise", other.recv, 1, Broken())


@snippet(191, 192)
def recvfrom_tells_who_sent():
    with udp() as (one, other):
        one.sendto(b"hello", other.getsockname())
        data, address = other.recvfrom(100)
        show("data", data)
        show("address", address == one.getsockname())
        one.sendto(b"hello", other.getsockname())
        show("peeked", other.recvfrom(2, socket.MSG_PEEK)[0])
        show("cut", other.recvfrom(2)[0])
    with tcp() as (one, other):
        one.sendall(b"x")
        show("of a connection", other.recvfrom(1))
    with pair() as (one, other):
        one.sendall(b"x")
        show("of Unix", other.recvfrom(1))
        raises("negative", other.recvfrom, -1)
        raises("nothing", other.recvfrom)


@snippet(193, 194)
def recvfrom_into_fills_a_buffer():
    with udp(socket.AF_INET6) as (one, other):
        buffer = bytearray(b".........")
        one.sendto(b"hello", other.getsockname())
        count, address = other.recvfrom_into(buffer)
        show("count", count)
        show("buffer", buffer)
        show("address", (address == one.getsockname(), len(address)))
        one.sendto(b"WORLD", other.getsockname())
        show("cut", other.recvfrom_into(buffer, 3)[0])
        show("in place", buffer)
        one.sendto(b"named", other.getsockname())
        show("keywords", other.recvfrom_into(buffer=buffer, nbytes=2, flags=0)[0])


@snippet(195, 196)
def recv_into_fills_a_buffer():
    with pair() as (one, other):
        one.sendall(b"0123456789")
        buffer = bytearray(4)
        show("as much as fits", (other.recv_into(buffer), bytes(buffer)))
        show("zero means the same", (other.recv_into(buffer, 0), bytes(buffer)))
        show("some", (other.recv_into(buffer, 1), bytes(buffer)))
        show("keywords", (other.recv_into(buffer=buffer, nbytes=4, flags=0), bytes(buffer)))
        raises("flags", other.recv_into, buffer, 0, socket.MSG_DONTWAIT)


@snippet(195)
def recv_into_takes_every_writable_buffer():
    with pair() as (one, other):
        one.sendall(bytes(range(64)))
        numbers = array.array("i", [0, 0])
        show("array", (other.recv_into(numbers), numbers.tobytes()))
        memory = bytearray(8)
        show("part of a memoryview", (other.recv_into(memoryview(memory)[2:5]), bytes(memory)))
        wide = memoryview(bytearray(8)).cast("H")
        show("wider items", (other.recv_into(wide), wide.tolist()))
        matrix = memoryview(bytearray(4)).cast("B", (2, 2))
        show("two dimensions", (other.recv_into(matrix), matrix.tolist()))


@snippet(195, 193)
def buffers_are_checked():
    released = memoryview(bytearray(4))
    released.release()
    with pair() as (one, other):
        one.sendall(b"0123456789")
        for label, buffer in {
            "bytes": b"1234",
            "text": "1234",
            "None": None,
            "a number": 4,
            "a list": [0],
            "a view of bytes": memoryview(b"1234"),
            "a released view": released,
            "every other byte": memoryview(bytearray(8))[::2],
        }.items():
            raises(f"recv_into {label}", other.recv_into, buffer)
            raises(f"recvfrom_into {label}", other.recvfrom_into, buffer)
            raises(f"recvmsg_into {label}", other.recvmsg_into, [buffer])
        for label, size in {"too many": 5, "negative": -1, "text": "1", "huge": 1 << 70}.items():
            raises(f"recv_into of {label}", other.recv_into, bytearray(4), size)
            raises(f"recvfrom_into of {label}", other.recvfrom_into, bytearray(4), size)
        show("no room", (other.recv_into(bytearray()), other.recvfrom_into(bytearray())[0]))
        show("all still there", other.recv(100))


@snippet(197, 201, 202)
def recvmsg_gives_four():
    with udp() as (one, other):
        one.sendto(b"hello", other.getsockname())
        data, ancillary, flags, address = other.recvmsg(100)
        show("data", data)
        show("ancillary", ancillary)
        show("flags", flags)
        show("address", address == one.getsockname())


@snippet(198, 199, 203)
def recvmsg_has_room_for_ancillary_data_when_asked():
    with udp() as (one, other):
        other.setsockopt(socket.IPPROTO_IP, 12, 1)  # IP_RECVTTL, which the module has no name for
        for label, room in {
            "none": (),
            "enough": (socket.CMSG_SPACE(4),),
            "too little": (8,),
            "cut": (socket.CMSG_LEN(2),),
        }.items():
            one.sendto(b"x", other.getsockname())
            data, ancillary, flags, _ = other.recvmsg(10, *room)
            show(label, (data, ancillary, flags))


@snippet(200, 204)
def recvmsg_says_how_a_message_came():
    with udp() as (one, other):
        one.sendto(b"0123456789", other.getsockname())
        show("peeked", other.recvmsg(4, 0, socket.MSG_PEEK)[::2])
        show("real length", other.recvmsg(4, 0, socket.MSG_PEEK | socket.MSG_TRUNC)[::2])
        show("cut", other.recvmsg(4)[::2])
    with pair(socket.SOCK_SEQPACKET) as (one, other):
        one.send(b"record")
        show("a record", other.recvmsg(100)[::2])


@snippet(205)
def recvmsg_of_a_connection_has_no_address():
    with tcp() as (one, other):
        one.sendall(b"x")
        show("TCP", other.recvmsg(1))
    with pair() as (one, other):
        one.sendall(b"x")
        show("Unix", other.recvmsg(1))
        one.close()
        show("end", other.recvmsg(10))


@snippet(206, 207)
def descriptors_are_passed():
    with pair() as (one, other), pair() as (third, fourth):
        size = struct.calcsize("i")
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [third.fileno()]))])
        data, ancillary, flags, _ = other.recvmsg(10, socket.CMSG_SPACE(size))
        (level, kind, content), *rest = ancillary
        show("data", (data, rest))
        show("flags without MSG_CMSG_CLOEXEC", flags & ~socket.MSG_CMSG_CLOEXEC)
        show("message", (level, kind, len(content)))
        (number,) = array.array("i", content)
        with socket.socket(fileno=number) as passed:
            show("family", passed.family)
            passed.sendall(b"through it")
        show("arrives", fourth.recv(100))


@snippet(206)
def functions_pass_descriptors():
    with pair() as (one, other), pair() as (third, fourth):
        show("sent", socket.send_fds(one, [b"two"], [third.fileno(), fourth.fileno()]))
        data, numbers, flags, address = socket.recv_fds(other, 10, 2)
        show("received", (data, len(numbers), flags & ~socket.MSG_CMSG_CLOEXEC, address))
        show("each", [socket.socket(fileno=number).family for number in numbers])
        raises("text", socket.send_fds, one, [b"x"], ["y"])
        raises("closed", socket.send_fds, one, [b"x"], [999_999])


@snippet(208)
def descriptors_that_do_not_fit_are_closed():
    with pair() as (one, other):
        third, fourth = socket.socketpair()
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [third.fileno()]))])
        third.close()
        data, ancillary, flags, _ = other.recvmsg(10)
        show("received", (data, ancillary, bool(flags & socket.MSG_CTRUNC)))
        show("the last handle is gone", fourth.recv(1))
        fourth.close()


@snippet(209, 210)
def recvmsg_into_scatters():
    with pair() as (one, other):
        one.sendall(b"0123456789")
        buffers = [bytearray(3), bytearray(0), bytearray(b"...."), memoryview(bytearray(100))]
        count, ancillary, flags, address = other.recvmsg_into(buffers)
        show("result", (count, ancillary, flags, address))
        show("buffers", [bytes(buffer)[:5] for buffer in buffers])


@snippet(209)
def recvmsg_into_takes_an_iterable():
    with pair() as (one, other):
        first, second = bytearray(2), bytearray(2)
        one.sendall(b"abcd")
        show("generator", other.recvmsg_into(buffer for buffer in (first, second))[0])
        show("buffers", (first, second))
        raises("no iterable", other.recvmsg_into, 1)
        raises("a bytearray", other.recvmsg_into, bytearray(1))
        raises("text in it", other.recvmsg_into, ["a"])
        raises("nothing", other.recvmsg_into)
        one.sendall(b"x")
        show("no buffers", other.recvmsg_into([])[0])
        show("still there", other.recv(10))


@snippet(211, 225)
def more_buffers_than_the_system_takes():
    with pair() as (one, other):
        one.sendall(b"x")
        raises("1025 to receive", other.recvmsg_into, [bytearray(1)] * 1025)
        raises("1025 to send", one.sendmsg, [b"x"] * 1025)
        show("1024 to send", one.sendmsg([b"x"] * 1024))


@snippet(197, 198)
def recvmsg_checks_its_arguments():
    with pair() as (one, other):
        one.sendall(b"x")
        for label, arguments in {
            "nothing": (),
            "negative": (-1,),
            "text": ("1",),
            "huge": (1 << 70,),
            "negative ancillary": (1, -1),
            "huge ancillary": (1, 1 << 70),
            "ancillary as text": (1, "1"),
            "flags as text": (1, 0, "0"),
            "flags huge": (1, 0, 1 << 40),
            "four": (1, 0, 0, 0),
        }.items():
            raises(label, other.recvmsg, *arguments)
            if label not in ("nothing", "negative", "text", "huge"):
                raises(f"into, {label}", other.recvmsg_into, [bytearray(1)], *arguments[1:])
        raises("keyword", lambda: other.recvmsg(bufsize=1))
        show("still there", other.recvmsg(True))
