"""Figures in a text a counsellor answers with: amounts, dates, times, telephone numbers, shares, counts.

Spoken and written figures compare: 사만 원, 4만 원 and 40,000원 are one figure, and so are 사흘 and 3일, or 120 and
02-120.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assist import numbers
from assist.number_words import digit_string, native, sino
from assist.review import figure_forms as forms

_NO_FIGURE: Final = re.compile(r"\d[\d,]{24,}")
"""More digits than any figure has: noise of a recognition or a broken file."""
_BEFORE_LINE: Final = 12
"""Characters before a short number in which is looked for what it is a number of."""
_DAY_TAIL: Final = re.compile(r"\s?일|\.")
_EACH: Final = re.compile(r"에\s")
_SCALE: Final = {"억": 100_000_000, "만": 10_000, "천": 1000, "백": 100}
_AFTERNOON: Final = frozenset(("오후", "저녁", "밤", "점심"))
_MORNING: Final = frozenset(("오전", "아침", "새벽"))
_LENGTHS: Final = {
    "분": ("분", 1),
    "시간": ("분", 60),
    "일": ("일", 1),
    "day": ("일", 1),
    "주": ("일", 7),
    "개월": ("월", 1),
    "년": ("월", 12),
}
_AKIN: Final = frozenset((frozenset(("일", "day")), frozenset(("day", "date")), frozenset(("주", "일"))))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text."""

    kind: str
    """``amount``, ``phone``, ``time``, ``date``, ``day`` (its month is not said) or a unit such as ``일`` or ``%``."""
    value: str
    """In one form: equal figures have equal values. ``a/b`` is one of both (여섯 시), ``a~b`` about both (사오 일)."""
    shown: str
    start: int
    """Code-point offset into the text as shown."""
    end: int


