"""A call run again, for windows: rows of every part, and a run that waits to be let go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from resources.notices import Fault
from ui.replay.then_now_ports import Basis, Compared, ComparedPart, ThenNow

ROWS = (
    Compared(ComparedPart.TEXT, 2.0, ("네 상담사입니다",), ("네 상담사입니다",), True, "agent"),
    Compared(
        ComparedPart.TEXT,
        12.0,
        ("집 앞에 새워둔 차를 신고하고 싶은데요",),
        ("집 앞에 세워둔 차를 신고하고 싶은데요",),
        False,
        "caller",
    ),
    Compared(
        ComparedPart.CARD,
        12.0,
        ("불법 주정차 신고", "안전신문고 앱으로 사진을 두 장 찍어 신고합니다."),
        ("불법 주정차 신고", "안전신문고 앱으로 사진을 세 장 찍어 신고합니다."),
        False,
        then_ids=("k1",),
        now_ids=("k1",),
    ),
    Compared(ComparedPart.LABEL, 40.0, ("profanity:2",), (), False, "caller"),
    Compared(ComparedPart.NUMBER, 62.0, (), ("010-1234-5678",), False, "caller", "phone"),
    Compared(ComparedPart.DRAFT, 95.0, ("과태료 안내",), ("과태료와 신고 방법 안내",), False, field="0.answer"),
)
BASIS = Basis("whisper-base", "", 3, 7, "2026-11-20.xlsx", "release", True)


class FakeThenNow:
    """Fills :class:`ui.replay.then_now_ports.ThenNowServices`."""

    def __init__(self, models: Sequence[str] = ("whisper-base",), sound: bool = True) -> None:
        self._models, self._sound = models, sound
        self.asked: list[str] = []
        self.go = threading.Event()
        self.go.set()
        self.stopped = False

    @property
    def has_sound(self) -> bool:
        return self._sound

    def models(self) -> Sequence[str]:
        return self._models

    def run(self, model: str, progress: Callable[[float], None]) -> ThenNow:
        self.asked.append(model)
        progress(0.5)
        assert self.go.wait(30)
        if self.stopped:
            raise Fault("rerun.stopped")
        return ThenNow(ROWS, BASIS)

    def stop(self) -> None:
        self.stopped = True
        self.go.set()

    def close(self) -> None:
        self.stop()
