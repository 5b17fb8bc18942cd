"""Sockets themselves: numbers, modes, data, what is passed along: what CPython's own tests don't ask."""

import _socket
import array
import errno
import gc
import socket
import sys
import time
import unittest
import warnings

from wallsocket.guest import transfer


class Case(unittest.TestCase):
    def pair(self, kind=socket.SOCK_STREAM):
        both = socket.socketpair(socket.AF_UNIX, kind)
        for one in both:
            self.addCleanup(one.close)
        return both

    def assert_errno(self, name, function, *given):
        with self.assertRaises(OSError) as caught:
            function(*given)
        self.assertEqual(errno.errorcode[caught.exception.errno], name)


class Numbers(Case):
    def test_closed_by_its_number_a_socket_is_a_bad_descriptor(self):
        one, other = self.pair()
        socket.close(one.fileno())
        for function, given in (
            (one.recv, (1,)),
            (one.send, (b"x",)),
            (one.sendall, (b"x",)),
            (one.recv_into, (bytearray(1),)),
            (one.recvfrom, (1,)),
            (one.recvmsg, (1,)),
            (one.sendmsg, ([b"x"],)),
            (one.getsockname, ()),
            (one.getsockopt, (1, 3)),
            (one.settimeout, (1,)),
        ):
            self.assert_errno("EBADF", function, *given)
        self.assert_errno("EBADF", one.close)
        self.assertEqual(other.recv(1), b"", "the connection is closed")

    def test_a_number_that_is_taken_again_is_the_new_sockets(self):
        one, _ = self.pair()
        number = one.fileno()
        socket.close(number)
        another = socket.socket()
        self.addCleanup(another.close)
        self.assertEqual(another.fileno(), number, "the lowest free number")
        self.assert_errno("EBADF", one.close)
        self.assertEqual(another.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), socket.SOCK_STREAM)

    def test_two_objects_over_a_number_are_one_socket(self):
        one, other = self.pair()
        same = socket.socket(fileno=one.fileno())
        self.assertEqual((same.family, same.type, same.proto), (socket.AF_UNIX, socket.SOCK_STREAM, 0))
        same.send(b"x")
        self.assertEqual(other.recv(1), b"x")
        same.detach()

    def test_numbers_of_nothing_and_of_files_are_no_sockets(self):
        self.assert_errno("EBADF", lambda: socket.socket(fileno=4_000))
        self.assert_errno("EBADF", lambda: socket.socket(fileno=2**31 - 1))
        self.assert_errno("ENOTSOCK", lambda: socket.socket(fileno=1))
        self.assertRaises(ValueError, socket.socket, fileno=-1)
        self.assert_errno("EBADF", socket.close, 4_000)

    def test_a_token_that_is_none_opens_nothing(self):
        self.assert_errno("EINVAL", socket.fromshare, b"not a token")
        self.assert_errno("ESRCH", self.pair()[0].share, "nobody")

    def test_sockets_and_pipes_are_passed_by_number(self):
        one, other = self.pair()
        passed, kept = self.pair()
        socket.send_fds(one, [b"here"], [passed.fileno()])
        data, numbers, flags, address = socket.recv_fds(other, 10, 2)
        self.assertEqual((data, len(numbers), flags, address), (b"here", 1, 0, None))
        received = socket.socket(fileno=numbers[0])
        self.addCleanup(received.close)
        kept.send(b"through")
        self.assertEqual(received.recv(10), b"through")

    def test_rights_that_name_nothing_are_bad_descriptors(self):
        one, _ = self.pair()
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [4_000]))]
        self.assert_errno("EBADF", one.sendmsg, [b"x"], rights)

    def test_rights_count_whole_numbers(self):
        one, other = self.pair()
        number = array.array("i", [one.fileno()]).tobytes()
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, number + b"\0\0\0")])
        _, ancillary, _, _ = other.recvmsg(1, socket.CMSG_SPACE(16))
        self.assertEqual([len(data) for _, _, data in ancillary], [4])
        socket.close(int.from_bytes(ancillary[0][2], "little"))


