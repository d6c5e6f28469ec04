"""Figures in a text a counsellor answers with: amounts, dates, times, telephone numbers, shares, counts.

Spoken and written figures compare: 사만 원, 4만 원 and 40,000원 are one figure.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assist import numbers
from assist.number_words import digit_string

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_NO_FIGURE: Final = re.compile(r"\d[\d,]{24,}")
"""More digits than any figure has: noise of a recognition or a broken file."""
_AMOUNT: Final = re.compile(
    rf"(?P<big>{_NUMBER}\s?[억만천백](?:\s?(?:{_NUMBER})?\s?[만천백]|\s?{_NUMBER}(?=\s?원)){{0,3}}|{_NUMBER})\s?원(?!룸|형|칙|인|래|한)"
)
_PHONE: Final = re.compile(
    r"(?<![\d-])(?:0\d{1,2}[-)\s.]{1,2}\d{3,4}[-\s.]\d{4}|1[568]\d{2}[-\s]?\d{4}|\d{3,4}-\d{4}|0\d{1,2}-\d{3})(?![\d-])"
)
_CLOCK: Final = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)")
_TIME: Final = re.compile(
    r"(?P<half>오전|오후|아침|저녁|밤|낮|새벽)?\s?(?P<hour>\d{1,2})\s?시(?!간|민|청|도|설|행|작)(?:\s?(?P<minute>\d{1,2})\s?분|\s?(?P<thirty>반))?"
)
_UNITS: Final = {
    "년": "년", "개월": "개월", "달": "개월", "월": "월", "일": "일", "주일": "주", "주": "주", "시간": "시간", "분": "분", "초": "초",
    "%": "%", "퍼센트": "%", "프로": "%", "명": "명", "인": "명", "세": "세", "살": "세", "건": "건", "회": "회", "번": "번",
    "장": "장", "매": "장", "부": "부", "대": "대", "개": "개", "평": "평", "제곱미터": "㎡", "㎡": "㎡", "km": "km", "킬로미터": "km",
    "m": "m", "미터": "m", "cm": "cm", "센티": "cm", "kg": "kg", "킬로그램": "kg", "L": "L", "리터": "L", "배": "배", "등급": "등급",
    "층": "층", "학년": "학년", "호선": "호선", "가구": "가구", "점": "점", "도": "도", "차례": "회", "가지": "가지", "병": "병",
}  # fmt: skip
_COUNTED: Final = re.compile(
    rf"(?<![\d.:-])(?P<first>{_NUMBER})(?:\s?[~∼-]\s?(?P<second>{_NUMBER}))?\s?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![A-Za-z])(?!째|의원|요일|본)"
)
_HOTLINE: Final = re.compile(
    r"(?<![\d-])(?P<number>1\d{2})(?=\s?(?:번(?!\s?(?:버스|출구|창구))|에서|으로|로|에|나|에게|상담))"
)
_SCALE: Final = {"억": 100_000_000, "만": 10_000, "천": 1000, "백": 100}
_LATE: Final = frozenset(("오후", "저녁", "밤"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text."""

    kind: str
    """``amount``, ``phone``, ``time`` or a unit such as ``일`` or ``%``."""
    value: str
    """In one form: equal figures have equal values."""
    shown: str
    start: int
    """Code-point offset into the text as shown."""
    end: int


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order.

    Args:
        text: As said or as written.
    """
    shown = numbers.display(unicodedata.normalize("NFC", text))[0]
    shown = _NO_FIGURE.sub(lambda run: "_" * len(run.group()), shown)
    found: list[Figure] = []

    def keep(kind: str, value: str, match: re.Match[str]) -> None:
        start, end = match.span()
        while shown[start].isspace():
            start += 1
        if all(end <= other.start or start >= other.end or other.kind == kind for other in found):
            found.append(Figure(kind, value, shown[start:end].rstrip(), start, end))

    for match in _PHONE.finditer(shown):
        keep("phone", digit_string(match.group()), match)
    for match in _HOTLINE.finditer(shown):
        keep("phone", match["number"], match)
    for match in _AMOUNT.finditer(shown):
        value = _amount(match["big"])
        if value is not None:
            keep("amount", value, match)
    for match in _CLOCK.finditer(shown):
        keep("time", _time(int(match["hour"]), int(match["minute"])), match)
    for match in _TIME.finditer(shown):
        minute = 30 if match["thirty"] else int(match["minute"] or 0)
        hour = int(match["hour"])
        if hour <= 24:
            keep("time", _time(hour + 12 if match["half"] in _LATE and hour < 12 else hour, minute), match)
    for match in _COUNTED.finditer(shown):
        for number in (match["first"], match["second"]):
            if number:
                keep(_UNITS[match["unit"]], _plain(number), match)
    return tuple(sorted(found, key=lambda figure: figure.start))


def same(one: Figure, other: Figure) -> bool:
    """Return whether two figures are the same: an area code or half of the day may be left out."""
    if one.kind != other.kind:
        return False
    if one.value == other.value:
        return True
    if one.kind == "phone":
        short, long = sorted((one.value, other.value), key=len)
        return len(short) >= 7 and long.endswith(short) and long.startswith("0")
    if one.kind == "time":
        return _half_apart(one.value, other.value)
    return False


def _amount(text: str) -> str | None:
    """Return won of 12만 5천, 1억 2천만, 27,000."""
    whole, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    for token in re.findall(rf"{_NUMBER}|[억만천백]", text.replace(" ", "")):
        if token in _SCALE:
            scale = _SCALE[token]
            if scale >= 10_000:
                section += pending or Decimal(0)
                whole += (section or Decimal(1)) * scale
                section = Decimal(0)
            else:
                section += (Decimal(1) if pending is None else pending) * scale
            pending = None
        elif pending is not None:
            return None
        else:
            pending = Decimal(token.replace(",", ""))
    return _plain(str(whole + section + (pending or Decimal(0))))


def _plain(number: str) -> str:
    value = Decimal(number.replace(",", ""))
    return str(int(value)) if value == value.to_integral_value() else str(value.normalize())


def _time(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}"


def _half_apart(one: str, other: str) -> bool:
    """Return whether two times are twelve hours apart with the earlier before noon: 여섯 시 for 18:00."""
    first, second = sorted((one, other))
    return first[2:] == second[2:] and int(second[:2]) - int(first[:2]) == 12
