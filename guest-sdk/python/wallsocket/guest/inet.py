"""Byte order and addresses as text: `htons`, `inet_aton` and their kin.

Where the interpreter has them in C they are its own; WASI's C library spells some addresses differently from Linux's,
and numbers families differently.
"""

import operator
import re

from wallsocket.guest import arguments
from wallsocket.guest.interpreter import builtin

_builtin = builtin("_socket")

htons = _builtin.htons
htonl = _builtin.htonl
ntohs = _builtin.ntohs
ntohl = _builtin.ntohl
inet_ntoa = _builtin.inet_ntoa

AF_INET, AF_INET6 = 2, 10
# Linux's numbers of families → WASI's. What is neither has to stay neither.
_FAMILIES = {AF_INET: _builtin.AF_INET, AF_INET6: _builtin.AF_INET6}
_NO_FAMILY = 0x7FFF

_NUMBER = r"(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)"
# Linux stops at white space and looks no further.
_LOOSE_ADDRESS = re.compile(rf"{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?(?:\.{_NUMBER})?(?=[ \t\n\v\f\r]|\Z)")


def inet_aton(ip_addr, /):
    """The four bytes of an IPv4 address in any of its spellings: `127.1`, `0x7f000001`, `0177.0.0.1`.

    Raises OSError for what is none. References: inet_aton(3).
    """
    try:
        _builtin.inet_aton(ip_addr)  # for its TypeError and ValueError
    except OSError:
        pass
    packed = loose_ipv4(ip_addr)
    if packed is None:
        raise OSError("illegal IP address string passed to inet_aton")
    return packed


def loose_ipv4(text: str) -> bytes | None:
    """What `inet_aton` understands: up to four numbers, the last of which fills what is left."""
    found = _LOOSE_ADDRESS.match(text)
    if found is None:
        return None
    *leading, last = [_c_number(digits) for digits in found.groups() if digits is not None]
    room = 4 - len(leading)
    if last >= 1 << 8 * room or any(number > 255 for number in leading):
        return None
    return bytes(leading) + last.to_bytes(room, "big")


def _c_number(digits: str) -> int:
    if digits[:2] in ("0x", "0X"):
        return int(digits, 16)
    return int(digits, 8 if digits[0] == "0" else 10)


def inet_pton(*args):
    """The bytes of an address: `inet_pton(AF_INET6, "::1")`.

    Raises OSError for what is none of that family. References: inet_pton(3).
    """
    return _builtin.inet_pton(*_with_wasi_family(args))


def inet_ntop(*args):
    """An address as text: `inet_ntop(AF_INET6, bytes(16))`.

    Raises ValueError for another family or another length. References: inet_ntop(3).
    """
    try:
        text = _builtin.inet_ntop(*_with_wasi_family(args))
    except ValueError as error:
        if len(args) == 2 and str(error).startswith("unknown address family"):
            raise ValueError(f"unknown address family {operator.index(args[0])}") from None
        raise
    if args[0] == AF_INET:
        return text
    packed = bytes(args[1])
    return ipv6_text(tuple(int.from_bytes(packed[i : i + 2], "big") for i in range(0, 16, 2)))


def _with_wasi_family(args: tuple) -> tuple:
    if not args or not hasattr(args[0], "__index__"):
        return args
    family = operator.index(args[0])
    if not -0x8000_0000 <= family <= 0x7FFF_FFFF:
        arguments.c_int_format(family)
    return (_FAMILIES.get(family, _NO_FAMILY), *args[1:])


def ipv4_text(octets: tuple[int, int, int, int]) -> str:
    """An address of the contract as text."""
    return "%d.%d.%d.%d" % octets


def ipv6_text(groups: tuple[int, ...]) -> str:
    """An address of the contract as text, as Linux's C library writes it."""
    start, length = _longest_zeros(groups)
    tail = ipv4_text((groups[6] >> 8, groups[6] & 255, groups[7] >> 8, groups[7] & 255))
    if start == 0 and length == 6:
        return f"::{tail}"
    if start == 0 and length == 5 and groups[5] == 0xFFFF:
        return f"::ffff:{tail}"
    texts = ["%x" % group for group in groups]
    if length < 2:
        return ":".join(texts)
    return f"{':'.join(texts[:start])}::{':'.join(texts[start + length :])}"


def _longest_zeros(groups: tuple[int, ...]) -> tuple[int, int]:
    best_start, best_length = 0, 0
    start = 0
    while start < 8:
        end = start
        while end < 8 and groups[end] == 0:
            end += 1
        if end - start > best_length:
            best_start, best_length = start, end - start
        start = end + 1
    return best_start, best_length


NAMES = {
    "htons": htons,
    "htonl": htonl,
    "ntohs": ntohs,
    "ntohl": ntohl,
    "inet_aton": inet_aton,
    "inet_ntoa": inet_ntoa,
    "inet_pton": inet_pton,
    "inet_ntop": inet_ntop,
}
