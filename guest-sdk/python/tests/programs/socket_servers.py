"""socketserver: `socket_servers.py tcp`, `udp` or `unix PATH`; answers three requests in capitals, then ends."""

import socketserver
import sys


class Stream(socketserver.StreamRequestHandler):
    timeout = 30

    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Datagram(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read().upper())


kinds = {
    "tcp": (socketserver.TCPServer, ("127.0.0.1", 0), Stream),
    "udp": (socketserver.UDPServer, ("127.0.0.1", 0), Datagram),
    "unix": (socketserver.UnixStreamServer, sys.argv[-1], Stream),
}
kind, address, handler = kinds[sys.argv[1]]
with kind(address, handler) as server:
    server.timeout = 0.01
    server.handle_request()  # Nobody has asked yet: the timeout ends it.
    server.timeout = 30
    print(server.server_address[1] if sys.argv[1] != "unix" else 0, flush=True)
    for _ in range(3):
        server.handle_request()
print("ended", flush=True)
