"""Exceptions of sockets, in what handles exceptions."""

import unittest

from tests.support import run_code

FAILING_TESTS = """
import contextlib, socket, unittest

@contextlib.contextmanager
def around():
    yield

class Refused(unittest.TestCase):
    def setUp(self):
        self.enterContext(around())
    def test_connect(self):
        with socket.socket() as sock:
            sock.connect(("127.0.0.1", 1))
    def test_name(self):
        socket.getaddrinfo("name.invalid", 80)
    def test_closed(self):
        socket.socket().getpeername()

result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Refused)(result)
print(len(result.errors), *sorted(text.splitlines()[-1].partition(":")[0] for _, text in result.errors))
"""


class Exceptions(unittest.TestCase):
    def test_unittest_reports_a_test_that_a_socket_fails(self):
        done = run_code(FAILING_TESTS)
        self.assertEqual(done.stdout, "3 OSError PermissionError PermissionError\n")


if __name__ == "__main__":
    unittest.main()
