"""Threads for a Python that has none, as far as tests of sockets need them.

The main half of a program runs plainly. What it starts as threads are generators, the twins that transform.py makes.
Whenever the main half would block, in a socket's call, a lock or `sleep`, it runs the threads until it needn't any
more; scheduler.py does that. A thread stops by yielding a `Wait`.

This only chooses who runs when. Where a call on a socket can't block, or nobody else has anything to do meanwhile, it
is made as the program made it, with the socket's own timeout. What comes back, or is raised, is always the socket's.
"""

import contextvars
import io
import os
import select
import sys
import time
from collections.abc import Callable, Generator
from typing import Any

import scheduler
import transform
from scheduler import (
    IN,
    OUT,
    Task,
    Wait,
    block,
    real_poll,
    real_sleep,
    tasks,
)
from transform import paired

# --- `_thread` and `time`


class Lock:
    """A lock that isn't reentrant."""

    def __init__(self) -> None:
        self._locked = False

    def _wait(self, timeout: float) -> Wait:
        return Wait(condition=lambda: not self._locked, timeout=timeout)

    def _take(self) -> bool:
        if self._locked:
            return False
        self._locked = True
        return True

    def _acquire(self, blocking: bool = True, timeout: float = -1) -> Generator[Wait, None, bool]:
        if not self._locked or not blocking or timeout == 0:
            return self._take()
        yield self._wait(timeout)
        return self._take()

    @paired(_acquire)
    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if self._locked and blocking and timeout != 0:
            block(self._wait(timeout))
        return self._take()

    def release(self) -> None:
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        self._locked = False

    def locked(self) -> bool:
        return self._locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self._locked = False


class ThreadHandle:
    """What `threading.Thread` joins."""

    def __init__(self) -> None:
        self.task: Task | None = None
        self.set = False

    @property
    def ident(self) -> int:
        return self.task.ident if self.task else scheduler.main_ident

    def is_done(self) -> bool:
        return self.set or bool(self.task and self.task.done)

    def _set_done(self) -> None:
        self.set = True

    def _join(self, timeout: float | None = None) -> Generator[Wait, None, None]:
        yield Wait(condition=self.is_done, timeout=timeout)

    @paired(_join)
    def join(self, timeout: float | None = None) -> None:
        block(Wait(condition=self.is_done, timeout=timeout))


def start_new_thread(function: Callable[..., Any], args: tuple = (), kwargs: dict | None = None) -> int:
    task = Task(transform.call(function, *args, **(kwargs or {})))
    tasks.append(task)
    return task.ident


def start_joinable_thread(
    function: Callable[[], Any], handle: ThreadHandle | None = None, daemon: bool = True
) -> ThreadHandle:
    handle = handle or ThreadHandle()
    start_new_thread(function)
    handle.task = tasks[-1]
    return handle


def get_ident() -> int:
    return scheduler.current.ident if scheduler.current else scheduler.main_ident


def _sleep_twin(seconds: float) -> Generator[Wait, None, None]:
    yield Wait(condition=lambda: False, timeout=seconds)


@paired(_sleep_twin)
def sleep(seconds: float) -> None:
    if scheduler.current is None and tasks and seconds > 0:
        block(Wait(condition=lambda: False, timeout=seconds))
    else:
        real_sleep(seconds)


# --- `_socket`, `select` and `os.sendfile`

# Room in a socket's buffer that being ready to write stands for.
SMALL = 4096


