"""Where modules are: in the program's folder, among its requirements, in the standard library."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# What an extension module's file ends with, on whichever system it was compiled for.
EXTENSIONS = (".so", ".pyd", ".dylib")


class Kind(enum.Enum):
    MODULE = enum.auto()
    PACKAGE = enum.auto()
    # A folder without `__init__.py`.
    NAMESPACE = enum.auto()
    # Compiled for the developer's machine.
    EXTENSION = enum.auto()


@dataclass(frozen=True)
class Module:
    """A module that was found, with its file; a namespace's is its folder."""

    name: str
    path: Path
    kind: Kind

    @property
    def package(self) -> str:
        """What its relative imports start from."""
        return self.name if self.kind is Kind.PACKAGE else self.name.rpartition(".")[0]


def find(name: str, folders: Iterable[Path]) -> Module | None:
    """The module of that name, as Python would look for it in these folders."""
    namespace = None
    for folder in folders:
        base = folder.joinpath(*name.split("."))
        if (path := base / "__init__.py").is_file():
            return Module(name, path, Kind.PACKAGE)
        if (path := base.parent / f"{base.name}.py").is_file():
            return Module(name, path, Kind.MODULE)
        if (extension := _extension(base)) is not None:
            return Module(name, extension, Kind.EXTENSION)
        if namespace is None and base.is_dir():
            namespace = Module(name, base, Kind.NAMESPACE)
    return namespace


def _extension(base: Path) -> Path | None:
    """`_speedups` → `_speedups.cpython-313-x86_64-linux-gnu.so`."""
    if not base.parent.is_dir():
        return None
    for path in sorted(base.parent.glob(f"{base.name}.*")):
        if path.name.endswith(EXTENSIONS) and path.is_file():
            return path
    return None


def is_extension(path: Path) -> bool:
    """Whether a file is a compiled module, or a library that one needs."""
    return path.name.endswith(EXTENSIONS) or ".so." in path.name
