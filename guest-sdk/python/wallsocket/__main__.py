"""`python -m wallsocket`: the same as `wallsocket-py`."""

import sys

if not sys.flags.safe_path:
    # The folder that the command is run in, where a program's `random.py` isn't meant for this command.
    del sys.path[0]

from wallsocket.build.command import main

if __name__ == "__main__":
    sys.exit(main())
