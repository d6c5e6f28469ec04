"""What is personal in a text, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

COVER: Final = "•"


class PersonalKind(StrEnum):
    """What a span is."""

    RRN = "rrn"
    FRN = "frn"
    PHONE = "phone"
    CARD = "card"
    ACCOUNT = "account"
    PASSPORT = "passport"
    DRIVER = "driver"
    VEHICLE = "vehicle"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    BIRTHDATE = "birthdate"


@dataclass(frozen=True, slots=True)
class MaskSpan:
    """A personal span, code-point offsets into the given text, end exclusive."""

    start: int
    end: int
    kind: PersonalKind
    again: bool = True
    """Whether it is covered wherever it stands again in the call; a short part of an address (삼 호) is not."""
