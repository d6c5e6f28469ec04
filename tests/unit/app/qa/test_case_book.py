"""Cases on the encrypted database, and the book made of them read back from HTML and PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from sqlite_utils import Database

from app import event_codec
from app.errors import CaseFault
from app.qa import rating_rows
from app.qa.case_book import LONGEST_TEXT, CaseBook, printed
from app.replay.model import LoadedCall, StoredEvent
from app.store import Store
from assist.review.cases import Case
from assist.review.model import Item, ItemScore, Rating, Rubric, Skill
from audio.model import Channel
from resources.notices import Fault
from tests.helpers.personal import RECORD, home_in, now, open_store, turn
from ui.qa.case_book_print import html_of, pdf_of
from ui.replay.ports import RecordVersion, ReplayFacts

PHONE, NAME = "010-0123-4567", "나도담"
SECRETS = (PHONE, NAME, "한가람", "C-07", "header-1", "2026-11-20")
RUBRIC = Rubric("r", 1, "핵심 역량", (Skill("s", "친절", 1),), (Item("a", "s", "첫인사", 1, 2),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(home_in(tmp_path))
    yield made
    made.close()


@pytest.fixture
def book(store: Store) -> CaseBook:
    return CaseBook(store, now)


def call() -> LoadedCall:
    said = [
        turn(1, "반갑습니다 다산콜재단 상담사 한가람입니다", speaker=Channel.AGENT),
        turn(10, f"제 이름은 {NAME}이고요 번호는 {PHONE}입니다", index=1),
        turn(20, f"네 {NAME} 고객님 <b>접수</b>했습니다", speaker=Channel.AGENT, index=2),
    ]
    return LoadedCall(
        facts=ReplayFacts(
            "pack-1", "통화", "2026-11-20T09:14:00+09:00", 30.0, "devices", 0.0, "C-07", "header-1", True
        ),
        stored=tuple(StoredEvent(one, event_codec.encode(one)) for one in said),
        versions=(RecordVersion(1, 25.0, (RECORD,)),),
        sound=None,
    )


def rated(store: Store, **more: object) -> Rating:
    rating = Rating(
        "R1", "header-1", "C-07", "2026-11-20T09:14:00+09:00", "r", 1, "김평가", "2026-11-21T09:00:00+09:00",
        submitted_at="2026-11-21T10:00:00+09:00", scores=(ItemScore("a", 2, note=f"{NAME} 님께 인사함"),),
    )  # fmt: skip
    rating = replace(rating, **more)  # type: ignore[arg-type]

    def work(db: Database) -> None:
        rating_rows.keep_rubric(db, RUBRIC)
        rating_rows.put_rating(db, rating)

    store.write(work)
    return rating


def test_a_case_is_kept_covered_and_logged(book: CaseBook, store: Store) -> None:
    rated(store)
    made = book.add(call(), f"{NAME} 님의 접수", f"{NAME} 님께 다시 물음", rating_id="R1")
    assert (made.category, made.rubric) == ("교통", "핵심 역량")
    assert book.cases() == (made,)
    row = store.read(lambda db: next(db.query("SELECT * FROM qa_cases")))
    whole = " ".join(str(value) for value in row.values())
    assert all(secret not in whole for secret in SECRETS)
    assert "접수" in whole
    lines = store.read(lambda db: [(one["action"], one["subject"]) for one in db.query("SELECT * FROM access")])
    assert lines == [("casebook-add", made.id)]


def test_a_case_shows_only_its_passage(book: CaseBook) -> None:
    made = book.add(call(), "접수", passage=(15.0, 40.0))
    (line,) = made.lines
    assert line.text.startswith("네 •••")
    with pytest.raises(CaseFault, match="구간"):
        book.add(call(), "접수", passage=(100.0, 200.0))


@pytest.mark.parametrize("change", [{"submitted_at": ""}, {"call": "another"}])
def test_only_a_submitted_rating_of_this_call_is_shown(book: CaseBook, store: Store, change: dict[str, str]) -> None:
    rated(store, **change)
    with pytest.raises(CaseFault) as refused:
        book.add(call(), "접수", rating_id="R1")
    assert refused.value.code == "casebook.no_rating"
    assert book.cases() == ()


def test_a_body_that_holds_more_than_it_may_is_covered_when_it_is_read(book: CaseBook, store: Store) -> None:
    made = book.add(call(), "접수")
    told = f"제 이름은 {NAME}이고 번호는 {PHONE}입니다"

    def work(db: Database) -> None:
        body = str(next(db.query("SELECT body FROM qa_cases"))["body"])
        db.execute("UPDATE qa_cases SET body = ?", [body.replace("접수", told)])

    store.write(work)
    read = book.case(made.id)
    assert made.title == "접수"
    assert read.title == "제 이름은 •••이고 번호는 •••••••••••••입니다"
    assert NAME not in repr(read)
    assert PHONE not in repr(book.cases())


def test_comments_are_put_to_lines_covered_and_taken_away(book: CaseBook) -> None:
    made = book.add(call(), "접수")
    changed = book.comment(made.id, f"이름은 {NAME}입니다 하고 되짚음", 2)
    assert changed.lines[1].comment == "이름은 •••입니다 하고 되짚음"
    assert book.comment(made.id[:12].lower(), "", 2).lines[1].comment == ""
    assert book.comment(made.id, "잘한 통화").lesson == "잘한 통화"
    assert book.cover(made.id, ["다산콜재단"]).lines[0].text.startswith("반갑습니다 •••••")
    assert book.case(made.id).lesson == "잘한 통화"


def test_what_cannot_be_is_one_clear_sentence(book: CaseBook, tmp_path: Path) -> None:
    with pytest.raises(CaseFault) as refused:
        book.write(tmp_path / "x.pdf")
    assert refused.value.code == "casebook.empty"
    made = book.add(call(), "접수")
    wrong: dict[str, Callable[[], object]] = {
        "casebook.no_title": lambda: book.add(call(), "  "),
        "casebook.too_long": lambda: book.comment(made.id, "가" * (LONGEST_TEXT + 1), 1),
        "casebook.no_line": lambda: book.comment(made.id, "가", 4),
        "casebook.none": lambda: book.case("nobody"),
        "casebook.ending": lambda: book.write(tmp_path / "book.docx"),
    }
    for code, act in wrong.items():
        with pytest.raises(CaseFault) as refused:
            act()
        assert refused.value.code == code
    with pytest.raises(Fault) as unwritten:
        book.write(tmp_path / "none" / "book.html")
    assert unwritten.value.code == "casebook.not_written"
    book.remove(made.id)
    assert book.cases() == ()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def written(book: CaseBook, store: Store) -> Case:
    rated(store)
    made = book.add(call(), "접수를 되짚은 통화", "위치를 먼저 물음", rating_id="R1")
    return book.comment(made.id, "이름을 되짚음 <script>", 3)


def test_the_html_stands_alone_and_can_be_read_by_a_screen_reader(book: CaseBook, store: Store, tmp_path: Path) -> None:
    made = written(book, store)
    assert book.write(tmp_path / "book.html", [made.id]) == 1
    text = (tmp_path / "book.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    names = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "iframe", "object", "form", "b2"} & set(names)
    assert not any(value and "//" in value for _, attrs in page.tags for value in attrs.values())
    assert dict(page.tags)["html"]["lang"] == "ko"
    assert names.count("h1") == 1
    assert [tag for tag in names if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h2", "h3", "h3", "h3"]
    idents = {attrs["id"] for _, attrs in page.tags if attrs.get("id")}
    assert {str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a"} <= idents
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    shown = "".join(page.words)
    for expected in (
        "접수를 되짚은 통화",
        "위치를 먼저 물음",
        "이름을 되짚음 <script>",
        "<b>접수</b>",
        "2 / 2점",
        "분야: 교통",
    ):
        assert expected in shown
    assert any(attrs.get("aria-label") == "가림" for _, attrs in page.tags)
    assert all(secret not in text for secret in SECRETS)


def pages(data: bytes) -> list[str]:
    """The text of every page, spaces left out: a reader of PDF puts them where it likes."""
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    found = ["".join(document.getAllText(page).text().split()) for page in range(document.pageCount())]
    document.close()
    return found


@pytest.mark.usefixtures("qapp")
def test_the_pdf_tells_the_same(book: CaseBook, store: Store, tmp_path: Path) -> None:
    written(book, store)
    book.write(tmp_path / "book.pdf", title="11월 사례집")
    found = pages((tmp_path / "book.pdf").read_bytes())
    assert len(found) == 2
    assert "11월사례집" in found[0]
    for expected in (
        "접수를되짚은통화",
        "위치를먼저물음",
        "이름을되짚음<script>",
        "<b>접수</b>",
        "2/2점",
        "해설",
        "2/2쪽",
    ):
        assert expected in found[1]
    assert all(secret.replace(" ", "") not in "".join(found) for secret in SECRETS)


@pytest.mark.usefixtures("qapp")
def test_a_long_case_runs_over_pages_and_every_case_begins_on_its_own(book: CaseBook, store: Store) -> None:
    made = written(book, store)
    long = replace(made, lines=made.lines * 40)
    data, count = pdf_of(printed((long, made), "", now()))
    found = pages(data)
    assert len(found) == count > 4
    assert [number for number, text in enumerate(found) if "분야:교통" in text][-1] == count - 1
    assert (
        found[0].replace("\n", "").count(f"{made.title}".replace(" ", "") + str(count)) == 1
    )  # the contents say where
    assert html_of(printed((long, made), "", now())).count('role="note"') == 41
