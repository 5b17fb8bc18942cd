"""The examples in Python, as their first lines say that they are run."""

import contextlib
import http.server
import tempfile
import threading
import unittest
from collections.abc import Iterator
from pathlib import Path

from tests.support import REPOSITORY, build, run, run_command

PROBE = REPOSITORY / "examples" / "python-probe" / "probe.py"


class Quiet(http.server.BaseHTTPRequestHandler):
    """Answers HEAD."""

    def do_HEAD(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def web_server() -> Iterator[int]:
    """A native web server; gives its port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Examples(unittest.TestCase):
    def test_the_probe_tells_answers_refusals_and_errors_apart(self) -> None:
        with tempfile.TemporaryDirectory() as folder, web_server() as port:
            component = Path(folder, "probe.wasm")
            build(PROBE, component)
            places = [f"127.0.0.1:{port}", "192.0.2.1:80", "127.0.0.1:1"]
            allow = [f"tcp connect 127.0.0.1:{port}", "tcp connect 127.0.0.1:1"]
            done = run(run_command(component, places, allow=allow), check=False)
        lines = sorted(done.stdout.splitlines())
        self.assertEqual(lines[0], "127.0.0.1:1: Connect call failed ('127.0.0.1', 1)")
        self.assertRegex(lines[1], rf"^127\.0\.0\.1:{port}: HTTP/1\.0 204 No Content \(\d+ ms\)$")
        self.assertIn("192.0.2.1:80: refused: Permission denied: no grant covers tcp connect to 192.0.2.1:80", lines[2])
        self.assertIn("(this would allow it: tcp connect 192.0.2.1:80)", lines[2])
        self.assertEqual((done.returncode, done.stderr), (1, ""))


if __name__ == "__main__":
    unittest.main()
