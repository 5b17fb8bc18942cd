"""Addresses of every family: what Python writes, the record that it is in the contract, and what Python gets back."""

import unittest

from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import addresses
from wallsocket.guest import constants as c

DEVICE = "01:23:45:67:89:AB"
OCTETS = (0x01, 0x23, 0x45, 0x67, 0x89, 0xAB)


def inet(*octets, port):
    return types.SocketAddress_Inet(types.InetAddress(octets, port))


def inet6(groups, port, flow=0, scope=0):
    return types.SocketAddress_Inet6(types.Inet6Address(groups, port, flow, scope))


def named(host, port, flow=0, scope=0):
    return types.SocketAddress_Named(types.NamedAddress(host, port, flow, scope))


def unix(kind, *name):
    return types.SocketAddress_Unix(kind(*name))


def packet(*fields):
    return types.SocketAddress_Packet(types.PacketAddress(*fields))


def tipc(*fields):
    return types.SocketAddress_Tipc(types.TipcAddress(*fields))


def bluetooth(case, record, *fields):
    return types.SocketAddress_Bluetooth(case(record(*fields)))


ISOTP = types.CanAddress_Isotp(types.CanIsotpAddress(b"can0", 0x123, 0xFFFFFFFF))
J1939 = types.CanAddress_J1939(types.CanJ1939Address(b"can0", 1 << 63, 0x40000, 255))
L2CAP = types.BluetoothAddress_L2cap, types.BluetoothL2capAddress

