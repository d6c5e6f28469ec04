"""The dedicated team's key pair, and opening the packs that desks seal for it.

The team keeps ``team.key`` to itself; every desk gets ``team.pub``. A pack is a zip sealed with age, so the public
tools ``age`` and ``sha256sum`` open and check it as well.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.errors import TeamFault
from app.keys import write_private
from resources.notices import sentence

IDENTITY_FILE: Final = "team.key"
RECIPIENT_FILE: Final = "team.pub"
README_FILE: Final = "README.txt"
SUMS: Final = "SHA256SUMS"
MAX_PACK_BYTES: Final = 2_000_000_000
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
    differing: tuple[str, ...]
    """Files whose SHA-256 is not the one written at sealing, and files missing or added."""


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


def unpack(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the parts of an archive (its sums included) and the names that differ from the sums.

    Raises:
        TeamFault: ``outbox.pack_broken``: not an archive of ours, too large, or with names that leave the folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > MAX_PACK_BYTES:
                raise TeamFault("outbox.pack_broken")
            if not all(_is_safe(entry.filename) for entry in entries):
                raise TeamFault("outbox.pack_broken")
            parts = {entry.filename: packed.read(entry) for entry in entries}
        sums = parts[SUMS].decode()
        expected = {name: digest for digest, name in (line.split("  ", 1) for line in sums.splitlines())}
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, EOFError, NotImplementedError):
        raise TeamFault("outbox.pack_broken") from None
    found = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name != SUMS}
    differing = [name for name in sorted({*expected, *found}) if expected.get(name) != found.get(name)]
    return parts, tuple(differing)


def open_pack(pack: Path, key_file: Path, out: Path, box: SealBox) -> OpenedPack:
    """Open a sealed pack into a new folder ``out/NAME``. What is there already is never overwritten.

    Raises:
        TeamFault: Wrong key, a changed byte, not a pack, or the folder exists or cannot be written.
    """
    identity = read_identity(key_file, box)
    try:
        sealed = pack.read_bytes()
    except OSError:
        raise TeamFault("outbox.pack_not_read", path=str(pack)) from None
    parts, differing = unpack(box.open(sealed, identity))
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
    return OpenedPack(folder, tuple(sorted(parts)), differing)


def _key_line(file: Path) -> str:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            return line.strip()
    raise ValueError("no key in the file")


def _entry(name: str) -> zipfile.ZipInfo:
    if not _is_safe(name):
        raise ValueError(f"not a plain file name: {name!r}")
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry


def _is_safe(name: str) -> bool:
    steps = name.split("/")
    return bool(name) and not any(step in ("", ".", "..") or "\\" in step or ":" in step for step in steps)
