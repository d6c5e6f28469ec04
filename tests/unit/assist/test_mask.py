from __future__ import annotations

import json
import unicodedata

import pytest

from assist.mask import COVER, find, mask, mask_phone_for_screen
from tests.helpers.material import data


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("연락처는 010-1234-5678입니다", "phone", "010-1234-5678"),
        ("공일공에 일이삼사에 오육칠팔이에요", "phone", "공일공에 일이삼사에 오육칠팔"),
        ("주민번호는 900101-1234567이에요", "rrn", "900101-1234567"),
        ("외국인등록번호 900101-5234567입니다", "frn", "900101-5234567"),
        ("카드 번호 4111 1111 1111 1111이요", "card", "4111 1111 1111 1111"),
        ("국민은행 123456-78-901234로 입금해 주세요", "account", "123456-78-901234"),
        ("메일은 minwon@example.com입니다", "email", "minwon@example.com"),
        ("12가3456 차가 막고 있어요", "vehicle", "12가3456"),
        ("운전면허 11-22-333333-44예요", "driver", "11-22-333333-44"),
        ("여권번호 M12345678이요", "passport", "M12345678"),
        ("제 이름은 김민수입니다", "name", "김민수"),
        ("생년월일은 1980년 3월 5일이요", "birthdate", "1980년 3월 5일"),
        ("주소는 관악구 신림동 123번지예요", "address", "관악구 신림동 123번지"),
    ],
)
def test_personal_data_is_covered(text: str, kind: str, secret: str) -> None:
    covered, spans = mask(text)
    assert [(span.kind.value, text[span.start : span.end]) for span in spans] == [(kind, secret)]
    assert len(covered) == len(text)
    assert secret not in covered
    assert covered.count(COVER) == len(secret.replace(" ", ""))


@pytest.mark.parametrize(
    "text",
    [
        "120으로 전화하세요",
        "02-120번이에요",
        "1588-0000으로 문의하세요",
        "109나 119에 전화해 주세요",
        "과태료가 사만 원이에요",
        "삼천이백만 원까지 융자가 됩니다",
        "2026년 11월 21일까지 신청하세요",
        "1234번 버스를 탔어요",
        "이천이십육년 오월에 이사해요",
        "접수번호는 20261121-0001입니다",
        "서울시청은 중구 세종대로 110에 있어요",
        "전용차로를 탈 수 있나요",
    ],
)
def test_public_numbers_stay(text: str) -> None:
    assert mask(text) == (text, ())


def test_decomposed_text_is_covered_too() -> None:
    raw = unicodedata.normalize("NFD", "제 이름은 김민수입니다")
    spans = find(raw)
    assert [unicodedata.normalize("NFC", raw[span.start : span.end]) for span in spans] == ["김민수"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("010-1234-5678", "010-••••-5678"),
        ("02-123-4567", "02-•••-4567"),
        ("01012345678", "•••••••5678"),
        ("02-120", "02-120"),
        ("119", "119"),
    ],
)
def test_a_telephone_number_on_screen(number: str, shown: str) -> None:
    assert mask_phone_for_screen(number) == shown


@pytest.mark.data
def test_reach_on_the_development_lines() -> None:
    rows = [json.loads(line) for line in data("pii", "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    covered = total = clean = false = 0
    for row in rows:
        hidden = mask(row["text"])[0]
        for span in row["spans"]:
            total += 1
            covered += all(hidden[at] == COVER or row["text"][at].isspace() for at in range(span["start"], span["end"]))
        if not row["spans"]:
            clean += 1
            false += COVER in hidden
    assert covered / total >= 0.95
    assert false / clean <= 0.05
