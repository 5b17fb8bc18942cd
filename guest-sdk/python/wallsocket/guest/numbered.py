"""What the functions of `os` do with the numbers that the SDK gave: of sockets, pipes and files received."""

from __future__ import annotations

import os
import stat

from wit_world.imports import files as wit_files
from wit_world.imports import sockets, transfer

from wallsocket.guest import arguments, devices, errors, files, pipes, table
from wallsocket.guest.constants import MSG_DONTWAIT, SOCK_STREAM

# What goes in one call of the contract.
_PART = 16 << 20
_LONGEST_COPY = 1 << 20
_SENDFILE_MOST = 0x7FFF_F000


def _patient(handle: sockets.Socket) -> bool:
    """Whether calls wait: not on a socket with a timeout, which natively is a descriptor that doesn't block."""
    return handle.get_timeout() is None


def close(number: int) -> None:
    handle = table.release(number)
    if isinstance(handle, sockets.Socket):
        errors.call(sockets.Socket.close, handle)


def read(number: int, length: object) -> bytes:
    # Arguments come first: what they are asked can close the number.
    length = arguments.size(length)
    handle = table.get(number)
    if length < 0:
        raise errors.os_error("EINVAL")
    if isinstance(handle, files.File):
        return handle.read(length)
    handle = _socket(handle, os.O_RDONLY)
    if length == 0:
        return b""
    return errors.call(transfer.recv, handle, min(length, _PART), 0 if _patient(handle) else MSG_DONTWAIT)


def readinto(number: int, buffer: object) -> int:
    view = arguments.writable(buffer)
    if view is None:
        raise arguments.refuse_writable("readinto", buffer)
    data = read(number, len(view))
    view[: len(data)] = data
    return len(data)


def write(number: int, data: object) -> int:
    data = arguments.readable(data)
    handle = table.get(number)
    if isinstance(handle, files.File):
        return handle.write(data)
    handle = _socket(handle, os.O_WRONLY)
    if not _patient(handle):
        return errors.call(transfer.send, handle, data[:_PART], MSG_DONTWAIT)
    if handle.type() != SOCK_STREAM:
        return errors.call(transfer.send, handle, data, 0)
    for start in range(0, len(data), _PART):
        errors.call(transfer.sendall, handle, data[start : start + _PART], 0, None)
    return len(data)


def _socket(handle: object, purpose: int) -> sockets.Socket:
    """A handle to transfer by, else EBADF, as for the wrong end of a pipe."""
    if not isinstance(handle, sockets.Socket) or pipes.end(handle) not in (None, purpose):
        raise errors.os_error("EBADF")
    return handle


def pread(number: int, length: object, offset: object) -> bytes:
    length, offset = arguments.size(length), arguments.offset(offset)
    return _file(number, "ESPIPE").read_at(length, offset)


def pwrite(number: int, data: object, offset: object) -> int:
    data, offset = arguments.readable(data), arguments.offset(offset)
    return _file(number, "ESPIPE").write_at(data, offset)


def lseek(number: int, position: object, whence: object) -> int:
    position, whence = arguments.offset(position), arguments.c_int_format(whence)
    if whence not in (os.SEEK_SET, os.SEEK_CUR, os.SEEK_END):
        raise errors.os_error("EINVAL")
    return _file(number, "ESPIPE").seek(position, whence)


def ftruncate(number: int, length: object) -> None:
    length = arguments.offset(length)
    _file(number, "EINVAL").truncate(length)


def fsync(number: int) -> None:
    _file(number, "EINVAL").sync()


def posix_fadvise(number: int, offset: object, length: object, advice: object) -> None:
    arguments.offset(offset), arguments.offset(length), arguments.c_int_format(advice)
    _file(number, "ESPIPE")


def _file(number: int, otherwise: str) -> files.File:
    handle = table.get(number)
    if not isinstance(handle, files.File):
        raise errors.os_error(otherwise)
    return handle


def fstat(number: int) -> os.stat_result:
    handle = table.get(number)
    if isinstance(handle, files.File):
        return handle.stat()
    kind = stat.S_IFSOCK | 0o777
    if pipes.end(handle) is not None:
        kind = stat.S_IFIFO | 0o600
    elif isinstance(handle, devices.Vsock):
        kind = stat.S_IFCHR | 0o666
    # The number is as good an inode as any: no other socket has it as long as this one is open.
    return os.stat_result((kind, number, 0, 1, 0, 0, 0, 0, 0, 0))


def dup(number: int) -> int:
    handle = table.get(number)
    if isinstance(handle, sockets.Socket):
        handle = pipes.duplicate(handle)
    # A file's position is shared, and what is opaque can't be told from its copy.
    return table.allocate(handle)


def isatty(number: int) -> bool:
    return table.find(number) is None


def device_encoding(number: int) -> None:
    table.get(number)


def get_inheritable(number: int) -> bool:
    handle = table.get(number)
    return handle.get_inheritable() if isinstance(handle, sockets.Socket) else False


def set_inheritable(number: int, inheritable: object) -> None:
    inheritable = bool(arguments.c_int_format(inheritable))
    handle = table.get(number)
    if isinstance(handle, sockets.Socket):
        handle.set_inheritable(inheritable)


def get_blocking(number: int) -> bool:
    handle = table.get(number)
    return not isinstance(handle, sockets.Socket) or _patient(handle)


def set_blocking(number: int, blocking: object) -> None:
    blocking = bool(blocking)
    handle = table.get(number)
    if isinstance(handle, sockets.Socket):
        handle.set_timeout(None if blocking else 0)


def sendfile(out_fd: object, in_fd: object, offset: object, count: object) -> int:
    """Sends part of a file by a socket; none for the offset is where the file stands. References: sendfile(2)."""
    target, source = arguments.c_int_format(out_fd), arguments.c_int_format(in_fd)
    position = None if offset is None else arguments.offset(offset)
    length = arguments.size(count)
    handle = table.get(target)
    if not isinstance(handle, sockets.Socket) or pipes.end(handle) is not None:
        raise errors.os_error("EINVAL")
    if length < 0 or (position is not None and position < 0):
        raise errors.os_error("EINVAL")
    start = os.lseek(source, 0, os.SEEK_CUR) if position is None else position
    sent = _send_from(handle, source, start, min(length, _SENDFILE_MOST))
    if position is None:
        os.lseek(source, start + sent, os.SEEK_SET)
    return sent


def _send_from(handle: sockets.Socket, source: int, start: int, length: int) -> int:
    descriptor = files.descriptor_of(source)
    if descriptor is not None:
        timeout = handle.get_timeout()
        if timeout:
            handle.set_timeout(0)
        try:
            done = wit_files.sendfile(handle, descriptor, start, length)
        finally:
            if timeout:
                handle.set_timeout(timeout)
        if done.error is None or done.sent:
            return done.sent
        error = errors.exception(done.error)
        if error.errno != errors.number("EOPNOTSUPP"):
            raise error
    if not stat.S_ISREG(os.fstat(source).st_mode):
        raise errors.os_error("ESPIPE" if table.find(source) is not None else "EINVAL")
    data = os.pread(source, min(length, _LONGEST_COPY), start)
    return errors.call(transfer.send, handle, data, 0 if _patient(handle) else MSG_DONTWAIT) if data else 0
