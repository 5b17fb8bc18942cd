"""What can be the name of a host.

The host refuses what can't, as something that no grant can name; to a Python program it is a name that doesn't resolve.
"""

from __future__ import annotations

import re

from wallsocket.guest import errors, inet

_EAI_NONAME = -2
_LABEL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,62}")
# Some resolver would take a name that ends so for an address.
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def check(name: str) -> None:
    """Raises gaierror, EAI_NONAME, for what is neither an address in some spelling nor a name that a host can have."""
    if not (could_be_name(name) or could_be_address(name)):
        raise errors.name_lookup(_EAI_NONAME)


def could_be_name(name: str) -> bool:
    """Whether it has the syntax of a host's name (RFC 1035, section 2.3.4; underscores exist as well)."""
    labels = name.removesuffix(".").split(".")
    return len(name) <= 254 and all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])


def could_be_address(name: str) -> bool:
    """Whether a resolver could take it for an address; it is empty where a program means none in particular."""
    if ":" not in name:
        return name == "" or (not re.search(r"\s", name) and inet.loose_ipv4(name) is not None)
    try:
        inet.inet_pton(inet.AF_INET6, name.partition("%")[0])
    except OSError:
        return False
    return True
