"""Values of every kind, most of them wrong wherever they are given.

Each is made anew for each case, from the scene that the case plays in: some close the scene's socket when they are
looked at.
"""

import array
import socket
from collections.abc import Callable
from fractions import Fraction
from typing import Any


class Index:
    """Like an int, as it says itself."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __index__(self) -> int:
        return _answer(self.value)


class Float(Index):
    """Like a float."""

    __index__ = None

    def __float__(self) -> float:
        return _answer(self.value)


class Path(Index):
    """Like a path."""

    __index__ = None

    def __fspath__(self) -> str:
        return _answer(self.value)


class Bytes(Index):
    """Like bytes, to `bytes()` alone."""

    __index__ = None

    def __bytes__(self) -> bytes:
        return _answer(self.value)


class Numbered(Index):
    """Like a file."""

    __index__ = None

    def fileno(self) -> int:
        return _answer(self.value)


class Buffer(Index):
    """Like a buffer, as it says itself (since 3.12)."""

    __index__ = None

    def __buffer__(self, flags: int) -> memoryview:
        return _answer(self.value)


class Pretender:
    """What says that it is of another type."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    @property
    def __class__(self) -> type:
        return self.kind


class Sequence:
    """Like a sequence whose length isn't what it has."""

    def __init__(self, length: Any, *items: object) -> None:
        self.length = length
        self.items = items

    def __len__(self) -> int:
        return _answer(self.length)

    def __getitem__(self, index: int) -> object:
        return self.items[index]


class Iterable:
    """What can be gone through, until it can't."""

    def __init__(self, *items: object) -> None:
        self.items = items

    def __iter__(self):
        for item in self.items:
            yield _answer(item)


class Int(int):
    """A subclass that claims to be another number."""

    def __index__(self) -> int:
        raise LookupError("ints aren't asked")


class Text(str):
    """A subclass that claims to be other text."""

    def encode(self, *_: str) -> bytes:
        raise LookupError("text isn't asked")

    def __len__(self) -> int:
        return 1 << 30


class Octets(bytes):
    """A subclass that claims to be other bytes."""

    def __len__(self) -> int:
        return 1 << 30

    def __getitem__(self, index: int) -> int:
        raise LookupError("bytes aren't asked")


class Tuple(tuple):
    """A subclass that claims to be longer."""

    def __len__(self) -> int:
        return 1 << 30

    def __getitem__(self, index: int) -> object:
        raise LookupError("tuples aren't asked")


class Eager(list):
    """A list that grows while it is read."""

    def __iter__(self):
        self.append(b"more")
        return super().__iter__()


def _answer(value: Any) -> Any:
    return value() if callable(value) else value


def _raise() -> None:
    raise LookupError("asked")


def _closing(scene: Any, value: Any) -> Callable[[], Any]:
    def close() -> Any:
        scene.close()
        return value

    return close


def _released() -> memoryview:
    view = memoryview(bytearray(4))
    view.release()
    return view


def _generator() -> Any:
    yield b"x"
    raise LookupError("asked")


def _itself() -> list:
    found: list = []
    found.append(found)
    return found


