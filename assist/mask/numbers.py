"""What a run of digits is: by its length, its groups, how it begins and the words around it.

Checksums never decide: newer resident numbers are random, and a heard digit may be wrong.
"""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assist.mask.digits import Group, Run, read_digits, runs
from assist.mask.model import MaskSpan, PersonalKind

_LEAD: Final = 30
_TRAIL: Final = 22
_MOST_GROUPS: Final = 24
PUBLIC: Final = re.compile(r"(?:02|0\d\d)?120|1[568]\d{6}|080\d{6,7}|1[0-9]{2}|1[0-9]{3}")
"""Numbers of the public, whole."""

_RRN: Final = re.compile(r"주민 ?(?:등록)? ?번호|주민 ?등록|주번|민증")
_FRN: Final = re.compile(r"외국인|체류|등록증|거소")
_BIRTH: Final = re.compile(r"생년|생일|태어|출생")
_CARD: Final = re.compile(r"카드")
_BANK: Final = re.compile(
    r"계좌|은행|입금|환급|통장|송금|뱅크|농협|신협|수협|새마을|우체국|예금|이체|환불|토스|신한|국민|우리|하나|기업|저축|보냈|부쳤"
)
_DRIVER: Final = re.compile(r"면허")
_PHONE: Final = re.compile(r"전화|연락|번호|핸드폰|휴대|폰|집으?로|문자|콜백|회신|통화|받[을는]|팩스")
_OFFICE: Final = re.compile(
    r"구청|시청|군청|도청|동사무소|주민센터|행정복지|복지관|보건소|센터|사업소|공단|공사|[가-힣]{2}과(?=[ 는은의로가]|$|\s|이고|입니다|에)|담당 ?부서|"
    r"부서|팀(?=[ 는은의로이]|$)|대표 ?번호|대표 ?전화|직통|민원실|상담실|접종실|안내 ?전화|고객 ?센터|콜센터|경찰서|소방서|세무서|우체국|"
    r"도서관|병원|학교|관리 ?공단|재단|협회|기관|본부|지사|사무소|청사|문의(?:는|처|전화)"
)
_OWN: Final = re.compile(
    r"제 |저의|저희|우리 ?집|내 |집 ?전화|집으?로|댁|본인|어머니|아버지|엄마|아빠|남편|아내|딸|아들|할머니|할아버지|가게|"
    r"고객님|신청자|신청인|신고자|민원인|연락처|핸드폰|휴대폰|이웃|옆집|회신|콜백|제가"
)
_OTHER: Final = re.compile(
    r"(?:접수|신청|관리|승인|우편|송장|운송장|예약|고객|사업자|사업자 ?등록|법인 ?등록|법인|민원|문서|고시|공고|일련|납부|주문|인증|허가|대기|"
    r"사건|영수증|안내문|제품|모델|계량기|수용가|고유|상품|정류[소장]|노선|대여소|가로등|전주|시설물|기기|회원|사전|고지서|증명서|발급|"
    r"확인서|기관|단지|건물|버스|따릉이|자전거|시리얼)\s?(?:등록)?\s?번호|고시|공고|운송장|사업자|에러|오류 ?코드|코드"
)
_PARTIAL: Final = re.compile(
    r"(?:뒤|뒷|끝|마지막|뒤에|끝에)\s?[가-힣]{0,3}\s?(?:(?:네|4|넷)\s?자리|자리|번호|번)|뒷 ?번호|끝 ?번호"
)
_NOT_GIVEN: Final = re.compile(r"\s?(?:자리|개|명|세대|가구|억|만|원|번지|호(?![선])|층|평|퍼센트|%|제곱|㎡|미터|킬로)")
_MOBILE: Final = re.compile(r"01[016789]\d{7,8}")
_LANDLINE: Final = re.compile(r"0(?:2|[3-6][1-5]|70|50\d)\d{7,8}")
_SINO: Final = (
    r"(?:[일이삼사오육칠팔구]?천)?(?:[일이삼사오육칠팔구]?백)?(?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?"
)
_BIG: Final = re.compile(
    rf"(?:공일공|영일영|010)(?:\s|에|다시|국에?|의|-){{1,4}}(?=[일이삼사오육칠팔구]?[천백]){_SINO}(?:\s|에|다시|국에?|의|-){{1,4}}(?=[일이삼사오육칠팔구천백]){_SINO}"
)
"""Groups read as amounts: 공일공에 천이백삼십사에 오천육백칠십팔."""
_STARRED: Final = re.compile(
    r"(?<![0-9])(?:(?P<rrn>[0-9]{6}\s?-\s?[0-9][*xX•●]{6})|01[016789][-. ]?(?:[0-9]{3,4}[-. ]?[*xX•●]{4}|[*xX•●]{3,4}[-. ]?[0-9]{4}))"
)
"""Numbers somebody covered in part already."""
_SERVICE: Final = re.compile(r"1[0-9]{2}|13[0-9]{2}")
"""Short numbers of public services: 120, 112, 1345."""
_BUSINESS: Final = (3, 2, 5)


