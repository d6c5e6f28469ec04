"""Sealed notes: a signed note (:mod:`app.qa.signed`) sealed with age for one side, as a small JSON file."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.errors import QaFault, TeamFault
from app.evidence_check import Verifier
from app.qa.signed import MAX_BYTES, Signed, Signer, open_signed, sign
from app.team import SealBox

FORMAT: Final = "doumi-qa-sealed"
MAX_SEALED: Final = 2 * MAX_BYTES


def seal(kind: str, body: Mapping[str, Any], signer: Signer, box: SealBox, recipient: str) -> str:
    """Return a note as it lies in the exchange: what kind it is stands inside the seal alone. Raises TeamFault."""
    sealed = box.seal(sign(kind, body, signer), recipient)
    return json.dumps({"format": FORMAT, "version": 1, "sealed": base64.b64encode(sealed).decode()}) + "\n"


def unseal(data: bytes, identities: Iterable[str], box: SealBox) -> bytes:
    """Return the signed note inside.

    Raises:
        QaFault: ``qa.note_broken``; ``qa.note_newer``; ``qa.note_not_opened``: sealed for somebody else, or changed.
    """
    try:
        if len(data) > MAX_SEALED:
            raise ValueError("far too large for a note")
        note = json.loads(data)
        if note["format"] != FORMAT:
            raise ValueError("another kind of file")
        newer = note["version"] != 1
        sealed = base64.b64decode(note["sealed"], validate=True)
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        raise QaFault("qa.note_broken") from None
    if newer:
        raise QaFault("qa.note_newer")
    for identity in identities:
        try:
            return box.open(sealed, identity)
        except TeamFault:
            continue
    raise QaFault("qa.note_not_opened")


def kind_of(note: bytes) -> str:
    """Return what kind an unsealed note says it is; empty where it is no note."""
    try:
        kind = json.loads(note)["kind"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return kind if isinstance(kind, str) else ""


def open_sealed(
    kind: str, data: bytes, identities: Iterable[str], box: SealBox, verifier: Verifier, key: str = ""
) -> Signed:
    """Return what a sealed note says; see :func:`unseal` and :func:`app.qa.signed.open_signed`. Raises QaFault."""
    return open_signed(kind, unseal(data, identities, box), verifier, key)
