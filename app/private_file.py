"""Files that only this user reads, written whole or not at all and on the disk before the writer goes on."""

from __future__ import annotations

from pathlib import Path

from app.errors import KeyFault
from kb.whole_file import put, sync_folder


def write_private(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` whole or not at all, readable by this user only, on the disk before it returns.

    Raises:
        KeyFault: ``keys.not_written``.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put(file, text.encode(), 0o600)
        sync_folder(file.parent)
    except OSError as error:
        raise KeyFault("keys.not_written", path=str(file)) from error
