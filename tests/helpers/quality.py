"""Quality assurance between real desks and trainers' PCs in temporary homes, step by step and without threads of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import sound
from app.adapters.signing import DeskSigner
from app.adapters.sqlcipher import SqlCipherVault
from app.destinations import Destinations, quality_sender
from app.home import Home
from app.personal import desk_key, open_personal, seal_box
from app.qa import codec, draws, keys
from app.qa.post import RATING
from app.qa_side import DeskQuality, desk_quality, trainer_side
from app.settings import DeskSettings, QaSettings, RetentionSettings, Settings
from app.store import Store
from assist.events import CallHeld, CallStarted, TurnUpdated
from assist.model import CallRecord, Turn
from assist.review.model import (
    Answer,
    Draw,
    DrawnCall,
    Item,
    ItemScore,
    Letter,
    Rating,
    Rubric,
    SamplingPlan,
    Skill,
)
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, AudioBlock, Channel
from audio.settings import CaptureSettings
from tests.helpers.call_sound import BLOCK, pattern
from tests.helpers.personal import NOW

CANARY = "은행나무길칠십이번지"
"""Words of a call that may be nowhere in clear."""
RECORD = CallRecord("교통", "주정차", inquiry=(f"{CANARY} 앞 불법 주정차",), answer=("과태료 안내",))


class Clock:
    """A wall clock that is set."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


def trainer_keys_in(folder: Path) -> keys.TrainerCard:
    """Make the trainers' key and card."""
    return keys.make(folder, seal_box(), DeskSigner)


