"""Executors, asyncio and threading servers where there are no threads: the same results natively, where there are."""

import asyncio
import concurrent.futures
import contextvars
import os
import signal
import socket
import socketserver
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor


class Executors(unittest.TestCase):
    def test_calls_give_what_they_return_or_raise(self):
        with ThreadPoolExecutor(2) as executor:
            self.assertEqual(executor.submit(divmod, 7, 2).result(5), (3, 1))
            self.assertIsInstance(executor.submit(int, "x").exception(5), ValueError)
            self.assertEqual(list(executor.map(abs, [-1, 2, -3])), [1, 2, 3])

    def test_futures_can_be_waited_for(self):
        with ThreadPoolExecutor() as executor:
            futures = [executor.submit(pow, 2, power) for power in range(5)]
            done, waiting = concurrent.futures.wait(futures, 5)
            self.assertEqual((len(done), len(waiting)), (5, 0))
            finished = concurrent.futures.as_completed(futures, 5)
            self.assertEqual(sorted(future.result() for future in finished), [1, 2, 4, 8, 16])

    def test_a_call_may_hand_over_another(self):
        with ThreadPoolExecutor(2) as executor:
            self.assertEqual(executor.submit(lambda: executor.submit(len, "abc").result(5)).result(5), 3)

    def test_threads_are_initialised(self):
        told = []
        with ThreadPoolExecutor(1, initializer=told.append, initargs=("ready",)) as executor:
            self.assertEqual(executor.submit(told.copy).result(5), ["ready"])
            executor.submit(len, "").result(5)
        self.assertEqual(told, ["ready"])

    def test_an_initialiser_that_fails_breaks_the_executor(self):
        def fail():
            raise ValueError

        with self.assertLogs("concurrent.futures", "CRITICAL"), ThreadPoolExecutor(1, initializer=fail) as executor:
            future = executor.submit(len, "")
            self.assertRaises(concurrent.futures.thread.BrokenThreadPool, future.result, 5)
            self.assertRaises(concurrent.futures.thread.BrokenThreadPool, executor.submit, len, "")

    def test_after_its_end_it_takes_nothing(self):
        executor = ThreadPoolExecutor()
        executor.shutdown()
        self.assertRaises(RuntimeError, executor.submit, len, "")
        self.assertRaises(ValueError, ThreadPoolExecutor, 0)


class Asyncio(unittest.IsolatedAsyncioTestCase):
    async def test_calls_are_handed_over(self):
        loop = asyncio.get_running_loop()
        self.assertEqual(await asyncio.to_thread(divmod, 7, 2), (3, 1))
        self.assertEqual(await loop.run_in_executor(None, len, "abc"), 3)
        with self.assertRaises(ValueError):
            await asyncio.to_thread(int, "x")

    async def test_they_see_the_context(self):
        variable = contextvars.ContextVar("variable")
        variable.set("here")
        self.assertEqual(await asyncio.to_thread(variable.get), "here")

    async def test_names_are_looked_up(self):
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
        self.assertEqual(found, [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))])
        self.assertEqual(await loop.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV),
                         ("127.0.0.1", "80"))  # fmt: skip

    async def test_a_stream_is_opened_by_name(self):
        async def answer(reader, writer):
            writer.write((await reader.readline()).upper())
            await writer.drain()
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("localhost", port, family=socket.AF_INET)
            writer.write(b"hello\n")
            self.assertEqual(await reader.read(), b"HELLO\n")
            writer.close()
            await writer.wait_closed()

    async def test_pipes_are_streams(self):
        loop = asyncio.get_running_loop()
        reading, writing = os.pipe()
        reader = asyncio.StreamReader()
        source, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb"))
        target, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(writing, "wb"))
        target.write(b"through a pipe\n")
        self.assertEqual(await asyncio.wait_for(reader.readline(), 5), b"through a pipe\n")
        self.assertFalse(target.is_closing(), "the other end is open")
        target.close()
        self.assertEqual(await asyncio.wait_for(reader.read(), 5), b"")
        source.close()

    async def test_the_loop_shuts_its_executor_down(self):
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(len, "")
        await loop.shutdown_default_executor()
        with self.assertRaises(RuntimeError):
            await asyncio.to_thread(len, "")

    async def test_handlers_of_signals_are_remembered(self):
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.fail)
        self.assertTrue(loop.remove_signal_handler(signal.SIGTERM))
        self.assertFalse(loop.remove_signal_handler(signal.SIGTERM))
        self.assertRaises(ValueError, loop.add_signal_handler, 1000, self.fail)
        self.assertRaises(TypeError, loop.add_signal_handler, "TERM", self.fail)


class Servers(unittest.TestCase):
    def test_a_threading_server_serves(self):
        class Upper(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(self.rfile.readline().upper())

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Upper) as server:
            for number in range(3):
                with socket.create_connection(server.server_address) as client:
                    client.sendall(b"hello %d\n" % number)
                    server.handle_request()
                    self.assertEqual(client.makefile("rb").read(), b"HELLO %d\n" % number)

    def test_a_handler_that_fails_leaves_the_server_running(self):
        class Failing(socketserver.BaseRequestHandler):
            def handle(self):
                raise ValueError("as the test has it")

        class Server(socketserver.ThreadingTCPServer):
            def handle_error(self, request, client_address):
                failures.append(sys.exception())

        failures = []
        with Server(("127.0.0.1", 0), Failing) as server:
            for _ in range(2):
                with socket.create_connection(server.server_address) as client:
                    server.handle_request()
                    self.assertEqual(client.recv(1), b"")
        self.assertEqual([str(failure) for failure in failures], ["as the test has it"] * 2)


class Loops(unittest.TestCase):
    def test_a_program_runs_one_loop_after_the_other(self):
        for number in range(3):
            self.assertEqual(asyncio.run(asyncio.to_thread(abs, -number)), number)


if __name__ == "__main__":
    unittest.main()
