"""A desk that takes presses and makes real packs: encrypted database, sealed recording, FLAC, Ed25519, age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from app.adapters.age_box import AgeBox
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.bus import EventBus
from app.escalation import Escalations
from app.evidence import EvidenceMaker
from app.evidence_desk import EvidenceDesk
from app.incident_rows import Press
from app.sound import flac_clip, recorder, saved_sound
from assist.events import AbuseSeen, EscalationRaised, LineActed, TurnUpdated, WarningGiven
from assist.model import (
    AbuseFinding,
    AbuseLabel,
    EscalationReason,
    LineAction,
    LineMeans,
    Script,
    Turn,
)
from audio.events import AudioGap, CallEvent, SideMeasured
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from kb.model import TextSpan
from tests.helpers.personal import KEY, home_in, open_store

SOUND_KEY = bytes(range(32, 64))
STARTED = datetime.fromisoformat("2026-11-22T10:00:00.000+09:00")
REASON = EscalationReason("profanity", (AbuseLabel.PROFANITY,), "반복")
LATER_REASON = EscalationReason("threat", (AbuseLabel.THREAT,), "찾아오겠다고 함")
SCRIPT = Script("profanity.warning", "profanity", "욕설을 계속하시면 통화를 끝내겠습니다.")
FINAL = Script("profanity.final", "profanity", "욕설이 이어져 통화를 끝냅니다.", is_final=True)
NS = 1_000_000_000


def escalate(
    escalations: Escalations,
    call_id: str,
    t_ns: int,
    reason: EscalationReason,
    parts: Mapping[str, bytes],
    practice: bool = False,
    at: datetime = STARTED,
) -> EscalationRaised:
    """Press and seal ``parts`` as the first pack at once, for tests of what comes after."""
    raised = escalations.press(Press(call_id, t_ns, at, reason, practice))
    for job in escalations.unmade():
        if job.pack_id == raised.pack_id:
            escalations.fill(job, parts)
    return raised


def turn(
    index: int, start: float, text: str, speaker: Channel = Channel.CALLER, call_id: str = "call-1"
) -> TurnUpdated:
    return TurnUpdated(
        call_id=call_id, seq=0, t_ns=int((start + 2) * NS), turn=Turn(index, speaker, start, start + 1.5, text)
    )


def abuse(turn_index: int, at_s: float, call_id: str = "call-1") -> AbuseSeen:
    finding = AbuseFinding(AbuseLabel.PROFANITY, (AbuseLabel.PROFANITY, AbuseLabel.INSULT), 2, (TextSpan(0, 3),), 0.4)
    return AbuseSeen(
        call_id=call_id,
        t_ns=int(at_s * NS),
        turn=turn_index,
        finding=finding,
        script=SCRIPT,
        warnings_given=0,
        warnings_allowed=1,
    )


def story(call_id: str = "call-1") -> list[CallEvent]:
    """An abusive call of 40 seconds, by time: abuse at 20, a warning at 24, the notice at 30, the end at 40."""
    return [
        SideMeasured(
            call_id=call_id, t_ns=0, channel=Channel.AGENT, device="헤드셋", rate=48_000, opened=1, drift_samples=0
        ),
        SideMeasured(
            call_id=call_id, t_ns=0, channel=Channel.CALLER, device="전화", rate=8_000, opened=1, drift_samples=32
        ),
        turn(0, 2, "여보세요 제 번호는 010-9876-5432입니다", call_id=call_id),
        AudioGap(call_id=call_id, t_ns=6 * NS, channel=Channel.CALLER, start=5 * SAMPLE_RATE, n_samples=1_600),
        turn(1, 20, "병신아 빨리 해", call_id=call_id),
        abuse(1, 22, call_id),
        turn(2, 23, "욕설은 삼가 주세요", Channel.AGENT, call_id),
        WarningGiven(call_id=call_id, t_ns=24 * NS, script=SCRIPT, count=1),
        LineActed(
            call_id=call_id,
            t_ns=30 * NS,
            action=LineAction.NOTICE,
            means=LineMeans.PERSON,
            ok=True,
            ms=12,
            script=FINAL,
        ),
    ]


class PressDesk:
    """Everything from the press to the sealed pack, in a temporary home; packs are made by :meth:`make`."""

    def __init__(self, folder: Path) -> None:
        self.home = home_in(folder)
        self.key: Path | None = None
        self.clock = STARTED + timedelta(seconds=32)
        self.box = AgeBox()
        self.verifier = Ed25519Verifier()
        self.signer = DeskSigner(KEY)
        self.bus = EventBus()
        self.heard: list[CallEvent] = []
        self.bus.subscribe(CallEvent, self.heard.append)
        self.store = open_store(self.home)
        self.bus.subscribe(CallEvent, self.store.append)
        self.escalations = Escalations(
            self.home, self.store, self.box, lambda: self.key, lambda: self.clock, self.bus.number
        )
        self.maker = EvidenceMaker(
            self.store,
            lambda call_id: self.desk.sound(call_id),
            flac_clip,
            self.signer,
            lambda: 5.0,
            lambda: self.clock,
            lambda: {"profanity": "욕설", "threat": "협박"},
        )
        self.ready = 0
        self.desk = EvidenceDesk(self.escalations, self.maker, self.saved, self.bus.publish, self._pack_ready, 0.01)

    def saved(self, call_id: str):
        return saved_sound(self.home.sound / call_id, SOUND_KEY)

    def begin(self, call_id: str = "call-1", source: str = "devices") -> None:
        self.bus.begin(call_id)
        self.store.begin_session(call_id, STARTED.isoformat(timespec="milliseconds"), source, "")

    def call(self, call_id: str = "call-1", seconds: int = 40, events: Sequence[CallEvent] | None = None) -> None:
        """An open call as far as its press: recording on disk, events in the log."""
        self.begin(call_id)
        self.record(call_id, seconds)
        self.desk.call_began(call_id, None)
        for event in story(call_id) if events is None else events:
            self.bus.publish(event)

    def record(self, call_id: str, seconds: int) -> None:
        """Write a recording in which a tone starts at second 20."""
        made = recorder(self.home.sound / call_id, call_id, SOUND_KEY, tuple(Channel), lambda: 0, CaptureSettings())
        noise = np.random.default_rng(5)
        for second in range(seconds):
            for channel in Channel:
                level = 3_000 if second == 20 else 30
                pcm = noise.integers(-level, level, SAMPLE_RATE).astype(np.int16)
                made.write(AudioBlock(channel, second * SAMPLE_RATE, pcm))
        made.close()

    def press(
        self, t_s: float = 32.0, reason: EscalationReason = REASON, call_id: str = "call-1", practice: bool = False
    ) -> EscalationRaised:
        return self.desk.press(Press(call_id, int(t_s * NS), self.clock, reason, practice, "unknown"))

    def hang_up(self, call_id: str = "call-1", duration_s: float = 40.0) -> None:
        self.store.end_session(call_id, duration_s)
        self.store.flush()
        self.desk.call_ended(call_id)

    def make(self) -> None:
        """Do what the thread would do now."""
        self.desk.round()

    def close(self) -> None:
        self.store.close()

    def _pack_ready(self) -> None:
        self.ready += 1
