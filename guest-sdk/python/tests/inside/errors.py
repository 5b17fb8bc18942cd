"""The contract's errors as Python's exceptions: class, number, text."""

import contextlib
import errno
import os
import socket
import unittest

from wit_world.imports import wallsocket_socket_types as types

from wallsocket.guest import errors
from wallsocket.guest.linux_errno import ALIASES, LINUX

# Names that are another's number here.
SAME_NUMBER = {"EOPNOTSUPP": ("ENOTSUP",), "ESHUTDOWN": ("EPIPE",)}


class Errors(unittest.TestCase):
    def test_numbers_of_linux_become_this_systems_by_name(self):
        for number, (name, text) in LINUX.items():
            with self.subTest(name=name):
                error = errors.exception(types.Error_Os(number))
                self.assertEqual((error.errno, error.strerror), (getattr(errno, name), text))
                self.assertIn(errno.errorcode[error.errno], (name, *SAME_NUMBER.get(name, ())))

    def test_names_that_this_system_lacks_are_added_beyond_its_own(self):
        self.assertGreater(errno.ESOCKTNOSUPPORT, 1000)
        self.assertEqual(os.strerror(errno.ESOCKTNOSUPPORT), "Socket type not supported")
        self.assertEqual(os.strerror(errno.ENOENT), "No such file or directory")
        for alias, name in ALIASES.items():
            self.assertEqual(getattr(errno, alias), getattr(errno, name))

    def test_classes_follow_the_numbers(self):
        for name, kind in (
            ("ECONNREFUSED", ConnectionRefusedError),
            ("ECONNRESET", ConnectionResetError),
            ("ECONNABORTED", ConnectionAbortedError),
            ("EPIPE", BrokenPipeError),
            ("ESHUTDOWN", BrokenPipeError),
            ("EAGAIN", BlockingIOError),
            ("EINPROGRESS", BlockingIOError),
            ("EALREADY", BlockingIOError),
            ("EACCES", PermissionError),
            ("EPERM", PermissionError),
            ("ENOENT", FileNotFoundError),
            ("ETIMEDOUT", TimeoutError),
            ("EINTR", InterruptedError),
            ("EADDRINUSE", OSError),
        ):
            self.assertIs(type(errors.os_error(name)), kind, name)

    def test_a_number_that_nobody_knows_is_an_unknown_error(self):
        error = errors.exception(types.Error_Os(4000))
        self.assertEqual((error.errno, error.strerror), (5000, "Unknown error 4000"))

    def test_a_timeout_has_no_number(self):
        error = errors.exception(types.Error_TimedOut())
        self.assertEqual((type(error), error.args), (TimeoutError, ("timed out",)))
        self.assertIs(socket.timeout, TimeoutError)

    def test_look_ups_fail_with_errors_of_their_own(self):
        error = errors.exception(types.Error_NameLookup(-2))
        self.assertEqual((type(error), error.args), (socket.gaierror, (-2, "Name or service not known")))
        error = errors.exception(types.Error_HostLookup(1))
        self.assertEqual((type(error), error.args), (socket.herror, (1, "Unknown host")))
        self.assertEqual(repr(socket.gaierror), "<class 'socket.gaierror'>")
        self.assertEqual(repr(socket.herror), "<class 'socket.herror'>")

    def test_a_denial_says_what_would_allow_it(self):
        denial = types.Denial(13, "no grant covers it", "tcp connect a.example:80")
        error = errors.exception(types.Error_Denied(denial))
        self.assertIsInstance(error, PermissionError)
        self.assertEqual(error.errno, errno.EACCES)
        self.assertEqual(
            error.strerror,
            "Permission denied: no grant covers it (this would allow it: tcp connect a.example:80)",
        )
        self.assertEqual((error.reason, error.grant), ("no grant covers it", "tcp connect a.example:80"))

    def test_they_take_a_traceback_with_all_in_their_context(self):
        @contextlib.contextmanager
        def manager():
            yield

        for act in (lambda: socket.socket(99), lambda: socket.socket().recv(1)):
            with self.assertRaises(OSError) as caught:
                with manager():
                    act()
            found = caught.exception
            while found is not None:
                found.__traceback__ = None
                found = found.__context__

    def test_a_denial_that_no_grant_would_help_keeps_its_number(self):
        error = errors.exception(types.Error_Denied(types.Denial(1, "a line denies it", "")))
        self.assertEqual((error.errno, error.strerror), (errno.EPERM, "Operation not permitted: a line denies it"))


if __name__ == "__main__":
    unittest.main()
