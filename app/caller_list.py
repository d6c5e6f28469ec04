"""The signed list of managed callers: what the dedicated team publishes and every desk checks.

``callers.key`` (the team's) signs; ``callers.pub`` (every desk's) proves the list and holds the key under which
numbers are hashed, so it is handed to desks only and never put beside the list. The list holds class, agreed handling
and last day by keyed hash; no number, no note. It is one file, written whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.caller_numbers import CallerHasher
from app.errors import CallerFault
from assist.model import CallerClass, ManagedCaller

LIST_FILE: Final = "callers.list"
KEY_FILE: Final = "callers.key"
PUBLIC_FILE: Final = "callers.pub"
MAX_BYTES: Final = 8_000_000
"""Longest list, some twenty thousand callers."""
KEY_DAYS: Final = 3 * 365
"""How long a new key is meant to be used."""
_HEAD: Final = b"doumi/callers/1\n"


class Signer(Protocol):
    """Signs for the team. Filled by :mod:`app.adapters.signing`."""

    @property
    def public_key(self) -> str:
        """The public key as one line."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature."""
        ...


class Verifier(Protocol):
    """Checks signatures. Filled by :mod:`app.adapters.signing`."""

    def verify(self, public_key: str, signature: bytes, message: bytes) -> bool:
        """Return whether the signature fits."""
        ...


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _PublicFile(_Strict):
    format: int = Field(ge=1, le=1)
    kind: str = Field(pattern="^doumi callers public$")
    centre: str = Field(min_length=8, max_length=64)
    verify: str = Field(min_length=16, max_length=400)
    hash_key: str = Field(pattern="^[0-9a-f]{64}$")
    salt: str = Field(pattern="^[0-9a-f]{32}$")
    expires: date


class _KeyFile(_PublicFile):
    kind: str = Field(pattern="^doumi callers secret$")
    seed: str = Field(pattern="^[0-9a-f]{64}$")


class _Entry(_Strict):
    caller: str = Field(pattern="^[0-9a-f]{32}$")
    caller_class: CallerClass
    handling: str = Field(max_length=2_000)
    until: date


class _List(_Strict):
    format: int = Field(ge=1, le=1)
    centre: str
    version: int = Field(ge=1)
    issued: datetime
    expires: datetime
    callers: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """``callers.pub``."""

    centre: str
    """Random id of the team that made it."""
    verify: str = field(repr=False)
    hash_key: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    expires: date
    """Last day the team means to use it."""

    @property
    def name(self) -> str:
        """Name of the key in hashes under it."""
        return hashlib.sha256(self.hash_key).hexdigest()[:8]

    def hasher(self) -> CallerHasher:
        """Return what hashes numbers for this list."""
        return CallerHasher(self.name, self.hash_key, self.salt)

    def text(self) -> str:
        """Return the file's content."""
        return json.dumps({**_common(self), "kind": "doumi callers public"}, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """``callers.key``."""

    public: PublicKey
    seed: bytes = field(repr=False)
    """32 bytes that the signing key is made from."""

    def text(self) -> str:
        """Return the file's content."""
        value = {**_common(self.public), "kind": "doumi callers secret", "seed": self.seed.hex()}
        return json.dumps(value, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class CallerList:
    """A list, checked."""

    centre: str
    version: int
    issued: datetime
    expires: datetime
    callers: Mapping[str, ManagedCaller] = field(repr=False)
    """By hash, the key's name before it."""


def new_key(verify_of: Callable[[bytes], str], today: date, days: int = KEY_DAYS) -> SecretKey:
    """Return a new key.

    Args:
        verify_of: Returns the public key line of a seed.
        today: First day.
        days: How long it is meant to be used.
    """
    seed = secrets.token_bytes(32)
    public = PublicKey(
        centre=secrets.token_hex(8),
        verify=verify_of(seed),
        hash_key=secrets.token_bytes(32),
        salt=secrets.token_bytes(16),
        expires=today + timedelta(days=days),
    )
    return SecretKey(public, seed)


def read_public(text: str) -> PublicKey:
    """Return the key of ``callers.pub``. Raises CallerFault ``caller.not_a_list_key``."""
    try:
        return _public(_PublicFile.model_validate_json(text))
    except ValidationError:
        raise CallerFault("caller.not_a_list_key") from None


def read_secret(text: str) -> SecretKey:
    """Return the key of ``callers.key``. Raises CallerFault ``caller.not_a_secret_key``."""
    try:
        found = _KeyFile.model_validate_json(text)
    except ValidationError:
        raise CallerFault("caller.not_a_secret_key") from None
    return SecretKey(_public(found), bytes.fromhex(found.seed))


def seal_list(content: CallerList, signer: Signer) -> bytes:
    """Return the list as the signed file."""
    value = {
        "format": 1,
        "centre": content.centre,
        "version": content.version,
        "issued": content.issued.isoformat(),
        "expires": content.expires.isoformat(),
        "callers": [
            {
                "caller": caller.split(":", 1)[-1],
                "caller_class": one.caller_class.value,
                "handling": one.handling,
                "until": one.until,
            }
            for caller, one in sorted(content.callers.items())
        ],
    }
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    signature = base64.b64encode(signer.sign(_HEAD + body)).decode("ascii")
    return _HEAD + signature.encode("ascii") + b"\n" + body + b"\n"


def open_list(data: bytes, key: PublicKey, verifier: Verifier) -> CallerList:
    """Check and return a list.

    Raises:
        CallerFault: ``caller.list_broken`` (no list of ours), ``caller.list_signature`` (not signed with this key or
            changed since), ``caller.list_other_centre``.
    """
    if len(data) > MAX_BYTES or not data.startswith(_HEAD):
        raise CallerFault("caller.list_broken")
    line, _, body = data[len(_HEAD) :].partition(b"\n")
    body = body.removesuffix(b"\n")
    try:
        signature = base64.b64decode(line, validate=True)
    except ValueError:
        raise CallerFault("caller.list_signature") from None
    if base64.b64encode(signature) != line or not verifier.verify(key.verify, signature, _HEAD + body):
        raise CallerFault("caller.list_signature")
    try:
        found = _List.model_validate_json(body)
        if found.issued.tzinfo is None or found.expires.tzinfo is None:
            raise ValueError("times without zone")
    except ValueError:
        raise CallerFault("caller.list_broken") from None
    if found.centre != key.centre:
        raise CallerFault("caller.list_other_centre")
    callers = {
        f"{key.name}:{one.caller}": ManagedCaller(one.caller_class, one.handling, one.until.isoformat())
        for one in found.callers
    }
    return CallerList(found.centre, found.version, found.issued, found.expires, callers)


def _common(key: PublicKey) -> dict[str, object]:
    return {
        "format": 1,
        "centre": key.centre,
        "verify": key.verify,
        "hash_key": key.hash_key.hex(),
        "salt": key.salt.hex(),
        "expires": key.expires.isoformat(),
    }


def _public(found: _PublicFile) -> PublicKey:
    return PublicKey(
        found.centre, found.verify, bytes.fromhex(found.hash_key), bytes.fromhex(found.salt), found.expires
    )
