"""redis-py and Redis."""

from tests import servers
from tests.libraries import LibraryTests


class Redis(LibraryTests):
    def test_redis_py_works_over_tcp_under_one_grant(self) -> None:
        with servers.redis() as server:
            said = self.same("redis_client.py", ["tcp", server.port], [f"tcp connect 127.0.0.1:{server.port}"])
        self.assertIn("scan [b'counter', b'greeting', b'large', b'list', b'user']", said)

    def test_redis_py_works_over_a_unix_socket_under_one_grant(self) -> None:
        with servers.redis() as server:
            said = self.same("redis_client.py", ["unix", server.path], [f"unix connect {server.path}"])
        self.assertIn("timeout TimeoutError", said)

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        with servers.redis() as server:
            self.refused("redis_client.py", ["tcp", server.port], f"tcp connect 127.0.0.1:{server.port}")
            tcp = [f"tcp connect 127.0.0.1:{server.port}"]
            self.refused("redis_client.py", ["unix", server.path], f"unix connect {server.path}", allow=tcp)
