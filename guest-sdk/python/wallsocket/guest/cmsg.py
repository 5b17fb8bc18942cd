"""Control messages: Python's `(level, type, data)` and the WIT's variants.

Data have the layout of 64-bit little-endian Linux, whose headers have 16 bytes; numbers of what `SCM_RIGHTS` passes are
this guest's own.
"""

from __future__ import annotations

import struct

from wit_world.imports import messages as wit
from wit_world.imports import sockets
from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import arguments, files, linux, table
from wallsocket.guest import constants as c

# Linux's linux/socket.h; other messages have the numbers of the options that ask for them.
_SCM_SECURITY = 3
_HEADER = 16


def space(length: int) -> int:
    """The room that a message of so many bytes takes."""
    return _HEADER + (length + 7 & ~7)


def CMSG_LEN(length, /):
    """The length of a control message that carries `length` bytes, without padding after it."""
    number = arguments.size(length)
    if not 0 <= number <= arguments.INT_MAX - _HEADER:
        raise OverflowError("CMSG_LEN() argument out of range")
    return _HEADER + number


def CMSG_SPACE(length, /):
    """The room that a control message of `length` bytes takes in a buffer, with the padding after it."""
    number = arguments.size(length)
    if not 0 <= number <= arguments.INT_MAX - space(1):
        raise OverflowError("CMSG_SPACE() argument out of range")
    return space(number)


def item(value: object) -> tuple[int, int, memoryview]:
    """An item of `sendmsg`'s `ancdata`."""
    name = "[sendmsg() ancillary data items]"
    if not isinstance(value, tuple):
        if not hasattr(value, "__getitem__") or isinstance(value, (str, bytes, bytearray)):
            raise TypeError(f"{name}() argument 1 must be 3-item tuple, not {type(value).__name__}")
        value = tuple(value)
    if len(value) != 3:
        raise TypeError(f"{name}() argument 1 must be tuple of length 3, not {len(value)}")
    level, kind, data = value
    return arguments.c_int_format(level), arguments.c_int_format(kind), arguments.view(data)


def outgoing(level: int, kind: int, data: bytes) -> wit.OutgoingMessage:
    """A message to send. The host takes the bytes of all but `SCM_RIGHTS` apart itself."""
    if level == c.SOL_SOCKET and kind == c.SCM_RIGHTS:
        numbers = struct.unpack(f"<{len(data) // 4}i", data[: len(data) & ~3])
        return wit.OutgoingMessage_Rights([_lent(number) for number in numbers])
    return wit.OutgoingMessage_Other(wit.OtherMessage(level, kind, data))


def _lent(number):
    found = table.find(number)
    if isinstance(found, sockets.Socket):
        return wit.OutgoingRight_Socket(found)
    if isinstance(found, wit.OpaqueHandle):
        return wit.OutgoingRight_Opaque(found)
    descriptor = files.descriptor_of(number)
    if descriptor is None:
        raise table.bad_descriptor()
    return wit.OutgoingRight_File(descriptor)


def _adopted(right):
    if isinstance(right, wit.IncomingRight_File):
        return files.adopt(right.value)
    return table.allocate(right.value)


def incoming(message: wit.IncomingMessage) -> tuple[int, int, bytes]:
    """A message received."""
    kind = message.__class__
    if kind is wit.IncomingMessage_Rights:
        numbers = [_adopted(right) for right in message.value]
        return c.SOL_SOCKET, c.SCM_RIGHTS, struct.pack(f"<{len(numbers)}i", *numbers)
    if kind is wit.IncomingMessage_Other:
        other = message.value
        return other.level, other.type, other.data
    if kind is wit.IncomingMessage_Rds:
        return c.SOL_RDS, *message.value
    level, number, convert = _WRITERS[kind]
    return level, number, convert(message.value)


_int = struct.Struct("<i").pack
_word = struct.Struct("<I").pack
_moment = struct.Struct("<qq").pack


def _timespec(time):
    return _moment(time.seconds, time.nanoseconds)


def _port(number):
    return number.to_bytes(2, "big")


def _packed6(groups):
    return struct.pack(">8H", *groups)


def _inet(address):
    return struct.pack("<H", c.AF_INET) + _port(address.port) + bytes(address.address) + bytes(8)


def _inet6(address):
    head = struct.pack("<H", c.AF_INET6) + _port(address.port) + address.flow_info.to_bytes(4, "big")
    return head + _packed6(address.address) + _word(address.scope_id)


