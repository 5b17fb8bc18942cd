"""`/dev/vsock`, which programs open to ask for the machine's own context id."""

from __future__ import annotations

import os

from wit_world.imports import network_interfaces

from wallsocket.guest import errors, table
from wallsocket.guest.constants import IOCTL_VM_SOCKETS_GET_LOCAL_CID

_PATHS = ("/dev/vsock", b"/dev/vsock")


class Vsock:
    """The device. There is nothing to read from it, as there is nothing natively."""


def is_device(path: object) -> bool:
    """Whether a path is that of a device that the SDK has."""
    return (path if path.__class__ in (str, bytes) else os.fspath(path)) in _PATHS


def open_device() -> int:
    """A number for the device."""
    return table.allocate(Vsock())


def ioctl(request: int, content: bytearray) -> None:
    """Asks the device. Raises OSError with ENOTTY for what isn't `IOCTL_VM_SOCKETS_GET_LOCAL_CID`;
    PermissionError without the grant `interfaces list`.
    """
    if request != IOCTL_VM_SOCKETS_GET_LOCAL_CID:
        raise errors.os_error("ENOTTY")
    if len(content) < 4:
        content.extend(bytes(4 - len(content)))
    content[:4] = errors.call(network_interfaces.local_context_id).to_bytes(4, "little")
