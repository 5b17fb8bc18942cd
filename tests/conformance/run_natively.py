"""Runs the machine's own test_socket.py with the Python that it belongs to: `python run_natively.py`."""

import importlib
import unittest
import warnings

import suite


def main() -> None:
    options = suite.arguments().parse_args()
    warnings.simplefilter("ignore")
    try:
        module = importlib.import_module("test.test_socket")
    except unittest.SkipTest as reason:
        raise SystemExit(f"this Python skips test_socket altogether: {reason}") from None
    suite.run(module, options)


if __name__ == "__main__":
    main()
