"""The running desk: one call at a time, from start to put away. Fills :class:`ui.ports.CallControl`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ulid import ULID

from app import evidence, practice_calls, sound
from app.bus import EventBus
from app.call import Call, CallFacts, CaptureClock, SoundParts
from app.deskbook import Deskbook
from app.engine import Engine
from app.errors import StartFault
from app.home import Home
from app.notice import notice_of
from app.personal import Personal
from app.practice import PracticePlayer
from app.retrieval import Retrieval
from app.settings import Settings
from app.speech import live_transcriber
from assist.events import (
    AbuseSeen,
    CallEnded,
    CardActed,
    CorrectionFiled,
    DraftReady,
    GapFiled,
    RecordFiled,
    SuggestionsReady,
)
from assist.facts import FactCollector
from assist.guide import Guide
from assist.live import LiveAssist
from assist.model import (
    AbuseLabel,
    CallRecord,
    CardAction,
    CorrectionKind,
    Draft,
    EscalationReason,
    Script,
    Turn,
)
from assist.numbers import display
from assist.protect.ladder import Ladder
from assist.summarize import summarize
from assist.turns import turns_in
from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel, DeviceChoice
from audio.ports import AudioSource
from kb.model import Article
from resources.notices import Fault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What a desk is made of; built by :mod:`app.composition`."""

    home: Home
    settings: Callable[[], Settings]
    bus: EventBus
    personal: Personal
    retriever: Retrieval
    speech: Engine | None
    """None where the speech model is not installed: practice calls still work."""
    play_back: sound.PlayBack
    now: Callable[[], datetime]
    deskbook: Deskbook


