"""A call that the telephone leads: held sound is silence and time goes on; an ARS path waits for its call."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from app.ars_desk import ArsDesk, SiteMenus
from app.call import Call, CallFacts, SoundParts
from app.caller_desk import HOLD_S
from assist.events import ArsPathKnown, CallHeld, ListeningPaused
from audio.events import CallEvent, LanguageOffered
from audio.model import AudioBlock, Channel, DeviceHealth

FACTS = CallFacts("call-1", "devices", "", "2026-11-22T10:00:00+09:00")


class Line:
    """Source, recorder and recognition in one: what goes in and what was kept of it."""

    notice_code = None
    warning = None
    on_fault: object = None

    def __init__(self) -> None:
        self.channels = (Channel.CALLER,)
        self._blocks: queue.SimpleQueue[AudioBlock | None] = queue.SimpleQueue()
        self.kept: list[bool] = []
        self.heard: list[bool] = []
        self.came = threading.Semaphore(0)
        self._at = 0

    def speak(self) -> None:
        """Send one loud block and wait until it was kept."""
        pcm = np.full(1600, 900, np.int16)
        self._blocks.put(AudioBlock(Channel.CALLER, self._at, pcm))
        self._at += len(pcm)
        assert self.came.acquire(timeout=30)

    def blocks(self) -> Iterator[AudioBlock]:
        yield from iter(self._blocks.get, None)

    def health(self) -> dict[Channel, DeviceHealth]:
        return {}

    def facts(self) -> dict[Channel, object]:
        return {}

    def gaps(self) -> tuple[()]:
        return ()

    def restarts(self) -> int:
        return 0

    def write(self, block: AudioBlock) -> None:
        self.kept.append(bool(block.pcm.any()))

    def unwritten_s(self) -> float:
        return 0.0

    def feed(self, block: AudioBlock) -> None:
        self.heard.append(bool(block.pcm.any()))
        self.came.release()

    def finish(self) -> None:
        pass

    def finish_words(self) -> None:
        pass

    def close(self) -> None:
        self._blocks.put(None)


class Assist:
    """The help, which has nothing to say."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_: None


def test_while_held_silence_is_recorded_and_a_pause_of_the_counsellors_outlives_it() -> None:
    line, events, at = Line(), list[CallEvent](), [0]
    sound = SoundParts(cast("Any", line), cast("Any", line), cast("Any", line))
    call = Call(FACTS, events.append, cast("Any", Assist()), lambda: at[0], sound)
    call.start()
    line.speak()
    for held in (True, True, False, False):
        at[0] += 60_000_000_000
        call.set_held(held)
        line.speak()
    call.set_paused(True)
    call.set_held(True)
    call.set_held(False)
    line.speak()
    call.set_paused(False)
    line.speak()
    call.close()
    call.set_held(True)
    assert line.kept == line.heard == [True, False, False, True, True, False, True]
    told = [event for event in events if isinstance(event, CallHeld | ListeningPaused)]
    assert [getattr(event, "held", None) for event in told] == [True, False, None, True, False, None]
    assert [event.t_ns for event in told[:2]] == [60_000_000_000, 180_000_000_000], "time goes on"
    assert (call.live, call.held) == (False, False)


class Rig:
    def __init__(self, file: Path | None = None) -> None:
        self.events: list[CallEvent] = []
        self.at = 0.0
        self.desk = ArsDesk(SiteMenus(lambda: file), self.events.append, lambda: self.at)

    def begin(self, practice: bool = False) -> None:
        tell = self.desk.begin("call-1", lambda: 5, practice)
        if tell is not None:
            tell()

    def take(self, *path: str) -> None:
        tell = self.desk.take(path)
        if tell is not None:
            tell()

    def known(self) -> list[tuple[tuple[str, ...], str]]:
        return [(event.path, event.category) for event in self.events if isinstance(event, ArsPathKnown)]


def test_a_path_waits_for_its_call_and_is_told_once() -> None:
    rig = Rig()
    rig.take("교통")
    rig.begin()
    rig.take("교통")
    rig.take()
    assert rig.known() == [(("교통",), "교통")]
    rig.take("교통", "외국어", "중국어")
    offered = [event for event in rig.events if isinstance(event, LanguageOffered)]
    assert [(event.channel, event.language) for event in offered] == [(Channel.CALLER, "zh")]
    rig.desk.ended()
    rig.take("상하수도")  # rings while the record is written
    assert len(rig.known()) == 2
    rig.begin()
    assert rig.known()[-1] == (("상하수도",), "환경")


@pytest.mark.parametrize("how", ["too late", "taken back", "practice"])
def test_a_path_that_is_nobodys_goes_nowhere(how: str) -> None:
    rig = Rig()
    rig.take("교통")
    if how == "too late":
        rig.at += HOLD_S + 1
    elif how == "taken back":
        rig.take()
    rig.begin(practice=how == "practice")
    assert rig.events == []
