"""Wrong arguments to every function and method of `_socket` and `select`, and to those of `os` that take a socket.

Each valid call (wrong_arguments/calls.py) is made wrong in one place at a time, by values of every kind
(wrong_arguments/values.py), natively and in the guest. Both have to raise the same type, with the same errno, and the
guest has to live on.

    python -m tests.test_wrong_arguments [--messages] [NAME…]     shows what differs
"""

import fnmatch
import importlib
import sys
import tempfile
import unittest
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import guest_command
from tests.test_snippets import GRANTS, GUEST_FOLDER, native_version
from tests.twice import Said, both, native_python, run_names

FOLDER = Path(__file__).resolve().parent / "wrong_arguments"
RUNNER = FOLDER / "calls.py"

# Between two things that are said, which is one case: milliseconds.
LIMIT = 20.0


# The version to compare with where it is; others have their own differences declared beside its.
REFERENCE = (3, 13)


@dataclass(frozen=True)
class Known:
    """Cases in which the two may differ, and the fact that makes them."""

    calls: str
    cases: str
    native: str
    guest: str
    why: str
    since: tuple[int, int] | None = None

    def covers(self, call: str, case: str, native: str, guest: str) -> bool:
        """Whether this is one of them."""
        if self.since is not None and native_version() >= self.since:
            return False
        pairs = ((self.calls, call), (self.cases, case), (self.native, native), (self.guest, guest))
        return all(any(fnmatch.fnmatchcase(text, one) for one in pattern.split("|")) for pattern, text in pairs)


