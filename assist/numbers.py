"""The display layer for numbers: spoken Korean numbers as digits, only where the context is sure.

Pure and idempotent; the raw text stays in the event. 만났다 is never 10,000났다: a number word becomes
digits only next to a unit or in a telephone-length run, from a word boundary on.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from assist.number_context import (
    apartment,
    cases,
    clock,
    exit,
    flat,
    in_range,
    is_copula,
    machines,
    minutes,
    native_at_start,
    quantity,
    road,
    section,
    tens,
)
from assist.number_words import (
    COUNTING,
    HALF_PAST,
    NATIVE_COMPOUND,
    SINO,
    digit_string,
    hyphened,
    is_spoken,
    money,
    native,
    sino,
)
from audio.events import DigitRun

_LEFT = r"(?<![가-힣A-Za-z0-9.,\-])(?<!몇\s)(?<!수\s)"
_END = r"(?=$|[\s,.?!…)~]|[이은는을를가도에의로와과만면]|까지|부터|쯤|경|정도|인데|입니다|이요|요|예요|이에요|짜리|씩|전|후|뒤|안|말)"
_DIGIT = r"(?:[공영일이삼사오육륙칠팔구0-9]|하나|둘)"
_FILLER = r"(?:에다가|에|의|다시|대시|빼기|하이픈|마이너스|[짝작]대기|국에|국의|국|번에|점|음+|어+|네|예|그리고|그 ?다음에?|그 ?뒤에?|뒤에|그|저기|저)"
_SEP = rf"(?:\s*(?:{_FILLER}(?=[\s공영일이삼사오육륙칠팔구0-9])|[-.,)~])\s*|\s+)"
_JOIN = rf"{_SEP}{{0,3}}?"
_HOUR = r"(?:열\s?한|열\s?두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_MONTHS: Final = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10}  # fmt: skip
_MONTHS_2: Final = {"십일": 11, "십이": 12}
_DIGITS_LEFT: Final = tuple("공영일삼사오육륙칠팔구")
_OLDEST: Final = 150
"""Years."""
_DAY = r"(?:[이삼]?\s?십\s?[일이삼사오육륙칠팔구]?|[일이삼사오육륙칠팔구]|\d{1,2})"
_DAYTIME = r"오전|오후|아침|점심|저녁|밤|낮|새벽"
_DISTRICTS = "강남|강동|강북|강서|관악|광진|구로|금천|노원|도봉|동대문|동작|마포|서대문|서초|성동|성북|송파|양천|영등포|용산|은평|종로|중구|중랑"
_MARKS = "가나다라마거너더러머버서어저고노도로모보소조누두루무부수우주아바사자하허호배"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A context in which numbers are sure. Groups: s* Sino, h* native, d* digits, m* month, w* amount."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[re.Match[str]], bool] = lambda found: True


def _rule(kind: str, pattern: str, check: Callable[[re.Match[str]], bool] = lambda found: True) -> _Rule:
    return _Rule(kind, re.compile(pattern), check)


_NOT_FULL = r"(?!\s?(?:버스|지하철|전철|열차|사례|관중))"
_RULES: Final = (
    _rule("date", rf"{_LEFT}(?:(?P<s0>{SINO})\s?년도?\s?)?(?P<m1>십일|십이|[일이삼사오유육칠팔구시십]|\d{{1,2}})\s?월\s?(?P<s1>{_DAY})\s?일{_END}",
          in_range("s1", 1, 31)),
    _rule("date", rf"{_LEFT}(?P<d0>(?:이공|일구|20|19)[공영일이삼사오육칠팔구0-9]{{2}})\s?년도?\s?(?P<m1>십일|십이|[일이삼사오유육칠팔구시십]|\d{{1,2}})\s?월(?:\s?(?P<s1>{_DAY})\s?일)?{_END}"),
    _rule("date", rf"{_LEFT}(?P<d1>(?:이공|일구)[공영일이삼사오육칠팔구]{{2}})\s?년(?=도|생|{_END[3:-1]})"),
    _rule("date", rf"{_LEFT}(?P<s0>{SINO})\s?년도?\s?(?P<m1>십일|십이|[일이삼사오유육칠팔구시십]|\d{{1,2}})\s?월{_END}",
          in_range("s0", 60, 2100)),
    _rule("date", rf"{_LEFT}(?P<m1>십일|십이|[일삼사오유육칠팔구시십]|\d{{1,2}})\s?월(?=$|[\s,.?!]|에|부터|까지|말|초|중순|달|쯤)(?!\s?(?:동|역))"),
    _rule("date", rf"{_LEFT}(?P<m1>이)\s?월(?=에|부터|까지|말|초|중순|달|쯤)"),
    _rule("date", rf"{_LEFT}(?P<s1>{SINO})\s?(?:학년도|년도|년생)", in_range("s1", 40, 2100)),
    _rule("date", rf"{_LEFT}(?P<s1>{SINO})\s?년{_END}", in_range("s1", 1900, 2100)),
    _rule("date", rf"{_LEFT}(?P<s1>\d{{1,3}}|[삼사오육륙칠팔구]|[이삼사오육칠팔구]?십[일이삼사오육륙칠팔구]?|일)\s?년(?=$|[\s,.?!]|전|후|째|간|동안|이상|이내|도|넘|정도|치|에|이|을|은|만|쯤|까지|된|짜리|마다|인|이|생)"),
    _rule("date", rf"{_LEFT}(?P<s1>이)\s?년\s?(?:전|후|째|간|동안|이상|이내|넘|정도|치)"),
    _rule("date", rf"{_LEFT}(?P<s1>{SINO})\s?개월", in_range("s1", 1, 120)),
    _rule("date", rf"{_LEFT}(?P<s1>\d{{1,2}}|[이삼]십[일이삼사오육륙칠팔구]?|십[일이삼사오육륙칠팔구])\s?일(?:부터|까지|자|날|에|이요|이에요|입니다)"),
    _rule("date", rf"{_LEFT}(?P<s1>[삼사오육칠팔구])\s일(?:까지|부터)(?=$|[\s,.?!])"),
    _rule("date", rf"{_LEFT}(?P<s1>\d{{1,3}}|[삼사오육칠팔구]|[이삼사육구]?십오?)\s?일\s?(?:이내|안에|안으로|동안|간|전|후|뒤|째|치|정도)(?!절)"),
    _rule("time", rf"{_LEFT}(?:{_DAYTIME})\s?(?P<h1>{_HOUR}|\d{{1,2}})\s?시(?:\s?{HALF_PAST}|\s?(?P<s1>{SINO})\s?분)?(?!간)"),
    _rule("time", rf"{_LEFT}(?P<h1>{_HOUR}|\d{{1,2}})\s?시\s?(?P<s1>{SINO})\s?분", native_at_start),
    _rule("time", rf"{_LEFT}(?P<h1>열\s?한|열\s?두|열|두|세|네|다섯|여섯|일곱|여덟|아홉|\d{{1,2}})\s?시(?:\s?{HALF_PAST})?(?=$|[\s,.?!]|반|쯤|경|에|부터|까지|이|인|정각|전|넘|를|는|요|예|네|니|라|면)",
          clock),
    _rule("time", rf"{_LEFT}(?P<h1>한)\s?시(?=에|부터|까지|쯤|반|\s반|경에|\s?사이|\s?정도)"),
    _rule("time", rf"{_LEFT}(?P<h1>스물\s?네|마흔\s?여덟|일흔\s?두)\s?시간"),
    _rule("time", rf"{_LEFT}(?P<h1>두|세|네|다섯|여섯|일곱|여덟|아홉|열|열\s?두|한|\d{{1,3}})\s?시간(?!대|표|강사|외)", native_at_start),
    _rule("time", rf"{_LEFT}(?P<s1>\d{{1,3}}|이십사|사십팔|칠십이)\s?시간"),
    _rule("time", rf"{_LEFT}(?P<s1>\d{{1,3}}|[이삼사오]십[일이삼사오육칠팔구]?|십오?)\s?분(?=$|[\s,.?!]|전|후|뒤|이내|안|간|정도|쯤|동안|만에|째|마다|이|을|이면)", minutes),
    _rule("bus", rf"{_LEFT}(?P<s1>\d{{1,2}}|[이삼사오육칠팔구]?십[일이삼사오육륙칠팔구]?|[일이삼사오육륙칠팔구])\s?번\s?(?:출구|출입구|게이트|승강장)", exit),
    _rule("bus", rf"(?:마을\s?버스\s)(?:{_DISTRICTS})\s?(?P<d1>[공영0][일이삼사오육칠팔구1-9])(?:\s?번)?(?=$|[\s,.?!]|[이을은에도]|으로|요)"),
    _rule("bus", rf"{_LEFT}(?:{_DISTRICTS})\s?(?P<d1>[공영0][일이삼사오육칠팔구1-9])\s?번(?=$|[\s,.?!]|[이을은에도]|으로|요)"),
    _rule("bus", rf"{_LEFT}(?P<d1>[공영일이삼사오육륙칠팔구\d](?:\s?[공영일이삼사오육륙칠팔구\d]){{2,3}})\s?번\s?(?:(?:마을|시내|광역|지선|간선|심야)?\s?버스|타)", flat),
    _rule("bus", rf"{_LEFT}(?P<s1>{SINO})\s?번\s?(?:마을|시내|광역|지선|간선|심야)?\s?버스", lambda found: (sino(found["s1"]) or 0) > 2),
    _rule("bus", rf"{_LEFT}(?P<s1>\d|[일이삼사오육칠팔구])\s?호선"),
    _rule("phone", rf"{_LEFT}(?P<d1>[일이삼사오육칠팔구1-9][공영일이삼사오육칠팔구0-9]{{2}}|[일1][공영일이삼사오육칠팔구0-9]{{3}})\s?번(?=$|[\s,.?!]|으로|에|이|을|은|도|에다|입|예)", flat),
    _rule("phone", r"(?<=국번\s없이\s)(?P<d1>[일이삼사오육칠팔구1-9][공영일이삼사오육칠팔구0-9]{2,3})(?=$|[\s,.?!]|번|으로|로|에|이|입|을|를|예)", flat),
    _rule("phone", rf"{_LEFT}(?P<d1>(?!일일이\s)[일1][공영일이삼사오육칠팔구0-9]{{2,3}})(?=(?:으로|로|에|에다)?\s?(?:전화|문의|연락|신고하|상담))", flat),
    _rule("phone", rf"{_LEFT}(?P<d1>일공구)(?=$|[\s,.?!]|번|로|에|입|를|예)", flat),
    _rule("phone", rf"{_LEFT}(?P<d1>일일구|일일이(?=로|에\s신고)|일이공)(?=에|로|를|가|나|\s?구급|\s?신고|\s?다산)", flat),
    _rule("other", rf"{_LEFT}(?P<s1>{SINO})\s?번(?=$|[\s,.?!]|으로|을|창구|이요|이에요|\s?창구)", tens("s1")),
    _rule("address", rf"{_LEFT}(?P<s1>{SINO})\s?동\s?(?:의\s?)?(?P<s2>{SINO})\s?호(?=$|[\s,.?!]|[이에요로은는을인입도고예]|사|살|앞|여)(?!선)"),
    _rule("address", rf"{_LEFT}(?P<s1>{SINO})\s?동(?=$|[\s,.?!]|이|에|인데|입|앞|살|사는|주민|엘리)", apartment),
    _rule("address", rf"{_LEFT}(?P<s1>{SINO})\s?호(?=$|[\s,.?!]|이|에|요|인데|입|앞|살|사는|여기)(?!선|역|동|대로)", apartment),
    _rule("address", rf"{_LEFT}(?P<s1>{SINO})(?:\s?(?:다시|대시|-|에)\s?(?P<s2>{SINO}))?\s?번지"),
    _rule("address", rf"(?<=[가-힣][로길])(?P<gap>\s?)(?P<s1>[이삼사오육칠팔구]?[십백][일이삼사오육칠팔구십백]*|[일이삼사오육칠팔구]|\d+)\s?번?길(?:\s?(?P<s2>{SINO})(?:\s?(?:다시|대시|-)\s?(?P<s3>{SINO}))?(?=$|[\s,.?!]|[이에요은는을인입]|번지))?", road),
    _rule("address", r"(?<=[가-힣][로길])\s(?P<s1>[\d일이삼사오육칠팔구십백]+)\s?(?:다시|대시|-)\s?(?P<s2>[\d일이삼사오육칠팔구십백]+)(?=$|[\s,.?!]|[이에요예입는은인]|번지)", in_range("s1", 10, 9999)),
    _rule("address", r"(?<=[가-힣][로길])\s(?P<s1>[일이삼사오육칠팔구]?[십백][일이삼사오육칠팔구십백]*|\d+)(?=$|[,.?!]|에\s|이요|이에요|예요|입니다|인데|번지|\s[가-힣]{2,8}(?:아파트|빌라|빌딩|타워|오피스텔))"),
    _rule("address", rf"{_LEFT}(?P<h1>{NATIVE_COMPOUND})\s?번지"),
    _rule("address", r"(?<=[가-힣][동리])\s(?P<s1>[일이삼사오육칠팔구]?[십백천][일이삼사오육칠팔구십백]*|\d+)\s?(?:다시|대시)\s?(?P<s2>[일이삼사오육칠팔구십백]+|\d+)(?=$|[\s,.?!]|[이에요예입는은])"),
    _rule("address", r"(?<=[가-힣][로동])\s?(?P<s1>[일이삼사오육칠팔]|\d)가(?=$|[\s,.?!]|역|에|이|동|쪽|요|예|입|번지)", section),
    _rule("address", rf"{_LEFT}(?P<s1>\d{{1,3}}|[일이삼사오육칠팔구])층(?!집|석탑|탑|목탑|천|층)"),
    _rule("address", rf"{_LEFT}(?P<s1>[이삼사]?십[일이삼사오육칠팔구]?)\s?층(?!집|석탑|탑|목탑)"),
    _rule("count", rf"{_LEFT}(?P<s1>{SINO})(?P<point>\s?점\s?)(?P<d1>[공영일이삼사오육칠팔구]{{1,2}})\s?(?=퍼센트|프로(?=$|[^가-힣]|입|예|요|이(?!트)|가(?![나-힣])|를|은|는|씩|만(?![가-힣])|까|정도|밖|라고|나(?![가-힣]))|배(?=$|[\s,.?!]|[로가는를])|도(?=$|[\s,.?!]|[까인입])|평(?=$|[\s,.?!])|킬로|미터|리터|센티)"),
    _rule("amount", rf"{_LEFT}(?P<w1>{SINO})\s?원(?=$|[\s,.?!…]|[이은을도에씩만인정입예쯤]|짜리|까지|부터|으로|이상|이하|미만|가량|정도|대|어치|들|하고|이라|넘){_NOT_FULL}",
          lambda found: bool(re.search(r"[십백천만억]|\d", found["w1"]))),
    _rule("count", rf"{_LEFT}(?P<s1>{SINO})\s?(?:퍼센트|프로(?=$|[^가-힣]|입|예|요|이(?!트)|가(?![나-힣])|를|은|는|씩|만(?![가-힣])|까|정도|밖|라고|나(?![가-힣]))|%|평(?=$|[\s,.?!]|짜|이|대|형|정|인)|킬로|미터|리터|그램|제곱미터)", quantity),
    _rule("count", rf"{_LEFT}(?P<s1>{SINO})\s?점(?=$|[\s,.?!]|[이을은만])(?!\s?[공영일이삼사오육칠팔구](?:[\s도배]|퍼))", in_range("s1", 10, 1000)),
    _rule("count", rf"(?:영하|영상|기온이?|온도는?|온도를)\s?(?P<s1>{SINO})\s?도"),
    _rule("count", rf"(?:{_LEFT}|(?<=만))(?P<s1>{SINO})\s?세(?=$|[\s,.?!]|이상|이하|미만|부터|까지|인|가|이|입|예|대|고)", tens("s1")),
    _rule("count", rf"{_LEFT}(?P<h1>{NATIVE_COMPOUND}|예순|일흔|여든|아흔)\s?세(?=$|[\s,.?!]|이상|이하|미만|부터|까지|인|가|이|입|예)"),
    _rule("count", rf"{_LEFT}(?P<s1>[일이삼사오육]|\d)\s?학년"),
    _rule("count", rf"{_LEFT}(?P<s1>{SINO})\s?(?:명|인(?=$|[\s,.]|이상|이하|가구|승)|건|대(?=$|[\s,.])|회(?=$|[\s,.]|이상|까지)|매(?=$|[\s,.]))", tens("s1")),
    _rule("count", rf"{_LEFT}(?P<h1>{COUNTING})\s?(?:명|건)(?=$|[\s,.?!]|이|은|을|당|도|한테|까지|부터|씩|정도|으로|만|과|하고|입|요|밖|째|중|인데)", cases),
    _rule("count", rf"{_LEFT}(?P<h1>{NATIVE_COMPOUND}|열|두|세|네|다섯|여섯|일곱|여덟|아홉)\s?(?:군데|마리|가구|세대|박스|봉지|개(?=$|[\s,.?!]|[이가는은를을도당씩만고예요]|정도|까지|인데)|대(?=$|[\s,.?!]|[가를는도]|씩|까지)|장(?=$|[\s,.?!]|[이을은도]|씩)|채(?=$|[\s,.?!]|[가를는])|병(?=$|[\s,.?!]|[이을]))", machines),
    _rule("count", rf"{_LEFT}(?P<h1>{COUNTING})\s?살(?=$|[\s,.?!]|[이인은의도때]|짜리|부터|까지|먹|난|된|배기)", native_at_start),
    _rule("age", rf"(?<=올해\s)(?P<h1>{NATIVE_COMPOUND})(?=$|[\s,.?!]|이(?!\s)|(?:이\s(?:되|됐|넘))|인|예요|입|에|의|된|넘|먹)(?!\s?(?:시|번|살|세|명|개))"),
    _rule("age", r"(?:(?<=내가\s)|(?<=제가\s)|(?<=나는\s)|(?<=저는\s)|(?<=올해\s)|(?<=나이가\s)|(?<=연세가\s))(?P<s1>[이삼사오육칠팔구]십[일이삼사오육칠팔구]?)(?=이야|이에요|이고|이거든|인데|이요|입니다)"),
    _rule("count", rf"{_LEFT}(?P<h1>{NATIVE_COMPOUND})(?=$|[\s,.?!]|이|인|예요|입|에|살|의|된|넘|먹)(?!\s?(?:시|번))", lambda found: (native(found["h1"]) or 0) > 20),
    _rule("other", r"(?:접수|신청|승인|관리|예약|문서|우편|고유|사업자|등록|확인|인증|청구|납부|고지|회원)\s?번호[는가를이]?\s?(?:요\s)?(?P<d1>[공영일이삼사오육륙칠팔구0-9](?:[\s\-]*[공영일이삼사오육륙칠팔구0-9]){3,})(?![가-힣]*[월년])", flat),
    _rule("other", rf"{_LEFT}(?P<d1>[공영일이삼사오육륙칠팔구0-9]{{2,3}})\s?(?P<mark>[{_MARKS}])\s?(?P<d2>[공영일이삼사오육륙칠팔구0-9]{{4}})(?![0-9공영])", flat),
    _rule("other", rf"{_LEFT}(?P<s1>[일이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|\d{{2}})\s?(?P<mark>[{_MARKS}])(?:에)?\s(?P<d2>[공영일이삼사오육륙칠팔구0-9]{{4}})(?![0-9공영])"),
    _rule("other", rf"{_LEFT}(?P<d1>[공영일이삼사오육륙칠팔구]{{6,}})(?=$|[\s,.?!]|[이은는을에요예인입])"),
)  # fmt: skip

_PHONE = re.compile(
    rf"{_LEFT}(?P<head>[공영0]{_JOIN}[일1]{_JOIN}[공영0일1육륙6칠7팔8구9]|[공영0]{_JOIN}[이2](?![가-힣]*[년월])"
    rf"|[공영0]{_JOIN}[삼사오육3-6]{_JOIN}[일이삼사오1-5]|[공영0]{_JOIN}[오칠팔578]{_JOIN}[공영0]"
    rf"|[일1]\s?[오육팔568]\s?{_DIGIT}\s?{_DIGIT})"
    rf"(?P<rest>(?:{_SEP}{{0,3}}{_DIGIT}){{4,8}})(?![-.]?[0-9])"
)
_LOCAL = re.compile(
    rf"{_LEFT}(?P<d1>[이삼사오육칠팔구2-9]\s?{_DIGIT}\s?{_DIGIT}(?:\s?{_DIGIT})?)\s?(?P<sep>국에|국의|에|의|다시|대시|-)\s?"
    rf"(?P<d2>{_DIGIT}\s?{_DIGIT}\s?{_DIGIT}\s?{_DIGIT})(?![0-9공영])(?=$|[\s,.?!]|[이은는을로요번예인입고])"
)
_RESIDENT = re.compile(
    rf"{_LEFT}(?P<d1>(?:{_DIGIT}\s?){{5}}{_DIGIT})\s?(?:에|의|다시|대시|빼기|-)\s?(?P<d2>(?:{_DIGIT}\s?){{6}}{_DIGIT})(?![0-9])"
)


_ROUND = re.compile(
    rf"{_LEFT}(?:(?P<d1>[공영0]\s?[이2삼3사4오5육6]\s?[일이삼사오1-5]?){_SEP}{{1,3}})?(?P<d2>[이삼사오육칠팔구2-9]\s?{_DIGIT}\s?{_DIGIT}(?:\s?{_DIGIT})?"
    rf"|(?<!\d)[일1]\s?[오육팔568]\s?{_DIGIT}\s?{_DIGIT}){_SEP}{{1,3}}(?P<s1>[일이삼사오육칠팔구]?천)(?P<end>\s?번)?(?=$|[\s,.?!]|[이은는을로요예입고]|으로)(?!\s?(?:원|명|건|세대|가구|평|년|만|억))"
)
"""The last four digits said as a round thousand: 공이 이일삼삼에 이천."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: str
    display: str
    confident: bool = True


