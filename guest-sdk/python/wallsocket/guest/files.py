"""Files that the host knows by handle: those received through `SCM_RIGHTS`, and those that `sendfile` and `SCM_RIGHTS`
are to have.

CPython's own files belong to the C library, which tells nobody its handles. What a program opened by path is opened
by its path again when the handle is needed, and used if it turns out to be the same file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from componentize_py_types import Err
from wit_world.imports import preopens
from wit_world.imports import wasi_filesystem_types as wit

from wallsocket.guest import errors, table

_ERRNO_NAMES = {
    "ACCESS": "EACCES",
    "WOULD_BLOCK": "EAGAIN",
    "BAD_DESCRIPTOR": "EBADF",
    "DEADLOCK": "EDEADLK",
    "QUOTA": "EDQUOT",
    "FILE_TOO_LARGE": "EFBIG",
    "ILLEGAL_BYTE_SEQUENCE": "EILSEQ",
    "IN_PROGRESS": "EINPROGRESS",
    "INTERRUPTED": "EINTR",
    "INVALID": "EINVAL",
    "IS_DIRECTORY": "EISDIR",
    "TOO_MANY_LINKS": "EMLINK",
    "MESSAGE_SIZE": "EMSGSIZE",
    "NAME_TOO_LONG": "ENAMETOOLONG",
    "NO_DEVICE": "ENODEV",
    "NO_ENTRY": "ENOENT",
    "NO_LOCK": "ENOLCK",
    "INSUFFICIENT_MEMORY": "ENOMEM",
    "INSUFFICIENT_SPACE": "ENOSPC",
    "NOT_DIRECTORY": "ENOTDIR",
    "NOT_EMPTY": "ENOTEMPTY",
    "NOT_RECOVERABLE": "ENOTRECOVERABLE",
    "UNSUPPORTED": "EOPNOTSUPP",
    "NO_TTY": "ENOTTY",
    "NO_SUCH_DEVICE": "ENXIO",
    "NOT_PERMITTED": "EPERM",
    "READ_ONLY": "EROFS",
    "INVALID_SEEK": "ESPIPE",
    "TEXT_FILE_BUSY": "ETXTBSY",
    "CROSS_DEVICE": "EXDEV",
}
_LONGEST_READ = 16 << 20
_LONGEST_OFFSET = (1 << 63) - 1


def _call(function: Callable, *given):
    try:
        return function(*given)
    except Err as error:
        name = error.value.name
        raise errors.os_error(_ERRNO_NAMES.get(name, f"E{name.replace('_', '')}")) from None


class File:
    """A file and the position in it, which every number that `os.dup` gave for it shares."""

    __slots__ = ("descriptor", "position")

    def __init__(self, descriptor: wit.Descriptor) -> None:
        self.descriptor = descriptor
        self.position = 0

    def read(self, length: int) -> bytes:
        data = self.read_at(length, self.position)
        self.position += len(data)
        return data

    def read_at(self, length: int, offset: int) -> bytes:
        if length < 0 or not 0 <= offset <= _LONGEST_OFFSET:
            raise errors.os_error("EINVAL")
        data, _end = _call(self.descriptor.read, min(length, _LONGEST_READ), offset)
        return data

    def write(self, data: bytes) -> int:
        written = self.write_at(data, self.position)
        self.position += written
        return written

    def write_at(self, data: bytes, offset: int) -> int:
        if not 0 <= offset <= _LONGEST_OFFSET:
            raise errors.os_error("EINVAL")
        return _call(self.descriptor.write, data[:_LONGEST_READ], offset)

    def seek(self, offset: int, whence: int) -> int:
        if whence == os.SEEK_CUR:
            offset += self.position
        elif whence == os.SEEK_END:
            offset += _call(self.descriptor.stat).size
        elif whence != os.SEEK_SET:
            raise errors.os_error("EINVAL")
        if offset < 0:
            raise errors.os_error("EINVAL")
        if offset > _LONGEST_OFFSET:
            raise errors.os_error("EOVERFLOW")
        self.position = offset
        return offset

    def truncate(self, length: int) -> None:
        if length < 0:
            raise errors.os_error("EINVAL")
        _call(self.descriptor.set_size, length)

    def sync(self) -> None:
        _call(self.descriptor.sync)

    def flags(self) -> int:
        """What `open(2)` would have been given."""
        flags = _call(self.descriptor.get_flags)
        readable = wit.DescriptorFlags.READ in flags
        writable = wit.DescriptorFlags.WRITE in flags
        return os.O_RDWR if readable and writable else os.O_WRONLY if writable else os.O_RDONLY

    def stat(self) -> os.stat_result:
        found = _call(self.descriptor.stat)
        moments = found.data_access_timestamp, found.data_modification_timestamp, found.status_change_timestamp
        times = [_nanoseconds(moment) for moment in moments]
        seconds = [moment // 1_000_000_000 for moment in times]
        floats = [moment / 1e9 for moment in times]
        mode = stat.S_IFREG if found.type == wit.DescriptorType.REGULAR_FILE else 0
        inode = _inode(self.descriptor)
        return os.stat_result((mode, inode, 1, found.link_count, 0, 0, found.size, *seconds, *floats, *times))


def _nanoseconds(moment) -> int:
    return 0 if moment is None else moment.seconds * 1_000_000_000 + moment.nanoseconds


def _inode(descriptor: wit.Descriptor) -> int:
    # What the C library has for `st_ino`.
    return _call(descriptor.metadata_hash).lower


def adopt(descriptor: wit.Descriptor) -> int:
    """A number for a file that came by handle: `os.read`, `os.lseek`, `os.fdopen` and the others understand it."""
    return table.allocate(File(descriptor))


class _Opened:
    """What is known of one of the C library's files."""

    __slots__ = ("path", "writable", "readable", "descriptor")

    def __init__(self, path: str, readable: bool, writable: bool) -> None:
        self.path = path
        self.readable = readable
        self.writable = writable
        self.descriptor: wit.Descriptor | None = None


