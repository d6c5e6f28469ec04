"""A deletion that is killed at a step: ``retention_child.py FOLDER STEP COUNT``. Prints each step it gets past."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.helpers.retention import Desk


def main() -> None:
    """Delete the call ``gone`` until killed."""
    left = int(sys.argv[3])

    def step(name: str) -> None:
        nonlocal left
        print(name, flush=True)
        left -= name == sys.argv[2]
        if not left:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    desk = Desk(Path(sys.argv[1]), step=step)
    desk.retention.delete("gone")
    desk.close()


if __name__ == "__main__":
    main()
