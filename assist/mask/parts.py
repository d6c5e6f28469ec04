"""Parts of an address that are said in other turns: the neighbourhood before it, house and flat behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assist.mask.addresses import TOWN_WORDS, find_towns
from assist.mask.letters import NUMERAL
from assist.mask.model import MaskSpan, PersonalKind

_NEAR: Final = 6
"""Turns of either side around an address in which its other parts are looked for: three questions and answers."""
_LONGEST: Final = 24
"""Characters of a turn that says nothing but such a part."""
_SHORT_NUMBER: Final = rf"{NUMERAL}(?:\s?{NUMERAL}){{0,7}}"
_JOINED: Final = rf"(?:\s?(?:-|다시|대시|빼기|의)\s?{_SHORT_NUMBER})?"
_LEAD: Final = r"^(?:[네예아어음]+[ ,.]{1,2}|그[ ,]|저[ ,])*"
_ENDS: Final = r"(?=$|[\s,.?!]|이[요고에세신시]|예요|요|고요|에요|입니다|인데|맞|라고)"
_TOWN: Final = re.compile(
    rf"{_LEAD}(?P<part>(?:[가-힣]{{1,4}}[시구]\s)?(?P<town>[가-힣]{{1,5}}?(?:제?{NUMERAL}{{1,3}})?동))(?=$|[,.?!]|이[요고에세신시]|이?[요]|예요|입니다|인데)"
)
_HOUSE: Final = re.compile(
    rf"{_LEAD}(?P<part>{_SHORT_NUMBER}{_JOINED}\s?(?:번지|호|동|층)(?:\s?{_SHORT_NUMBER}\s?(?:호|층))?){_ENDS}"
)
_BARE: Final = re.compile(rf"{_LEAD}(?P<part>{_SHORT_NUMBER}{_JOINED}){_ENDS}")
_ASKED: Final = re.compile(r"번지|건물\s?번호|몇\s?(?:호|동|층)|동\s?호수|호수|상세\s?주소|나머지\s?주소")
_OFFICE: Final = re.compile(
    r"구청|시청|센터|민원실|보건소|도서관|복지관|경찰서|세무서|우체국|병원|학교|은행(?!나무)|청사|본관|별관"
)
_WHERE: Final = re.compile(rf"(?:{_OFFICE.pattern})(?:은|는|이|가)?\s?(?:어디|위치|주소)")
_THERE: Final = re.compile(r"에\s?(?:있|위치)")
_AMOUNT: Final = re.compile(r"까지|부터|시간|개월|만\s?원|호선|호기|번\s?출구")


def find_parts(texts: Sequence[str], found: Sequence[Sequence[MaskSpan]]) -> Iterator[tuple[int, MaskSpan]]:
    """Yield the turns, and the spans in them, that belong to an address that was found in a turn near by.

    Args:
        texts: Turns of one call by time, both sides.
        found: What was found in each.
    """
    near = _near([any(span.kind is PersonalKind.ADDRESS for span in spans) for spans in found])
    for at, text in enumerate(texts):
        if not near[at]:
            continue
        for span in find_towns(text, 0, len(text)):
            yield at, span
        if len(text) > _LONGEST or _AMOUNT.search(text):
            continue
        town = _TOWN.match(text)
        if town is not None and town["town"] not in TOWN_WORDS:
            yield at, MaskSpan(*town.span("part"), PersonalKind.ADDRESS)
            continue
        asked = at > 0 and _ASKED.search(texts[at - 1])
        if at > 0 and _OFFICE.search(texts[at - 1]):
            continue  # the floor of an office, asked beside an address
        house = _HOUSE.match(text) or (_BARE.match(text) if asked else None)
        if house is not None and house["part"] not in TOWN_WORDS:
            yield at, MaskSpan(*house.span("part"), PersonalKind.ADDRESS)


def is_public(asked: str, text: str) -> bool:
    """Whether a turn answers where an office is: what it names is nobody's home."""
    return bool(_WHERE.search(asked) and _THERE.search(text))


def _near(has: Sequence[bool]) -> list[bool]:
    return [any(has[max(0, at - _NEAR) : at + _NEAR + 1]) for at in range(len(has))]