# Family, protocol, what Python writes, the record, and what Python gets where that isn't what it wrote.
SAME = object()
BOTH_WAYS = [
    (c.AF_INET, 0, ("127.0.0.1", 80), inet(127, 0, 0, 1, port=80), SAME),
    (c.AF_INET, 0, ("", 0), inet(0, 0, 0, 0, port=0), ("0.0.0.0", 0)),
    (c.AF_INET, 0, ("<broadcast>", 9), inet(255, 255, 255, 255, port=9), ("255.255.255.255", 9)),
    (c.AF_INET, 0, (b"10.1.2.3", 65535), inet(10, 1, 2, 3, port=65535), ("10.1.2.3", 65535)),
    (c.AF_INET, 0, (bytearray(b"10.1.2.3"), True), inet(10, 1, 2, 3, port=1), ("10.1.2.3", 1)),
    (c.AF_RDS, 0, ("127.0.0.1", 80), inet(127, 0, 0, 1, port=80), SAME),
    (c.AF_INET6, 0, ("::1", 80), inet6((0,) * 7 + (1,), 80), ("::1", 80, 0, 0)),
    (c.AF_INET6, 0, ("", 1), inet6((0,) * 8, 1), ("::", 1, 0, 0)),
    (
        c.AF_INET6,
        0,
        ("2001:db8::ff:0:1", 443, 0xFFFFF, 2**32 - 1),
        inet6((0x2001, 0xDB8, 0, 0, 0, 0xFF, 0, 1), 443, 0xFFFFF, 2**32 - 1),
        SAME,
    ),
    (
        c.AF_INET6,
        0,
        ("::ffff:192.0.2.1", 1, 0, 0),
        inet6((0, 0, 0, 0, 0, 0xFFFF, 0xC000, 0x201), 1),
        SAME,
    ),
    (c.AF_UNIX, 0, "/run/x", unix(types.UnixAddress_Path, b"/run/x"), SAME),
    (c.AF_UNIX, 0, b"/run/x", unix(types.UnixAddress_Path, b"/run/x"), "/run/x"),
    (c.AF_UNIX, 0, "/run/\udcff", unix(types.UnixAddress_Path, b"/run/\xff"), SAME),
    (c.AF_UNIX, 0, "/run/a\0b", unix(types.UnixAddress_Path, b"/run/a"), "/run/a"),
    (c.AF_UNIX, 0, "\0name", unix(types.UnixAddress_Abstract, b"name"), b"\0name"),
    (c.AF_UNIX, 0, b"\0a\0b", unix(types.UnixAddress_Abstract, b"a\0b"), SAME),
    (c.AF_UNIX, 0, b"\0" * 108, unix(types.UnixAddress_Abstract, b"\0" * 107), SAME),
    (c.AF_UNIX, 0, "", unix(types.UnixAddress_Unnamed), SAME),
    (c.AF_NETLINK, 0, (7, 1), types.SocketAddress_Netlink(types.NetlinkAddress(7, 1)), SAME),
    (c.AF_NETLINK, 0, (-1, 2**32), types.SocketAddress_Netlink(types.NetlinkAddress(2**32 - 1, 0)), (2**32 - 1, 0)),
    (c.AF_VSOCK, 0, (2**32 - 1, 5), types.SocketAddress_Vsock(types.VsockAddress(2**32 - 1, 5)), SAME),
    (c.AF_QIPCRTR, 0, (1, 2), types.SocketAddress_Qipcrtr(types.QipcrtrAddress(1, 2)), SAME),
    (c.AF_PACKET, 0, ("lo", 0x800), packet(b"lo", 0x800, 0, 0, b""), ("lo", 0x800, 0, 0, b"")),
    (c.AF_PACKET, 0, ("eth0", 3, 4, 1, b"\0\1\2"), packet(b"eth0", 3, 4, 1, b"\0\1\2"), SAME),
    (c.AF_PACKET, 0, ("eth0", 3, 256, 65536), packet(b"eth0", 3, 0, 0, b""), ("eth0", 3, 0, 0, b"")),
    (c.AF_CAN, c.CAN_RAW, ("can0",), types.SocketAddress_Can(types.CanAddress_Raw(types.CanRawAddress(b"can0"))), SAME),
    (c.AF_CAN, c.CAN_BCM, ("",), types.SocketAddress_Can(types.CanAddress_Raw(types.CanRawAddress(b""))), SAME),
    (c.AF_CAN, c.CAN_ISOTP, ("can0", 0x123, -1), types.SocketAddress_Can(ISOTP), ("can0", 0x123, 2**32 - 1)),
    (c.AF_CAN, c.CAN_J1939, ("can0", 1 << 63, 0x40000, 255), types.SocketAddress_Can(J1939), SAME),
    (c.AF_TIPC, 0, (c.TIPC_ADDR_NAMESEQ, 1000, 1, 5, 3), tipc(1, 1000, 1, 5, 3), SAME),
    (c.AF_TIPC, 0, (c.TIPC_ADDR_NAME, 1000, 1, 0), tipc(2, 1000, 1, 0, 2), (2, 1000, 1, 1, 2)),
    (c.AF_TIPC, 0, (c.TIPC_ADDR_ID, 1, 2, 9), tipc(3, 1, 2, 0, 2), (3, 1, 2, 0, 2)),
    (
        c.AF_ALG,
        0,
        ("hash", "sha256", 1, 65537),
        types.SocketAddress_Alg(types.AlgAddress(b"hash", b"sha256", 1, 1)),
        ("hash", "sha256", 1, 1),
    ),
    (
        c.AF_ALG,
        0,
        ("skcipher", "cbc(aes)"),
        types.SocketAddress_Alg(types.AlgAddress(b"skcipher", b"cbc(aes)", 0, 0)),
        ("skcipher", "cbc(aes)", 0, 0),
    ),
    (c.AF_BLUETOOTH, c.BTPROTO_L2CAP, (DEVICE, 25), bluetooth(*L2CAP, OCTETS, 25, 0, 0), SAME),
    (c.AF_BLUETOOTH, c.BTPROTO_L2CAP, (DEVICE, 25, 4, 1), bluetooth(*L2CAP, OCTETS, 25, 4, 1), SAME),
    (
        c.AF_BLUETOOTH,
        c.BTPROTO_RFCOMM,
        (DEVICE.lower(), 30),
        bluetooth(types.BluetoothAddress_Rfcomm, types.BluetoothRfcommAddress, OCTETS, 30),
        (DEVICE, 30),
    ),
    (
        c.AF_BLUETOOTH,
        c.BTPROTO_HCI,
        1,
        bluetooth(types.BluetoothAddress_Hci, types.BluetoothHciAddress, 1, 0),
        SAME,
    ),
    (
        c.AF_BLUETOOTH,
        c.BTPROTO_HCI,
        (1, 3),
        bluetooth(types.BluetoothAddress_Hci, types.BluetoothHciAddress, 1, 3),
        SAME,
    ),
    (
        c.AF_BLUETOOTH,
        c.BTPROTO_SCO,
        DEVICE,
        bluetooth(types.BluetoothAddress_Sco, types.BluetoothScoAddress, OCTETS),
        SAME,
    ),
    (
        c.AF_BLUETOOTH,
        c.BTPROTO_SCO,
        b"1:23:45:67:89:ab",
        bluetooth(types.BluetoothAddress_Sco, types.BluetoothScoAddress, OCTETS),
        DEVICE,
    ),
]

