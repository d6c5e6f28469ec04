"""What the caller chose in the menus: read whatever is sent, a hint for cards and category, outranked by words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist import ars
from assist.ars import Hint
from assist.errors import ScriptsFault
from assist.model import CATEGORIES, Turn
from assist.settings import AssistSettings, Dial
from assist.suggest import FROM_MENUS, Suggester
from assist.summarize import summarize
from audio.model import Channel
from kb.model import Article, Band, Hit, SearchResult


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("교통", ("교통",)),
        ("교통 > 주정차", ("교통", "주정차")),
        ("교통/주정차›신고", ("교통", "주정차", "신고")),
        ("긴급복지·일반행정", ("긴급복지·일반행정",)),
        ("상하수도>010-1234-5678", ("상하수도",)),
        ("상하수도 > 9 0 1 2 3 1 > 요금", ("상하수도", "요금")),
        ("", ()),
        (" > / ", ()),
        ("교\x00통\n", ("교 통",)),
        ("가" * 90 + ">" + ">".join("나다라마바사아"), ("가" * 40, "나", "다", "라", "마", "바")),
    ],
)
def test_a_path_is_read_however_it_is_written(sent: str, path: tuple[str, ...]) -> None:
    assert ars.parse(sent) == path


@pytest.mark.parametrize(
    ("path", "fields", "language"),
    [
        ("교통", ("교통",), ""),
        ("상하수도", ("환경",), ""),
        ("긴급복지·일반행정", ("복지", "행정"), ""),
        ("긴급복지 / 일반행정", ("행정",), ""),
        ("긴급복지·일반행정 > 여권", ("행정",), ""),
        ("교통 > 새 메뉴", ("교통",), ""),
        ("외국어", (), "en"),
        ("외국어 > 중국어", (), "zh"),
        ("외국어 > 베트남어 > 교통", ("교통",), "vi"),
        ("모르는 메뉴", (), ""),
    ],
)
def test_the_deepest_known_menu_decides(path: str, fields: tuple[str, ...], language: str) -> None:
    hint = ars.shipped().hint(ars.parse(path))
    assert (hint.fields, hint.language) == (fields, language)
    assert hint.category == (fields[0] if len(fields) == 1 else "")


def test_a_sites_own_menus_go_first_and_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "menus.toml"
    file.write_text('[[menu]]\nnames = ["교통", "9번"]\nfields = ["안전"]\n', encoding="utf-8")
    menus = ars.load(file)
    assert menus.hint(("교통",)).category == "안전"
    assert menus.hint(("9번",)).category == "안전"
    assert menus.hint(("상하수도",)).category == "환경"
    for text in (
        "x",
        "[menu]\n",
        "[[menu]]\nnames = []\n",
        '[[menu]]\nnames = ["가"]\nfields = ["없는 분야"]\n',
        '[[menu]]\nnames = ["가"]\nlanguage = "english"\n',
        '[[menu]]\nnames = ["가"]\nmore = 1\n',
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ScriptsFault) as caught:
            ars.load(file)
        assert caught.value.code == "ars.menus_broken"
    with pytest.raises(ScriptsFault):
        ars.load(tmp_path / "none.toml")
    assert {field for menu in ars.shipped().known.values() for field in menu.fields} == set(CATEGORIES)


class Search:
    """Answers every question with the same entries."""

    def __init__(self, *found: tuple[str, str, float], band: Band = Band.SURE) -> None:
        self.found, self.band, self.asked = found, band, list[str]()

    def search(self, text: str, *_: object, **__: object) -> SearchResult:
        self.asked.append(text)
        hits = tuple(
            Hit(Article(id=ident, question=ident, answer="답", category=field), "답", (), score)
            for ident, field, score in self.found
        )
        return SearchResult(text, hits, 0.8, self.band, 1.0)


def heard(text: str, at: float = 0.0, index: int = 0) -> Turn:
    return Turn(index=index, speaker=Channel.CALLER, start=at, end=at + 3, text=text)


WATER = Hint(("상하수도", "수도요금"), ("환경",))


def test_sure_answers_for_the_menus_come_before_the_first_words_and_give_way_to_them() -> None:
    suggester = Suggester(Search(("a", "환경", 0.9), ("b", "교통", 0.2)), AssistSettings())
    first = suggester.on_ars(WATER)
    assert first is not None
    assert (first.turn, first.question) == (FROM_MENUS, "ARS: 상하수도 › 수도요금")
    assert [card.article_id for card in first.cards] == ["a"]
    assert suggester.on_ars(WATER) is None, "told again it is nothing new"
    suggester._retriever = Search(("z", "교통", 0.7), band=Band.CANDIDATE)  # type: ignore[assignment]
    turn = heard("버스 정류장 위치가 궁금해요")
    found = suggester.on_turn(turn, turn.text, (turn,))
    assert found is not None
    assert [card.article_id for card in found.cards] == ["z"]


def test_unsure_answers_for_the_menus_are_not_shown() -> None:
    assert Suggester(Search(("a", "환경", 0.9), band=Band.CANDIDATE), AssistSettings()).on_ars(WATER) is None
    assert Suggester(Search(("a", "환경", 0.9)), AssistSettings(dial=Dial.QUIET)).on_ars(Hint()) is None
    late = Suggester(Search(("a", "환경", 0.9), band=Band.SILENT), AssistSettings())
    turn = heard("수도 요금이 너무 많이 나왔어요")
    late.on_turn(turn, turn.text, (turn,))
    late._retriever = Search(("a", "환경", 0.9))  # type: ignore[assignment]
    assert late.on_ars(WATER) is None, "words outrank menus"


@pytest.mark.parametrize(("behind", "order"), [(0.015, ["b", "a"]), (0.03, ["a", "b"])])
def test_the_hinted_field_decides_between_equals_only(behind: float, order: list[str]) -> None:
    suggester = Suggester(Search(("a", "교통", 0.8), ("b", "환경", 0.8 - behind), band=Band.SURE), AssistSettings())
    suggester._fields = ("환경",)
    turn = heard("수도 계량기 교체 신청하려고요")
    found = suggester.on_turn(turn, turn.text, (turn,))
    assert found is not None
    assert [card.article_id for card in found.cards] == order


def test_the_category_of_the_draft_follows_the_words_and_the_menus_only_where_there_are_none() -> None:
    silent = (heard("여보세요"),)
    assert summarize(silent).records[0].category == "행정"
    assert summarize(silent, hinted=("환경",)).records[0].category == "환경"
    said = (heard("집 앞에 불법 주정차한 차를 신고하려고요"),)
    assert summarize(said, hinted=("환경",)).records[0].category == "교통"