KNOWN: list[Known] = [
    # What changed in CPython.
    Known(
        "_socket.hton?|_socket.ntoh?",
        "1 = *",
        "*",
        "ValueError|OverflowError|LookupError|returned",
        "3.14 has converters for unsigned ints of C: ValueError for what is negative, `__index__` is asked",
        since=(3, 14),
    ),
    Known(
        "_socket.getaddrinfo",
        "*2 = *",
        "OSError",
        "returned|gaierror|LookupError|TypeError",
        "3.14 takes every port that has `__index__`, where 3.13 took exact ints alone",
        since=(3, 14),
    ),
    Known(
        "socket.setblocking|os.set_blocking|os.set_inheritable",
        "* = NotImplemented",
        "returned",
        "TypeError",
        "since 3.14 NotImplemented is neither true nor false",
        since=(3, 14),
    ),
    Known(
        "_socket.getaddrinfo|_socket.gethostby*",
        "*",
        "UnicodeError",
        "UnicodeEncodeError",
        "3.13 tells where in a name the mistake is, in a subclass",
        since=(3, 13),
    ),
    Known(
        "_socket.if_indextoname",
        "1 = *",
        "OSError ENXIO",
        "OverflowError",
        "versions before 3.13 cut an index to 32 bits",
        since=(3, 13),
    ),
    Known("*", "* = a buffer*", "TypeError", "*", "`__buffer__` of classes in Python came with 3.12", since=(3, 12)),
    Known(
        "socket.setblocking|os.set_blocking",
        "[12] = *",
        "*",
        "*",
        "the flag was an int before 3.12, and has been true or false of any type since",
        since=(3, 12),
    ),
    Known(
        "_socket.getaddrinfo",
        "*2 = *",
        "OverflowError",
        "returned|gaierror",
        "a port was a C long before 3.12, and has been text since",
        since=(3, 12),
    ),
    Known(
        "poll.register|poll.modify",
        "2 = an index *",
        "TypeError",
        "returned|OverflowError|ValueError|LookupError",
        "3.14 asks for `__index__`, where 3.13 took ints alone",
        since=(3, 14),
    ),
    Known(
        "bind to ISO-TP|bind to J1939",
        "1.* = an index *",
        "TypeError",
        "OSError E*|LookupError",
        "3.14 asks for `__index__` where C takes an unsigned long, 3.13 took ints alone",
        since=(3, 14),
    ),
    # What the host knows one by one.
    Known(
        "bind to *CAN*|bind to ISO-TP|bind to J1939|bind to packets|bind to QIPCRTR",
        "*",
        "OSError ENODEV|OSError EINVAL",
        "OSError EAFNOSUPPORT",
        "the socket isn't of that family, which the host says before anybody looks up an interface",
    ),
    Known(
        "bind to packets",
        "1.* = *",
        "OSError ENODEV",
        "OverflowError|ValueError",
        "CPython looks up the interface before it looks at the rest; the guest's host does so afterwards",
    ),
    Known(
        "socket.recv*|socket.send*",
        "*[23] = *",
        "returned|OSError EINVAL|OSError EDESTADDRREQ|OSError EOPNOTSUPP",
        "OSError EOPNOTSUPP",
        "a kernel passes over flags that it doesn't know, the host refuses them: it couldn't judge what they do",
    ),
    Known(
        "socket.getsockopt|socket.setsockopt*",
        "*",
        "OSError EOPNOTSUPP|OSError EINVAL|OSError EFAULT",
        "OSError ENOPROTOOPT",
        "the host knows options one by one, and says this of those that it doesn't know, before it looks at the value",
    ),
    Known(
        "an item of socket.sendmsg|socket.sendmsg",
        "*",
        "returned|OSError E*",
        "OSError EOPNOTSUPP|OSError EINVAL",
        "a kernel passes over control messages of another family, the host refuses them",
    ),
    Known(
        "an item of socket.sendmsg",
        "3 = *",
        "returned",
        "OSError EBADF",
        "the bytes are the number 0, standard input, which a guest can't pass: it isn't a socket or a file of its own",
    ),
    # What a guest may.
    Known(
        "bind to netlink|connect to netlink",
        "*",
        "returned",
        "PermissionError EACCES",
        "a netlink socket's port is the kernel's choice, and it talks to the kernel alone (docs/permissions.md)",
    ),
    Known(
        "connect to Unix",
        "*",
        "OSError EINVAL",
        "PermissionError EACCES",
        "no grant covers a socket without a name, and grants are asked first",
    ),
    Known(
        "bind to Unix",
        "*",
        "OSError EADDRINUSE",
        "returned",
        "natively the case before left its path behind; the host removes a path when its socket is closed",
    ),
    Known(
        "connect to Unix",
        "*",
        "ConnectionRefusedError ECONNREFUSED",
        "FileNotFoundError ENOENT",
        "natively the case before left its path behind; the host removes a path when its socket is closed",
    ),
    Known(
        "socket.setsockopt*",
        "*",
        "OSError EOPNOTSUPP",
        "PermissionError EACCES",
        "grants are asked before the kernel is, which has no such option of that socket",
    ),
    Known(
        "os.lseek",
        "3 = 3|3 = an index of 3",
        "OSError ESPIPE",
        "OSError EINVAL",
        "3 is Linux's SEEK_DATA, which WASI hasn't got",
    ),
    Known(
        "an item of select.select",
        "1 = a file of 900000",
        "ValueError",
        "OSError EBADF",
        "natively numbers from FD_SETSIZE on don't fit into select's sets; the guest's are larger, and have no limit",
    ),
    # What the SDK is made of.
    Known(
        "bind to ISO-TP|bind to J1939",
        "1 = what claims to be a tuple",
        "SystemError",
        "TypeError",
        "CPython doesn't check these addresses itself, and its parser takes what is no tuple for CPython's own mistake",
    ),
    Known(
        "select.select",
        "* = text's subclass|* = bytes' subclass|* = a tuple's subclass",
        "OSError EBADF|TypeError",
        "MemoryError",
        "they claim 2**30 items, for which a list takes the room at first; a 32-bit machine hasn't got it",
    ),
    Known(
        "close of|fileno of",
        "1 = *",
        "TypeError",
        "AttributeError",
        "methods of a class in Python take any object for self, and miss its attributes later",
    ),
    Known(
        "_socket.socket|_socket.socket of a number",
        "4 = *",
        "TypeError",
        "OSError EINVAL",
        "bytes are what `share` gave, on Windows as here",
    ),
    Known(
        "socket.recv|socket.recvfrom|socket.recvmsg|recv of a socket that never began|os.read",
        "[12] = 2[*][*]63-1",
        "OverflowError",
        "returned|OSError EBADF",
        "no bytes object can be so long; the guest asks for what one call can bring, and makes the object afterwards",
    ),
    Known(
        "*",
        "* = text's subclass",
        "TypeError|LookupError",
        "gaierror",
        "CPython calls the subclass's own `encode`, which raises here; the guest takes the text itself",
    ),
]


# What the guest hasn't got: the snippet descriptors:what_there_is_to_wait_and_to_scatter_with holds it to that.
ABSENT = ("select.epoll", "epoll.*", "os.readv", "os.writev")


def names() -> list[str]:
    """The names of all calls that both Pythons have."""
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    calls = importlib.import_module("calls").CALLS
    return [name for name in calls if not any(fnmatch.fnmatchcase(name, absent) for absent in ABSENT)]


def natively(calls: Sequence[str]) -> dict[str, Said]:
    """How the calls end under native CPython."""
    with tempfile.TemporaryDirectory(prefix="wrong-") as folder:
        environment = {"PATH": "/usr/bin:/bin", "SNIPPET_FOLDER": folder, "LC_ALL": "C.UTF-8"}
        return run_names(lambda some: [native_python(), str(RUNNER), *some], calls, LIMIT, env=environment)


