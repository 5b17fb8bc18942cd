"""What transform.py makes of functions. Run by `python -m unittest` in this folder, with any Python from 3.11 on."""

import functools
import textwrap
import unittest

import transform


def module(source: str, **names: object) -> dict:
    """What a transformed module defines."""
    made = transform.types.ModuleType("example")
    vars(made).update(names)
    transform.fill(made, textwrap.dedent(source), "example.py", platform="linux")
    return vars(made)


def drain(callee, *args, **keywords):
    """Calls by twins: what was waited for, and the result."""
    steps = transform.call(callee, *args, **keywords)
    waited = []
    while True:
        try:
            waited.append(next(steps))
        except StopIteration as end:
            return waited, end.value


def _waiting(value):
    yield f"wait for {value}"
    return value * 2


@transform.paired(_waiting)
def blocking(value):
    """Stands for all that blocks."""
    return value * 2


class Transform(unittest.TestCase):
    def test_a_function_stays_what_it_was(self):
        names = module("def f(a, *b, c=3, **d): return a, b, c, d\n")
        self.assertEqual(names["f"](1, 2, x=4), (1, (2,), 3, {"x": 4}))

    def test_a_twin_stops_where_the_function_blocks_however_deep(self):
        names = module(
            """
            def outer(value):
                total = 0
                for each in range(2):
                    total += inner(value + each)
                return total

            def inner(value):
                try:
                    return blocking(value)
                finally:
                    blocking(100)
            """,
            blocking=blocking,
        )
        waits = ["wait for 1", "wait for 100", "wait for 2", "wait for 100"]
        self.assertEqual(drain(names["outer"], 1), (waits, 6))
        self.assertEqual(names["outer"](1), 6)

    def test_methods_with_super_private_names_and_closures_have_twins(self):
        names = module(
            """
            class Base:
                def run(self, value): return blocking(value)

            class Derived(Base):
                def __init__(self): self.__factor = 10
                def run(self, value): return super().run(value) * self.__factor
                @classmethod
                def make(cls): return cls().run(1)
                @staticmethod
                def plain(value): return blocking(value)

            def nested(value):
                factor = 3
                def inner(): return blocking(value) * factor
                return inner()
            """,
            blocking=blocking,
        )
        derived = names["Derived"]
        self.assertEqual(drain(derived().run, 1), (["wait for 1"], 20))
        self.assertEqual(drain(derived.make), (["wait for 1"], 20))
        self.assertEqual(drain(derived.plain, 2), (["wait for 2"], 4))
        self.assertEqual(drain(names["nested"], 1), (["wait for 1"], 6))

    def test_exceptions_pass_through_twins(self):
        names = module(
            """
            def fails(): raise KeyError(blocking(1))
            def catches():
                try:
                    fails()
                except KeyError as error:
                    return error.args[0]
            """,
            blocking=blocking,
        )
        self.assertEqual(drain(names["catches"]), (["wait for 1"], 2))
        with self.assertRaises(KeyError):
            drain(names["fails"])

    def test_generators_properties_and_comprehensions_are_left_alone(self):
        names = module(
            """
            def numbers(): yield from (blocking(each) for each in range(3))
            def collected(): return list(numbers()) + [blocking(each) for each in range(2)]
            class Thing:
                @property
                def value(self): return self._value
                @value.setter
                def value(self, new): self._value = blocking(new)
            def sets():
                thing = Thing()
                thing.value = 4
                return thing.value
            """,
            blocking=blocking,
        )
        self.assertEqual(drain(names["collected"]), ([], [0, 2, 4, 0, 2]))
        self.assertEqual(drain(names["sets"]), ([], 8))

    def test_what_wraps_a_function_has_not_its_twin(self):
        @functools.wraps(blocking)
        def wrapper(value):
            return blocking(value) + 1

        self.assertEqual(drain(wrapper, 1), ([], 3))

    def test_the_platform_is_another_in_the_module_alone(self):
        names = module("import sys\nhere = sys.platform\nthere = getattr(sys, 'platform')\n")
        self.assertEqual((names["here"], names["there"]), ("linux", __import__("sys").platform))

    def test_classes_that_no_chosen_test_needs_are_left_out(self):
        source = """
            class Spoken: pass
            def helper(): return Spoken
            class Unneeded:
                def test_it(self): pass
            class Mixin:
                def test_mixed(self): return Used
            class Used: pass
            class Mixed(Mixin):
                def setUp(self): pass
            class CAN:
                def test_it(self): pass
            """
        statements = transform.ast.parse(textwrap.dedent(source)).body
        for only, kept in (
            (["CAN"], ["Spoken", "helper", "CAN"]),
            (["CAN.test_it"], ["Spoken", "helper", "CAN"]),
            (["mixed"], ["Spoken", "helper", "Mixin", "Used", "Mixed"]),
            (["test_it"], ["Spoken", "helper", "Unneeded", "CAN"]),
            (["no such"], ["Spoken", "helper"]),
        ):
            self.assertEqual([statement.name for statement in transform.needed(statements, only)], kept, only)


if __name__ == "__main__":
    unittest.main()
