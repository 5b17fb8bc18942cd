"""The three modes: blocking, non-blocking, timed."""

import socket
import time
from fractions import Fraction

from ends import listener, pair, udp
from snippet import changed, raises, show, snippet


@snippet(238, 242, 246)
@changed(
    (3, 14),
    "3.14 says that a float would do",
    {
        "set Fraction(1, 4)": (
            "TypeError: 'Fraction' object cannot be interpreted as an integer",
            "TypeError: 'Fraction' object cannot be interpreted as an integer or float",
        ),
    },
)
def a_timeout_is_told_as_it_was_set():
    with socket.socket() as sock:
        for value in (None, 0, 0.0, 1, 2.5, True, False, 1e-9, Fraction(1, 4)):
            raises(f"set {value!r}", sock.settimeout, value)
            show(f"after {value!r}", (sock.gettimeout(), sock.getblocking(), sock.timeout))


@snippet(242)
def timeouts_are_rounded_up_to_nanoseconds():
    with socket.socket() as sock:
        for value in (1e-10, 1.5e-9, 0.1, 1 / 3, 123456789.123456789):
            sock.settimeout(value)
            show(f"{value!r}", sock.gettimeout())


@snippet(242)
@changed(
    (3, 14),
    "3.14 says that a float would do",
    {
        "text": (
            "TypeError: 'str' object cannot be interpreted as an integer",
            "TypeError: 'str' object cannot be interpreted as an integer or float",
        ),
        "bytes": (
            "TypeError: 'bytes' object cannot be interpreted as an integer",
            "TypeError: 'bytes' object cannot be interpreted as an integer or float",
        ),
        "list": (
            "TypeError: 'list' object cannot be interpreted as an integer",
            "TypeError: 'list' object cannot be interpreted as an integer or float",
        ),
        "complex": (
            "TypeError: 'complex' object cannot be interpreted as an integer",
            "TypeError: 'complex' object cannot be interpreted as an integer or float",
        ),
    },
)
@changed(
    (3, 13),
    "3.13 renamed the C type",
    {
        "huge and whole": (
            "OverflowError: timestamp too large to convert to C _PyTime_t",
            "OverflowError: timestamp too large to convert to C PyTime_t",
        )
    },
)
def timeouts_have_limits():
    with socket.socket() as sock:
        sock.settimeout(3)
        for label, value in {
            "negative": -1,
            "a little negative": -1e-12,
            "not a number": float("nan"),
            "infinite": float("inf"),
            "minus infinite": float("-inf"),
            "the largest": 9223372036.0,
            "too large": 9223372037.0,
            "huge": 1e300,
            "huge and whole": 1 << 70,
            "text": "1",
            "bytes": b"1",
            "list": [1],
            "complex": 1j,
        }.items():
            raises(label, sock.settimeout, value)
        show("the last that was taken", sock.gettimeout())
        raises("two", sock.settimeout, 1, 2)
        raises("nothing", sock.settimeout)


@snippet(239, 240, 241)
@changed(
    (3, 12),
    "since then the flag is true or false, of any type",
    {
        "text": ("TypeError: 'str' object cannot be interpreted as an integer", "returned None"),
        "None": ("TypeError: 'NoneType' object cannot be interpreted as an integer", "returned None"),
        "a fraction": ("TypeError: 'float' object cannot be interpreted as an integer", "returned None"),
    },
)
def setblocking_is_settimeout():
    with socket.socket() as sock:
        for flag in (False, True, 0, 1, -1, 2):
            sock.setblocking(flag)
            show(f"{flag!r}", (sock.getblocking(), sock.gettimeout()))
        raises("text", sock.setblocking, "x")
        raises("None", sock.setblocking, None)
        raises("a fraction", sock.setblocking, 1.0)
        raises("huge", sock.setblocking, 1 << 40)
        raises("nothing", sock.setblocking)


@snippet(243, 250)
def a_timeout_passes():
    with pair() as (one, _):
        one.settimeout(0.05)
        for name, arguments in {
            "recv": (1,),
            "recvfrom": (1,),
            "recv_into": (bytearray(1),),
            "recvfrom_into": (bytearray(1),),
            "recvmsg": (1,),
            "recvmsg_into": ([bytearray(1)],),
        }.items():
            began = time.monotonic()
            raises(name, getattr(one, name), *arguments)
            show(f"{name} waited", 0.04 < time.monotonic() - began < 2)
    with listener() as server:
        server.settimeout(0.05)
        raises("accept", server.accept)


@snippet(243)
def a_timeout_is_an_oserror_without_a_number():
    with pair() as (one, _):
        one.settimeout(0.01)
        try:
            one.recv(1)
        except TimeoutError as error:
            show("errno", error.errno)
            show("arguments", error.args)
            show("is socket.timeout", type(error) is socket.timeout)


@snippet(244, 249)
def nothing_waits_without_blocking():
    with pair() as (one, _):
        one.setblocking(False)
        for name, arguments in {
            "recv": (1,),
            "recvfrom": (1,),
            "recv_into": (bytearray(1),),
            "recvfrom_into": (bytearray(1),),
            "recvmsg": (1,),
            "recvmsg_into": ([bytearray(1)],),
        }.items():
            raises(name, getattr(one, name), *arguments)
    with listener() as server:
        server.setblocking(False)
        raises("accept", server.accept)


@snippet(245, 248)
def blocking_is_without_a_timeout():
    with pair() as (one, other):
        one.settimeout(None)
        other.sendall(b"x")
        show("recv", one.recv(1))
        show("mode", (one.getblocking(), one.gettimeout()))


@snippet(251, 64)
def a_timeout_is_for_connect_too():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = []
        try:
            for _ in range(4):
                client = socket.socket()
                waiting.append(client)
                client.settimeout(0.2)
                client.connect(server.getsockname())
        except TimeoutError as error:
            show("connect", (type(error), error.errno, str(error)))
        with socket.socket() as client:
            client.settimeout(0.1)
            import errno

            show("connect_ex", errno.errorcode[client.connect_ex(server.getsockname())])
        for client in waiting:
            client.close()


@snippet(252)
def errors_of_the_network_come_before_the_timeout():
    with socket.socket() as taken, socket.socket() as client:
        taken.bind(("127.0.0.1", 0))
        client.settimeout(60)
        began = time.monotonic()
        raises("refused", client.connect, taken.getsockname())
        show("at once", time.monotonic() - began < 10)


@snippet(246)
def the_mode_of_one_is_not_the_mode_of_its_copy():
    with pair() as (one, other):
        with one.dup() as copy:
            copy.settimeout(0.01)
            show("timeouts", (one.gettimeout(), copy.gettimeout()))
            other.sendall(b"x")
            show("one", one.recv(1))
            raises("copy", copy.recv, 1)


@snippet(250)
def a_datagram_in_time_is_received():
    with udp() as (one, other):
        other.settimeout(5)
        one.sendto(b"in time", other.getsockname())
        show("recv", other.recv(100))
        other.settimeout(0.01)
        raises("then", other.recvfrom, 100)