def in_the_guest(calls: Sequence[str]) -> dict[str, Said]:
    """How they end in the guest."""
    with tempfile.TemporaryDirectory(prefix="wrong-") as folder:

        def command(some: Sequence[str]) -> list[str]:
            allow = [
                *GRANTS,
                "netlink read route",
                "udp bind *:1-1023",
                "vsock listen *:0-1023",
                "option SO_DEBUG",
                f"unix connect {folder}::{GUEST_FOLDER}",
                "vsock connect *:*",
                "vsock listen *:*",
                f"unix listen {folder}::{GUEST_FOLDER}",
            ]
            return guest_command(
                RUNNER, some, allow=allow, env={"SNIPPET_FOLDER": GUEST_FOLDER}, dirs={folder: GUEST_FOLDER}
            )

        return run_names(command, calls, LIMIT)


def cases(said: Said) -> dict[str, tuple[str, str]]:
    """Case → how it ended, and with what message."""
    found, current = {}, ""
    for kind, *rest in said.lines:
        if kind == "case":
            (current,) = rest
        elif kind == "gave":
            found[current] = tuple(rest)
    return found


def last(said: Said) -> str:
    """The case that was tried last."""
    tried = [rest[0] for kind, *rest in said.lines if kind == "case"]
    return tried[-1] if tried else "nothing"


@dataclass(frozen=True)
class Differing:
    """A case that ends in two ways."""

    call: str
    case: str
    native: tuple[str, str]
    guest: tuple[str, str]

    def __str__(self) -> str:
        return f"{self.call}: {self.case}:\n    native {': '.join(self.native)}\n    guest  {': '.join(self.guest)}"


def differing(call: str, native: Said, guest: Said) -> Iterator[Differing]:
    """The cases of a call that end in two ways."""
    one, other = cases(native), cases(guest)
    for case in one.keys() | other.keys():
        ended = one.get(case, ("never tried", "")), other.get(case, ("never tried", ""))
        if ended[0][0] != ended[1][0]:
            yield Differing(call, case, *ended)


class WrongArguments(unittest.TestCase):
    def test_the_guest_refuses_what_cpython_refuses_and_lives_on(self) -> None:
        calls = names()
        native, guest = both(lambda: natively(calls), lambda: in_the_guest(calls))
        tried = 0
        used: Counter[Known] = Counter()
        for call in calls:
            with self.subTest(call=call):
                for who, said in (("native CPython", native[call]), ("the guest", guest[call])):
                    self.assertEqual(said.end, "end", f"{who}, at {last(said)!r}")
                unknown = []
                for one in differing(call, native[call], guest[call]):
                    known = next((k for k in KNOWN if k.covers(call, one.case, one.native[0], one.guest[0])), None)
                    if known is None:
                        unknown.append(str(one))
                    else:
                        used[known] += 1
                tried += len(cases(guest[call]))
                self.assertFalse(unknown, f"{len(unknown)} differ:\n" + "\n".join(unknown[:20]))
        with self.subTest("what is declared as known is there"):
            # What changed after a version older than the reference may not show there yet.
            unused = [k for k in KNOWN if not used[k] and (k.since is None or REFERENCE == native_version() < k.since)]
            self.assertEqual(unused, [])
        self.assertGreater(tried, 60_000)


def main(arguments: Sequence[str]) -> int:
    """Shows what differs, for some calls or all."""
    wanted = [argument for argument in arguments if not argument.startswith("--")]
    calls = [name for name in names() if not wanted or any(fnmatch.fnmatchcase(name, pattern) for pattern in wanted)]
    native, guest = both(lambda: natively(calls), lambda: in_the_guest(calls))
    count, total, known, words = 0, 0, 0, 0
    for call in calls:
        total += len(cases(native[call]))
        for who, said in (("native CPython", native[call]), ("the guest", guest[call])):
            if said.end != "end":
                print(f"{call}: {who} {said.end}\n    at {last(said)}")
        for one in differing(call, native[call], guest[call]):
            if any(k.covers(call, one.case, one.native[0], one.guest[0]) for k in KNOWN):
                known += 1
            else:
                count += 1
                print(one)
        one, other = cases(native[call]), cases(guest[call])
        for case in one.keys() & other.keys():
            if one[case][0] == other[case][0] and one[case][1] != other[case][1]:
                words += 1
                if "--messages" in arguments:
                    print(
                        f"{call}: {case}: words\n    native {': '.join(one[case])}\n    guest  {': '.join(other[case])}"
                    )
    print(
        f"{len(calls)} calls, {total} cases, {count} differ, {known} as declared; {words} say the same in other words"
    )
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
