"""Imports of the WIT without the function that componentize-py writes around each.

The function costs as much as a third of what a small receive does beside the system call. What it calls takes the
number of an import and its arguments, and returns an `Ok` or an `Err`.
"""

from __future__ import annotations

import types
from collections.abc import Callable

from componentize_py_runtime import call_import

__all__ = ["call_import", "number"]


class _Found(Exception):
    """Carries a number out of the function that knows it."""


class _Runtime:
    """Stands for componentize-py's runtime, and calls nothing."""

    @staticmethod
    def call_import(number, arguments):
        raise _Found(number)


def number(function: Callable) -> int:
    """The number that a function of the bindings calls its import by."""
    around = types.FunctionType(function.__code__, {"componentize_py_runtime": _Runtime})
    try:
        around(*[None] * function.__code__.co_argcount)
    except _Found as found:
        return found.args[0]
    raise AssertionError(f"{function!r} calls no import")
