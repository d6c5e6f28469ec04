"""What a caller asks, as the record puts it: 되나요 to 되는지 문의, 해 주세요 to 달라고 요청."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from typing import Final

from assist.summarize.endings import (
    IRREGULAR_B,
    L_TAIL,
    N_TAIL,
    NO_TAIL,
    SS_TAIL,
    informal_stem,
    is_hangul,
    tail_of,
    with_tail,
)

_ADJECTIVE = re.compile(
    r"(?:필요|가능|위험|편|급|비슷|정확|안전|간단|복잡|유리|충분|중요|유효|적절|심|저렴|당연|이상|궁금|미안)하$|같$|좋$|싫$|많$|(?<![가-힣])적$|작$|(?<![가-힣])크$|높$|낮$|(?<![가-힣])길$|짧$|(?<![가-힣])멀$"
    r"|가깝$|어렵$|쉽$|싸$|빠르$|느리$|다르$|괜찮$|아프$|나쁘$|무섭$|춥$|덥$|무겁$|가볍$|넓$|좁$|이$|아니$|(?:려|쉬|추|더|두|까|러|거|벼|매|서)우$"
)


def whether(stem: str) -> str:
    """Return a stem as an indirect question: 되 to 되는지, 만들 to 만드는지, 필요하 to 필요한지."""
    tail = tail_of(stem)
    if tail == L_TAIL or (stem and tail == NO_TAIL and is_hangul(stem[-1]) and _ADJECTIVE.search(stem)):
        adjective = _ADJECTIVE.search(stem)
        stem = with_tail(stem, N_TAIL if adjective else NO_TAIL)
        return f"{stem}지" if adjective else f"{stem}는지"
    if _ADJECTIVE.search(stem):
        if stem[-1] in IRREGULAR_B:
            return f"{with_tail(stem, NO_TAIL)}운지"
        return f"{stem}은지"
    return f"{stem}는지"


_WHETHER = re.compile(
    r"(?P<kept>.*?(?:는지|은지|인지|을지|할지|될지|[가-힣]지))(?:를|가|도|는|요)?(?:\s.*)?(?:궁금|모르|몰라|여쭤|여쭙|문의|알고 싶|알 수|물어|확인|알아보|알려).*$"
)
_TO_DO = re.compile(
    r"^(?P<body>.*?)(?P<what>신고|신청|문의|접수|취소|변경|발급|재발급|등록|예약|상담|환불|제보|이의신청|민원|문의|조회|해지|납부|가입|설치|수리|교체|철거|단속|이용|지원)"
    r"\s?(?:을|를)?\s?(?:좀\s)?(?P<form>하려고|하려는데|하려면|하려구|하고 ?싶|할려고|할라고|하고자|드리려고|드리고 ?싶|넣으려고|넣고 ?싶|받고 ?싶|받으려|해\s?주|해\s?줘|부탁).*$"
)  # fmt: skip
_ASKS: Final = (
    (
        re.compile(r"(?:는|은|ㄴ|인)?\s?(?:건가요?|거예요|거에요|거야|겁니까|건지요?|거죠|거지요|거지|거네요)$"),
        "것인지",
    ),
    (re.compile(r"(?:는가요?|는지요?)$"), "는지"),
    (re.compile(r"(?:은가요?|은지요?)$"), "은지"),
    (re.compile(r"인가요?$|인지요?$|이에요$|예요$|에요$|입니까$|이죠$|이지요$|이야$"), "인지"),
    (re.compile(r"얼마(?:죠|지요|야|나 해요?|나 하나요)$"), " 얼마인지"),
)
_ORDER = re.compile(r"^(?P<what>.*?)\s?(?:당장|빨리|얼른|바로)\s(?P<do>[가-힣]{2,4})해(?:라|요)?$")
_MAY_BE = re.compile(r"[가-힣](?<![는은인한된])지(?:도)? (?:몰라|모르)")
"""언제 무너질지 몰라요: says what may happen and asks nothing."""


def _before_da(stem: str) -> str:
    """Return what stood before 다면서 as an indirect question: 준 to 주는지, 있 to 있는지."""
    if tail_of(stem) == N_TAIL and is_hangul(stem[-1]):
        return whether(with_tail(stem, NO_TAIL))
    return f"{stem}는지"


_QUESTION_WORD = re.compile(r"어떻게|어디|언제|얼마|누가|누구|무엇|뭐|뭘|몇|왜|어느|무슨|어떤")


def asks(clause: str) -> bool:
    """Return whether a caller's clause asks or requests, with or without a question mark."""
    text = clause.strip(" .,!~…")
    past = re.search(r"(?P<last>[가-힣])어요?$", text)
    happened = bool(past) and tail_of(past["last"]) == SS_TAIL and past["last"] not in "있겠" if past else False
    if happened and not re.search(r"얼마|왜|언제|어떻게|몇", text):
        return False
    if _MAY_BE.search(text):
        return False
    if _ORDER.match(text):
        return True
    if re.search(
        r"[다라]면서요?$|(?:거|것) ?맞(?:죠|지요?|나요|아요)$|(?:되는|하는|있는|없는|된|한) (?:거|것)(?:죠|지요|네요|지)$",
        text,
    ):
        return True
    if re.search(r"[다라]는 (?:거예요|거에요|거야|거네요|거죠)$|니까요?$|되는데요?$", text) and not text.endswith("?"):
        return False
    return bool(
        text.endswith("?")
        or _WHETHER.match(text)
        or _TO_DO.match(text)
        or re.search(r"(?:나요|까요|가요|건가|은가|되나|(?:어떻게|해야|야|뭘|뭐) ?하나|있나|없나|받나|되죠|되지요|되니|습니까|ㅂ니까|입니까|됩니까|는지요?)$", text)
        or re.search(r"(?:주세요|주실 수|줄 수|수 있어요|수 있죠|수 있나|해야 (?:돼요?|되나|하나|해요|되는지|되는 거예요|되는 건가요)$|싶은데요?$|싶어서요?$|싶어요$)", text)
        or (text.endswith("요") and _QUESTION_WORD.search(text) and not re.search(r"(?:몰라|모르|[었았했갔왔났렸쳤였겼졌됐봤겠]어|거든|잖아|더라고|네|[이]라고|[는은]데|고|서)요$", text) and informal_stem(text[:-1]) is not None)
        or (re.search(r"(?:돼요?|되는 거예요|되는 거야|거예요|줘요|해요|나와요|가요|안 돼요|있어요|이에요|예요|할까|해|지|[가-힣](?<![았었했갔왔났렸쳤였겼졌됐봤])어요?|[가-힣]아요?)$", text) and _QUESTION_WORD.search(text))
        or re.search(r"(?:도|면|라도|지금) (?:돼요?|되요|되는 거네요|되는 거죠|되는 거지요)$|(?:는|한|된|내는|되는) (?:거예요|거에요|거야|건지|건데요)$", text)
    )  # fmt: skip


