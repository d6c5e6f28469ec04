"""A model case cannot hold what masking finds, however it is made."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest

from assist.mask import COVER, find_in_turns, mask
from assist.model import Turn
from assist.review.cases import Case, CaseLine, CaseScore, cover_words, covered, lines_of, personal_in, scores_of
from assist.review.model import Evidence, EvidenceKind, Item, ItemScore, Rating, Rubric, Skill
from audio.model import Channel
from resources import path

AGENT, CALLER = Channel.AGENT, Channel.CALLER
PHONE, NAME = "010-0123-4567", "나도담"
SAID = [
    (AGENT, "반갑습니다 다산콜재단 상담사 한가람입니다"),
    (CALLER, "제 이름은 나도담이고요"),
    (AGENT, "네 연락처가 어떻게 되세요"),
    (CALLER, "공일공에 공일이삼이요"),
    (AGENT, "네"),
    (CALLER, "사오육칠이요"),
    (AGENT, "나도담 고객 접수했습니다"),
]


def turns(said: list[tuple[Channel, str]]) -> list[Turn]:
    return [Turn(n, side, 5.0 * n, 5.0 * n + 4, text) for n, (side, text) in enumerate(said)]


def case(**more: object) -> Case:
    plain = Case("01H", "제목", "2026-11-22T10:00:00+09:00", "교통", "", (CaseLine(0.0, AGENT, "네"),))
    return replace(plain, **more)  # type: ignore[arg-type]


def test_what_was_said_is_covered_over_turns_and_wherever_it_comes_again() -> None:
    lines = lines_of(turns(SAID))
    text = "\n".join(line.text for line in lines)
    assert NAME not in text
    assert "한가람" not in text
    assert "공일이삼" not in text
    assert "사오육칠" not in text
    assert lines[6].text == f"{COVER * 3} 고객 접수했습니다"
    assert [line.at_s for line in lines] == [5.0 * n for n in range(7)]


def test_a_name_that_is_spelt_out_is_covered_too() -> None:
    spelt = [(CALLER, "제 이름은 나도담이요"), (AGENT, "나 도 담 고객님 맞으시죠"), (CALLER, "네 나 도담이요")]
    assert [line.text for line in lines_of(turns(spelt))][1:] == ["• • • 고객님 맞으시죠", "네 • •••요"]


def test_a_passage_knows_what_was_said_before_it() -> None:
    (line,) = lines_of(turns(SAID), 30.0)
    assert line.text == f"{COVER * 3} 고객 접수했습니다"
    half = lines_of(turns(SAID), 25.0, 29.0)
    assert "사오육칠" not in half[0].text


def test_no_case_holds_personal_data_in_any_of_its_texts() -> None:
    told = f"제 번호는 {PHONE}이고 이름은 {NAME}입니다"
    made = case(
        title=told,
        lesson=told,
        lines=(
            CaseLine(0.0, CALLER, told, told),
            CaseLine(1.0, CALLER, "공일공 공일이삼"),
            CaseLine(2.0, CALLER, "사오육칠이요"),
        ),
        scores=(CaseScore("친절", "첫인사", 1, 2, told, (told,)),),
    )  # fmt: skip
    texts = [made.title, made.lesson, made.scores[0].note, *made.scores[0].words]
    texts += [text for line in made.lines for text in (line.text, line.comment)]
    for text in texts:
        assert PHONE not in text
        assert NAME not in text
        assert mask(text)[1] == ()
    assert all(not spans for spans in find_in_turns([line.text for line in made.lines]))
    assert "사오육칠" not in made.lines[2].text


def test_a_case_is_covered_again_when_it_is_changed() -> None:
    changed = replace(case(), lesson=f"{PHONE}로 다시 전화함")
    assert PHONE not in changed.lesson
    decomposed = unicodedata.normalize("NFD", f"제 이름은 {NAME}입니다")
    assert NAME not in unicodedata.normalize("NFC", case(lesson=decomposed).lesson)


def test_a_case_that_was_covered_is_not_looked_through_again_and_a_changed_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = case(lines=lines_of(turns(SAID)))
    looked: list[str] = []

    def looking(text: str) -> str:
        looked.append(text)
        return covered(text)

    monkeypatch.setattr("assist.review.cases.covered", looking)
    assert replace(made) == made
    assert looked == []
    assert PHONE not in replace(made, lesson=PHONE).lesson
    assert PHONE in looked


def test_covering_twice_changes_nothing() -> None:
    once = case(lines=lines_of(turns(SAID)))
    assert replace(once, seal="") == once


def test_a_trainer_covers_what_masking_did_not_know() -> None:
    made = case(lines=(CaseLine(0.0, CALLER, "저 보라매 옆 파란대문집이요", "파란대문집"),), lesson="파란대문집")
    hidden = cover_words(made, ["파란대문집", " ", ""])
    assert hidden.lines[0].text == f"저 보라매 옆 {COVER * 5}이요"
    assert (hidden.lines[0].comment, hidden.lesson) == (COVER * 5, COVER * 5)


def test_short_words_are_not_covered_everywhere() -> None:
    assert all(len(word.replace(" ", "")) >= 3 for word in personal_in(turns(SAID)))


@pytest.mark.parametrize("name", [file.stem for file in sorted(path("practice").glob("*.json"))])
def test_practice_calls_hold_nothing_after_covering(name: str) -> None:
    said = json.loads((path("practice") / f"{name}.json").read_text(encoding="utf-8"))["turns"]
    whole = [Turn(n, Channel(one["speaker"]), one["start"], one["end"], one["text"]) for n, one in enumerate(said)]
    lines = lines_of(whole)
    assert all(not spans for spans in find_in_turns([line.text for line in lines]))
    assert all(word not in line.text for word in personal_in(whole) for line in lines)
    counsellor = next(word for word in said[0]["text"].split() if word.endswith("입니다")).removesuffix("입니다")
    assert all(counsellor not in line.text for line in lines)


def test_excerpts_of_a_rating_are_the_ones_with_a_reason() -> None:
    rubric = Rubric(
        "r", 1, "표", (Skill("s", "친절", 1),), tuple(Item(i, "s", i.upper(), 1, 2) for i in ("a", "b", "c"))
    )
    rating = Rating(
        "R", "call", "C1", "", "r", 1, "갑", "",
        scores=(
            ItemScore("a", 2, (Evidence(EvidenceKind.TURN, 0, 1, "0", f"{NAME}님 {PHONE}"),), f"{PHONE}을 되짚음"),
            ItemScore("b", 1), ItemScore("c", None, note="해당 없음"),
        ),
    )  # fmt: skip
    (score,) = scores_of(rubric, rating)
    assert (score.skill, score.item, score.points, score.most) == ("친절", "A", 2, 2)
    assert PHONE not in score.note + "".join(score.words)
    assert [one.item for one in scores_of(rubric, rating, ["b"])] == ["B"]
    plain = replace(rating, scores=(ItemScore("a", 2), ItemScore("b", 1)))
    assert [one.item for one in scores_of(rubric, plain)] == ["A", "B"]
