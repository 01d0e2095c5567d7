"""`python -m readingroom`: the commands, in an environment that has the package."""

import os
import sys

from readingroom.cli import main


def run() -> int:
    """Run the command; return its exit status."""
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    status = run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # to take a large collection apart in memory takes longer than some builds
