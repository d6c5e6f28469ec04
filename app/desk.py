"""The running desk: one call at a time, from start to put away. Fills :class:`ui.call_ports.CallControl`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ulid import ULID

from app import practice_calls, sound
from app.access_log import Action
from app.call import Call, CallFacts, CallPlayer, CaptureClock, SoundParts
from app.call_draft import CallDraft
from app.call_notes import CallNotes
from app.clock_state import clock_sync
from app.desk_parts import DeskParts
from app.desk_work import DeskWork
from app.disk_room import DiskRoom
from app.ending import EndingCall, Endings
from app.errors import StartFault, StoreFault
from app.incident_rows import Press
from app.late_sound import LateSound
from app.notice import notice_of
from app.practice import PracticePlayer
from app.rephrasing import BetterDraft
from app.speech import live_transcriber
from assist.events import (
    AbuseSeen,
    ArsPathKnown,
    CallEnded,
    CallerKnown,
    CardActed,
    DraftReady,
    RecordFiled,
    SuggestionsReady,
)
from assist.facts import FactCollector
from assist.guide import Guide
from assist.live import LiveAssist
from assist.model import (
    REHEARSED,
    CallRecord,
    CardAction,
    CorrectionKind,
    CrisisKind,
    EscalationReason,
    LineAction,
    Script,
)
from assist.numbers import display
from assist.protect.crisis_watch import CrisisHelp
from assist.protect.ladder import Ladder
from audio.events import CallEvent, TranscriptFinal
from audio.model import SAMPLE_RATE, Channel, DeviceChoice
from audio.ports import AudioSource
from resources.notices import Fault
from ui.call_ports import CallStanding


class Desk:
    """Begins, steers and ends calls.

    Thread: methods on the Qt main thread (or the terminal's); they hand off and return. Faults become notices.
    """

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._call: Call | None = None
        self._draft = CallDraft(parts.deskbook, parts.retriever)
        self._notes = CallNotes(parts.bus, parts.personal.store, parts.deskbook)
        self._works = DeskWork(self._notice)
        self._work = self._works.start
        self._filed, self._edited = False, ""
        self._better = BetterDraft(parts.rephrasing, parts.bus, self._draft, self._work)
        self._endings = Endings(parts.bus, parts.line)
        self._late = LateSound(parts.bus.publish)
        bus = parts.bus
        bus.subscribe(CallEvent, parts.personal.store.append)
        bus.subscribe(TranscriptFinal, self._on_final)
        bus.subscribe(CardActed, self._on_card)
        bus.subscribe(SuggestionsReady, self._draft.on_suggestions)
        bus.subscribe(AbuseSeen, self._draft.on_abuse)
        bus.subscribe(CallerKnown, self._on_caller)
        bus.subscribe(ArsPathKnown, self._on_ars)
        bus.subscribe(CallEnded, self._on_call_ended)
        bus.subscribe(DraftReady, self._on_draft)

    @property
    def call(self) -> Call | None:
        """The open call, if any."""
        return self._call

    def in_use(self) -> frozenset[str]:
        """Return the calls that are open, in their wrap-up too, or whose sound still waits for the disk."""
        call = self._call
        return self._late.call_ids() | ({call.facts.id} if call is not None else set())

    def flush(self) -> None:
        """Wait until everything so far is saved. Raises StoreFault when text or sound cannot be."""
        self._parts.personal.store.flush()
        if self._late.waiting_s():
            raise StoreFault("store.sound_waits", seconds=round(self._late.waiting_s()))

    def start_devices(self, choice: DeviceChoice) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        self._guarded(
            lambda: self._start_sound("devices", "", sound.device_source(choice, self._parts.settings().capture), True)
        )

    def start_file(self, file: Path, realtime: bool) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        self._guarded(lambda: self._start_sound("file", file.name, sound.file_source(file, realtime), realtime))

    def start_practice(self, name: str, speed: float = 1.0) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        self._guarded(lambda: self._start_practice(name, speed))

    def set_paused(self, paused: bool) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.set_paused(paused)

    def set_held(self, held: bool) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.set_held(held)

    def ars_path(self, path: tuple[str, ...]) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if (tell := self._parts.ars.take(path)) is not None:
            self._work("ars", tell)

    def standing(self) -> CallStanding:
        """See :class:`ui.call_ports.CallControl`."""
        call = self._call
        return CallStanding(call.facts.id, call.facts.source, call.live, call.held) if call else CallStanding()

    def set_language(self, channel: str, language: str) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.set_language(Channel(channel), language)

    def mark(self) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.mark()

    def end(self) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.end()

    def card_acted(self, article_id: str, title: str, action: CardAction, question: str = "") -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.card_acted(article_id, title, action, question)

    def cards_shown(self, turn: int, article_ids: tuple[str, ...]) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.cards_shown(turn, article_ids, self._parts.retriever.status.origin)

    def file_gap(self, gap_id: str, question: str) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        call = self._call
        self._work("gap", lambda: self._notes.gap(call, gap_id, question))

    def file_correction(self, ident: str, article_id: str, title: str, kind: CorrectionKind, note: str) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        call = self._call
        self._work("correction", lambda: self._notes.correction(call, ident, article_id, title, kind, note))

    def warning_given(self, script: Script) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.warning_given(script)

    def note_handover(self, kind: CrisisKind) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.note_handover(kind)

    def handover_revealed(self) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._parts.personal.store.log_soon(Action.REVEAL, self._call.facts.id, "handover")

    def escalate(self, reason: EscalationReason) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        call = self._call
        if call is None:
            self._notice(StartFault("call.none"))
            return
        parts, facts = self._parts, call.facts
        press = Press(facts.id, call.now_ns(), parts.now(), reason, facts.source in REHEARSED, clock_sync())
        self._work("escalation", lambda: parts.personal.evidence.press(press))
        self._endings.escalated(reason.situation)

    def choose_situation(self, situation: str) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._call.choose_situation(situation)

    def act_on_line(self, action: LineAction) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        self._endings.act(action)

    def confirm_line(self, action: LineAction) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        self._endings.confirm(action)

    def caller_number(self, text: str, for_next: bool = False) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        after = self._parts.caller.begun if for_next else None
        self._work("caller", lambda: self._parts.caller.take(text, after))

    def save_draft(self, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        if self._call is not None:
            self._better.touched()
            self._edited = self._call.facts.id
            self._parts.personal.store.save_draft(self._call.facts.id, records)

    def file_record(self, records: tuple[CallRecord, ...]) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        call = self._call
        if call is None:
            self._notice(StartFault("call.none"))
            return
        self._work("filing", lambda: self._file(call, records))

    def close_call(self) -> None:
        """See :class:`ui.call_ports.CallControl`."""
        call, self._call = self._call, None
        if call is not None:
            self._better.touched()
            self._parts.caller.put_away()
            self._parts.ars.ended()
            self._work("closing", lambda: self._put_away(call))

    def play(self, start_s: float, end_s: float, channel: str) -> None:
        """See :class:`ui.call_ports.CallControl`."""
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
        self._endings.close()
        self._works.wait()
        self._late.close()
        self._parts.play_back.close()

    # -- starting -------------------------------------------------------------------------------------------

    def _start_sound(self, kind: str, title: str, source: AudioSource, realtime: bool) -> None:
        parts = self._parts
        if parts.speech is None:
            raise StartFault("call.models_missing")
        capture = parts.settings().capture
        room = DiskRoom(parts.home.sound, capture.disk_reserve_mb)
        facts, clock = self._begin(kind, title), CaptureClock()
        recorder = sound.recorder(
            parts.home.sound / facts.id,
            facts.id,
            parts.personal.key.derive("sound"),
            source.channels,
            clock.now_ns,
            capture,
            room.free_bytes,
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
        watched = room, capture.disk_low_minutes, parts.now
        self._run(facts, clock.now_ns, SoundParts(source, recorder, transcriber, realtime, *watched))

    def _start_practice(self, name: str, speed: float) -> None:
        written, publish = practice_calls.by_name(name), self._parts.bus.publish
        self.start_played(
            "practice", written.title, lambda ident: PracticePlayer(ident, written, publish, display, speed, self.end)
        )

    def start_played(self, source: str, title: str, player_of: Callable[[str], CallPlayer]) -> str:
        """Begin a call that nobody rings for, played by what ``player_of`` makes of its id. Returns the id.

        Raises:
            StartFault: A call is open.
        """
        facts = self._begin(source, title)
        player = player_of(facts.id)
        self._run(facts, lambda: int(player.now_s * 1e9), player)
        return facts.id

    def _begin(self, kind: str, title: str) -> CallFacts:
        if self._call is not None:
            raise StartFault("call.busy")
        facts = CallFacts(str(ULID()), kind, title, self._parts.now().isoformat(timespec="milliseconds"))
        self._better.begin(facts.id)
        self._filed = False
        self._parts.bus.begin(facts.id)
        self._parts.personal.store.begin_session(facts.id, facts.wall_time, facts.source, facts.title)
        return facts

    def _run(self, facts: CallFacts, now_ns: Callable[[], int], parts: SoundParts | CallPlayer) -> None:
        settings, scripts = self._parts.settings().assist, self._parts.scripts.now()
        practice = facts.source in REHEARSED
        assist = LiveAssist(
            facts.id,
            now_ns,
            self._parts.bus.publish,
            Guide(self._parts.retriever, self._parts.deskbook.nudges, self._parts.deskbook.specials),
            Ladder(settings, scripts),
            FactCollector(),
            self._draft.summarize,
            settings,
            CrisisHelp(self._parts.crisis_guide.now(), self._parts.centres, facts.wall_time, practice),
        )
        call = Call(facts, self._parts.bus.publish, assist, now_ns, parts)
        call.on_unwritten = lambda recorder: self._late.keep(facts.id, recorder)
        call.on_ended = lambda: self._parts.personal.evidence.call_ended(facts.id)
        self._parts.personal.evidence.call_began(facts.id, call.sound)
        self._call = call
        self._endings.begin(EndingCall(facts.id, practice, now_ns, scripts, settings, call.warning_given, call.end))
        call.start()
        if (tell := self._parts.caller.begin(facts.id, now_ns, practice)) is not None:
            self._work("caller", tell)
        if (tell := self._parts.ars.begin(facts.id, now_ns, practice)) is not None:
            self._work("ars", tell)
        faults = (self._parts.scripts.fault(), self._parts.crisis_guide.fault(), self._parts.ars.menus.fault())
        for fault in filter(None, faults):
            self._parts.bus.publish(notice_of(fault, facts.id, now_ns(), "warning"))

    # -- events ---------------------------------------------------------------------------------------------

    def _on_final(self, event: TranscriptFinal) -> None:
        call = self._call
        if call is not None and call.facts.id == event.call_id:
            call.on_final(event)

    def _on_card(self, event: CardActed) -> None:
        self._draft.on_card(event)
        call = self._call
        question = event.question or self._draft.question_for(event.article_id)
        if call is not None and call.facts.source not in REHEARSED and question:
            self._work("learning", lambda: self._parts.deskbook.learn(question, event.article_id, event.action))

    def _on_caller(self, event: CallerKnown) -> None:
        call = self._call
        if call is not None and call.facts.id == event.call_id:
            call.caller_known(event)

    def _on_ars(self, event: ArsPathKnown) -> None:
        call = self._call
        if call is not None and call.facts.id == event.call_id:
            hint = self._parts.ars.hint(event.path)
            self._draft.on_ars(hint)
            call.ars_known(hint)

    def _on_call_ended(self, event: CallEnded) -> None:
        self._parts.personal.store.end_session(event.call_id, event.duration_s)
        self._parts.caller.ended()
        self._parts.ars.ended()

    def _on_draft(self, event: DraftReady) -> None:
        # What the counsellor has edited stays: the form takes a late draft in field by field and keeps it again.
        if event.final and not self._filed and event.call_id != self._edited:
            self._parts.personal.store.save_draft(event.call_id, event.draft.records)

    def _put_away(self, call: Call) -> None:
        call.close()
        self._parts.put_away(call.facts.id)

    def _file(self, call: Call, records: tuple[CallRecord, ...]) -> None:
        version = self._parts.personal.filing.file(call.facts.id, records)
        self._filed = True
        filed = RecordFiled(call_id=call.facts.id, t_ns=call.now_ns(), records=records, version=version)
        self._parts.bus.publish(filed)

    def _guarded(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Fault as fault:
            self._notice(fault)

    def _notice(self, fault: Fault) -> None:
        call = self._call
        self._parts.bus.publish(notice_of(fault, call.facts.id, call.now_ns()) if call else notice_of(fault))
