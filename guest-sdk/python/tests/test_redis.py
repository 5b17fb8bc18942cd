"""redis-py and Redis."""

import tempfile
from pathlib import Path

from tests import servers
from tests.libraries import PROGRAMS, REQUIREMENTS, LibraryTests
from tests.support import build, run, run_command


class Redis(LibraryTests):
    def test_redis_py_works_over_tcp_under_one_grant(self) -> None:
        with servers.redis() as server:
            said = self.same("redis_client.py", ["tcp", server.port], [f"tcp connect 127.0.0.1:{server.port}"])
        self.assertIn("scan [b'counter', b'greeting', b'large', b'list', b'user']", said)

    def test_redis_py_works_over_a_unix_socket_under_one_grant(self) -> None:
        with servers.redis() as server:
            said = self.same("redis_client.py", ["unix", server.path], [f"unix connect {server.path}"])
        self.assertIn("timeout TimeoutError", said)

    def test_redis_py_works_in_a_component_that_was_built_with_its_requirements(self) -> None:
        with servers.redis() as server, tempfile.TemporaryDirectory() as folder:
            component = Path(folder, "client.wasm")
            build(PROGRAMS / "redis_client.py", component, "-r", REQUIREMENTS)
            allow = [f"tcp connect 127.0.0.1:{server.port}"]
            done = run(run_command(component, ["tcp", server.port], allow=allow))
        self.assertIn("scan [b'counter', b'greeting', b'large', b'list', b'user']", done.stdout)

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        with servers.redis() as server:
            self.refused("redis_client.py", ["tcp", server.port], f"tcp connect 127.0.0.1:{server.port}")
            tcp = [f"tcp connect 127.0.0.1:{server.port}"]
            self.refused("redis_client.py", ["unix", server.path], f"unix connect {server.path}", allow=tcp)
