"""PyMySQL and MariaDB."""

from tests import servers
from tests.libraries import LibraryTests


class MariaDB(LibraryTests):
    def test_pymysql_works_under_one_grant_and_is_refused_without_it(self) -> None:
        """One test, since a database takes seconds to make."""
        with servers.mariadb() as server:
            tcp = f"tcp connect 127.0.0.1:{server.port}"
            said = self.same("mariadb_client.py", ["tcp", server.port], [tcp])
            self.assertIn("after the rollback (2,)", said)
            self.assertIn("IntegrityError 1062", said)
            self.same("mariadb_client.py", ["unix", server.path], [f"unix connect {server.path}"])
            self.refused("mariadb_client.py", ["tcp", server.port], tcp)
            self.refused("mariadb_client.py", ["unix", server.path], f"unix connect {server.path}")
