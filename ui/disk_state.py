"""Keeps on screen, for as long as it lasts, that sound or text cannot be written to the disk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from assist.events import NoticeRaised
from ui.notices import NoticeLine

_SOUND_FAILS: Final = frozenset({"audio.disk_full", "audio.disk_error", "audio.disk_read_only"})
_SOUND_WORKS: Final = frozenset({"audio.disk_again", "audio.late_sound_kept"})
_TEXT_FAILS: Final = frozenset({"store.disk_full", "store.io", "store.busy", "store.read_only"})
_TEXT_WORKS: Final = frozenset({"store.writes_again"})


class DiskState(QObject):
    """Follows notices; the sentence of the first moment says why, the lasting one says that it still is so."""

    def __init__(self, notices: NoticeLine) -> None:
        super().__init__(notices)
        self._notices = notices

    def follow(self, event: NoticeRaised) -> None:
        """Take a notice that was raised."""
        if event.code in _SOUND_FAILS:
            self._notices.stand("sound_disk", self.tr("The sound is in memory only: the disk does not take it."))
        elif event.code in _SOUND_WORKS:
            self._notices.stand("sound_disk", "")
        elif event.code in _TEXT_FAILS:
            self._notices.stand("text_disk", self.tr("The text is not saved yet: the disk does not take it."))
        elif event.code in _TEXT_WORKS:
            self._notices.stand("text_disk", "")
