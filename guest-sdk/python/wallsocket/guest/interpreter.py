"""The modules that this Python has in C, also where others stand in their place in `sys.modules`.

WASI's own `_socket` and `select` can't reach what the SDK is for, but their argument checking is CPython's, exactly.
"""

from importlib.machinery import BuiltinImporter
from importlib.util import module_from_spec
from types import ModuleType


def builtin(name: str) -> ModuleType:
    """A module as the interpreter was compiled with it."""
    module = module_from_spec(BuiltinImporter.find_spec(name))
    BuiltinImporter.exec_module(module)
    return module