def display(text: str) -> tuple[str, tuple[DigitRun, ...]]:
    """Show sure spoken numbers as digits.

    Args:
        text: One utterance or turn, NFC, spoken or already with digits.

    Returns:
        The display text and its numbers in order, offsets into the display text. Text without numbers comes
        back unchanged; the display of a display text is itself.
    """
    taken: list[_Found] = []
    covered: set[int] = set()
    for found in _candidates(text):
        if covered.isdisjoint(range(found.start, found.end)):
            taken.append(found)
            covered.update(range(found.start, found.end))
    parts: list[str] = []
    runs: list[DigitRun] = []
    done = length = 0
    for found in sorted(taken, key=lambda item: item.start):
        before = text[done : found.start]
        start = length + len(before)
        length = start + len(found.display)
        parts += (before, found.display)
        raw = text[found.start : found.end]
        runs.append(DigitRun(found.kind, raw, found.display, start, length, found.confident))
        done = found.end
    return "".join(parts) + text[done:], tuple(runs)


def _candidates(text: str) -> Iterator[_Found]:
    if not text.strip():
        return
    for pattern, convert in ((_ROUND, _round), (_RESIDENT, _resident), (_PHONE, _phone), (_LOCAL, _local)):
        yield from _scan(pattern, text, convert)
    for rule in _RULES:
        yield from _scan(rule.pattern, text, partial(_unit, rule))