# What is given for an argument, by a name that tells what it is.
VALUES: dict[str, Callable[[Any], Any]] = {
    "None": lambda _: None,
    "True": lambda _: True,
    "False": lambda _: False,
    "Ellipsis": lambda _: ...,
    "NotImplemented": lambda _: NotImplemented,
    "0": lambda _: 0,
    "1": lambda _: 1,
    "2": lambda _: 2,
    "3": lambda _: 3,
    "-1": lambda _: -1,
    "-2": lambda _: -2,
    "100": lambda _: 100,
    "255": lambda _: 255,
    "256": lambda _: 256,
    "65535": lambda _: 65535,
    "65536": lambda _: 65536,
    "2**20": lambda _: 1 << 20,
    "2**31-1": lambda _: (1 << 31) - 1,
    "2**31": lambda _: 1 << 31,
    "2**32-1": lambda _: (1 << 32) - 1,
    "2**32": lambda _: 1 << 32,
    "2**63-1": lambda _: (1 << 63) - 1,
    "2**63": lambda _: 1 << 63,
    "2**64": lambda _: 1 << 64,
    "2**200": lambda _: 1 << 200,
    "-2**31": lambda _: -(1 << 31),
    "-2**31-1": lambda _: -(1 << 31) - 1,
    "-2**63": lambda _: -(1 << 63),
    "-2**63-1": lambda _: -(1 << 63) - 1,
    "-2**200": lambda _: -(1 << 200),
    "an int's subclass": lambda _: Int(1),
    "a member of an enumeration": lambda _: socket.AF_INET,
    "0.0": lambda _: 0.0,
    "1.5": lambda _: 1.5,
    "-0.5": lambda _: -0.5,
    "nan": lambda _: float("nan"),
    "inf": lambda _: float("inf"),
    "-inf": lambda _: float("-inf"),
    "1e300": lambda _: 1e300,
    "a fraction": lambda _: Fraction(1, 2),
    "1j": lambda _: 1j,
    "''": lambda _: "",
    "'x.invalid'": lambda _: "x.invalid",
    "'80'": lambda _: "80",
    "'127.0.0.1'": lambda _: "127.0.0.1",
    "text with a null": lambda _: "a\0b",
    "a surrogate": lambda _: "\ud800",
    "an escaped byte": lambda _: "\udcff",
    "not ASCII": lambda _: "ü.invalid",
    "long text": lambda _: "x" * 300,
    "text's subclass": lambda _: Text("x.invalid"),
    "b''": lambda _: b"",
    "b'x'": lambda _: b"x",
    "b'80'": lambda _: b"80",
    "bytes with a null": lambda _: b"a\0b",
    "b'\\xff'": lambda _: b"\xff",
    "long bytes": lambda _: b"x" * 300,
    "four nulls": lambda _: bytes(4),
    "bytes' subclass": lambda _: Octets(b"x"),
    "an empty bytearray": lambda _: bytearray(),
    "a bytearray": lambda _: bytearray(b"abcd"),
    "a view": lambda _: memoryview(b"abcd"),
    "a writable view": lambda _: memoryview(bytearray(4)),
    "a released view": lambda _: _released(),
    "every other byte": lambda _: memoryview(bytearray(8))[::2],
    "a view of two dimensions": lambda _: memoryview(bytearray(4)).cast("B", (2, 2)),
    "an array": lambda _: array.array("i", [1, 2]),
    "an array of floats": lambda _: array.array("d", [1.0]),
    "()": lambda _: (),
    "(1,)": lambda _: (1,),
    "(1, 2)": lambda _: (1, 2),
    "(None, None)": lambda _: (None, None),
    "('127.0.0.1', '80')": lambda _: ("127.0.0.1", "80"),
    "('127.0.0.1', 80, 0, 0, 0)": lambda _: ("127.0.0.1", 80, 0, 0, 0),
    "a tuple's subclass": lambda _: Tuple(("127.0.0.1", 0)),
    "[]": lambda _: [],
    "[1]": lambda _: [1],
    "[None]": lambda _: [None],
    "['x']": lambda _: ["x"],
    "[b'x']": lambda _: [b"x"],
    "[()]": lambda _: [()],
    "[(1, 1)]": lambda _: [(1, 1)],
    "[(1, 1, 'x')]": lambda _: [(1, 1, "x")],
    "[('1', 1, b'x')]": lambda _: [("1", 1, b"x")],
    "[(1, 2**40, b'x')]": lambda _: [(1, 1 << 40, b"x")],
    "[(1, 1, b'x')]": lambda _: [(1, 1, b"x")],
    "a list that holds itself": lambda _: _itself(),
    "a list that grows": lambda _: Eager([b"x"]),
    "{}": lambda _: {},
    "{'x': 1}": lambda _: {"x": 1},
    "set()": lambda _: set(),
    "range(3)": lambda _: range(3),
    "a generator that raises": lambda _: _generator(),
    "iter(())": lambda _: iter(()),
    "what raises when gone through": lambda _: Iterable(b"x", _raise),
    "a sequence of negative length": lambda _: Sequence(-1),
    "a sequence that is shorter than it says": lambda _: Sequence(5, b"x"),
    "a sequence whose length raises": lambda _: Sequence(_raise),
    "what claims to be bytes": lambda _: Pretender(bytes),
    "what claims to be an int": lambda _: Pretender(int),
    "what claims to be text": lambda _: Pretender(str),
    "what claims to be a tuple": lambda _: Pretender(tuple),
    "object()": lambda _: object(),
    "a type": lambda _: int,
    "a function": lambda _: len,
    "a module": lambda _: socket,
    "an exception": lambda _: OSError(1, "x"),
    "an index of 3": lambda _: Index(3),
    "an index of -1": lambda _: Index(-1),
    "an index of 2**100": lambda _: Index(1 << 100),
    "an index of '1'": lambda _: Index("1"),
    "an index of True": lambda _: Index(True),
    "an index of None": lambda _: Index(None),
    "an index that raises": lambda _: Index(_raise),
    "an index that closes": lambda scene: Index(_closing(scene, 1)),
    "a float of 0.5": lambda _: Float(0.5),
    "a float of 'x'": lambda _: Float("x"),
    "a float that raises": lambda _: Float(_raise),
    "a path of 'x'": lambda _: Path("x"),
    "a path of 1": lambda _: Path(1),
    "a path that raises": lambda _: Path(_raise),
    "bytes of 'x'": lambda _: Bytes("x"),
    "bytes that raise": lambda _: Bytes(_raise),
    "a file of -1": lambda _: Numbered(-1),
    "a file of 'x'": lambda _: Numbered("x"),
    "a file of 2**100": lambda _: Numbered(1 << 100),
    "a file of 900000": lambda _: Numbered(900_000),
    "a file that raises": lambda _: Numbered(_raise),
    "a buffer": lambda _: Buffer(lambda: memoryview(bytearray(b"abcd"))),
    "a buffer of bytes": lambda _: Buffer(b"x"),
    "a buffer that raises": lambda _: Buffer(_raise),
    "a buffer that closes": lambda scene: Buffer(_closing(scene, memoryview(bytearray(b"abcd")))),
    "a generator that closes": lambda scene: iter(Iterable(_closing(scene, bytearray(b"abcd")))),
    "a socket": lambda scene: scene.spare(),
    "a closed socket": lambda scene: scene.closed(),
    "the socket itself": lambda scene: scene.sock,
}

# Fewer, for two arguments at a time: one of each kind.
FEW = [
    "None", "True", "0", "-1", "65536", "2**31", "2**64", "1.5", "nan", "''", "'80'", "text with a null",
    "a surrogate", "b''", "long bytes", "a released view", "()", "(1, 2)", "[]", "[None]", "[(1, 1, b'x')]",
    "a generator that raises", "object()", "an index of 3", "an index that raises", "an index that closes",
    "a buffer that closes",
]  # fmt: skip

# Numbers that may be those of the process's own files: not for what closes, writes or takes over a number.
SMALL_NUMBERS = [
    "True", "False", "0", "1", "2", "3", "100", "255", "256", "65535", "65536", "2**20", "2**31-1", "an int's subclass",
    "a member of an enumeration", "an index of 3", "an index of True", "an index that closes",
    # To CPython these are 0, since it cuts what is too long for C's `int`.
    "2**32", "-2**63",
]  # fmt: skip
