"""Personal data of letters and digits: passports, vehicle plates, old driving licences, e-mail, birth dates."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assist.mask.digits import SPOKEN, hangul
from assist.mask.model import MaskSpan, PersonalKind

_DIGIT: Final = rf"(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|[0-9{''.join(SPOKEN)}])"
NUMERAL: Final = r"[0-9공영령일이삼사오육륙칠팔구십백천]"
_REGION: Final = "서울|경기|인천|부산|대구|대전|광주|울산|강원|충북|충남|전북|전남|경북|경남|제주|세종"
_LETTERS: Final = "더블유|더블류|에이치|에이취|에이|브이|비|씨|시|디|에프|지|쥐|아이|제이|케이|엘|엠|엔|오|피|큐|알|아르|에스|티|유|엑스|와이|제트|지트|이"
_JOINT: Final = r"(?:[\s\-.]|에(?=\s)|다시|빼기|대시|그리고|어|음|네){0,3}"

_PASSPORT: Final = re.compile(
    rf"(?<![A-Za-z가-힣])(?:[A-Za-z]{{1,2}}|엠|에스|알|디|지|피엠|피에스)\s?{_JOINT}(?:{_DIGIT}\s?){{3}}{_JOINT}"
    rf"(?:[A-Za-z]|{_LETTERS})?{_JOINT}(?:{_DIGIT}\s?){{3,4}}{_DIGIT}"
)
_PASSPORT_FORM: Final = re.compile(r"[MmSsRrGgDdOo]\s?[0-9]{3}\s?[0-9A-Za-z]\s?[0-9]{4}")
_DRIVER_OLD: Final = re.compile(
    rf"(?:{_REGION})\s?(?:{_DIGIT}\s?){{2}}{_JOINT}(?:{_DIGIT}\s?){{6}}{_JOINT}(?:{_DIGIT}\s?)?{_DIGIT}(?![0-9])"
)

_PLATE: Final = "가나다라마바사아자하허호배거너더러머버서어저고노도로모보소오조구누두루무부수우주"
_HINT: Final = r"(?:\s?[가-힣]{1,4}\s?(?:할|의) ?때\s?|\s)?"
_VEHICLE: Final = re.compile(
    rf"(?:(?:{_REGION})\s?)?(?<![0-9])(?:(?<![가-힣])|(?<=서울|경기|인천|부산|대구|대전|광주|울산|강원|충북|충남|전북|전남|경북|경남|제주|세종))"
    rf"(?P<head>[0-9]{{2,3}}|{NUMERAL}(?:\s?{NUMERAL}){{1,5}}|(?<=[가-힣] )[가-힣]{{2}}(?=\s[{_PLATE}]\s?[0-9]{{4}}))"
    rf"\s?(?P<letter>[{_PLATE}])(?:{_HINT}(?P=letter)(?:자)?)?(?:\s|에|다시|-)*"
    rf"(?P<tail>[0-9]{{4}}|(?:{_DIGIT}\s?){{3}}{_DIGIT}|(?:[일이삼사오육칠팔구]?천)(?:[일이삼사오육칠팔구]?백)?"
    rf"(?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?)(?![0-9])"
)
_VEHICLE_WRITTEN: Final = re.compile(r"[^0-9]*[0-9]{2,3}\s?[가-힣]\s?[0-9]{4}")
_VEHICLE_WORDS: Final = re.compile(
    r"차(?!이|라리|별|원|례|상|액|단)|번호판|주차|오토바이|트럭|택시|승용|견인|화물|버스|렌터카|카니발|소나타|쏘나타|그랜저|아반떼|모닝|스쿠터|이륜|주정차|과태료|세워"
)
_NOT_PLATE: Final = re.compile(r"[0-9]{2,3}\s?(?:가|로|길)\s[0-9]{4}(?=\s?(?:번지|호|원|명))")

_AT: Final = re.compile(r"(?P<at>골뱅이|골벵이|앳(?=\s)|에트|[@＠])\s?")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9가-힣]+(?:\s?\.\s?|\s?(?:점|닷|쩜|쩍)\s?)){1,3}(?:컴|콤|넷|com|net|org|kr|케이알|오알|[A-Za-z]{2,6}|씨오|시오|코)"
    r"(?:\s?(?:점|닷|쩜|\.)\s?(?:케이 ?알|kr))?"
    r"|(?:[A-Za-z가-힣]+\s?)(?:닷컴|쩜컴|점컴|닷넷|점넷)"
    r"|(?:네이버|지메일|다음|한메일|네이트|구글|핫메일|카카오|야후|아웃룩|naver|gmail|daum|hanmail|nate)"
)
_MAIL: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?[@＠]\s?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"
)
_MAIL_PIECE: Final = re.compile(
    rf"(?>{_LETTERS}|언더바|언더 ?스코어|밑줄|대시|하이픈|빼기|다시|점|닷|쩜|십|백|천|{_DIGIT}|[A-Za-z._+\-])+"
)
"""Each piece is taken once and for all: 이 is a letter and a digit, and trying both for each of many takes years."""
_MAIL_FILLER: Final = frozenset(("어", "음", "네", "그리고", "소문자", "대문자", "숫자", "영어로", "다음에"))

_YEAR_WORD: Final = rf"(?:[0-9]{{4}}|[0-9]{{2}}|(?:천구백|이천|{NUMERAL}){NUMERAL}{{0,6}})"
_BIRTH: Final = re.compile(
    rf"(?<![0-9])(?:{_YEAR_WORD}\s?년\s?)(?:[0-9]{{1,2}}|[일이삼사오육유칠팔구시십]{{1,2}})\s?월\s?"
    rf"(?:[0-9]{{1,2}}\s?일?(?!\d)|[일이삼사오육칠팔구십]{{1,3}}?\s?일(?!일)|초하루|초[가-힣]{{2}}|보름|그믐)"
    r"|(?<![0-9])(?:19|20)[0-9]{2}\s?[.\-/]\s?[0-9]{1,2}\s?[.\-/]\s?[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9\-])[0-9]{2}[.\-/][0-9]{1,2}[.\-/][0-9]{1,2}(?![0-9\-])"
)
_DAY: Final = re.compile(
    r"(?<![0-9가-힣년])(?:음력 )?(?:[0-9]{1,2}|[일이삼사오육유칠팔구시십]{1,2})월\s?(?:[0-9]{1,2}|[일이삼사오육칠팔구십]{1,3})일"
)
_LONG_AGO: Final = re.compile(
    r"(?:19[2-9]\d|200\d)|천구백|이천\s?(?:[일이삼사오육칠팔구]\s?)?년|일구[이삼사오육칠팔구]|[3-9]\d\s?년|[삼사오육칠팔구][일이삼사오육칠팔구공영]?\s?년|[삼사오육칠팔구]십"
)
"""A full date that far back is a birthday, unless something else began then."""
_BIRTH_WORDS: Final = re.compile(r"생년|생일|태어|출생|년생|양력|음력|돌잔치")
_NOT_BIRTH: Final = re.compile(
    r"시행|제정|개정|준공|설립|개통|개관|건축|설치|지어|지은|공포|고시|폐지|공고|사망|돌아가|등기|계약|입주|발급|가입|등록일|이후 ?출생|부터 ?출생|"
    r"출생아|까지|이후|이전|부터"
)
_BORN: Final = re.compile(r"\s?(?:생(?!활|각|계|산|기)|에? ?태어|출생(?!아)|이 ?생일|날 ?태어)")


def find_letters(text: str) -> Iterator[MaskSpan]:
    """Yield e-mail addresses, passports, old licences and birth dates, the surer first."""
    yield from _mails(text)
    yield from _passports(text)
    for match in _DRIVER_OLD.finditer(text):
        if "면허" in text[max(0, match.start() - 26) : match.end() + 14]:
            yield MaskSpan(*match.span(), PersonalKind.DRIVER)
    yield from _births(text)


def find_plates(text: str) -> Iterator[MaskSpan]:
    """Yield vehicle plates; what belongs to another number must have been taken before."""
    for match in _VEHICLE.finditer(text):
        if _is_vehicle(text, match):
            yield MaskSpan(*match.span(), PersonalKind.VEHICLE)


def _mails(text: str) -> Iterator[MaskSpan]:
    for match in _MAIL.finditer(text):
        yield MaskSpan(*match.span(), PersonalKind.EMAIL)
    if not re.search(r"골뱅이|골벵이|앳|에트|[@＠]", text):
        return
    for match in _AT.finditer(text):
        domain = _DOMAIN.match(text, match.end())
        start = _mail_start(text, match.start())
        if domain is not None and start < match.start():
            yield MaskSpan(start, domain.end(), PersonalKind.EMAIL)


def _mail_start(text: str, end: int) -> int:
    """Return where the part before the at sign begins: letters, spelled letters and digits, else one word."""
    start = end
    seen = False
    for chunk in reversed(list(re.finditer(r"\S+", text[max(0, end - 160) : end]))):
        word = chunk.group().strip(",")
        at = max(0, end - 160) + chunk.start()
        if _MAIL_PIECE.fullmatch(word):
            start, seen = at, True
        elif seen and word in _MAIL_FILLER:
            continue
        elif not seen:
            return at
        else:
            break
    return start


def _passports(text: str) -> Iterator[MaskSpan]:
    for match in _PASSPORT.finditer(text):
        near = text[max(0, match.start() - 26) : match.start()] + " " + text[match.end() : match.end() + 14]
        if "여권" in near or "항공권" in near or _PASSPORT_FORM.fullmatch(match.group()):
            yield MaskSpan(*match.span(), PersonalKind.PASSPORT)


def _births(text: str) -> Iterator[MaskSpan]:
    for match in _BIRTH.finditer(text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 14]
        # 일 of 이에요 belongs to the day; a blank behind it does not.
        born = _BIRTH_WORDS.search(before) or _BORN.match(after)
        old = _LONG_AGO.match(match.group()) and not _NOT_BIRTH.search(before[-12:] + " " + after)
        if born or (old and not re.search(r"까지|부터|기간|마감", after[:4])):
            yield MaskSpan(match.start(), match.start() + len(match.group().rstrip()), PersonalKind.BIRTHDATE)
    for match in _DAY.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 8]
        if re.search(r"생일[은이도]?\s?(?:음력|양력)?\s?$", before) or re.match(r"\s?생(?!활|각|계|산|기)", after):
            yield MaskSpan(*match.span(), PersonalKind.BIRTHDATE)


def _is_vehicle(text: str, match: re.Match[str]) -> bool:
    if _NOT_PLATE.match(text, match.start("head")):
        return False
    near = text[max(0, match.start() - 26) : match.start()] + " " + text[match.end() : match.end() + 16]
    written = _VEHICLE_WRITTEN.fullmatch(match.group())
    if written:
        return not re.match(r"\s?(?:년|원|호|번지|명)", text[match.end() :][:4])
    following = text[match.end() : match.end() + 1]
    if following and hangul(following) and following in "십백천만억원":
        return False
    return bool(_VEHICLE_WORDS.search(near))
