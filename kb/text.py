"""Texts made ready for searching: cleaning, passages, folded jamo. Pure functions."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.model import TextSpan

_FONT_RUN: Final = re.compile(r"(?:돋움\s*)+(?=돋움|\s|$)")
"""A font name that an old editor left in the texts, again and again."""
_TAG: Final = re.compile(r"<[^<>]{0,500}>")
_SPACE: Final = re.compile(r"\s+")
_BREAK: Final = re.compile(r"\n+|(?<=[.!?。])\s+|\s{2,}")

_HANGUL_FIRST: Final = 0xAC00
_HANGUL_LAST: Final = 0xD7A3
_INITIAL: Final = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ"
"""What each of the 19 initials sounds like once tense and aspirated ones are folded."""
_VOWEL: Final = "ㅏㅐㅑㅒㅓㅐㅕㅒㅗㅘㅙㅙㅛㅜㅝㅙㅟㅠㅡㅢㅣ"
"""The 21 vowels with ㅔ as ㅐ, ㅖ as ㅒ, ㅚ and ㅞ as ㅙ."""
_FINAL: Final = " ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㅂㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"
"""The 28 finals as they sound at the end of a syllable; the first is none."""


def nfc(text: str) -> str:
    """Return ``text`` in NFC without NUL."""
    return unicodedata.normalize("NFC", text).replace("\0", "")


def searchable(text: str) -> str:
    """Return ``text`` as it is searched: entities and tags resolved, font-name runs and doubled spaces gone."""
    plain = text
    if "&" in plain:
        plain = html.unescape(html.unescape(html.unescape(plain)))
    if "<" in plain:
        plain = _TAG.sub(" ", plain)
    if "돋움" in plain:
        plain = _FONT_RUN.sub(" ", plain)
    return _SPACE.sub(" ", plain).strip()


def passages(answer: str, length: int = 300, most: int = 200) -> list[TextSpan]:
    """Cut an answer into passages of at most ``length`` code points, at sentence ends or spaces where it can.

    Font-name runs belong to no passage. Every span lies inside ``answer`` and starts and ends on text.
    """
    found: list[TextSpan] = []
    for start, end in _pieces(answer, length):
        last = found[-1] if found else None
        if last and end - last.start <= length and not _FONT_RUN.search(answer, last.end, start):
            found[-1] = TextSpan(last.start, end)
        elif len(found) < most:
            found.append(TextSpan(start, end))
        else:
            break
    return found


def _pieces(answer: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield stretches no longer than ``length`` between breaks, edges stripped."""
    edges = sorted([(m.start(), m.end()) for m in _BREAK.finditer(answer)] + _runs(answer))
    edges.append((len(answer), len(answer)))
    at = 0
    for stop, resume in edges:
        while at < stop:
            end = stop
            if end - at > length:
                space = answer.rfind(" ", at + 1, at + length)
                end = space if space > at else at + length
            piece = answer[at:end]
            if piece.strip():
                yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
            at = end
        at = max(at, resume)


def _runs(answer: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in _FONT_RUN.finditer(answer)] if "돋움" in answer else []


def phonetic(text: str) -> str:
    """Return the folded jamo of ``text`` without spaces and punctuation: what sounds alike is written alike."""
    out: list[str] = []
    for sign in text.lower():
        code = ord(sign)
        if _HANGUL_FIRST <= code <= _HANGUL_LAST:
            offset = code - _HANGUL_FIRST
            out.append(_INITIAL[offset // 588])
            out.append(_VOWEL[offset % 588 // 28])
            final = offset % 28
            if final:
                out.append(_FINAL[final])
        elif sign.isalnum():
            out.append(sign)
    return "".join(out)


def sound_runs(text: str) -> frozenset[str]:
    """Return every run of three signs of the folded jamo of ``text``; the whole where it is shorter."""
    folded = phonetic(text)
    return frozenset(folded[at : at + 3] for at in range(max(1, len(folded) - 2)))


def grams(folded: str, buckets: int) -> NDArray[np.int64]:
    """Return hashes below ``buckets`` of every run of 4, 5 and 6 signs, repeats included."""
    signs = np.frombuffer(folded.encode("utf-32-le"), np.uint32).astype(np.uint64)
    parts = []
    for size in (4, 5, 6):
        count = len(signs) - size + 1
        if count <= 0:
            continue
        rolled = np.full(count, np.uint64(size * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF), np.uint64)
        for shift in range(size):
            rolled = (rolled ^ signs[shift : shift + count]) * np.uint64(0x100000001B3)
        parts.append(((rolled >> np.uint64(24)) % np.uint64(buckets)).astype(np.int64))
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def decoded(raw: bytes) -> str:
    """Return the text of a file in any encoding that Korean offices write: UTF-8, UTF-16 with its mark, CP949.

    Raises:
        UnicodeDecodeError: It is none of them; of the encoding that came furthest, where it is broken.
    """
    furthest: UnicodeDecodeError | None = None
    for encoding in ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp949"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = error if furthest is None or error.start > furthest.start else furthest
    assert furthest is not None
    raise furthest
