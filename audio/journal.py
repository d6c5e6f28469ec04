"""Layout of a sound journal: one file of one channel, encrypted second by second.

A file is two equal copies of a header of 256 bytes, then slots of one size, in order::

    header   magic "DMJ1" | u8 version | u8 channel | u16 bytes of call id | u32 rate | u32 samples a slot
             | u64 first sample | 7 bytes nonce prefix | 64 bytes call id, zero-padded
             | 12 bytes wrap nonce | 48 bytes wrapped key | zeros
    slot     sealed (u32 samples used | int16 little-endian samples, zero-padded to a full slot) | 16 bytes tag

All numbers are little-endian. The sealing is AES-256-GCM with a random key of the file's own; the key itself is sealed
with the desk's key, the header up to the wrap nonce being its associated data. A slot's nonce is prefix (7),
number of the slot, big-endian (4), and 1 in the last slot of a finished file, else 0 (1); its associated data are
``call id|channel|number``. So slots cannot be moved, repeated or swapped between files or calls unnoticed, and
whether a file was finished cannot be forged.

Slots have one size so that nothing outside the seals says where a slot begins: a flipped bit costs the one
slot it is in, and a torn file reads up to its last whole slot. Nothing is ever written behind an existing
file's end by a later run: a file begins with its first sample and a new key, and a call may have several a channel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from audio.errors import JournalFault
from audio.model import SAMPLE_RATE, Channel, Pcm

MAGIC: Final = b"DMJ1"
VERSION: Final = 1
SUFFIX: Final = ".dmj"
SLOT_SAMPLES: Final = SAMPLE_RATE
"""Samples a slot holds: one second."""
TAG_BYTES: Final = 16
PLAIN_BYTES: Final = 4 + 2 * SLOT_SAMPLES
SLOT_BYTES: Final = PLAIN_BYTES + TAG_BYTES
HEADER_BYTES: Final = 256
HEADER_COPIES: Final = 2
DATA_START: Final = HEADER_BYTES * HEADER_COPIES
CALL_ID_BYTES: Final = 64
PREFIX_BYTES: Final = 7
WRAP_NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = 32 + TAG_BYTES

_FIXED = struct.Struct(f"<4sBBHIIQ{PREFIX_BYTES}s{CALL_ID_BYTES}s")
_CHANNELS: Final = (Channel.AGENT, Channel.CALLER)


@dataclass(frozen=True, slots=True)
class Title:
    """What a journal file is about."""

    call_id: str
    channel: Channel
    start: int
    """Index of the first sample in the call."""

    @property
    def file_name(self) -> str:
        """Name inside the call's folder; sorts by time."""
        return f"{self.channel.value}-{self.start:012d}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header; the key is still wrapped."""

    title: Title
    prefix: bytes
    wrap_nonce: bytes
    wrapped_key: bytes

    @property
    def bound(self) -> bytes:
        """The part that the wrapped key is bound to."""
        return bound_part(self.title, self.prefix)

    def to_bytes(self) -> bytes:
        """Return one copy, padded."""
        return (self.bound + self.wrap_nonce + self.wrapped_key).ljust(HEADER_BYTES, b"\0")


def bound_part(title: Title, prefix: bytes) -> bytes:
    """Return the header up to the wrap nonce.

    Raises:
        ValueError: The call id is longer than 64 bytes.
    """
    name = title.call_id.encode()
    if len(name) > CALL_ID_BYTES:
        raise ValueError("call id too long")
    return _FIXED.pack(
        MAGIC, VERSION, _CHANNELS.index(title.channel), len(name), SAMPLE_RATE, SLOT_SAMPLES, title.start, prefix, name
    )


def parse_header(raw: bytes) -> Header | None:
    """Return the header in ``raw`` (256 bytes), or None where it is damaged or of another kind."""
    if len(raw) < HEADER_BYTES:
        return None
    magic, version, channel, length, rate, samples, start, prefix, name = _FIXED.unpack_from(raw)
    if (magic, version, rate, samples) != (MAGIC, VERSION, SAMPLE_RATE, SLOT_SAMPLES):
        return None
    if channel >= len(_CHANNELS) or length > CALL_ID_BYTES:
        return None
    try:
        call_id = name[:length].decode()
    except UnicodeDecodeError:
        return None
    key_at = _FIXED.size + WRAP_NONCE_BYTES
    return Header(
        Title(call_id, _CHANNELS[channel], start),
        prefix,
        raw[_FIXED.size : key_at],
        raw[key_at : key_at + WRAPPED_BYTES],
    )


def slot_nonce(prefix: bytes, number: int, last: bool) -> bytes:
    """Return the 12 bytes nonce of a slot."""
    return prefix + struct.pack(">I?", number, last)


def slot_context(title: Title, number: int) -> bytes:
    """Return the associated data of a slot."""
    return f"{title.call_id}|{title.channel.value}|{number}".encode()


def pack_slot(pcm: Pcm) -> bytes:
    """Return a slot's plain content.

    Args:
        pcm: At most one second; a shorter one is for the end of a file.
    """
    if len(pcm) > SLOT_SAMPLES:
        raise ValueError("a slot holds one second")
    return (struct.pack("<I", len(pcm)) + pcm.astype("<i2").tobytes()).ljust(PLAIN_BYTES, b"\0")


def unpack_slot(plain: bytes) -> Pcm:
    """Return the samples of a slot's plain content."""
    (used,) = struct.unpack_from("<I", plain)
    pcm = np.frombuffer(plain, dtype="<i2", count=min(used, SLOT_SAMPLES), offset=4).astype(np.int16)
    pcm.flags.writeable = False
    return pcm


def whole_slots(file_bytes: int) -> int:
    """Return how many whole slots a file of this size holds."""
    return max(0, (file_bytes - DATA_START) // SLOT_BYTES)


class JournalWriter(Protocol):
    """An open journal file. One thread."""

    def append(self, pcm: Pcm, last: bool = False) -> None:
        """Put one slot on disk; on return it survives a crash.

        Args:
            pcm: One full second; shorter only with ``last``.
            last: Marks the file as finished.

        Raises:
            OSError: Not written, e.g. the disk is full. The file ends with its last whole slot and is closed;
                go on in a new one.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class JournalReader(Protocol):
    """A journal file being read, perhaps while it is written. Any thread."""

    @property
    def title(self) -> Title:
        """What the file is about."""
        ...

    def slots(self) -> int:
        """Return the number of whole slots on disk now."""
        ...

    def slot(self, number: int) -> Pcm | None:
        """Return the samples of a slot; None where it is damaged."""
        ...

    def finished(self) -> bool:
        """Return whether the file was closed in order; False after a crash, a torn end or while it is written."""
        ...

    def header_whole(self) -> bool:
        """Return whether both copies of the header are as they were written."""
        ...


class JournalOpener(Protocol):
    """Makes and reads journal files with the desk's key."""

    def create(self, folder: Path, title: Title) -> JournalWriter:
        """Begin a new file under its title's name.

        Raises:
            OSError: It cannot be made, e.g. the disk is full or the name is taken.
        """
        ...

    def open(self, file: Path) -> JournalReader:
        """Open a file for reading.

        Raises:
            audio.errors.JournalFault: It is no journal, its header is destroyed, or it belongs to another desk's key.
        """
        ...


def unreadable(file: Path) -> JournalFault:
    """Return the fault of a file that cannot be opened as a journal."""
    return JournalFault("audio.journal_unreadable", path=file.name)
