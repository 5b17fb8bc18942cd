"""Control messages received, in Python's own form: level, type, and bytes in the layout of 64-bit Linux."""

import struct
import unittest

from wit_world.imports import messages as wit
from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import cmsg
from wallsocket.guest import constants as c

LOOPBACK = (127, 0, 0, 1)
ONE = (0,) * 7 + (1,)
OFFENDER = types.SocketAddress_Inet(types.InetAddress((192, 0, 2, 1), 0))
OFFENDER6 = types.SocketAddress_Inet6(types.Inet6Address(ONE, 80, 5, 7))
SOCKADDR6 = struct.pack("<H", 10) + b"\0\x50" + b"\0\0\0\5" + bytes(15) + b"\1" + struct.pack("<I", 7)
TIME = wit.Timestamp(-1, 2_000)


def extended(offender):
    return wit.ExtendedError(111, 2, 3, 4, 5, 6, offender)


EXTENDED = struct.pack("<I4B2I", 111, 2, 3, 4, 0, 5, 6)
RECEIVED = [
    (wit.IncomingMessage_Credentials(wit.Credentials(-1, 2, 2**32 - 1)), 1, 2, struct.pack("<iII", -1, 2, 2**32 - 1)),
    (wit.IncomingMessage_Security(b"label"), 1, 3, b"label"),
    (wit.IncomingMessage_TimestampMicroseconds(TIME), 1, 29, struct.pack("<qq", -1, 2)),
    (wit.IncomingMessage_TimestampNanoseconds(TIME), 1, 35, struct.pack("<qq", -1, 2000)),
    (wit.IncomingMessage_Timestamping((TIME, TIME, TIME)), 1, 37, struct.pack("<qq", -1, 2000) * 3),
    (wit.IncomingMessage_QueueOverflow(7), 1, 40, struct.pack("<I", 7)),
    (wit.IncomingMessage_Mark(2**32 - 1), 1, 36, b"\xff" * 4),
    (wit.IncomingMessage_Priority(6), 1, 12, struct.pack("<I", 6)),
    (
        wit.IncomingMessage_InetPacketInfo(wit.InetPacketInfo(1, LOOPBACK, (10, 0, 0, 1))),
        0,
        8,
        struct.pack("<I4s4s", 1, b"\x7f\0\0\1", b"\n\0\0\1"),
    ),
    (
        wit.IncomingMessage_Inet6PacketInfo(wit.Inet6PacketInfo(ONE, 2)),
        41,
        50,
        bytes(15) + b"\1" + struct.pack("<I", 2),
    ),
    (wit.IncomingMessage_Ttl(64), 0, 2, struct.pack("<i", 64)),
    (wit.IncomingMessage_TypeOfService(4), 0, 1, b"\4"),
    (
        wit.IncomingMessage_OriginalDestination(types.InetAddress(LOOPBACK, 80)),
        0,
        20,
        b"\2\0\0\x50\x7f\0\0\1" + bytes(8),
    ),
    (wit.IncomingMessage_OriginalDestination6(types.Inet6Address(ONE, 80, 5, 7)), 41, 74, SOCKADDR6),
    (
        wit.IncomingMessage_InetError(extended(OFFENDER)),
        0,
        11,
        EXTENDED + b"\2\0\0\0\xc0\0\2\1" + bytes(8),
    ),
    (wit.IncomingMessage_InetError(extended(None)), 0, 11, EXTENDED + bytes(16)),
    (wit.IncomingMessage_Inet6Error(extended(OFFENDER6)), 41, 25, EXTENDED + SOCKADDR6),
    (wit.IncomingMessage_HopLimit(-1), 41, 52, b"\xff" * 4),
    (wit.IncomingMessage_TrafficClass(255), 41, 67, struct.pack("<i", 255)),
    (wit.IncomingMessage_HopOptions(b"\0" * 8), 41, 54, b"\0" * 8),
    (wit.IncomingMessage_DestinationOptions(b"\1" * 8), 41, 59, b"\1" * 8),
    (wit.IncomingMessage_RoutingHeader(b"\2" * 8), 41, 57, b"\2" * 8),
    (wit.IncomingMessage_SegmentSize(1200), 17, 104, struct.pack("<i", 1200)),
    (wit.IncomingMessage_BytesQueued(3), 6, 36, struct.pack("<i", 3)),
    (wit.IncomingMessage_PacketAuxiliaryData(b"\3" * 20), 263, 8, b"\3" * 20),
    (wit.IncomingMessage_NetlinkGroup(9), 270, 3, struct.pack("<I", 9)),
    (wit.IncomingMessage_Rds((3, b"rds")), 276, 3, b"rds"),
    (wit.IncomingMessage_Other(wit.OtherMessage(7, 8, b"other")), 7, 8, b"other"),
]


class ControlMessages(unittest.TestCase):
    def test_every_message_received_is_bytes(self):
        for message, level, kind, data in RECEIVED:
            with self.subTest(message=message):
                self.assertEqual(cmsg.incoming(message), (level, kind, data))

    def test_none_of_the_contracts_messages_is_missing(self):
        cases = {name for name in dir(wit) if name.startswith("IncomingMessage_")}
        tested = {type(message).__name__ for message, *_ in RECEIVED}
        self.assertEqual(
            cases - tested, {"IncomingMessage_Rights"}, "handles have numbers, and are tested with sockets"
        )

    def test_sent_ones_go_as_they_are(self):
        sent = cmsg.outgoing(c.IPPROTO_IP, c.IP_TTL, struct.pack("<i", 7))
        self.assertEqual(sent, wit.OutgoingMessage_Other(wit.OtherMessage(0, 2, b"\7\0\0\0")))

    def test_headers_have_16_bytes_and_padding_goes_to_8(self):
        self.assertEqual([cmsg.CMSG_LEN(n) for n in (0, 1, 4, 8)], [16, 17, 20, 24])
        self.assertEqual([cmsg.CMSG_SPACE(n) for n in (0, 1, 4, 8, 9)], [16, 24, 24, 24, 32])

    def test_lengths_end_where_cpythons_do(self):
        self.assertEqual(cmsg.CMSG_LEN(2**31 - 17), 2**31 - 1)
        self.assertEqual(cmsg.CMSG_SPACE(2**31 - 25), 2**31 - 8)
        for function, most in ((cmsg.CMSG_LEN, 2**31 - 17), (cmsg.CMSG_SPACE, 2**31 - 25)):
            for wrong in (-1, most + 1, 2**31, 2**63 - 1):
                with self.assertRaisesRegex(OverflowError, rf"{function.__name__}\(\) argument out of range"):
                    function(wrong)
            for wrong in ("1", 1.0, None):
                self.assertRaises(TypeError, function, wrong)


if __name__ == "__main__":
    unittest.main()
