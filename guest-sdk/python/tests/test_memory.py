"""What a guest keeps of the memory that calls into the host take: nothing."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from tests.support import guest_command

PROGRAM = """
import socket, sys

here, there = socket.socketpair()
data = bytes(65536)
for _ in range(int(sys.argv[1])):
    here.sendall(data)
    there.recv(len(data), socket.MSG_WAITALL)
    here.send(data[:1000])
    there.recv_into(bytearray(1000))
"""


class Memory(unittest.TestCase):
    def peak(self, script: Path, times: int) -> int:
        """The most memory that the guest and its host took, in KiB."""
        guest = subprocess.Popen(guest_command(script, [times]))
        _, status, usage = os.wait4(guest.pid, 0)
        guest.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(guest.returncode, 0)
        return usage.ru_maxrss

    def test_what_is_sent_and_received_is_not_kept(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "script.py")
            script.write_text(PROGRAM)
            self.peak(script, 1)  # A first run may compile the component, which takes more.
            few, many = self.peak(script, 10), self.peak(script, 2000)
        # Kept, it would be 128 MiB.
        self.assertLess(many - few, 32 * 1024)


if __name__ == "__main__":
    unittest.main()
