"""Grants that a program gives up. Each test gives up more, for good: so they run in the order of their names."""

import errno
import socket
import unittest

from wallsocket import permissions


class Permissions(unittest.TestCase):
    def listener(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return listener

    def assert_given_up(self, function, *given):
        with self.assertRaises(PermissionError) as caught:
            function(*given)
        self.assertIn("gave it up", str(caught.exception))

    def test_1_what_is_held_is_told(self):
        self.assertIn("tcp connect 127.0.0.1:*", permissions.held())

    def test_2_a_wrong_line_changes_nothing(self):
        with self.assertRaises(permissions.GrantError) as caught:
            permissions.restrict(["tcp connect 127.0.0.1:*", "tcp conect 127.0.0.1:*"])
        self.assertIsInstance(caught.exception, ValueError)
        self.assertEqual((caught.exception.index, caught.exception.column), (1, 5))
        self.assertIn("did you mean `connect`?", caught.exception.message)
        self.assertFalse([line for line in permissions.held() if line.startswith("only")])

    def test_3_what_are_no_lines_is_a_mistake(self):
        for wrong in ("tcp connect 127.0.0.1:*", [b"any"], [None], 7, None):
            with self.assertRaises(TypeError, msg=f"{wrong!r}"):
                permissions.restrict(wrong)
            with self.assertRaises(TypeError, msg=f"{wrong!r}"):
                permissions.restrict_socket(self.listener(), wrong)
        with self.assertRaises(ValueError):
            permissions.restrict(["\ud800"])

    def test_4_one_socket_gives_something_up_and_the_others_keep_it(self):
        address = self.listener().getsockname()
        restricted, other = socket.socket(), socket.socket()
        for sock in (restricted, other):
            self.addCleanup(sock.close)
        permissions.restrict_socket(restricted, ["tcp connect 127.0.0.1:1"])
        copy = restricted.dup()
        self.addCleanup(copy.close)
        self.assert_given_up(restricted.connect, address)
        self.assert_given_up(copy.connect, address)
        other.connect(address)

    def test_5_a_closed_socket_gives_nothing_up(self):
        closed = socket.socket()
        closed.close()
        with self.assertRaises(OSError) as caught:
            permissions.restrict_socket(closed, [])
        self.assertEqual(caught.exception.errno, errno.EBADF)

    def test_6_what_the_program_gives_up_stays_so(self):
        address = self.listener().getsockname()
        permissions.restrict([f"tcp connect 127.0.0.1:{address[1]}"])
        socket.create_connection(address).close()
        self.assertIn(f"only tcp connect 127.0.0.1:{address[1]}", permissions.held())
        self.assert_given_up(socket.create_server, ("127.0.0.1", 0))
        permissions.restrict(["tcp connect 127.0.0.1:*", "tcp listen 127.0.0.1:*"])
        self.assert_given_up(socket.create_server, ("127.0.0.1", 0))


if __name__ == "__main__":
    unittest.main()
