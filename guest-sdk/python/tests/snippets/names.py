"""Names and addresses: `getaddrinfo`, `gethostbyname`, `getnameinfo`, services, protocols.

Only names that every Linux machine knows without asking a name server, and one that no server knows.
"""

import socket

from snippet import changed, raises, show, snippet

NOWHERE = "no.such.name.invalid"

# What the codec of names said of these before 3.13.
IDNA_TEXTS = {
    "a surrogate": r"Invalid character '\ud800'",
    "too long a label": "label empty or too long",
    "an empty label": "label empty or too long",
}


def numeric(host, port, *rest, **more):
    return socket.getaddrinfo(host, port, *rest, **more)


@snippet(76, 83, 84, 86)
def a_numeric_host_needs_no_look_up():
    show("a stream", numeric("127.0.0.1", 80, type=socket.SOCK_STREAM))
    show("every type", numeric("127.0.0.1", 80))
    show(
        "by position",
        numeric("127.0.0.1", 80, socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP, socket.AI_NUMERICHOST),
    )


@snippet(76)
def every_argument_has_a_name():
    show("names", socket.getaddrinfo(host="127.0.0.1", port="80", family=2, type=1, proto=6, flags=0))
    raises("unknown name", lambda: socket.getaddrinfo("127.0.0.1", 80, kind=1))
    raises("one argument", lambda: socket.getaddrinfo("127.0.0.1"))
    raises("none", lambda: socket.getaddrinfo())
    raises("seven", lambda: socket.getaddrinfo("127.0.0.1", 80, 0, 0, 0, 0, 0))


@snippet(77, 79)
def a_host_is_text_bytes_or_none():
    show("bytes", numeric(b"127.0.0.1", 80, type=socket.SOCK_STREAM))
    show("none is loopback", numeric(None, 80, socket.AF_INET, socket.SOCK_STREAM))
    show("none, to bind to", numeric(None, 80, socket.AF_INET, socket.SOCK_STREAM, 0, socket.AI_PASSIVE))
    raises("number", numeric, 127, 80)
    raises("bytearray", numeric, bytearray(b"127.0.0.1"), 80)
    raises("neither host nor port", numeric, None, None)


@snippet(78, 79)
@changed(
    (3, 14),
    "3.14 takes whatever has `__index__`",
    {"True": ("OSError: Int or String expected", "returned ('127.0.0.1', 1)")},
)
def a_port_is_text_bytes_a_number_or_none():
    show("none", numeric("127.0.0.1", None, type=socket.SOCK_STREAM))
    show("text", numeric("127.0.0.1", "8080", type=socket.SOCK_STREAM))
    show("bytes", numeric("127.0.0.1", b"8080", type=socket.SOCK_STREAM))
    show("a service", numeric("127.0.0.1", "http", type=socket.SOCK_STREAM))
    raises("True", lambda: numeric("127.0.0.1", True)[0][4])
    raises("fraction", numeric, "127.0.0.1", 80.0)
    raises("list", numeric, "127.0.0.1", [80])
    raises("unknown service", numeric, "127.0.0.1", "no-such-service-at-all")
    raises("surrogates", numeric, "127.0.0.1", "\ud800")


@snippet(78)
@changed(
    (3, 12),
    "since then a port is text before it is cut",
    {
        f"{1 << 63}": (
            "OverflowError: Python int too large to convert to C long",
            "returned [(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_STREAM: 1>, 6, '', ('127.0.0.1', 0))]",
        ),
        **{
            f"{port}": (
                "OverflowError: Python int too large to convert to C long",
                "gaierror EAI_SERVICE: Servname not supported for ai_socktype",
            )
            for port in (-(1 << 63) - 1, 1 << 100)
        },
    },
)
def a_port_is_cut_to_16_bits():
    for port in (65535, 65536, 70000, -1):
        raises(f"{port}", numeric, "127.0.0.1", port, 0, socket.SOCK_STREAM)
    for port in (1 << 63, -(1 << 63) - 1, 1 << 100):
        raises(f"{port}", numeric, "127.0.0.1", port, 0, socket.SOCK_STREAM)


@snippet(80, 84)
def hints_narrow_the_result():
    show("datagrams", numeric("::1", 53, type=socket.SOCK_DGRAM))
    show("protocol", numeric("::1", 53, proto=socket.IPPROTO_TCP))
    raises("another family", numeric, "127.0.0.1", 80, socket.AF_INET6)
    raises("unknown family", numeric, "127.0.0.1", 80, 12345)
    raises("unknown type", numeric, "127.0.0.1", 80, 0, 77)
    raises("a protocol of another type", numeric, "127.0.0.1", 80, 0, socket.SOCK_STREAM, socket.IPPROTO_UDP)


