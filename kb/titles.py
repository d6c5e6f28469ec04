"""What a search by hand looks at: titles, keywords, phone numbers, fields and departments, in a form quick to scan.

All titles are one long text without spaces and punctuation, a line each. Scanning it takes a millisecond for ten
thousand entries, so there is nothing to build and nothing that could be out of step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kb.columns import Arrays
from kb.model import Article
from kb.text import phonetic, searchable

MOST_PLACES: Final = 4_000
"""Most occurrences looked at; what stands in more lines is no way to tell entries apart."""
_PHONE: Final = re.compile(r"(?<!\d)(?:0\d{1,2}[-.) ]{0,2})?\d{3,4}[-.]\d{4}(?!\d)")
_MOST_PHONES: Final = 20
_LEVEL: Final = re.compile(r"\s*[>›/]\s*")
_FIRST_SYLLABLE: Final = 0xAC00
_SYLLABLES: Final = 11_172
_AN_INITIAL: Final = 588
INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

Numbers = NDArray[np.int64]


class Lines:
    """Short texts of the entries in one long one, a line each. Immutable; any thread."""

    def __init__(self, text: str, owners: NDArray[np.int32]) -> None:
        """Take lines.

        Args:
            text: Each line with a break before it, and one after the last.
            owners: Article of each line.
        """
        self.text = text
        self.signs = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        self.starts = np.flatnonzero(self.signs == ord("\n"))[: len(owners)] + 1
        """Where each line begins."""
        if len(self.starts) != len(owners):
            raise ValueError("lines")
        self.owners = owners

    def line_of(self, places: Numbers) -> Numbers:
        """Return the line each place in ``text`` lies in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def places(self, text: str) -> Numbers:
        """Return where a literal text stands, ascending."""
        return np.fromiter(_places(self.text, text), np.int64)


class Titles:
    """The entries of one generation as a search by hand sees them. Immutable; any thread."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take what :meth:`arrays` gave."""
        self.lines = Lines(_text(arrays["line_text"]), arrays["line_owners"])
        """Titles, then keywords and numbers, compacted (see :func:`compacted`)."""
        self.titles = int(arrays["line_titles"])
        """How many of the lines are titles."""
        self.edges: NDArray[np.uint8] = arrays["line_edges"]
        """1 for each sign of ``lines.text`` that begins a word."""
        self.sounds = Lines(_text(arrays["sound_text"]), np.arange(self.titles, dtype=np.int32))
        """Titles in folded jamo (see :func:`kb.text.phonetic`)."""
        self.phones = Lines(_text(arrays["phone_text"]), arrays["phone_owners"])
        """Digits of phone numbers, of the entry's own field first."""
        self.initials = _initials(self.lines.signs)
        """``lines.text`` with every syllable as its initial."""
        self.fields = _names(arrays["field_names"])
        self.field: NDArray[np.int32] = arrays["field"]
        """Category of each article, a place in ``fields``."""
        self.departments = _names(arrays["department_names"])
        self.department: NDArray[np.int32] = arrays["department"]
        self.updated: NDArray[np.int32] = arrays["updated"]
        """Day of the last update, ``YYYYMMDD``; 0 where unknown."""

    @staticmethod
    def arrays(articles: Sequence[Article]) -> Arrays:
        """Return what the constructor takes."""
        titles = [compacted(one.question)[0] for one in articles]
        more = [
            (number, compacted(word)[0])
            for number, one in enumerate(articles)
            for word in (*one.keywords, one.id, *((one.number,) if one.number else ()))
        ]
        text = "\n" + "".join(f"{line}\n" for line in (*titles, *(word for _, word in more)))
        edges = np.zeros(len(text), np.uint8)
        at = 1
        for one in articles:
            line, origins = compacted(one.question)
            edges[[at + n for n, origin in enumerate(origins) if _begins(one.question, origin)]] = 1
            at += len(line) + 1
        for _, word in more:
            edges[at : at + 1] = 1
            at += len(word) + 1
        phones = [(number, digits) for number, one in enumerate(articles) for digits in _phones(one)]
        fields, field = _coded([one.category for one in articles])
        departments, department = _coded([one.department for one in articles])
        return {
            "line_text": _signs(text),
            "line_owners": np.array([*range(len(articles)), *(number for number, _ in more)], np.int32),
            "line_titles": np.array(len(articles), np.int32),
            "line_edges": edges,
            "sound_text": _signs("\n" + "".join(f"{phonetic(title)}\n" for title in titles)),
            "phone_text": _signs("\n" + "".join(f"{digits}\n" for _, digits in phones)),
            "phone_owners": np.array([number for number, _ in phones], np.int32),
            "field_names": fields,
            "field": field,
            "department_names": departments,
            "department": department,
            "updated": np.array([int(one.updated.replace("-", "") or 0) for one in articles], np.int32),
        }

    def fields_of(self, field: str) -> list[int]:
        """Return the categories, places in ``fields``, that a field stands for: itself and what lies under it."""
        return [number for number, name in enumerate(self.fields) if name == field or first_level(name) == field]


def compacted(text: str) -> tuple[str, list[int]]:
    """Return ``text`` in small letters without spaces and punctuation, and the place each sign comes from."""
    plain = text.lower()
    if len(plain) != len(text):  # a few letters grow when they are made small
        plain = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    origins = [at for at, sign in enumerate(plain) if sign.isalnum()]
    return "".join(plain[at] for at in origins), origins


def first_level(category: str) -> str:
    """Return the field of a category that has levels (교통 > 주정차)."""
    return _LEVEL.split(category, maxsplit=1)[0]


def _begins(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _phones(article: Article) -> list[str]:
    """Return the digits of an entry's phone numbers, those of its own field first."""
    found = [article.phone, *_PHONE.findall(searchable(article.answer[:20_000]))]
    digits = ("".join(sign for sign in one if sign in "0123456789") for one in found)
    return [one for one in dict.fromkeys(digits) if len(one) >= 3][:_MOST_PHONES]


def _coded(values: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    names = sorted(set(values))
    places = {name: number for number, name in enumerate(names)}
    return _signs("\n".join(names)), np.array([places[value] for value in values], np.int32)


def _names(signs: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(_text(signs).split("\n"))


def _signs(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "replace"), np.uint8)


def _text(signs: NDArray[np.uint8]) -> str:
    return signs.tobytes().decode()


def _initials(signs: NDArray[np.uint32]) -> str:
    letters = np.array([ord(sign) for sign in INITIALS], np.uint32)
    offset = signs - np.uint32(_FIRST_SYLLABLE)  # wraps far beyond the syllables for what lies before them
    syllable = offset < _SYLLABLES
    found = np.where(syllable, letters[np.where(syllable, offset // _AN_INITIAL, 0)], signs)
    return found.astype("<u4").tobytes().decode("utf-32-le", "replace")


def places_of(pattern: re.Pattern[str], text: str) -> Numbers:
    """Return where a pattern matches, ascending; the first ``MOST_PLACES``."""
    found = (match.start() for _, match in zip(range(MOST_PLACES), pattern.finditer(text), strict=False))
    return np.fromiter(found, np.int64)


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(wanted, at + 1)
