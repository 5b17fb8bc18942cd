"""Arguments of every kind, given to sockets as they are and to those that this interpreter has in C: the same answers.

WASI's own sockets are as good as none, but their arguments are checked by CPython's code for them. A call that gets
past its arguments fails there with an error number.
"""

import functools
import itertools
import unittest

from wallsocket.guest.interpreter import builtin
from wallsocket.guest.module import build

THEIRS, OURS = builtin("_socket"), build()

# As long as none of these is an argument, a call is about the number of them.
ODD = [
    None,
    "text",
    b"bytes",
    bytearray(2),
    1.5,
    -1,
    2**31,
    -(2**31) - 1,
    2**63,
    -(2**63) - 1,
    (),
    [],
    {},
    object(),
    True,
]
# Sizes are as wide here as on 64-bit Linux, in C as the interpreter's words.
SIZES = [odd for odd in ODD if odd not in (2**31, -(2**31) - 1)]
STRIDED = memoryview(b"abcd")[::2]

ARGUMENTS = {
    "recv": [(odd,) for odd in SIZES] + [(1, odd) for odd in ODD] + [(1, 2, 3)],
    "recvfrom": [(odd,) for odd in SIZES if odd is not True] + [(1, 2, 3)],
    "recv_into": [(odd,) for odd in [*ODD, STRIDED]] + [(bytearray(2), odd) for odd in SIZES] + [(1, 2, 3, 4)],
    "recvfrom_into": [(odd,) for odd in [*ODD, STRIDED] if type(odd) is not bytearray]
    + [(bytearray(2), odd) for odd in ("x", 3, -1, 1.5, 2**63)],
    "send": [(odd,) for odd in [*ODD, STRIDED]] + [(b"x", odd) for odd in ODD] + [(1, 2, 3)],
    "sendall": [(odd,) for odd in [*ODD, STRIDED]] + [(b"x", odd) for odd in ODD] + [(1, 2, 3)],
    "sendto": [(), (1,), (1, 2, 3, 4)] + [(odd, ()) for odd in [*ODD, STRIDED]] + [(b"x", odd, ()) for odd in ODD],
    "bind": [(1, 2)],
    "connect": [(1, 2)],
    "connect_ex": [(1, 2)],
    "listen": [(odd,) for odd in ODD] + [(1, 2)],
    "shutdown": [(odd,) for odd in ODD] + [(1, 2)],
    "settimeout": [(odd,) for odd in ODD if odd not in (-1, 2**31, 1.5, True, None)]
    + [(1, 2), (float("nan"),), (-0.5,)],
    "getsockopt": [(odd, 1) for odd in ODD] + [(1, odd) for odd in ODD] + [(1, 1, odd) for odd in ODD] + [(1, 2, 3, 4)],
    "setsockopt": [(odd, 1, 1) for odd in ODD]
    + [(1, odd, 1) for odd in ODD]
    + [(1, 1, odd) for odd in [*ODD, STRIDED]]
    + [(1,), (1, 2), (1, 2, 3, 4), (1, 2, None, "x"), (1, 2, None, None), (1, 2, b"x", 4), (1, 2, 3, 4, 5)],
}
# Where C's `long` has 32 bits there is one error less.
LONG = ("signed integer is greater than maximum", "signed integer is less than minimum")


def answer(function, given):
    try:
        return "returned", repr(function(*given))
    except OSError as error:
        # Past the arguments: what the system says is its own.
        return "system", str(error) if error.errno is None else "number"
    except Exception as error:
        text = str(error)
        return type(error).__name__, "Python int too large to convert to C long" if text in LONG else text


class Oracle(unittest.TestCase):
    def test_methods_answer_as_those_in_c(self):
        for name, lists in ARGUMENTS.items():
            for given in [(), *lists]:
                with self.subTest(method=name, given=given):
                    theirs = getattr(THEIRS.socket.__new__(THEIRS.socket), name)
                    ours = getattr(OURS.socket.__new__(OURS.socket), name)
                    self.assertEqual(answer(ours, given), answer(theirs, given))

    def test_methods_without_arguments_take_none(self):
        for name in ("_accept", "getsockname", "getpeername", "fileno", "detach", "close", "gettimeout", "getblocking"):
            for given in [(1,), (None, None)]:
                theirs, ours = (getattr(module.socket.__new__(module.socket), name) for module in (THEIRS, OURS))
                self.assertEqual(answer(ours, given), answer(theirs, given))

    def test_sockets_are_made_as_those_in_c(self):
        for name in ("family", "type", "proto", "fileno"):
            for odd in ODD:
                if odd is None or odd is True or type(odd) is bytes or (odd in (-1, 2**31) and name != "fileno"):
                    continue
                if name == "fileno" and odd in (2**31, -(2**31) - 1):
                    continue  # cut to 32 bits, where C's `long` is longer
                with self.subTest(**{name: odd}):
                    made = (
                        functools.partial(THEIRS.socket, **{name: odd}),
                        functools.partial(OURS.socket, **{name: odd}),
                    )
                    theirs, ours = (answer(make, ()) for make in made)
                    self.assertEqual(ours, theirs)

    def test_unopened_sockets_look_the_same(self):
        theirs, ours = (module.socket.__new__(module.socket) for module in (THEIRS, OURS))
        self.assertEqual(repr(ours), repr(theirs))
        for name in ("family", "type", "proto", "timeout"):
            self.assertEqual(getattr(ours, name), getattr(theirs, name))
            self.assertRaises(AttributeError, setattr, ours, name, 1)
        self.assertRaises(AttributeError, setattr, ours, "other", 1)
        for name in ("fileno", "detach", "gettimeout", "getblocking", "close"):
            self.assertEqual(getattr(ours, name)(), getattr(theirs, name)())

    def test_everything_that_c_has_is_there(self):
        missing = {name for name in dir(THEIRS.socket) if not hasattr(OURS.socket, name)}
        self.assertEqual(missing, set())
        names = {name for name in dir(THEIRS) if not name.startswith("__") and not hasattr(OURS, name)}
        # A way into it for other modules in C, and what only WASI's C library has.
        self.assertEqual(names - {"CAPI"}, set())

    def test_default_timeouts_are_read_as_those_in_c(self):
        for given in itertools.chain(((odd,) for odd in ODD if odd != 2**31), [(), (1, 2), (0.0000000001,)]):
            with self.subTest(given=given):
                answers = []
                for module in (OURS, THEIRS):
                    try:
                        answers.append((answer(module.setdefaulttimeout, given), module.getdefaulttimeout()))
                    finally:
                        module.setdefaulttimeout(None)
                self.assertEqual(*answers)


if __name__ == "__main__":
    unittest.main()
