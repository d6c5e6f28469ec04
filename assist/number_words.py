"""Korean number words to values: Sino-Korean (이만 칠천), native (열두, 여든하나) and digit by digit (공일공)."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {
    "공": 0,
    "영": 0,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "륙": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
}
SMALL: Final = {"십": 10, "백": 100, "천": 1000}
LARGE: Final = {"만": 10_000, "억": 100_000_000}
ONES: Final = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "네": 4, "넷": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip

_ONES = "|".join(sorted(ONES, key=len, reverse=True))
_TENS = "|".join(TENS)
_NATIVE = re.compile(rf"(?:(?P<tens>{_TENS})\s?)?(?P<ones>{_ONES})?")

SINO: Final = r"(?:[\d일이삼사오육륙칠팔구십백천만억][\d,일이삼사오육륙칠팔구십백천만억]{0,30}(?:\s[일이삼사오육륙칠팔구십백천만억\d][\d,일이삼사오육륙칠팔구십백천만억]{0,30}){0,8})"
"""A run that may be a Sino-Korean number, digits allowed in it; :func:`sino` decides. No number is longer, and without
an end a long row of digits would take time by its square."""
COUNTING: Final = rf"(?:(?:(?:{_TENS})\s?)?(?:한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉)|{_TENS})"
"""A native number as it stands before a counter: 하나 살 is not an age."""
HALF_PAST: Final = r"반(?=$|[^가-힣]|[은을도과요](?![가-힣])|에(?:$|[^가-힣]|서|는|도|나|만|요)|까지|부터|쯤|경|정도|가량|동안|마다|만에|이(?:[요에나라면고후전니지며]|$|[^가-힣])|예요|으로|입니|인(?:데|가|지)|전[에까]|넘)"
"""Half an hour, said after 시 or 시간: 세 시 반에; not the 반 of 반드시, 반납 and 반대."""
NATIVE_COMPOUND: Final = rf"(?:(?:{_TENS})\s?(?:{_ONES}))"


def sino(text: str) -> int | None:
    """Return the value of a Sino-Korean number, digits allowed in it, or None where it is not one.

    ``십이만오천`` is 125000 and ``2만 7천`` 27000; ``사오`` (four or five) and ``이이`` are not numbers.
    """
    compact = text.replace(" ", "").replace(",", "")
    if not compact:
        return None
    total = section = 0
    last_large = 10**12
    last_small = 10**4
    pending: int | None = None
    for token in re.findall(r"\d+|[가-힣]", compact):
        if token.isdigit() or token in DIGITS:
            if pending is not None or (token in DIGITS and DIGITS[token] == 0):
                return None
            pending = int(token) if token.isdigit() else DIGITS[token]
        elif token in SMALL:
            unit = SMALL[token]
            if unit >= last_small:
                return None
            section += (1 if pending is None else pending) * unit
            last_small, pending = unit, None
        elif token in LARGE:
            unit = LARGE[token]
            if unit >= last_large:
                return None
            total += (section + (pending or 0) or 1) * unit
            section, pending, last_large, last_small = 0, None, unit, 10**4
        else:
            return None
    return total + section + (pending or 0)


def native(text: str) -> int | None:
    """Return the value of a native number (``열두``, ``여든하나``), or None."""
    found = _NATIVE.fullmatch(text.strip())
    if not found or not (found["tens"] or found["ones"]):
        return None
    return TENS.get(found["tens"] or "", 0) + ONES.get(found["ones"] or "", 0)


def digit_string(text: str) -> str:
    """Return the digits said one by one in ``text``; everything else is left out."""
    text = text.replace("하나", "일").replace("둘", "이")
    return "".join(str(DIGITS[c]) if c in DIGITS else c for c in text if c in DIGITS or (c.isascii() and c.isdigit()))


def is_spoken(text: str) -> bool:
    """Return whether a number run holds number words, other than units after digits as in ``2만 7천``."""
    bare = re.sub(r"[\d,]+(?:\.\d+)?\s?[십백천만억]*", "", text)
    return bool(bare.strip())


def money(value: int) -> str:
    """Return an amount the way it is written: ``2만 7천``, ``1만 2800``, ``1천만``, ``3억 5천만``."""
    if value < 10_000:
        return f"{value // 1000}천" if value and value % 1000 == 0 else str(value)
    parts = []
    for unit, name in ((10**8, "억"), (10**4, "만")):
        count, value = divmod(value, unit)
        if count:
            parts.append((f"{count // 1000}천" if count % 1000 == 0 else str(count)) + name)
    if value:
        parts.append(f"{value // 1000}천" if value % 1000 == 0 else str(value))
    return " ".join(parts)


def hyphened(digits: str) -> tuple[str, bool] | None:
    """Return a telephone number with hyphens and whether its length is right, or None where it is none.

    Args:
        digits: ASCII digits without separators, area code or mobile prefix included.
    """
    if re.match(r"1[568]\d\d", digits):
        return (f"{digits[:4]}-{digits[4:]}", True) if len(digits) == 8 else None
    area = re.match(r"01[016789]|02|0[3-6][1-5]|0[578]0", digits)
    if not area:
        return None
    head, rest = digits[: area.end()], digits[area.end() :]
    if not 4 <= len(rest) <= 8:
        return None
    sure = len(rest) == 8 or (len(rest) == 7 and head not in ("010",))
    split = len(rest) - 4
    body = f"{rest[:split]}-{rest[split:]}" if split else rest
    return f"{head}-{body}", sure