@snippet(81)
def flags_influence_the_result():
    raises("unknown flags", numeric, "127.0.0.1", 80, 0, 0, 0, 0x10000000)
    raises("a name of a service that has to be a number", numeric, "127.0.0.1", "http", 0, 0, 0, socket.AI_NUMERICSERV)
    show("mapped", numeric("127.0.0.1", 80, socket.AF_INET6, socket.SOCK_STREAM, 0, socket.AI_V4MAPPED))
    raises("huge", numeric, "127.0.0.1", 80, 0, 0, 0, 1 << 40)


@snippet(82)
def a_name_may_have_to_be_numeric():
    raises("localhost", numeric, "localhost", 80, 0, 0, 0, socket.AI_NUMERICHOST)
    raises("an address", numeric, "127.0.0.1", 80, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


@snippet(85)
def the_canonical_name_comes_when_asked_for():
    show("asked", numeric("127.0.0.1", 80, 0, 0, 0, socket.AI_CANONNAME)[0][3])
    show("not asked", numeric("127.0.0.1", 80)[0][3])
    show("only the first has it", numeric("127.0.0.1", 80, 0, 0, 0, socket.AI_CANONNAME)[1][3])


@snippet(87)
def an_ipv6_address_has_flow_and_scope():
    show("loopback", numeric("::1", 80, type=socket.SOCK_STREAM))
    show("scope by number", numeric("fe80::1%1", 80, type=socket.SOCK_STREAM))
    raises("scope unknown", numeric, "fe80::1%no-such-if", 80)


@snippet(88)
def a_result_can_be_connected_to():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        family, kind, proto, _, address = numeric("127.0.0.1", server.getsockname()[1], type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as client:
            client.connect(address)
            show("connected", client.getpeername() == server.getsockname())


@snippet(77)
def spellings_of_addresses_are_c_s():
    for text in ("127.1", "0x7f.1", "2130706433", "0177.0.0.1", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 "):
        raises(text, numeric, text, 80, socket.AF_INET, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


@snippet(62, 77, 92)
def localhost_is_loopback():
    show("getaddrinfo", numeric("localhost", 80, socket.AF_INET, socket.SOCK_STREAM))
    show("gethostbyname", socket.gethostbyname("localhost"))
    show("connect", numeric("localhost", "http", socket.AF_INET, socket.SOCK_STREAM)[0][4])


@snippet(77, 154)
def an_unknown_name_is_gaierror():
    raises("getaddrinfo", socket.getaddrinfo, NOWHERE, 80)
    raises("gethostbyname", socket.gethostbyname, NOWHERE)
    raises("gethostbyname_ex", socket.gethostbyname_ex, NOWHERE)
    with socket.socket() as sock:
        raises("connect", sock.connect, (NOWHERE, 80))
        raises("connect_ex", sock.connect_ex, (NOWHERE, 80))
        raises("bind", sock.bind, (NOWHERE, 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        raises("sendto", sock.sendto, b"x", (NOWHERE, 80))


@snippet(77)
@changed(
    (3, 12),
    "3.12 doesn't wrap exceptions of codecs any more",
    {
        label: (f"UnicodeError: encoding with 'idna' codec failed (UnicodeError: {text})", f"UnicodeError: {text}")
        for label, text in IDNA_TEXTS.items()
    },
)
@changed(
    (3, 13),
    "3.13 tells where in the name the mistake is",
    {
        label: (f"UnicodeError: {text}", f"UnicodeEncodeError: 'idna' codec can't encode {now}")
        for (label, text), now in zip(
            IDNA_TEXTS.items(),
            (
                r"character '\ud800' in position 0: Invalid character '\ud800'",
                "characters in position 0-63: label too long",
                r"character '\x2e' in position 2: label empty",
            ),
            strict=True,
        )
    },
)
def names_that_are_no_names():
    for label, name in {
        "empty": "",
        "a null": "local\0host",
        "a surrogate": "\ud800",
        "too long a label": "x" * 64 + ".invalid",
        "an empty label": "a..invalid",
        "a space": "no such host",
    }.items():
        raises(label, socket.getaddrinfo, name, 80)
    for label, name in {
        "empty": "",
        "a null": "local\0host",
        "bytes with a null": b"local\0host",
        "number": 1,
        "None": None,
    }.items():
        raises(f"gethostbyname of {label}", socket.gethostbyname, name)


@snippet(92, 93, 94)
def gethostbyname_gives_an_ipv4_address():
    show("unchanged", socket.gethostbyname("100.50.200.5"))
    show("any", socket.gethostbyname("0.0.0.0"))
    show("empty is any", socket.gethostbyname(""))
    show("broadcast", socket.gethostbyname("<broadcast>"))
    raises("IPv6", socket.gethostbyname, "::1")
    raises("two arguments", socket.gethostbyname, "a", "b")


@snippet(95, 96, 97)
def gethostbyname_ex_gives_three():
    show("numeric", socket.gethostbyname_ex("127.0.0.1"))
    name, aliases, addresses = socket.gethostbyname_ex("localhost")
    show("localhost", (name, type(aliases), addresses[0]))
    raises("IPv6", socket.gethostbyname_ex, "::1")
    raises("None", socket.gethostbyname_ex, None)


@snippet(98, 99)
def gethostname_gives_text():
    show("type", type(socket.gethostname()))
    show("not empty", bool(socket.gethostname()))
    raises("with an argument", socket.gethostname, 1)


@snippet(100, 101)
def gethostbyaddr_gives_three():
    name, aliases, addresses = socket.gethostbyaddr("127.0.0.1")
    show("name", name)
    show("aliases", type(aliases))
    show("addresses", addresses)
    raises("a name that isn't", socket.gethostbyaddr, NOWHERE)
    raises("None", socket.gethostbyaddr, None)
    raises("a null", socket.gethostbyaddr, "1\0")


@snippet(89, 90, 91)
def getfqdn_looks_at_all_names():
    show("of loopback", socket.getfqdn("127.0.0.1"))
    show("of nobody", socket.getfqdn(NOWHERE))
    show("of this machine", type(socket.getfqdn()))
    show("empty is this machine", socket.getfqdn("") == socket.getfqdn())


@snippet(102, 103, 104)
def getnameinfo_translates_back():
    numbers = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
    show("in numbers", socket.getnameinfo(("127.0.0.1", 80), numbers))
    show("IPv6", socket.getnameinfo(("::1", 80, 0, 0), numbers))
    show("a service", socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST))
    show("a name", socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICSERV))
    show("a service of datagrams", socket.getnameinfo(("127.0.0.1", 514), socket.NI_NUMERICHOST | socket.NI_DGRAM))
    show("no name for the port", socket.getnameinfo(("127.0.0.1", 65000), socket.NI_NUMERICHOST))


@snippet(102)
def getnameinfo_checks_its_arguments():
    for label, arguments in {
        "a list": (["127.0.0.1", 80], 0),
        "text": ("127.0.0.1", 0),
        "an empty tuple": ((), 0),
        "a host alone": (("127.0.0.1",), 0),
        "port as text": (("127.0.0.1", "80"), 0),
        "five": (("::1", 80, 0, 0, 0), 0),
        "None for the host": ((None, 80), 0),
        "a null": (("127.0.0.1\0", 80), 0),
        "flow too large": (("::1", 80, 1 << 20, 0), 0),
        "flow negative": (("::1", 80, -1, 0), 0),
        "IPv6 for IPv4": (("127.0.0.1", 80, 0, 0), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV),
        "a name": (("localhost", 80), 0),
        "one argument": (("127.0.0.1", 80),),
        "flags huge": (("127.0.0.1", 80), 1 << 40),
        "flags as text": (("127.0.0.1", 80), "0"),
        "flags unknown": (("127.0.0.1", 80), 1 << 20),
        "a name is needed": (("127.255.255.254", 80), socket.NI_NAMEREQD),
    }.items():
        raises(label, socket.getnameinfo, *arguments)


@snippet(105, 106)
def protocols_have_numbers():
    show("numbers", [socket.getprotobyname(name) for name in ("icmp", "tcp", "udp", "ipv6-icmp")])
    raises("unknown", socket.getprotobyname, "no-such-protocol")
    raises("bytes", socket.getprotobyname, b"tcp")
    raises("a null", socket.getprotobyname, "tcp\0")
    raises("nothing", socket.getprotobyname)


@snippet(107, 108)
def services_have_ports():
    show("http", socket.getservbyname("http"))
    show("of a protocol", [socket.getservbyname("domain", protocol) for protocol in ("tcp", "udp")])
    raises("not of that protocol", socket.getservbyname, "http", "sctp-no")
    raises("unknown", socket.getservbyname, "no-such-service")
    raises("number", socket.getservbyname, 80)
    raises("None for the protocol", socket.getservbyname, "http", None)
    raises("keyword", lambda: socket.getservbyname(servicename="http"))
    raises("three", socket.getservbyname, "http", "tcp", "x")


@snippet(109, 110)
def ports_have_services():
    show("80", socket.getservbyport(80))
    show("of a protocol", [socket.getservbyport(53, protocol) for protocol in ("tcp", "udp")])
    raises("none", socket.getservbyport, 65000)
    raises("not of that protocol", socket.getservbyport, 80, "no-such-protocol")
    raises("negative", socket.getservbyport, -1)
    raises("too large", socket.getservbyport, 65536)
    raises("huge", socket.getservbyport, 1 << 70)
    raises("text", socket.getservbyport, "80")
