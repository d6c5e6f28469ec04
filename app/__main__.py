"""Start of the program.

Order: ``freeze_support`` (a frozen build starts its children through this file), what lies beside the program
(portable mode, models inside), then the command line, which imports only what its subcommand needs. No native library
is loaded here; speech, language and capture run in child processes, so no load order between them and Qt can matter.
"""

from __future__ import annotations

import multiprocessing
import os
import sys


def main() -> int:
    """Run the command line with the process's arguments; returns the exit code."""
    multiprocessing.freeze_support()
    arguments, frozen = sys.argv[1:], bool(getattr(sys, "frozen", False))
    if frozen and arguments[:2] == ["-m", "pip"]:
        return _pip()
    from app import opening, portable

    def settle() -> None:
        portable.settle(os.environ, portable.program_folder())

    def cli(command: list[str]) -> int:
        from app.cli import main as run

        return run(command)

    return opening.start(arguments, frozen and sys.stderr is None, settle, cli)


def _pip() -> int:
    """Be the package installer: ``doumi models fetch`` runs it as every Python is run, and here this is the Python."""
    import runpy

    del sys.argv[1:3]
    runpy.run_module("pip", run_name="__main__", alter_sys=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
