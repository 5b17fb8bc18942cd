"""ftplib with pyftpdlib."""

from tests import servers
from tests.libraries import LibraryTests


class Ftp(LibraryTests):
    def test_ftplib_works_passive_and_active_under_three_grants(self) -> None:
        with servers.ftp() as server:
            first, last = server.passive
            allow = [
                f"tcp connect 127.0.0.1:{server.port}",
                f"tcp connect 127.0.0.1:{first}-{last}",
                # Active: the server connects to where the guest listens, which ftplib makes every address.
                "tcp listen 0.0.0.0:0",
            ]
            said = self.same("ftp_client.py", [server.port], allow)
            self.assertIn("active 226 Transfer complete.\n226 Transfer complete. True\n", said)
            self.refused("ftp_client.py", [server.port], allow[0], allow=allow[1:])
            self.refused("ftp_client.py", [server.port], "tcp listen 0.0.0.0:0", allow=allow[:2])
