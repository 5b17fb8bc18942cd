"""Addresses of the families beside IPv4, IPv6 and Unix: Python's tuples as the WIT's records, and back.

Numbers are cut to their width where CPython's converters cut them. Source: CPython's `getsockaddrarg` and
`makesockaddr`.
"""

from __future__ import annotations

import os
import re

from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import arguments
from wallsocket.guest.constants import (
    AF_ALG,
    AF_BLUETOOTH,
    AF_CAN,
    AF_NETLINK,
    AF_PACKET,
    AF_QIPCRTR,
    AF_TIPC,
    AF_VSOCK,
    BTPROTO_HCI,
    BTPROTO_L2CAP,
    BTPROTO_RFCOMM,
    BTPROTO_SCO,
    CAN_BCM,
    CAN_ISOTP,
    CAN_J1939,
    CAN_RAW,
    TIPC_ADDR_ID,
    TIPC_ADDR_NAME,
    TIPC_ADDR_NAMESEQ,
    TIPC_CLUSTER_SCOPE,
)

# The most bytes that an interface's name has, `IFNAMSIZ` without its NUL.
_INTERFACE = 15
_DEVICE = re.compile(r"\s*(?:0[xX])?([0-9a-fA-F]+)" + r":\s*(?:0[xX])?([0-9a-fA-F]+)" * 5)


def _tuple(address: object, where: str, family: str) -> tuple:
    if not isinstance(address, tuple):
        raise TypeError(f"{where}: {family} address must be tuple, not {type(address).__name__}")
    return arguments.items(address)


def _count(address: tuple, least: int, most: int, text: str | None = None) -> None:
    if not least <= len(address) <= most:
        raise TypeError(text or arguments.count_text("function", len(address), least, most))


def _netlink(address: object, protocol: int, caller: str) -> types.SocketAddress:
    address = _tuple(address, f"{caller}()", "AF_NETLINK")
    _count(address, 2, 2, "AF_NETLINK address must be a pair (pid, groups)")
    port, groups = map(arguments.unsigned, address)
    return types.SocketAddress_Netlink(types.NetlinkAddress(port, groups))


def _pair(address, family):
    address = _tuple(address, "getsockaddrarg", family)
    if len(address) != 2:
        raise TypeError(arguments.count_text("getsockaddrarg()", len(address), 2, 2))
    return map(arguments.unsigned, address)


def _qipcrtr(address: object, protocol: int, caller: str) -> types.SocketAddress:
    node, port = _pair(address, "AF_QIPCRTR")
    return types.SocketAddress_Qipcrtr(types.QipcrtrAddress(node, port))


def _vsock(address: object, protocol: int, caller: str) -> types.SocketAddress:
    cid, port = _pair(address, "AF_VSOCK")
    return types.SocketAddress_Vsock(types.VsockAddress(cid, port))


def _packet(address: object, protocol: int, caller: str) -> types.SocketAddress:
    text = "AF_PACKET address must be a tuple of two to five elements"
    address = _tuple(address, f"{caller}()", "AF_PACKET")
    _count(address, 2, 5, text)
    interface = arguments.text(address[0], text)
    try:
        number, packet, hardware = (arguments.c_int_format(value) for value in (address[1:4] + (0, 0))[:3])
    except OverflowError:
        raise OverflowError(f"{caller}(): address argument out of range") from None
    link = arguments.readable(address[4]) if len(address) == 5 else b""
    if len(link) > 8:
        raise ValueError("Hardware address must be 8 bytes or less")
    if not 0 <= number <= 0xFFFF:
        raise OverflowError(f"{caller}(): proto must be 0-65535.")
    name = interface.encode()[:_INTERFACE]
    return types.SocketAddress_Packet(types.PacketAddress(name, number, packet & 0xFF, hardware & 0xFFFF, link))


def _tipc(address: object, protocol: int, caller: str) -> types.SocketAddress:
    text = "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])"
    address = _tuple(address, f"{caller}()", "AF_TIPC")
    _count(address, 4, 5, text)
    kind, one, two, three, *scope = map(arguments.unsigned, address)
    if kind not in (TIPC_ADDR_NAMESEQ, TIPC_ADDR_NAME, TIPC_ADDR_ID):
        raise TypeError("Invalid address type")
    scope = scope[0] & 0xFF if scope else TIPC_CLUSTER_SCOPE
    scope -= (scope & 0x80) << 1
    third = three if kind == TIPC_ADDR_NAMESEQ else 0
    return types.SocketAddress_Tipc(types.TipcAddress(kind, one, two, third, scope))


def _can(address: object, protocol: int, caller: str) -> types.SocketAddress:
    if protocol in (CAN_RAW, CAN_BCM):
        address = _tuple(address, f"{caller}()", "AF_CAN")
        _count(address, 1, 1, "AF_CAN address must be a tuple (interface, )")
        found = types.CanAddress_Raw(types.CanRawAddress(_can_interface(address)))
    elif protocol == CAN_ISOTP:
        address = _items(address, 3)
        received, sent = map(arguments.unsigned, address[1:])
        found = types.CanAddress_Isotp(types.CanIsotpAddress(_can_interface(address), received, sent))
    elif protocol == CAN_J1939:
        address = _items(address, 4)
        name = arguments.index(address[1]) & 0xFFFF_FFFF_FFFF_FFFF
        group, number = arguments.unsigned(address[2]), arguments.byte(address[3])
        found = types.CanAddress_J1939(types.CanJ1939Address(_can_interface(address), name, group, number))
    else:
        raise OSError(f"{caller}(): unsupported CAN protocol")
    return types.SocketAddress_Can(found)


def _items(address, number):
    if not isinstance(address, tuple):
        # What the C function says of a caller's mistake that its other families look for.
        raise SystemError("new style getargs format but argument is not a tuple")
    address = arguments.items(address)
    _count(address, number, number)
    return address


