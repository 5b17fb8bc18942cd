"""Byte order and addresses as bytes: `htons`, `inet_aton`, `inet_pton` and theirs."""

import socket

from snippet import changed, raises, show, snippet


@snippet(111, 112, 113, 114)
def orders_of_bytes_are_swapped():
    for function in (socket.ntohl, socket.ntohs, socket.htonl, socket.htons):
        name = function.__name__
        show(name, [function(number) for number in (0, 1, 0x1234, 0xFFFF)])
    show("htonl of 32 bits", [socket.htonl(number) for number in (0x01020304, 0xFFFFFFFF, 0x80000000)])
    show("a round", socket.ntohl(socket.htonl(0xDEADBEEF)) == 0xDEADBEEF)


@snippet(111, 112, 113, 114)
@changed(
    (3, 14),
    "3.14 has converters for unsigned ints of C, with words of their own",
    {
        "ntohl of negative": (
            "OverflowError: can't convert negative value to unsigned int",
            "ValueError: Cannot convert negative int",
        ),
        "ntohl of beyond 32 bits": (
            "OverflowError: int larger than 32 bits",
            "OverflowError: Python int too large for C uint32_t",
        ),
        "ntohl of huge": (
            "OverflowError: Python int too large to convert to C unsigned long",
            "OverflowError: Python int too large for C uint32_t",
        ),
        "ntohl of text": (
            "TypeError: expected int, str found",
            "TypeError: 'str' object cannot be interpreted as an integer",
        ),
        "ntohl of fraction": (
            "TypeError: expected int, float found",
            "TypeError: 'float' object cannot be interpreted as an integer",
        ),
        "ntohl of None": (
            "TypeError: expected int, NoneType found",
            "TypeError: 'NoneType' object cannot be interpreted as an integer",
        ),
        "htonl of negative": (
            "OverflowError: can't convert negative value to unsigned int",
            "ValueError: Cannot convert negative int",
        ),
        "htonl of beyond 32 bits": (
            "OverflowError: int larger than 32 bits",
            "OverflowError: Python int too large for C uint32_t",
        ),
        "htonl of huge": (
            "OverflowError: Python int too large to convert to C unsigned long",
            "OverflowError: Python int too large for C uint32_t",
        ),
        "htonl of text": (
            "TypeError: expected int, str found",
            "TypeError: 'str' object cannot be interpreted as an integer",
        ),
        "htonl of fraction": (
            "TypeError: expected int, float found",
            "TypeError: 'float' object cannot be interpreted as an integer",
        ),
        "htonl of None": (
            "TypeError: expected int, NoneType found",
            "TypeError: 'NoneType' object cannot be interpreted as an integer",
        ),
        "ntohs of negative": (
            "OverflowError: ntohs: can't convert negative Python int to C 16-bit unsigned integer",
            "ValueError: Cannot convert negative int",
        ),
        "ntohs of beyond 16 bits": (
            "OverflowError: ntohs: Python int too large to convert to C 16-bit unsigned integer",
            "OverflowError: Python int too large for C uint16_t",
        ),
        "ntohs of beyond 32 bits": (
            "OverflowError: Python int too large to convert to C int",
            "OverflowError: Python int too large for C uint16_t",
        ),
        "ntohs of huge": (
            "OverflowError: Python int too large to convert to C int",
            "OverflowError: Python int too large for C uint16_t",
        ),
        "htons of negative": (
            "OverflowError: htons: can't convert negative Python int to C 16-bit unsigned integer",
            "ValueError: Cannot convert negative int",
        ),
        "htons of beyond 16 bits": (
            "OverflowError: htons: Python int too large to convert to C 16-bit unsigned integer",
            "OverflowError: Python int too large for C uint16_t",
        ),
        "htons of beyond 32 bits": (
            "OverflowError: Python int too large to convert to C int",
            "OverflowError: Python int too large for C uint16_t",
        ),
        "htons of huge": (
            "OverflowError: Python int too large to convert to C int",
            "OverflowError: Python int too large for C uint16_t",
        ),
    },
)
@changed(
    (3, 13),
    "3.13 has a converter for ints of C, with words of its own",
    {
        f"{name} of {label}": (f"OverflowError: {before}", "OverflowError: Python int too large to convert to C int")
        for name in ("ntohs", "htons")
        for label, before in (
            ("beyond 32 bits", "signed integer is greater than maximum"),
            ("huge", "Python int too large to convert to C long"),
        )
    },
)
def orders_of_bytes_have_limits():
    for function in (socket.ntohl, socket.ntohs, socket.htonl, socket.htons):
        name = function.__name__
        for label, value in {
            "negative": -1,
            "beyond 16 bits": 0x10000,
            "beyond 32 bits": 1 << 32,
            "huge": 1 << 100,
            "text": "1",
            "fraction": 1.0,
            "None": None,
        }.items():
            raises(f"{name} of {label}", function, value)
        raises(f"{name} of nothing", function)
        raises(f"{name} of two", function, 1, 2)


@snippet(111, 112, 113, 114)
@changed(
    (3, 14),
    "3.14 asks for `__index__`",
    {
        f"{name} of an index": ("TypeError: expected int, Index found", "returned 33619968")
        for name in ("ntohl", "htonl")
    },
)
def orders_of_bytes_take_what_is_like_an_int():
    class Index:
        def __index__(self):
            return 258

    for function in (socket.ntohl, socket.ntohs, socket.htonl, socket.htons):
        raises(f"{function.__name__} of an index", function, Index())
        raises(f"{function.__name__} of True", function, True)


