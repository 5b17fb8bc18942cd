"""`http.server` of the standard library: `web_server.py FOLDER`, on a port of the system's choice, which it prints."""

import functools
import sys
from http.server import HTTPServer, SimpleHTTPRequestHandler


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


class Server(HTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        # wrk leaves in the middle of its last requests.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


with Server(("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1])) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
