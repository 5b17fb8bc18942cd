"""What this program may do, and how it gives some of that up. Python has no counterpart.

There is something to ask inside a component only.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable

try:
    from componentize_py_types import Err
    from wit_world.imports import permissions as _permissions
except ModuleNotFoundError:
    raise ImportError("wallsocket.permissions is for programs inside a component") from None

from wallsocket.guest import table

__all__ = ["GrantError", "held", "restrict", "restrict_socket"]


class GrantError(ValueError):
    """Why a list of grants wasn't taken; nothing has changed then.

    `index` says which line, counted from 0; `column` where in it, in characters counted from 1; `message` what was
    expected there.
    """

    def __init__(self, index: int, column: int, message: str) -> None:
        super().__init__(f"grant {index}, column {column}: {message}")
        self.index, self.column, self.message = index, column, message


def held() -> list[str]:
    """The grants held, a line each, as `wallsocket run --allow` and a policy file take them.

    Refusals begin with `deny`. After `restrict` each of its sets follows, its lines beginning with `only`.
    """
    return _permissions.held()


def restrict(grants: Iterable[str]) -> None:
    """From now on, and for good, allows only what these grants cover *and* was allowed before.

    An empty list gives everything up. Sockets that are connected or bound stay so. Raises `GrantError` for a line that
    doesn't parse, and after 16 calls.
    """
    lines = _lines(grants)
    _call(lambda: _permissions.restrict(lines))


def restrict_socket(sock: socket.socket, grants: Iterable[str]) -> None:
    """From now on, and for good, lets this socket do only what these grants cover *and* the program may do.

    That goes with the socket: for its duplicates, connections that are accepted from it later, and whoever on the same host
    it is shared with or passed to. What it is connected or bound to it stays so. Raises `GrantError` as `restrict`, for more
    than 16 calls or 1,024 lines of one socket, and for more lines than the host keeps for the program's sockets;
    `OSError` (EBADF) for a closed socket.
    """
    lines = _lines(grants)
    handle = table.get(sock.fileno())
    _call(lambda: _permissions.restrict_socket(handle, lines))


def _lines(grants: Iterable[str]) -> list[str]:
    if isinstance(grants, str):
        # Its characters would be lines.
        raise TypeError("grants must be a list of lines, not str")
    lines = list(grants)
    for line in lines:
        if not isinstance(line, str):
            raise TypeError(f"a grant must be str, not {type(line).__name__}")
        line.encode()
    return lines


def _call(function: Callable[[], None]) -> None:
    try:
        function()
    except Err as error:
        wrong = error.value
        raise GrantError(wrong.index, wrong.column, wrong.message) from None