_Read = tuple[str, str, int, int]
"""Kind, value, start, end."""


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order.

    Args:
        text: As said or as written.
    """
    shown = shown_text(text)
    found: list[Figure] = []
    placed: dict[int, list[Figure]] = {}
    for read in (_phones, _dates, _amounts, _times, _words, _counted):
        for kind, value, start, end in read(shown):
            while shown[start].isspace():
                start += 1
            own = [other for place in range(start, end) for other in placed.get(place, ())]
            # Both ends of a range share one place; otherwise what is read first stands.
            if all((other.start, other.end) == (start, end) and other.value != value for other in own):
                found.append(figure := Figure(kind, value, shown[start:end].rstrip(), start, end))
                for place in range(start, end):
                    placed.setdefault(place, []).append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def shown_text(text: str) -> str:
    """Return a text as its figures are read: NFC, spoken numbers as digits, one sort of digits, tildes and dashes."""
    shown = numbers.display(forms.plain(unicodedata.normalize("NFC", text)))[0]
    return _NO_FIGURE.sub(lambda run: "_" * len(run.group()), shown)


def same(said: Figure, written: Figure) -> bool:
    """Return whether a figure that was said is a written one.

    An area code, half of the day, or the month of a day may be left out.
    """
    if said.kind == written.kind:
        if said.kind == "time":
            return bool(set(said.value.split("/")) & set(written.value.split("/")))
        return said.value == written.value or (said.kind == "phone" and _same_line(said.value, written.value))
    if "date" in (said.kind, written.kind):
        date, part = (said, written) if said.kind == "date" else (written, said)
        month, day = date.value.split("-")
        return (part.kind == "day" and part.value == day) or (said.kind == "월" and said.value == month)
    if said.kind in _LENGTHS and written.kind in _LENGTHS and "~" not in said.value + written.value:
        (base, scale), (other_base, other_scale) = _LENGTHS[said.kind], _LENGTHS[written.kind]
        return base == other_base and Decimal(said.value) * scale == Decimal(written.value) * other_scale
    return False


def among(figure: Figure, others: Sequence[Figure]) -> tuple[Figure | None, bool]:
    """Return the figure among others that is the same, and whether nothing can be told.

    About two numbers (사오 일) is the same as a range of both; where the others have only one of them, nothing can be
    told.
    """
    bounds = [Figure(figure.kind, value, "", 0, 0) for value in figure.value.split("~")]
    met = [next((other for other in others if same(bound, other)), None) for bound in bounds]
    return (met[0] if all(met) else None), any(met) and not all(met)


def akin(one: Figure, other: Figure) -> bool:
    """Return whether two figures tell the same sort of thing, so that one can stand for the other by mistake."""
    return one.kind == other.kind or frozenset((one.kind, other.kind)) in _AKIN


def _phones(shown: str) -> Iterator[_Read]:
    for match in forms.PHONE.finditer(shown):
        digits = digit_string(match.group())
        yield "phone", "0" + digits[2:].lstrip("0") if match["abroad"] else digits, *match.span()
    for match in forms.HOTLINE.finditer(shown):
        group = match.lastgroup or ""
        before = shown[max(0, match.start() - _BEFORE_LINE) : match.start()]
        if group not in ("called", "braced") or not forms.NO_LINE.search(before):
            yield "phone", match[group], *match.span(group)


def _dates(shown: str) -> Iterator[_Read]:
    for pattern in forms.DATES:
        for match in pattern.finditer(shown):
            parts = match.groupdict()
            month = int(match["month"])
            day = int(parts["day"]) if parts.get("day") else forms.LAST_DAYS.get(month, 0)
            year = parts.get("year") or parts.get("short")
            if not day:
                continue
            start, end = match.span()
            if year:
                yield "년", year if len(year) == 4 else f"20{year}", match.start(), match.start("month")
                start = match.start("month")
            elif "day" in parts:
                end = max(match.end("day"), end) if parts.get("last") else _after_day(shown, match)
            yield "date", f"{month}-{day}", start, end
            if parts.get("last"):
                yield "date", f"{month}-{int(match['last'])}", start, end
    for match in forms.YEAR_MONTH.finditer(shown):
        yield "년", match["year"], match.start(), match.start("month")
        yield "월", str(int(match["month"])), match.start("month"), match.end()


def _after_day(shown: str, match: re.Match[str]) -> int:
    """Return the end of a day without what only shows that it is one: the next date of a stretch is read for itself."""
    end = match.end("day")
    tail = _DAY_TAIL.match(shown, end, match.end())
    return tail.end() if tail else end


def _amounts(shown: str) -> Iterator[_Read]:
    for match in forms.AMOUNT_RANGE.finditer(shown):
        high = _amount(match["high"])
        low = _amount(_scaled(match["low"], match["high"])) if match["low"] else sino(match["spoken"])
        if high is not None and low is not None and int(low) < int(high):
            yield "amount", str(low), *match.span()
            yield "amount", high, *match.span()
    for match in forms.AMOUNT.finditer(shown):
        value = _amount(match["big"])
        if value is not None:
            yield "amount", value, *match.span()


def _scaled(low: str, high: str) -> str:
    """Return the first number of 3~5만 with the scale of the second; 5,000~1만 is as it is written."""
    scale = re.fullmatch(r"(\d+(?:\.\d+)?)\s?([억만천백]+)", high.strip())
    if scale and re.fullmatch(r"\d+(?:\.\d+)?", low) and Decimal(low) < Decimal(scale[1]):
        return low + scale[2]
    return low


def _times(shown: str) -> Iterator[_Read]:
    for match in forms.CLOCK.finditer(shown):
        yield "time", _time(match["half"], match["hour"], int(match["minute"])), *match.span()
    for match in forms.HOURS_AND.finditer(shown):
        lasting = int(match["hours"]) * 60 + int(match["minutes"] or 30)
        yield "분", str(lasting), *match.span()
    for match in forms.TIME.finditer(shown):
        if int(match["hour"]) <= 24:
            minute = 30 if match["thirty"] else int(match["minute"] or 0)
            yield "time", _time(match["half"], match["hour"], minute), *match.span()
    for match in forms.LATE_HOUR.finditer(shown):
        late = native(match["native"]) if match["native"] else sino(match["sino"])
        minute = 30 if match["thirty"] else int(match["minute"] or 0)
        yield "time", _time(None, str(late), minute), *match.span()


def _words(shown: str) -> Iterator[_Read]:
    """Yield figures that stay words on the screen: 사흘, 석 달, 사오 일, 백분의 오십."""
    for match in forms.ABOUT.finditer(shown):
        low, high = forms.PAIRS[match["pair"] or match["native"]]
        if match["won"]:
            scale = sino(match["won"]) or 1
            yield "amount", f"{low * scale}~{high * scale}", *match.span()
        else:
            unit = match["unit"] or match["counter"]
            yield "회" if unit == "번" else forms.UNITS[unit], f"{low}~{high}", *match.span()
    for match in forms.DAYS.finditer(shown):
        yield "일", str(forms.NATIVE_DAYS[match["some"] or match["one"]]), *match.span()
    for match in forms.WEEKS.finditer(shown):
        yield "주", str(1 if match["one"] else sino(match["some"])), *match.span()
    for match in forms.NATIVE.finditer(shown):
        value = native(match["number"]) or 0
        if match["unit"] in ("번", "차례"):
            if value > 1:  # 한 번 is seldom a number
                yield "회", str(value), *match.span()
        else:
            yield forms.UNITS[match["unit"]], str(value), *match.span()
    for match in forms.SHEETS.finditer(shown):
        yield forms.UNITS[match["unit"]], str(sino(match["number"])), *match.span()
    for match in forms.PERCENT_OF.finditer(shown):
        share = match["share"]
        part = share if share[0].isdigit() else sino(share)
        if part is not None:
            yield "%", _plain(str(part)), *match.span()


def _counted(shown: str) -> Iterator[_Read]:
    for match in forms.COUNTED.finditer(shown):
        kind = forms.UNITS[match["unit"]]
        if kind == "주" and _EACH.match(shown, match.end()):
            continue  # 1주일에 두 번: each week
        if kind == "일" and not match["second"] and not forms.LASTING.match(shown, match.end()):
            kind = "day"
        for number in (match["first"], match["second"]):
            if number:
                yield kind, _plain(number), *match.span()


def _amount(text: str) -> str | None:
    """Return won of 12만 5천, 1억 2천만, 27,000."""
    whole, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[억만천백]", text.replace(" ", "")):
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


def _time(half: str | None, hour_text: str, minute: int) -> str:
    """Return a time of day; both where it is not said which half: 여섯 시, but not 06:00."""
    hour = int(hour_text)
    if half in _AFTERNOON or (half == "낮" and hour < 6):
        hours = [hour + 12 if hour < 12 and not (half == "밤" and hour < 6) else hour]
        if half == "밤" and hour == 12:
            hours = [24]
    elif half in _MORNING:
        hours = [24 if half == "새벽" and hour == 12 else hour]
    elif half == "낮" or hour > 12 or hour == 0 or hour_text.startswith("0"):
        hours = [hour or 24]
    else:
        hours = [hour, hour + 12]
    return "/".join(f"{hour:02d}:{minute:02d}" for hour in hours)


def _same_line(one: str, other: str) -> bool:
    """Return whether two telephone numbers are one, of which one stands without its area code: 120 is 02-120."""
    short, long = sorted((one, other), key=len)
    if not long.startswith("0") or not long.endswith(short):
        return False
    return len(short) >= 7 or (short.startswith("1") and 2 <= len(long) - len(short) <= 3 and len(short) <= 4)
