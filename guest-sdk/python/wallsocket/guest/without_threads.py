"""What parts of the standard library do here, where no thread can be started and no signal arrives.

`asyncio.to_thread`, `loop.run_in_executor` and `loop.getaddrinfo` hand a call to a `ThreadPoolExecutor`. Its threads
can't be had, so the call is made at once, by the one that hands it over: the future that it gets is done. A call that
waits for another one of the same executor waits in vain, and a call that blocks holds the event loop up; all else is as
it was. `socketserver.ThreadingMixIn`, and `http.server.ThreadingHTTPServer` with it, serves one request after another.
`loop.add_signal_handler` remembers the handler, which is never called.

The modules stay as they are but for one thing each, which is replaced when they are imported.
"""

from __future__ import annotations

import functools
import queue
import sys
from types import ModuleType


def install() -> None:
    """Sees to it that the modules are changed, now or when they are imported."""
    for name, change in _CHANGES.items():
        module = sys.modules.get(name)
        if module is not None:
            change(module)
    sys.meta_path.insert(0, _Finder)


def _change_executor(module: ModuleType) -> None:
    """`concurrent.futures.thread`: the executor makes its calls itself."""

    def start_no_thread(self) -> None:
        pass

    def submit(self, fn, /, *args, **kwargs):
        future = queued(self, fn, *args, **kwargs)
        # The locks that `submit` holds are free again: the call may submit others.
        _work(self, module)
        return future

    executor = module.ThreadPoolExecutor
    queued = executor.submit
    executor._adjust_thread_count = start_no_thread
    executor.submit = functools.wraps(queued)(submit)


def _work(executor, module: ModuleType) -> None:
    """What a thread of the executor does, as long as there is something to do."""
    context = executor.__dict__.get("_wallsocket_context")
    if context is None:
        context = executor._create_worker_context()
        try:
            context.initialize()
        except BaseException:
            module._base.LOGGER.critical("Exception in initializer:", exc_info=True)
            executor._initializer_failed()
            return
        executor._wallsocket_context = context
    while True:
        try:
            item = executor._work_queue.get_nowait()
        except queue.Empty:
            return
        if item is not None:
            item.run(context)


def _change_event_loop(module: ModuleType) -> None:
    """`asyncio.base_events`: an event loop shuts its executor down without a thread that waits for it."""

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self._default_executor is not None:
            self._default_executor.shutdown(wait=True)

    event_loop = module.BaseEventLoop
    replaced = event_loop.shutdown_default_executor
    event_loop.shutdown_default_executor = functools.wraps(replaced)(shutdown_default_executor)


def _change_threading_server(module: ModuleType) -> None:
    """`socketserver`: a request is served before the next is accepted."""

    def process_request(self, request, client_address):
        self.process_request_thread(request, client_address)

    server = module.ThreadingMixIn
    server.process_request = functools.wraps(server.process_request)(process_request)


def _change_signals(module: ModuleType) -> None:
    """`asyncio.unix_events`: it may ask to be woken by signals."""
    module.signal = _Signals(module.signal)


class _Signals:
    """The module `signal` with what asyncio needs of it and WASI's lacks."""

    def __init__(self, signal: ModuleType) -> None:
        self._signal = signal

    def __getattr__(self, name):
        return getattr(self._signal, name)

    def valid_signals(self):
        return set(self._signal.Signals)

    def set_wakeup_fd(self, fd, *, warn_on_full_buffer=True):
        return -1

    def siginterrupt(self, signalnum, flag):
        pass


_CHANGES = {
    "asyncio.base_events": _change_event_loop,
    "asyncio.unix_events": _change_signals,
    "concurrent.futures.thread": _change_executor,
    "socketserver": _change_threading_server,
}


class _Finder:
    """Stands first on `sys.meta_path`: it leaves finding to the others, and changes the modules once they are there."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        change = _CHANGES.get(name)
        if change is None:
            return None
        for finder in sys.meta_path:
            if finder is not _Finder:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    spec.loader = _Loader(spec.loader, change)
                    return spec
        return None


class _Loader:
    """Loads as another loader does; then changes the module."""

    def __init__(self, loader, change) -> None:
        self._loader = loader
        self._change = change

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module) -> None:
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._change(module)
