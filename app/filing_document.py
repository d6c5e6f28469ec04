"""A filed record as the site's own system gets it: one JSON document a call and version.

``docs/record-schema.json`` is made from these models (:func:`schema`); docs/record-filing.md tells the contract.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from assist.model import CATEGORIES, CallRecord

SCHEMA: Final = "doumi-record/1"
"""Raised when a reader of the earlier form could misread the document; new optional fields do not raise it."""
SCHEMA_ID: Final = "urn:doumi:record:1"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_ID: Final = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Inquiry(_Part):
    """One inquiry of the call (분류, 문의, 답변, 처리, 후속조치)."""

    number: int = Field(ge=1, description="Place in the call, from 1.")
    category: Literal["", *CATEGORIES] = Field(description="Field of the city's call centre; empty: none was chosen.")  # type: ignore[valid-type]
    subcategory: str = Field(default="", description="Finer field, free text; empty where there is none.")
    inquiry: tuple[str, ...] = Field(description="What was asked, a line each.")
    answer: tuple[str, ...] = Field(description="What was answered, a line each.")
    action: tuple[str, ...] = Field(description="What was done in the call, a line each.")
    follow_up: str = Field(default="", description="What is still to be done, with name and number; empty: nothing.")


class About(_Part):
    """The call."""

    started_at: str = Field(description="ISO 8601 with offset.", json_schema_extra={"format": "date-time"})
    duration_s: float = Field(ge=0, description="Seconds; 0 where the call has not ended yet.")
    source: str = Field(description="`devices`: a live call; `file`: one from a recording.")
    escalated: bool = Field(description="Whether it was handed to the dedicated team.")


class Document(_Part):
    """What a counsellor filed of one call. A later version of the same id takes the place of the earlier one whole."""

    schema_name: Literal["doumi-record/1"] = Field(alias="schema")
    id: str = Field(pattern=_ID, description="Id of the record: the call's (a ULID).")
    version: int = Field(ge=1, description="From 1; every filing of the same call is the next one. Gaps are usual.")
    filed_at: str = Field(description="ISO 8601 with offset.", json_schema_extra={"format": "date-time"})
    counsellor: str = Field(default="", description="Name of the counsellor's profile; empty where it has none.")
    call: About
    records: tuple[Inquiry, ...] = Field(min_length=1, description="One an inquiry.")


def key_of(record_id: str, version: int) -> str:
    """Return the idempotency key of a version; keys of one record sort by version."""
    return f"{record_id}-{version:04d}"


def document(
    record_id: str, version: int, filed_at: datetime, counsellor: str, about: About, records: tuple[CallRecord, ...]
) -> str:
    """Return the document as JSON text, UTF-8 when written.

    Args:
        record_id: The call's id.
        version: As it was stored.
        filed_at: With zone.
        counsellor: Name of the profile or empty.
        about: The call.
        records: One an inquiry, at least one.
    """
    made = Document(
        schema=SCHEMA,
        id=record_id,
        version=version,
        filed_at=filed_at.isoformat(timespec="seconds"),
        counsellor=counsellor,
        call=about,
        records=tuple(
            Inquiry(
                number=number,
                category=one.category if one.category in CATEGORIES else "",
                subcategory=one.subcategory or "",
                inquiry=one.inquiry,
                answer=one.answer,
                action=one.action,
                follow_up=one.follow_up or "",
            )
            for number, one in enumerate(records, start=1)
        ),
    )
    return json.dumps(made.model_dump(by_alias=True, mode="json"), ensure_ascii=False, separators=(",", ":"))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document."""
    made = _untitled(Document.model_json_schema(by_alias=True))
    about = "What the counsellor's desk sends of a filed record. See record-filing.md."
    return {"$schema": DIALECT, "$id": SCHEMA_ID, **made, "title": "Filed record", "description": about}


def _untitled(value: Any) -> Any:
    """Return a schema without the titles that only repeat names."""
    if isinstance(value, dict):
        return {name: _untitled(one) for name, one in value.items() if not (name == "title" and isinstance(one, str))}
    return [_untitled(one) for one in value] if isinstance(value, list) else value
