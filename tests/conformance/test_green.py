"""Threads without threads. Each test runs in a Python of its own, since green.py changes what threads are in it.

Run by `python -m unittest` in this folder, with a Python from 3.13 on.
"""

import subprocess
import sys
import textwrap
import unittest
from pathlib import Path

HERE = Path(__file__).parent

BEGIN = """
import sys
sys.path.insert(0, {here!r})
import run_in_guest, green, transform, types
green.install(run_in_guest.source)
example = types.ModuleType("example")
transform.fill(example, {source!r}, "example.py")
"""


def run(source: str) -> str:
    """What a program prints whose threads are generators."""
    program = BEGIN.format(here=str(HERE), source=textwrap.dedent(source))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


@unittest.skipIf(sys.version_info < (3, 13), "threading needs _thread.start_joinable_thread")
class Green(unittest.TestCase):
    def test_a_thread_answers_the_main_half_over_a_socket(self):
        out = run(
            """
            import socket, threading
            listener = socket.create_server(("127.0.0.1", 0))
            def client():
                with socket.create_connection(listener.getsockname()) as sock:
                    print("client got", sock.recv(10))
                    sock.sendall(b"pong")
            thread = threading.Thread(target=client)
            thread.start()
            sock, _ = listener.accept()
            sock.sendall(b"ping")
            print("main got", sock.recv(10))
            thread.join()
            print(thread.is_alive())
            """
        )
        self.assertEqual(out, "client got b'ping'\nmain got b'pong'\nFalse\n")

    def test_more_than_fits_is_sent_while_the_other_half_receives(self):
        out = run(
            """
            import socket, threading
            one, other = socket.socketpair()
            def client():
                other.sendall(bytes(10_000_000))
                other.close()
            threading.Thread(target=client).start()
            total = 0
            while data := one.recv(1 << 20):
                total += len(data)
            print(total)
            """
        )
        self.assertEqual(out, "10000000\n")

    def test_timeouts_are_the_sockets_own_in_both_halves(self):
        out = run(
            """
            import socket, threading, time
            one, other = socket.socketpair()
            def client():
                other.settimeout(0.1)
                try:
                    other.recv(1)
                except TimeoutError as error:
                    print("client", error)
                other.settimeout(None)
                print("client", other.recv(10))
            thread = threading.Thread(target=client)
            thread.start()
            one.settimeout(0.3)
            started = time.monotonic()
            try:
                one.recv(1)
            except TimeoutError as error:
                print("main", error, 0.2 < time.monotonic() - started < 2, one.gettimeout())
            one.send(b"late")
            thread.join()
            """
        )
        self.assertEqual(out, "client timed out\nmain timed out True 0.3\nclient b'late'\n")

    def test_who_waits_for_a_thread_that_has_ended_is_told(self):
        out = run(
            """
            import scheduler, socket, threading
            scheduler.LONELY = 0.2
            one, other = socket.socketpair()
            for wait_before in (False, True):
                scheduler.forget()
                thread = threading.Thread(target=lambda: None)
                thread.start()
                if wait_before:
                    thread.join()
                try:
                    one.recv(1)
                except TimeoutError as error:
                    print(error)
            """
        )
        self.assertEqual(out, "timed out\ntimed out\n")

    def test_events_locks_and_queues_hand_over(self):
        out = run(
            """
            import queue, threading, time
            event, lock, things = threading.Event(), threading.Lock(), queue.Queue(1)
            def client():
                event.wait()
                with lock:
                    time.sleep(0.01)
                for each in range(3):
                    things.put(each)
            thread = threading.Thread(target=client)
            thread.start()
            event.set()
            print([things.get() for _ in range(3)], threading.current_thread() is threading.main_thread())
            thread.join()
            """
        )
        self.assertEqual(out, "[0, 1, 2] True\n")

    def test_a_wrong_argument_is_told_at_once(self):
        out = run(
            """
            import socket, threading
            one, other = socket.socketpair()
            event = threading.Event()
            threading.Thread(target=event.wait).start()
            for call in (lambda: one.recv(-1), lambda: one.recv("x"), lambda: one.send("x"), lambda: one.sendall(None)):
                try:
                    call()
                except (TypeError, ValueError) as error:
                    print(type(error).__name__)
            """
        )
        self.assertEqual(out, "ValueError\nTypeError\nTypeError\nTypeError\n")

    def test_what_would_hang_is_an_error(self):
        out = run(
            """
            import threading
            event = threading.Event()
            threading.Thread(target=event.wait).start()
            try:
                threading.Event().wait()
            except RuntimeError as error:
                print(error)
            """
        )
        self.assertEqual(out, "everybody waits for somebody else\n")


if __name__ == "__main__":
    unittest.main()
