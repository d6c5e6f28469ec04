"""What answers the first start, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audio.model import Channel, DeviceChoice, DeviceHealth, Levels
from resources.notices import Fault
from ui.first_start_ports import Heard, ModelAdvice, ModelMeasured, Privacy

ADVICE = ModelAdvice(
    (
        ModelMeasured("whisper-base", 145, 0.28, 0.97, True),
        ModelMeasured("whisper-small", 484, 0.91, 2.4, False),
    ),
    "whisper-base",
    True,
    "whisper-base",
)
PRIVACY = Privacy(
    "/home/desk/doumi",
    True,
    (("통화 소리", 90), ("대화", 90), ("상담 기록", 365)),
    False,
    "한빛시 기록물 관리 기준",
    ("악성 통화를 이관할 때 봉인한 증거를 전담팀에 보냅니다: https://team.example",),
)


class FakeTrial:
    """A trial that is over at once."""

    def __init__(self, choice: DeviceChoice, caller: str = "안녕하세요 다산콜입니다", fault: str = "") -> None:
        self.choice = choice
        self.caller = caller
        self.left = 0.0
        self.failed = fault
        self.played: list[Channel] = []
        self.ended = False
        self.closed = False

    def levels(self) -> Sequence[Levels]:
        return [Levels(Channel.AGENT, -18.0, -9.0), Levels(Channel.CALLER, -24.0, -12.0)]

    def health(self) -> dict[str, DeviceHealth]:
        return {"agent": DeviceHealth.OK, "caller": DeviceHealth.OK}

    def fault(self) -> str:
        return self.failed

    def left_s(self) -> float:
        return self.left

    def heard(self) -> Sequence[Heard]:
        silent = not self.caller
        return (
            Heard(Channel.AGENT, -16.0, "네 안녕하세요"),
            Heard(Channel.CALLER, -90.0 if silent else -22.0, self.caller),
        )

    def play(self, channel: Channel) -> None:
        self.played.append(channel)

    def end(self) -> None:
        self.ended = True

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeFirstStart:
    """Answers from memory."""

    trials: list[FakeTrial] = field(default_factory=list)
    imported: list[Path] = field(default_factory=list)
    fault: Fault | None = None
    caller: str = "안녕하세요 다산콜입니다"
    looked: int = 0
    stopped: int = 0
    advice: ModelAdvice = ADVICE
    names: tuple[str, ...] = ("whisper-base", "whisper-small")

    def try_sound(self, choice: DeviceChoice) -> FakeTrial:
        self.trials.append(FakeTrial(choice, self.caller))
        return self.trials[-1]

    def import_knowledge(self, file: Path, progress: Callable[[float], None]) -> str:
        if self.fault is not None:
            raise self.fault
        progress(0.5)
        self.imported.append(file)
        return "168건을 가져왔습니다."

    def look_for_release(self) -> None:
        self.looked += 1

    def models(self) -> Sequence[str]:
        return self.names

    def measure(self, progress: Callable[[str], None]) -> ModelAdvice:
        if self.fault is not None:
            raise self.fault
        for name in self.names:
            progress(name)
        return self.advice

    def stop(self) -> None:
        self.stopped += 1

    def privacy(self) -> Privacy:
        return PRIVACY
