"""Talks to another Python by multiprocessing.connection: `client PORT`, or `listener`, which says its port first."""

import sys
from multiprocessing.connection import Client, Listener, wait

KEY = b"a key that both know"

if sys.argv[1] == "client":
    with Client(("127.0.0.1", int(sys.argv[2])), authkey=KEY) as connection:
        connection.send({"numbers": [1, 2, 3], "text": "Grüße"})
        assert wait([connection], 30) == [connection]
        print(connection.recv())
        # More than a socket's buffers hold.
        connection.send_bytes(bytes(3_000_000))
        print(connection.recv())
        try:
            connection.recv()
        except EOFError:
            print("end")
else:
    with Listener(("127.0.0.1", 0), authkey=KEY) as listener:
        print(listener.address[1], flush=True)
        with listener.accept() as connection:
            message = connection.recv()
            connection.send(message["numbers"][::-1])
            connection.send(len(connection.recv_bytes()))
        print(message["text"])
