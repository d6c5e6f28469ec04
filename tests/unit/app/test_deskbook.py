"""What a desk knows beside the DB, on the real encrypted store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from app.desk_memory import DeskMemory, corrections, gaps
from app.deskbook import Deskbook
from app.errors import StoreFault
from app.home import Home
from app.store import Store
from assist.model import CardAction, CorrectionKind, Turn
from audio.model import Channel
from kb.changes import known
from kb.model import Article, KbStatus
from kb.specials import KST
from tests.helpers.personal import home_in, open_store

PARKING = "불법 주정차 신고 과태료"
NOON = datetime(2026, 11, 22, 12, tzinfo=KST)
TURNS = (
    Turn(0, Channel.CALLER, 1.0, 2.0, "마포구에 반려식물 병원이 어디 있나요?"),
    Turn(1, Channel.CALLER, 3.0, 4.0, "제 번호는 010-1234-5678입니다"),
)


class Entries:
    """A DB of three entries."""

    def __init__(self) -> None:
        self.held = {
            ident: Article(ident, f"제목 {ident}", f"답변 {ident}", phone="02-120", updated="2026-11-01")
            for ident in ("A", "B", "C")
        }
        self.origin = "local"
        self.generation = 1

    @property
    def status(self) -> KbStatus:
        return KbStatus(self.generation, "file", self.origin, len(self.held), "", "", False)

    def article(self, article_id: str) -> Article | None:
        return self.held.get(article_id)

    def articles(self) -> tuple[Article, ...]:
        return tuple(self.held.values())

    def put(self, *articles: Article) -> None:
        """Switch to a new generation."""
        self.held |= {article.id: article for article in articles}
        self.generation += 1


class Wall:
    """A wall clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def entries() -> Entries:
    return Entries()


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def book(home: Home, store: Store, entries: Entries, wall: Wall, tmp_path: Path) -> Deskbook:
    return Deskbook(entries, DeskMemory(store), home.kb / "specials.jsonl", tmp_path / "shipped.jsonl", wall.now)


def again(store: Store, entries: Entries, wall: Wall, tmp_path: Path) -> Deskbook:
    """The desk of the next day, on the same store."""
    return Deskbook(entries, DeskMemory(store), tmp_path / "no.jsonl", tmp_path / "shipped.jsonl", wall.now)


def test_learning_outlives_the_desk_and_ends_with_the_entry(
    book: Deskbook, store: Store, entries: Entries, wall: Wall, tmp_path: Path
) -> None:
    assert book.nudges(PARKING) == {}
    for _ in range(3):
        book.learn(PARKING, "A", CardAction.USED)
    book.learn(PARKING, "B", CardAction.DISMISSED)
    tomorrow = again(store, entries, wall, tmp_path)
    nudges = tomorrow.nudges(PARKING)
    assert nudges["A"].boost > 0 > nudges["B"].boost
    assert nudges["A"].used == 3
    assert tomorrow.nudges("여권 재발급 서류") == {}
    entries.put(replace(entries.held["A"], answer="고친 답변"))
    assert set(tomorrow.nudges(PARKING)) == {"B"}


def test_nothing_is_learned_of_what_is_not_in_the_db(book: Deskbook, store: Store) -> None:
    book.learn(PARKING, "special:cold", CardAction.USED)
    book.learn(PARKING, "gone", CardAction.USED)
    assert DeskMemory(store).learned() == ()


def test_nothing_that_points_to_a_person_is_learned(book: Deskbook, store: Store) -> None:
    book.learn("주정차 신고 처리 결과, 번호는 010-1234-5678입니다", "A", CardAction.USED)
    words = DeskMemory(store).learned()[0].words
    assert "주정차" in words
    assert not any(letter.isdecimal() for word in words for letter in word)


def test_a_gap_is_masked_changed_and_taken_back(book: Deskbook, store: Store) -> None:
    made = book.file_gap("g1", "반려식물 병원, 제 번호 010-1234-5678", TURNS, "call-1")
    assert made is not None
    assert made.district == "마포구"
    assert [turn.speaker for turn in made.turns] == ["caller", "caller"]
    book.file_gap("g1", "반려식물 병원 위치")
    kept = store.read(gaps)
    assert [one.question for one in kept] == ["반려식물 병원 위치"]
    assert kept[0].turns == made.turns
    raw = json.dumps([row["body"] for row in store.read(lambda db: list(db.query("SELECT body FROM kb_notes")))])
    assert "5678" not in raw
    assert book.file_gap("g1", "  ") is None
    assert store.read(gaps) == ()


