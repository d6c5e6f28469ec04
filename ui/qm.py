"""Compiled translations in memory: the messages of a ``.ts`` file as the bytes of a ``.qm`` file.

So that a fresh clone and a frozen program need neither a compiling step nor a place to write.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

_MAGIC: Final = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES: Final = 0x42
_MESSAGES: Final = 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT, _COMMENT = 1, 3, 6, 7, 8


def compiled(messages: Mapping[tuple[str, str], str]) -> bytes:
    """Return the ``.qm`` bytes of translations by (context, source). No plurals, no comments."""
    bodies = bytearray()
    places: list[tuple[int, int]] = []
    for (context, source), translation in messages.items():
        places.append((_elf_hash(source.encode()), len(bodies)))
        bodies += _field(_TRANSLATION, translation.encode("utf-16-be"))
        bodies += _field(_COMMENT, b"")
        bodies += _field(_SOURCE, source.encode())
        bodies += _field(_CONTEXT, context.encode())
        bodies.append(_END)
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    return _MAGIC + _field(_HASHES, hashes) + _field(_MESSAGES, bytes(bodies))


def _field(tag: int, data: bytes) -> bytes:
    return struct.pack(">BI", tag, len(data)) + data


def _elf_hash(data: bytes) -> int:
    value = 0
    for byte in data:
        value = (value << 4) + byte
        high = value & 0xF0000000
        if high:
            value ^= high >> 24
        value &= ~high & 0xFFFFFFFF
    return value or 1