_opened: dict[int, _Opened] = {}
_folders: list[tuple[str, wit.Descriptor]] = []


def note(number: int, path: object, readable: bool, writable: bool) -> None:
    """Remembers by which path a file was opened."""
    _opened[number] = _Opened(_absolute(path), readable, writable)


def _absolute(path: object) -> str:
    text = os.fsdecode(path)
    return text if text.startswith("/") else f"{os.getcwd()}/{text}"


def forget(number: int) -> None:
    """Forgets a file that was closed."""
    _opened.pop(number, None)


def access(number: int) -> int | None:
    """How one of the C library's files was opened: `os.O_RDONLY` and so on; none for one that isn't known."""
    found = _opened.get(number)
    if found is None:
        return None
    return os.O_RDWR if found.readable and found.writable else os.O_WRONLY if found.writable else os.O_RDONLY


def keep(path: object) -> None:
    """Takes the handles of open files before their path leads elsewhere: it is about to be removed or renamed."""
    path = os.path.normpath(_absolute(path))
    for number, found in list(_opened.items()):
        if os.path.normpath(found.path) == path and descriptor_of(number) is None:
            forget(number)


def descriptor_of(number: int) -> wit.Descriptor | None:
    """The handle of an open file, if it can be had: a regular file that was opened by path below a granted folder."""
    file = table.find(number)
    if isinstance(file, File):
        return file.descriptor
    found = _opened.get(number)
    if found is None or file is not None:
        return None
    try:
        inode = os.fstat(number).st_ino
    except OSError:
        forget(number)
        return None
    if found.descriptor is None:
        found.descriptor = _open_again(found)
    descriptor = found.descriptor
    # The C library closes files and gives their numbers to others without telling.
    return descriptor if descriptor is not None and _inode(descriptor) == inode else None


def _open_again(found: _Opened) -> wit.Descriptor | None:
    flags = wit.DescriptorFlags(0)
    if found.readable:
        flags |= wit.DescriptorFlags.READ
    if found.writable:
        flags |= wit.DescriptorFlags.WRITE
    path = os.path.normpath(found.path)
    if any("\ud800" <= letter <= "\udfff" for letter in path):
        return None  # the contract's paths are text
    if not _folders:
        _folders.extend((name, folder) for folder, name in preopens.get_directories())
        _folders.sort(key=lambda item: len(item[0]), reverse=True)
    for name, folder in _folders:
        root = name.rstrip("/") + "/"
        if path.startswith(root):
            try:
                return _call(folder.open_at, wit.PathFlags.SYMLINK_FOLLOW, path[len(root) :], wit.OpenFlags(0), flags)
            except OSError:
                return None
    return None