def _scan(pattern: re.Pattern[str], text: str, convert: Callable[[re.Match[str]], _Found | None]) -> Iterator[_Found]:
    """Yield what ``convert`` accepts; a refused match is tried again one character on."""
    position = 0
    while found := pattern.search(text, position):
        made = convert(found)
        if made is None:
            position = found.start() + 1
        else:
            yield made
            position = max(made.end, found.start() + 1)


def _unit(rule: _Rule, found: re.Match[str]) -> _Found | None:
    shown = _converted(found) if rule.check(found) else None
    if shown is None:
        return None
    end = found.end()
    groups = found.groupdict()
    last = groups.get("d1") or "" if rule.kind == "other" and "mark" not in groups else ""
    if (
        last.endswith("이")
        and re.match("요|에요|고|라|예", found.string[end:])
        and ((len(digit_string(last)) - 1) % 4 == 0 or is_copula(found.string, end))
    ):
        end, shown = end - 1, shown[:-1]
    lead = len(found.group()) - len(found.group().lstrip())
    if rule.kind == "age":
        subject = bool(re.match(r"이\s", found.string[end:]))
        return _Found(found.start(), end + subject, "count", f"{shown}세{'가' if subject else ''}")
    return _Found(found.start() + lead, end, rule.kind, shown[lead:])


