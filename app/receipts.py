"""Receipts in the shared outbox folders: who delivers a pack for another profile leaves word for its owner.

The profiles of a PC share the outbox, since packs are sealed for the team already; the rows of a pack lie in its
owner's database, which nobody else opens. ``<pack_id>.receipt.json`` stands beside the packs until the owner's desk is
open again and takes it up. It names the pack and where it went, nothing of the call.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.errors import AppFault, StoreFault
from app.private_file import write_private

_SUFFIX: Final = ".receipt.json"
_MAX_BYTES: Final = 100_000


@dataclass(frozen=True, slots=True)
class LeftReceipt:
    """What one profile tells another of its pack."""

    pack_id: str
    file: str
    """Name of the sealed file that was accepted."""
    sha256: str
    destination: str
    receipt: dict[str, str]
    """As the destination gave it."""


def owner_of(name: str) -> str:
    """Return the pack id in the name of a file of the outbox."""
    return name.split(".", 1)[0]


def is_receipt(name: str) -> bool:
    """Return whether a file of the outbox is a receipt."""
    return name.endswith(_SUFFIX)


def leave(folder: Path, left: LeftReceipt) -> None:
    """Write a receipt, durable on return; again replaces it. Raises StoreFault."""
    try:
        write_private(folder / f"{left.pack_id}{_SUFFIX}", json.dumps(asdict(left), ensure_ascii=False) + "\n")
    except AppFault as fault:
        raise StoreFault("outbox.not_written", path=str(folder)) from fault


def read(file: Path) -> LeftReceipt | None:
    """Return a receipt; None where the file is none of ours."""
    try:
        with file.open("rb") as stream:
            value = json.loads(stream.read(_MAX_BYTES))
        receipt = {str(name): str(text) for name, text in value["receipt"].items()}
        left = LeftReceipt(
            str(value["pack_id"]), str(value["file"]), str(value["sha256"]), str(value["destination"]), receipt
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return left if left.pack_id == owner_of(file.name) else None
