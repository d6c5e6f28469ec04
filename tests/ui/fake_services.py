"""What stands behind the windows in tests: data and settings that remember what they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.settings_desk import SettingsForm
from assist.model import (
    CallRecord,
    Delivery,
    Script,
)
from assist.record_text import shipped_formats, shipped_templates
from audio.events import CallEvent
from audio.model import CallerSide, Channel, Device, DeviceChoice, DeviceHealth, Levels
from kb.model import Article, Band, FilterChoices, KbStatus, SearchFilters, SearchResult
from kb.specials import Special
from tests.ui.fake_articles import ARTICLES, VARIANTS, hits
from tests.ui.fake_first_start import FakeFirstStart
from tests.ui.fake_qa import FakeLetters, read_letters
from tests.ui.fake_settings import MemorySettings, form_of
from tests.ui.fake_sharing import FakeSharing
from ui.about_ports import About, LicenceRow, ModelInUse
from ui.holdings_ports import HeldKind, HeldRow, Holdings
from ui.ports import AtHand, DeskState, Digest, OutboxRow, PracticeRow, RecordHelp, SessionRow


class FakeCheck:
    def __init__(self, health: dict[str, DeviceHealth], fault: str = "") -> None:
        self._health = health
        self._fault = fault
        self.closed = False

    def levels(self) -> Sequence[Levels]:
        loud = {Channel.AGENT: -18.0, Channel.CALLER: -24.0}
        heard = {c: db if self._health.get(c.value) is DeviceHealth.OK else -90.0 for c, db in loud.items()}
        return [Levels(channel, db, db + 9.0) for channel, db in heard.items()]

    def health(self) -> dict[str, DeviceHealth]:
        return self._health

    def fault(self) -> str:
        return self._fault

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeHoldings:
    """What a PC holds, in memory."""

    shift: bool = False
    deleted: list[str] = field(default_factory=list)
    ended: int = 0
    exported: list[Path] = field(default_factory=list)
    fault: Exception | None = None

    def look(self) -> Holdings:
        whole = ("sound", "transcript", "records")
        rows = (
            HeldRow("01C", "2026-11-21T10:02:00+09:00", "devices", whole, 21_300_000, "2027-11-21T12:02:00+09:00",
                    "2027-02-19T12:02:00+09:00", self.shift),
            HeldRow("01B", "2026-11-20T09:14:00+09:00", "devices", whole, 9_800_000, exempt="held", reason="escalated"),
            HeldRow("01A", "2026-11-19T16:40:00+09:00", "practice", ("transcript", "drafts"), 64_000,
                    "2027-02-17T18:40:00+09:00", "2026-12-19T18:40:00+09:00", self.shift),
        )  # fmt: skip
        rows = tuple(row for row in rows if row.session_id not in self.deleted)
        days = {"sound": 90, "transcript": 90, "records": 365, "drafts": 30, "notes": 365, "learning": 365,
                "incidents": 365, "backups": 30, "logs": 30}  # fmt: skip
        kinds = tuple(
            HeldKind(kind, period, self.shift and kind != "notes", count := sum(kind in row.kinds for row in rows),
                     count * 9_000_000, "2026-11-19T16:40:00+09:00" if count else "", "2026-12-19T18:40:00+09:00")
            for kind, period in days.items()
        )  # fmt: skip
        return Holdings(rows, kinds, self.shift, True, "한빛시 기록물 관리 기준", False, 1)

    def delete(self, session_id: str) -> None:
        if self.fault is not None:
            raise self.fault
        self.deleted.append(session_id)

    def end_shift(self) -> int:
        self.ended += 1
        return 2

    def export(self, file: Path) -> None:
        self.exported.append(file)


ABOUT = About(
    version="0.1.0",
    commit="0123abc",
    built="2026-11-20",
    python="3.11.7",
    pyside="6.11.3",
    system="Linux",
    models=(
        ModelInUse("whisper-base", "speech", "MIT", "ebe41f70d5b6", "Systran/faster-whisper-base"),
        ModelInUse("our-encoder", "encoder", "", ""),
    ),
    parts=(
        LicenceRow("Python", "", "PSF-2.0"),
        LicenceRow("PySide6_Essentials", "6.11.3", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"),
        LicenceRow("httpx", "0.28.1", "BSD-3-Clause"),
        LicenceRow("numpy", "2.4.6", "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0"),
    ),
)


@dataclass
class FakeServices:
    """Answers from memory."""

    kept: FakeHoldings = field(default_factory=FakeHoldings)
    post: FakeLetters = field(default_factory=read_letters)
    shares: FakeSharing = field(default_factory=FakeSharing)
    memory: MemorySettings = field(default_factory=MemorySettings)
    first: FakeFirstStart = field(default_factory=FakeFirstStart)
    no_key: bool = False
    health: dict[str, DeviceHealth] = field(
        default_factory=lambda: {"agent": DeviceHealth.OK, "caller": DeviceHealth.SILENT}
    )
    events: Sequence[CallEvent] = ()
    records: tuple[CallRecord, ...] = ()
    rows: tuple[SessionRow, ...] = ()
    unsent: int = 0
    key_mode: str = "file"
    models_ready: bool = True
    opening: bool = False
    checks: list[FakeCheck] = field(default_factory=list)
    filed: list[tuple[str, tuple[CallRecord, ...]]] = field(default_factory=list)
    drafts: list[tuple[str, tuple[CallRecord, ...]]] = field(default_factory=list)
    copy_format: str = ""
    revealed: list[str] = field(default_factory=list)
    stored: list[DeviceChoice] = field(default_factory=list)
    retries: int = 0
    queries: list[str] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)
    narrowed: list[SearchFilters | None] = field(default_factory=list)
    favourites: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    special: tuple[Special, ...] = ()
    changed: Digest = field(default_factory=Digest)
    digests_seen: int = 0
    stale: bool = False
    warming: tuple[str, ...] = ()
    kb_fault: str = ""
    unsent_records: int = 0

    def state(self) -> DeskState:
        kb = KbStatus(3, "sample", "sample", 168, "2026-11-21T00:00:00+00:00", "2026-11-18", True)
        kb = replace(kb, stale=self.stale)
        if self.opening or self.kb_fault:
            kb = KbStatus(0, "", "sample", 0, "", "", False)
        return DeskState(
            self.models_ready,
            "whisper-base",
            self.key_mode,
            kb,
            self.unsent,
            self.unsent if self.no_key else 0,
            52_000,
            unsent_records=self.unsent_records,
            warming=self.warming,
            kb_fault=self.kb_fault,
        )

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        self.suggested.append(text)
        found = () if "없는" in text else hits(text)
        return SearchResult(text, found, 0.8, Band.SURE if found else Band.SILENT, 8.0)

    def search_filters(self) -> FilterChoices:
        return FilterChoices(("교통", "복지", "환경"), ("강남구", "관악구"), ("교통지도과", "자원순환과"))

    def search(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        self.queries.append(text)
        self.narrowed.append(filters)
        found = () if "없는" in text else hits(text)
        return SearchResult(text, found, 0.8, Band.SURE if found else Band.SILENT, 21.0)

    def entry(self, article_id: str) -> Article | None:
        return next((article for article in (*ARTICLES, *VARIANTS) if article.id == article_id), None)

    def at_hand(self) -> AtHand:
        kept = tuple(article for article in ARTICLES if article.id in self.favourites)
        return AtHand(kept, tuple(a for a in ARTICLES if a.id in self.opened and a not in kept))

    def set_favourite(self, article_id: str, wanted: bool) -> None:
        (self.favourites.add if wanted else self.favourites.discard)(article_id)

    def note_opened(self, article_id: str) -> None:
        self.opened.append(article_id)

    def specials(self) -> Sequence[Special]:
        return self.special

    def digest(self) -> Digest:
        return self.changed

    def digest_seen(self) -> None:
        self.digests_seen += 1

    def practice_calls(self) -> Sequence[PracticeRow]:
        return (
            PracticeRow("parking", "집 앞 불법 주정차 신고", "normal", 142),
            PracticeRow("abuse", "욕설로 마지막 경고까지", "abuse", 205),
            PracticeRow("crisis", "죽고 싶다는 말", "crisis", 180),
            PracticeRow("angry", "화났지만 정당한 민원", "angry", 160),
            PracticeRow("two", "전입신고와 대형폐기물", "two_inquiries", 190),
            PracticeRow("callback", "담당자 회신 요청", "callback", 120),
            PracticeRow("absent", "DB에 없는 행사 문의", "not_in_db", 95),
            PracticeRow("rambling", "이야기가 긴 민원인", "rambling", 230),
        )

    def situations(self) -> Sequence[Script]:
        return (
            Script("profanity-1", "profanity", "욕설"),
            Script("sexual-1", "sexual", "성희롱 발언"),
            Script("threat-1", "threat", "해치겠다는 협박"),
        )

    def devices(self) -> Sequence[Device]:
        return (
            Device("mic-1", "USB 헤드셋 마이크", CallerSide.INPUT, 1, 48_000, True),
            Device("line-1", "전화기 라인 입력", CallerSide.INPUT, 2, 48_000),
            Device("loop-1", "스피커 (PC가 내는 소리)", CallerSide.LOOPBACK, 2, 48_000, True),
        )

    def choice(self) -> DeviceChoice:
        return DeviceChoice("mic-1", "loop-1", CallerSide.LOOPBACK)

    def store_choice(self, choice: DeviceChoice) -> None:
        self.stored.append(choice)

    def start_sound_check(self, choice: DeviceChoice) -> FakeCheck:
        self.checks.append(FakeCheck(self.health))
        return self.checks[-1]

    def sessions(self, query: str = "") -> Sequence[SessionRow]:
        return [row for row in self.rows if query in row.inquiry or query in row.title]

    def session_events(self, session_id: str) -> Sequence[CallEvent]:
        return self.events

    def session_records(self, session_id: str) -> tuple[CallRecord, ...]:
        return self.records

    def numbers_revealed(self, session_id: str) -> None:
        self.revealed.append(session_id)

    def file_session_records(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        self.filed.append((session_id, records))

    def about(self) -> About:
        return ABOUT

    def licence_text(self, name: str) -> str:
        return f"Licence of {name or 'the program'}\n\nPermission is hereby granted, free of charge, to any person …"

    def settings(self) -> SettingsForm:
        return form_of(self.memory)

    def first_start(self) -> FakeFirstStart:
        return self.first

    def save_session_draft(self, session_id: str, records: tuple[CallRecord, ...]) -> None:
        self.drafts.append((session_id, records))

    def record_help(self) -> RecordHelp:
        return RecordHelp(shipped_templates(), shipped_formats(), self.copy_format)

    def keep_copy_format(self, name: str) -> None:
        self.copy_format = name

    def holdings(self) -> FakeHoldings:
        return self.kept

    def sharing(self) -> FakeSharing:
        return self.shares

    def letters(self) -> FakeLetters:
        return self.post

    def outbox(self) -> Sequence[OutboxRow]:
        return (
            OutboxRow("01J", "2026-11-21T09:21:33+09:00", Delivery.NO_KEY, 0, "", ""),
            OutboxRow(
                "01H",
                "2026-11-21T08:40:02+09:00",
                Delivery.WAITING,
                3,
                "전담팀 공유 폴더",
                "보낼 폴더에 쓸 수 없습니다. 연결을 확인하세요.",
                next_try_s=240.0,
                sent_bytes=3_000_000,
                size_bytes=8_500_000,
            ),
            OutboxRow(
                "01G", "2026-11-20T16:03:10+09:00", Delivery.ACCEPTED, 1, "연습 전담팀 받은함", "", kind="practice"
            ),
            OutboxRow(
                "01F-0002",
                "2026-11-20T15:58:41+09:00",
                Delivery.WAITING,
                2,
                "records.example.kr",
                "기록을 받는 시스템이 기록을 받지 않았습니다: records.example.kr. 이유: 분류가 비어 있음.",
                next_try_s=600.0,
                kind="record",
                version=2,
                refused=True,
            ),
        )

    def retry_outbox(self) -> None:
        self.retries += 1

    def practice_inbox(self) -> Path:
        return Path("practice-team/inbox")
