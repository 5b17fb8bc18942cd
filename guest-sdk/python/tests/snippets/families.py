"""Addresses of each family, and the exceptions."""

import os
import socket

from ends import LOOPBACK, pair
from snippet import folder, raises, show, snippet


@snippet(7, 148, 256)
def unix_sockets_have_paths():
    where = folder()
    for label, path in {"text": f"{where}/text", "bytes": f"{where}/bytes".encode(), "not ASCII": f"{where}/ü"}.items():
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(path)
            server.listen()
            client.connect(path)
            accepted, address = server.accept()
            accepted.close()
            show(label, server.getsockname().removeprefix(where))
            show(f"{label}, the peer", client.getpeername() == server.getsockname())
            show(f"{label}, who came", address)
            show(f"{label}, in the folder", os.path.exists(path))
            raises(f"{label}, again", socket.socket(socket.AF_UNIX).bind, path)


@snippet(7, 256)
def unix_paths_are_checked():
    where = folder()
    with socket.socket(socket.AF_UNIX) as sock:
        for label, path in {
            "too long": where + "/" + "x" * 200,
            "a null inside": f"{where}/a\0b",
            "a number": 1,
            "None": None,
            "a tuple": (where,),
            "a surrogate": "\ud800",
            "a folder": where,
            "a folder that isn't": f"{where}/no/such",
        }.items():
            raises(f"bind {label}", sock.bind, path)
        raises("connect to nobody", sock.connect, f"{where}/nobody")
        with open(f"{where}/file", "w"):
            pass
        raises("connect to a file", sock.connect, f"{where}/file")


@snippet(7, 256)
def unix_datagrams_have_senders():
    where = folder()
    kind = socket.SOCK_DGRAM
    with socket.socket(socket.AF_UNIX, kind) as one, socket.socket(socket.AF_UNIX, kind) as other:
        one.bind(f"{where}/one")
        other.bind(f"{where}/other")
        one.sendto(b"x", f"{where}/other")
        data, address = other.recvfrom(10)
        show("data", data)
        show("sender", address.removeprefix(where))
        with socket.socket(socket.AF_UNIX, kind) as unnamed:
            unnamed.sendto(b"y", f"{where}/other")
            show("unnamed", other.recvfrom(10))
        raises("nobody", one.sendto, b"x", f"{where}/nobody")


@snippet(7, 256)
def abstract_names_begin_with_a_null():
    name = b"\0wallsocket-snippet-" + os.urandom(8).hex().encode()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(name)
        server.listen()
        client.connect(name)
        show("name", client.getpeername() == name)
        show("type", type(server.getsockname()))
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(name.decode())
        show("as text", sock.getsockname() == name)
        raises("too long", socket.socket(socket.AF_UNIX).bind, b"\0" + b"x" * 108)


@snippet(7, 256)
def an_unnamed_unix_socket_is_named_when_bound_to_nothing():
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("")
        name = sock.getsockname()
        show("name", (type(name), name[:1], len(name)))


@snippet(7, 256)
def ipv6_addresses_have_scopes():
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.bind(("::1", 0))
        show("loopback", (sock.getsockname()[0], sock.getsockname()[2:]))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        sock.bind(("", 0))
        show("any", sock.getsockname()[0])
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        raises("IPv4", sock.bind, (LOOPBACK, 0))
        raises("mapped", sock.connect, ("::ffff:127.0.0.1", 9))


@snippet(256)
def netlink_addresses_are_pairs():
    raises("unknown protocol", socket.socket, socket.AF_NETLINK, socket.SOCK_RAW, 999)


@snippet(256)
def families_without_a_kernel_are_refused():
    for name, kind in (
        ("AF_RDS", socket.SOCK_SEQPACKET),
        ("AF_TIPC", socket.SOCK_RDM),
        ("AF_QIPCRTR", socket.SOCK_DGRAM),
    ):
        try:
            socket.socket(getattr(socket, name), kind).close()
        except OSError as error:
            show(name, type(error))
        else:
            show(name, OSError)  # where the kernel has it, there is nothing to be refused


@snippet(257)
def exceptions_are_oserrors():
    show("error", socket.error is OSError)
    show("timeout", socket.timeout is TimeoutError)
    show("gaierror", socket.gaierror.__mro__)
    show("herror", socket.herror.__mro__)
    show("names", (socket.gaierror.__module__, socket.herror.__name__))


@snippet(257)
def exceptions_have_numbers_and_texts():
    error = socket.gaierror(socket.EAI_NONAME, "text")
    show("arguments", error.args)
    show("errno", error.errno == socket.EAI_NONAME)
    show("text", str(error) == f"[Errno {socket.EAI_NONAME}] text")
    with pair() as (one, _):
        one.setblocking(False)
        try:
            one.recv(1)
        except BlockingIOError as caught:
            show("strerror", caught.strerror == os.strerror(caught.errno))
            show("filename", caught.filename)
            show("same as EAGAIN", caught.errno in (socket.EAGAIN, socket.EWOULDBLOCK))
    show("in the module", [hasattr(socket, name) for name in ("EBADF", "EAGAIN", "EWOULDBLOCK")])


@snippet(257)
def errors_have_their_own_types():
    import errno

    for name in (
        "ECONNREFUSED",
        "ECONNRESET",
        "ECONNABORTED",
        "EPIPE",
        "EAGAIN",
        "EINPROGRESS",
        "EALREADY",
        "EACCES",
        "EPERM",
        "ENOENT",
        "EEXIST",
        "EINTR",
        "ETIMEDOUT",
        "ESHUTDOWN",
        "ESRCH",
        "ECHILD",
    ):
        show(name, type(OSError(getattr(errno, name), "x")))


@snippet(2, 257)
def the_audit_hook_hears_of_calls():
    import sys

    heard = []
    listening = True

    def hook(event, arguments):
        if listening and event.startswith("socket."):
            heard.append((event, [type(argument).__name__ for argument in arguments]))

    sys.addaudithook(hook)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LOOPBACK, 0))
        sock.sendto(b"x", sock.getsockname())
        sock.connect(sock.getsockname())
        sock.sendmsg([b"x"])
    socket.getaddrinfo("127.0.0.1", 80)
    socket.gethostbyname("127.0.0.1")
    socket.gethostname()
    socket.getservbyname("http")
    socket.getservbyport(80)
    socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
    listening = False
    show("heard", heard)


@snippet(2)
def the_module_has_its_documented_names():
    names = """
        socket socketpair create_connection create_server has_dualstack_ipv6 fromfd SocketType getaddrinfo getfqdn
        gethostbyname gethostbyname_ex gethostname gethostbyaddr getnameinfo getprotobyname getservbyname
        getservbyport ntohl ntohs htonl htons inet_aton inet_ntoa inet_pton inet_ntop CMSG_LEN CMSG_SPACE
        getdefaulttimeout setdefaulttimeout sethostname if_nameindex if_nametoindex if_indextoname close send_fds
        recv_fds error herror gaierror timeout has_ipv6
    """.split()
    show("missing", [name for name in names if not hasattr(socket, name)])
    functions = [
        name for name in names if callable(getattr(socket, name)) and not isinstance(getattr(socket, name), type)
    ]
    show("without documentation", [name for name in functions if not getattr(socket, name).__doc__])
