"""What CPython's `PyArg_ParseTuple` says of positional arguments: how many there may be, and what each has to be."""

from __future__ import annotations

from collections.abc import Callable

from wallsocket.guest.arguments import MISSING, count_text, plain, readable


def takes(name: str, arguments: tuple, least: int, most: int | None = None) -> None:
    """Raises TypeError unless there are so many."""
    most = least if most is None else most
    given = len(arguments)
    if least <= given <= most:
        return
    raise TypeError(count_text(f"{name}()", given, least, most))


def takes_one(name: str, arguments: tuple) -> object:
    """The only argument of a function that Argument Clinic parses, else TypeError."""
    if len(arguments) != 1:
        raise TypeError(f"_socket.{name}() takes exactly one argument ({len(arguments)} given)")
    return arguments[0]


def takes_none(name: str, arguments: tuple) -> None:
    """Raises TypeError when there are any."""
    if arguments:
        raise TypeError(f"_socket.{name}() takes no arguments ({len(arguments)} given)")


def type_name(value: object) -> str:
    """How C code names the type of an argument that it refuses."""
    return "None" if value is None else type(value).__name__


def text(name: str, position: int, value: object) -> str:
    """An argument of the format `s`: text that UTF-8 and C can hold."""
    if not isinstance(value, str):
        raise TypeError(f"{name}() argument {position} must be str, not {type_name(value)}")
    value = plain(value)
    value.encode()
    if "\0" in value:
        raise ValueError("embedded null character")
    return value


def host(name: str, value: object) -> bytes:
    """An argument of the format `et` with `idna`: a host's name."""
    if isinstance(value, str):
        encoded = plain(value).encode("idna")
    elif isinstance(value, (bytes, bytearray)):
        encoded = readable(value)
    else:
        raise TypeError(f"{name}() argument 1 must be str, bytes or bytearray, not {type_name(value)}")
    if b"\0" in encoded:
        raise TypeError(f"{name}() argument 1 must be encoded string without null bytes, not {type(value).__name__}")
    return encoded


def keywords(name: str, parameters: tuple[str, ...], required: int, given: tuple, named: dict) -> list:
    """The arguments in the order of the parameters, as `PyArg_ParseTupleAndKeywords` takes them; absent ones at the
    end are left out, those between are `MISSING`."""
    if len(given) + len(named) > len(parameters):
        kind = "" if not named or given else "keyword "
        raise TypeError(f"{name}() takes at most {len(parameters)} {kind}arguments ({len(given) + len(named)} given)")
    values = list(given) + [MISSING] * (len(parameters) - len(given))
    for parameter, value in named.items():
        if parameter not in parameters:
            raise TypeError(f"{name}() got an unexpected keyword argument '{parameter}'")
        position = parameters.index(parameter)
        if position < len(given):
            raise TypeError(f"argument for {name}() given by name ('{parameter}') and position ({position + 1})")
        values[position] = value
    for position in range(required):
        if values[position] is MISSING:
            raise TypeError(f"{name}() missing required argument '{parameters[position]}' (pos {position + 1})")
    return values


def or_default[T](value: object, convert: Callable[[object], T], default: T) -> T:
    """The converted argument, or what it is when it was left out."""
    return default if value is MISSING else convert(value)
