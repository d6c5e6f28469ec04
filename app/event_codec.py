"""Events of a call as JSON and back: a type name, a schema number and the fields.

The session store and the export write these; reading them back gives equal events, so a saved call drives the
same windows as a live one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

import assist.events
import audio.events
from app.errors import StoreFault
from assist.model import CallRecord
from audio.events import CallEvent

SCHEMA: Final = 1
"""Raised when a stored event can no longer be read by an older program."""

_RECORDS: Final = TypeAdapter(tuple[CallRecord, ...])


@cache
def event_types() -> dict[str, type[CallEvent]]:
    """Return every event class by name."""
    found: dict[str, type[CallEvent]] = {}
    for module in (audio.events, assist.events):
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, CallEvent) and value is not CallEvent:
                found[name] = value
    return found


@cache
def _adapter(name: str) -> TypeAdapter[CallEvent]:
    return TypeAdapter(event_types()[name])


def to_object(event: CallEvent) -> dict[str, Any]:
    """Return ``event`` as plain JSON values: ``type``, ``schema`` and its fields."""
    name = type(event).__name__
    return {"type": name, "schema": SCHEMA, **_adapter(name).dump_python(event, mode="json")}


def from_object(value: Mapping[str, Any]) -> CallEvent:
    """Return the event that :func:`to_object` made.

    Raises:
        StoreFault: Written by a newer program, of an unknown type, or not an event.
    """
    fields = dict(value)
    name = str(fields.pop("type", ""))
    schema = fields.pop("schema", None)
    if not isinstance(schema, int) or schema > SCHEMA:
        raise StoreFault("store.event_newer", type=name)
    if name not in event_types():
        raise StoreFault("store.event_unknown", type=name)
    try:
        return _adapter(name).validate_python(fields)
    except ValidationError:
        raise StoreFault("store.event_broken", type=name) from None  # the details would hold what was said


def encode(event: CallEvent) -> str:
    """Return ``event`` as one line of JSON."""
    return json.dumps(to_object(event), ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> CallEvent:
    """Return the event of one line of JSON. Raises StoreFault as :func:`from_object`."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise StoreFault("store.line_broken") from None
    if not isinstance(value, dict) or not value.get("type"):
        raise StoreFault("store.line_broken")
    return from_object(value)


def encode_records(records: tuple[CallRecord, ...]) -> str:
    """Return records as JSON."""
    return json.dumps(_RECORDS.dump_python(records, mode="json"), ensure_ascii=False, separators=(",", ":"))


def decode_records(text: str) -> tuple[CallRecord, ...]:
    """Return the records of :func:`encode_records`. Raises StoreFault."""
    try:
        return _RECORDS.validate_python(json.loads(text))
    except ValueError:
        raise StoreFault("store.event_broken", type="CallRecord") from None
