"""Runs the same script twice, natively and in the guest, with a time limit for each thing that it does.

The script gets names as arguments and, for each, writes lines of JSON: `["begin", NAME]`, what it has to say, then
`["end", NAME]`. A name at which it dies or takes too long is marked so, and the script begins again with the next.
"""

import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

# Starting takes a while on a loaded machine: the component is compiled when it is new.
STARTING = 120.0


def native_python() -> str:
    """The Python to compare with: WALLSOCKET_NATIVE_PYTHON, or 3.13 where it is, or the one that runs the tests."""
    if named := os.environ.get("WALLSOCKET_NATIVE_PYTHON"):
        return named
    if sys.version_info[:2] == (3, 13):
        return sys.executable
    pyenv = sorted(Path.home().glob(".pyenv/versions/3.13.*/bin/python3.13"))
    return str(pyenv[-1]) if pyenv else shutil.which("python3.13") or sys.executable


def version_of(python: str) -> tuple[int, int]:
    """A Python's version."""
    code = "import sys; print(*sys.version_info[:2])"
    major, minor = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return int(major), int(minor)


@dataclass
class Said:
    """What a script said at one name, and how it ended there: `end`, or why not."""

    lines: list[list] = field(default_factory=list)
    end: str = "never began"


def run_names(
    command: Callable[[Sequence[str]], list[str]], names: Sequence[str], limit: float, **popen
) -> dict[str, Said]:
    """Runs a script at all names, `limit` seconds each; `command` gives the command line for those that remain."""
    said = {name: Said() for name in names}
    remaining = list(names)
    while remaining:
        reached = _run_once(command(remaining), said, limit, **popen)
        if reached is None:
            return said
        remaining = remaining[remaining.index(reached) + 1 :]
    return said


def both(*runs: Callable[[], dict[str, Said]]) -> list[dict[str, Said]]:
    """Does these at the same time."""
    results: list[dict[str, Said] | BaseException | None] = [None] * len(runs)

    def do(index: int) -> None:
        try:
            results[index] = runs[index]()
        except BaseException as error:
            results[index] = error

    threads = [Thread(target=do, args=(index,)) for index in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


class _Listener:
    """What a script has said so far, and at which name it is."""

    def __init__(self, said: dict[str, Said], limit: float) -> None:
        self.said = said
        self.limit = limit
        self.current: str | None = None
        self.finished = False

    def patience(self) -> float:
        """How long the next line may take."""
        return STARTING if self.current is None else self.limit

    def hear(self, line: bytes) -> None:
        kind, *rest = json.loads(line)
        if kind == "begin":
            (self.current,) = rest
        elif kind == "end":
            self.said[rest[0]].end, self.current = "end", None
            self.finished = rest[0] == next(reversed(self.said))
        elif self.current is not None:
            self.said[self.current].lines.append([kind, *rest])


def _run_once(command: list[str], said: dict[str, Said], limit: float, **popen) -> str | None:
    """Runs a script until it ends; gives the name at which it died or hung, if it did."""
    listener = _Listener(said, limit)
    # A file, so that a script that writes many complaints doesn't wait for a reader.
    with tempfile.TemporaryFile("w+", errors="backslashreplace") as complaints:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, **popen
        )
        try:
            for line in _lines(process, listener.patience):
                listener.hear(line)
            end = f"died with status {process.returncode}"
        except TimeoutError:
            end = f"hung: took more than {listener.patience():g} s"
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        complaints.seek(0)
        end = f"{end}\n{complaints.read()[-4000:]}"
    if listener.current is not None:
        said[listener.current].end = end
    elif not listener.finished:
        raise AssertionError(f"{' '.join(command)[:500]}\nbetween two names it {end}")
    return listener.current


def _lines(process: subprocess.Popen, patience: Callable[[], float]) -> Iterator[bytes]:
    """The lines that a process writes, until it ends; TimeoutError when one takes too long."""
    with selectors.DefaultSelector() as selector:
        os.set_blocking(process.stdout.fileno(), False)
        selector.register(process.stdout, selectors.EVENT_READ)
        rest = b""
        while selector.select(patience()):
            data = process.stdout.read1(1 << 20)
            if data is None:
                continue
            if not data:
                process.wait(STARTING)
                return
            *lines, rest = (rest + data).split(b"\n")
            yield from lines
    raise TimeoutError
