"""The program that is built: a script, or a package; and what its modules import."""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from .errors import BuildError

# The Python in the component.
GUEST_VERSION = (3, 14)

# What versions after 3.11 added to the syntax.
_NEWER = [
    ((3, 14), re.compile(rb"""\b(t|rt|tr)['"]|\bexcept\*?\s+[\w.]+\s*,""", re.IGNORECASE)),
    ((3, 13), re.compile(rb"\[[^]\n]*\w\s*=[^=]")),
    ((3, 12), re.compile(rb"""\b(f|rf|fr)['"]|\btype\s+\w+|\b(def|class)\s+\w+\[""", re.IGNORECASE)),
]


@dataclass(frozen=True)
class Program:
    """What is run."""

    # The file that becomes `__main__`.
    main: Path
    # The folder that the program's imports start from.
    root: Path
    # For a package, its name.
    package: str | None = None


def find_program(path: Path) -> Program:
    """The program that a path on the command line names."""
    if path.is_dir():
        main = path / "__main__.py"
        if not main.is_file():
            raise BuildError(
                f"{path} has no __main__.py, so there is nothing to run in it",
                f"name the file that starts the program, or add {main}",
            )
        folder = path.resolve()
        if (folder / "__init__.py").is_file():
            if not folder.name.isidentifier():
                raise BuildError(f"{folder.name} can't be the name of a package", "rename the folder")
            return Program(folder / "__main__.py", folder.parent, folder.name)
        return Program(folder / "__main__.py", folder)
    if not path.exists():
        raise BuildError(f"there is no file {path}", "check the spelling, and the folder that you are in")
    if not path.is_file():
        raise BuildError(f"{path} isn't a file", "name a Python file or a folder with a __main__.py")
    return Program(path.resolve(), path.resolve().parent)


def parse(path: Path, shown: str) -> ast.Module | None:
    """A module's tree; None where only the component's newer Python can say whether it is a program."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise BuildError(f"can't read {shown}: {error.strerror}") from error
    try:
        return ast.parse(source, shown)
    except SyntaxError as error:
        if _may_be_newer(source):
            return None
        raise BuildError(syntax_error(shown, error.lineno, error.offset, error.text, error.msg), None) from None
    except ValueError as error:
        # Null bytes: Python 3.11 says it so.
        raise BuildError(f"{shown} isn't Python: {error}") from None


def _may_be_newer(source: bytes) -> bool:
    """Whether a file that this Python can't read has something in it that a newer one can."""
    return any(sys.version_info < version and pattern.search(source) for version, pattern in _NEWER)


def syntax_error(file: str, line: int | None, column: int | None, text: str | None, why: str) -> str:
    """What is wrong with a file, with its line and a caret below the place."""
    place = file if line is None else f"{file}:{line}"
    lines = [f"{place} isn't Python: {why}"]
    if text and text.strip():
        stripped = text.rstrip("\n").lstrip()
        lines.append(f"    {stripped}")
        if column:
            lines.append("    " + " " * max(column - 1 - (len(text.rstrip("\n")) - len(stripped)), 0) + "^")
    return "\n".join(lines)