def socket_class(real: type) -> type:
    """A class of sockets whose calls let threads run while they would block."""
    import _socket

    dont_wait = _socket.MSG_DONTWAIT

    def waiting(sock: Any, events: int, flags: Any) -> Wait | None:
        """What a call has to wait for first; None where it may be made at once."""
        timeout = sock.gettimeout()
        if timeout == 0 or sock.fileno() < 0 or (isinstance(flags, int) and flags & dont_wait):
            return None
        if not tasks and (timeout is not None or not scheduler.ended):
            return None
        wait = Wait({sock.fileno(): events}, timeout=timeout, may_block=True)
        return None if wait.ready() else wait

    def with_timeout(timeout: float, sock: Any, method: Any, args: tuple, keywords: dict) -> Any:
        before = sock.gettimeout()
        real.settimeout(sock, timeout)
        try:
            return method(sock, *args, **keywords)
        finally:
            if sock.fileno() >= 0:
                real.settimeout(sock, before)

    def steps(name: str, events: int, flags_at: int) -> Any:
        """A call as steps, each of which is something to wait for."""
        method = getattr(real, name)

        def run(sock: Any, *args: Any, **keywords: Any) -> Generator[Wait, bool, Any]:
            flags = args[flags_at] if len(args) > flags_at else keywords.get("flags", 0)
            wait = waiting(sock, events, flags)
            if wait is None:
                return method(sock, *args, **keywords)
            # What isn't ready may still be wrong, and is told so at once.
            try:
                return with_timeout(0, sock, method, args, keywords)
            except BlockingIOError:
                pass
            if (yield wait):
                return method(sock, *args, **keywords)
            return with_timeout(0.001, sock, method, args, keywords)

        return run

    def large_steps(name: str, run: Any) -> Any:
        """`send` and `sendall`, whose data may be more than there is room for: sent piece by piece, waiting between."""
        method = real.send
        everything = name == "sendall"

        def run_large(sock: Any, *args: Any) -> Generator[Wait, bool, Any]:
            timeout = sock.gettimeout()
            try:
                data = memoryview(args[0]).cast("B")
            except (TypeError, IndexError):
                data = memoryview(b"")
            if not tasks or timeout == 0 or len(data) <= SMALL:
                return (yield from run(sock, *args))
            whole = Wait({sock.fileno(): OUT}, timeout=timeout)
            sent = 0
            while sent < len(data):
                try:
                    sent += with_timeout(0, sock, method, (data[sent:], *args[1:]), {})
                except BlockingIOError:
                    if not (yield whole):
                        return with_timeout(0.001, sock, getattr(real, name), (data[sent:], *args[1:]), {})
                # As CPython: a socket with a timeout sends what there is room for, and says how much.
                if timeout is not None and not everything:
                    break
            return None if everything else sent

        return run_large

    def connect(sock: Any, address: Any) -> Generator[Wait, bool, None]:
        """TIPC's `connect` comes back once the other half has accepted, where others' don't wait for that."""
        timeout = sock.gettimeout()
        if not tasks or timeout == 0 or sock.family != getattr(_socket, "AF_TIPC", None):
            return real.connect(sock, address)
        try:
            return with_timeout(0, sock, real.connect, (address,), {})
        except BlockingIOError:
            pass
        if not (yield Wait({sock.fileno(): OUT}, timeout=timeout)):
            raise TimeoutError("timed out")
        if error := sock.getsockopt(_socket.SOL_SOCKET, _socket.SO_ERROR):
            raise OSError(error, os.strerror(error))
        return None

    members: dict[str, Any] = {"__slots__": (), "__doc__": real.__doc__, "__module__": real.__module__}
    receiving = {
        "recv": 1,
        "recv_into": 2,
        "recvfrom": 1,
        "recvfrom_into": 2,
        "recvmsg": 2,
        "recvmsg_into": 2,
        "_accept": 9,
    }
    sending = {"send": 1, "sendall": 1, "sendto": 1, "sendmsg": 2}
    for events, names in ((IN, receiving), (OUT, sending)):
        for name, flags_at in names.items():
            if not hasattr(real, name):
                continue
            run = steps(name, events, flags_at)
            if name in ("send", "sendall"):
                run = large_steps(name, run)
            members[name] = _both(run, getattr(real, name))
    members["connect"] = _both(connect, real.connect)
    return type(real)("socket", (real,), members)


def _both(run: Callable[..., Generator[Wait, bool, Any]], like: Any) -> Any:
    """A function that blocks and its twin, of one generator that is sent whether what it yielded has come."""

    def twin(*args: Any, **keywords: Any) -> Generator[Wait, None, Any]:
        steps = run(*args, **keywords)
        try:
            wait = next(steps)
            while True:
                yield wait
                wait = steps.send(wait.ready())
        except StopIteration as end:
            return end.value

    @paired(twin)
    def plain(*args: Any, **keywords: Any) -> Any:
        steps = run(*args, **keywords)
        try:
            wait = next(steps)
            while True:
                wait = steps.send(block(wait))
        except StopIteration as end:
            return end.value

    plain.__name__ = plain.__qualname__ = like.__name__
    plain.__doc__ = like.__doc__
    return plain


def _select_steps(read: Any, write: Any, exceptional: Any, timeout: float | None = None) -> Generator[Wait, bool, Any]:
    if tasks and timeout != 0:
        # What is wrong is told at once.
        found = _real_select(read, write, exceptional, 0)
        if any(found):
            return found
        descriptors: dict[int, int] = {}
        for group, events in ((read, IN), (write, OUT), (exceptional, select.POLLPRI)):
            for each in group:
                number = each if isinstance(each, int) else each.fileno()
                descriptors[number] = descriptors.get(number, 0) | events
        yield Wait(descriptors, lambda: any(_real_select(read, write, exceptional, 0)), timeout)
        timeout = 0
    return _real_select(read, write, exceptional, timeout)


_real_select = select.select