# A name, or an address in a spelling that is the host's to understand.
LEFT_TO_THE_HOST = [
    (c.AF_INET, ("localhost", 80), named("localhost", 80)),
    (c.AF_INET, ("127.1", 80), named("127.1", 80)),
    (c.AF_INET, ("bücher.example", 1), named("xn--bcher-kva.example", 1)),
    (c.AF_INET6, ("localhost", 80, 1, 2), named("localhost", 80, 1, 2)),
    (c.AF_INET6, ("fe80::1%lo", 80), named("fe80::1%lo", 80)),
]

REFUSED = [
    (c.AF_INET, 0, "127.0.0.1", TypeError, "bind(): AF_INET address must be tuple, not str"),
    (c.AF_INET, 0, ["127.0.0.1", 1], TypeError, "bind(): AF_INET address must be tuple, not list"),
    (c.AF_INET, 0, ("127.0.0.1",), TypeError, "AF_INET address must be a pair (host, port)"),
    (c.AF_INET, 0, (1, 1), TypeError, "str, bytes or bytearray expected, not int"),
    (c.AF_INET, 0, ("a\0b", 1), TypeError, "host name must not contain null character"),
    (c.AF_INET, 0, (b"a\0b", 1), TypeError, "host name must not contain null character"),
    (c.AF_INET, 0, ("\udcff", 1), TypeError, "encoding of hostname failed"),
    (c.AF_INET, 0, ("a" * 64 + "ü", 1), TypeError, "encoding of hostname failed"),
    (c.AF_INET, 0, ("127.0.0.1", "1"), TypeError, "'str' object cannot be interpreted as an integer"),
    (c.AF_INET, 0, ("127.0.0.1", 1.0), TypeError, "'float' object cannot be interpreted as an integer"),
    (c.AF_INET, 0, ("127.0.0.1", -1), OverflowError, "bind(): port must be 0-65535."),
    (c.AF_INET, 0, ("127.0.0.1", 65536), OverflowError, "bind(): port must be 0-65535."),
    (c.AF_INET, 0, ("127.0.0.1", 2**100), OverflowError, "bind(): port must be 0-65535."),
    (c.AF_INET6, 0, ("::1", 1, 2**20), OverflowError, "bind(): flowinfo must be 0-1048575."),
    (c.AF_INET6, 0, ("<broadcast>", 1), OSError, "address family mismatched"),
    (
        c.AF_INET6,
        0,
        ("::1", 1, 0, 0, 0),
        TypeError,
        "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
    ),
    (c.AF_UNIX, 0, "x" * 108, OSError, "AF_UNIX path too long"),
    (c.AF_UNIX, 0, b"\0" * 109, OSError, "AF_UNIX path too long"),
    (c.AF_UNIX, 0, ("x",), TypeError, "a bytes-like object is required, not 'tuple'"),
    (c.AF_NETLINK, 0, 1, TypeError, "bind(): AF_NETLINK address must be tuple, not int"),
    (c.AF_NETLINK, 0, (1,), TypeError, "AF_NETLINK address must be a pair (pid, groups)"),
    (c.AF_VSOCK, 0, 1, TypeError, "getsockaddrarg: AF_VSOCK address must be tuple, not int"),
    (c.AF_VSOCK, 0, (1,), TypeError, "getsockaddrarg() takes exactly 2 arguments (1 given)"),
    (c.AF_PACKET, 0, ("lo",), TypeError, "AF_PACKET address must be a tuple of two to five elements"),
    (c.AF_PACKET, 0, (1, 2), TypeError, "AF_PACKET address must be a tuple of two to five elements"),
    (c.AF_PACKET, 0, ("lo", 65536), OverflowError, "bind(): proto must be 0-65535."),
    (c.AF_PACKET, 0, ("lo", 2**40), OverflowError, "bind(): address argument out of range"),
    (c.AF_PACKET, 0, ("lo", 1, 0, 0, b"x" * 9), ValueError, "Hardware address must be 8 bytes or less"),
    (c.AF_PACKET, 0, ("l\0", 1), ValueError, "embedded null character"),
    (c.AF_CAN, c.CAN_RAW, ("can0", 1), TypeError, "AF_CAN address must be a tuple (interface, )"),
    (c.AF_CAN, c.CAN_RAW, ("c" * 16,), OSError, "AF_CAN interface name too long"),
    (c.AF_CAN, c.CAN_ISOTP, ("can0",), TypeError, "function takes exactly 3 arguments (1 given)"),
    (c.AF_CAN, 99, ("can0",), OSError, "bind(): unsupported CAN protocol"),
    (c.AF_TIPC, 0, (9, 1, 1, 1), TypeError, "Invalid address type"),
    (c.AF_ALG, 0, ("x" * 14, "y"), ValueError, "AF_ALG type too long."),
    (c.AF_ALG, 0, ("hash", "y" * 64), ValueError, "AF_ALG name too long."),
    (c.AF_BLUETOOTH, c.BTPROTO_L2CAP, (DEVICE,), OSError, "bind(): wrong format"),
    (c.AF_BLUETOOTH, c.BTPROTO_L2CAP, 3, OSError, "bind(): wrong format"),
    (c.AF_BLUETOOTH, c.BTPROTO_RFCOMM, ("01:23:45:67:89:AG", 1), OSError, "bad bluetooth address"),
    (c.AF_BLUETOOTH, c.BTPROTO_SCO, "01:23:45:67:89:100", OSError, "bad bluetooth address"),
    (c.AF_BLUETOOTH, c.BTPROTO_SCO, None, OSError, "bind(): wrong format"),
    (c.AF_BLUETOOTH, 99, (DEVICE,), OSError, "bind(): unknown Bluetooth protocol"),
    (99, 0, ("x", 1), OSError, "bind(): bad family"),
]


