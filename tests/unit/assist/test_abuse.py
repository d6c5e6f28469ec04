from __future__ import annotations

import csv
import json
import unicodedata

import pytest

from assist.model import AbuseLabel
from assist.protect.abuse import classify
from assist.protect.crisis import detect
from assist.protect.folding import fold_syllables, joined, read
from tests.helpers.material import data

ABUSIVE = {AbuseLabel.PROFANITY, AbuseLabel.INSULT, AbuseLabel.SEXUAL, AbuseLabel.THREAT, AbuseLabel.HATE}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("아 씨발 왜 안 되는데", AbuseLabel.PROFANITY),
        ("식발 진짜", AbuseLabel.PROFANITY),
        ("씨 발 진짜 뭐하는 거야", AbuseLabel.PROFANITY),
        ("ㅅㅂ 뭐야", AbuseLabel.PROFANITY),
        ("이 개세끼들아", AbuseLabel.PROFANITY),
        ("이런 십팔 진짜", AbuseLabel.PROFANITY),
        ("너 같은 돌대가리랑은 말 안 해", AbuseLabel.INSULT),
        ("세금 도둑놈들 월급이 아까워", AbuseLabel.INSULT),
        ("아가씨 속옷 무슨 색 입었어", AbuseLabel.SEXUAL),
        ("지금 칼 들고 찾아간다", AbuseLabel.THREAT),
        ("밤길 조심해라 너", AbuseLabel.THREAT),
        ("너 죽여 버릴 거야", AbuseLabel.THREAT),
        ("중국인들 다 추방해야 돼", AbuseLabel.HATE),
        ("해결될 때까지 전화 안 끊어", AbuseLabel.UNREASONABLE),
        ("시장 나오라고 해", AbuseLabel.UNREASONABLE),
    ],
)
def test_abuse_is_seen(text: str, label: AbuseLabel) -> None:
    finding = classify(text)
    assert finding is not None, text
    assert finding.label is label
    assert label in finding.labels
    assert 1 <= finding.severity <= 3
    assert finding.evidence
    assert all(0 <= span.start < span.end <= len(text) for span in finding.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "여기가 시발점이에요",
        "18번 버스가 안 와요",
        "18일에 접수했는데요",
        "십팔 층에 사는데요",
        "새끼손가락을 다쳤어요",
        "강아지 새끼가 버려져 있어요",
        "미친 듯이 더워요",
        "배고파 죽겠어요",
        "개나리 아파트 앞이요",
        "새마을금고 옆이에요",
        "주민등록증을 다시 발급받고 싶어요",
        "내일 날씨 발표는 언제 하나요",
        "빈 병 신고는 어디에 해요",
        "감염병 신고 절차가 궁금합니다",
        "세 시 팔 분 차를 놓쳤어요",
        "김영수 씨 발이 부러져서 대신 전화했어요",
        "가로등이 꺼져 있어요",
        "장애인 혜택이 뭐가 있나요",
        "중위소득 이하인 가구도 되나요",
        "한 대출 상품을 찾고 있어요",
        "열 시 팔 분에 온다고 했는데요",
        "잡초를 죽이는 약을 뿌리나요",
    ],
)
def test_what_only_sounds_alike_is_not_abuse(text: str) -> None:
    finding = classify(text)
    assert finding is None or not ABUSIVE & set(finding.labels), finding


@pytest.mark.parametrize(
    "text",
    [
        "옆집에서 개새끼라고 했어요",
        "기사님이 저한테 병신이라고 하더라고요 신고하고 싶어요",
        "직장 상사가 속옷 사이즈를 물어봐서 성희롱 상담을 받고 싶어요",
        "윗집 남자가 죽여 버린다고 협박해서 무서워요",
    ],
)
def test_what_others_did_is_not_abuse(text: str) -> None:
    finding = classify(text)
    assert finding is None or not ABUSIVE & set(finding.labels), finding


def test_quoting_oneself_at_the_counsellor_still_is() -> None:
    finding = classify("야 너 이 개새끼라고 내가 말했지")
    assert finding is not None
    assert finding.label is AbuseLabel.PROFANITY


def test_evidence_points_into_decomposed_text() -> None:
    raw = unicodedata.normalize("NFD", "아니 병신아")
    finding = classify(raw)
    assert finding is not None
    span = finding.evidence[0]
    assert unicodedata.normalize("NFC", raw[span.start : span.end]) == "병신아"


def test_insisting_beside_a_curse_does_not_lead() -> None:
    finding = classify("시장 나오라고 해 이 개새끼야")
    assert finding is not None
    assert finding.label is AbuseLabel.PROFANITY
    assert AbuseLabel.UNREASONABLE in finding.labels


def test_folding_keeps_length_and_sound() -> None:
    assert fold_syllables("개세끼") == fold_syllables("개새끼")
    assert fold_syllables("씨팔") == fold_syllables("시발")
    assert len(read("씨발, 뭐야 ㅋㅋ").folded) == len("씨발, 뭐야 ㅋㅋ")
    assert joined("속 옷 사 이 즈").plain == "속옷사이즈"


@pytest.mark.data
def test_reach_on_the_development_lines() -> None:
    rows = [json.loads(line) for line in data("abuse", "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {}
    for row in rows:
        finding = classify(row["text"])
        found[row["id"]] = finding is not None and bool(ABUSIVE & set(finding.labels))
    abusive = {row["id"] for row in rows if row["label"] in {label.value for label in ABUSIVE}}
    seen = {ident for ident, hit in found.items() if hit}
    recall = len(seen & abusive) / len(abusive)
    precision = len(seen & abusive) / len(seen)
    assert recall >= 0.92
    assert 2 * precision * recall / (precision + recall) >= 0.92
    assert not seen & {row["id"] for row in rows if row["label"] == "crisis"}
    crises = [row for row in rows if row["label"] == "crisis"]
    assert sum(detect(row["text"]) is not None for row in crises) / len(crises) >= 0.95


@pytest.mark.data
def test_ordinary_talk_raises_hardly_any_alarm() -> None:
    texts = [
        json.loads(line)["query"] for line in data("retrieval", "dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with data("kb", "welfare", "qa.csv").open(encoding="utf-8-sig", newline="") as file:
        texts += [row["Question"] for row in csv.DictReader(file)][:4000:2]
    alarms = [text for text in texts if (seen := classify(text)) and ABUSIVE & set(seen.labels)]
    assert len(alarms) <= len(texts) / 500