class Poll:
    """A `select.poll` object that lets threads run."""

    def __init__(self) -> None:
        self._poll = real_poll()
        self._registered: dict[int, int] = {}

    def register(self, fd: Any, eventmask: int = select.POLLIN | select.POLLPRI | select.POLLOUT) -> None:
        self._poll.register(fd, eventmask)
        self._registered[fd if isinstance(fd, int) else fd.fileno()] = eventmask

    def modify(self, fd: Any, eventmask: int) -> None:
        self._poll.modify(fd, eventmask)
        self._registered[fd if isinstance(fd, int) else fd.fileno()] = eventmask

    def unregister(self, fd: Any) -> None:
        self._poll.unregister(fd)
        del self._registered[fd if isinstance(fd, int) else fd.fileno()]

    def _steps(self, timeout: float | None = None) -> Generator[Wait, bool, Any]:
        if not tasks or timeout == 0:
            return self._poll.poll(timeout)
        yield Wait(
            self._registered, lambda: self._poll.poll(0), None if timeout is None or timeout < 0 else timeout / 1000
        )
        return self._poll.poll(0)

    poll = _both(_steps, real_poll().poll)


def _sendfile_steps(out_fd: int, in_fd: int, offset: int | None, count: int) -> Generator[Wait, bool, int]:
    """What there is room for, so that the other half can read; `socket.sendfile` goes on with the rest."""
    if not tasks:
        return _real_sendfile(out_fd, in_fd, offset, count)
    yield Wait({out_fd: OUT})
    return _real_sendfile(out_fd, in_fd, offset, min(count, SMALL))


_real_sendfile = None


# --- what is written in C and calls back


def _find_reader_twin(method: Any) -> Any:
    """Methods of files over sockets can't be stopped; so they start when there is something to read."""
    if not method.__name__.startswith("read"):
        return None

    def twin(*args: Any, **keywords: Any) -> Generator[Wait, None, Any]:
        raw = method.__self__
        while hasattr(raw, "buffer"):
            raw = raw.buffer
        raw = getattr(raw, "raw", raw)
        sock = getattr(raw, "_sock", None)
        if sock is not None and sock.gettimeout() != 0 and sock.fileno() >= 0:
            # It may also have it in its buffer already.
            yield Wait({sock.fileno(): IN}, timeout=1.0)
        return method(*args, **keywords)

    return twin


def _find_context_twin(method: Any) -> Any:
    return transform.call if method.__name__ == "run" else None


def install(source: Callable[[str], tuple[str, str]]) -> None:
    """Puts all this in the place of threads; `source` gives a module of the standard library's text and its path.

    Modules that were imported before, and use threads, have to be forgotten or they keep what they have.
    """
    global _real_sendfile
    import _socket
    import _thread
    import unittest

    scheduler.main_ident = _thread.get_ident()
    for name in list(sys.modules):
        if name.partition(".")[0] in ("threading", "queue", "selectors", "socket", "logging", "concurrent", "asyncio"):
            del sys.modules[name]
    _thread.allocate_lock = _thread.allocate = _thread.LockType = _thread.lock = Lock
    _thread.start_new_thread = _thread.start_new = start_new_thread
    _thread.start_joinable_thread = start_joinable_thread
    _thread._ThreadHandle = ThreadHandle
    _thread._make_thread_handle = lambda ident: ThreadHandle()
    _thread._get_main_thread_ident = lambda: scheduler.main_ident
    _thread.get_ident = get_ident
    _thread._count = lambda: len(tasks)
    time.sleep = sleep
    select.select = _both(_select_steps, _real_select)
    select.poll = Poll
    if hasattr(os, "sendfile"):
        _real_sendfile = os.sendfile
        os.sendfile = _both(_sendfile_steps, _real_sendfile)
    _socket.socket = _socket.SocketType = socket_class(_socket.socket)
    for name in ("threading", "queue", "selectors", "socket"):
        text, path = source(name)
        sys.modules[name] = module = transform.types.ModuleType(name)
        module.__file__ = path
        if name == "threading":
            # Written in Python instead, over the Lock from here.
            rlock, _thread.RLock = _thread.RLock, None
            del _thread.RLock
            transform.fill(module, text, path)
            _thread.RLock = rlock
        else:
            transform.fill(module, text, path)
    transform.BUILTIN[io.IOBase] = _find_reader_twin
    transform.BUILTIN[contextvars.Context] = _find_context_twin
    _pair_assertions(unittest.TestCase)


def _pair_assertions(case: type) -> None:
    """`assertRaises(error, function, …)` calls the function, which may block."""

    def assert_raises(self: Any, expected: Any, *args: Any, **keywords: Any) -> Any:
        if not args:
            return case.assertRaises(self, expected, **keywords)
        with case.assertRaises(self, expected):
            yield from transform.call(*args, **keywords)

    def assert_raises_regex(self: Any, expected: Any, pattern: Any, *args: Any, **keywords: Any) -> Any:
        if not args:
            return case.assertRaisesRegex(self, expected, pattern, **keywords)
        with case.assertRaisesRegex(self, expected, pattern):
            yield from transform.call(*args, **keywords)

    paired(assert_raises)(case.assertRaises)
    paired(assert_raises_regex)(case.assertRaisesRegex)
