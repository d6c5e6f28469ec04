"""Plays a saved call: one thread reads, cuts and stretches its sound, feeds an output and knows what is being heard.

The position is never counted from what was sent: it is what the output says was heard, mapped back through the line
that was played (:mod:`app.replay.line`). A call without sound, or a PC without an output, plays on a silent clock.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from app.replay.line import PlayLine, Span, silences
from app.replay.open_call import OpenReplay
from app.replay.output import LOST, Heard, SilentOutput, SoundOutput
from app.replay.render import Renderer, TimeStretch
from audio.errors import DeviceFault
from audio.model import SAMPLE_RATE, Channel, Pcm
from resources.notices import Fault, sentence
from ui.replay.ports import PlayState

_log = logging.getLogger(__name__)

SLOWEST: Final = 0.5
FASTEST: Final = 3.0
_PIECE: Final = SAMPLE_RATE // 10
_AHEAD: Final = SAMPLE_RATE
"""Output frames that wait for the device: what a stall of the desk may last unheard."""
_TICK_S: Final = 0.03
_CHECK_S: Final = 5.0
_TRUSTED_NS: Final = 300_000_000
"""How long the position goes on by itself without hearing from the output."""
_LEGS: Final = 8
"""Runs that may be on their way to the ear at a time."""
_AT_END_S: Final = 0.05
_ENDS_WITHIN_S: Final = 1.0
_HEARD_OUT_NS: Final = 1_000_000_000
"""How long after a pause what the device had may still be heard."""
_ROUNDED: Final = 4
"""Frames that an output at another rate may round away."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """How it is to be played."""

    speed: float = 1.0
    skip: bool = False
    loop: Span | None = None
    sides: frozenset[Channel] = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class _Leg:
    """One run: a line at a speed."""

    run: int
    line: PlayLine
    speed: float
    sought: bool
    """It begins where the user went to; until it is heard, that place is the position."""

    def at_s(self, frame: float) -> float:
        """Return the second of the call that is heard at an output frame."""
        whole, part = divmod(max(0.0, frame) * self.speed, 1.0)
        return (self.line.at(int(whole)) + part) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class _Shown:
    """What :meth:`SavedCallPlayer.state` is made of; replaced whole."""

    legs: tuple[_Leg, ...]
    """The runs that may still be heard, the newest last; none: nothing plays."""
    heard: Heard
    place_s: float
    """Where it stands while nothing of a leg is heard."""
    fault: str = ""

    def at_s(self, now_ns: int) -> float:
        """Return the second of the call that is being heard."""
        leg = next((leg for leg in self.legs if leg.run == self.heard.run), None)
        if leg is None or any(one.sought and one.run > leg.run for one in self.legs):
            return self.place_s
        frame = self.heard.frame
        if self.heard.moving:
            frame += min(max(0, now_ns - self.heard.at_ns), _TRUSTED_NS) * SAMPLE_RATE / 1e9
        return leg.at_s(min(frame, self.heard.limit))


class SavedCallPlayer:
    """Fills :class:`ui.replay.ports.ReplayPlayer`.

    Thread: ``replay`` plays, from the first :meth:`play` to :meth:`close`; the methods only hand over wishes.
    """

    def __init__(
        self,
        call: OpenReplay,
        output: Callable[[], SoundOutput],
        stretch: TimeStretch,
        clock: Callable[[], int] = time.perf_counter_ns,
        hindrance: Callable[[], Fault | None] = lambda: None,
    ) -> None:
        """Start nothing yet.

        Args:
            call: What is played.
            output: Makes the output; asked at the first playing, only where the call has sound.
            stretch: For other speeds than 1.
            clock: Monotonic nanoseconds, the same in all processes.
            hindrance: Returns why nothing may be played now, e.g. a call on this desk; None: it may. Cheap.
        """
        self._call, self._make_output, self._stretch, self._clock = call, output, stretch, clock
        self._hindrance = hindrance
        self._end = round(call.facts.duration_s * SAMPLE_RATE)
        self._end_s = self._end / SAMPLE_RATE
        self._silences = silences(call.events, self._end)
        self._woken = threading.Condition()
        self._wish = _Wish()
        self._wanted_place: int | None = None
        self._wanted_play = False
        self._changed = False
        self._closing = False
        self._shown = _Shown((), Heard(-1, 0.0, clock(), False, 0, 0), 0.0)
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        # Of the thread alone.
        self._output: SoundOutput | None = None
        self._legs: deque[_Leg] = deque(maxlen=_LEGS)
        self._renderer: Renderer | None = None
        """None: it rests."""
        self._run = 0
        self._fed = 0
        self._checked_ns = 0
        self._rests_ns = 0

    # -- wishes, main thread --------------------------------------------------------------------------------

    def play(self) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        with self._woken:
            if self._closing or self._wanted_play:
                return
            if self._wish.loop is None and self.state().at_s >= self._end_s - _AT_END_S:
                self._wanted_place = 0
            self._wanted_play = True
            self._shown = replace(self._shown, fault="")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="replay", daemon=True)
                self._thread.start()
            self._woken.notify()

    def pause(self) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        with self._woken:
            self._wanted_play = False
            self._woken.notify()

    def seek(self, at_s: float) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        with self._woken:
            self._wanted_place = min(max(0, round(at_s * SAMPLE_RATE)), self._end)
            self._woken.notify()

    def set_speed(self, speed: float) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`. Kept to 0.5 to 3, in steps of a hundredth."""
        self._change(speed=round(min(max(speed, SLOWEST), FASTEST), 2))

    def set_skip_silence(self, wanted: bool) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        self._change(skip=wanted)

    def set_loop(self, span: tuple[float, float] | None) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        loop = None if span is None else (round(min(span) * SAMPLE_RATE), round(max(span) * SAMPLE_RATE))
        self._change(loop=loop)

    def set_sides(self, agent: bool, caller: bool) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        wanted = {Channel.AGENT: agent, Channel.CALLER: caller}
        self._change(sides=frozenset(side for side in Channel if wanted[side]))

    def state(self) -> PlayState:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        wanted, shown = self._wanted_place, self._shown
        place_s = wanted / SAMPLE_RATE if wanted is not None else shown.at_s(self._clock())
        return PlayState(min(place_s, self._end_s), self._wanted_play, self._wish.speed, shown.fault)

    def close(self) -> None:
        """See :class:`ui.replay.ports.ReplayPlayer`."""
        with self._woken:
            self._closing = True
            self._woken.notify()
        if self._thread is not None:
            self._done.wait(_ENDS_WITHIN_S)  # nothing of the call is read after this; the child ends by itself

    def _change(self, **wish: Any) -> None:
        with self._woken:
            wanted = replace(self._wish, **wish)
            if wanted != self._wish:
                self._wish, self._changed = wanted, True
                self._woken.notify()

    # -- the thread -----------------------------------------------------------------------------------------

    def _work(self) -> None:
        try:
            while True:
                with self._woken:
                    if not self._closing and not self._has_wish():
                        at_work = self._renderer is not None or self._heard_out()
                        self._woken.wait(_TICK_S if at_work else None)
                    if self._closing:
                        return
                self._step()
        except Exception:
            _log.exception("replay stage failed")
            with self._woken:
                self._wanted_play = False
                self._shown = replace(self._shown, fault=sentence("replay.player_failed"))
        finally:
            self._done.set()
            if self._output is not None:
                self._output.close()

    def _heard_out(self) -> bool:
        """Return whether what the device had at the last pause may still be heard."""
        return self._clock() < self._rests_ns

    def _has_wish(self) -> bool:
        playing = self._renderer is not None
        return self._wanted_place is not None or self._wanted_play != playing or (playing and self._changed)

    def _step(self) -> None:
        try:
            self._obey()
            if self._renderer is not None:
                self._check()
                self._feed(self._renderer)
            elif self._heard_out() and self._output is not None:
                self._shown = replace(self._shown, heard=self._output.feed(self._run, None))
        except Fault as fault:
            self._failed(fault)

    def _obey(self) -> None:
        """Take what is wished; begin a new run where that changes what is to be heard."""
        with self._woken:
            wish, place, play = self._wish, self._wanted_place, self._wanted_play
            changed, self._changed = self._changed, False
        playing = self._renderer is not None
        if play and (place is not None or changed or not playing):
            if not playing:
                self._check()
                self._choose_output()
            if place is not None:
                self._begin(place, wish, sought=True)
            else:
                self._go_on(wish)
        elif not play:
            if playing:
                self._rest()
            if place is not None:
                self._legs.clear()
                self._shown = replace(self._shown, legs=(), place_s=place / SAMPLE_RATE)
        with self._woken:
            if self._wanted_place == place:
                self._wanted_place = None

    def _choose_output(self) -> None:
        """Take an output; where there was none before, one may have been plugged in since."""
        has_sound = self._call.loaded.sound is not None
        if self._output is not None and not (has_sound and isinstance(self._output, SilentOutput)):
            return
        if self._output is not None:
            self._forget_legs()
        self._output = self._make_output() if has_sound else SilentOutput(self._clock)

    def _go_on(self, wish: _Wish) -> None:
        """Begin a run behind what is heard of the last one: nothing is heard twice and nothing is left out."""
        assert self._output is not None
        if not self._legs:
            self._begin(round(self._shown.place_s * SAMPLE_RATE), wish, sought=True)
            return
        leg = self._legs[-1]
        heard = self._output.rest(self._run)
        self._begin(leg.line.at(round(heard * leg.speed)), wish, sought=leg.sought and not heard)

    def _begin(self, place: int, wish: _Wish, sought: bool) -> None:
        line = PlayLine(place, self._end, self._silences if wish.skip else (), wish.loop)
        self._run += 1
        self._legs.append(_Leg(self._run, line, wish.speed, sought))
        sound = self._call.loaded.sound or _NO_SOUND
        self._renderer = Renderer(line, wish.speed, sound, wish.sides, self._stretch)
        self._fed = 0
        place_s = line.begin / SAMPLE_RATE if sought else self._shown.place_s
        self._shown = replace(self._shown, legs=tuple(self._legs), place_s=place_s)

    def _rest(self) -> None:
        """Stop; what the device has taken is still heard, and its end is where it rests."""
        self._renderer = None
        self._rests_ns = self._clock() + _HEARD_OUT_NS
        assert self._output is not None
        self._output.rest(self._run)
        self._shown = replace(self._shown, heard=self._output.feed(self._run, None))

    def _feed(self, renderer: Renderer) -> None:
        assert self._output is not None
        heard = self._output.feed(self._run, None)
        while heard.waiting < _AHEAD:
            pcm = renderer.take(_PIECE)
            if not len(pcm):
                break
            self._fed += len(pcm)
            heard = self._output.feed(self._run, pcm, renderer.length is not None and self._fed >= renderer.length)
        self._shown = replace(self._shown, heard=heard)
        whole = renderer.length is not None and self._fed >= renderer.length
        if whole and (not self._fed or (heard.run == self._run and heard.frame >= self._fed - _ROUNDED)):
            self._stop(self._end_s)

    def _stop(self, place_s: float, fault: str = "") -> None:
        """Play no longer, and stand at a place."""
        self._renderer = None
        self._legs.clear()
        with self._woken:
            self._wanted_play = self._wanted_play and self._wanted_place is not None and not fault
            self._shown = _Shown((), self._shown.heard, place_s, fault or self._shown.fault)

    def _forget_legs(self) -> None:
        """Stand where it is heard now: the output that knew more is gone."""
        self._legs.clear()
        self._shown = replace(self._shown, legs=(), place_s=self._shown.at_s(self._clock()))

    def _check(self) -> None:
        """Ask whether it may be played now, and every few seconds whether the call may still be open. Raises Fault."""
        if (fault := self._hindrance()) is not None:
            raise fault
        if not self._checked_ns or self._clock() - self._checked_ns >= _CHECK_S * 1e9:
            self._checked_ns = self._clock()
            self._call.check()

    def _failed(self, fault: Fault) -> None:
        if isinstance(fault, DeviceFault) and fault.code != LOST and self._output is not None:
            # Nothing to hear it with: it goes on unheard from the same place, and the next play tries the device.
            self._output.close()
            self._output = SilentOutput(self._clock)
            self._forget_legs()
            self._shown = replace(self._shown, fault=sentence("replay.no_output"))
            self._go_on(self._wish)
            return
        place_s = self._shown.at_s(self._clock())
        if self._output is not None and self._renderer is not None:
            with suppress(Fault):
                self._output.rest(self._run)
        self._stop(place_s, str(fault))


class _NoSound:
    def read(self, channel: Channel, start: int, end: int) -> Pcm:
        return np.zeros(0, np.int16)


_NO_SOUND: Final = _NoSound()
