"""Parts of an address that are said in other turns: the neighbourhood before it, house and flat behind it."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assist.mask.addresses import find_towns, is_town
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
    rf"{_LEAD}(?P<part>{_SHORT_NUMBER}{_JOINED}\s?(?:번지|호|동|층)(?:에?\s?{_SHORT_NUMBER}\s?(?:호|층))?){_ENDS}"
)
_BARE: Final = re.compile(rf"{_LEAD}(?P<part>{_SHORT_NUMBER}{_JOINED}){_ENDS}")
_ASKED: Final = re.compile(r"번지|건물\s?번호|몇\s?(?:호|동|층)|동\s?호수|호수|상세\s?주소|나머지\s?주소")
_OFFICE: Final = re.compile(
    r"구청|시청|센터|민원실|보건소|도서관|복지관|경찰서|세무서|우체국|병원|학교|은행(?!나무)|청사|본관|별관"
)
_WHERE: Final = re.compile(
    rf"(?:{_OFFICE.pattern})\s?(?:은|는|이|가|의)?\s?(?=어디|위치|주소)(?:(?:어디|위치|주소|좀|알려|가르쳐|주세요|주실래요|주시겠어요|주십시오|"
    r"부탁드려요|부탁드립니다|부탁해요|알고|싶어요|싶은데요|있나요|있어요|있습니까|있죠|있는지|인가요|인지|여쭤볼게요|이에요|예요|에요|이죠|입니까|"
    r"죠|요|에|가|는|를|을|은)\s?)++[.?!]*\s*$"
)
"""Asks for an office's place and for nothing else."""
_HOME_ASKED: Final = re.compile(
    r"댁|집|계신|계세|계시|사시|사세|사는|살|거주|주소가\s?어떻게|고객님|선생님|민원인|본인|자택|저희|우리|지금|현재|여기"
)
_THERE: Final = re.compile(r"에\s?(?:있(?:습니다|어요|고요|네요)|위치)")
_HOME_SAID: Final = re.compile(
    r"저|댁|집|살|사는|사시|사세|지금|여기|거주|자취|본가|이사|혼자|엄마|어머니|아버지|아빠|부모|남편|아내|가족|친정|시댁|동생|언니|누나|할머니|"
    r"할아버지|아들|딸|애들|아이|구해|도와|(?<![가-힣])(?:제|나|내|난|전|우리)"
)
_INSIDE: Final = re.compile(rf"호|번지|층|지하|옥탑|{NUMERAL}\s?동|[A-Za-z]\s?동")
_AMOUNT: Final = re.compile(r"까지|부터|시간|개월|만\s?원|호선|호기|번\s?출구")
_COUNTED: Final = re.compile(
    r"태풍|접수\s?번호|대기\s?(?:번호|표)|번호표|창구|호선|호봉|호기|호차|세대수|등급|서식|별지|별표|고시|조례|공고|회의실|강의실|상담실"
)
"""What else has numbers that end in 호."""
_ASKED_HOME: Final = re.compile(r"번지|건물\s?번호|몇\s?동|동\s?호수|상세\s?주소|나머지\s?주소|댁|집")
_HEARD: Final = re.compile(
    r"(?:(?:네|예|아|어|음|그리고|그다음|다음|또|말씀하세요|말씀해|말씀|불러|주세요|계속하세요|알겠습니다|확인했습니다|감사합니다|고맙습니다|잠시만|잠깐만)"
    r"(?:이?요)?[\s,.?!]*+)*+"
)
"""An answer that only says it was heard."""


def find_parts(texts: Sequence[str], found: Sequence[Sequence[MaskSpan]]) -> list[tuple[int, MaskSpan]]:
    """Return the turns, and the spans in them, that belong to an address that was found in a turn near by.

    A neighbourhood within six turns; house and flat after a question for them, or directly beside the address or
    another part of it; and house and flat once more where the next turn says them back.

    Args:
        texts: Turns of one call by time, both sides.
        found: What was found in each.
    """
    has = [any(span.kind is PersonalKind.ADDRESS for span in spans) for spans in found]
    parts: list[tuple[int, MaskSpan]] = []
    houses: dict[int, str] = {}
    for at, is_near in enumerate(_near(has)):
        if not is_near:
            continue
        text = texts[at]
        own = [_part(span.start, span.end) for span in find_towns(text, 0, len(text))]
        if (back := houses.get(at - 1)) is not None:
            own += [_part(*again.span()) for again in _said_back(back).finditer(text)]
        if len(text) <= _LONGEST and not _AMOUNT.search(text):
            town = _TOWN.match(text)
            if town is not None and is_town(town["town"]):
                own.append(_part(*town.span("part")))
            elif (house := _house(texts, at, has)) is not None:
                own.append(_part(*house.span("part")))
                houses[at] = house["part"]
        has[at] = has[at] or bool(own)
        parts += ((at, part) for part in own)
    return parts


def _house(texts: Sequence[str], at: int, has: Sequence[bool]) -> re.Match[str] | None:
    """Return house and flat that a turn says and nothing else, asked for or directly beside an address."""
    text, before = texts[at], texts[at - 1] if at else ""
    if _OFFICE.search(before) or _COUNTED.search(text):
        return None  # the floor of an office, the number of a counter
    if _COUNTED.search(before) and not _ASKED_HOME.search(before):
        return None
    if _ASKED.search(before):
        house = _HOUSE.match(text) or _BARE.match(text)
    else:
        house = _HOUSE.match(text) if _is_beside(texts, at, has) else None
    return house if house is not None and is_town(house["part"]) else None


def _is_beside(texts: Sequence[str], at: int, has: Sequence[bool]) -> bool:
    """Whether the turn before or behind holds an address, an answer that only says it was heard aside."""
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(texts) and not has[place] and _HEARD.fullmatch(texts[place]):
            place += step
        if 0 <= place < len(texts) and has[place]:
            return True
    return False


def _said_back(house: str) -> re.Pattern[str]:
    """Return what finds a house said back, with a particle behind it and no other word (호당, 호실)."""
    letters = r"\s?".join(re.escape(char) for char in house if not char.isspace())
    letters += "?" if letters.endswith("이") else ""  # of 이요
    return re.compile(rf"(?<![가-힣0-9]){letters}(?=$|[^가-힣0-9]|이|예요|요|고|에요|입|인|맞|로|에|으로|라고)")


def _part(start: int, end: int) -> MaskSpan:
    return MaskSpan(start, end, PersonalKind.ADDRESS, again=False)


def is_public(asked: str, text: str, span: MaskSpan) -> bool:
    """Whether an address answers where an office is: it is nobody's home.

    Only where an office's place and nothing else is asked for in the turn before, and 에 있습니다 stands directly behind an
    address without a flat, a floor or a lot, in a turn with no word of somebody's own. In doubt it is covered.
    """
    return (
        span.kind is PersonalKind.ADDRESS
        and _THERE.match(text, span.end) is not None
        and _WHERE.search(asked) is not None
        and not _HOME_ASKED.search(asked)
        and not _HOME_SAID.search(text)
        and not _INSIDE.search(text[span.start : span.end])
    )


def _near(has: Sequence[bool]) -> list[bool]:
    return [any(has[max(0, at - _NEAR) : at + _NEAR + 1]) for at in range(len(has))]
