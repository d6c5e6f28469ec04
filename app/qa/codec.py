"""Values of :mod:`assist.review.model` as JSON, in the database and inside seals."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def dump(value: object) -> str:
    """Return a value as one line of JSON; the same value gives the same text."""
    kind: Any = type(value)
    return _adapter(kind).dump_json(value).decode()


def load(kind: type[T], text: str | bytes) -> T:
    """Return the value that a text holds; names it does not know are left out.

    Raises:
        ValueError: It holds no such value; the text itself is no part of it.
    """
    wanted: Any = kind
    try:
        found: T = _adapter(wanted).validate_json(text)
    except ValidationError:
        raise ValueError(f"no {kind.__name__}") from None
    return found


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
