"""Numbers of sockets, pipes and files with `os`, `open` and `fcntl`: the same natively and in the guest."""

import errno
import fcntl
import io
import os
import socket
import stat
import tempfile
import unittest
import warnings
from pathlib import Path

CONTENT = bytes(range(256)) * 400


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def pair(self, kind=socket.SOCK_STREAM):
        both = socket.socketpair(socket.AF_UNIX, kind)
        for one in both:
            self.addCleanup(one.close)
        return both

    def pipe(self):
        both = os.pipe()
        for number in both:
            self.addCleanup(self.close_quietly, number)
        return both

    def close_quietly(self, number):
        try:
            os.close(number)
        except OSError:
            pass

    def file(self, content=CONTENT, name="file"):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def assert_errno(self, name, function, *given):
        with self.assertRaises(OSError) as caught:
            function(*given)
        self.assertEqual(errno.errorcode[caught.exception.errno], name)


class Numbers(Case):
    def test_data_goes_by_number(self):
        one, other = self.pair()
        self.assertEqual(os.write(one.fileno(), b"hello"), 5)
        self.assertEqual(os.read(other.fileno(), 3), b"hel")
        self.assertEqual(os.write(one.fileno(), memoryview(b"!")), 1)
        self.assertEqual(os.read(other.fileno(), 100), b"lo!")
        one.shutdown(socket.SHUT_WR)
        self.assertEqual(os.read(other.fileno(), 100), b"")

    def test_much_is_written_whole(self):
        one, other = self.pair()
        other.settimeout(10)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        data = CONTENT * 2
        self.assertEqual(os.write(one.fileno(), data), len(data))
        self.assertEqual(other.recv(len(data), socket.MSG_WAITALL), data)

    def test_a_datagram_is_written_as_one(self):
        one, other = self.pair(socket.SOCK_DGRAM)
        os.write(one.fileno(), b"first")
        os.write(one.fileno(), b"second")
        self.assertEqual([os.read(other.fileno(), 3), os.read(other.fileno(), 100)], [b"fir", b"second"])

    def test_a_socket_with_a_timeout_does_not_wait_by_its_number(self):
        one, _ = self.pair()
        one.settimeout(10)
        self.assertFalse(os.get_blocking(one.fileno()))
        self.assert_errno("EAGAIN", os.read, one.fileno(), 1)

    def test_blocking_is_switched_by_number(self):
        one, _ = self.pair()
        self.assertTrue(os.get_blocking(one.fileno()))
        os.set_blocking(one.fileno(), False)
        self.assertFalse(os.get_blocking(one.fileno()))
        self.assertRaises(BlockingIOError, one.recv, 1)
        os.set_blocking(one.fileno(), True)
        self.assertTrue(os.get_blocking(one.fileno()))

    def test_a_duplicate_outlives_its_original(self):
        one, other = self.pair()
        number = os.dup(one.detach())
        self.addCleanup(os.close, number)
        os.write(number, b"x")
        self.assertEqual(other.recv(1), b"x")
        self.assertFalse(os.get_inheritable(number))

    def test_inheritance_is_remembered(self):
        one, _ = self.pair()
        self.assertFalse(os.get_inheritable(one.fileno()))
        os.set_inheritable(one.fileno(), True)
        self.assertTrue(one.get_inheritable())
        self.assertEqual(fcntl.fcntl(one, fcntl.F_GETFD), 0)

    def test_stat_tells_sockets_and_pipes(self):
        one, other = self.pair()
        reading, writing = self.pipe()
        self.assertTrue(stat.S_ISSOCK(os.fstat(one.fileno()).st_mode))
        self.assertTrue(stat.S_ISSOCK(os.stat(one.fileno()).st_mode))
        self.assertTrue(stat.S_ISFIFO(os.fstat(reading).st_mode) and stat.S_ISFIFO(os.fstat(writing).st_mode))
        self.assertFalse(os.path.samestat(os.fstat(one.fileno()), os.fstat(other.fileno())))
        self.assertFalse(os.isatty(one.fileno()))

    def test_what_only_files_can_do_sockets_refuse(self):
        one, _ = self.pair()
        number = one.fileno()
        self.assert_errno("ESPIPE", os.lseek, number, 0, os.SEEK_CUR)
        self.assert_errno("ESPIPE", os.pread, number, 1, 0)
        self.assert_errno("ESPIPE", os.pwrite, number, b"x", 0)
        self.assert_errno("EINVAL", os.ftruncate, number, 0)
        self.assert_errno("EINVAL", os.fsync, number)

    def test_closed_numbers_are_bad_descriptors(self):
        one, _ = self.pair()
        number = one.detach()
        os.close(number)
        for function, given in (
            (os.close, ()),
            (os.read, (1,)),
            (os.write, (b"x",)),
            (os.fstat, ()),
            (os.dup, ()),
            (os.get_inheritable, ()),
            (os.get_blocking, ()),
            (os.lseek, (0, 0)),
            (fcntl.fcntl, (fcntl.F_GETFL,)),
        ):
            with self.subTest(function=function):
                self.assert_errno("EBADF", function, number, *given)

    def test_a_range_is_closed(self):
        numbers = [one.detach() for one in self.pair()]
        os.closerange(min(numbers), max(numbers) + 1)
        for number in numbers:
            self.assert_errno("EBADF", os.fstat, number)

    def test_a_function_of_os_is_no_method(self):
        class Holder:
            read, write, open, opened = os.read, os.write, open, os.open

        one, other = self.pair()
        self.assertEqual(Holder().write(one.fileno(), b"x"), 1)
        self.assertEqual(Holder().read(other.fileno(), 1), b"x")
        with Holder().open(self.file(), "rb") as file:
            self.assertEqual(file.read(2), b"\x00\x01")
        os.close(Holder().opened(self.folder / "file", os.O_RDONLY))

    def test_an_argument_of_a_wrong_type_is_a_type_error(self):
        one, _ = self.pair()
        for function, given in (
            (os.read, (one.fileno(), "x")),
            (os.read, (one.fileno(),)),
            (os.read, ("x", 1)),
            (os.write, (one.fileno(), "x")),
            (os.close, (None,)),
            (os.fstat, ([],)),
            (os.lseek, (one.fileno(), "x", 0)),
            (os.pipe, (1,)),
            (os.sendfile, (1,)),
            (os.sendfile, ("x", 1, 1, 1)),
        ):
            with self.subTest(function=function, given=given):
                self.assertRaises(TypeError, function, *given)


