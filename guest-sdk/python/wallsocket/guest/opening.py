"""`open` and `os.open` that remember paths, and `open` of a socket's or a pipe's number."""

from __future__ import annotations

import builtins
import io
import os
import warnings
from collections.abc import Callable

from wallsocket.guest import devices, files, table
from wallsocket.guest.plain import unbound

# What `open` reads ahead: Python's own measure.
_BUFFER = 128 << 10


class NumberIO(io.RawIOBase):
    """A socket, a pipe or a received file as a file object without a buffer: what `io.FileIO` is to other files."""

    def __init__(self, number: int, mode: str, closefd: bool) -> None:
        table.get(number)
        self._number = number
        self._readable = "r" in mode or "+" in mode
        self._writable = mode[0] in "wax" or "+" in mode
        self.mode = mode
        self.name: object = number
        self.closefd = closefd
        if "a" in mode:
            try:
                os.lseek(number, 0, os.SEEK_END)
            except OSError:
                pass  # it has no position

    def __repr__(self) -> str:
        if self.closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd!r}>"

    def __del__(self) -> None:
        if not self.closed and self.closefd:
            warnings.warn(f"unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def _check(self) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file")
        return self._number

    def fileno(self) -> int:
        return self._check()

    def isatty(self) -> bool:
        self._check()
        return False

    def readable(self) -> bool:
        self._check()
        return self._readable

    def writable(self) -> bool:
        self._check()
        return self._writable

    def seekable(self) -> bool:
        number = self._check()
        try:
            os.lseek(number, 0, os.SEEK_CUR)
        except OSError:
            return False
        return True

    def seek(self, position: int, whence: int = os.SEEK_SET, /) -> int:
        return os.lseek(self._check(), position, whence)

    def truncate(self, size: int | None = None, /) -> int:
        number = self._check()
        if not self._writable:
            raise io.UnsupportedOperation("File not open for writing")
        size = self.tell() if size is None else size
        os.ftruncate(number, size)
        return size

    def readinto(self, buffer, /) -> int | None:
        number = self._check()
        if not self._readable:
            raise io.UnsupportedOperation("File not open for reading")
        try:
            return os.readinto(number, buffer)
        except BlockingIOError:
            return None

    def write(self, data, /) -> int | None:
        number = self._check()
        if not self._writable:
            raise io.UnsupportedOperation("File not open for writing")
        try:
            return os.write(number, data)
        except BlockingIOError:
            return None

    def close(self) -> None:
        if self.closed:
            return
        try:
            super().close()
        finally:
            if self.closefd:
                os.close(self._number)


def open_number(number, mode, buffering, encoding, errors, newline, closefd, opener):
    """What `open` gives for a number of the SDK's own."""
    kinds, updating, text = _mode(mode)
    if not text and (encoding is not None or errors is not None or newline is not None):
        what = "encoding" if encoding is not None else "errors" if errors is not None else "newline"
        raise ValueError(f"binary mode doesn't take {'a' if what == 'newline' else 'an'} {what} argument")
    if buffering == 1 and not text:
        warnings.warn(
            "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
            RuntimeWarning,
            stacklevel=3,
        )
    raw = NumberIO(number, {"r": "rb", "w": "wb", "a": "ab", "x": "xb"}[kinds] + updating, closefd)
    try:
        if buffering == 0:
            if text:
                raise ValueError("can't have unbuffered text I/O")
            return raw
        size = buffering if buffering > 1 else _BUFFER
        kind = io.BufferedRandom if updating else io.BufferedReader if kinds == "r" else io.BufferedWriter
        stream = kind(raw, size)
        if text:
            stream = io.TextIOWrapper(stream, io.text_encoding(encoding, 3), errors, newline, buffering == 1)
            stream.mode = mode
        return stream
    except BaseException:
        raw.close()
        raise


def _mode(mode: str) -> tuple[str, str, bool]:
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    letters = set(mode)
    if letters - set("axrwb+t") or len(mode) > len(letters):
        raise ValueError(f"invalid mode: {mode!r}")
    if {"t", "b"} <= letters:
        raise ValueError("can't have text and binary mode at once")
    kinds = letters & set("axrw")
    if len(kinds) != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    return kinds.pop(), "+" if "+" in letters else "", "b" not in letters


def open_and_note(real: Callable) -> Callable:
    """`open` as it was, and beside that for numbers of the SDK's own; it remembers the paths of files."""

    def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
        if isinstance(file, int):
            if table.find(file) is not None:
                return open_number(file, mode, buffering, encoding, errors, newline, closefd, opener)
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if opener is None and devices.is_device(file):
            return open_number(devices.open_device(), mode, buffering, encoding, errors, newline, True, opener)
        stream = real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        if opener is None:
            try:
                number = stream.fileno()
            except OSError:
                return stream  # one that is in memory only
            files.note(number, file, "r" in mode or "+" in mode, not ("r" in mode and "+" not in mode))
        return stream

    return unbound(open, builtins.open)


def os_open_and_note(real: Callable) -> Callable:
    """`os.open` as it was; it remembers the paths of files."""

    def open(path, flags, mode=0o777, *, dir_fd=None):
        if devices.is_device(path):
            return devices.open_device()
        number = real(path, flags, mode, dir_fd=dir_fd)
        if dir_fd is None:
            access = flags & os.O_ACCMODE
            files.note(number, path, access in (os.O_RDONLY, os.O_RDWR), access in (os.O_WRONLY, os.O_RDWR))
        return number

    return unbound(open, real)


def before(real: Callable, paths: int) -> Callable:
    """A function that makes paths lead elsewhere, such as `os.unlink`: open files are remembered first."""

    def function(*given, **named):
        if not named.get("dir_fd") and not named.get("src_dir_fd") and not named.get("dst_dir_fd"):
            for path in (*given, *named.values())[:paths]:
                if isinstance(path, (str, bytes, os.PathLike)):
                    files.keep(path)
        return real(*given, **named)

    return unbound(function, real)