class Desk:
    """Begins, steers and ends calls.

    Thread: methods on the Qt main thread (or the terminal's); they hand off and return. Faults become notices.
    """

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._call: Call | None = None
        self._used: dict[str, None] = {}
        self._suggested: dict[str, str] = {}
        """Entry id to the question it came up for."""
        self._abusive: set[int] = set()
        self._workers: list[threading.Thread] = []
        self._filed = False
        bus = parts.bus
        bus.subscribe(CallEvent, parts.personal.store.append)
        bus.subscribe(TranscriptFinal, self._on_final)
        bus.subscribe(CardActed, self._on_card)
        bus.subscribe(SuggestionsReady, self._on_suggestions)
        bus.subscribe(AbuseSeen, self._on_abuse)
        bus.subscribe(CallEnded, self._on_call_ended)
        bus.subscribe(DraftReady, self._on_draft)

    @property
    def call(self) -> Call | None:
        """The open call, if any."""
        return self._call

    def start_devices(self, choice: DeviceChoice) -> None:
        """See :class:`ui.ports.CallControl`."""
        self._guarded(
            lambda: self._start_sound("devices", "", sound.device_source(choice, self._parts.settings().capture), True)
        )

    def start_file(self, file: Path, realtime: bool) -> None:
        """See :class:`ui.ports.CallControl`."""
        self._guarded(lambda: self._start_sound("file", file.name, sound.file_source(file, realtime), realtime))

    def start_practice(self, name: str, speed: float = 1.0) -> None:
        """See :class:`ui.ports.CallControl`."""
        self._guarded(lambda: self._start_practice(name, speed))

    def set_paused(self, paused: bool) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.set_paused(paused)

    def set_language(self, channel: str, language: str) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.set_language(Channel(channel), language)

    def mark(self) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.mark()

    def end(self) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.end()

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.card_acted(article_id, title, action, question)

    def file_gap(self, gap_id: str, question: str) -> None:
        """See :class:`ui.ports.CallControl`."""
        call = self._call
        self._work("gap", lambda: self._file_gap(call, gap_id, question))

    def file_correction(self, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str) -> None:
        """See :class:`ui.ports.CallControl`."""
        call = self._call
        self._work("correction", lambda: self._file_correction(call, ident, article_id, title, kind, note))

    def warning_given(self, script: Script) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._call.warning_given(script)

    def escalate(self, reason: EscalationReason) -> None:
        """See :class:`ui.ports.CallControl`."""
        call = self._call
        if call is None:
            self._notice(StartFault("call.none"))
            return
        self._work("escalation", lambda: self._escalate(call, reason))

    def save_draft(self, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.ports.CallControl`."""
        if self._call is not None:
            self._parts.personal.store.save_draft(self._call.facts.id, records)

    def file_record(self, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.ports.CallControl`."""
        call = self._call
        if call is None:
            self._notice(StartFault("call.none"))
            return
        self._work("filing", lambda: self._file(call, records))

    def close_call(self) -> None:
        """See :class:`ui.ports.CallControl`."""
        call, self._call = self._call, None
        if call is not None:
            self._work("closing", call.close)

    def play(self, start_s: float, end_s: float, channel: str) -> None:
        """See :class:`ui.ports.CallControl`."""
        call = self._call
        if call is None or call.sound is None:
            return
        reader, side = call.sound, Channel(channel)
        span = int(max(0.0, start_s) * SAMPLE_RATE), int(end_s * SAMPLE_RATE)
        self._work("playing", lambda: self._parts.play_back.play(reader.read(side, *span)))

    def close(self) -> None:
        """End the call in order, write everything, let go of children and threads."""
        call, self._call = self._call, None
        if call is not None:
            call.close()
        for worker in self._workers:
            worker.join(10.0)
        self._parts.play_back.close()

    # -- starting -------------------------------------------------------------------------------------------

    def _start_sound(self, kind: str, title: str, source: AudioSource, realtime: bool) -> None:
        parts = self._parts
        if parts.speech is None:
            raise StartFault("call.models_missing")
        facts, clock = self._begin(kind, title), CaptureClock()
        recorder = sound.recorder(
            parts.home.sound / facts.id,
            facts.id,
            parts.personal.key.derive("sound"),
            source.channels,
            clock.now_ns,
            parts.settings().capture,
        )
        transcriber = live_transcriber(
            parts.speech,
            facts.id,
            recorder,
            parts.bus.publish,
            clock.now_ns,
            realtime=realtime,
            repair=parts.retriever.repair,
        )
        self._run(facts, clock.now_ns, SoundParts(source, recorder, transcriber, realtime))

    def _start_practice(self, name: str, speed: float) -> None:
        written = practice_calls.by_name(name)
        facts = self._begin("practice", written.title)
        player = PracticePlayer(facts.id, written, self._parts.bus.publish, display, speed, self.end)
        self._run(facts, lambda: int(player.now_s * 1e9), player)

    def _begin(self, kind: str, title: str) -> CallFacts:
        if self._call is not None:
            raise StartFault("call.busy")
        facts = CallFacts(str(ULID()), kind, title, self._parts.now().isoformat(timespec="seconds"))
        self._used, self._suggested, self._abusive = {}, {}, set()
        self._filed = False
        self._parts.bus.begin()
        self._parts.personal.store.begin_session(facts.id, facts.wall_time, facts.source, facts.title)
        return facts

    def _run(self, facts: CallFacts, now_ns: Callable[[], int], parts: SoundParts | PracticePlayer) -> None:
        settings = self._parts.settings().assist
        assist = LiveAssist(
            facts.id,
            now_ns,
            self._parts.bus.publish,
            Guide(self._parts.retriever, self._parts.deskbook.nudges, self._parts.deskbook.specials),
            Ladder(settings),
            FactCollector(),
            self._summarize,
            settings,
        )
        self._call = Call(facts, self._parts.bus.publish, assist, now_ns, parts)
        self._call.start()

    def _summarize(self, turns: Sequence[Turn], /) -> Draft:
        used, suggested = self._articles(self._used), self._articles(self._suggested)
        return summarize(turns, used, suggested=suggested, abusive=frozenset(self._abusive))

    def _articles(self, ids: Iterable[str]) -> list[Article]:
        # Only where the knowledge stands already: a draft never waits for it.
        if not self._parts.retriever.status.generation:
            return []
        found = (self._parts.deskbook.entry(article_id) for article_id in tuple(ids))
        return [article for article in found if article is not None]

    # -- events ---------------------------------------------------------------------------------------------

    def _on_final(self, event: TranscriptFinal) -> None:
        call = self._call
        if call is not None and call.facts.id == event.call_id:
            call.on_final(event)

    def _on_card(self, event: CardActed) -> None:
        if event.action is CardAction.USED:
            self._used[event.article_id] = None
        call = self._call
        question = event.question or self._suggested.get(event.article_id, "")
        if call is not None and call.facts.source != "practice" and question:
            self._work("learning", lambda: self._parts.deskbook.learn(question, event.article_id, event.action))

    def _on_suggestions(self, event: SuggestionsReady) -> None:
        self._suggested.update(dict.fromkeys((card.article_id for card in event.cards), event.question))

    def _on_abuse(self, event: AbuseSeen) -> None:
        if event.finding.label is not AbuseLabel.UNREASONABLE:
            self._abusive.add(event.turn)

    def _on_call_ended(self, event: CallEnded) -> None:
        self._parts.personal.store.end_session(event.call_id, event.duration_s)

    def _on_draft(self, event: DraftReady) -> None:
        if event.final and not self._filed:
            self._parts.personal.store.save_draft(event.call_id, event.draft.records)

    # -- on worker threads ----------------------------------------------------------------------------------

    def _escalate(self, call: Call, reason: EscalationReason) -> None:
        parts = self._parts
        pressed_ns = call.now_ns()
        events = parts.personal.store.events(call.facts.id)
        minutes = parts.settings().assist.clip_minutes
        pack = evidence.collect(call.facts, events, reason, call.sound, pressed_ns / 1e9, minutes)
        raised = parts.personal.escalations.escalate(
            call.facts.id, pressed_ns, reason, pack, practice=call.facts.source == "practice"
        )
        parts.bus.publish(raised)
        parts.personal.sender.wake()

    def _file(self, call: Call, records: tuple[CallRecord, ...]) -> None:
        version = self._parts.personal.store.file_records(call.facts.id, records)
        self._filed = True
        self._parts.bus.publish(
            RecordFiled(call_id=call.facts.id, t_ns=call.now_ns(), records=records, version=version)
        )

    def _file_gap(self, call: Call | None, gap_id: str, question: str) -> None:
        call_id, now_ns, practice = _place(call)
        turns = turns_in(self._parts.personal.store.events(call_id)) if call_id else ()
        gap = self._parts.deskbook.file_gap(gap_id, question, turns, call_id, practice=practice)
        self._parts.bus.publish(
            GapFiled(
                call_id=call_id,
                t_ns=now_ns,
                gap_id=gap_id,
                question=gap.question if gap else "",
                at_s=turns[-1].start if turns else 0.0,
            )
        )

    def _file_correction(
        self, call: Call | None, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str
    ) -> None:
        call_id, now_ns, practice = _place(call)
        made = self._parts.deskbook.file_correction(ident, article_id, title, kind, note, call_id, practice=practice)
        self._parts.bus.publish(
            CorrectionFiled(
                call_id=call_id,
                t_ns=now_ns,
                correction_id=ident,
                article_id=article_id,
                title=title,
                kind=kind,
                note=made.note,
                generation=made.generation,
            )
        )

    def _work(self, name: str, job: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                job()
            except Fault as fault:
                self._notice(fault)
            except Exception:
                _log.exception("%s failed", name)
                self._notice(StartFault("call.stage_failed", stage=name))

        worker = threading.Thread(target=guarded, name=name, daemon=True)
        self._workers = [thread for thread in self._workers if thread.is_alive()]
        self._workers.append(worker)
        worker.start()

    def _guarded(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Fault as fault:
            self._notice(fault)

    def _notice(self, fault: Fault) -> None:
        call = self._call
        self._parts.bus.publish(notice_of(fault, call.facts.id, call.now_ns()) if call else notice_of(fault))


def _place(call: Call | None) -> tuple[str, int, bool]:
    """Return the id of a call, its clock and whether it is practice; nothing without one."""
    return (call.facts.id, call.now_ns(), call.facts.source == "practice") if call else ("", 0, False)
