"""`select` and `poll`: the same natively and in the guest, where they stand on the contract's poll."""

import errno
import os
import select
import selectors
import socket
import time
import unittest
import warnings


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

    def assert_takes(self, seconds, function, *given):
        started = time.monotonic()
        result = function(*given)
        self.assertGreaterEqual(time.monotonic() - started, seconds * 0.95)
        return result


class Select(Case):
    def test_it_gives_back_what_it_was_given_and_in_that_order(self):
        one, other = self.pair()
        other.send(b"x")
        number = one.fileno()
        self.assertEqual(select.select([other, one, number, one], [other], [one], 0), ([one, number, one], [other], []))
        self.assertEqual(select.select((one,), iter([]), {}), ([one], [], []))

    def test_nothing_ready_takes_the_whole_timeout(self):
        one, _ = self.pair()
        self.assertEqual(self.assert_takes(0.1, select.select, [one], [], [one], 0.1), ([], [], []))

    def test_without_sockets_it_sleeps(self):
        self.assertEqual(self.assert_takes(0.1, select.select, [], [], [], 0.1), ([], [], []))

    def test_a_closed_peer_is_readable_and_writable(self):
        one, other = self.pair()
        other.close()
        self.assertEqual(select.select([one], [one], [one], None), ([one], [one], []))

    def test_a_hang_up_ends_no_wait_for_urgent_data(self):
        one, other = self.pair()
        other.close()
        self.assertEqual(self.assert_takes(0.1, select.select, [], [], [one], 0.1), ([], [], []))

    def test_a_closed_number_is_a_bad_descriptor(self):
        one, other = self.pair()
        number = one.fileno()
        one.close()
        self.assert_errno("EBADF", select.select, [other, number], [], [], 0)

    def test_it_waits_for_nothing_with_a_closed_socket(self):
        one, _ = self.pair()
        one.close()
        self.assertRaisesRegex(ValueError, r"negative integer \(-1\)", select.select, [one], [], [], 0)

    def test_files_are_ready(self):
        with open(__file__, "rb") as file:
            self.assertEqual(select.select([file], [file], [file], 1), ([file], [file], []))

    def test_urgent_data_is_the_third_list(self):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
            other, _ = server.accept()
            with other:
                one.send(b"!", socket.MSG_OOB)
                self.assertEqual(select.select([], [], [other], 5), ([], [], [other]))

    def test_arguments_are_looked_at(self):
        for given, kind, text in (
            ((1, [], []), TypeError, "arguments 1-3 must be sequences"),
            (([], [], [], "x"), TypeError, "timeout must be a float or None"),
            (([], [], [], -1), ValueError, "timeout must be non-negative"),
            (([], [], [], float("nan")), ValueError, "NaN"),
            (([], [], [], float("inf")), OverflowError, "timestamp"),
            (([], [], [], 1 << 70), OverflowError, "timestamp"),
            ((["x"], [], [], 0), TypeError, "must be an int, or have a fileno"),
            (([1 << 40], [], [], 0), OverflowError, "C int"),
            (([], []), TypeError, "select expected at least 3 arguments, got 2"),
        ):
            with self.subTest(given=given):
                self.assertRaisesRegex(kind, text, select.select, *given)