class QaDeskPc:
    """A counsellor's PC; ``DOUMI_KEY_MODE`` must be ``file``."""

    def __init__(
        self,
        folder: Path,
        exchange: str,
        card: Path | None,
        clock: Clock,
        code: str = "C-007",
        shift: bool = False,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self.clock = clock
        self.home = Home(root=folder, models=folder / "models")
        self.settings = Settings(
            qa=QaSettings(exchange=exchange, trainer_card=card, hold_days=20),
            desk=DeskSettings(counsellor_code=code),
            retention=RetentionSettings(mode="shift" if shift else "days"),
        )
        self.told: list[CallEvent] = []
        self._step = step
        self.open()

    def open(self) -> None:
        """Open it, again too."""
        home, step = self.home, self._step
        self.personal = open_personal(home, lambda: self.settings, self.told.append, now=self.clock)
        self.quality: DeskQuality = desk_quality(
            home, lambda: self.settings, self.personal, self.told.append, self.clock, step
        )
        destinations = Destinations(home, lambda: self.settings)
        self.sender = quality_sender(home, self.personal.store, destinations, step)

    @property
    def desk_id(self) -> str:
        return DeskSigner(self.personal.key.derive("sign")).desk_id

    @property
    def public_key(self) -> str:
        return DeskSigner(self.personal.key.derive("sign")).public_key

    def call(self, call_id: str = "call-1", source: str = "devices", filed: bool = True, seconds: float = 3.0) -> str:
        """Let a call be taken, recorded, filed where it is, and put away."""
        store, at = self.personal.store, self.clock()
        store.begin_session(call_id, at.isoformat(), source, "")
        texts = (f"{CANARY} 앞에 차가 있어요", "네 확인해 드리겠습니다")
        events: list[CallEvent] = [
            CallStarted(call_id=call_id, seq=1, t_ns=0, source=source, wall_time=at.isoformat()),
            *(
                TurnUpdated(
                    call_id=call_id,
                    seq=2 + n,
                    t_ns=n * 10**9,
                    turn=Turn(n, side, float(n), n + 0.8, text),
                )
                for n, (side, text) in enumerate(zip((Channel.CALLER, Channel.AGENT), texts, strict=True))
            ),
            CallHeld(call_id=call_id, seq=4, t_ns=2 * 10**9, held=True),
        ]
        for event in events:
            store.append(event)
        self._record(call_id, seconds)
        store.end_session(call_id, seconds)
        if filed:
            self.personal.filing.file(call_id, (RECORD,))
        self.quality.desk.put_away(call_id)
        store.flush()
        return call_id

    def _record(self, call_id: str, seconds: float) -> None:
        recorder = sound.recorder(
            self.home.sound / call_id,
            call_id,
            self.personal.key.derive("sound"),
            (Channel.AGENT, Channel.CALLER),
            lambda: 0,
            CaptureSettings(),
            lambda: 10**12,
        )
        for start in range(0, int(seconds * SAMPLE_RATE), BLOCK):
            for side in (Channel.AGENT, Channel.CALLER):
                recorder.write(AudioBlock(side, start, pattern(side, start, BLOCK)))
        recorder.close()

    def send(self) -> None:
        """Deliver what waits."""
        self.sender.retry_now()
        self.sender.round()

    def look(self) -> Any:
        """Look into the exchange."""
        return self.quality.desk.look()

    def close(self) -> None:
        self.quality.desk.close()
        self.personal.close()


class QaTrainerPc:
    """A trainer's PC."""

    def __init__(
        self,
        folder: Path,
        exchange: str,
        key: Path | None,
        clock: Clock,
        desks: Path | None = None,
        step: Callable[[str], None] = lambda name: None,
        store: Callable[..., Store] = Store,
    ) -> None:
        self.clock = clock
        self.home = Home(root=folder, models=folder / "models")
        self.settings = Settings(role="trainer", qa=QaSettings(exchange=exchange, desks=desks))
        self.store = store(SqlCipherVault(self.home.personal_db, desk_key(self.home).derive("db")), clock)
        self.answers: list[Answer] = []
        self.shared: list[Letter] = []
        settings = lambda: self.settings  # noqa: E731 - asked again each time
        self.side = trainer_side(self.home, self.store, settings, self._answer, self._shared, clock, step=step)
        if key is not None:
            self.side.keys.take(key)

    def _answer(self, answer: Answer) -> bool:
        self.answers.append(answer)
        return True

    def _shared(self, letter: Letter) -> bool:
        self.shared.append(letter)
        return True

    def look(self) -> Any:
        return self.side.inbox.look()

    def send(self) -> None:
        self.side.sender.retry_now()
        self.side.sender.round()

    def share(self, letter: Letter) -> None:
        """Tell the other trainers of a rating."""
        self.side.post.share_note(RATING, {"letter": json.loads(codec.dump(letter))}, lambda db: True)

    def draw(self, plan_id: str = "plan-1", title: str = "11월 정기", days: int = 30, new: bool = False) -> Draw:
        """Draw every call whose header is here; with ``new`` those alone that nobody drew before."""
        day = self.clock().date().isoformat()
        plan = SamplingPlan(plan_id, title, 7, day, day, 1)
        before = {call.header for kept in self.store.read(draws.kept_draws) for call in kept.draw.calls if new}
        found = [one.header for one in self.side.inbox.headers() if one.header.id not in before]
        calls = tuple(DrawnCall(header.id, header.counsellor, "") for header in found)
        draw = Draw(plan, calls, len(found), "0" * 64)
        self.side.post.send_draw(draw, self.clock().date() + timedelta(days=days))
        return draw

    def close(self) -> None:
        self.side.sender.close()
        self.store.close()


def with_exchange(settings: Settings, **changes: Any) -> Settings:
    """Return settings with another part of quality assurance changed."""
    return settings.model_copy(update={"qa": settings.qa.model_copy(update=changes)})


def a_letter(header: str, number: int = 1) -> Letter:
    """Return a submitted rating of a call as it goes to its counsellor."""
    rubric = Rubric("core", 1, "평가표", (Skill("kind", "친절", 1.0),), (Item("greets", "kind", "인사", 1.0, 2),))
    rating = Rating(
        id=f"01J{number:023}",
        call=header,
        counsellor="C-007",
        call_at="2026-11-22T10:00+00:00",
        rubric="core",
        rubric_version=1,
        rater="평가자",
        started_at="2026-11-22T11:00:00+00:00",
        submitted_at="2026-11-22T11:10:00+00:00",
        scores=(ItemScore("greets", 2),),
        note="친절했습니다",
    )
    return Letter(rating, rubric)