@dataclass(frozen=True, slots=True)
class _Around:
    before: str
    after: str

    @property
    def both(self) -> str:
        return self.before + " " + self.after

    def last(self, *patterns: re.Pattern[str]) -> int:
        """Return the index of the pattern whose last match before the number is nearest, or -1."""
        places = [max((match.end() for match in pattern.finditer(self.before)), default=-1) for pattern in patterns]
        best = max(places)
        return places.index(best) if best >= 0 else -1


def is_mobile(number: str) -> bool:
    """Return whether a written or spoken number is that of somebody's mobile telephone."""
    return bool(_MOBILE.fullmatch(read_digits(number)))


def find_numbers(text: str) -> Iterator[MaskSpan]:
    """Yield the personal numbers of ``text`` that are digits throughout, in order."""
    for match in _BIG.finditer(text):
        yield MaskSpan(*match.span(), PersonalKind.PHONE)
    for match in _STARRED.finditer(text):
        yield MaskSpan(*match.span(), PersonalKind.RRN if match["rrn"] else PersonalKind.PHONE)
    end_before = 0
    for run in runs(text):
        for span in _spans(text, run, end_before):
            yield span
            end_before = span.end


def _spans(text: str, run: Run, floor: int) -> Iterator[MaskSpan]:
    groups = run.groups
    at = 0
    while at < len(groups):
        taken = 0
        for end in (*_complete(groups, at), *range(min(len(groups), at + _MOST_GROUPS), at, -1)):
            span = _whole(text, groups[at:end], floor)
            if span is not None:
                yield span
                floor, taken = span.end, end - at
                break
        at += taken or 1


def _complete(groups: tuple[Group, ...], at: int) -> Iterator[int]:
    """Yield where a telephone number is complete and the next one, or a short public one, begins."""
    digits = ""
    for end in range(at, len(groups) - 1):
        digits += groups[end].digits
        if len(digits) > 12:
            return
        # 오육칠팔이고: the last one may be the verb.
        said = (digits, digits[:-1]) if groups[end].spoken and digits.endswith("2") else (digits,)
        following = groups[end + 1].digits
        begins = following.startswith("01") or _SERVICE.fullmatch(following)
        if begins and any(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number) for number in said):
            yield end + 1


def _whole(text: str, groups: tuple[Group, ...], floor: int) -> MaskSpan | None:
    """Return the span where these groups together are one number; doubtful digits at both ends are tried without."""
    for cut in _readings(text, groups):
        around = _Around(
            text[max(floor, cut[0].start - _LEAD) : cut[0].start], text[cut[-1].end : cut[-1].end + _TRAIL]
        )
        kind = _kind(Run(cut), around)
        if kind is not None:
            return MaskSpan(cut[0].start, cut[-1].end, kind)
    return None


