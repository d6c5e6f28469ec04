from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb import index
from kb.browse import Browser, resolved
from kb.model import Article, Hit, KbStatus, SearchFilters
from kb.search import Searcher
from kb.typed import is_initials, pattern, typed, words
from tests.helpers.knowledge import HashEncoder, analyser, noon

ENTRIES = (
    Article(
        "s1",
        "기후동행카드 이용 안내",
        "한 달 동안 지하철과 버스를 탈 수 있습니다. 문의 02-2133-4567",
        category="교통 > 요금",
        keywords=("정기권", "대중교통 할인"),
        department="교통정책과",
        phone="02-120",
        updated="2026-11-01",
        number="901",
    ),
    Article(
        "s2",
        "여권 재발급 신청",
        "구청 민원실에서 신청합니다.",
        category="행정",
        department="민원여권과",
        phone="02-450-7788",
        updated="2026-10-01",
    ),
    Article("s3", "거주자우선주차 신청", "공단에 신청합니다.", category="교통 > 주차", updated="2026-09-01"),
    Article(
        "s4",
        "대형 폐기물 배출",
        "수수료를 내고 내놓습니다.",
        category="환경",
        district="마포구",
        department="자원순환과",
    ),
    Article(
        "s5",
        "대형 폐기물 배출",
        "누리집에서 신고합니다.",
        category="환경",
        district="노원구",
        department="자원순환과",
        updated="2026-11-20",
    ),
    Article("s6", "청년 여권 사진 지원 (종료)", "2019년에 종료된 사업입니다.", category="복지"),
    Article("s7", "Seoul Pass CARD 안내", "외국인 관광객이 쓰는 카드입니다.", category="문화"),
    Article("s8", "어린이 교통카드 등록", "편의점에서 등록합니다.", category="교통 > 요금"),
)


def browser_of(folder: Path, entries: Sequence[Article] = ENTRIES) -> Browser:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kb.db"
    status = KbStatus(1, "x", "local", 0, "", "", False)
    index.write(path, entries, status, analyser(), HashEncoder(), lambda _: None)
    return Browser(Searcher(index.load(path), analyser(), HashEncoder(), lambda: noon().date()))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return browser_of(tmp_path_factory.mktemp("browse"))


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ㄱㅎㄷㅎ", "s1"),
        ("ㄱㅎㄷㅎㅋㄷ", "s1"),
        ("기후ㄷㅎ", "s1"),
        ("ㄱㅎ동행", "s1"),
        ("ㅈㅂㄱ", "s2"),
        ("ㅇㄱ ㅈㅂㄱ", "s2"),
        ("ㄳㄷㅎ", None),  # a pair of consonants typed in one: ㄱㅅㄷㅎ stands nowhere
        ("ㅍㄱㅁ", "s4"),
        ("ㅇㄹㅇ ㄱㅌㅋㄷ", "s8"),
    ],
)
def test_initials_find_titles(browser: Browser, text: str, first: str | None) -> None:
    found = ids(browser.suggest(text).hits)
    assert found[:1] == ([first] if first else [])


