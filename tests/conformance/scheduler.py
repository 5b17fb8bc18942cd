"""Who runs when: the main half of a program, or one of what it started as threads, which are generators.

Only time and descriptors are asked here, as they are without any stand-ins.
"""

import select
import time
import traceback
from collections.abc import Callable, Generator
from typing import Any

IN, OUT = select.POLLIN, select.POLLOUT

monotonic = time.monotonic
real_sleep = time.sleep
real_poll = select.poll


# Seconds for which one may wait without a timeout once all threads of a test have ended: what they sent is there long before.
# With threads the test would hang, and take the process with it.
LONELY = 10.0


class Stuck(RuntimeError):
    """Nobody can go on: with threads, the program would hang."""


class Wait:
    """What somebody waits for: descriptors that are ready, a condition that holds, or the time that is over."""

    def __init__(
        self,
        descriptors: dict[int, int] | None = None,
        condition: Callable[[], Any] | None = None,
        timeout: float | None = None,
        may_block: bool = False,
    ) -> None:
        self.descriptors = descriptors or {}
        # Whether who waits can block by itself, and should where no thread waits for anything but that.
        self.may_block = may_block
        self.condition = condition
        self.deadline = None if timeout is None or timeout < 0 else monotonic() + timeout

    def ready(self) -> bool:
        if self.condition is not None:
            return bool(self.condition())
        return bool(self.descriptors) and bool(poll(self.descriptors, 0))

    def over(self) -> bool:
        return self.deadline is not None and monotonic() >= self.deadline

    def left(self) -> float | None:
        return None if self.deadline is None else max(0.0, self.deadline - monotonic())


def poll(descriptors: dict[int, int], seconds: float | None) -> list[tuple[int, int]]:
    """Waits for descriptors, nobody else running meanwhile."""
    if not descriptors:
        real_sleep(seconds or 0)
        return []
    poller = real_poll()
    for number, events in descriptors.items():
        poller.register(number, events)
    return poller.poll(None if seconds is None else int(seconds * 1000) + (seconds > 0))


class Task:
    """A thread."""

    started = 0

    def __init__(self, steps: Generator[Wait, None, Any]) -> None:
        Task.started += 1
        self.ident = main_ident + Task.started
        self.steps = steps
        self.wait: Wait | None = None
        self.done = False

    def runnable(self) -> bool:
        return self.wait is None or self.wait.ready() or self.wait.over()

    def step(self) -> None:
        """Runs until it has to wait, or ends."""
        global current
        current, before = self, current
        try:
            self.wait = next(self.steps)
        except (StopIteration, SystemExit):
            self.done = True
        except BaseException:
            self.done = True
            traceback.print_exc()
        finally:
            current = before
        if self.done and self in tasks:
            global ended
            ended = True
            tasks.remove(self)


tasks: list[Task] = []
# Whether a thread has ended since the last test.
ended = False
current: Task | None = None
main_ident = 1


def run_tasks() -> bool:
    """Lets every thread go on that can; says whether one could."""
    went = False
    for task in list(tasks):
        if not task.done and task.runnable():
            task.step()
            went = True
    return went


def block(wait: Wait) -> bool:
    """Waits on behalf of what runs plainly; says whether that came for which it waits."""
    if current is not None:
        return _block_thread(wait)
    while not wait.ready():
        if wait.over():
            return False
        if run_tasks():
            continue
        if ended and not tasks and wait.descriptors and wait.deadline is None:
            wait.deadline = monotonic() + LONELY
        elif wait.may_block and all(
            task.wait and not task.wait.descriptors and task.wait.deadline is None for task in tasks
        ):
            return True
        _idle(wait)
    return True


def _block_thread(wait: Wait) -> bool:
    """A thread that blocks within what has no twin: nobody else can run until it returns."""
    if wait.ready():
        return True
    if wait.deadline is None:
        raise Stuck("a thread blocks where it can't be stopped")
    poll(wait.descriptors, wait.left())
    return wait.ready()


def _idle(wait: Wait) -> None:
    """Nobody can go on: sleeps until somebody may."""
    waits = [wait, *(task.wait for task in tasks if task.wait)]
    descriptors: dict[int, int] = {}
    for each in waits:
        for number, events in each.descriptors.items():
            descriptors[number] = descriptors.get(number, 0) | events
    deadlines = [each.deadline for each in waits if each.deadline is not None]
    if not descriptors and not deadlines:
        raise Stuck("everybody waits for somebody else")
    poll(descriptors, max(0.0, min(deadlines) - monotonic()) if deadlines else None)


def forget() -> None:
    """Drops threads that a test has left behind."""
    global ended
    ended = False
    tasks.clear()
