"""The interpreter as a component: `python.wasm SCRIPT`, `-c CODE`, `-m MODULE`, as on Python's own command line."""

import sys

from . import program

USAGE = """\
usage: python [-u] [-c CODE | -m MODULE | SCRIPT | -] [ARGUMENT]...
  -c CODE     run a text
  -m MODULE   run a module, `__main__` of a package
  SCRIPT      run a file, from a directory that the component was given
  -           run what standard input holds; so does no argument at all
  -u          don't buffer the standard streams
  -V          print Python's version
"""


def main() -> None:
    """Runs what the arguments name."""
    arguments = sys.argv[1:]
    while arguments and arguments[0].startswith("-") and arguments[0] != "-":
        option = arguments.pop(0)
        if option in ("-c", "-m"):
            if not arguments:
                _misused(f"argument expected for the {option} option")
            what = arguments.pop(0)
            sys.argv[:] = [option, *arguments]
            return program.run_code(what) if option == "-c" else program.run_module(what)
        if option == "-u":
            sys.stdout.reconfigure(write_through=True)
            sys.stderr.reconfigure(write_through=True)
        elif option in ("-V", "--version"):
            print(f"Python {sys.version.partition(' ')[0]}")
            return None
        elif option in ("-h", "--help"):
            print(USAGE, end="")
            return None
        else:
            _misused(f"unknown option {option}")
    if not arguments or arguments[0] == "-":
        sys.argv[:] = ["-", *arguments[1:]] if arguments else [""]
        return program.run_code(sys.stdin.read(), "<stdin>")
    sys.argv[:] = arguments
    return program.run_script(arguments[0])


def _misused(why: str) -> None:
    sys.stderr.write(f"{why}\n{USAGE}")
    raise SystemExit(program.MISUSED)