def test_a_correction_names_entry_and_generation(book: Deskbook, store: Store) -> None:
    book.file_correction("c1", "A", "제목 A", CorrectionKind.PHONE, "010-1234-5678로 바뀜", practice=True)
    found = store.read(corrections)[0]
    assert (found.article_id, found.kind, found.generation, found.practice) == ("A", CorrectionKind.PHONE, 1, True)
    assert "5678" not in found.note
    assert store.read(gaps) == ()


def test_entries_at_hand(book: Deskbook, entries: Entries, wall: Wall) -> None:
    for ident in ("A", "B", "A"):
        wall.at += timedelta(minutes=1)
        book.note_opened(ident)
    book.set_favourite("C", True)
    book.set_favourite("B", True)
    book.set_favourite("C", False)
    hand = book.at_hand()
    assert [one.id for one in hand.favourites] == ["B"]
    assert [one.id for one in hand.opened] == ["A"]
    del entries.held["A"]
    assert book.at_hand().opened == ()


def test_only_the_last_opened_are_remembered(book: Deskbook, entries: Entries, wall: Wall) -> None:
    entries.put(*(Article(f"N{n}", f"제목 {n}", "답변") for n in range(30)))
    for n in range(30):
        wall.at += timedelta(minutes=1)
        book.note_opened(f"N{n}")
    opened = book.at_hand().opened
    assert opened[0].id == "N29"
    assert len(opened) == 20


def test_the_digest_tells_of_changes_since_the_last_look_and_not_again(book: Deskbook, entries: Entries) -> None:
    assert book.digest().changes.count == 0, "the first time everything counts as seen"
    entries.put(replace(entries.held["A"], phone="02-000-0000"), Article("D", "새 답변", "새로 생김"))
    del entries.held["C"]
    digest = book.digest()
    assert digest.since == NOON.isoformat()
    assert [one.id for one in digest.changes.changed] == ["A"]
    assert [one.id for one in digest.changes.new] == ["D"]
    assert digest.changes.removed == ("제목 C",)
    assert book.digest() == digest, "it stays until it was looked at"
    book.digest_seen()
    assert book.digest().changes.count == 0


def test_ten_thousand_entries_are_remembered_as_one_piece(book: Deskbook, store: Store) -> None:
    many = [Article(f"N{n}", f"제목 {n}", "답변") for n in range(10_000)]
    DeskMemory(store).set_seen(known(many).items(), NOON.isoformat())
    since, seen = DeskMemory(store).seen()
    assert since == NOON.isoformat()
    assert len(seen) == 10_000


ROW = {"id": "cold", "title": "한파 쉼터", "body": "엽니다.", "keywords": ["한파"], "start": "2026-11-20"}


def test_special_material_comes_and_goes_by_itself(book: Deskbook, home: Home, wall: Wall) -> None:
    assert book.specials() == ()
    home.kb.mkdir(parents=True)
    file = home.kb / "specials.jsonl"
    file.write_text(json.dumps({**ROW, "end": "2026-11-22"}, ensure_ascii=False), encoding="utf-8")
    assert [one.id for one in book.specials()] == ["cold"]
    found = book.entry("special:cold")
    assert found is not None
    assert found.question == "한파 쉼터"
    wall.at += timedelta(hours=12)
    assert book.specials() == ()
    assert book.entry("special:cold") is None
    file.write_bytes(b"\xff\xfe broken")
    assert book.specials() == (), "an unusable file never stops the desk"


def test_the_example_is_shown_with_the_example_only(
    book: Deskbook, home: Home, entries: Entries, tmp_path: Path
) -> None:
    (tmp_path / "shipped.jsonl").write_text(
        json.dumps({**ROW, "end": "2026-12-01"}, ensure_ascii=False), encoding="utf-8"
    )
    assert book.specials() == ()
    entries.origin = "sample"
    assert [one.id for one in book.specials()] == ["cold"]
    home.kb.mkdir(parents=True)
    (home.kb / "specials.jsonl").write_text("", encoding="utf-8")
    assert book.specials() == (), "taken down on purpose"


class Refusing(DeskMemory):
    """A store that cannot be read."""

    def learned(self) -> NoReturn:
        raise StoreFault("store.io")


def test_what_cannot_be_read_never_keeps_an_answer_back(
    store: Store, entries: Entries, wall: Wall, tmp_path: Path
) -> None:
    book = Deskbook(entries, Refusing(store), tmp_path / "no.jsonl", tmp_path / "shipped.jsonl", wall.now)
    book.warm()
    assert book.nudges(PARKING) == {}
