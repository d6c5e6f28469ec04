"""Sentences put into a record from templates, and a record written for another system's form.

Both come from files the site may replace: ``resources/record/templates.toml`` and ``copy_formats.toml``.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from assist.errors import ScriptsFault
from assist.model import CallRecord
from assist.particles import settle
from kb.whole_file import take
from resources import path

FIELDS: Final = ("inquiry", "answer", "action", "follow_up")
PLACES: Final = ("분류", "세부", "부서", "부서전화", "민원인번호", "주소", "금액", "오늘", "지금", "통화시각")
"""What a template can name in braces; what the call does not tell stays as ``[부서]``, for the counsellor."""
PARTS: Final = ("번호", "분류", "세부", "문의", "답변", "처리", "후속조치", "오늘", "통화시각")
"""What a copy format can name."""
_LINES: Final = {"문의": "inquiry", "답변": "answer", "처리": "action"}
_MAX_BYTES: Final = 200_000
_MOST: Final = 100
_NAMED: Final = re.compile(r"\{([^{}]*)\}")
_OPEN: Final = re.compile(r"\[[가-힣]+\]")


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence for one field."""

    field: str
    """One of :data:`FIELDS`."""
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CopyFormat:
    """How a record is written for one target system."""

    name: str
    record: str
    """One record; names in braces are filled in."""
    between: str = "\n\n"
    """Between two records."""
    join: str = " / "
    """Between the lines of a field, where lines are not repeated."""
    repeat: bool = False
    """Whether a line of :attr:`record` stands once for each line of its field, and not at all for an empty one."""
    media: str = "text"
    """``text``, or ``html``: values are escaped, and it is put on the clipboard as such too."""
    head: str = ""
    tail: str = ""


def filled(template: Template, known: Mapping[str, str]) -> str:
    """Return the sentence of a template with what the call tells, particles settled."""
    return settle(_NAMED.sub(lambda found: known.get(found[1]) or f"[{found[1]}]", template.text))


def open_place(text: str) -> tuple[int, int] | None:
    """Return where the first ``[부서]`` of a filled sentence stands: something the call did not tell."""
    found = _OPEN.search(text)
    return found.span() if found else None


def written(form: CopyFormat, records: Sequence[CallRecord], known: Mapping[str, str]) -> str:
    """Return records in a copy format."""
    return form.head + form.between.join(_one(form, n, one, known) for n, one in enumerate(records, 1)) + form.tail


def _one(form: CopyFormat, number: int, record: CallRecord, known: Mapping[str, str]) -> str:
    values: dict[str, tuple[str, ...]] = {name: tuple(getattr(record, key)) for name, key in _LINES.items()}
    values |= {"후속조치": (record.follow_up,) if record.follow_up else (), "번호": (str(number),)}
    values |= {
        "분류": (record.category,) if record.category else (),
        "세부": tuple(filter(None, (record.subcategory,))),
    }
    values |= {name: (known[name],) for name in ("오늘", "통화시각") if known.get(name)}
    flat = {name: tuple(_safe(form, line) for line in lines) for name, lines in values.items()}
    if not form.repeat:
        return _NAMED.sub(lambda found: form.join.join(flat.get(found[1], ())), form.record)
    return "\n".join(made for line in form.record.split("\n") for made in _repeated(line, form.join, flat))


def _repeated(line: str, join: str, values: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a line of a format once for each line of the field it names first."""
    first = _NAMED.search(line)
    if first is None:
        return [line]

    def put(found: re.Match[str], value: str) -> str:
        return value if found[1] == first[1] else join.join(values.get(found[1], ()))

    return [_NAMED.sub(partial(put, value=value), line) for value in values.get(first[1], ())]


def _safe(form: CopyFormat, value: str) -> str:
    flat = " ".join(value.split())  # a tab or a line break would be another column or row
    return html.escape(flat) if form.media == "html" else flat


# -- files ----------------------------------------------------------------------------------------------------


def load_templates(file: Path) -> tuple[Template, ...]:
    """Return the templates of a file. Raises ScriptsFault."""
    found = []
    for row in _rows(file, "template", {"field", "name", "text"}, set()):
        one = Template(row["field"], row["name"], row["text"])
        _check(file, one.field in FIELDS and "\n" not in one.text, one.text, PLACES)
        found.append(one)
    return tuple(found)


def load_formats(file: Path) -> tuple[CopyFormat, ...]:
    """Return the copy formats of a file, at least one. Raises ScriptsFault."""
    found = []
    for row in _rows(file, "format", {"name", "record"}, {"between", "join", "repeat", "media", "head", "tail"}):
        one = CopyFormat(**row)
        _check(file, one.media in ("text", "html"), one.record, PARTS)
        found.append(one)
    if not found or len({one.name for one in found}) != len(found):
        raise ScriptsFault("record.file_broken", path=str(file))
    return tuple(found)


@cache
def shipped_templates() -> tuple[Template, ...]:
    """Return the program's own templates."""
    return load_templates(path("record/templates.toml"))


@cache
def shipped_formats() -> tuple[CopyFormat, ...]:
    """Return the program's own copy formats."""
    return load_formats(path("record/copy_formats.toml"))


def _rows(file: Path, table: str, needed: set[str], further: set[str]) -> list[dict[str, Any]]:
    broken = ScriptsFault("record.file_broken", path=str(file))
    try:
        whole = tomllib.loads(unicodedata.normalize("NFC", take(file, _MAX_BYTES).decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        raise broken from None
    rows = whole.get(table)
    if not isinstance(rows, list) or len(rows) > _MOST:
        raise broken
    for row in rows:
        if not isinstance(row, dict) or not needed <= row.keys() <= needed | further:
            raise broken
        for name, value in row.items():
            if not isinstance(value, bool if name == "repeat" else str) or (name in needed and not value):
                raise broken
    return rows


def _check(file: Path, good: bool, text: str, names: Sequence[str]) -> None:
    unknown = [found[1] for found in _NAMED.finditer(text) if found[1] not in names]
    if unknown:
        raise ScriptsFault("record.unknown_place", path=str(file), name=unknown[0][:40])
    if not good:
        raise ScriptsFault("record.file_broken", path=str(file))
