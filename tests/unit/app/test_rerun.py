"""A call run again: nothing differs where nothing changed, and what changed shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app import practice_calls
from app.bus import EventBus
from app.call import Call, CallFacts
from app.call_draft import CallDraft
from app.practice import PracticePlayer
from app.replay.rerun import HelpNow, run_again
from app.replay.rerun_compare import compare
from assist import ars
from assist.events import (
    BY_MEANING,
    WORDS_ALONE,
    AbuseSeen,
    CardActed,
    DraftReady,
    NoticeRaised,
    SuggestionsReady,
)
from assist.facts import FactCollector
from assist.guide import Guide
from assist.live import LiveAssist
from assist.model import CardAction
from assist.numbers import display
from assist.protect import crisis_guide, scripts
from assist.protect.crisis_watch import CrisisHelp
from assist.protect.handover import WelfareCentre
from assist.protect.ladder import Ladder
from assist.settings import AssistSettings
from audio.events import CallEvent, TranscriptFinal, TranscriptPartial
from audio.model import Channel
from kb.errors import EncoderUnavailable
from kb.model import Article, KbStatus
from kb.search import Searcher
from tests.helpers.knowledge import HashEncoder, library, small_file
from ui.replay.ports import RecordVersion
from ui.replay.then_now_ports import Compared, ComparedPart

ROWS = (
    ("k1", "교통", "불법 주정차 신고", "안전신문고 앱으로 사진을 두 장 찍어 신고합니다. 과태료는 4만 원입니다."),
    ("k2", "행정", "여권 재발급 신청", "여권을 잃어버리면 가까운 구청 민원실에서 재발급을 신청합니다."),
    ("k3", "환경", "대형 폐기물 배출", "침대나 장롱은 구청 누리집에서 신고하고 수수료를 냅니다."),
)
CHANGED = (("k1", "교통", "불법 주정차 신고", "안전신문고 앱으로 사진을 세 장 찍어 신고합니다."), *ROWS[1:])


class NoCentres:
    def find(self, district: str) -> WelfareCentre | None:
        return None


class Known:
    """A searcher of a small DB as a run needs it."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.search = searcher.search

    @property
    def status(self) -> KbStatus:
        return replace(self.searcher.status, generation=1)

    def repair(self, text: str) -> str:
        return text


