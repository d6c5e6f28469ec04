"""Files that only this user reads, written whole or not at all and on the disk before the writer goes on."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.errors import KeyFault


def write_private(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` whole or not at all, readable by this user only, on the disk before it returns.

    Raises:
        KeyFault: ``keys.not_written``.
    """
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise KeyFault("keys.not_written", path=str(file)) from error


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
