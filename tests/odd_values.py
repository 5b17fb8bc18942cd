"""Sets and reads options with odd values, as tests/guests/src/options/odd.rs does: prints an error number for each case.

A case is `udp:41:16:int:5`: a kind of socket, level, option, what to do and with what.
"""

import sys
from socket import *

KINDS = {
    "tcp": (AF_INET, SOCK_STREAM),
    "tcp6": (AF_INET6, SOCK_STREAM),
    "udp": (AF_INET, SOCK_DGRAM),
    "udp6": (AF_INET6, SOCK_DGRAM),
    "unix": (AF_UNIX, SOCK_STREAM),
}

for case in sys.stdin.read().split():
    kind, level, option, what, argument = case.split(":")
    level, option, argument = int(level), int(option), int(argument)
    family, type = KINDS[kind]
    sock = socket(family, type)
    try:
        if what == "int":
            sock.setsockopt(level, option, argument)
        elif what == "bytes":
            sock.setsockopt(level, option, bytes(argument))
        elif what == "ones":
            sock.setsockopt(level, option, b"\x01" * argument)
        elif what == "high":
            sock.setsockopt(level, option, b"\xff" * argument)
        elif what == "null":
            sock.setsockopt(level, option, None, argument)
        elif what == "get":
            sock.getsockopt(level, option)
        elif what == "read":
            sock.getsockopt(level, option, argument)
        print(f"{case} 0")
    except OSError as error:
        print(f"{case} {error.errno}")
    sock.close()
