"""The default timeout, the machine's name, its interfaces."""

import socket

from ends import listener
from snippet import changed, raises, show, snippet


@snippet(137, 138)
def there_is_no_default_timeout():
    show("at first", socket.getdefaulttimeout())
    raises("with an argument", socket.getdefaulttimeout, 1)


@snippet(139, 140, 247)
def a_default_timeout_is_that_of_new_sockets():
    for value in (2.5, 1, 0, True, None):
        socket.setdefaulttimeout(value)
        with socket.socket() as sock:
            show(f"{value!r}", (socket.getdefaulttimeout(), sock.gettimeout(), sock.getblocking()))


@snippet(140)
@changed(
    (3, 14),
    "3.14 says that a float would do",
    {
        "text": (
            "TypeError: 'str' object cannot be interpreted as an integer",
            "TypeError: 'str' object cannot be interpreted as an integer or float",
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
def a_default_timeout_is_checked():
    for label, value in {
        "negative": -1,
        "text": "1",
        "not a number": float("nan"),
        "infinite": float("inf"),
        "huge": 1e20,
        "huge and whole": 1 << 70,
        "list": [],
        "complex": 1j,
    }.items():
        raises(label, socket.setdefaulttimeout, value)
    show("stays", socket.getdefaulttimeout())
    raises("nothing", socket.setdefaulttimeout)


@snippet(139, 247)
def pairs_and_copies_take_the_default():
    socket.setdefaulttimeout(7)
    one, other = socket.socketpair()
    with one, other:
        show("pair", (one.gettimeout(), other.gettimeout()))
        with socket.fromfd(one.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as copy:
            show("fromfd", copy.gettimeout())
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as sock:
        show("SOCK_NONBLOCK", sock.gettimeout())


@snippet(253, 254)
def accepted_sockets_take_the_default():
    socket.setdefaulttimeout(None)
    with listener() as server:
        server.settimeout(5)
        for default in (None, 3.5):
            with socket.create_connection(server.getsockname()):
                socket.setdefaulttimeout(default)
                accepted, _ = server.accept()
                with accepted:
                    show(f"{default}", accepted.gettimeout())


@snippet(255)
def who_is_accepted_by_a_listener_that_does_not_wait():
    with listener() as server:
        with socket.create_connection(server.getsockname()):
            server.setblocking(False)
            accepted, _ = server.accept()
            with accepted:
                show("timeout", accepted.gettimeout())


@snippet(141)
def a_name_of_the_machine_is_checked():
    raises("number", socket.sethostname, 1)
    raises("None", socket.sethostname, None)
    raises("a surrogate", socket.sethostname, "\udc80\ud800")
    raises("nothing", socket.sethostname)


@snippet(142, 143, 144)
def interfaces_have_numbers_and_names():
    found = socket.if_nameindex()
    show("types", {(type(index), type(name)) for index, name in found})
    show("loopback", (1, "lo") in found)
    show("there and back", all(socket.if_indextoname(socket.if_nametoindex(name)) == name for _, name in found))
    show("to a number", socket.if_nametoindex("lo"))
    show("bytes", socket.if_nametoindex(b"lo"))


@snippet(142, 143, 144)
@changed(
    (3, 13),
    "earlier versions cut an index to 32 bits",
    {"beyond an int": ("OSError ENXIO", "OverflowError: index is too large")},
)
def interfaces_that_are_not_there():
    raises("name", socket.if_nametoindex, "no-such-if")
    raises("long name", socket.if_nametoindex, "x" * 300)
    raises("empty name", socket.if_nametoindex, "")
    raises("a null", socket.if_nametoindex, "lo\0")
    raises("number for a name", socket.if_nametoindex, 1)
    raises("index", socket.if_indextoname, 999_999)
    raises("zero", socket.if_indextoname, 0)
    raises("negative", socket.if_indextoname, -1)
    raises("beyond an int", socket.if_indextoname, 1 << 32)
    raises("huge", socket.if_indextoname, 1 << 70)
    raises("text for an index", socket.if_indextoname, "1")
    raises("an argument too many", socket.if_nameindex, 1)
