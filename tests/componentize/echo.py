"""An echo server for one connection: prints its port, sends everything back, ends."""

import socket

with socket.create_server(("127.0.0.1", 0)) as listener:
    # Nobody may come; then it doesn't stay for ever.
    listener.settimeout(600)
    print(listener.getsockname()[1], flush=True)
    peer, _ = listener.accept()
    with peer:
        while data := peer.recv(4096):
            peer.sendall(data)