def _can_interface(address):
    name = arguments.path(address[0])
    if len(name) > _INTERFACE:
        raise OSError("AF_CAN interface name too long")
    return name


def _alg(address: object, protocol: int, caller: str) -> types.SocketAddress:
    text = "AF_ALG address must be a tuple (type, name[, feat[, mask]])"
    address = _tuple(address, f"{caller}()", "AF_ALG")
    _count(address, 2, 4, text)
    kind, name = (arguments.text(value, text).encode() for value in address[:2])
    features, mask = (arguments.unsigned(value) & 0xFFFF for value in (address[2:] + (0, 0))[:2])
    if len(kind) > 13:
        raise ValueError("AF_ALG type too long.")
    if len(name) > 63:
        raise ValueError("AF_ALG name too long.")
    return types.SocketAddress_Alg(types.AlgAddress(kind, name, features, mask))


def _bluetooth(address: object, protocol: int, caller: str) -> types.SocketAddress:
    convert = {BTPROTO_L2CAP: _l2cap, BTPROTO_RFCOMM: _rfcomm, BTPROTO_HCI: _hci, BTPROTO_SCO: _sco}.get(protocol)
    if convert is None:
        raise OSError(f"{caller}(): unknown Bluetooth protocol")
    try:
        found = convert(address)
    except TypeError, ValueError, OverflowError:
        raise OSError(f"{caller}(): wrong format") from None
    return types.SocketAddress_Bluetooth(found)


def _l2cap(address):
    device, psm, channel, kind = (*address, 0, 0)[:4] if 2 <= len(address) <= 4 else ()
    return types.BluetoothAddress_L2cap(
        types.BluetoothL2capAddress(
            _device(device),
            arguments.unsigned(psm) & 0xFFFF,
            arguments.unsigned(channel) & 0xFFFF,
            arguments.byte(kind),
        )
    )


def _rfcomm(address):
    device, channel = address
    return types.BluetoothAddress_Rfcomm(types.BluetoothRfcommAddress(_device(device), arguments.byte(channel)))


def _hci(address):
    number, channel = (*address, 0)[:2] if isinstance(address, tuple) and 1 <= len(address) <= 2 else (address, 0)
    return types.BluetoothAddress_Hci(
        types.BluetoothHciAddress(arguments.unsigned(number) & 0xFFFF, arguments.unsigned(channel) & 0xFFFF)
    )


def _sco(address):
    if isinstance(address, bytes):
        address = address.decode("latin-1")
    return types.BluetoothAddress_Sco(types.BluetoothScoAddress(_device(address)))


def _device(text):
    if not isinstance(text, str):
        raise TypeError("not a str")
    found = _DEVICE.fullmatch(text)
    device = tuple(int(part, 16) for part in found.groups()) if found else (256,)
    if max(device) > 255:
        raise OSError("bad bluetooth address")
    return device


PARSERS = {
    AF_NETLINK: _netlink,
    AF_QIPCRTR: _qipcrtr,
    AF_VSOCK: _vsock,
    AF_PACKET: _packet,
    AF_TIPC: _tipc,
    AF_CAN: _can,
    AF_ALG: _alg,
    AF_BLUETOOTH: _bluetooth,
}


def _can_tuple(found):
    value = found.value
    interface = os.fsdecode(value.interface)
    if isinstance(found, types.CanAddress_Isotp):
        return interface, value.rx_id, value.tx_id
    if isinstance(found, types.CanAddress_J1939):
        return interface, value.name, value.pgn, value.address
    return (interface,)


def _device_text(device):
    return "%02X:%02X:%02X:%02X:%02X:%02X" % device


def _bluetooth_tuple(found):
    value = found.value
    if isinstance(found, types.BluetoothAddress_L2cap):
        if value.address_type == 0:
            return _device_text(value.device), value.psm
        return _device_text(value.device), value.psm, value.cid, value.address_type
    if isinstance(found, types.BluetoothAddress_Rfcomm):
        return _device_text(value.device), value.channel
    if isinstance(found, types.BluetoothAddress_Hci):
        return (value.device_id, value.channel) if value.channel else value.device_id
    return _device_text(value.device)


def _tipc_tuple(a):
    third = a.v2 if a.address_type == TIPC_ADDR_NAME else a.v3
    return a.address_type, a.v1, a.v2, third, a.scope & 0xFFFF_FFFF


def _system_tuple(found):
    return found.value if isinstance(found, types.SystemAddress_Id) else os.fsdecode(found.value)


# What Python has for a record.
WRITERS = {
    types.SocketAddress_Netlink: lambda a: (a.port_id, a.groups),
    types.SocketAddress_Qipcrtr: lambda a: (a.node, a.port),
    types.SocketAddress_Vsock: lambda a: (a.cid, a.port),
    types.SocketAddress_Packet: lambda a: (
        os.fsdecode(a.interface),
        a.protocol,
        a.packet_type,
        a.hardware_type,
        a.hardware_address,
    ),
    types.SocketAddress_Tipc: _tipc_tuple,
    types.SocketAddress_Can: _can_tuple,
    types.SocketAddress_Alg: lambda a: (os.fsdecode(a.type), os.fsdecode(a.name), a.features & 0xFFFF, a.mask & 0xFFFF),
    types.SocketAddress_Bluetooth: _bluetooth_tuple,
    types.SocketAddress_Hyperv: lambda a: (a.vm_id, a.service_id),
    types.SocketAddress_Link: lambda a: (18, a.index.to_bytes(2, "little") + a.name),
    types.SocketAddress_System: _system_tuple,
    types.SocketAddress_Other: lambda a: (a.family, a.data),
}
