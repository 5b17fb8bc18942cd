"""Addresses as bytes and as text, in Linux's spelling: the same natively and in the guest, whose C library differs."""

import errno
import ipaddress
import itertools
import random
import socket
import unittest

NO_ADDRESS = "illegal IP address string passed to inet_"


class Text(unittest.TestCase):
    def test_addresses_of_ipv6_are_written_as_linux_does(self):
        for packed, text in {
            "00" * 16: "::",
            "00" * 15 + "01": "::1",
            "00" * 12 + "01020304": "::1.2.3.4",
            "00" * 12 + "00010000": "::0.1.0.0",
            "00" * 10 + "ffff01020304": "::ffff:1.2.3.4",
            "00" * 8 + "ffff000001020304": "::ffff:0:102:304",
            "0000000000010000000000010001" + "0001": "::1:0:0:1:1:1",
            "0001000000000001000000000000" + "0001": "1:0:0:1::1",
            "0001" + "0000" + "0001" * 6: "1:0:1:1:1:1:1:1",
            "2001" + "0000" * 7: "2001::",
        }.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_ntop(socket.AF_INET6, bytes.fromhex(packed)), text)

    def test_what_is_written_is_read(self):
        numbers = random.Random(1)
        for _ in range(2000):
            packed = b"".join(numbers.choice([b"\0\0", b"\0\0", b"\0\1", b"\xff\xff", b"\1\0"]) for _ in range(8))
            text = socket.inet_ntop(socket.AF_INET6, packed)
            self.assertEqual(socket.inet_pton(socket.AF_INET6, text), packed)
            self.assertEqual(ipaddress.ip_address(text).packed, packed)
        for packed in (bytes(4), b"\x7f\0\0\1", b"\xff" * 4):
            self.assertEqual(socket.inet_aton(socket.inet_ntoa(packed)), packed)
            self.assertEqual(socket.inet_pton(socket.AF_INET, socket.inet_ntop(socket.AF_INET, packed)), packed)


class Bytes(unittest.TestCase):
    def test_loose_spellings_are_read(self):
        for text, packed in {
            "1": "00000001",
            "127.1": "7f000001",
            "1.2.3": "01020003",
            "0x7f.1": "7f000001",
            "0177.0.0.01": "7f000001",
            "4294967295": "ffffffff",
            "1.16777215": "01ffffff",
            "1.2.3.4 and more": "01020304",
            "1.2.3.4\n": "01020304",
        }.items():
            with self.subTest(text=text):
                self.assertEqual(socket.inet_aton(text), bytes.fromhex(packed))

    def test_what_is_no_address_is_refused(self):
        for text in (
            "",
            " 1",
            "1.",
            ".1",
            "1..2",
            "1.2.3.4.5",
            "256.1",
            "1.2.3.256",
            "08",
            "0x",
            "4294967296",
            "1x",
            "-1",
        ):
            with self.subTest(text=text):
                self.assertRaisesRegex(OSError, NO_ADDRESS + "aton", socket.inet_aton, text)
        for text in ("127.1", "01.2.3.4", "1.2.3.4 ", "::1", ""):
            with self.subTest(text=text):
                self.assertRaisesRegex(OSError, NO_ADDRESS + "pton", socket.inet_pton, socket.AF_INET, text)
        for text in ("1.2.3.4", ":", ":::", "1::2::3", "12345::", "g::", "::1%lo", "1:2:3:4:5:6:7", ""):
            with self.subTest(text=text):
                self.assertRaisesRegex(OSError, NO_ADDRESS + "pton", socket.inet_pton, socket.AF_INET6, text)

    def test_other_families_have_none(self):
        for family in (socket.AF_UNSPEC, socket.AF_UNIX, 99, -1):
            with self.subTest(family=family):
                with self.assertRaises(OSError) as caught:
                    socket.inet_pton(family, "1.2.3.4")
                self.assertEqual(caught.exception.errno, errno.EAFNOSUPPORT)
                with self.assertRaisesRegex(ValueError, f"unknown address family {int(family)}"):
                    socket.inet_ntop(family, bytes(4))

    def test_lengths_are_looked_at(self):
        for family, right in ((socket.AF_INET, 4), (socket.AF_INET6, 16)):
            for length in {0, 3, 5, 15, 17, 4, 16} - {right}:
                with self.subTest(family=family, length=length), self.assertRaises(ValueError):
                    socket.inet_ntop(family, bytes(length))
        self.assertRaises(OSError, socket.inet_ntoa, bytes(5))


class Order(unittest.TestCase):
    def test_bytes_are_turned(self):
        for turn, back, size in ((socket.htons, socket.ntohs, 2), (socket.htonl, socket.ntohl, 4)):
            for number in itertools.chain(range(3), ((1 << 8 * size) - 1, 1 << (8 * size - 1))):
                self.assertEqual(turn(number), int.from_bytes(number.to_bytes(size, "little"), "big"))
                self.assertEqual(back(turn(number)), number)
            self.assertRaises(OverflowError, turn, 1 << 8 * size)
            # What Python 3.14 calls a wrong value was an overflow before.
            self.assertRaises((OverflowError, ValueError), turn, -1)


if __name__ == "__main__":
    unittest.main()
