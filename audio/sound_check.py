"""The sound check: opens the chosen devices for metering only; nothing is recorded."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from audio.capture import health_code
from audio.levels import LevelMeter
from audio.model import AudioBlock, Channel, DeviceHealth, Levels
from audio.ports import AudioSource
from resources.notices import Fault, sentence

_log = logging.getLogger(__name__)

_CLOSE_S = 3.0


class LiveSoundCheck:
    """Levels, health and fault of an open source. Fills the desk's ``SoundCheck``.

    Threads: ``sound-check`` reads the source; the methods are cheap and run on any thread.
    """

    def __init__(self, open_source: Callable[[], AudioSource]) -> None:
        """Open the source and begin to listen; returns at once.

        Args:
            open_source: Makes the source of the chosen devices.
        """
        self._lock = threading.Lock()
        self._levels: dict[Channel, Levels] = {}
        self._fault = ""
        self._source: AudioSource | None = None
        try:
            self._source = open_source()
        except Fault as fault:
            self._fault = str(fault)
            return
        self._thread = threading.Thread(target=self._listen, args=(self._source,), name="sound-check", daemon=True)
        self._thread.start()

    def _listen(self, source: AudioSource) -> None:
        meters = {channel: LevelMeter(channel) for channel in source.channels}
        try:
            for block in source.blocks():
                measured = meters[block.channel].add(block)
                if measured:
                    with self._lock:
                        self._levels[block.channel] = measured[-1]
                self._took(block, measured)
        except Fault as fault:
            self._fault = str(fault)
        except Exception:
            _log.exception("sound check failed")
            self._fault = sentence("audio.sound_check_failed")

    def _took(self, block: AudioBlock, levels: Sequence[Levels]) -> None:
        """Do more with a block, in the thread that reads; here nothing."""

    @property
    def failed(self) -> bool:
        """Whether nothing more will come."""
        return bool(self._fault) or self._source is None

    def levels(self) -> Sequence[Levels]:
        """Return the latest levels, one a channel that has delivered."""
        with self._lock:
            return tuple(self._levels.values())

    def health(self) -> dict[str, DeviceHealth]:
        """Return the state of each channel by its name."""
        if self._source is None:
            return {}
        return {channel.value: health for channel, health in self._source.health().items()}

    def fault(self) -> str:
        """Return the sentence of what is wrong now, or empty."""
        if self._fault or self._source is None:
            return self._fault
        for channel, health in self._source.health().items():
            code = health_code(channel, health)
            if code is not None:
                return sentence(code)
        return ""

    def close(self) -> None:
        """Close the devices. Twice is once."""
        if self._source is None:
            return
        self._source.close()
        self._thread.join(_CLOSE_S)
