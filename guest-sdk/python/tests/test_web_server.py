"""`http.server` in a guest, loaded by wrk."""

import re
import subprocess
import tempfile
from pathlib import Path

from tests import servers
from tests.libraries import LibraryTests


class WebServer(LibraryTests):
    def test_http_server_serves_wrk_without_an_error_under_one_grant(self) -> None:
        wrk = servers.debian("wrk", "wrk")
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "page.html").write_text("<p>A page of a sandboxed server.</p>\n" * 100)
            guest = self.serve("web_server.py", ["/site"], ["tcp listen 127.0.0.1:0"], dirs={folder: "/site"})
            url = f"http://127.0.0.1:{guest.port}/page.html"
            done = subprocess.run([wrk, "-t1", "-c16", "-d3s", url], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        # wrk has these lines only where there is something to say.
        self.assertNotIn("Socket errors", done.stdout)
        self.assertNotIn("Non-2xx", done.stdout)
        requests = re.search(r"(\d+) requests in", done.stdout)
        assert requests, done.stdout
        # 3 seconds; a loaded machine may be many times slower than a free one.
        self.assertGreater(int(requests[1]), 100, done.stdout)

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        self.refused("web_server.py", ["/"], "tcp listen 127.0.0.1:0")
