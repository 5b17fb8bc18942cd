"""Files that the component carries in its memory: what belongs to the program's modules and isn't code.

Packages read what they brought with them by path: `open(os.path.join(os.path.dirname(__file__), "table.json"))`, or by
`importlib.resources` and `importlib.metadata`, which do the same underneath. No such file exists outside a build, so
the functions that look for files look here first. What is here can be read and listed, by its absolute path, never
changed.
"""

import builtins
import errno
import io
import os
import stat
import tokenize
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final

# Where a component has its program, and what the program requires.
APP: Final = "/app"
SITE_PACKAGES: Final = "/site-packages"

_ROOTS: Final = (APP, SITE_PACKAGES)

_files: dict[str, tuple[int, bytes]] = {}
_folders: dict[str, set[str]] = {}
_packed_at: int = 0


def add(path: str, content: bytes) -> None:
    """Keeps a file, below one of the two roots."""
    _files[path] = (len(content), zlib.compress(content))
    while path not in _ROOTS:
        folder, _, name = path.rpartition("/")
        _folders.setdefault(folder, set()).add(name)
        path = folder


def read(path: str) -> bytes | None:
    """What a file holds, if it is one of these."""
    found = _files.get(path)
    return None if found is None else zlib.decompress(found[1])


def has_folder(path: str) -> bool:
    """Whether there is such a folder."""
    return path in _folders


class MemoryFile(io.BytesIO):
    """A file that was opened for reading in binary, as `open` gives it."""

    mode = "rb"

    def __init__(self, content: bytes, name: Any) -> None:
        super().__init__(content)
        self.name = name

    def writable(self) -> bool:
        return False

    def write(self, data: Any, /) -> int:
        raise io.UnsupportedOperation("write")

    def writelines(self, lines: Any, /) -> None:
        raise io.UnsupportedOperation("write")

    def truncate(self, size: int | None = None, /) -> int:
        raise io.UnsupportedOperation("truncate")


class Entry:
    """What `os.scandir` tells of a file or folder; the methods are those of `os.DirEntry`."""

    def __init__(self, folder: str, name: str, path: str) -> None:
        self.name = name
        self.path = f"{folder.rstrip('/')}/{name}"
        self._path = path

    def __fspath__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"<DirEntry {self.name!r}>"

    def inode(self) -> int:
        return _status(self._path).st_ino

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        return self._path in _folders

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        return self._path in _files

    def is_symlink(self) -> bool:
        return False

    def is_junction(self) -> bool:
        return False

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        return _status(self._path)


class Scan:
    """What `os.scandir` gives: an iterator that can be closed."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries

    def __iter__(self) -> "Scan":
        return self

    def __next__(self) -> Entry:
        return next(self._entries)

    def __enter__(self) -> "Scan":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._entries = iter(())


def _known(path: Any) -> str | None:
    """The path as it is kept here, if this is one of these files or folders."""
    if isinstance(path, int) or path is None:
        return None
    try:
        path = os.fsdecode(path)
    except TypeError:
        return None
    if not path.startswith(_ROOTS):
        return None
    if path not in _files and path not in _folders:
        path = os.path.normpath(path)
    return path if path in _files or path in _folders else None


def _status(path: str) -> os.stat_result:
    if path in _folders:
        mode, size = stat.S_IFDIR | 0o555, 0
    else:
        mode, size = stat.S_IFREG | 0o444, _files[path][0]
    # The hash of a path isn't the same in the next build; an inode needn't be either.
    return os.stat_result((mode, hash(path) & 0x7FFF_FFFF, 0, 1, 0, 0, size, _packed_at, _packed_at, _packed_at))


def _error(number: int, path: Any) -> OSError:
    return OSError(number, os.strerror(number), path)


def install(now: int) -> None:
    """Makes `open`, `os.stat` and the others find these files; `now` is the time of their change from here on."""
    global _packed_at
    _packed_at = now

    real_open = builtins.open

    def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
        path = _known(file) if opener is None else None
        if path is None:
            return real_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if path in _folders:
            raise _error(errno.EISDIR, file)
        if set(mode) & set("wax+"):
            raise _error(errno.EROFS, file)
        if "b" in mode:
            return MemoryFile(read(path), file)
        text = io.TextIOWrapper(MemoryFile(read(path), file), io.text_encoding(encoding), errors, newline)
        text.mode = mode
        return text

    def open_code(path):
        return real_open_code(path) if _known(path) is None else open(path, "rb")

    def replace_in_os(name: str, of_known: Callable[..., Any]) -> None:
        real = getattr(os, name)

        def function(path=".", *args, **keywords):
            known = _known(path) if keywords.get("dir_fd") is None else None
            return real(path, *args, **keywords) if known is None else of_known(path, known, *args)

        function.__name__ = function.__qualname__ = name
        function.__doc__ = real.__doc__
        # Some modules ask when they are imported whether a function takes descriptors; it takes what the real one does.
        for supporting in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
            if real in supporting:
                supporting.add(function)
        setattr(os, name, function)

    def names(path: Any, known: str) -> list[str]:
        if known not in _folders:
            raise _error(errno.ENOTDIR, path)
        return sorted(_folders[known])

    def listed(path: Any, known: str) -> list[Any]:
        return [os.fsencode(name) if isinstance(path, bytes) else name for name in names(path, known)]

    def scanned(path: Any, known: str) -> Scan:
        return Scan(iter([Entry(os.fsdecode(path), name, f"{known}/{name}") for name in names(path, known)]))

    real_open_code = io.open_code
    builtins.open = io.open = tokenize._builtin_open = open
    io.open_code = open_code
    replace_in_os("stat", lambda _path, known: _status(known))
    replace_in_os("lstat", lambda _path, known: _status(known))
    replace_in_os("access", lambda _path, _known, mode=os.F_OK: not mode & os.W_OK)
    replace_in_os("listdir", listed)
    replace_in_os("scandir", scanned)
