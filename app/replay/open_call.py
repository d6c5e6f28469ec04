"""One saved call, open: fills :class:`ui.replay.ports.ReplayCall` from whatever source loaded it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app import sound_export
from app.replay import shape
from app.replay.model import LoadedCall
from app.replay.source import in_order, with_notes
from audio.events import CallEvent
from audio.model import SAMPLE_RATE, Channel
from resources.notices import sentence
from ui.replay.ports import Peaks, RecordVersion, ReplayFacts, SilentStretch

_NOTED_S: Final = 0.5
"""Shorter stretches without sound are drawn but not spoken of."""
_SPOKEN_OF: Final = frozenset({"damaged", "lost", "missing"})
_LOST_SINCE: Final = frozenset({"damaged", "missing"})
"""Was there when the call was recognised."""


class OpenReplay:
    """Fills :class:`ui.replay.ports.ReplayCall`. Any thread; reads go on side by side."""

    def __init__(self, loaded: LoadedCall) -> None:
        self.loaded = loaded
        self._facts = loaded.facts
        self._events = in_order(one.event for one in loaded.stored)
        self._silent: tuple[SilentStretch, ...] | None = None

    @property
    def facts(self) -> ReplayFacts:
        """What it is; its notes tell of missing sound once :meth:`silent` has looked."""
        return self._facts

    @property
    def events(self) -> Sequence[CallEvent]:
        """Every stored event in order of time, finals with their words."""
        return self._events

    @property
    def versions(self) -> Sequence[RecordVersion]:
        """The records, draft first."""
        return self.loaded.versions

    def peaks(self, channel: Channel, start_s: float, end_s: float, bin_s: float) -> Peaks:
        """See :class:`ui.replay.ports.ReplayCall`."""
        return shape.peaks(self.loaded.sound, channel, start_s, end_s, bin_s)

    def silent(self) -> Sequence[SilentStretch]:
        """See :class:`ui.replay.ports.ReplayCall`."""
        if self._silent is None:
            found = (*self.loaded.unreadable(), *self._told())
            self._silent = tuple(sorted(set(found), key=lambda one: (one.start_s, one.channel.value)))
            self._facts = with_notes(self._facts, *told_missing("replay.sound_missing", self.missing()))
        return self._silent

    def missing(self) -> tuple[SilentStretch, ...]:
        """Return what is silent without anybody having wished it, by time. Reads all of the sound once."""
        return tuple(one for one in self.silent() if one.why in _SPOKEN_OF)

    def lost_since(self) -> tuple[SilentStretch, ...]:
        """Return what of the sound was there in the call and is not any more, by time. Reads all of it once."""
        return tuple(one for one in self.silent() if one.why in _LOST_SINCE)

    def check(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.check()

    def numbers_revealed(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.revealed()

    def close(self) -> None:
        """See :class:`ui.replay.ports.ReplayCall`."""
        self.loaded.close()

    def _told(self) -> Sequence[SilentStretch]:
        """Return what the log tells of, and where a side ends before the call."""
        sound = self.loaded.sound
        if sound is None:
            return ()
        ends = {channel: sound.length(channel) / SAMPLE_RATE for channel in Channel}
        return [
            SilentStretch(gap.channel, gap.start_s, gap.end_s, gap.why.value)
            for gap in sound_export.told(ends, self._events, self._facts.duration_s)
        ]


def told_missing(code: str, stretches: Sequence[SilentStretch]) -> tuple[str, ...]:
    """Return the sentence ``code`` with how many places and seconds are without sound; nothing where none are.

    A moment in which both sides are missing counts once.
    """
    places = list[tuple[float, float]]()
    for one in sorted(stretches, key=lambda one: one.start_s):
        if one.end_s - one.start_s < _NOTED_S:
            continue
        if places and one.start_s <= places[-1][1]:
            start, end = places.pop()
            places.append((start, max(end, one.end_s)))
        else:
            places.append((one.start_s, one.end_s))
    seconds = sum(end - start for start, end in places)
    return (sentence(code, count=len(places), seconds=f"{seconds:.0f}"),) if places else ()