class Ends(Case):
    def test_a_socket_that_is_dropped_is_told_of_and_closed(self):
        one, other = socket.socketpair()
        self.addCleanup(other.close)
        number = one.fileno()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            del one
            gc.collect()
        self.assertEqual([one.category for one in caught], [ResourceWarning])
        self.assertRegex(str(caught[0].message), rf"^unclosed <socket\.socket fd={number}, ")
        self.assertEqual(other.recv(1), b"")

    def test_a_warning_that_is_an_error_still_closes(self):
        one, other = socket.socketpair()
        self.addCleanup(other.close)
        unraisable = []
        hook, sys.unraisablehook = sys.unraisablehook, lambda found: unraisable.append(found.exc_type)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                del one
                gc.collect()
        finally:
            sys.unraisablehook = hook
        self.assertEqual(unraisable, [ResourceWarning])
        self.assertEqual(other.recv(1), b"")

    def test_detached_it_is_nobodys(self):
        one, other = self.pair()
        number = one.detach()
        self.assertEqual((one.fileno(), one.detach()), (-1, -1))
        self.assert_errno("EBADF", one.recv, 1)
        socket.close(number)
        self.assertEqual(other.recv(1), b"")


class Modes(Case):
    def test_timeouts_are_rounded_up_to_nanoseconds(self):
        one, _ = self.pair()
        for given, seen in ((1e-10, 1e-9), (1.234e-7, 1.24e-7), (True, 1.0), (0, 0.0), (None, None), (2**33, 2.0**33)):
            one.settimeout(given)
            self.assertEqual(one.gettimeout(), seen)
            self.assertEqual(one.timeout, seen)

    def test_new_sockets_have_the_default(self):
        self.addCleanup(socket.setdefaulttimeout, None)
        socket.setdefaulttimeout(0.01)
        one, _ = self.pair()
        self.assertEqual(one.gettimeout(), 0.01)
        self.assertRaises(TimeoutError, one.recv, 1)
        with socket.socket(type=socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as made:
            self.assertEqual((made.gettimeout(), made.type), (0.0, socket.SOCK_STREAM))

    def test_sendall_has_one_timeout_for_all_its_parts(self):
        one, other = self.pair()
        one.settimeout(0.2)
        began = time.monotonic()
        self.assertRaises(TimeoutError, one.sendall, bytes(transfer.MOST * 2 + 1))
        self.assertLess(time.monotonic() - began, 5)
        one.setblocking(False)
        self.assertRaises(BlockingIOError, one.sendall, bytes(transfer.MOST * 2 + 1))

    def test_connect_ex_tells_by_numbers_and_raises_what_has_none(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
            address = server.getsockname()
            self.assertEqual(client.connect_ex(address), 0)
        with socket.socket() as client:
            self.assertEqual(client.connect_ex(address), errno.ECONNREFUSED)
            self.assertEqual(client.connect_ex(("10.0.0.1", 9)), errno.EACCES, "what no grant covers")
            self.assertRaises(socket.gaierror, client.connect_ex, ("no.such.host.invalid", 9))
        self.assertEqual(client.connect_ex(address), errno.EBADF)


class Data(Case):
    def test_nothing_is_received_where_nothing_was_asked_for(self):
        one, other = self.pair()
        other.send(b"x")
        self.assertEqual(one.recv(0), b"")
        self.assertEqual(one.recv_into(bytearray()), 0)
        self.assertEqual(one.recv(1), b"x")

    def test_the_length_of_what_was_cut_is_told_where_it_is_asked_for(self):
        one, other = self.pair(socket.SOCK_DGRAM)
        cut = socket.MSG_TRUNC
        buffer = bytearray(2)
        for receive, told in (
            (lambda: other.recv_into(buffer, 0, cut), 5),
            (lambda: other.recvfrom_into(buffer, 2, cut), (5, None)),
            (lambda: other.recvmsg_into([buffer], 0, cut), (5, [], cut, None)),
            (lambda: len(other.recv(1, cut)), 5),
            (lambda: len(other.recvfrom(1, cut)[0]), 5),
            (lambda: other.recvmsg(2, 0, cut), (b"ab", [], cut, None)),
            (lambda: other.recv(2), b"ab"),
        ):
            one.send(b"abcde")
            self.assertEqual(receive(), told)
        self.assertEqual(bytes(buffer), b"ab")

    def test_buffers_of_every_shape_are_filled_and_sent(self):
        one, other = self.pair()
        numbers = array.array("d", [1.0, 2.0])
        one.send(numbers)
        into = array.array("d", [0.0, 0.0])
        self.assertEqual(other.recv_into(into), 16)
        self.assertEqual(into, numbers)
        one.send(memoryview(b"abcdef")[1:3])
        grid = memoryview(bytearray(4)).cast("B", (2, 2))
        self.assertEqual(other.recv_into(grid), 2)
        self.assertEqual(grid.tobytes(), b"bc\0\0")
        one.sendmsg([b"ab", bytearray(b"cd"), memoryview(numbers)])
        first, second = bytearray(3), array.array("B", bytes(20))
        self.assertEqual(other.recvmsg_into([first, second])[0], 20)
        self.assertEqual((bytes(first), second[0]), (b"abc", ord("d")))

    def test_a_class_of_bytes_is_sent_as_bytes(self):
        class Named(bytes):
            def __len__(self):
                return 99

        one, other = self.pair()
        self.assertEqual(one.send(Named(b"abc")), 3)
        one.sendall(Named(b"def"))
        self.assertEqual(other.recv(10), b"abcdef")

    def test_no_more_is_gathered_than_a_kernel_would_take(self):
        one, _ = self.pair()
        self.assert_errno("EMSGSIZE", one.sendmsg, [b""] * 1025)
        self.assert_errno("EMSGSIZE", one.recvmsg_into, [bytearray(1)] * 1025)
        self.assert_errno("ENOBUFS", one.sendmsg, [b"x"], [(0, 2, bytes(2 << 20))])
        one.setblocking(False)
        self.assertGreater(one.sendmsg([bytes(200 << 20)]), 0)

    def test_many_bytes_at_once_are_cut_not_fatal(self):
        one, _ = self.pair()
        one.setblocking(False)
        self.assertGreater(one.send(bytes(200 << 20)), 0)
        datagrams, _ = self.pair(socket.SOCK_DGRAM)
        self.assert_errno("EMSGSIZE", datagrams.send, bytes(200 << 20))

    def test_options_are_as_long_as_they_were_given(self):
        one, _ = self.pair()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes(8))
        self.assertEqual(one.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8), bytes(8))
        self.assert_errno("EINVAL", one.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, b"")
        self.assertRaises(OSError, one.getsockopt, socket.SOL_SOCKET, socket.SO_TYPE, 1025)