def _readings(text: str, groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
    whole = groups
    last = groups[-1]
    ending = text[last.ends[-1] - 1]
    tail = text[last.end : last.end + 2]
    shorter: tuple[Group, ...] | None = None
    if ending in "이일" and (not tail or tail[0] in " 에요고라인며던었면거지야어네죠" or not tail[0].strip()):
        if len(last.digits) > 1:
            cut = Group(last.start, last.ends[-2], last.digits[:-1], last.spoken, last.ends[:-1])
            shorter = (*groups[:-1], cut)
        elif len(groups) > 1:
            shorter = groups[:-1]
    first = groups[0]
    headless = (
        groups[1:] if len(groups) > 1 and first.spoken and len(first.digits) == 1 and first.digits in "21" else None
    )
    # 오육칠팔이에요: the shorter reading counts where it has the length its kind should have.
    if shorter and (tail[:1].strip() or len(last.digits) == 1) and _is_whole(Run(shorter).digits):
        yield shorter
        yield whole
    else:
        yield whole
        if shorter:
            yield shorter
    if headless:
        yield from _readings(text, headless) if len(headless) < len(groups) else ()


def _is_whole(digits: str) -> bool:
    count = len(digits)
    if digits.startswith("050"):
        return count == 12
    if digits.startswith("0"):
        return count == 11 or (count in (9, 10) and digits.startswith("02")) or count == 4
    return count in (4, 6, 8, 13, 16)


def _kind(run: Run, around: _Around) -> PersonalKind | None:
    digits, sizes = run.digits, run.sizes
    count = len(digits)
    if count < 4 or count > 20 or (PUBLIC.fullmatch(digits) and not _PARTIAL.search(around.before[-16:])):
        return None
    if _NOT_GIVEN.match(around.after) and count < 10:
        return None
    for judge in (_partial, _identity, _mobile, _named, _by_form):
        kind = judge(digits, sizes, around)
        if kind is not None:
            return kind
    return None


def _partial(digits: str, sizes: tuple[int, ...], around: _Around) -> PersonalKind | None:
    """The last digits of something (``뒤에 네 자리가 1234``)."""
    if not _PARTIAL.search(around.before[-16:]):
        return None
    if len(digits) == 4:
        kinds = (PersonalKind.PHONE, PersonalKind.CARD, PersonalKind.ACCOUNT, PersonalKind.VEHICLE)
        nearest = around.last(
            re.compile(r"전화|폰|연락"), _CARD, re.compile(r"계좌|통장"), re.compile(r"차량|차 ?번호")
        )
        return kinds[max(nearest, 0)]
    if len(digits) == 7 and digits[0] in "1234567890":
        return PersonalKind.FRN if digits[0] in "5678" else PersonalKind.RRN
    return None


def _identity(digits: str, sizes: tuple[int, ...], around: _Around) -> PersonalKind | None:
    count = len(digits)
    dated = count >= 6 and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31
    other = around.last(_OTHER, _RRN, _FRN, _CARD, _BANK) if around.before else -1
    named = bool(_RRN.search(around.before)) or bool(re.match(r"[^0-9]{0,12}주민", around.after))
    foreign = bool(_FRN.search(around.both))
    if count == 13 and other != 0 and (dated or sizes[:2] == (6, 7) or named or foreign):
        if other in (3, 4) and sizes[0] != 6 and not named:
            return None
        return PersonalKind.FRN if digits[6] in "5678" or (foreign and not named) else PersonalKind.RRN
    if count in (12, 14) and (named or (foreign and other != 0)) and other in (1, 2):
        return PersonalKind.FRN if foreign and not named else PersonalKind.RRN
    if count == 7 and dated and (sizes == (6, 1) or named) and other in (-1, 1, 2):
        return PersonalKind.FRN if digits[6] in "5678" else PersonalKind.RRN
    if named and count in (6, 7) and re.search(r"자리", around.both):
        return PersonalKind.RRN
    if (
        count in (6, 8)
        and (_BIRTH.search(around.before) or re.match(r"\s?(?:년?생|에? ?태어|이? ?생년|이? ?생일)", around.after))
        and (dated or count == 8)
    ):
        return PersonalKind.BIRTHDATE
    return None


def _mobile(digits: str, sizes: tuple[int, ...], around: _Around) -> PersonalKind | None:
    if _MOBILE.fullmatch(digits) and not (
        len(sizes) == 1 and around.last(_OTHER, _BANK, _PHONE) in (0, 1) and len(digits) == 10
    ):
        return PersonalKind.PHONE
    if digits.startswith("8210") and len(digits) == 12:
        return PersonalKind.PHONE
    return None


def _named(digits: str, sizes: tuple[int, ...], around: _Around) -> PersonalKind | None:
    """By the nearest word before it, else one right behind it."""
    count = len(digits)
    nearest = around.last(_OTHER, _CARD, _BANK, _DRIVER, _PHONE)
    landline = bool(_LANDLINE.fullmatch(digits))
    # 번호 alone says nothing new after 카드, 면허, 계좌.
    if nearest == 4 and not landline:
        nearest = around.last(
            _OTHER, _CARD, _BANK, _DRIVER, re.compile(r"전화|연락|핸드폰|휴대|폰|문자|콜백|회신|팩스")
        )
    if nearest == 0:
        return None
    driver_shaped = sizes == (2, 2, 6, 2) or (count == 12 and 11 <= int(digits[:2]) <= 28)
    if nearest == 3 or (nearest == -1 and _DRIVER.search(around.after)):
        return PersonalKind.DRIVER if 10 <= count <= 12 else None
    if nearest == 1 or (nearest == -1 and _CARD.search(around.after)):
        return PersonalKind.CARD if 13 <= count <= 17 else None
    if sizes == (2, 2, 6, 2) and driver_shaped:
        return PersonalKind.DRIVER
    if (nearest == 2 or (nearest in (-1, 4) and _BANK.search(around.after))) and not landline and 9 <= count <= 16:
        if count in (15, 16) and sizes in ((4, 4, 4, 4), (16,)) and nearest != 2:
            return PersonalKind.CARD
        return PersonalKind.ACCOUNT
    return None


def _by_form(digits: str, sizes: tuple[int, ...], around: _Around) -> PersonalKind | None:
    count = len(digits)
    if around.last(_OTHER, _PHONE) == 0:
        return None
    if count in (15, 16):
        return PersonalKind.CARD
    if sizes == (2, 2, 6, 2):
        return PersonalKind.DRIVER
    if _LANDLINE.fullmatch(digits):
        office = _OFFICE.search(around.both) and not _OWN.search(around.both)
        return None if office else PersonalKind.PHONE
    if sizes == (4, 4) and len(around.both) <= 12 and not digits.startswith(("19", "20")):
        return PersonalKind.PHONE
    if 7 <= count <= 12 and (count in (7, 8) or (count in (10, 11) and digits[0] == "0")):
        if sizes[-1] == 4 or len(sizes) > 3 or len(sizes) == 1:
            own = _PHONE.search(around.before[-20:]) or _OWN.search(around.before)
            if own and not (_OFFICE.search(around.both) and not _OWN.search(around.both)):
                return PersonalKind.PHONE
        return None
    if 10 <= count <= 14 and len(sizes) >= 3 and sizes != _BUSINESS and not digits.startswith(("01", "19", "20")):
        return PersonalKind.ACCOUNT
    return None
