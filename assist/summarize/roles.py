"""What a clause does in a call, by cue phrases."""

# ruff: noqa: E501  (a pattern reads better on one line)

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from assist.summarize.clauses import Clause, stems
from assist.summarize.questions import about, asks


class Role(StrEnum):
    """Role of a clause."""

    GREETING = "greeting"
    CLOSING = "closing"
    COURTESY = "courtesy"
    """Thanks, sympathy, holding the line, back-channels."""
    IDENTIFICATION = "identification"
    """Name and number for being called back."""
    INQUIRY = "inquiry"
    CONTEXT = "context"
    RESTATEMENT = "restatement"
    """The counsellor says the caller's matter again, usually its cleanest wording."""
    QUESTION = "question"
    """The counsellor asks."""
    OFFER = "offer"
    ANSWER = "answer"
    ACTION = "action"
    COMMITMENT = "commitment"
    WARNING = "warning"
    ABUSE = "abuse"


_GREETING: Final = re.compile(
    r"반갑습니다|상담사\s?[가-힣]{2,4}(?:입니다|이라고)|무엇을 도와|어떤 일로 전화|120다산콜(?:재단|센터)? 상담|^안녕하(?:세요|십니까)\W*$|도와드릴까요\W*$"
)
_CLOSING: Final = re.compile(
    r"정리해 드리|상담사\s?[가-힣]{2,4}(?:이었|였)|좋은 하루|(?:하루|주말|명절|연휴|저녁|오후|밤|봄|여름|가을|겨울)[을]? (?:잘 )?보내(?:세요|십시오|시길)|순산|건강하세요|쾌유|행복한|즐거운|더 (?:궁금|필요|문의)|다른 (?:궁금|문의)|또 (?:궁금|필요)|추가로 (?:궁금|문의)|전화 주(?:시면 됩|세요|시길|십시오)|끊어지면|이용해 주셔서|원만하게|해결되시길|바라겠습니다\W*$|조심히|^(?:네|예)?\W*감사합니다|^고맙|들어가세요|수고하세요"
)
_COURTESY: Final = re.compile(
    r"불편(?:하시겠|을 드려|하셨|을 끼)|놀라셨|속상|힘드(?:셨|시겠)|고생(?:이 많|하셨)|죄송|축하|걱정(?:이 많|되셨|되시)|그러셨|그러시(?!면)|그랬군요|답답하셨|안타깝|이해합니다|공감|당황하셨|잠시만|기다려|천천히|크게 말씀|감사드|큰일을 하신|잘 정리하셨|맞으시죠|번거로우|염려|괜찮으세요|마음이|말씀해 주셔서|잘 알겠|확인했습니다|^네\W*$|그런 일이 있으셨|오래 사셨"
)
_WARNING: Final = re.compile(
    r"경고(?:드|합|를|에도)|삼가|(?:통화|상담|전화)[을를]?\s?(?:종료|중단)(?:하겠|합니다|될|할)|처벌(?:받|을|될)|^종료합니다|녹음되고|녹음 내용|법적 (?:조치|대응)|진행하기 어렵|폭언|성희롱|욕설|자제해|모욕적"
)
_WARNING_STRONG: Final = re.compile(r"경고|삼가|종료(?:하겠|합니다|될)|처벌받|자제해")
_COMMIT: Final = re.compile(
    r"(?:다시|꼭|확인(?:해서|하여|한 뒤|되는 대로|하고)|전까지|이내에?|안에|안으로|중으로|까지|후에?|결과|회신|담당자|담당\s?부서|부서에서|주무관|기사|번호로|내일|오늘|모레|오전|오후|\d시)[^.?!]*(?:연락|전화|회신|답변|통보|통화|문자|방문|콜백|(?:확인|결과|처리)[^.?!]*(?:알려|안내))[^.?!]*(?:드리겠|드릴게|하겠|할게|드리도록|드립니다|드릴 (?:예정|겁|거)|갈 (?:예정|겁|거)|올 (?:예정|겁|거)|드릴 텐데|드린다고|갑니다|주실 (?:겁|거|예정)|할 (?:예정|겁|거))|확인(?:하는|되는) 대로[^.?!]*(?:안내|연락|전화|알려)\s?(?:드리|드립|하겠|할게|합니다)|(?:현장|점검|측정|조사)[^.?!]*(?:확인|방문|점검|측정|나가|나갈)[^.?!]{0,4}(?:할|갈) (?:예정|계획)|(?:연락|전화|회신|콜백)\s?(?:을|를)?\s?(?:드리겠|드릴게|드리도록|드릴 예정|드릴 겁)"
)
_ACTION: Final = re.compile(
    r"(?:책임자|부서|메모|기록|민원)[^.?!]*(?:올리겠|올렸|남기겠|남겼|남겨 (?:드리|두|놓))|(?:신고|접수)[를을]? 넣|(?:연결|이관|접수|등록|신청|전달|이첩|발송|조회|예약|취소|변경|처리|신고|요청|호출|출동)(?:[을를]|해|하여|도)?\s?(?:해\s?)?(?:드리겠|드릴게|드렸|하겠|할게|하였|했습|됐습|되었|드립니다(?!\.? ?그)|완료|도와드리|해 놓|해 두|넣어|넣겠|넣었|올리겠|올렸|남기겠|남겼|남겨 (?:드리|두|놓)|시도)"
    r"|(?:문자|메시지|링크|주소|번호)[^.?!]{0,12}(?:보내\s?(?:드리겠|드릴게|드렸|드립|겠)|발송|전송|남겨)|접수(?:번호는|해 놓|해 두|가 됐|가 되었|되셨|완료)|119(?:에|로|를)?\s?(?:바로\s)?(?:신고|연결|연계|요청)[^.?!]*(?:했|하겠|드리|됐)|확인해 보겠|조회해 보겠|(?:담당자|전담팀|전담|부서)[^.?!]*(?:시도|연결)[^.?!]*(?:봤|했|하겠|드리겠)"
)
_OFFER: Final = re.compile(
    r"(?:해|도와|보내|연결|접수|전달)\s?(?:드릴까요|줄까요|드려도|줘도)|괜찮으(?:실까요|세요|신가요)|드릴까요|드려도 될까요"
)
_QUESTION: Final = re.compile(
    r"\?\W*$|(?:까요|나요|신가요|던가요|[는은]가요|[는은인]지요|[으이]세요|시죠|세요\?|실까요|셨나요|주시겠어요|주시겠습니까|어떻게 되(?:실까요|세요|시나요)|이신가요|인가요|을까요|거죠|시죠|여쭤봐도|여쭤보는데)\W*$"
)
_RESTATE: Final = re.compile(
    r"(?:군요|셨네요|시네요|거네요|시고요|이고요|이요|말씀이시죠|말씀이신가요|말씀이세요|거죠|시죠|셨고요|이시군요|맞으(?:시죠|실까요|신가요|세요)|다고요|쪽이요|쯤이요|하시는 거고요|거고요|말씀이신 (?:것|거) 같(?:습니다|은데요?|아요|네요))\W*$"
)
_NAME_TURN: Final = re.compile(r"성함|이름|연락처|전화번호|연락받으실|번호가|번호 (?:좀|말씀|남겨|부탁)")
_ACK: Final = re.compile(
    r"^(?:네|예|아|어|음|응|그래|그래요|맞아요|맞습니다|알겠어요|알겠습니다|알았어요|감사합니다|고맙습니다|고마워요|그렇구나|그렇군요|수고하세요|네네|여보세요|안녕하세요|진짜요|정말요|그럼요|아니요|없어요|됐어요|해볼게요|그렇게 (?:해\s?주세요|할게요)|꼭|좀|부탁드려요|부탁드립니다|부탁해요|복 받아요|살았네|들어가세요|다행이네요|그러세요|네 )*[\s\W]*$"
)
_FOUL: Final = re.compile(
    r"씨발|시발(?!점)|씹|개새|새끼(?!손)|병신|미친|좆|지랄|닥쳐|엿 ?먹|죽여|죽이|죽을래|죽고 ?싶냐|찾아가서|불 ?질러|속옷|몸매|가슴(?!이 (?:아|답|두))|섹|애인 ?있|남자 ?친구|여자 ?친구|몇 살이야|목소리가? (?:참|예|섹|야)|만나자|모텔|호텔에서|뽀뽀|야한|벗|이년|이놈|썅|염병|멍청|등신|꼴통|세금 ?도둑|세금으로 월급|니가 뭔데|너 이름"
)