class Faltering(HashEncoder):
    """Does not answer where a word is asked for."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(self.word in text for text in texts):
            raise EncoderUnavailable("kb.encoder_silent", name=self.name)
        return super().queries(texts)


def parts(folder: Path, rows: Sequence[tuple[str, str, str, str]] = ROWS, falters: str = "") -> HelpNow:
    shelf = library(folder / "kb", HashEncoder())
    shelf.import_file(small_file(folder, rows))
    known = Known((library(folder / "kb", Faltering(falters)) if falters else shelf).open())

    def entry(ident: str) -> Article | None:
        return known.searcher.article(ident)

    return HelpNow(
        known,
        entry,
        tuple,
        scripts.shipped(),
        crisis_guide.shipped(),
        NoCentres(),
        ars.shipped().hint,
        AssistSettings(),
    )


def played(
    name: str, help_: HelpNow, act: Callable[[Call, CallEvent], None] = lambda call, event: None
) -> list[CallEvent]:
    """Play a practice call through the real call and return what the store would keep."""
    stored: list[CallEvent] = []
    bus, draft = EventBus(), CallDraft(help_, help_)
    facts = CallFacts("call", "practice", name, "2026-11-22T10:00:00+09:00")
    player = PracticePlayer("call", practice_calls.by_name(name), bus.publish, display, 0, lambda: call.end())
    now_ns: Callable[[], int] = lambda: int(player.now_s * 1e9)  # noqa: E731 - names the clock
    assist = LiveAssist(
        "call",
        now_ns,
        bus.publish,
        Guide(help_.knowledge, lambda question: {}, help_.specials),
        Ladder(help_.settings, help_.scripts),
        FactCollector(),
        draft.summarize,
        help_.settings,
        CrisisHelp(help_.crisis_guide, help_.centres, facts.wall_time, True),
    )
    call = Call(facts, bus.publish, assist, now_ns, player)
    bus.begin("call")
    bus.subscribe(CallEvent, lambda event: None if isinstance(event, TranscriptPartial) else stored.append(event))
    bus.subscribe(TranscriptFinal, call.on_final)
    bus.subscribe(SuggestionsReady, draft.on_suggestions)
    bus.subscribe(CardActed, draft.on_card)
    bus.subscribe(AbuseSeen, draft.on_abuse)
    bus.subscribe(CallEvent, lambda event: act(call, event))
    call.start()
    assert call.ended.wait(60)
    call.close()
    return stored


def use_first_card(call: Call, event: CallEvent) -> None:
    if isinstance(event, SuggestionsReady) and event.cards:
        call.card_acted(event.cards[0].article_id, event.cards[0].title, CardAction.USED)


def warn(call: Call, event: CallEvent) -> None:
    if isinstance(event, AbuseSeen):
        call.warning_given(event.script)


def differing(rows: Sequence[Compared]) -> list[Compared]:
    return [row for row in rows if not row.same]


@pytest.mark.parametrize(("name", "act"), [("parking-report", use_first_card), ("abuse", warn), ("crisis", warn)])
def test_nothing_differs_where_nothing_changed(
    tmp_path: Path, name: str, act: Callable[[Call, CallEvent], None]
) -> None:
    help_ = parts(tmp_path)
    stored = played(name, help_, act)
    rows = compare(stored, run_again(stored, help_))
    assert differing(rows) == []
    assert {ComparedPart.TEXT, ComparedPart.DRAFT} <= {row.part for row in rows}


def test_the_same_inputs_give_the_same_run(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    stored = played("two-inquiries", help_, use_first_card)

    def told(events: Sequence[CallEvent]) -> list[CallEvent]:
        return [replace(event, ms=0.0) if isinstance(event, SuggestionsReady) else event for event in events]

    assert told(run_again(stored, help_)) == told(run_again(stored, help_))


def test_a_changed_entry_shows_in_the_cards_and_in_the_draft(tmp_path: Path) -> None:
    stored = played("parking-report", parts(tmp_path / "then"), use_first_card)
    rows = differing(compare(stored, run_again(stored, parts(tmp_path / "now", CHANGED))))
    cards = [row for row in rows if row.part is ComparedPart.CARD]
    assert cards
    assert "k1" in cards[0].then_ids
    assert any("두 장" in line for line in cards[0].then)
    assert any("세 장" in line for line in cards[0].now)
    assert {row.part for row in rows} <= {ComparedPart.CARD, ComparedPart.DRAFT}


def final(number: int, start: float, end: float, text: str, channel: Channel = Channel.CALLER) -> TranscriptFinal:
    shown, digits = display(text)
    return TranscriptFinal(
        call_id="call",
        t_ns=int(end * 1e9),
        utterance=number,
        channel=channel,
        start=start,
        end=end,
        text=text,
        display=shown,
        confidence=0.9,
        digits=digits,
    )


def test_new_recognition_is_laid_over_the_old_by_time(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    old = (final(0, 0.0, 4.0, "불법 주정차 신고요"), final(1, 4.2, 6.0, "전화번호는 공일공 일이삼사 오육칠팔이에요"))
    stored = run_again(old, help_)
    new = (
        final(0, 0.1, 2.0, "불법"),
        final(1, 2.1, 3.9, "주정차 신고요"),
        final(2, 4.2, 6.0, "전화번호는 공일공 일이삼사 오육칠구예요"),
        final(3, 8.0, 9.0, "여보세요"),
    )
    rows = compare(stored, run_again(stored, help_, new))
    texts = [row for row in rows if row.part is ComparedPart.TEXT]
    assert [(len(row.then), len(row.now), row.same) for row in texts] == [(1, 2, True), (1, 1, False), (0, 1, False)]
    (number,) = (row for row in rows if row.part is ComparedPart.NUMBER)
    assert (number.then, number.now, number.same) == (("010-1234-5678",), ("010-1234-5679",), False)


def test_a_number_counts_by_its_value_not_by_its_writing(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    stored = run_again((final(0, 0.0, 3.0, "제 번호는 공일공 일이삼사 오육칠팔이에요"),), help_)
    rows = compare(stored, run_again(stored, help_, (final(0, 0.0, 3.0, "제 번호는 010 1234 5678이에요"),)))
    assert [row.same for row in rows if row.part is ComparedPart.NUMBER] == [True]


def test_labels_that_would_go_are_told(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    stored = run_again((final(0, 0.0, 3.0, "야 이 개새끼야"),), help_)
    rows = compare(stored, run_again(stored, help_, (final(0, 0.0, 3.0, "네 알겠습니다"),)))
    (label,) = (row for row in rows if row.part is ComparedPart.LABEL)
    assert label.then
    assert label.now == ()
    assert not label.same


def test_a_card_that_was_missed_because_the_model_of_meaning_did_not_answer_names_that_reason(tmp_path: Path) -> None:
    heard = (
        final(0, 0.0, 3.0, "여권 재발급 신청을 하고 싶은데요"),
        final(1, 4.0, 8.0, "그리고 다른 문의인데 집 앞 불법 주정차 신고를 하고 싶어요"),
        final(2, 20.0, 24.0, "그리고 다른 문의인데 침대 같은 대형 폐기물 배출은 어떻게 하나요"),
    )
    help_ = parts(tmp_path / "then", falters="주정차")
    stored = run_again(heard, help_)
    told = [(event.code, event.t_ns // 10**9) for event in stored if isinstance(event, NoticeRaised)]
    assert [code for code, _ in told] == [WORDS_ALONE, BY_MEANING]
    assert told[0][1] < 20 <= told[1][1]
    now = run_again(heard, parts(tmp_path / "now"))
    cards = [row for row in compare(stored, now) if row.part is ComparedPart.CARD]
    assert [(row.at_s, row.words_alone) for row in cards if not row.same] == [(4.0, "then")]
    assert {row.words_alone for row in cards if row.same} <= {""}
    assert {row.words_alone for row in compare(stored, stored)} == {""}


def test_text_whose_sound_is_missing_is_marked(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    stored = run_again((final(0, 0.0, 3.0, "주정차 신고요"), final(1, 5.0, 8.0, "네 알겠습니다")), help_)
    again = run_again(stored, help_, (final(0, 0.0, 3.0, "주정차 신고요"), final(1, 5.0, 8.0, "네 알겠습니다")))
    rows = [row for row in compare(stored, again, {1}) if row.part is ComparedPart.TEXT]
    assert [(row.at_s, row.same, row.kept) for row in rows] == [(0.0, True, False), (5.0, True, True)]


def test_the_draft_of_a_call_that_was_cut_short_is_the_one_that_was_made_at_the_next_start(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    whole = run_again((final(0, 0.0, 3.0, "불법 주정차 신고요"),), help_)
    draft = [event.draft.records for event in whole if isinstance(event, DraftReady)][-1]
    cut = [event for event in whole if not isinstance(event, DraftReady)]
    rows = compare(cut, run_again(cut, help_), (), RecordVersion(-1, 3.0, draft))
    drafts = [row for row in rows if row.part is ComparedPart.DRAFT]
    assert drafts
    assert [row.then for row in drafts] == [row.now for row in drafts]


def test_a_draft_stands_among_the_rows_by_its_time(tmp_path: Path) -> None:
    help_ = parts(tmp_path)
    whole = run_again((final(0, 0.0, 3.0, "불법 주정차 신고요"), final(1, 50.0, 53.0, "네 알겠습니다")), help_)
    draft = [event.draft.records for event in whole if isinstance(event, DraftReady)][-1]
    cut = [event for event in whole if not isinstance(event, DraftReady)]
    rows = compare(cut, run_again(cut, help_), (), RecordVersion(-1, 13.0, draft))
    times = [row.at_s for row in rows]
    assert times == sorted(times)
    assert (rows[-1].part, rows[-1].at_s) == (ComparedPart.TEXT, 50.0)