def _extended(error, length):
    """`struct sock_extended_err`, and the offender's address in `length` bytes: zeros for none."""
    head = struct.pack("<I4B2I", error.errno, error.origin, error.type, error.code, 0, error.info, error.data)
    offender = b""
    if isinstance(error.offender, types.SocketAddress_Inet):
        offender = _inet(error.offender.value)
    elif isinstance(error.offender, types.SocketAddress_Inet6):
        offender = _inet6(error.offender.value)
    return head + offender.ljust(length, b"\0")


# The level, the type, and how the data are written.
_WRITERS = {
    wit.IncomingMessage_Credentials: (
        c.SOL_SOCKET,
        c.SCM_CREDENTIALS,
        lambda v: struct.pack("<iII", v.pid, v.uid, v.gid),
    ),
    wit.IncomingMessage_Security: (c.SOL_SOCKET, _SCM_SECURITY, bytes),
    wit.IncomingMessage_TimestampMicroseconds: (
        c.SOL_SOCKET,
        linux.SO_TIMESTAMP,
        lambda v: _moment(v.seconds, v.nanoseconds // 1000),
    ),
    wit.IncomingMessage_TimestampNanoseconds: (c.SOL_SOCKET, linux.SO_TIMESTAMPNS, _timespec),
    wit.IncomingMessage_Timestamping: (c.SOL_SOCKET, linux.SO_TIMESTAMPING, lambda v: b"".join(map(_timespec, v))),
    wit.IncomingMessage_QueueOverflow: (c.SOL_SOCKET, linux.SO_RXQ_OVFL, _word),
    wit.IncomingMessage_Mark: (c.SOL_SOCKET, c.SO_MARK, _word),
    wit.IncomingMessage_Priority: (c.SOL_SOCKET, c.SO_PRIORITY, _word),
    wit.IncomingMessage_InetPacketInfo: (
        c.IPPROTO_IP,
        c.IP_PKTINFO,
        lambda v: _word(v.interface) + bytes(v.local) + bytes(v.destination),
    ),
    wit.IncomingMessage_Inet6PacketInfo: (
        c.IPPROTO_IPV6,
        c.IPV6_PKTINFO,
        lambda v: _packed6(v.address) + _word(v.interface),
    ),
    wit.IncomingMessage_Ttl: (c.IPPROTO_IP, c.IP_TTL, _int),
    wit.IncomingMessage_TypeOfService: (c.IPPROTO_IP, c.IP_TOS, lambda v: bytes([v])),
    wit.IncomingMessage_OriginalDestination: (c.IPPROTO_IP, c.IP_RECVORIGDSTADDR, _inet),
    wit.IncomingMessage_OriginalDestination6: (c.IPPROTO_IPV6, linux.IPV6_RECVORIGDSTADDR, _inet6),
    wit.IncomingMessage_InetError: (c.IPPROTO_IP, c.IP_RECVERR, lambda v: _extended(v, 16)),
    wit.IncomingMessage_Inet6Error: (c.IPPROTO_IPV6, c.IPV6_RECVERR, lambda v: _extended(v, 28)),
    wit.IncomingMessage_HopLimit: (c.IPPROTO_IPV6, c.IPV6_HOPLIMIT, _int),
    wit.IncomingMessage_TrafficClass: (c.IPPROTO_IPV6, c.IPV6_TCLASS, _int),
    wit.IncomingMessage_HopOptions: (c.IPPROTO_IPV6, c.IPV6_HOPOPTS, bytes),
    wit.IncomingMessage_DestinationOptions: (c.IPPROTO_IPV6, c.IPV6_DSTOPTS, bytes),
    wit.IncomingMessage_RoutingHeader: (c.IPPROTO_IPV6, c.IPV6_RTHDR, bytes),
    wit.IncomingMessage_SegmentSize: (c.IPPROTO_UDP, linux.UDP_GRO, _int),
    wit.IncomingMessage_BytesQueued: (c.IPPROTO_TCP, c.TCP_INQ, _int),
    wit.IncomingMessage_PacketAuxiliaryData: (linux.SOL_PACKET, linux.PACKET_AUXDATA, bytes),
    wit.IncomingMessage_NetlinkGroup: (linux.SOL_NETLINK, linux.NETLINK_PKTINFO, _word),
}
