"""Proves an evidence pack untouched, or names what was changed. The one checker: command line, team inbox, print.

A pack vouches for itself in three rings: ``manifest.json`` names the SHA-256 of every part, ``manifest.sig`` is the
desk's Ed25519 signature over the manifest's bytes, and ``SHA256SUMS`` lets public tools check every file. The seal
around all of it (age) is authenticated too, so a sealed pack with one changed byte does not open at all.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from app.errors import TeamFault
from assist.escalate import MANIFEST, SIGNATURE

SUMS: Final = "SHA256SUMS"
MAX_PACK_BYTES: Final = 2_000_000_000
MAX_ENTRIES: Final = 200
MAX_RATIO: Final = 100
_SMALL: Final = 20_000_000
"""Up to this size unpacked the ratio says nothing."""
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME: Final = 200
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_DEVICE: Final = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""Names that Windows keeps for devices, whatever their ending."""
_MAX_LISTS: Final = 1_000
_MAX_LIST_BYTES: Final = 2_000_000
SEALED_MAGIC: Final = b"age-encryption.org/"


class Signature(StrEnum):
    """What the desk's signature says."""

    VALID = "valid"
    """Signed by a desk of the list."""
    UNKNOWN_DESK = "unknown_desk"
    """The signature fits the manifest, but its desk is not in the list (or no list was given)."""
    INVALID = "invalid"
    MISSING = "missing"


class Verifier(Protocol):
    """Checks signatures. Filled by :mod:`app.adapters.signing`."""

    def verify(self, public_key: str, signature: bytes, message: bytes) -> bool:
        """Return whether ``signature`` over ``message`` was made with the private side of ``public_key``."""
        ...

    def desk_id(self, public_key: str) -> str:
        """Return the id that belongs to a public key; empty where the text is none."""
        ...


class Opener(Protocol):
    """Opens a seal. Filled by :mod:`app.adapters.age_box`."""

    def open(self, sealed: bytes, identity: str) -> bytes:
        """Return what was sealed. Raises TeamFault."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack and what its check gave."""

    parts: Mapping[str, bytes] = field(repr=False)
    """Every file of the pack by name, manifest, signature and sums included."""
    manifest: Mapping[str, Any] = field(repr=False)
    """Empty where it is missing or cannot be read."""
    signature: Signature
    desk: str
    """Id of the desk that signed, computed from its key; empty where there is none."""
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """Every file that is not as it was sealed, by name."""
        return tuple(sorted({*self.changed, *self.missing, *self.added}))

    @property
    def is_untouched(self) -> bool:
        """Whether every byte is as the desk that is named signed it."""
        return not self.differing and self.signature in (Signature.VALID, Signature.UNKNOWN_DESK)

    @property
    def is_proven(self) -> bool:
        """Whether it is untouched and that desk is one of the list."""
        return self.is_untouched and self.signature is Signature.VALID


def check(parts: Mapping[str, bytes], verifier: Verifier, desks: Mapping[str, str] | None = None) -> Checked:
    """Check the parts of an opened pack. Never raises: whatever is wrong is in the answer.

    Args:
        parts: Files by name; see :func:`read_archive`, :func:`read_folder`.
        verifier: Signatures.
        desks: Public keys of known desks by id; see :func:`read_desks`.
    """
    manifest = _manifest(parts.get(MANIFEST))
    signature, desk = _signature(parts, manifest, verifier, desks)
    is_signed = signature in (Signature.VALID, Signature.UNKNOWN_DESK)
    found = {name: hashlib.sha256(body).hexdigest() for name, body in parts.items()}
    sums = _sums(parts.get(SUMS))
    own = {MANIFEST, SIGNATURE, SUMS}
    stated = _stated(manifest)
    trusted = stated if is_signed or not sums else {name: sum_ for name, sum_ in sums.items() if name not in own}
    missing = {name for name in trusted if name not in found}
    missing |= {name for name in own if name not in found}
    added = {name for name in found if name not in trusted and name not in own}
    changed = {name for name, digest in trusted.items() if name in found and found[name] != digest}
    if not is_signed:
        by_sums = {name for name in (MANIFEST, SIGNATURE) if name in found and sums and sums.get(name) != found[name]}
        # Where the sums were made to fit as well, it is the manifest that no desk has signed.
        changed |= by_sums or ({MANIFEST} if signature is Signature.INVALID and MANIFEST in found else set())
    if SUMS in found and (not sums or (is_signed and sums != _right_sums(stated, found))):
        changed.add(SUMS)
    return Checked(
        parts=parts,
        manifest=manifest,
        signature=signature,
        desk=desk,
        changed=tuple(sorted(changed)),
        missing=tuple(sorted(missing)),
        added=tuple(sorted(added)),
    )


