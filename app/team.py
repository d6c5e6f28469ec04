"""The dedicated team's key pair, and opening the packs that desks seal for it.

The team keeps ``team.key`` to itself; every desk gets ``team.pub``. A pack is a zip sealed with age, so the public
tools ``age`` and ``sha256sum`` open and check it as well.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from app.errors import TeamFault
from app.evidence_check import SUMS, Checked, Verifier, check, is_safe, read_pack
from app.private_file import write_private
from kb.whole_file import take
from resources.notices import sentence

IDENTITY_FILE: Final = "team.key"
RECIPIENT_FILE: Final = "team.pub"
README_FILE: Final = "README.txt"
_EXPIRES: Final = re.compile(r"#\s*expires:\s*(\S+)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class SealBox(Protocol):
    """Sealing for a public key. Filled by :mod:`app.adapters.age_box`."""

    def generate(self) -> tuple[str, str]:
        """Return a new identity and its recipient."""
        ...

    def recipient_of(self, identity: str) -> str:
        """Return the public side of an identity. Raises TeamFault."""
        ...

    def check_recipient(self, recipient: str) -> None:
        """Raise TeamFault where ``recipient`` is not a public key."""
        ...

    def seal(self, plain: bytes, recipient: str) -> bytes:
        """Return ``plain`` sealed. Raises TeamFault."""
        ...

    def open(self, sealed: bytes, identity: str) -> bytes:
        """Return what was sealed. Raises TeamFault."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack laid out in a folder."""

    folder: Path
    files: tuple[str, ...]
    checked: Checked


def init(folder: Path, box: SealBox) -> str:
    """Make a key pair in ``folder``; returns the recipient.

    Raises:
        TeamFault: ``outbox.team_exists``: there is a pair already, which stays; ``outbox.not_written``.
    """
    for name in (IDENTITY_FILE, RECIPIENT_FILE):
        if (folder / name).exists():
            raise TeamFault("outbox.team_exists", path=str(folder / name))
    identity, recipient = box.generate()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(folder / IDENTITY_FILE, identity + "\n")
        (folder / RECIPIENT_FILE).write_text(recipient + "\n", encoding="utf-8")
        (folder / README_FILE).write_text(sentence("outbox.team_readme"), encoding="utf-8")
    except OSError as error:
        raise TeamFault("outbox.not_written", path=str(folder)) from error
    return recipient


def read_recipient(file: Path, box: SealBox) -> str:
    """Return the public key in ``file``. Raises TeamFault ``outbox.not_a_team_key``."""
    try:
        text = _key_line(file)
        box.check_recipient(text)
    except (OSError, ValueError, TeamFault):
        raise TeamFault("outbox.not_a_team_key", path=str(file)) from None
    return text


def read_current(file: Path, box: SealBox, today: date) -> str:
    """Return the public key in ``file`` where it may be used today.

    A line ``# expires: YYYY-MM-DD`` in the file names its last day.

    Raises:
        TeamFault: ``outbox.not_a_team_key``; ``outbox.team_key_expired``.
    """
    recipient = read_recipient(file, box)
    last = expiry(file)
    if last is not None and today > last:
        raise TeamFault("outbox.team_key_expired", path=str(file), date=last.isoformat())
    return recipient


def expiry(file: Path) -> date | None:
    """Return the last day of the public key in ``file``, or None. Raises TeamFault ``outbox.not_a_team_key``."""
    try:
        found = _EXPIRES.search(take(file).decode())
        return date.fromisoformat(found[1]) if found else None
    except (OSError, ValueError):
        raise TeamFault("outbox.not_a_team_key", path=str(file)) from None


def read_identity(file: Path, box: SealBox) -> str:
    """Return the identity in ``file``. Raises TeamFault ``outbox.not_an_identity``."""
    try:
        text = _key_line(file)
        box.recipient_of(text)
    except (OSError, ValueError, TeamFault):
        raise TeamFault("outbox.not_an_identity", path=str(file)) from None
    return text


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``parts`` with their SHA-256 sums; the same parts give the same bytes."""
    sums = "".join(f"{hashlib.sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(parts):
            packed.writestr(_entry(name), parts[name])
        packed.writestr(_entry(SUMS), sums.encode())
    return out.getvalue()


def open_pack(
    pack: Path, key_file: Path, out: Path, box: SealBox, verifier: Verifier, desks: Mapping[str, str] | None = None
) -> OpenedPack:
    """Open a sealed pack into a new folder ``out/NAME`` and check it. What is there already is never overwritten.

    Raises:
        TeamFault: Wrong key, a changed byte, not a pack, or the folder exists or cannot be written.
    """
    parts = read_pack(pack, read_identity(key_file, box), box)
    folder = out / pack.stem
    if folder.exists():
        raise TeamFault("outbox.out_exists", path=str(folder))
    try:
        for name, content in sorted(parts.items()):
            file = folder / name
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(content)
    except OSError as error:
        raise TeamFault("outbox.not_written", path=str(folder)) from error
    return OpenedPack(folder, tuple(sorted(parts)), check(parts, verifier, desks))


def _key_line(file: Path) -> str:
    for line in take(file).decode().splitlines():
        if line.strip() and not line.startswith("#"):
            return line.strip()
    raise ValueError("no key in the file")


def _entry(name: str) -> zipfile.ZipInfo:
    if not is_safe(name):
        raise ValueError(f"not a plain file name: {name!r}")
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry
