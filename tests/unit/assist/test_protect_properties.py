from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.model import AbuseLabel
from assist.protect.abuse import ABUSIVE, classify
from assist.protect.crisis import detect
from assist.protect.folding import read, undisguised

PIECES = st.sampled_from(
    [
        "씨발",
        "죽여 버린다",
        "개새끼",
        "아가씨 목소리",
        "죽고 싶어요",
        "18번 버스",
        "라고 했어요",
        "너",
        " ",
        "\n",
        "ㅅㅂ",
        "@",
        "어",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
INNOCENT = st.sampled_from(
    ["네 여보세요", "제가 어제 접수를 했거든요", "수도 요금 때문에 전화했어요", "구청에도 물어봤어요"]
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_nothing_raises_and_evidence_lies_in_the_text(text: str) -> None:
    for finding in (classify(text), detect(text)):
        if finding is not None:
            assert finding.evidence
            assert all(0 <= span.start < span.end <= len(text) for span in finding.evidence)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_composed_and_decomposed_text_agree(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    one, two = classify(composed), classify(decomposed)
    assert (one and one.labels) == (two and two.labels)
    assert (detect(composed) is None) == (detect(decomposed) is None)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(INNOCENT, max_size=6),
    st.sampled_from(["이 개새끼야", "너 죽여 버린다", "아 씨발 진짜"]),
    st.lists(INNOCENT, max_size=6),
)
def test_innocent_talk_around_it_hides_no_abuse(before: list[str], words: str, after: list[str]) -> None:
    found = classify(" ".join([*before, words, *after]))
    assert found is not None
    assert set(found.labels) & set(ABUSIVE)


@pytest.mark.parametrize(
    "text",
    [
        "씨@발 뭐야",
        "씨1발 진짜",
        "씨이발 진짜",
        "씨이이발",
        "시8 뭐하냐",
        "tlqkf 진짜",
        "ㅂㅅ들아",
        "계색기들 진짜",
        "씨 발 진짜 뭐하는 거야",
    ],
)
def test_disguised_profanity_is_profanity(text: str) -> None:
    found = classify(text)
    assert found is not None
    assert found.label is AbuseLabel.PROFANITY


def test_undisguising_keeps_offsets() -> None:
    raw = "아 씨@이발 뭐야"
    reading = undisguised(raw)
    start = reading.plain.index("씨발")
    span = reading.span(start, start + 2)
    assert raw[span.start : span.end] == "씨@이발"
    assert undisguised("다시 이발하러 가요").plain == read("다시 이발하러 가요").plain


@pytest.mark.parametrize(
    "text",
    [
        "담벼락에 씨발이라고 욕이 써 있어요 지워 주세요",
        "시 발전 계획을 보고 싶은데요",
        "새끼 고양이를 주웠는데 어디로 데려가요",
        "요금 폭탄을 맞았어요",
        "우리 며느리가 착해 그런데 같이 살면 불편하잖아 서로",
        "상담사님 탓하는 건 아닌데 너무 화가 나서요",
    ],
)
def test_what_must_stay_quiet(text: str) -> None:
    found = classify(text)
    assert found is None or not set(found.labels) & set(ABUSIVE)