def _phone(found: re.Match[str]) -> _Found | None:
    raw = found.group()
    digits = digit_string(raw)
    written = re.match(r"[\d\-.) ~]*\d", raw)
    whole = hyphened(digit_string(written.group())) if written else None
    if written and ((whole and whole[1]) or re.fullmatch(r"0\d{1,2}-1\d{2}", written.group())):
        # 044-205-5991), 삼성화재 and 02-120이나: the word after it is none of its digits
        return _Found(found.start(), found.start() + written.end(), "phone", written.group())
    limit = 8 if re.match(r"1[568]", digits) else 11 if digits.startswith("01") else 10
    if digits.startswith("02"):
        limit = 10
    if re.match(r"0[3-8]", digits):
        limit = 11
    end = found.end()
    while len(digits) > limit:
        end -= 1
        digits = digit_string(found.string[found.start() : end])
    if found.string[end : found.end()].strip() not in ("", "이") or found.string[end : end + 1] in _DIGITS_LEFT:
        return None  # more digits than a telephone number has: which are wrong is not known
    made = hyphened(digits)
    if is_copula(found.string, end):
        shorter = hyphened(digits[:-1])
        if shorter is not None and shorter[1]:
            made, end = shorter, end - 1
    if made is None:
        return None
    source = found.string[found.start() : end]
    if re.search(r"[공영일이삼사오육륙칠팔구0-9]\s?[년월층]", found.string[found.start() : end + 2]):
        return None
    if not made[1] and re.match(r"\s?[명원건십백천만억세살호동분시개대회매길]", found.string[end:]):
        return None  # too short for a telephone number, and counted
    plain = re.fullmatch(r"[\d\-.) ~]+", source)
    return _Found(found.start(), end, "phone", source if plain else made[0], made[1])


