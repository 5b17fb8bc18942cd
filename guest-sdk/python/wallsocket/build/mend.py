"""Mends a leak in the components that componentize-py 0.25.1 makes.

Its runtime copies every `bytes` that a program gives to an import, and keeps the copy for good: a program that sends
would lose as much memory as it sends, and end at 4 GiB. What frees such copies is there, `wit_dylib_dealloc_bytes`,
which can put it off until the call is over; it only isn't asked. So the runtime's `wit_dylib_pop_list`, which makes the
copies, gets another function in its place: one that calls it, and then asks.

Source: the core specification's binary format, and the component model's, in which core modules lie as they are.
"""

from collections.abc import Iterator
from pathlib import Path

from .errors import BuildError

_HEADER = 8
_CORE_MODULE = 1  # The section of a component that holds one.
_IMPORT, _FUNCTION, _EXPORT, _CODE = 2, 3, 7, 10  # Sections of a module.
_KIND_FUNCTION = 0

POP, FREE = b"wit_dylib_pop_list", b"wit_dylib_dealloc_bytes"


def mend(component: Path) -> None:
    """Mends a component's file; BuildError when it isn't of the make that this was written for."""
    component.write_bytes(mended(component.read_bytes()))


def mended(component: bytes) -> bytes:
    """A component, mended."""
    parts, found = [component[:_HEADER]], 0
    for section, start, end in _sections(component, _HEADER, len(component)):
        content = component[start:end]
        # Its exports' names are no secret of the module's: without them it needs no closer look.
        if section == _CORE_MODULE and POP in content and (module := _mended_module(content)) is not None:
            content, found = module, found + 1
        parts.append(_section(section, content))
    if found != 1:
        raise BuildError(
            f"{found} modules of the component are componentize-py's runtime, where one was expected",
            "use the version of componentize-py that this SDK was made for",
        )
    return b"".join(parts)


def _mended_module(module: bytes) -> bytes | None:
    """A core module, mended; None for one that isn't the runtime."""
    sections = {number: module[start:end] for number, start, end in _sections(module, _HEADER, len(module)) if number}
    exports = {
        name: index for name, kind, index, _, _ in _exports(sections.get(_EXPORT, b"\0")) if kind == _KIND_FUNCTION
    }
    if POP not in exports or FREE not in exports:
        return None
    imported = _imported_functions(sections[_IMPORT])
    types = _numbers(sections[_FUNCTION])
    last = imported + len(types) - 1
    if exports[POP] == last:
        # Mended before: freeing twice would be worse than never.
        return module
    added = {
        # Of the same type as the function that it stands for, and the last, so that every other keeps its number.
        _FUNCTION: _one_more(sections[_FUNCTION], _leb(types[exports[POP] - imported])),
        _CODE: _one_more(sections[_CODE], _vector_of_bytes(_body(exports[POP], exports[FREE]))),
        _EXPORT: _redirected(sections[_EXPORT], last + 1),
    }
    parts = [module[:_HEADER]]
    for number, start, end in _sections(module, _HEADER, len(module)):
        parts.append(_section(number, added.get(number, module[start:end])))
    return b"".join(parts)


def _body(pop: int, free: int) -> bytes:
    """The function `(call, type, where) -> length`: what `pop` puts at `where` is freed once the call is over."""
    call, where, length = b"\x20\x00", b"\x20\x02", b"\x20\x03"  # local.get
    load = where + b"\x28\x02\x00"  # i32.load: the copy; null for a list that is taken item by item.
    one = b"\x41\x01"  # i32.const 1
    return (
        b"\x01\x01\x7f"  # One local of its own, an i32.
        + (call + b"\x20\x01" + where + b"\x10" + _leb(pop) + b"\x21\x03")  # length = pop(call, type, where)
        + (load + b"\x04\x40")  # if
        # free(call, copy, length, alignment 1, later)
        + (call + load + length + one + one + b"\x10" + _leb(free))
        + (b"\x0b" + length + b"\x0b")  # end; length; end
    )


def _redirected(exports: bytes, index: int) -> bytes:
    """The export section, with another function behind the name."""
    for name, kind, _, start, end in _exports(exports):
        if name == POP and kind == _KIND_FUNCTION:
            return exports[:start] + _leb(index) + exports[end:]
    raise AssertionError("it was there a moment ago")


def _exports(section: bytes) -> Iterator[tuple[bytes, int, int, int, int]]:
    """The name, kind and index of each export, and where its index begins and ends."""
    count, at = _number(section, 0)
    for _ in range(count):
        name, at = _name(section, at)
        index, end = _number(section, at + 1)
        yield name, section[at], index, at + 1, end
        at = end


def _imported_functions(section: bytes) -> int:
    """How many of the imports are functions: they have the first numbers."""
    count, at = _number(section, 0)
    functions = 0
    for _ in range(count):
        _, at = _name(section, at)
        _, at = _name(section, at)
        kind, at = section[at], at + 1
        if kind == _KIND_FUNCTION:
            functions += 1
            _, at = _number(section, at)
        elif kind == 3:  # A global: its type, and whether it changes.
            at += 2
        elif kind == 4:  # A tag: an attribute, and its type.
            _, at = _number(section, at + 1)
        else:  # A table has its elements' type before its limits, a memory nothing.
            flags, at = _number(section, at + (kind == 1))
            for _ in range(1 + (flags & 1)):
                _, at = _number(section, at)
    return functions


def _one_more(vector: bytes, item: bytes) -> bytes:
    """A vector with an item behind its last."""
    count, start = _number(vector, 0)
    return _leb(count + 1) + vector[start:] + item


def _sections(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The number of each section, and where its content begins and ends."""
    while at < end:
        number = data[at]
        size, start = _number(data, at + 1)
        at = start + size
        yield number, start, at


def _section(number: int, content: bytes) -> bytes:
    return bytes([number]) + _vector_of_bytes(content)


def _vector_of_bytes(content: bytes) -> bytes:
    return _leb(len(content)) + content


def _numbers(vector: bytes) -> list[int]:
    """The numbers of a vector."""
    count, at = _number(vector, 0)
    found = []
    for _ in range(count):
        number, at = _number(vector, at)
        found.append(number)
    return found


def _name(data: bytes, at: int) -> tuple[bytes, int]:
    size, start = _number(data, at)
    return data[start : start + size], start + size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned number in LEB128, and where it ends."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at


def _leb(number: int) -> bytes:
    """A number in LEB128."""
    coded = bytearray()
    while number >= 0x80:
        coded.append(number & 0x7F | 0x80)
        number >>= 7
    coded.append(number)
    return bytes(coded)
