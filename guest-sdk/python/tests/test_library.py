"""The list of the standard library's modules, by which the builder tells what is missing, is the guest's.

After a change of componentize-py: WALLSOCKET_UPDATE=1 python -m unittest tests.test_library, and read the difference.
"""

import os
import unittest

from tests.support import SDK, run_code

LIST = SDK / "wallsocket/build/library.txt"

HEADER = """\
# The modules of the standard library in the component; what can't be imported is followed by the reason.
# Written by tests/test_library.py.
"""

# Imports every module of the standard library.
PROGRAM = """
import importlib, pkgutil, sys, warnings

warnings.simplefilter("ignore")
names = set(sys.stdlib_module_names)
unsafe = {"antigravity", "this", "test", "idlelib", "turtledemo", "tkinter"}

def walk(folders, prefix):
    for module in pkgutil.iter_modules(folders, prefix):
        top = module.name.partition(".")[0]
        if top in sys.stdlib_module_names and top not in unsafe:
            names.add(module.name)
            if module.ispkg:
                walk([f"{folder}/{module.name.rpartition('.')[2]}" for folder in folders], f"{module.name}.")

walk(["/python"], "")
out = sys.stdout
sys.stdout = sys.stderr
for name in sorted(names):
    why = ""
    if name.partition(".")[0] not in {"antigravity", "this"} and not name.endswith("__main__"):
        try:
            importlib.import_module(name)
        except BaseException as error:
            why = str(error).replace("\\n", " ")
            if why == f"No module named {name!r}" or why == f"No module named {name.partition('.')[0]!r}":
                why = "it isn't part of this Python"
            why = why.partition(" (/python")[0]
    print(f"{name} {why}".rstrip(), file=out)
# Modules that others make: os.path, collections.abc.
for name in sorted(set(sys.modules) - names):
    if name.partition(".")[0] in sys.stdlib_module_names:
        print(name, file=out)
"""


class Library(unittest.TestCase):
    maxDiff = None

    def test_the_list_says_what_the_guest_can_import(self) -> None:
        text = HEADER + run_code(PROGRAM).stdout
        if os.environ.get("WALLSOCKET_UPDATE"):
            LIST.write_text(text)
        self.assertEqual(LIST.read_text(), text)


if __name__ == "__main__":
    unittest.main()