class Poll(Case):
    def test_it_tells_what_happened_in_the_order_of_registration(self):
        one, other = self.pair()
        poll = select.poll()
        poll.register(other)
        poll.register(one, select.POLLIN)
        self.assertEqual(poll.poll(0), [(other.fileno(), select.POLLOUT)])
        other.send(b"x")
        self.assertEqual(poll.poll(), [(other.fileno(), select.POLLOUT), (one.fileno(), select.POLLIN)])
        poll.modify(one, 0)
        poll.unregister(other)
        self.assertEqual(poll.poll(0), [])

    def test_registering_again_changes_what_to_wait_for(self):
        one, _ = self.pair()
        poll = select.poll()
        poll.register(one, select.POLLIN)
        self.assertEqual(poll.poll(0), [])
        poll.register(one, select.POLLOUT)
        self.assertEqual(poll.poll(0), [(one.fileno(), select.POLLOUT)])

    def test_a_hang_up_is_told_unasked(self):
        one, other = self.pair()
        other.close()
        poll = select.poll()
        poll.register(one, 0)
        self.assertEqual(poll.poll(), [(one.fileno(), select.POLLHUP)])

    def test_a_closed_half_is_told_where_it_was_asked_for(self):
        one, other = self.pair()
        other.shutdown(socket.SHUT_WR)
        poll = select.poll()
        poll.register(one, select.POLLRDHUP)
        self.assertEqual(poll.poll(), [(one.fileno(), select.POLLRDHUP)])

    def test_other_names_of_reading_and_writing_are_answered_by_those(self):
        one, other = self.pair()
        other.send(b"x")
        poll = select.poll()
        poll.register(one, select.POLLRDNORM | select.POLLWRNORM)
        self.assertEqual(poll.poll(), [(one.fileno(), select.POLLRDNORM | select.POLLWRNORM)])

    def test_a_closed_number_is_invalid(self):
        one, other = self.pair()
        poll = select.poll()
        poll.register(one, select.POLLIN)
        poll.register(other, select.POLLOUT)
        number = one.fileno()
        one.close()
        self.assertEqual(dict(poll.poll())[number], select.POLLNVAL)

    def test_a_number_that_is_taken_again_is_the_new_sockets(self):
        one, _ = self.pair()
        poll = select.poll()
        poll.register(one, select.POLLIN | select.POLLOUT)
        self.assertEqual(poll.poll(), [(one.fileno(), select.POLLOUT)])
        one.close()
        another, peer = self.pair()
        while another.fileno() not in (number for number, _ in poll.poll(0)):
            another, peer = self.pair()
        peer.send(b"x")
        self.assertEqual(poll.poll(), [(another.fileno(), select.POLLIN | select.POLLOUT)])

    def test_timeouts_are_milliseconds_rounded_up(self):
        one, _ = self.pair()
        poll = select.poll()
        poll.register(one, select.POLLIN)
        self.assertEqual(self.assert_takes(0.1, poll.poll, 99.5), [])
        self.assertEqual(poll.poll(0), [])

    def test_many_sockets_wait_together(self):
        poll = select.poll()
        pairs = [self.pair() for _ in range(300)]
        for one, _ in pairs:
            poll.register(one, select.POLLIN)
        for _, other in pairs[::100]:
            other.send(b"x")
        self.assertEqual(poll.poll(), [(one.fileno(), select.POLLIN) for one, _ in pairs[::100]])

    def test_arguments_are_looked_at(self):
        poll = select.poll()
        self.assertRaises(TypeError, type(poll))
        self.assertRaises(TypeError, poll.register)
        self.assertRaises(ValueError, poll.register, -1)
        self.assertRaises(TypeError, poll.register, 1.0)
        self.assertRaises(OverflowError, poll.register, 1, 1 << 16)
        self.assertRaises(ValueError, poll.register, 1, -1)
        self.assertRaises(KeyError, poll.unregister, 999)
        self.assert_errno("ENOENT", poll.modify, 999, 1)
        self.assertRaisesRegex(TypeError, "timeout must be an integer or None", poll.poll, "x")
        self.assertRaisesRegex(OverflowError, "timeout is too large", poll.poll, 1 << 31)

    def test_truth_is_a_poor_descriptor(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            select.poll().register(True)
        self.assertEqual([one.category for one in caught], [RuntimeWarning])


class Selectors(Case):
    def test_the_default_selector_waits_for_sockets(self):
        one, other = self.pair()
        with selectors.DefaultSelector() as selector:
            key = selector.register(one, selectors.EVENT_READ, "data")
            self.assertEqual(selector.select(0), [])
            other.send(b"x")
            self.assertEqual(selector.select(5), [(key, selectors.EVENT_READ)])
            selector.modify(one, selectors.EVENT_READ | selectors.EVENT_WRITE)
            ((_, events),) = selector.select(5)
            self.assertEqual(events, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def test_a_function_of_select_is_no_method(self):
        class Holder:
            poll, wait = select.poll, select.select

        self.assertEqual(Holder().wait([], [], [], 0), ([], [], []))
        self.assertEqual(Holder().poll().poll(0), [])

    def test_pipes_are_waited_for(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        self.assertEqual(select.select([reading], [writing], [], 1), ([], [writing], []))
        os.write(writing, b"x")
        self.assertEqual(select.select([reading], [], [], 1), ([reading], [], []))
        os.read(reading, 1)
        os.close(writing)
        self.assertEqual(select.select([reading], [], [], 1), ([reading], [], []))


if __name__ == "__main__":
    unittest.main()
