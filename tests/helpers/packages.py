"""Saved calls sealed into packages: the real store, sealed recording, FLAC, AES-GCM, age, Ed25519."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from app.adapters.age_box import AgeBox
from app.adapters.signing import DeskSigner
from app.errors import PackageFault
from app.package_side import package_tools
from app.qa.package import PackageFacts, Terms
from app.qa.package_make import make_package
from app.qa.package_open import Opener
from app.replay.model import LoadedCall
from app.replay.source import load_session
from app.sound import recorder, saved_sound
from app.store import Store
from assist.events import DraftReady, RecordFiled
from assist.model import CallRecord, Draft
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from tests.helpers.call_sound import pattern
from tests.helpers.personal import NOW, final, home_in, open_store, turn

SEED = bytes(range(32))
SOUND_KEY = bytes(range(32, 64))
UNTIL = NOW.date() + timedelta(days=10)
TERMS = Terms("3분기 QA 평가", UNTIL, counsellor="C-07", header="head-1")
WORDS = "집 앞에 세워둔 차 신고요 제 번호는 010-9876-5432"


def story(call_id: str, turns: int = 6) -> list[CallEvent]:
    """A call's events in order: finals and turns, the draft, the filing."""
    events: list[CallEvent] = []
    for n in range(turns):
        side = Channel.CALLER if n % 2 else Channel.AGENT
        events += [final(2 * n + 1, call_id, WORDS), turn(2 * n + 2, WORDS, call_id, side, n)]
    at = 3 * turns * 1_000_000_000
    record = CallRecord("교통", "주정차", inquiry=("불법 주정차 신고",), answer=("과태료 안내",))
    draft = Draft((record,), "")
    events.append(DraftReady(call_id=call_id, seq=2 * turns + 1, t_ns=at, draft=draft, final=True))
    events.append(RecordFiled(call_id=call_id, seq=2 * turns + 2, t_ns=at + 1, version=1, records=(record,)))
    return events


class PackageDesk:
    """One profile: saves calls, seals them, opens what was sealed for it."""

    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.store: Store = open_store(self.home)
        self.box = AgeBox()
        self.signer = DeskSigner(SEED)
        self.tools = package_tools()
        self.identity, self.recipient = self.box.generate()
        self.today: datetime = NOW
        self.logged: list[tuple[str, str, str]] = []
        self.desks = {self.signer.desk_id: self.signer.public_key}

    def save(self, call_id: str = "call-1", seconds: float = 25.0, events: Sequence[CallEvent] | None = None) -> None:
        """Save a call with the sound of :func:`tests.helpers.call_sound.pattern`; none for 0 seconds."""
        self.store.begin_session(call_id, NOW.isoformat(), "devices", "")
        for event in story(call_id) if events is None else events:
            self.store.append(event)
        self.store.end_session(call_id, max(seconds, 1.0))
        if seconds:
            folder = self.home.sound / call_id
            made = recorder(folder, call_id, SOUND_KEY, tuple(Channel), lambda: 0, CaptureSettings())
            for channel in Channel:
                length = round(seconds * SAMPLE_RATE) - (SAMPLE_RATE // 2 if channel is Channel.CALLER else 0)
                made.write(AudioBlock(channel, 0, pattern(channel, 0, length)))
            made.close()
        self.store.flush()

    def load(self, call_id: str = "call-1") -> LoadedCall:
        sound = saved_sound(self.home.sound / call_id, SOUND_KEY)
        return load_session(self.store, sound, call_id, self.log)

    def make(
        self,
        file: Path,
        terms: Terms = TERMS,
        to: Sequence[str] = (),
        call: LoadedCall | None = None,
    ) -> PackageFacts:
        """Seal a call into ``file``, for this desk itself where nobody is named."""
        return make_package(
            file,
            call or self.load(),
            terms,
            to or [self.recipient],
            self.signer,
            self.tools,
            self.now,
            self.log,
        )

    def opener(self, *identities: str) -> Opener:
        """Return what opens with these identities; with this desk's own where none is named."""
        return Opener(lambda: identities or (self.identity,), self.tools, self.now, self.log, lambda: self.desks)

    def refusal(self, file: Path, *identities: str) -> str:
        """Return the code with which a package is refused; empty where it opens."""
        try:
            self.opener(*identities).open(file).close()
        except PackageFault as fault:
            return fault.code if str(fault) else "without a sentence"
        return ""

    def now(self) -> datetime:
        return self.today

    def log(self, action: str, subject: str, note: str) -> None:
        self.logged.append((action, subject, note))

    def close(self) -> None:
        self.store.close()


def rewritten(file: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """Write a zip's entries anew to ``target``: ``change`` gives other contents; None leaves an entry out."""
    with zipfile.ZipFile(file) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    for name, content in change.items():
        if content is None:
            del entries[name]
        else:
            entries[name] = content
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return target


def days(day: date, offset: int) -> datetime:
    """Return noon, ``offset`` days from ``day``."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo) + timedelta(days=offset)