@snippet(115, 116)
def inet_aton_reads_what_c_reads():
    for text in (
        "127.0.0.1",
        "255.255.255.255",
        "0",
        "1",
        "127.1",
        "127.0.1",
        "10.1.65535",
        "0x7f.1",
        "017.0.0.1",
        "4294967295",
        "1.2.3.4 ",
    ):
        raises(text, socket.inet_aton, text)


@snippet(117, 118)
@changed(
    (3, 13),
    "the only argument has no number any more",
    {
        label: (
            f"TypeError: inet_aton() argument 1 must be str, not {label}",
            f"TypeError: inet_aton() argument must be str, not {label}",
        )
        for label in ("bytes", "None")
    },
)
def inet_aton_refuses_the_rest():
    for text in (
        "",
        "256.0.0.1",
        "1.2.3.4.5",
        "a.b.c.d",
        "::1",
        "1.2.3.",
        "4294967296",
        "1.16777216",
        "08.0.0.1",
        " 1.2.3.4",
        "-1",
        "1,2",
    ):
        raises(repr(text), socket.inet_aton, text)
    raises("bytes", socket.inet_aton, b"127.0.0.1")
    raises("a null", socket.inet_aton, "127.0.0.1\0")
    raises("None", socket.inet_aton, None)
    raises("nothing", socket.inet_aton)


@snippet(119)
def inet_ntoa_writes_four_bytes():
    for packed in (b"\x7f\0\0\1", bytearray(4), memoryview(b"\xff" * 4)):
        show(f"{type(packed).__name__}", socket.inet_ntoa(packed))


@snippet(120, 121)
def inet_ntoa_wants_four():
    for size in (0, 3, 5, 16):
        raises(f"{size} bytes", socket.inet_ntoa, bytes(size))
    raises("text", socket.inet_ntoa, "abcd")
    raises("None", socket.inet_ntoa, None)
    raises("every other byte", socket.inet_ntoa, memoryview(bytes(8))[::2])


@snippet(122, 123)
def inet_pton_reads_both_families():
    for text in ("0.0.0.0", "1.2.3.4", "255.255.255.255"):
        show(text, socket.inet_pton(socket.AF_INET, text))
    for text in ("::", "::1", "1::", "2001:db8::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "ABCD:ef::", "::1.2.3.4"):
        show(text, socket.inet_pton(socket.AF_INET6, text))


@snippet(124)
def inet_pton_is_strict():
    for text in ("", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "::1", "0x1.2.3.4", "1.2.3.-4"):
        raises(f"IPv4 {text!r}", socket.inet_pton, socket.AF_INET, text)
    for text in (
        "",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "::1%lo",
        "::1.2.3",
        "[::1]",
        "g::",
        "::1 ",
        "1:2:3:4:5:6:7::8",
    ):
        raises(f"IPv6 {text!r}", socket.inet_pton, socket.AF_INET6, text)
    raises("other family", socket.inet_pton, socket.AF_UNIX, "x")
    raises("bytes", socket.inet_pton, socket.AF_INET, b"1.2.3.4")
    raises("a null", socket.inet_pton, socket.AF_INET, "1.2.3.4\0")
    raises("one argument", socket.inet_pton, socket.AF_INET)
    raises("huge family", socket.inet_pton, 1 << 40, "1.2.3.4")


@snippet(125, 126)
def inet_ntop_writes_the_standard_form():
    show("IPv4", socket.inet_ntop(socket.AF_INET, b"\x07\x0a\0\x05"))
    for text in """
        :: ::1 1:: 5aef:2b::8 2001:db8:0:0:1::1 ::ffff:1.2.3.4 ::1.2.3.4 1:0:0:2::3 1:2:3:4:5:6:7:8 0:1:2:3:4:5:6:7
        1:0:3:4:5:6:7:8 ::2:3:4:5:6:7 ::ffff:0:1.2.3.4 ::0.0.1.2 ::1:2.3.4.5
    """.split():
        show(text, socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, text)))
    show("a bytearray", socket.inet_ntop(socket.AF_INET, bytearray(4)))


@snippet(127, 128)
def inet_ntop_wants_the_familys_length():
    for family, size in (
        (socket.AF_INET, 3),
        (socket.AF_INET, 16),
        (socket.AF_INET6, 4),
        (socket.AF_INET6, 17),
        (socket.AF_INET6, 0),
    ):
        raises(f"{family!r} of {size}", socket.inet_ntop, family, bytes(size))
    raises("other family", socket.inet_ntop, socket.AF_UNIX, bytes(4))
    raises("unknown family", socket.inet_ntop, 1000, bytes(4))
    raises("text", socket.inet_ntop, socket.AF_INET, "abcd")
    raises("huge family", socket.inet_ntop, 1 << 40, bytes(4))


@snippet(129, 130)
def cmsg_len_has_a_header():
    show("lengths", [socket.CMSG_LEN(length) for length in (0, 1, 4, 8, 100)])
    show("fits an item", socket.CMSG_LEN(4) <= socket.CMSG_SPACE(4))


@snippet(132, 133, 136)
def cmsg_space_is_padded():
    show("spaces", [socket.CMSG_SPACE(length) for length in (0, 1, 4, 8, 9, 100)])
    show("two", socket.CMSG_SPACE(4) + socket.CMSG_SPACE(20))
    show("aligned", {socket.CMSG_SPACE(length) % 8 for length in range(100)})


@snippet(131, 134)
def cmsg_sizes_have_limits():
    for function in (socket.CMSG_LEN, socket.CMSG_SPACE):
        name = function.__name__
        raises(f"{name} of -1", function, -1)
        raises(f"{name} of far too much", function, 1 << 100)
        raises(f"{name} of text", function, "4")
        raises(f"{name} of a fraction", function, 4.0)
        raises(f"{name} of nothing", function)