def test_every_key_on_the_way_to_a_word_shows_the_title(browser: Browser) -> None:
    """What a Korean keyboard shows while 기후동행카드 and 여권 are typed, the unfinished syllable included."""
    steps = "ㄱ 기 깋 기후 기훋 기후도 기후동 기후동ㅎ 기후동해 기후동행 기후동행ㅋ 기후동행카 기후동행칻 기후동행카드"
    for step in steps.split():
        assert "s1" in ids(browser.suggest(step).hits), step
    for step in [
        "ㅇ",
        "여",
        "역",
        "여구",
        "여궈",
        "여권",
        "여권 ",
        "여권 ㅈ",
        "여권 재",
        "여권 잽",
        "여권 재바",
        "여권 재발",
    ]:
        assert "s2" in ids(browser.suggest(step).hits), step


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("여권", "s2"),  # begins the title; the entry that is over only holds it
        ("카드 안내", "s1"),
        ("폐기물", "s5"),
        ("거주자 우선 주차", "s3"),
        ("거주자우선주차", "s3"),
        ("주차", "s3"),
        ("정기권", "s1"),  # a keyword
        ("재발급 여권", "s2"),  # any order
        ("seoul pass", "s7"),
        ("CARD", "s7"),
        ("901", "s1"),  # its number
        ("s3", "s3"),  # its id
        ("７７８８", "s2"),  # full-width digits
    ],
)
def test_titles_keywords_and_numbers(browser: Browser, text: str, first: str) -> None:
    assert ids(browser.suggest(text).hits)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("기후통행카드", "s1"),
        ("겨주자우선주차", "s3"),
        ("대형 페기물", "s5"),
        ("여꿘 재발급", "s2"),
        ("기후동행카드으", "s1"),
    ],
)
def test_slips_of_the_finger_are_forgiven(browser: Browser, text: str, first: str) -> None:
    assert ids(browser.suggest(text).hits)[0] in {first, "s4" if first == "s5" else first}


@pytest.mark.parametrize(
    ("text", "found"), [("4567", "s1"), ("2133-4567", "s1"), ("02-120", "s1"), ("7788", "s2"), ("02)450-7788", "s2")]
)
def test_the_end_of_a_phone_number_finds_its_entry(browser: Browser, text: str, found: str) -> None:
    assert ids(browser.suggest(text).hits)[0] == found


def test_the_full_search_follows_what_titles_hold(browser: Browser) -> None:
    found = browser.search("지하철과 버스를 한 달 타고 싶어요")
    assert ids(found.hits)[0] == "s1"
    assert ids(browser.search("여권").hits)[0] == "s2"


def test_filters_narrow(browser: Browser) -> None:
    assert set(ids(browser.suggest("", filters=SearchFilters(field="교통")).hits)) == {"s1", "s3", "s8"}
    assert ids(browser.suggest("", filters=SearchFilters(field="교통 > 주차")).hits) == ["s3"]
    assert ids(browser.search("폐기물", filters=SearchFilters(district="노원구")).hits) == ["s5"]
    assert ids(browser.search("폐기물", filters=SearchFilters(field="환경", district="마포구")).hits) == ["s4"]
    assert ids(browser.search("신청", filters=SearchFilters(department="민원여권과")).hits) == ["s2"]
    assert browser.search("폐기물", filters=SearchFilters(district="강남구")).hits == ()
    assert browser.search("폐기물", filters=SearchFilters(field="없음", department="없음")).hits == ()


def test_filters_without_a_text_list_what_is_left_newest_first(browser: Browser) -> None:
    assert ids(browser.suggest("", filters=SearchFilters(field="환경")).hits) == ["s5", "s4"]
    assert browser.suggest("").hits == ()
    assert browser.suggest("", filters=SearchFilters()).hits == ()


def test_choices_are_what_is_there(browser: Browser) -> None:
    choices = browser.choices()
    assert choices.fields == ("교통", "문화", "복지", "행정", "환경")
    assert choices.districts == ("노원구", "마포구")
    assert choices.departments == ("교통정책과", "민원여권과", "자원순환과")


def test_a_choice_is_recognised_however_it_is_written() -> None:
    assert resolved("노원", ("노원구", "마포구")) == "노원구"
    assert resolved("상계동", ("노원구", "마포구")) == "노원구"
    assert resolved(unicodedata.normalize("NFD", "자원 순환과"), ("자원순환과",)) == "자원순환과"
    assert resolved("없는 곳", ("노원구",)) == ""
    assert resolved("", ("노원구",)) == ""


def test_the_title_is_marked_where_it_was_typed(browser: Browser) -> None:
    def marks(text: str) -> list[str]:
        hit = browser.suggest(text).hits[0]
        return [hit.article.question[span.start : span.end] for span in hit.title_highlights]

    assert marks("ㄱㅎㄷㅎ") == ["기후동행"]
    assert marks("기후도") == ["기후동"]
    assert marks("거주자 우선 주차") == ["거주자우선주차"]
    assert marks("여권재발급") == ["여권 재발급"]
    assert set(marks("재발급 여권")) == {"여권", "재발급"} or marks("재발급 여권") == ["여권", "재발급"]


