"""The machine's network interfaces: `if_nameindex`, `if_nametoindex`, `if_indextoname`.

Every call needs the grant `interfaces list`.
"""

from __future__ import annotations

import os

from componentize_py_types import Err
from wit_world.imports import network_interfaces as wit
from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import arguments, errors, parsing

_UINT_MAX = 0xFFFF_FFFF
_ENODEV = 19


def if_nameindex(*given):
    """Every interface, as `(index, name)`. References: if_nameindex(3)."""
    parsing.takes_none("if_nameindex", given)
    return [(one.index, os.fsdecode(one.name)) for one in errors.call(wit.if_nameindex)]


def if_nametoindex(*given):
    """The index of an interface. Raises OSError, without a number, for a name that none has.

    References: if_nametoindex(3).
    """
    name = arguments.path(parsing.takes_one("if_nametoindex", given))
    try:
        return wit.if_nametoindex(name)
    except Err as error:
        if error.value == types.Error_Os(_ENODEV):
            raise OSError("no interface with this name") from None
        raise errors.exception(error.value) from None


def if_indextoname(*given):
    """The name of an interface. Raises OSError with ENXIO for an index that none has. References: if_indextoname(3)."""
    index = parsing.takes_one("if_indextoname", given)
    if not isinstance(index, int):
        raise TypeError("an integer is required")
    if index < 0:
        raise OverflowError("can't convert negative value to unsigned int")
    if index > _UINT_MAX:
        if index >= 1 << 64:
            raise OverflowError("Python int too large to convert to C unsigned long")
        raise OverflowError("index is too large")
    return os.fsdecode(errors.call(wit.if_indextoname, int(index)))


NAMES = {function.__name__: function for function in (if_nameindex, if_nametoindex, if_indextoname)}
