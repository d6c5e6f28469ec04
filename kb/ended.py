"""Whether an entry says of itself that it is over, from which day, and which of its words say so. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

NEVER: Final = 99_999_999
"""A day that does not come."""
_READ: Final = 150
"""Code points of an answer in which it says that the programme has ended; later ones speak of other things."""
_PERIODS_READ: Final = 2_000

_MARK: Final = re.compile(
    r"[\[(<【〔「]\s*(?:(?:20\d\d)?\s*년?도?\s*\d*월?\s*(?:사업|운영|모집|접수|신청|행사|서비스|지원|시행|제도)?\s*)"
    r"(?:종료|마감|폐지|중단)(?:\s*사업|\s*서비스|됨|되었음)?\s*[\])>】〕」]"
)
_ENDS: Final = re.compile(
    r"(?:사업|운영|모집|접수|신청|행사|서비스|지원|시행)\s*(?:종료|마감|폐지|중단)(?:됨|안내|알림)?\s*[.!]?\s*$"
)
_SAYS: Final = re.compile(
    r"(?:현재|이미|사업|운영|서비스|접수|모집|제도|행사|프로그램|지원)[은는이가을를도]?\s*(?:전면\s*)?"
    r"(?:종료|마감|폐지|중단)(?:되었|됐|됨|하였|했|함|된\s*(?:사업|제도|서비스|행사))"
    r"|(?:에|로|으로|부로)\s*(?:종료|마감|폐지|중단)(?:되었|됐|됨|된\s*(?:사업|제도|서비스|행사))"
    r"|(?:추진|시행|운영)\s*계획\s*없음|(?:시행|운영|추진)\s*(?:안\s*함|하지\s*않(?:음|습니다))|미시행(?!\s*구)"
)
_YEAR: Final = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_TITLE_YEAR: Final = re.compile(
    _YEAR + r"(?!\d)(?:\s*년도?|학년도)?+(?!\s*(?:에|부터|이후|이전|당시|\d?\d월경|[.~]\s*\d|년?\s*\d{1,2}\s*월))"
)
"""A year that names an edition (2017년 …, 2014 …), not the day of a story (2003.7월경에, 2001년에)."""
_EDITION: Final = re.compile(r"모집|공고|접수|축제|행사|대회|캠프|공모|전시|박람회|페스티벌|선발|시상|공연")
_DAY: Final = (
    r"(?:(?:(?P<{0}year>20\d\d)\s*(?:년|[.\-/])\s*))?(?P<{0}month>1[0-2]|0?[1-9])\s*(?:월|[.\-/])"
    r"\s*(?:(?P<{0}day>3[01]|[12]\d|0?[1-9])\s*(?:일|\.)?)?\s*(?:\([월화수목금토일]\))?"
)
_RANGE: Final = re.compile(
    r"(?P<begin>20\d\d)\s*(?:년|[.\-/])[^~∼～\n]{0,16}[~∼～\-]\s*" + _DAY.replace("{0}", "to") + r"(?!\s*[시:])"
)
_UNTIL: Final = re.compile(
    r"(?P<toyear>20\d\d)\s*(?:년|[.\-/])\s*(?:(?P<tomonth>1[0-2]|0?[1-9])\s*(?:월|[.\-/])?\s*)?"
    r"(?:(?P<today>3[01]|[12]\d|0?[1-9])\s*(?:일|\.)?)?\s*(?:\([월화수목금토일]\))?\s*까지"
)
_PERIOD: Final = re.compile(
    r"(?:신청|접수|모집|사업|운영|행사|교육|전시|공모|지원|시행)\s*(?:기간|기한|마감일?|일정)\s*[:：)\]]?"
)
_ALWAYS: Final = re.compile(r"연중|상시|매년|매월|수시|계속")


def over_from(title: str, answer: str) -> int:
    """Return the day, as the number ``YYYYMMDD``, from which an entry counts as over; see :func:`said`."""
    return _found(title, answer)[0]


def said(title: str, answer: str, today: date) -> str:
    """Return the words that say that an entry is over (``[사업종료]``, ``2017년``), or empty text.

    It is over where its title or the start of its answer says that it has ended, where a period of its own is past,
    or where its title names an edition of a year that is past. An old date of update alone says nothing.
    """
    day, words = _found(title, answer)
    return words if day <= today.year * 10_000 + today.month * 100 + today.day else ""


def _found(title: str, answer: str) -> tuple[int, str]:
    mark = _MARK.search(title) or _ENDS.search(title) or _SAYS.search(title) or _SAYS.search(answer[:_READ])
    if mark:
        return 0, " ".join(mark[0].split())
    periods = [*_periods(title), *_labelled(answer)]
    if periods:
        return max(periods)
    years = [(int(match["year"]), match[0]) for match in _TITLE_YEAR.finditer(title)]
    if not years:
        return NEVER, ""
    year, words = max(years)
    grace = 1 if _EDITION.search(title) else 2
    return (year + grace) * 10_000 + 101, " ".join(words.split())


def _labelled(answer: str) -> Iterator[tuple[int, str]]:
    """Yield the ends of the periods an answer names as such; none where it says that it goes on."""
    read = answer[:_PERIODS_READ]
    for label in _PERIOD.finditer(read):
        line = read[label.end() : label.end() + 60].split("\n")[0]
        if _ALWAYS.search(line):
            yield NEVER, ""
            continue
        yield from _periods(line)


def _periods(text: str) -> Iterator[tuple[int, str]]:
    for match in (*_RANGE.finditer(text), *_UNTIL.finditer(text)):
        parts = match.groupdict()
        year = int(parts["toyear"] or parts.get("begin") or 0)
        month = int(parts["tomonth"] or 12)
        day = int(parts["today"] or 31)
        yield year * 10_000 + month * 100 + day + 1, " ".join(match[0].split())