def is_foul(text: str) -> bool:
    """Return whether a clause must never be quoted in a record."""
    return bool(_FOUL.search(text))


def role_of(clause: Clause, previous: Clause | None = None) -> Role:
    """Return the role of a clause; ``previous`` is the last clause of the other side."""
    return _agent(clause.text) if clause.is_agent else _caller(clause, previous)


_EXCUSE: Final = re.compile(
    r"(?:죄송(?:하지만|합니다만|한데요?)|번거로우시겠지만|불편하시겠지만|아쉽지만|안타깝지만)[,\s]*"
)


def _agent(text: str) -> Role:
    text = _EXCUSE.sub("", text)
    question = bool(
        _QUESTION.search(text) or re.search(r"(?:어디|언제|어떤|무슨|몇|누가|어느|얼마)[^.?!]*세요\W*$", text)
    )
    if _WARNING_STRONG.search(text) or (_WARNING.search(text) and not question and len(text) < 60):
        return Role.WARNING
    if _GREETING.search(text):
        return Role.GREETING
    if _OFFER.search(text) and question:
        return Role.OFFER
    if (
        _RESTATE.search(text)
        and not text.rstrip(" .?!").endswith("주시고요")
        and len(stems(text)) >= 1
        and not _COURTESY.search(text)
    ):
        return Role.RESTATEMENT
    if question or (_NAME_TURN.search(text) and re.search(r"(?:주세요|주시겠|부탁드|부탁합)", text)):
        return Role.QUESTION if not _COURTESY.search(text) else Role.COURTESY
    if re.search(
        r"(?:문자|메시지|링크)[^.?!]{0,8}(?:보내|발송|전송|남겨|넣어)[^.?!]*(?:드리겠|드릴게|드렸|겠습)", text
    ) and not re.search(r"결과|처리되|까지|내일|이내", text):
        return Role.ACTION
    if _CLOSING.search(text):
        return Role.CLOSING
    if _COMMIT.search(text) and not re.search(r"면 (?:연락|전화|문자)|경우|주시면|주세요|하시면", text):
        return Role.COMMITMENT
    if _ACTION.search(text) and not re.search(r"(?:시면|신청하실|접수하실|하셔야|됩니다만|정리해|지 않았|지 못)", text):
        return Role.ACTION
    if (
        _COURTESY.search(text)
        or len(stems(text)) == 0
        or re.search(
            r"(?<![좋되있하])(?<!드리)겠습니다\W*$|(?:안내|말씀|설명|도와|확인|조회|찾아|여쭤|적어|올려|맞춰|챙겨|봐|열어)[^.?!]{0,6}(?:드리|하)겠습니다\W*$|(?:드릴게요|볼게요)\W*$",
            text,
        )
    ):
        return Role.COURTESY
    return Role.ANSWER


def _caller(clause: Clause, previous: Clause | None) -> Role:
    text = clause.cleaned
    if is_foul(clause.text):
        return Role.ABUSE
    if (
        not text
        or _ACK.match(clause.text)
        or re.match(r"무슨 (?:소린|말인)지", text)
        or re.search(r"구나\W*$|구먼\W*$", text)
    ):
        return Role.COURTESY
    asked = previous is not None and re.search(rf"{_QUESTION.pattern}|부탁(?:드립|드려|합)", previous.text)
    if previous is not None and _NAME_TURN.search(previous.text) and asked and len(text) < 40:
        return Role.IDENTIFICATION
    if asks(text) or about(text):
        return Role.INQUIRY
    return Role.CONTEXT if stems(text) else Role.COURTESY