_ABOUT = re.compile(
    r"^(?P<what>.{2,60}?)\s?(?:때문에|일로|관련해서|관련해|관련|건으로|에 대해서?|것 좀|거 좀)\s(?:\S+\s)?(?:전화|문의|여쭤|연락|물어)"
)


def about(clause: str) -> str:
    """Return what a caller says the call is about (입학준비금 때문에 전화드렸는데요), or an empty string."""
    found = _ABOUT.match(clause)
    return found["what"].strip() if found else ""


def asked(clause: str) -> str:
    """Return a caller's question or request as the record puts it, ending in 문의 or 요청."""
    text = clause.strip(" .,?!~…")
    if found := re.search(r"(?<=[가-힣])다면서요?$", text):
        return f"{_before_da(text[: found.start()])} 문의"
    if found := _ORDER.match(text):
        return f"{found['what'].strip()} {found['do']} 요청"
    if found := re.search(r"(?:거|것) ?맞(?:죠|지요?|나요|아요)$", text):
        return f"{text[: found.start()]}것이 맞는지 문의"
    if what := about(text):
        return f"{what} 관련 문의"
    if found := _TO_DO.match(text):
        word = "요청" if re.match(r"해|부탁", found["form"]) else "문의"
        what = found["what"]
        body = found["body"].rstrip()
        joined = (
            f"{body} {what}" if body and clause[len(found["body"]) - 1 : len(found["body"])] == " " else body + what
        )
        return joined if what in ("문의",) else f"{joined} {word}"
    if found := _WHETHER.match(text):
        return f"{re.sub('건지$', '것인지', found['kept'].strip())} 문의"
    if text.endswith("가요") and tail_of(text[:-2]) == N_TAIL and not text.endswith(("건가요", "인가요")):
        return f"{text[:-2]}지 문의"
    for pattern, to in _ASKS:
        if found := pattern.search(text):
            before = text[: found.start()].rstrip()
            if to == "것인지" and not re.search(r"(?:는|은|한|된|른|인|던|을|ㄹ|할|될|간|온|난|[가-힣])$", before):
                continue
            lead = f"{text[: found.start()]}{found.group().split('거')[0].split('건')[0]}" if to == "것인지" else before
            gap = " " if to == "것인지" and not lead.endswith(" ") else ""
            return f"{lead}{gap}{to} 문의"
    if found := re.search(r"(?:나요?|니|냐|습니까|ㅂ니까)$", text):
        return f"{text[: found.start()]}는지 문의"
    if text.endswith("까요") and tail_of(text[:-2]) == L_TAIL:
        return f"{text[:-2]}지 문의"
    if found := re.search(
        r"\s?(?:주세요|주시겠어요|주실 수 (?:있어요|있나요|있을까요)|줄 수 (?:있어요|있나요|있어)|줘요?)$", text
    ):
        return re.sub(r" (?=해 달라고)", "", f"{text[: found.start()]} 달라고 요청")
    if re.search(r"고 ?싶(?:은데요?|어서요?|어요)$", text):
        return re.sub(r"고 ?싶(?:은데요?|어서요?|어요)$", "고 싶음", text)
    body = text[:-1] if text.endswith("요") else text
    body = (
        re.sub(r"(되|하|있|없|받)(?:죠|지요|지)$", r"\1", body)
        if re.search(r"(되|하|있|없|받)(?:죠|지요|지)$", body)
        else body
    )
    stem = informal_stem(body)
    if stem:
        return f"{whether(stem)} 문의"
    return f"{body}는지 문의" if re.search(r"[되하있없받]$", body) else f"{body} 문의"
