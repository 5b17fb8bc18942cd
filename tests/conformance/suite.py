"""Runs the tests of a module one by one, and says what came of each, one line each, as it happens.

    conformance TAB plan  TAB number of tests
    conformance TAB begin TAB Class.test
    conformance TAB end   TAB Class.test TAB ok, skips or fails TAB seconds TAB why
    conformance TAB done

Whoever reads this knows from `begin` which test was running when nothing more comes.
"""

import argparse
import sys
import time
import types
import unittest
from collections.abc import Callable


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--after", help="begin with the test that comes after this one")
    parser.add_argument("--only", action="append", default=[], help="only tests with this in their names")
    parser.add_argument("--verbose", action="store_true", help="say all that is known of a failure")
    return parser


def run(module: types.ModuleType, options: argparse.Namespace, between: Callable[[], None] = lambda: None) -> None:
    """Runs the module's tests, in the order of the file."""
    tests = _tests(module)
    names = list(tests)
    if options.only:
        names = [name for name in names if any(part in name for part in options.only)]
    _say("plan", str(len(names)))
    if options.after:
        names = names[names.index(options.after) + 1 :]
    if hasattr(module, "setUpModule"):
        module.setUpModule()
    for name in names:
        between()
        _say("begin", name)
        started = time.perf_counter()
        outcome, why = _run_one(tests[name])
        seconds = time.perf_counter() - started
        _say("end", name, outcome, f"{seconds:.2f}", why if options.verbose else why.strip().rpartition("\n")[2])
        if options.verbose:
            print(why, file=sys.stderr)
    unittest.doModuleCleanups()
    _say("done")


def _tests(module: types.ModuleType) -> dict[str, tuple[type[unittest.TestCase], str]]:
    loader = unittest.TestLoader()
    found = {}
    for value in list(vars(module).values()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == module.__name__:
            for method in loader.getTestCaseNames(value):
                found[f"{value.__name__}.{method}"] = (value, method)
    return found


def _run_one(test: tuple[type[unittest.TestCase], str]) -> tuple[str, str]:
    case, method = test
    result = unittest.TestResult()
    try:
        # A suite, since a test alone doesn't set its class up.
        unittest.TestSuite([case(method)])(result)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return "fails", f"{type(error).__name__}: {error}"
    wrong = result.errors + result.failures
    if wrong or result.unexpectedSuccesses:
        return "fails", wrong[0][1] if wrong else "passes, which the file doesn't expect"
    if result.skipped:
        return "skips", result.skipped[0][1]
    return ("ok", "") if result.testsRun == 1 else ("fails", "didn't run")


def _say(*fields: str) -> None:
    clean = (field.replace("\t", " ").replace("\n", "⏎") for field in fields)
    # On a line of its own, whatever a test has printed.
    sys.stdout.flush()
    sys.stdout.write("\t".join(("\nconformance", *clean)) + "\n")
    sys.stdout.flush()
