"""Personal data in a text, found by form and context, and covered.

Numbers are read off a run of digits, written or spoken (``공일공에 일이삼사``), and judged by length, beginning and
the words around them; checksums never decide, since newer resident numbers are random. Public numbers, amounts, dates
and lines stay. Names and addresses are found by the words that announce them, so their recall is lower.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from assist.composed import composed

COVER = "•"


class PersonalKind(StrEnum):
    """What a span is."""

    RRN = "rrn"
    FRN = "frn"
    PHONE = "phone"
    CARD = "card"
    ACCOUNT = "account"
    PASSPORT = "passport"
    DRIVER = "driver"
    VEHICLE = "vehicle"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    BIRTHDATE = "birthdate"


@dataclass(frozen=True, slots=True)
class MaskSpan:
    """A personal span, code-point offsets into the given text, end exclusive."""

    start: int
    end: int
    kind: PersonalKind


_SPOKEN = dict(zip("공영일이삼사오육륙칠팔구", "001234566789", strict=True))
_NATIVE = {
    "하나": "1",
    "둘": "2",
    "셋": "3",
    "넷": "4",
    "다섯": "5",
    "여섯": "6",
    "일곱": "7",
    "여덟": "8",
    "아홉": "9",
}
_D = r"(?:[0-9공영일이삼사오육륙칠팔구]|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)"
_SEP = (
    r"(?:[\s.,\-–~·/()*]|에(?![가-힣])|에(?=[0-9공영일이삼사오육칠팔구\s])|의(?=\s)|다시|빼기|대시|하이픈|"
    r"작대기|국에|번에|"
    r"그리고|잠깐만요|잠시만요|그 ?뒤에|그 ?다음에?|뒤에|(?<=\s)(?:어|음|네|그|예|저)(?=\s))"
)
_RUN = re.compile(rf"{_D}(?:{_SEP}{{0,12}}?{_D})*")
_COPULA = re.compile(
    r"(?:던데|다(?![가-힣])|\s?번호|\s?카드|\s?차(?![가-힣])|거|게|렇게|에요|예요|고요?|요|라고|라서|라는|"
    r"인데|입니다|지요|죠|야|랑|나|든|거든|네요|니까)"
)
_UNIT = re.compile(
    r"\s?(?:[십백천만억]|원|명|개월?|년(?!생)|월|시간?|분|층|호선|퍼센트|%|킬로|미터|평|세(?![가-힣])|살|조|항)"
)
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부"
)
_SURNAME = rf"(?:남궁|황보|제갈|선우|독고|사공|서문|[{_SURNAMES}])"
_NOT_NAMES = re.compile(
    r"^(?:이에|이름|이좀|이고|제이|이거|이게|이번|이제|이런|이사|이미|이용|이상|여기|여권|여자|여보|주민|"
    r"주소|주차|전화|전입|전세|정말|정보|정도|오늘|오전|오후|"
    r"신청|신고|문의|문자|고지|고객|서울|서류|한번|한강|지금|지하|임대|임신|장애|강남|강북|강서|강동|구청|"
    r"구민|하나|하루|은행|연락|연금|"
    r"기초|기사|기다|안내|안녕|공사|공원|공무|도로|도서|남편|남자|아내|방금|방문|유치|원래|원룸|위치|인터|"
    r"인감|부모|부동|사장|사람|사실|"
    r"소음|소유|성함|성격|우리|우편|국민|국가|금액|금방|천천|표시|현재|현금|백신|차량|차가|양천|마포|용산|"
    r"노원|송파|송금|배송|배우|진짜|진료|채용|명의|모르|반려|반납|경찰|경우|봉투|예약|예방|어제|어디|어머|"
    r"제가|제일|편의|설명|설치|석달|선생|선불|길가|변경|추가|추천|엄마|민원|손자|손녀|손님|조금|조회|최근|"
    r"최대|박물|황당|홍보|심한|심야|나이|대표|담당|본인|보호|세대|세입|학생|직장|회사|동네)"
)
_LEAD = 26
_TRAIL = 14
_PUBLIC = re.compile(r"^(?:02)?120$|^(?:1[568]\d{2}\d{4}|080\d{6,7}|1[0-9]{2}|1355|1366|1388|1577|1350|1345)$")
_PHONE_WORDS = re.compile(r"전화|연락|번호|핸드폰|휴대|폰|집으?로|문자|콜백|회신")
_PLATE = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자허하호배"
_NUM = r"[0-9공영일이삼사오육륙칠팔구십백천]"

_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
    r"|[A-Za-z0-9가-힣][A-Za-z0-9가-힣._\- ]{1,60}?\s?(?:골뱅이|앳|"
    r"에트)\s?(?:[A-Za-z0-9가-힣]+\s?){1,3}?(?:점|닷|쩜|\.)\s?(?:컴|넷|com|net|(?:씨오|시오|co)[ .]*(?:점|"
    r"닷)?\s?(?:케이알|kr))"
)
_VEHICLE = re.compile(
    rf"(?:(?:서울|경기|인천|부산|대구|대전|광주|울산|강원|충북|충남|전북|전남|경북|경남|제주|세종)\s?)?"
    rf"(?<![가-힣0-9])(?:[0-9]{{2,3}}|{_NUM}(?:\s?{_NUM}){{1,5}}|"
    rf"[가-힣]{{2}}(?=\s?[{_PLATE}]\s?[0-9]{{4}}))\s?[{_PLATE}]\s?(?:에\s)?\s?"
    rf"(?:[0-9]{{4}}|[0-9공영일이삼사오육륙칠팔구](?:\s?[0-9공영일이삼사오육륙칠팔구]){{3}})(?![0-9])"
)
_LETTER = (
    r"(?:[A-Za-z]|에이|비|씨|디|이|에프|지|에이치|아이|제이|케이|엘|엠|엔|오|피|큐|알|에스|티|유|브이|"
    r"더블유|엑스|와이|제트)"
)
_PASSPORT = re.compile(
    rf"(?<![A-Za-z가-힣])(?:[MmSsRrOoDdGg]|엠|에스|알|디|"
    rf"지)\s?(?:{_D}\s?){{3}}(?:{_LETTER}\s?)?(?:{_D}\s?){{3}}{_D}(?:\s?{_D})?"
)
_BIRTH = re.compile(
    rf"(?:[0-9]{{2,4}}|{_NUM}+)\s?년\s?(?:[0-9]{{1,2}}|[일이삼사오육유칠팔구시십]+)\s?월\s?(?:[0-9]{{1,2}}|"
    rf"[일이삼사오육칠팔구십]+)\s?일"
    r"|[0-9]{4}[.\-/][ ]?[0-9]{1,2}[.\-/][ ]?[0-9]{1,2}|(?<![0-9])[0-9]{2}[.\-/][0-9]{1,2}[.\-/][0-9]{1,2}"
)
_LONG_AGO = re.compile(r"(?:19[2-9]\d|200\d)년?[ .\-/]|천구백")
"""A full date that far back is a birthday, seldom anything else."""
_BIRTH_WORDS = re.compile(r"생년|생일|태어|출생|년생|생이|생입|생인|양력|음력")
_HOUSE = rf"(?:{_NUM}+(?:\s?(?:-|다시|의|에)\s?{_NUM}+)?)"
_ADDRESS = re.compile(
    r"(?:(?:서울특별시|서울시|서울|경기도|인천시|인천)\s+)?(?:[가-힣]{2,4}시\s+)?"
    rf"(?:[가-힣]{{1,4}}구\s+(?:[가-힣]{{1,5}}{_NUM}{{0,3}}(?:동|가)\s+)?)?"
    rf"(?:[가-힣]{{2,7}}(?:대로|로|길)\s?(?:{_NUM}+\s?(?:가|나|다)?길\s?)?|"
    rf"[가-힣]{{1,5}}[0-9]{{0,2}}동\s?(?:산\s?)?)\s?"
    rf"{_HOUSE}\s?(?:번지|호(?!선)|번(?=[ ,에이]|$)|(?=[ ,.]|$|[이에예고인]))"
    rf"(?:[ ,]+(?:[가-힣A-Za-z0-9]+(?:아파트|빌라|빌딩|맨션|오피스텔|타워|주택|연립|하우스|캐슬|"
    rf"자이)\s?)?(?:{_NUM}+\s?(?:동|층)\s?)?{_NUM}+\s?호(?!선))?(?:\s?(?:옥탑|반지하|지하|[0-9]층|"
    rf"[일이삼사]층|지층)(?:방)?)?"
    rf"|(?:[가-힣]{{1,4}}구\s+)?(?:[가-힣]{{1,5}}[0-9]?동\s+)?[가-힣A-Za-z0-9]{{2,10}}(?:아파트|빌라|맨션|"
    rf"오피스텔|주공|연립|자이|푸르지오|래미안|힐스테이트)\s?{_NUM}+\s?동\s?{_NUM}+\s?호"
    rf"|{_NUM}{{2,5}}\s?동\s+{_NUM}{{3,6}}\s?호(?!선)"
)
_GIVEN = r"(?:[가-힣][가-힣]?|\s[가-힣]\s[가-힣])"
_NAME_AFTER = re.compile(
    rf"(?<![가-힣])(?:(?:제|내|저) ?이름(?:은|이)?|사람은|이름(?:은|이|이요)?|성함(?:은|이)?|예금주(?:는|"
    rf"가|명은)?|신청(?:자|인)(?:가|는|은|이)?|수급자(?:는|가)?|명의자(?:는|가)?|명의(?:는|가)|대표자?(?:는|가)?|"
    rf"보호자(?:는|가)?|받는 ?사람(?:은|이)?|가입자(?:는|가)?|계약자(?:는|가)?|세대주(?:는|가)?|저는|전|"
    rf"제가|본인(?:은)?|민원인(?:은)?|딸은|아들은|남편은|아내는|어머니는?|아버지는?|할머니는?|할아버지는?|"
    rf"애는|아이는)"
    rf"\s*(?P<name>{_SURNAME}{_GIVEN})\s?(?=이라고|라고|이고|이에요|예요|에요|입니다|이요|요[ .,?!]|요$|"
    rf"인데|이며|씨|님|고요|,|\.|저예요|이라|고(?= )|\s?맞|$)"
)
_NAME_START = re.compile(
    rf"(?:^|[.?!,]\s+|네,?\s|예,?\s)(?P<name>{_SURNAME}{_GIVEN})\s?(?=이라고 ?(?:합|남|해|하|적|불)|"
    rf"라고 ?(?:합|남|해|하|적|불)|이고 ?사는|\s?이렇게 ?(?:세|두) ?글자|(?:이|예)?요[.!]|이요[ .,!]|이요$|"
    rf"이에요|예요|입니다[ .,]|입니다$|이고요?,? ?(?:전화|연락|번호|주민|생년|휴대|주소)|씨(?:가|는|를|"
    rf"한테|랑|예| )|님(?:이|께|을|은|으로))"
)


def mask(text: str) -> tuple[str, tuple[MaskSpan, ...]]:
    """Return ``text`` with personal data covered character by character, and the spans in order.

    The covered text has the same length as ``text``; blanks and the particles around a span stay.
    """
    spans = find(text)
    covered = list(text)
    for span in spans:
        for at in range(span.start, span.end):
            if not covered[at].isspace():
                covered[at] = COVER
    return "".join(covered), spans


def find(text: str) -> tuple[MaskSpan, ...]:
    """Return the personal spans of ``text``, in order and not overlapping."""
    if unicodedata.normalize("NFC", text) != text:
        # Decomposed text has no syllables to match; offsets would not survive composing, so cover words in whole.
        return _find_decomposed(text)
    found: list[MaskSpan] = []

    def add(start: int, end: int, kind: PersonalKind) -> None:
        while end > start and text[end - 1] in " ,.":
            end -= 1
        if end > start and not any(start < span.end and span.start < end for span in found):
            found.append(MaskSpan(start, end, kind))

    for match in _EMAIL.finditer(text):
        add(*match.span(), PersonalKind.EMAIL)
    for match in _PASSPORT.finditer(text):
        before, after = _around(text, *match.span())
        if "여권" in before + after or re.match(r"[MmSsRr][0-9]{3}[0-9A-Za-z][0-9]{4}$", match.group()):
            add(*match.span(), PersonalKind.PASSPORT)
    for match in _BIRTH.finditer(text):
        before, after = _around(text, *match.span())
        if (
            _BIRTH_WORDS.search(before)
            or _LONG_AGO.match(match.group())
            or re.match(r"\s?(?:생(?!활)|에 ?태어|출생|이 ?생일)", after)
        ):
            add(*match.span(), PersonalKind.BIRTHDATE)
    for match in _VEHICLE.finditer(text):
        if _is_vehicle(text, match):
            add(*match.span(), PersonalKind.VEHICLE)
    for start, end, digits in _runs(text):
        kind = _number_kind(text, start, end, digits)
        if kind is not None:
            add(start, end, kind)
    for match in _ADDRESS.finditer(text):
        if not re.search(r"(?:버스|호선|출구|정류장|사거리|역)", match.group()) and _is_home(text, match):
            add(*match.span(), PersonalKind.ADDRESS)
    for pattern in (_NAME_AFTER, _NAME_START):
        for match in pattern.finditer(text):
            if not _NOT_NAMES.match(match["name"].replace(" ", "")):
                add(*match.span("name"), PersonalKind.NAME)
    return tuple(sorted(found, key=lambda span: span.start))


def mask_phone_for_screen(number: str) -> str:
    """Return a telephone number with its middle covered: ``010-1234-5678`` as ``010-••••-5678``.

    What has no middle keeps its last four digits only; a public short number stays.
    """
    digits = re.sub(r"\D", "", number)
    if len(digits) < 7 or _PUBLIC.match(digits):
        return number
    parts = re.split(r"(\D+)", number.strip())
    groups = parts[::2]
    if len(groups) >= 3:
        for place in range(2, len(parts) - 1, 2):
            parts[place] = COVER * len(parts[place])
        return "".join(parts)
    return "".join(COVER if char.isdigit() and at < len(number) - 4 else char for at, char in enumerate(number))


def _find_decomposed(text: str) -> tuple[MaskSpan, ...]:
    characters = list(composed(text))
    origin = [*(start for _, start, _ in characters), len(text)]
    return tuple(
        MaskSpan(origin[span.start], origin[span.end], span.kind)
        for span in find(unicodedata.normalize("NFC", "".join(char for char, _, _ in characters)))
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _LEAD) : start], text[end : end + _TRAIL]


def _runs(text: str) -> list[tuple[int, int, str]]:
    """Return runs of digits, written or spoken, with what they read."""
    runs: list[tuple[int, int, str]] = []
    for match in _RUN.finditer(text):
        start = match.start()
        tokens = [
            (start + token.start(), start + token.end(), token.group()) for token in re.finditer(_D, match.group())
        ]
        # 이 and 일 belong to what follows in 이에요, 이고, 일 때; a count swallows its last digit (사 명).
        while len(tokens) > 1 and tokens[0][2] in _SPOKEN and _within_word(text, tokens[0], tokens[1]):
            tokens.pop(0)
        while tokens and tokens[-1][2] in _NATIVE and not any(token[2] in _NATIVE for token in tokens[:-1]):
            tokens.pop()
        while tokens and tokens[-1][2] in ("이", "일") and _COPULA.match(text, tokens[-1][1]):
            tokens.pop()
        while tokens and len(tokens) < 7 and _UNIT.match(text, tokens[-1][1]):
            tokens.pop()
        if len(tokens) >= 4:
            digits = "".join(_SPOKEN.get(token, _NATIVE.get(token, token)) for _, _, token in tokens)
            runs.append((tokens[0][0], tokens[-1][1], digits))
    return runs


def _within_word(text: str, first: tuple[int, int, str], second: tuple[int, int, str]) -> bool:
    """Return whether a spoken digit is really the particle at the end of a word (``핸드폰이 010``)."""
    attached = first[0] > 0 and "가" <= text[first[0] - 1] <= "힣"
    return attached and second[0] > first[1]


def _number_kind(text: str, start: int, end: int, digits: str) -> PersonalKind | None:
    before, after = _around(text, start, end)
    count = len(digits)
    if _PUBLIC.match(digits) or re.match(r"\s?(?:원|명|세대|가구|억|만원)", after):
        return None
    if re.search(r"(?:접수|신청|관리|승인|우편|송장|예약|고객|사업자|민원|문서|고시)\s?번호", before[-14:]):
        return None
    if re.match(r"\s?호(?!선)", after) and count < 10:
        return None
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}-[0-9]{6}-[0-9]{2}", text[start:end]):
        return PersonalKind.DRIVER
    if re.fullmatch(r"[0-9]{6}\s?-\s?[0-9]", text[start:end]) and _is_date(digits[2:6]):
        return PersonalKind.FRN if digits[6] in "5678" else PersonalKind.RRN
    if (count == 13 and _is_date(digits[2:6])) or (count in (12, 13) and re.search(r"주민|외국인 ?등록", before)):
        foreign = digits[6:7] in "5678" or "외국인" in before
        return PersonalKind.FRN if foreign else PersonalKind.RRN
    if re.search(r"면허", before + after) and count in (11, 12):
        return PersonalKind.DRIVER
    if re.search(r"주민|등록번호", before) and count in (6, 7) and re.search(r"자리", before + after):
        return PersonalKind.RRN
    if re.search(r"생년|생일|태어", before) and count in (6, 8):
        return PersonalKind.BIRTHDATE
    if re.match(r"01[016789]", digits) and 10 <= count <= 11:
        return PersonalKind.PHONE
    if (
        re.search(r"계좌|은행|입금|환급|통장|송금|뱅크|농협|신협|새마을금고|우체국", before + after)
        and 9 <= count <= 16
    ):
        return PersonalKind.ACCOUNT
    if count in (15, 16):
        return PersonalKind.CARD
    if re.match(r"0(?:2|[3-6]\d|70|50\d)", digits) and 9 <= count <= 12:
        return PersonalKind.PHONE
    if re.search(r"카드", before) and 13 <= count <= 16:
        return PersonalKind.CARD
    if _PHONE_WORDS.search(before[-16:]) and 7 <= count <= 11:
        return PersonalKind.PHONE
    short = re.search(r"(?:뒤|뒷|끝|마지막)[가-힣 ]{0,4}(?:(?:네|4|넷)?\s?자리|번호)", before[-14:])
    return PersonalKind.PHONE if count == 4 and short else None


def _is_date(digits: str) -> bool:
    return 1 <= int(digits[:2]) <= 12 and 1 <= int(digits[2:]) <= 31


def _is_vehicle(text: str, match: re.Match[str]) -> bool:
    before, after = _around(text, *match.span())
    written = re.fullmatch(r"(?:[가-힣]{2}\s?)?[0-9]{2,3}\s?[가-힣]\s?[0-9]{4}", match.group())
    return bool(written) or bool(re.search(r"차|번호판|주차|오토바이|트럭|택시|승용|견인|이 ?차", before + after))


def _is_home(text: str, match: re.Match[str]) -> bool:
    before, after = _around(text, *match.span())
    if re.search(r"구청|시청|센터|청사|공단|공사 ?주소", before[-14:]):
        return False
    if re.match(r"\s?(?:에? ?있는 ?)?(?:구청|시청|주민센터|보건소|경찰서|세무서|도서관|우체국|병원|공원|시장)", after):
        return False
    return bool(
        re.search(r"호|번지|길\s?[0-9]", match.group())
        or re.search(r"주소|살|사는|집|거주|이사|전입|배송|보내|자택|세대", before + after)
        or re.search(r"구\s", match.group())
    )