def test_suggestions_ask_no_model(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        asked = 0

        def queries(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
            Counting.asked += 1
            return super().queries(texts)

    one = browser_of(tmp_path)
    searcher = Searcher(one._searcher.index, analyser(), Counting(), lambda: noon().date())
    Browser(searcher).suggest("지하철 한 달")
    assert Counting.asked == 0
    Browser(searcher).search("지하철 한 달")
    assert Counting.asked == 1


def test_a_title_that_begins_so_is_never_left_out_among_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.titles.MOST_PLACES", 20)
    many = [Article(f"n{n}", f"주차 요금 안내 신고 {n}", "답") for n in range(60)]
    found = browser_of(tmp_path, [*many, Article("last", "신고 포상금", "답")])
    assert ids(found.suggest("신고").hits)[0] == "last"
    assert ids(found.suggest("ㅅㄱㅍ").hits)[0] == "last"


def test_scores_fall_and_stay_within_bounds(browser: Browser) -> None:
    for text in ("신청", "ㅅㅊ", "카드", "여권 사진", "2019"):
        scores = [hit.score for hit in browser.search(text).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
@example("ㄱ" * 5_000)
@example("'; DROP TABLE articles; --")
@example("[a-z](")
@example("\\")
@example("\ud800")
@example("가\0나")
@example("\n\n")
@example("ㅏㅏ")
@example("😀 여권 😀")
@example("<script>alert(1)</script>")
@example(unicodedata.normalize("NFD", "여권"))
@example("\u1100\u1100")
@example("한" * 5_000)
@example("İstanbul ß ﬁ")
@example("0" * 300)
def test_no_text_breaks_it(browser: Browser, text: str) -> None:
    for found in (browser.suggest(text), browser.search(text, 3)):
        assert found.query == text
        for hit in found.hits:
            title = hit.article.question
            assert all(0 <= span.start < span.end <= len(title) for span in hit.title_highlights)
            assert hit.passage in hit.article.answer


def test_a_knowledge_without_entries_answers_nothing(tmp_path: Path) -> None:
    empty = browser_of(tmp_path, ())
    assert empty.suggest("여권").hits == ()
    assert empty.choices().fields == ()


def test_entries_with_odd_text_are_browsed(tmp_path: Path) -> None:
    odd = [
        replace(ENTRIES[0], id="o1", question="😀", answer="😀"),
        replace(ENTRIES[0], id="o2", question="<b>여권</b> İ", answer="<script>alert('x')</script>"),
        replace(ENTRIES[0], id="o3", question="!!!", answer="…", keywords=("", "!!")),
        replace(ENTRIES[0], id="o4\ud800".encode("utf-8", "replace").decode(), question="가\u0301", answer="나"),
    ]
    found = browser_of(tmp_path, odd).suggest("여권")
    assert ids(found.hits)[0] == "o2"
    assert found.hits[0].passage == "<script>alert('x')</script>"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12))
def test_every_title_is_found_by_its_initials_and_by_every_start_of_it(title: str) -> None:
    initials = "".join("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[(ord(sign) - 0xAC00) // 588] for sign in title)
    assert is_initials(initials)
    assert pattern(initials).match(title)
    for length in range(1, len(title) + 1):
        assert pattern(title[:length]).match(title)
        open_last = chr(ord(title[length - 1]) - (ord(title[length - 1]) - 0xAC00) % 28)
        assert pattern(title[: length - 1] + open_last).match(title)


def test_typed_text_is_read_alike_from_every_keyboard() -> None:
    assert typed("  ㄳ  ") == "ㄱㅅ"
    assert typed("\u1100\u1112") == "ㄱㅎ"  # conjoining jamo
    assert typed(unicodedata.normalize("NFD", "여권")) == "여권"
    assert typed("ＡＢ１") == "ab1"
    assert words("여권,  재-발급") == ["여권", "재발급"]
