"""Signed notes: what desks and trainers leave for each other in the exchange.

A note is JSON: its body as text, the public key of who signed it, and the Ed25519 signature over kind and body. The
kind is part of what is signed, so that no note passes for one of another kind.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.errors import QaFault
from app.evidence_check import Verifier

FORMAT: Final = "doumi-qa"
VERSION: Final = 1
MAX_BYTES: Final = 2_000_000
"""Largest note that is read."""


class Signer(Protocol):
    """Signs notes. Filled by :class:`app.adapters.signing.DeskSigner`."""

    @property
    def public_key(self) -> str:
        """The public key as one line."""
        ...

    @property
    def desk_id(self) -> str:
        """The id that follows from the key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature over ``message``."""
        ...


@dataclass(frozen=True, slots=True)
class Signed:
    """A note whose signature fits."""

    body: Mapping[str, Any]
    key: str
    """Public key of who signed it."""
    signer: str
    """Id that follows from it."""


def sign(kind: str, body: Mapping[str, Any], signer: Signer) -> bytes:
    """Return a signed note."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = base64.b64encode(signer.sign(_message(kind, text))).decode()
    note = {
        "format": FORMAT,
        "version": VERSION,
        "kind": kind,
        "body": text,
        "key": signer.public_key,
        "signature": signature,
    }
    return json.dumps(note, ensure_ascii=False).encode() + b"\n"


def open_signed(kind: str, data: bytes, verifier: Verifier, key: str = "") -> Signed:
    """Return what a note says.

    Args:
        kind: What it must be.
        data: The note.
        verifier: Checks signatures.
        key: Public key that must have signed it; empty: any that fits.

    Raises:
        QaFault: ``qa.note_broken``; ``qa.note_newer``: of a newer program; ``qa.note_not_signed``: by nobody, by
            another than ``key``, or changed since.
    """
    try:
        if len(data) > MAX_BYTES:
            raise ValueError("far too large for a note")
        note = json.loads(data)
        if note["format"] != FORMAT or note["kind"] != kind or not isinstance(note["version"], int):
            raise ValueError("another kind of note")
        newer = note["version"] > VERSION
        text, signer_key = str(note["body"]), str(note["key"])
        signature = base64.b64decode(str(note["signature"]), validate=True)
        message = _message(kind, text)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise QaFault("qa.note_broken") from None
    if newer:
        raise QaFault("qa.note_newer")
    if (key and signer_key != key) or not verifier.verify(signer_key, signature, message):
        raise QaFault("qa.note_not_signed")
    try:
        body = json.loads(text)
        json.dumps(body, ensure_ascii=False).encode()  # halves of characters, escaped, could be stored nowhere
    except (ValueError, RecursionError):
        raise QaFault("qa.note_broken") from None
    if not isinstance(body, dict):
        raise QaFault("qa.note_broken")
    return Signed(body, signer_key, verifier.desk_id(signer_key))


def _message(kind: str, text: str) -> bytes:
    return f"{FORMAT} {VERSION} {kind}\n{text}".encode()