def read_pack(pack: Path, identity: str | None, opener: Opener) -> dict[str, bytes]:
    """Return the files of a pack: sealed, its zip, or a folder it was opened into.

    Args:
        pack: The file or folder.
        identity: The team's secret key; only a sealed pack needs it.
        opener: Opens seals.

    Raises:
        TeamFault: ``outbox.pack_not_read``, ``evidence.key_needed``, ``outbox.pack_not_opened`` (another key, or one
            byte is not as it was sealed), ``outbox.pack_broken``.
    """
    try:
        if pack.is_dir():
            return read_folder(pack)
        with pack.open("rb") as file:
            data = file.read(MAX_PACK_BYTES + 1)
        if len(data) > MAX_PACK_BYTES:
            raise TeamFault("outbox.pack_broken")
    except OSError:
        raise TeamFault("outbox.pack_not_read", path=str(pack)) from None
    return read_bytes(data, identity, opener)


def read_bytes(data: bytes, identity: str | None, opener: Opener) -> dict[str, bytes]:
    """Return the files of a pack that is at hand as bytes, sealed or not. Raises TeamFault as :func:`read_pack`."""
    if not data.startswith(b"PK"):
        if identity is None:
            if data.startswith(SEALED_MAGIC):
                raise TeamFault("evidence.key_needed")
            raise TeamFault("outbox.pack_broken")
        data = opener.open(data, identity)
    return read_archive(data)


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the files of an opened pack.

    Raises:
        TeamFault: ``outbox.pack_broken``: no archive of ours, a changed byte that its own sums catch, too large,
            a name twice, or names that leave the folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
                raise TeamFault("outbox.pack_broken")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > min(MAX_PACK_BYTES, max(_SMALL, MAX_RATIO * len(data))) or not all(map(is_safe, names)):
                raise TeamFault("outbox.pack_broken")
            if any(entry.compress_type not in _METHODS for entry in entries):
                raise TeamFault("outbox.pack_broken")
            return {entry.filename: _content(packed, entry, data) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, RuntimeError, EOFError, OSError, struct.error):
        raise TeamFault("outbox.pack_broken") from None


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack that was opened into ``folder``. Raises OSError, TeamFault ``outbox.pack_broken``."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    if len(files) > MAX_ENTRIES or sum(file.stat().st_size for file in files) > MAX_PACK_BYTES:
        raise TeamFault("outbox.pack_broken")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def read_desks(file: Path, verifier: Verifier) -> dict[str, str]:
    """Return known desks, public key by id: one a line as ``doumi evidence desk`` prints it, ``#`` begins a remark.

    Args:
        file: The list, or a folder of such lists.
        verifier: Knows ids of keys: a line whose id is not its key's own is refused.

    Raises:
        TeamFault: ``evidence.desks_unreadable``: not such a list.
    """
    found: dict[str, str] = {}
    try:
        lists = sorted(part for part in file.iterdir() if part.is_file()) if file.is_dir() else [file]
        for part in lists[:_MAX_LISTS]:
            with part.open("rb") as stream:
                text = stream.read(_MAX_LIST_BYTES).decode()
            for line in text.splitlines():
                words = line.partition("#")[0].split()
                if not words:
                    continue
                if len(words) != 2 or verifier.desk_id(words[1]) != words[0]:
                    raise ValueError(words[0])
                found[words[0]] = words[1]
    except (OSError, ValueError):
        raise TeamFault("evidence.desks_unreadable", path=str(file)) from None
    return found


def is_safe(name: str) -> bool:
    """Return whether a name inside a pack stays inside its folder, and means a file, on every system."""
    return len(name) <= _LONGEST_NAME and not any(
        step in ("", ".", "..") or step[-1] in ". " or _UNSAFE.search(step) or _DEVICE.fullmatch(step)
        for step in name.split("/")
    )


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes) -> bytes:
    """Return a file's bytes as they are, also where they are not what they were, so that the check can name it."""
    with packed.open(entry) as stream:
        try:
            return stream.read()
        except zipfile.BadZipFile:
            if entry.compress_type != zipfile.ZIP_STORED:
                raise
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + name + extra
    return data[start : start + entry.file_size]


def _right_sums(stated: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    return {**stated, **{name: found[name] for name in (MANIFEST, SIGNATURE)}}


def _manifest(body: bytes | None) -> dict[str, Any]:
    try:
        value = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _stated(manifest: Mapping[str, Any]) -> dict[str, str]:
    parts = manifest.get("parts")
    if not isinstance(parts, dict):
        return {}
    return {str(name): str(part.get("sha256", "")) for name, part in parts.items() if isinstance(part, dict)}


def _sums(body: bytes | None) -> dict[str, str]:
    try:
        lines = (body or b"").decode().splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except ValueError:
        return {}


def _signature(
    parts: Mapping[str, bytes], manifest: Mapping[str, Any], verifier: Verifier, desks: Mapping[str, str] | None
) -> tuple[Signature, str]:
    signature, body = parts.get(SIGNATURE), parts.get(MANIFEST)
    if signature is None or body is None:
        return Signature.MISSING, ""
    desk = manifest.get("desk")
    key = str(desk.get("public_key", "")) if isinstance(desk, dict) else ""
    ident = verifier.desk_id(key)
    if not ident or not verifier.verify(key, signature, body):
        return Signature.INVALID, ""
    return (Signature.VALID if (desks or {}).get(ident) == key else Signature.UNKNOWN_DESK), ident
