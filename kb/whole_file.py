"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def put(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Replace ``path`` in one step, on the disk before it returns. Raises OSError; then the file before stays.

    Args:
        path: The file; its folder exists.
        content: All of it.
        mode: Who may use a new file, as far as the user's mask lets them.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