class Pipes(Case):
    def test_a_pipe_leads_one_way(self):
        reading, writing = self.pipe()
        self.assertEqual(os.write(writing, b"hello"), 5)
        self.assertEqual(os.read(reading, 100), b"hello")
        self.assert_errno("EBADF", os.write, reading, b"x")
        self.assert_errno("EBADF", os.read, writing, 1)
        os.close(writing)
        self.assertEqual(os.read(reading, 100), b"")

    def test_nobody_reads_what_is_written_then(self):
        reading, writing = self.pipe()
        os.close(reading)
        self.assertRaises(BrokenPipeError, os.write, writing, b"x")

    def test_each_end_knows_how_it_was_opened(self):
        reading, writing = self.pipe()
        access = getattr(os, "O_ACCMODE", os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        self.assertEqual(fcntl.fcntl(reading, fcntl.F_GETFL) & access, os.O_RDONLY)
        self.assertEqual(fcntl.fcntl(writing, fcntl.F_GETFL) & access, os.O_WRONLY)

    def test_a_pipe_can_be_made_non_blocking_from_the_start(self):
        reading, writing = os.pipe2(os.O_NONBLOCK)
        self.addCleanup(os.close, reading)
        self.addCleanup(os.close, writing)
        self.assertRaises(BlockingIOError, os.read, reading, 1)
        self.assertTrue(fcntl.fcntl(reading, fcntl.F_GETFL) & os.O_NONBLOCK)

    def test_files_over_pipes_read_and_write(self):
        reading, writing = self.pipe()
        with open(reading, encoding="utf-8") as source, os.fdopen(writing, "w", encoding="utf-8") as target:
            target.write("Grüße\r\nend")
            target.flush()
            self.assertEqual(source.readline(), "Grüße\n")
            target.close()
            self.assertEqual(source.read(), "end")
        self.assert_errno("EBADF", os.fstat, reading)
        self.assert_errno("EBADF", os.fstat, writing)

    def test_a_file_can_leave_its_number_open(self):
        reading, writing = self.pipe()
        with open(writing, "wb", closefd=False) as target:
            target.write(b"x")
        self.assertEqual(os.read(reading, 1), b"x")
        os.write(writing, b"y")
        self.assertEqual(os.read(reading, 1), b"y")

    def test_files_over_pipes_have_no_position(self):
        reading, _ = self.pipe()
        with open(reading, "rb", 0) as source:
            self.assertIsInstance(source, io.RawIOBase)
            self.assertEqual((source.mode, source.fileno(), source.name), ("rb", reading, reading))
            self.assertFalse(source.seekable() or source.writable() or source.isatty())
            self.assertTrue(source.readable())
            self.assertRaises(OSError, source.tell)
            self.assertRaises(io.UnsupportedOperation, source.write, b"x")
        self.assertRaises(ValueError, source.read, 1)

    def test_a_wrong_mode_is_a_value_error(self):
        reading, _ = self.pipe()
        for given in (("",), ("q",), ("rw",), ("rbt",), ("rb", -1, "utf-8"), ("rb", -1, None, "strict")):
            with self.subTest(given=given):
                self.assertRaises(ValueError, open, reading, *given)
        self.assertRaises(TypeError, open, reading, 5)
        os.fstat(reading)  # it is still open
        self.assertRaises(ValueError, open, reading, "r", 0)
        self.assert_errno("EBADF", os.fstat, reading)

    def test_a_file_that_nobody_closed_is_told_of(self):
        reading, _ = self.pipe()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            open(reading, "rb", 0)
        self.assertEqual([one.category for one in caught], [ResourceWarning])
        self.assert_errno("EBADF", os.fstat, reading)


class Control(Case):
    def test_flags_are_read_and_set(self):
        one, _ = self.pair()
        flags = fcntl.fcntl(one, fcntl.F_GETFL)
        self.assertFalse(flags & os.O_NONBLOCK)
        self.assertEqual(fcntl.fcntl(one, fcntl.F_SETFL, flags | os.O_NONBLOCK), 0)
        self.assertRaises(BlockingIOError, one.recv, 1)
        self.assertEqual(fcntl.fcntl(one.fileno(), fcntl.F_GETFD), fcntl.FD_CLOEXEC)
        fcntl.fcntl(one, fcntl.F_SETFD, 0)
        self.assertTrue(one.get_inheritable())

    def test_a_number_is_duplicated(self):
        one, other = self.pair()
        for command, inheritable in ((fcntl.F_DUPFD, True), (fcntl.F_DUPFD_CLOEXEC, False)):
            copy = fcntl.fcntl(one, command, 0)
            self.addCleanup(os.close, copy)
            self.assertEqual(os.get_inheritable(copy), inheritable)
            os.write(copy, b"x")
            self.assertEqual(other.recv(1), b"x")

    def test_what_waits_is_counted(self):
        FIONREAD = 0x541B
        one, other = self.pair()
        other.send(b"hello")
        self.assertEqual(fcntl.ioctl(one, FIONREAD, b"\0\0\0\0"), b"\5\0\0\0")
        buffer = bytearray(4)
        self.assertEqual(fcntl.ioctl(one, FIONREAD, buffer), 0)
        self.assertEqual(buffer, b"\5\0\0\0")

    def test_other_requests_are_refused(self):
        one, _ = self.pair()
        self.assert_errno("EINVAL", fcntl.fcntl, one, 9999)
        self.assert_errno("ENOTTY", fcntl.ioctl, one, 0x9999, b"1234")
        self.assertRaises(TypeError, fcntl.fcntl, one, "x")
        self.assertRaises(TypeError, fcntl.fcntl, one, 1, [])
        self.assertRaises(ValueError, fcntl.fcntl, -1, 1)
        self.assertRaises(TypeError, fcntl.fcntl, "x", 1)

    def test_an_opened_file_knows_how(self):
        access = getattr(os, "O_ACCMODE", os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        for mode, flag in (("rb", os.O_RDONLY), ("wb", os.O_WRONLY), ("r+b", os.O_RDWR)):
            with open(self.file(), mode) as file:
                self.assertEqual(fcntl.fcntl(file, fcntl.F_GETFL) & access, flag)


class Sendfile(Case):
    def test_a_part_is_sent_and_the_position_stays(self):
        one, other = self.pair()
        with open(self.file(), "rb") as file:
            self.assertEqual(os.sendfile(one.fileno(), file.fileno(), 10, 20), 20)
            self.assertEqual(os.lseek(file.fileno(), 0, os.SEEK_CUR), 0)
        self.assertEqual(other.recv(100), CONTENT[10:30])

    def test_without_an_offset_the_position_moves(self):
        one, other = self.pair()
        with open(self.file(), "rb") as file:
            os.lseek(file.fileno(), 5, os.SEEK_SET)
            self.assertEqual(os.sendfile(one.fileno(), file.fileno(), None, 7), 7)
            self.assertEqual(os.lseek(file.fileno(), 0, os.SEEK_CUR), 12)
        self.assertEqual(other.recv(100), CONTENT[5:12])

    def test_beyond_the_end_there_is_nothing(self):
        one, _ = self.pair()
        with open(self.file(), "rb") as file:
            self.assertEqual(os.sendfile(one.fileno(), file.fileno(), len(CONTENT), 5), 0)

    def test_a_socket_with_a_timeout_takes_what_fits(self):
        one, _ = self.pair()
        one.settimeout(10)
        with open(self.file(CONTENT * 100), "rb") as file:
            sent = 1
            with self.assertRaises(BlockingIOError):
                while sent:
                    sent = os.sendfile(one.fileno(), file.fileno(), 0, 1 << 30)

    def test_the_method_sends_a_whole_file(self):
        one, other = self.pair()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        with open(self.file(), "rb") as file:
            self.assertEqual(one.sendfile(file), len(CONTENT))
            self.assertEqual(file.tell(), len(CONTENT))
        self.assertEqual(other.recv(len(CONTENT), socket.MSG_WAITALL), CONTENT)

    def test_a_file_is_the_same_after_it_was_renamed_or_removed(self):
        one, other = self.pair()
        path = self.file(b"original")
        with open(path, "rb") as file:
            path.rename(self.folder / "elsewhere")
            self.file(b"impostor")
            self.assertEqual(os.sendfile(one.fileno(), file.fileno(), 0, 100), 8)
        self.assertEqual(other.recv(100), b"original")
        with open(path, "rb") as file:
            path.unlink()
            self.assertEqual(os.sendfile(one.fileno(), file.fileno(), 0, 100), 8)
        self.assertEqual(other.recv(100), b"impostor")

    def test_a_number_that_is_taken_again_is_the_new_file(self):
        one, other = self.pair()
        self.file(b"first", "first"), self.file(b"second", "second")
        for name in ("first", "second", "first"):
            # C closes it, and nobody is told.
            file = io.FileIO(self.folder / name) if name == "second" else open(self.folder / name, "rb")
            with file:
                self.assertEqual(os.sendfile(one.fileno(), file.fileno(), 0, 100), len(name))
            self.assertEqual(other.recv(100), name.encode())

    def test_what_is_no_file_is_refused(self):
        one, other = self.pair()
        with open(self.file(), "rb") as file:
            self.assert_errno("EBADF", os.sendfile, one.fileno(), 12345, 0, 1)
            self.assert_errno("EBADF", os.sendfile, 12345, file.fileno(), 0, 1)
            self.assert_errno("EINVAL", os.sendfile, one.fileno(), file.fileno(), -1, 1)
            self.assert_errno("EINVAL", os.sendfile, one.fileno(), file.fileno(), 0, -1)
        self.assert_errno("ESPIPE", os.sendfile, one.fileno(), other.fileno(), 0, 1)


class Passing(Case):
    def passed(self, *numbers):
        one, other = self.pair()
        socket.send_fds(one, [b"m"], numbers)
        _, received, _, _ = socket.recv_fds(other, 10, len(numbers))
        for number in received:
            self.addCleanup(self.close_quietly, number)
        return received

    def test_a_file_that_is_passed_can_be_read_and_written(self):
        path = self.file(b"hello")
        with open(path, "r+b") as file:
            (number,) = self.passed(file.fileno())
        self.assertEqual(os.read(number, 100), b"hello")
        self.assertEqual(os.lseek(number, 0, os.SEEK_CUR), 5)
        self.assertEqual(os.write(number, b"!"), 1)
        self.assertEqual(path.read_bytes(), b"hello!")
        self.assertEqual(os.lseek(number, -2, os.SEEK_END), 4)
        self.assertEqual((os.pread(number, 3, 1), os.pwrite(number, b"J", 0)), (b"ell", 1))
        os.ftruncate(number, 3)
        self.assertEqual(path.read_bytes(), b"Jel")
        self.assertEqual(os.fstat(number).st_size, 3)
        self.assertTrue(stat.S_ISREG(os.fstat(number).st_mode))
        self.assertTrue(os.path.samestat(os.fstat(number), path.stat()))
        self.assert_errno("EINVAL", os.lseek, number, -1, os.SEEK_SET)

    def test_it_can_be_opened(self):
        with open(self.file(b"one\ntwo\n"), "rb") as file:
            (number,) = self.passed(file.fileno())
        with open(number, encoding="utf-8") as passed:
            self.assertEqual(passed.readlines(), ["one\n", "two\n"])
            passed.seek(4)
            self.assertEqual(passed.read(), "two\n")
        self.assert_errno("EBADF", os.fstat, number)

    def test_its_duplicate_has_the_same_position(self):
        with open(self.file(b"hello"), "rb") as file:
            (number,) = self.passed(file.fileno())
        copy = os.dup(number)
        self.addCleanup(os.close, copy)
        os.lseek(copy, 3, os.SEEK_SET)
        self.assertEqual(os.read(number, 100), b"lo")
        os.close(number)
        os.lseek(copy, 0, os.SEEK_SET)
        self.assertEqual(os.read(copy, 1), b"h")

    def test_it_can_be_passed_on_and_sent(self):
        with open(self.file(b"hello"), "rb") as file:
            (number,) = self.passed(*self.passed(file.fileno()))
        one, other = self.pair()
        self.assertEqual(os.sendfile(one.fileno(), number, 1, 3), 3)
        self.assertEqual(other.recv(10), b"ell")

    def test_a_file_without_a_name_can_be_passed(self):
        with tempfile.TemporaryFile() as file:
            file.write(b"nameless")
            file.flush()
            (number,) = self.passed(file.fileno())
        self.assertEqual(os.pread(number, 100, 0), b"nameless")

    def test_files_pipes_and_sockets_keep_their_order(self):
        reading, writing = self.pipe()
        one, other = self.pair()
        with open(self.file(b"file"), "rb") as file:
            received = self.passed(reading, file.fileno(), one.fileno())
        os.write(writing, b"pipe")
        other.send(b"socket")
        self.assertEqual([os.read(number, 100) for number in received], [b"pipe", b"file", b"socket"])

    def test_what_is_not_open_is_not_passed(self):
        self.assert_errno("EBADF", self.passed, 12345)


if __name__ == "__main__":
    unittest.main()
