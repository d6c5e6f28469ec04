"""Where somebody lives: road and number, side road, lot, or block and flat; an office's address is nobody's.

A side road that is counted along a road (정릉로 27길) is a few houses and is covered without a number too; a road or a
neighbourhood (동) alone is thousands and stays, but for the neighbourhood that is said with such an address.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assist.mask.letters import NUMERAL
from assist.mask.model import MaskSpan, PersonalKind

_N: Final = r"(?:[0-9]{1,5}|[일이삼사오육륙칠팔구십백천][0-9일이삼사오육륙칠팔구십백천]{0,8})"
_JOINED: Final = rf"(?:\s?(?:-|다시|대시|빼기|의(?=\s?{NUMERAL})|에(?=\s?{NUMERAL}))\s?{_N})?"
_PLACE: Final = (
    r"(?:(?:[가-힣]{2,4}특별자치[시도]|서울특별시|[가-힣]{2}광역시|서울시|[가-힣]{2,3}도|서울|인천|부산|대구|대전|광주|울산|세종)\s+)?"
    r"(?:[가-힣]{2,4}시\s+)?(?:[가-힣]{1,4}[구군]\s+)?(?:[가-힣]{1,4}[읍면]\s+)?"
)
_TOWN: Final = rf"(?:[가-힣]{{1,5}}(?:제)?{NUMERAL}{{0,3}}동(?:\s?{NUMERAL}가)?|[가-힣]{{1,5}}(?:로|동)\s?{NUMERAL}가|(?<=[읍면] )[가-힣]{{1,4}}리)"
_HOME_WORDS: Final = (
    "아파트|빌라|빌딩|맨션|오피스텔|타워|주택|연립|하우스|캐슬|자이|푸르지오|래미안|힐스테이트|주공|단지|빌|타운|팰리스|파크|스테이트|"
    "e편한세상|이편한세상|아이파크|롯데캐슬|고시원|원룸|상가|마을"
)
_BLOCK: Final = rf"[가-힣A-Za-z0-9]{{1,12}}(?:{_HOME_WORDS})"
_WING: Final = rf"(?:{_N}|[A-Za-z가나다라마바]|에이|비|씨|디)"
_FLAT: Final = rf"(?:{_WING}\s?(?:동|층)\s?,?\s?)?{_N}\s?호(?!선|기)"
_PART: Final = r"(?:\s?(?:옥탑방?|반지하|지하(?!철)|지층|[0-9]층|[일이삼사오육칠팔구]층)(?:방)?)"
_MORE: Final = (
    rf"(?:[ ,]{{1,3}}(?:{_TOWN}[ ,]{{1,2}})?(?:{_BLOCK}\s?)?{_FLAT})?(?:,?{_PART})?(?:\s?{_N}\s?호(?!선|기))?"
)

_ROAD: Final = re.compile(
    rf"{_PLACE}(?:{_TOWN}\s+)?(?P<road>(?<![0-9])[가-힣]{{1,8}}?[0-9]{{0,2}}(?:대로|로|길))\s?(?:{_N}\s?(?:번|가|나|다|라)?길\s?)?"
    rf"(?P<number>{_N}{_JOINED})(?:\s?번지|\s?번(?![가-힣])|(?=[^가-힣0-9]|$|에|이|예|고|으|로|인|입|라|앞|맞|사|살|은|는|요|번지|랑|하))(?!\s?(?:가|호선|번 ?출구|킬로|미터|km)|{NUMERAL}{{1,4}}\s?[번가나다라마바]?길)"
    rf"{_MORE}"
)
_LOT: Final = re.compile(
    rf"{_PLACE}{_TOWN}\s?(?:산\s?)?{_N}(?:(?P<joined>-[0-9]{{1,4}})|{_JOINED})\s?(?(joined)(?:번지)?|(?:번지|번(?=[ ,이에요]|$)|(?=\s(?:사는|사시|살|집|거주))|(?=\s?[,.]|\s?$|에 ?사|에 ?살|예요|이에요|입니다|\s{_BLOCK})))"
    rf"(?:{_MORE})"
)
_FLATS: Final = re.compile(
    rf"{_PLACE}(?:{_TOWN}\s+)?(?:[가-힣A-Za-z0-9]{{1,10}}\s)?{_BLOCK}\s?(?:{_N}\s?단지\s?)?(?:{_WING}\s?동\s?)?{_N}\s?호(?!선|기)"
    rf"|{_PLACE}(?:{_TOWN}\s+)?[가-힣]{{2,8}}\s{_N}\s?동\s{_N}\s?호(?!선|기)"
    rf"|{_N}\s?동\s{{0,2}}{_N}\s?호(?!선|기)"
)
_SPACED: Final = r"(?:[0-9]{1,3}|[일이삼사오육륙칠팔구십백](?:\s?[일이삼사오육륙칠팔구십백]){0,5})"
_SIDE_ROAD: Final = re.compile(
    rf"{_PLACE}(?:{_TOWN}\s+)?(?P<road>(?<![0-9])[가-힣]{{1,8}}?(?:대로|로))\s?(?P<number>{_SPACED})\s?[번가나다라마바]?길(?![가-힣]*(?:거리|목길))"
)
_TOWN_SAID: Final = re.compile(
    rf"(?:[가-힣]{{2,4}}시\s+)?(?:[가-힣]{{1,4}}구\s+)(?P<town>[가-힣]{{1,5}}?(?:제?{NUMERAL}{{1,3}})?동)(?=이|인|에|의|요|예|은|는|$|[\s,.])"
)
_BEFORE_ADDRESS: Final = 40
"""Characters before an address in which its neighbourhood is looked for."""
_PUBLIC_ROAD: Final = re.compile(
    r"(?:에서|부터|까지|으로|은|는|이|가|을|를|의|에)?\s?(?:[가-힣]{1,6}\s?)?(?:공사|통제|집회|행사|축제|정류장|버스|구간|일대|방향|상점가|교차로|사거리|먹자골목)"
)
_LANDMARK: Final = re.compile(r"\s?(?:[가-힣]{1,10}\s?){0,2}?(?:바로\s?)?(?:옆|앞|뒤|맞은편|건너편|근처|인근)")
_TOWN_WORD: Final = re.compile(
    r"(?:^|[가-힣]{2})(?:활동|행동|운동|이동|자동|공동|아동|냉동|작동|변동|감동|충동|노동|협동|출동|진동|구동|전동|수동|연동|가동|발동|소동|난동|율동|"
    r"합동|선동|유동|파동|격동|시동|생동|약동|기동|부동|거동|제동|반동|요동|역동|혼동|태동|미동|폭동|언동)$"
)
"""A word that ends as a neighbourhood does, alone or behind another (봉사활동); with one letter before it, it is one (방이동)."""
_STREET: Final = re.compile(r"(?:버스|호선|출구|정류장|사거리|교차로|역$)")
_ROAD_WORD: Final = re.compile(
    r"(?:가는|오는|이|그|저|골목|등굣|출근|퇴근)길$|(?:번호|카드|계좌|문자|이메일|메일|전화|폰|제|이|그|저|뭐|어디|차|여기|거기|저기|인터넷|팩스|우편|택배|현금|버스)로$|으로$|실로$|기준으로$|(?:바|서|새|따|홀|스스|날|때때|별)로$"
)
_OFFICE_BEFORE: Final = re.compile(
    r"(?:구청|시청|군청|센터|청사|공단|공사|사업소|보건소|도서관|박물관|복지관|경찰서|소방서|세무서|우체국|사무소|본관|민원실|지사|학교|병원)(?:은|는|이|가|의|에서| ?주소[는가]?| ?위치[는가]?)?\s?(?P<between>[가-힣 ]{0,10})$"
)
_OWN_BETWEEN: Final = re.compile(r"저|집|댁|살|사는|사시|지금|여기|어디|주세요|(?<![가-힣])(?:제|나|내|난|우리)")
_LIVES_THERE: Final = re.compile(r"\s?(?:에서?)?\s?(?:[가-힣]{1,3}\s)?(?:살|사는|사시|사세|산다|거주|집)")
_OFFICE_AFTER: Final = re.compile(
    r",?\s?(?:번지)?(?:에? ?있는 ?|이? ?)?(?:[가-힣]{1,6} ?)?(?:구청|시청|군청|주민센터|행정복지센터|보건소|경찰서|소방서|세무서|도서관|우체국|병원|공원|시장|청사|복지관|본관|별관|센터|사업소|민원실)"
)
_WORDS: Final = frozenset(
    ("이사", "일이", "구이", "사이", "오이", "이구", "이일", "사일", "구일", "육이", "천천", "구백", "사천")
)
"""What reads as a number and is mostly a word."""
_RESIDE: Final = re.compile(r"주소|살|사는|사시|집|거주|이사|전입|배송|보내|자택|세대|혼자|본가|부쳐|방문|위치|댁")


def find_addresses(text: str) -> Iterator[MaskSpan]:
    """Yield addresses of homes, the longest first where forms overlap."""
    spans: list[MaskSpan] = []
    for pattern in (_ROAD, _LOT, _FLATS):
        for match in pattern.finditer(text):
            if _is_home(text, match, pattern):
                end = match.end()
                while end > match.start() and text[end - 1] in " ,":
                    end -= 1
                spans.append(MaskSpan(_start(text, match), end, PersonalKind.ADDRESS))
    numbered = [(match.start(), match.end("number")) for match in _ROAD.finditer(text) if not _is_particle(match)]
    for match in _SIDE_ROAD.finditer(text):
        # With a house number behind it, it was judged as a whole above.
        is_judged = any(start <= match.start("road") and match.end() < end for start, end in numbered)
        if not is_judged and _is_side_road(text, match):
            spans.append(MaskSpan(_start(text, match), match.end(), PersonalKind.ADDRESS))
    for span in tuple(spans):
        spans += find_towns(text, max(0, span.start - _BEFORE_ADDRESS), span.start)
    yield from sorted(spans, key=lambda span: span.start - span.end)


def find_towns(text: str, start: int, end: int) -> Iterator[MaskSpan]:
    """Yield the neighbourhoods that are named with their district (성북구 정릉동) in a stretch of ``text``.

    For texts near an address alone: elsewhere they tell of nobody.
    """
    for match in _TOWN_SAID.finditer(text, start, end):
        if is_town(match["town"]) and not _OFFICE_AFTER.match(text, match.end()):
            yield MaskSpan(match.start(), match.end(), PersonalKind.ADDRESS)


def is_town(name: str) -> bool:
    """Whether what ends in 동 may be a neighbourhood and is no common word."""
    return not _TOWN_WORD.search(name)


def _is_of_office(before: str, after: str) -> bool:
    """Whether what stands before an address names the office it is of; not where somebody lives beside it."""
    office = _OFFICE_BEFORE.search(before)
    return office is not None and not (_OWN_BETWEEN.search(office["between"]) or _LIVES_THERE.match(after))


def _is_particle(match: re.Match[str]) -> bool:
    """Whether what reads as the number of a house is a word or the ending behind a road (십이길이요)."""
    number = match["number"]
    is_word = (len(number) == 1 and not number.isdigit()) or number in _WORDS
    return is_word and match.group().endswith(number)


def _is_side_road(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 26) : match.start()], text[match.end() : match.end() + 24]
    number, road = match["number"], match["road"]
    if len(number) == 1 and not number.isdigit() and not re.search(r"[구동]\s", match.group()):
        return False  # 그리로 이 길
    if number in _WORDS or _ROAD_WORD.search(road) or road.endswith("으로") or _is_of_office(before, after):
        return False
    return bool(_LANDMARK.match(after)) or not (_OFFICE_AFTER.match(after) or _PUBLIC_ROAD.match(after))


def _start(text: str, match: re.Match[str]) -> int:
    start = match.start()
    while start < match.end() and text[start].isspace():
        start += 1
    return start


def _is_home(text: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    before, after = text[max(0, match.start() - 26) : match.start()], text[match.end() : match.end() + 16]
    whole = match.group()
    if _STREET.search(whole) or _is_of_office(before, after) or _OFFICE_AFTER.match(after):
        return False
    if pattern is _ROAD:
        if _is_particle(match):
            return False
        return not _ROAD_WORD.search(match["road"]) and not re.match(
            r"\s?(?:번 ?버스|번 ?출구|개|명|원|만|천|시간|분|년|월|킬로|미터|차선|단계|[0-9,]*\s?구역)", after
        )
    if pattern is _LOT:
        return bool(
            re.search(r"번지|호|-|다시", whole)
            or re.search(r"[시구군면읍]\s", whole)
            or _RESIDE.search(before[-14:] + " " + after)
        )
    if re.match(r"[0-9공영일이삼사오육칠팔구십백천]+\s?동", whole):
        return not re.search(r"본관|별관|청사|민원실", before)
    return True
