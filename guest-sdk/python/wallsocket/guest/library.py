"""The Python modules that the component carries.

Files are visible only while a component is built. What a program imports once it runs, as `encodings` and many a
library do, has to be in the component's memory: here as bytecode, compressed. The folders that the modules came from
stay on `sys.path`, and a path hook serves them, so that the order of `sys.path`, packages without `__init__.py`,
`pkgutil` and the rest of the import system work as they do with files.
"""

import importlib.machinery
import importlib.util
import marshal
import os
import sys
import warnings
import zlib
from collections.abc import Iterator
from typing import Final

from . import memory_files

# Where a component has the standard library, the contract's bindings, the SDK and componentize-py's own modules.
LIBRARY: Final = "/python"
BINDINGS: Final = "/world"
SDK: Final = "/0"
BUNDLED: Final = "/bundled"

# Of no use in a component, and large.
LEFT_OUT: Final = {
    "test", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "pydoc_data", "site-packages", "lib-dynload",
}  # fmt: skip

# By the path of the module's file. Empty where it couldn't be compiled: then importing it says why.
_code: dict[str, bytes] = {}
_folders: set[str] = set()


def pack_library() -> None:
    """Takes the standard library, and what is between it and the component."""
    for folder in (LIBRARY, BINDINGS, SDK, BUNDLED):
        _walk(folder, folder, keep_files=False)


def pack(directory: str, root: str) -> None:
    """Takes a directory, all its modules and other files, to be found at `root` when the component runs."""
    _walk(directory, root, keep_files=True)


def _walk(directory: str, root: str, keep_files: bool) -> None:
    for name in sorted(os.listdir(directory)):
        path = f"{directory}/{name}"
        place = f"{root}/{name}"
        if name == "__pycache__" or (not keep_files and name in LEFT_OUT):
            continue
        if os.path.isdir(path):
            _walk(path, place, keep_files)
            continue
        module = name.endswith(".py")
        if not module and not keep_files:
            continue
        with open(path, "rb") as file:
            content = file.read()
        if keep_files:
            memory_files.add(place, content)
        if module:
            _code[place] = _compiled(content, place)
            folder = root
            while folder and folder not in _folders:
                _folders.add(folder)
                folder = folder.rpartition("/")[0]


def _compiled(source: bytes, path: str) -> bytes:
    with warnings.catch_warnings():
        # The authors' business: Python says it to them when they run their program.
        warnings.simplefilter("ignore")
        try:
            code = compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            # Templates, tests for other versions. If it is imported, it fails there.
            return b""
    return zlib.compress(marshal.dumps(code), 1)


class Finder:
    """Finds the packed modules of one folder."""

    def __init__(self, folder: str) -> None:
        if folder not in _folders:
            raise ImportError("only packed folders are supported", path=folder)
        self.path = folder

    def __repr__(self) -> str:
        return f"Finder({self.path!r})"

    def find_spec(self, fullname: str, target: object = None) -> importlib.machinery.ModuleSpec | None:
        base = f"{self.path}/{fullname.rpartition('.')[2]}"
        if (path := f"{base}/__init__.py") in _code:
            return _spec(fullname, path, [base])
        if (path := f"{base}.py") in _code:
            return _spec(fullname, path, None)
        if base in _folders or memory_files.has_folder(base):
            # Part of a package without `__init__.py`.
            spec = importlib.machinery.ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    def invalidate_caches(self) -> None:
        """Nothing changes here."""

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        """What `pkgutil` asks for: every module in the folder, and whether it is a package."""
        start = f"{self.path}/"
        found = set()
        for path in _code:
            if path.startswith(start):
                name, _, rest = path[len(start) :].partition("/")
                if rest == "__init__.py":
                    found.add((name, True))
                elif not rest and name != "__init__.py":
                    found.add((name[: -len(".py")], False))
        for name, package in sorted(found):
            yield prefix + name, package


def _spec(name: str, path: str, folders: list[str] | None) -> importlib.machinery.ModuleSpec:
    return importlib.util.spec_from_file_location(
        name, path, loader=Loader(name, path), submodule_search_locations=folders
    )


class Loader(importlib.machinery.SourceFileLoader):
    """Loads a packed module; sources are there for all but the standard library."""

    def get_code(self, fullname: str):
        if packed := _code.get(self.path):
            return marshal.loads(zlib.decompress(packed))
        return self.source_to_code(self.get_data(self.path), self.path)

    def get_data(self, path: str) -> bytes:
        content = memory_files.read(path)
        return super().get_data(path) if content is None else content


def install() -> None:
    """Lets imports find packed modules, wherever their folder stands in `sys.path`."""
    sys.path_hooks.insert(0, Finder)
    sys.path_importer_cache.clear()
