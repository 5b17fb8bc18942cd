"""How a program starts and ends: its arguments, its folders, its status."""

import tempfile
import unittest
from pathlib import Path

from tests.support import run_code


class Program(unittest.TestCase):
    def test_a_script_gets_its_arguments(self) -> None:
        done = run_code("import sys; print(sys.argv)", ["one", "--two", ""])
        self.assertEqual(done.stdout, "['/script/script.py', 'one', '--two', '']\n")

    def test_a_script_imports_from_the_folders_that_it_is_given(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "neighbour.py").write_text("name = 'from site-packages'")
            done = run_code("import neighbour; print(neighbour.name)", site_packages=folder)
        self.assertEqual(done.stdout, "from site-packages\n")


if __name__ == "__main__":
    unittest.main()
