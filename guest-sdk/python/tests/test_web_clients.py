"""requests, urllib3, http.client and urllib.request with nginx."""

import socket

from tests import servers
from tests.libraries import LibraryTests


class WebClients(LibraryTests):
    def test_requests_and_urllib3_work_under_two_grants(self) -> None:
        with servers.nginx() as server, socket.create_server(("127.0.0.1", 0)) as nobody:
            silent = nobody.getsockname()[1]
            allow = [f"tcp connect 127.0.0.1:{server.port}", f"tcp connect 127.0.0.1:{silent}"]
            said = self.same("web_client.py", [server.port, silent], allow)
        self.assertIn("connections 1\n", said)
        self.assertIn("words chunked gzip 400000\n", said)
        self.assertIn("ReadTimeout\n", said)

    def test_the_standard_librarys_clients_work_under_two_grants(self) -> None:
        with servers.nginx() as server:
            # Nobody listens at port 1, and a grant is what tells a refusing peer from a refused call.
            allow = [f"tcp connect 127.0.0.1:{server.port}", "tcp connect 127.0.0.1:1"]
            said = self.same("stdlib_web_client.py", [server.port], allow)
        self.assertIn("connections 1\n", said)
        self.assertIn("ConnectionRefusedError\n", said)

    def test_without_the_grant_the_refusal_names_it(self) -> None:
        with servers.nginx() as server:
            line = f"tcp connect 127.0.0.1:{server.port}"
            self.refused("web_client.py", [server.port, 1], line)
            self.refused("stdlib_web_client.py", [server.port], line)
