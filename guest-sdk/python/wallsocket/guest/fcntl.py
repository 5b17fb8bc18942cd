"""The module `fcntl`, as far as sockets need it: `F_GETFL`, `F_SETFL`, `F_GETFD`, `F_SETFD`, `F_DUPFD`, and `FIONREAD`
and its kin.

WASI has no such calls, and no locks that others would heed: `flock` and `lockf` are ENOLCK.

Source: CPython's Modules/fcntlmodule.c.
"""

from __future__ import annotations

import os
import struct
import sys
import types

from wit_world.imports import options, sockets

from wallsocket.guest import arguments, devices, errors, files, pipes, table
from wallsocket.guest.plain import unbound
from wallsocket.guest.select import descriptor

F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 1030
FD_CLOEXEC = 1
LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8
FIONREAD, TIOCOUTQ, SIOCATMARK, FIONBIO = 0x541B, 0x5411, 0x8905, 0x5421

_LONGEST = 1024
_STANDARD = {0: os.O_RDONLY, 1: os.O_WRONLY, 2: os.O_WRONLY}
_int = struct.Struct("<i")


def fcntl(fd, cmd, arg=0, /):
    """Asks or tells something of a descriptor; returns a number, or with bytes their new content.

    Raises OSError with EINVAL for a command that isn't known, EBADF. References: fcntl(2).
    """
    number = descriptor(fd)
    command = arguments.c_int_format(cmd)
    sys.audit("fcntl.fcntl", number, command, arg)
    if hasattr(arg, "__index__"):
        return _perform(number, command, arguments.unsigned(arg))
    content = arguments.readable(arg.encode() if isinstance(arg, str) else arg)
    if len(content) > _LONGEST:
        raise ValueError("fcntl argument 3 is too long")
    # None of these commands reads or writes memory: what they see of bytes is an address, which means nothing.
    _perform(number, command, 0)
    return content


def _perform(number: int, command: int, value: int) -> int:
    if command == F_GETFD:
        return 0 if os.get_inheritable(number) else FD_CLOEXEC
    if command == F_SETFD:
        os.set_inheritable(number, not value & FD_CLOEXEC)
        return 0
    if command == F_GETFL:
        return _access(number) | (0 if os.get_blocking(number) else os.O_NONBLOCK)
    if command == F_SETFL:
        os.set_blocking(number, not value & os.O_NONBLOCK)
        return 0
    if command in (F_DUPFD, F_DUPFD_CLOEXEC):
        copy = os.dup(number)
        os.set_inheritable(copy, command == F_DUPFD)
        return copy
    os.fstat(number)
    raise errors.os_error("EINVAL")


def _access(number: int) -> int:
    handle = table.find(number)
    if isinstance(handle, files.File):
        return handle.flags()
    if handle is not None:
        end = pipes.end(handle)
        return os.O_RDWR if end is None else end
    os.fstat(number)
    access = _STANDARD.get(number, files.access(number))
    if access is None:
        raise errors.os_error("EOPNOTSUPP")
    return access


def ioctl(fd, request, arg=0, mutate_flag=True, /):
    """Asks or tells something of a socket: `FIONREAD`, `TIOCOUTQ`, `SIOCATMARK`, `FIONBIO`.

    Of /dev/vsock it asks the context id.

    Raises OSError with ENOTTY for a request that isn't known. References: ioctl(2).
    """
    number = descriptor(fd)
    request = arguments.unsigned(request)
    sys.audit("fcntl.ioctl", number, request, arg)
    if hasattr(arg, "__index__"):
        os.fstat(number)
        raise errors.os_error("EFAULT" if request in _REQUESTS else "ENOTTY")
    into = None if isinstance(arg, str) else arguments.writable(arg)
    content = bytearray(arguments.readable(arg.encode() if isinstance(arg, str) else arg))
    if len(content) > _LONGEST and (into is None or not mutate_flag):
        raise ValueError("ioctl argument 3 is too long")
    handle = table.find(number)
    if isinstance(handle, devices.Vsock):
        devices.ioctl(request, content)
    elif isinstance(handle, sockets.Socket):
        perform = _REQUESTS.get(request)
        if perform is None:
            raise errors.os_error("ENOTTY")
        if len(content) < _int.size:
            content.extend(bytes(_int.size - len(content)))
        perform(handle, content)
    else:
        os.fstat(number)
        raise errors.os_error("ENOTTY")
    if into is None or not mutate_flag:
        return bytes(content)
    into[:] = content[: len(into)]
    return 0


def _readable(handle: sockets.Socket, content: bytearray) -> None:
    _int.pack_into(content, 0, errors.call(options.bytes_readable, handle))


def _unsent(handle: sockets.Socket, content: bytearray) -> None:
    _int.pack_into(content, 0, errors.call(options.bytes_unsent, handle))


def _at_mark(handle: sockets.Socket, content: bytearray) -> None:
    _int.pack_into(content, 0, errors.call(options.at_mark, handle))


def _nonblocking(handle: sockets.Socket, content: bytearray) -> None:
    handle.set_timeout(0 if _int.unpack_from(content)[0] else None)


_REQUESTS = {FIONREAD: _readable, TIOCOUTQ: _unsent, SIOCATMARK: _at_mark, FIONBIO: _nonblocking}


def flock(fd, operation, /):
    """WASI has no locks: OSError with ENOLCK. References: flock(2)."""
    number, operation = descriptor(fd), arguments.c_int_format(operation)
    sys.audit("fcntl.flock", number, operation)
    os.fstat(number)
    raise errors.os_error("ENOLCK")


def lockf(fd, cmd, len=0, start=0, whence=0, /):
    """WASI has no locks: OSError with ENOLCK. References: lockf(3)."""
    number, command = descriptor(fd), arguments.c_int_format(cmd)
    sys.audit("fcntl.lockf", number, command, len, start, whence)
    os.fstat(number)
    if not command & (LOCK_SH | LOCK_EX | LOCK_UN):
        raise ValueError("unrecognized lockf argument")
    raise errors.os_error("ENOLCK")


def _module() -> types.ModuleType:
    module = types.ModuleType("fcntl", "What sockets need of fcntl and ioctl, over wallsocket's WIT.")
    contents = vars(module)
    for name, value in globals().items():
        if name.startswith(("F_", "FD_", "LOCK_")) and isinstance(value, int):
            contents[name] = value
    for function in (fcntl, ioctl, flock, lockf):
        function.__module__ = "fcntl"
        contents[function.__name__] = unbound(function)
    return module


MODULE = _module()
