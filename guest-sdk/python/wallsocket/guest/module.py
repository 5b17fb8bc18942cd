"""Assembles `_socket` and `select`, and puts them where `import` finds them."""

from __future__ import annotations

import sys
import types

from wallsocket.guest import constants, errors, functions, inet, interfaces, names, select, system
from wallsocket.guest.plain import unbound
from wallsocket.guest.socket_object import socket


def build() -> types.ModuleType:
    """The module `_socket`."""
    module = types.ModuleType("_socket", "Sockets, over wallsocket's WIT.")
    contents = vars(module)
    contents.update({name: value for name, value in vars(constants).items() if not name.startswith("__")})
    contents.update(
        socket=socket,
        SocketType=socket,
        error=OSError,
        timeout=TimeoutError,
        herror=errors.herror,
        gaierror=errors.gaierror,
    )
    for part in (functions, inet, interfaces, names):
        contents.update({name: unbound(function) for name, function in part.NAMES.items()})
    return module


def install() -> None:
    """Makes `import _socket` and all that builds on it find these. It may be called again."""
    errors.install()
    system.install()
    sys.modules["_socket"] = build()
    sys.modules["select"] = select.MODULE
