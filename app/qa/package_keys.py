"""Files with a receiver's public key: what ``doumi package key`` writes, a key file of age, or the trainers' card."""

from __future__ import annotations

import json
from pathlib import Path

from app.errors import PackageFault, TeamFault
from app.qa.package import PackageBox
from kb.whole_file import put, take
from resources.notices import sentence

_MAX_BYTES = 20_000


def read_receiver(file: Path, box: PackageBox) -> str:
    """Return the public key (``age1...``) in ``file``. Raises PackageFault ``package.not_a_key``."""
    try:
        text = take(file, _MAX_BYTES).decode()
        recipient = _in_card(text) if text.lstrip().startswith("{") else _in_lines(text)
        box.check_recipient(recipient)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, TeamFault):
        raise PackageFault("package.not_a_key", path=str(file)) from None
    return recipient


def key_text(recipient: str) -> str:
    """Return a key file's content."""
    return f"# {sentence('package.key_remark')}\n{recipient}\n"


def write_key(file: Path, recipient: str) -> None:
    """Write a public key. Raises PackageFault ``package.not_written``."""
    try:
        put(file, key_text(recipient).encode())
    except OSError as error:
        raise PackageFault("package.not_written", path=str(file)) from error


def _in_card(text: str) -> str:
    return str(json.loads(text)["recipient"])


def _in_lines(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")
