"""Start of the program.

Order: ``freeze_support`` (a frozen build starts its children through this file), then the command line, which
imports only what its subcommand needs. No native library is loaded here; speech, language and capture run in
child processes, so no load order between them and Qt can matter.
"""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run the command line with the process's arguments; returns the exit code."""
    multiprocessing.freeze_support()
    from app.cli import main as cli

    return cli(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
