"""What a release says of itself; signed with it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from kb.errors import SyncRefused

FORMAT: Final = 1
NAME: Final = "manifest.json"
MAX_BYTES: Final = 1_000_000
MAX_DB_BYTES: Final = 4_000_000_000
MAX_GOLDEN: Final = 200


class Golden(BaseModel):
    """A question whose answer a release must find."""

    model_config = ConfigDict(frozen=True)

    query: str = Field(min_length=1, max_length=300)
    ids: tuple[str, ...] = Field(min_length=1, max_length=20)
    """Entries of which one has to be among the first."""


class Manifest(BaseModel):
    """What a release says of itself."""

    # Fields that a later program adds do not keep an earlier one from reading; `format` does where it matters.
    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = FORMAT
    schema_version: int = Field(ge=1)
    """Of the generation file."""
    release: int = Field(ge=1, le=2**31)
    built_at: AwareDatetime
    file: str = Field(pattern=r"^kb-[0-9]{1,10}\.db(\.gz)?$")
    db_bytes: int = Field(ge=1, le=MAX_DB_BYTES)
    """Of the generation file itself, not of its compressed form."""
    db_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    articles: int = Field(ge=1)
    newest_update: str = Field(default="", max_length=40)
    encoder: str = Field(default="", max_length=200)
    """Name of the model of its vectors; empty where it has none."""
    source: str = Field(default="", max_length=2_000)
    source_sha256: str = Field(default="", max_length=64)
    golden: tuple[Golden, ...] = Field(default=(), max_length=MAX_GOLDEN)
    golden_top: int = Field(default=3, ge=1, le=20)
    """Among how many first results an expected entry has to be."""
    may_shrink: bool = False
    """Whether the DB team said that far fewer entries than before are meant."""

    @property
    def compressed(self) -> bool:
        """Whether :attr:`file` is gzip."""
        return self.file.endswith(".gz")

    def to_bytes(self) -> bytes:
        """Return the file."""
        return (self.model_dump_json(indent=1) + "\n").encode()


def parse(raw: bytes, schema: int) -> Manifest:
    """Return the manifest in ``raw``.

    Args:
        raw: The file, its signature already checked.
        schema: The schema of generations this program reads.

    Raises:
        SyncRefused: Made for a later or an earlier program, or not a manifest.
    """
    try:
        value = json.loads(raw)
        if not isinstance(value, dict):
            raise ValueError("not an object")
        form, made_for = int(value["format"]), int(value["schema_version"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise SyncRefused("kb.sync_manifest_bad") from error
    if form > FORMAT or made_for > schema:
        raise SyncRefused("kb.sync_program_too_old")
    if made_for < schema:
        raise SyncRefused("kb.sync_release_too_old")
    try:
        return Manifest.model_validate(value)
    except ValidationError as error:
        raise SyncRefused("kb.sync_manifest_bad") from error


def moment(text: str) -> datetime | None:
    """Return the time an ISO text names, or None where it is none or lacks its zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
