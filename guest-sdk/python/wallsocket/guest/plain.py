"""Functions that are no methods."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType


def unbound[F: Callable](function: F, like: object = None) -> F:
    """A function that stays one as an attribute of a class, as C's do and Python's don't.

    The standard library counts on that: `class Connection: _read = os.read`. It has the name and the documentation of
    the one that it stands for.
    """
    if not isinstance(function, FunctionType):
        return function
    pattern = function if like is None else like
    name = pattern.__name__
    contents = {
        "__call__": staticmethod(function),
        "__name__": name,
        "__qualname__": name,
        "__doc__": pattern.__doc__,
        "__module__": pattern.__module__,
        "__signature__": property(lambda self: _signature(pattern)),
        "__repr__": lambda self: f"<function {name}>",
    }
    return type("function", (), contents)()


def _signature(pattern: Callable) -> object:
    import inspect  # it is large, and few ask

    return inspect.signature(pattern)
