"""`python -m wallsocket`: the same as `wallsocket-py`."""

import sys

from wallsocket.build.command import main

if __name__ == "__main__":
    sys.exit(main())
