"""The Python modules that the component carries.

Files are visible only while a component is built. What a program imports once it runs, as `encodings` and many a library
do, has to be in the component's memory: here as bytecode, compressed.
"""

import importlib.machinery
import importlib.util
import marshal
import os
import sys
import zlib

# Of no use in a component, and large.
LEFT_OUT = {"test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "pydoc_data", "__pycache__", "site-packages"}

_packed: dict[str, tuple[bool, str, bytes]] = {}


def pack(directory: str) -> None:
    """Takes every module below a directory, one that is on `sys.path`."""
    _pack(directory, "")


def _pack(directory: str, prefix: str) -> None:
    for name in sorted(os.listdir(directory)):
        path = f"{directory}/{name}"
        stem, suffix = os.path.splitext(name)
        if name in LEFT_OUT:
            continue
        if os.path.isdir(path):
            if name.isidentifier() and os.path.exists(f"{path}/__init__.py"):
                _keep(f"{prefix}{name}", f"{path}/__init__.py", True)
                _pack(path, f"{prefix}{name}.")
        elif suffix == ".py" and stem.isidentifier() and stem != "__init__":
            _keep(f"{prefix}{stem}", path, False)


def _keep(name: str, path: str, package: bool) -> None:
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    _packed.setdefault(name, (package, path, zlib.compress(marshal.dumps(code), 1)))


class Finder:
    """Finds packed modules; stands on `sys.meta_path`."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        found = _packed.get(name)
        if found is None:
            return None
        package, origin, _ = found
        spec = importlib.util.spec_from_loader(name, Loader, origin=origin, is_package=package)
        spec.has_location = True
        return spec


class Loader:
    """Loads packed modules."""

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        exec(Loader.get_code(module.__spec__.name), module.__dict__)

    @staticmethod
    def get_code(name):
        return marshal.loads(zlib.decompress(_packed[name][2]))

    @staticmethod
    def get_source(name):
        return None

    @staticmethod
    def is_package(name):
        return _packed[name][0]


def install() -> None:
    """Lets imports find packed modules, after those that Python has built in."""
    sys.meta_path.insert(2, Finder)
