"""The standard library of the Python in the component: which of its modules are there, and which can be imported.

`library.txt` has a module a line; what can't be imported is followed by the reason. A test holds it against the guest.
"""

import functools
from importlib import resources

# Imported for what they do, or of no use before the program runs.
NOT_PRELOADED = {"antigravity", "this", "__main__", "idlelib", "pdb", "site", "test", "unittest", "wit_world"}

# What people want to know of the modules that they miss most.
_BECAUSE = {
    "ssl": "there is no TLS in this Python: connect to plain ports, or let a proxy beside the component speak TLS",
    "ctypes": "there is no C library to call in a component",
    "multiprocessing": "a component is one process",
    "mmap": "a component has no memory of files",
    "fcntl": "WASI has no fcntl",
}


@functools.cache
def modules() -> dict[str, str]:
    """Every module's name, and why it can't be imported ("" where it can)."""
    text = resources.files(__package__).joinpath("library.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: reason for name, _, reason in lines}


def has(top: str) -> bool:
    """Whether a module without dots belongs to the standard library."""
    return top in modules()


def why_not(name: str) -> str | None:
    """Why a module of the standard library can't be imported; None where it can."""
    known = modules()
    if name not in known:
        return f"`{name.rpartition('.')[0]}` has no such module"
    if not known[name]:
        return None
    return _BECAUSE.get(name.partition(".")[0], known[name])