def _local(found: re.Match[str]) -> _Found | None:
    raw = found.group()
    if re.fullmatch(r"[\d\- ]+", raw):
        return _Found(found.start(), found.end(), "phone", raw)
    return _Found(found.start(), found.end(), "phone", f"{digit_string(found['d1'])}-{digit_string(found['d2'])}")


def _round(found: re.Match[str]) -> _Found | None:
    short = digit_string(found["d2"])
    if not (found["d1"] or found["end"] or re.match("1[568]", short)):
        return None  # 이일삼삼 이천 may be anything
    thousand = (sino(found["s1"]) or 0) // 1000 * 1000
    parts = [digit_string(found["d1"])] if found["d1"] else []
    return _Found(found.start(), found.end("s1"), "phone", "-".join((*parts, short, str(thousand))))


def _resident(found: re.Match[str]) -> _Found | None:
    raw = found.group()
    shown = raw if re.fullmatch(r"[\d\- ]+", raw) else f"{digit_string(found['d1'])}-{digit_string(found['d2'])}"
    return _Found(found.start(), found.end(), "other", shown)


def _converted(found: re.Match[str]) -> str | None:
    """Return the match with its number groups as digits, or None where one is no number."""
    parts: list[str] = []
    done = found.start()
    close = False
    for name, value in sorted(found.groupdict().items(), key=lambda item: found.start(item[0])):
        if name == "point":
            parts.append(".")
            done = found.end(name)
            continue
        if value is None or name in ("gap", "mark"):
            continue
        shown = _number(name[0], value)
        if shown is None:
            return None
        start, end = found.span(name)
        between = found.string[done:start]
        parts += (between.lstrip() if close else between, shown)
        done = end
        close = shown != value and shown[-1].isdigit()
    tail = found.string[done : found.end()]
    text = "".join(parts) + (tail.lstrip() if close else tail)
    return re.sub(r"(?<=\d)\s?(?:다시|대시)\s?(?=\d)", "-", text)


def _number(kind: str, text: str) -> str | None:
    if kind == "d":
        return digit_string(text) if not re.fullmatch(r"[\d\- ]+", text) else text
    if kind == "m":
        if text.isdigit():
            return text if 1 <= int(text) <= 12 else None
        month = _MONTHS_2.get(text) or _MONTHS.get(text)
        return None if month is None else str(month)
    if not is_spoken(text):
        return text
    if kind == "h":
        hours = native(text.replace(" ", ""))
        return None if hours is None else str(hours)
    value = sino(text)
    if value is None or (kind == "s" and text.startswith("만") and value - 10_000 <= _OLDEST):
        return None  # 만 육십오 세 is an age, 만 오천 명 a number
    return money(value) if kind == "w" or value >= 10_000 else str(value)