class Addresses(unittest.TestCase):
    def test_python_writes_them_and_gets_them_back(self):
        for family, protocol, written, record, back in BOTH_WAYS:
            with self.subTest(family=family, address=written):
                self.assertEqual(addresses.parse(family, protocol, written, "bind"), record)
                self.assertEqual(addresses.unparse(record), written if back is SAME else back)

    def test_names_are_left_to_the_host(self):
        for family, written, record in LEFT_TO_THE_HOST:
            with self.subTest(address=written):
                self.assertEqual(addresses.parse(family, 0, written, "bind"), record)

    def test_what_is_no_address_is_refused_as_cpython_does(self):
        for family, protocol, written, kind, text in REFUSED:
            with self.subTest(family=family, address=written):
                with self.assertRaises(kind) as caught:
                    addresses.parse(family, protocol, written, "bind")
                self.assertIs(type(caught.exception), kind)
                self.assertEqual(str(caught.exception), text)

    def test_what_equals_an_address_that_was_seen_is_looked_at_all_the_same(self):
        for family, known, like in (
            (c.AF_INET, ("127.0.0.1", 80), ("127.0.0.1", 80.0)),
            (c.AF_INET6, ("::1", 80, 0, 0), ("::1", 80, 0.0, 0)),
            (c.AF_INET6, ("::1", 80), ("::1", 80.0)),
        ):
            for _ in range(2):
                seen = addresses.parse(family, 0, known, "bind")
                self.assertEqual(addresses.unparse(seen)[:2], known[:2])
                self.assertRaises(TypeError, addresses.parse, family, 0, like, "bind")

    def test_as_many_addresses_as_one_likes_are_told_apart(self):
        for port in range(3000):
            self.assertEqual(addresses.parse(c.AF_INET, 0, ("10.0.0.1", port), "bind"), inet(10, 0, 0, 1, port=port))
            quad = (10, 0, port >> 8, port & 255)
            self.assertEqual(addresses.unparse(inet(*quad, port=1)), (".".join(map(str, quad)), 1))

    def test_bytes_that_are_no_text_are_a_name_that_nobody_has(self):
        for family in (c.AF_INET, c.AF_INET6):
            with self.assertRaisesRegex(OSError, "Name or service not known"):
                addresses.parse(family, 0, (b"\xff\xfe", 1), "bind")

    def test_no_address_is_none(self):
        self.assertIsNone(addresses.unparse(None))
        self.assertIsNone(addresses.unparse(types.SocketAddress_Unspecified()))

    def test_an_unknown_family_is_a_number_and_bytes(self):
        other = types.SocketAddress_Other(types.OtherAddress(99, b"\1\2"))
        self.assertEqual(addresses.unparse(other), (99, b"\1\2"))


if __name__ == "__main__":
    unittest.main()
