"""A session package (``.doumi``): one saved call sealed for chosen people, for one purpose and until one day.

The file is a zip whose entries are all stored, in this order::

    mimetype       application/vnd.doumi.session, so that file managers know it
    format.json    {"format": "doumi.session", "version": 1, "id": random package id}
    sound/00000 …  10 s of both sides each, FLAC (left agent, right caller), AES-256-GCM
    sealed.age     age, for every receiver: manifest, signature, event lines, record versions

Nothing else is in clear. The pieces of sound have a random key of the package's own, which is in the sealed part; the
nonce of a piece is its index, its associated data ``package id|index|pieces``, so pieces can neither be moved nor taken
from another package. The manifest names the SHA-256 of every sealed piece and of what follows it, and the receivers;
the desk's Ed25519 signature is over the manifest. So whoever receives a package can neither change it nor hand it on
under the sender's name to somebody the sender did not name.

Inside the seal, by lines: manifest (JSON), signature (base64), then every event line as it was stored, byte for byte,
then one line a version of the record.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app import event_codec
from app.errors import PackageFault, StoreFault
from app.evidence import Signer
from app.evidence_check import Signature, Verifier
from app.opening import PACKAGE
from app.replay.model import StoredEvent
from audio.model import SAMPLE_RATE, Channel, Pcm
from ui.replay.ports import RecordVersion

MIME: Final = b"application/vnd.doumi.session"
SUFFIX: Final = PACKAGE
FORMAT: Final = "doumi.session"
VERSION: Final = 1
PIECE: Final = 10 * SAMPLE_RATE
"""Samples a side in one piece of sound."""
MAX_PIECES: Final = 10_000
MAX_SEALED: Final = 32_000_000
"""Bytes of the sealed part: a two-hour call has about 3 MB."""
MAX_EVENTS: Final = 50_000
_MAX_LINE: Final = 2_000_000
_LATEST_NS: Final = 10**15
_SIGNED: Final = b"doumi.session\0"
"""Before the manifest when it is signed, so that a signature means a package and nothing else."""

Text = Annotated[str, Field(max_length=500)]


class PackageKind(StrEnum):
    """What a package is for the program."""

    SESSION = "session"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the sender says about a package."""

    purpose: str
    """What it may be used for, one line; not empty."""
    until: date
    """Last day on which it opens."""
    kind: PackageKind = PackageKind.SESSION
    counsellor: str = ""
    """Counsellor code; empty: not told."""
    header: str = ""
    """Header id of a drawn call."""
    plan: str = ""
    """Id of the plan that drew it."""
    extra: str = ""
    """What this kind needs besides, as its own maker wrote it, e.g. an exercise as JSON; at most 1 MB."""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What a package says of itself, to whom it was sealed. Proven as far as :attr:`signature` says."""

    id: str
    kind: PackageKind
    purpose: str
    until: date
    made_at: str
    """ISO 8601 with offset."""
    sender: str
    """Id of the desk that made it, computed from its key."""
    signature: Signature
    """``valid``: a desk of the list; ``unknown_desk``: the signature fits, the desk is not in the list."""
    counsellor: str
    header: str
    plan: str
    title: str
    started_at: str
    duration_s: float
    category: str
    source: str
    sound_s: float
    """Seconds of sound, of the longer side; 0: none."""
    events: int
    extra: str = field(repr=False)


class PackageBox(Protocol):
    """Sealing for several receivers. Filled by :class:`app.adapters.age_box.AgeBox`."""

    def recipient_of(self, identity: str) -> str:
        """Return the public side of an identity. Raises TeamFault."""
        ...

    def check_recipient(self, recipient: str) -> None:
        """Raise TeamFault where ``recipient`` is not a public key."""
        ...

    def seal_all(self, plain: bytes, recipients: Sequence[str]) -> bytes:
        """Return ``plain`` sealed for each of ``recipients``. Raises TeamFault."""
        ...

    def open_any(self, sealed: bytes, identities: Sequence[str]) -> bytes | None:
        """Return what was sealed; None where it was for none of ``identities``. Raises TeamFault where it is broken."""
        ...


class PieceSeal(Protocol):
    """Seals pieces of sound. Filled by :class:`app.adapters.package_seal.PieceCipher`."""

    def new_key(self) -> bytes:
        """Return a random key."""
        ...

    def seal(self, key: bytes, index: int, context: bytes, plain: bytes) -> bytes:
        """Return ``plain`` sealed as piece ``index``; a key seals each index once."""
        ...

    def open(self, key: bytes, index: int, context: bytes, sealed: bytes) -> bytes | None:
        """Return what was sealed; None where it is not as it was sealed."""
        ...


class PieceCodec(Protocol):
    """Sound to bytes and back without loss. Filled by :class:`audio.adapters.sound_file.FlacEncoder`."""

    def encode(self, agent: Pcm, caller: Pcm) -> bytes:
        """Return both sides, equally long, as one small file."""
        ...

    def decode(self, data: bytes, samples: int) -> tuple[Pcm, Pcm]:
        """Return at most ``samples`` of each side. Raises FileFault."""
        ...


@dataclass(frozen=True, slots=True)
class PackageTools:
    """What making and opening need from outside."""

    box: PackageBox
    seal: PieceSeal
    codec: PieceCodec
    verifier: Verifier


class Stretch(BaseModel):
    """A stretch of one side without sound; see :class:`ui.replay.ports.SilentStretch`."""

    model_config = ConfigDict(frozen=True)

    side: Channel
    start: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
    end: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
    why: Annotated[str, Field(pattern="^(damaged|lost|paused|missing)$")]


class Desk(BaseModel):
    """Who made it."""

    model_config = ConfigDict(frozen=True)

    id: Text
    public_key: Text


class Manifest(BaseModel):
    """The first line inside the seal."""

    model_config = ConfigDict(frozen=True)

    format: Literal["doumi.session"]
    version: Literal[1]
    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    kind: PackageKind
    purpose: Text
    until: date
    made_at: Text
    desk: Desk
    recipients: Annotated[tuple[Text, ...], Field(min_length=1, max_length=100)]
    counsellor: Text = ""
    header: Text = ""
    plan: Text = ""
    title: Text = ""
    started_at: Text = ""
    duration_s: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
    category: Text = ""
    source: Text = ""
    agent_samples: Annotated[int, Field(ge=0, le=MAX_PIECES * PIECE)] = 0
    caller_samples: Annotated[int, Field(ge=0, le=MAX_PIECES * PIECE)] = 0
    sound_key: Annotated[str, Field(max_length=100)] = ""
    pieces: Annotated[tuple[Annotated[str, Field(pattern="^[0-9a-f]{64}$")], ...], Field(max_length=MAX_PIECES)] = ()
    """SHA-256 of each sealed piece."""
    silent: Annotated[tuple[Stretch, ...], Field(max_length=20_000)] = ()
    """What was missing in the sound when it was packed."""
    events: Annotated[int, Field(ge=0, le=MAX_EVENTS)]
    versions: Annotated[int, Field(ge=0, le=1_000)]
    body_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    extra: Annotated[str, Field(max_length=1_000_000)] = ""

    @property
    def samples(self) -> dict[Channel, int]:
        """Length of each side."""
        return {Channel.AGENT: self.agent_samples, Channel.CALLER: self.caller_samples}

    def facts(self, signature: Signature, sender: str) -> PackageFacts:
        """Return what is told of the package."""
        return PackageFacts(
            id=self.id,
            kind=self.kind,
            purpose=self.purpose,
            until=self.until,
            made_at=self.made_at,
            sender=sender,
            signature=signature,
            counsellor=self.counsellor,
            header=self.header,
            plan=self.plan,
            title=self.title,
            started_at=self.started_at,
            duration_s=self.duration_s,
            category=self.category,
            source=self.source,
            sound_s=max(self.samples.values()) / SAMPLE_RATE,
            events=self.events,
            extra=self.extra,
        )


@dataclass(frozen=True, slots=True)
class Inside:
    """What is inside the seal, checked."""

    manifest: Manifest
    signature: Signature
    sender: str
    stored: tuple[StoredEvent, ...]
    versions: tuple[RecordVersion, ...]


def piece_context(package_id: str, index: int, pieces: int) -> bytes:
    """Return the associated data of a piece of sound."""
    return f"{package_id}|{index}|{pieces}".encode()


def body_of(lines: Sequence[str], versions: Sequence[RecordVersion]) -> bytes:
    """Return event lines and record versions as they follow the manifest. Raises PackageFault ``package.not_made``."""
    if any("\n" in line for line in lines) or len(lines) > MAX_EVENTS:
        raise PackageFault("package.not_made")  # never written so by this program
    rows = [
        json.dumps({"version": one.version, "at_s": one.at_s, "records": event_codec.encode_records(one.records)})
        for one in versions
    ]
    return b"".join(f"{line}\n".encode() for line in (*lines, *rows))


def sign_and_join(manifest: bytes, body: bytes, signer: Signer) -> bytes:
    """Return what goes into the seal: the manifest as one line of JSON, its signature, the body."""
    return b"\n".join((manifest, base64.b64encode(signer.sign(_SIGNED + manifest)), body))


def read_inside(plain: bytes, verifier: Verifier, desks: Mapping[str, str], package_id: str, path: str = "") -> Inside:
    """Return what an opened seal holds.

    Args:
        plain: What was sealed.
        verifier: Checks the signature.
        desks: Public keys of known desks by id.
        package_id: As the file says in clear.
        path: The file, for the sentence of a fault.

    Raises:
        PackageFault: ``package.changed`` or ``package.newer``.
    """
    changed = PackageFault("package.changed", path=path)
    newer = PackageFault("package.newer", path=path)
    first, _, rest = plain.partition(b"\n")
    signed, _, body = rest.partition(b"\n")
    try:
        manifest = Manifest.model_validate_json(first)
        signature = base64.b64decode(signed, validate=True)
    except (ValidationError, ValueError, RecursionError):
        raise (newer if _is_newer(first) else changed) from None
    key = manifest.desk.public_key
    sender = verifier.desk_id(key)
    is_signed = bool(sender) and sender == manifest.desk.id and verifier.verify(key, signature, _SIGNED + first)
    if not is_signed or manifest.id != package_id or hashlib.sha256(body).hexdigest() != manifest.body_sha256:
        raise changed
    known = Signature.VALID if desks.get(sender) == key else Signature.UNKNOWN_DESK
    try:
        stored, versions = _read_body(body, manifest)
    except StoreFault as fault:
        raise (newer if fault.code in ("store.event_newer", "store.event_unknown") else changed) from None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise changed from None
    return Inside(manifest, known, sender, stored, versions)


def _read_body(body: bytes, manifest: Manifest) -> tuple[tuple[StoredEvent, ...], tuple[RecordVersion, ...]]:
    """Return events and record versions. Raises StoreFault and what a text that is none of ours makes Python raise."""
    lines = body.decode().split("\n")
    if len(lines) != manifest.events + manifest.versions + 1 or lines.pop():
        raise ValueError("more or fewer lines than were packed")
    if any(len(line) > _MAX_LINE for line in lines):
        raise ValueError("a line far too long")
    stored = tuple(StoredEvent(event_codec.decode(line), line) for line in lines[: manifest.events])
    if any(abs(one.event.t_ns) > _LATEST_NS for one in stored):
        raise ValueError("no call is that long")
    return stored, tuple(_version(line) for line in lines[manifest.events :])


def _version(line: str) -> RecordVersion:
    value = json.loads(line)
    number, at_s = value["version"], float(value["at_s"])
    if not isinstance(number, int) or not abs(at_s) <= _LATEST_NS / 1e9:
        raise ValueError("no version of a record")
    return RecordVersion(number, at_s, event_codec.decode_records(str(value["records"])))


def _is_newer(first: bytes) -> bool:
    try:
        value = json.loads(first)
        return value["format"] == FORMAT and type(value["version"]) is int and value["version"] > VERSION
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
