"""Projects that are installed in a folder: which of them a file belongs to, what needn't go into a component."""

from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from .modules import is_extension

# What makes environments and components, and isn't used by programs.
TOOLS = {"pip", "setuptools", "wheel", "uv", "componentize-py", "wallsocket", "virtualenv"}
_LEFT_OUT = {"pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel", "componentize_py", "wallsocket", "bin"}


def owner(path: Path, site_packages: Iterable[Path]) -> str | None:
    """The project that installed a file, with its version."""
    for folder in site_packages:
        if not path.is_relative_to(folder):
            continue
        for distribution in distributions(path=[str(folder)]):
            for file in distribution.files or []:
                if Path(str(distribution.locate_file(file))) == path:
                    return f"{distribution.metadata['Name']} {distribution.version}"
    return None


def contents(folder: Path, everything: bool) -> Iterable[Path]:
    """The files of a folder that go into the component: no compiled ones, and of a whole environment no tools."""
    for top in sorted(folder.iterdir()):
        name = top.name
        project = name.rpartition("-")[0] if name.endswith(".dist-info") else name
        if not everything and (name in _LEFT_OUT or project.partition("-")[0].replace("_", "-").lower() in TOOLS):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not is_extension(path) and "__pycache__" not in path.parts and path.suffix != ".pth":
                yield path