class Audit(Case):
    def test_hooks_hear_what_cpython_tells_them(self):
        heard = []
        listening = True
        sys.addaudithook(
            lambda event, given: listening and event.startswith("socket.") and heard.append((event, given))
        )
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.getsockname()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound, socket.socket(type=socket.SOCK_DGRAM) as udp:
            bound.bind(("127.0.0.1", 0))
            address = bound.getsockname()
            udp.sendto(b"x", address)
            udp.sendmsg([b"x"], [], 0, address)
            udp.connect(address)
            udp.sendmsg([b"x"])
        listening = False
        self.assertEqual(
            [event for event, _ in heard if event != "socket.getaddrinfo"],
            [
                "socket.__new__",
                "socket.bind",
                "socket.__new__",
                "socket.__new__",
                "socket.bind",
                "socket.sendto",
                "socket.sendmsg",
                "socket.connect",
                "socket.sendmsg",
            ],
        )
        made = next(given for event, given in heard if event == "socket.__new__")
        self.assertEqual(made[1:], (socket.AF_INET, socket.SOCK_STREAM, 0))
        self.assertEqual([given[1] for event, given in heard[-4:]], [address, address, address, None])


class Direct(Case):
    def test_the_numbers_of_imports_are_those_that_the_bindings_call(self):
        from wit_world.imports import transfer as wit

        from wallsocket.guest import direct

        numbers = [direct.number(function) for function in (wit.send, wit.sendall, wit.recv, wit.recvfrom)]
        self.assertEqual(len(set(numbers)), 4)
        one, other = self.pair()
        other.send(b"x")
        self.assertEqual(direct.call_import(numbers[2], [one._handle, 1, 0]).value, b"x")
        self.assertRaises(AssertionError, direct.number, lambda: None)


class Class(Case):
    def test_its_attributes_are_kept(self):
        for change in (lambda: setattr(_socket.socket, "x", 1), lambda: delattr(_socket.socket, "recv")):
            self.assertRaisesRegex(TypeError, "immutable", change)
        self.assertIs(_socket.SocketType, _socket.socket)
        self.assertEqual(repr(_socket.socket), "<class '_socket.socket'>")

    def test_bases_can_stand_beside_it(self):
        import abc

        class Both(socket.socket, abc.ABC):
            pass

        with Both() as made:
            self.assertIsInstance(made, socket.socket)
            self.assertIsInstance(made, _socket.socket)

    def test_its_constants_are_linuxs(self):
        self.assertEqual((socket.AF_INET6, socket.SOL_SOCKET, socket.SO_REUSEADDR, socket.MSG_PEEK), (10, 1, 2, 2))
        self.assertIs(socket.has_ipv6, True)
        self.assertFalse(hasattr(_socket, "EAGAIN"), "errors are errno's")
        self.assertEqual(_socket.ETH_P_ALL, 3)
        self.assertFalse(hasattr(_socket, "SO_TIMESTAMP"), "what Python has no name for")
        self.assertIs(type(_socket.AF_INET), int)


if __name__ == "__main__":
    unittest.main()
