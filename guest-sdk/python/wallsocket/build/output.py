"""The file that the component is written to."""

import os
import tempfile
from pathlib import Path

from .errors import BuildError


def check(path: Path) -> None:
    """Makes sure, before any work, that a component can be written there."""
    folder = path.parent
    if path.is_dir():
        raise BuildError(f"can't write {path}: it is a folder", f"name a file: -o {path / 'app.wasm'}")
    if not folder.is_dir():
        what = "isn't a folder" if folder.exists() else "doesn't exist"
        raise BuildError(f"can't write {path}: {folder} {what}", f"mkdir -p {folder}, or another -o")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise BuildError(f"can't write {path}: {error.strerror}", "choose another place: -o FILE") from None


def place(made: Path, path: Path) -> int:
    """Puts the component where it was asked for, whole or not at all; tells its size."""
    size = made.stat().st_size
    # The umask's modes, not those of temporary files.
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(made.read_bytes())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BuildError(f"can't write {path}: {error.strerror}", "choose another place: -o FILE") from None
    return size
