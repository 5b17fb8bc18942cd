"""`/dev/vsock` in a guest."""

import unittest

from tests.support import run_code

ASK = """
import errno, fcntl, os, socket, stat, struct
with open("/dev/vsock", "rb") as device:
    print(stat.S_ISCHR(os.fstat(device.fileno()).st_mode))
    for content in ("    ", bytearray(4)):
        try:
            found = fcntl.ioctl(device, socket.IOCTL_VM_SOCKETS_GET_LOCAL_CID, content)
        except OSError as error:
            print(errno.errorcode[error.errno])
        else:
            print("an id", len(struct.unpack("I", content if found == 0 else found)))
    try:
        fcntl.ioctl(device, 0x541B, "    ")
    except OSError as error:
        print(errno.errorcode[error.errno])
number = os.open("/dev/vsock", os.O_RDONLY)
os.close(number)
try:
    os.fstat(number)
except OSError as error:
    print(errno.errorcode[error.errno])
"""


class Vsock(unittest.TestCase):
    def test_the_device_tells_the_machines_context_id(self):
        out = run_code(ASK, allow=["interfaces list"]).stdout.split("\n")
        # A machine without vsock has no such device.
        self.assertIn(out[1:3], (["an id 1", "an id 1"], ["ENOENT", "ENOENT"]))
        self.assertEqual((out[0], out[3:5]), ("True", ["ENOTTY", "EBADF"]))

    def test_the_context_id_needs_its_grant(self):
        out = run_code(ASK).stdout.split("\n")
        self.assertEqual(out[1:3], ["EACCES", "EACCES"])


if __name__ == "__main__":
    unittest.main()
