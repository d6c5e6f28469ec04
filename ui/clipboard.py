"""What the program puts on the clipboard: kept out of clipboard histories and taken off again after a minute.

Everything goes through :func:`copy`. What Qt's own text fields copy (Ctrl+C on a selection) is taken up the same way by
the keeper that :func:`install` starts, so nothing of a call stays on a shared PC's clipboard. Text that belongs to the
public, as an answer of the counselling DB, may stay in a history but is taken off the clipboard too.

A program that is killed can take nothing off any more; the marks for the history hold even then.
"""

from __future__ import annotations

import atexit
import secrets
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from shiboken6 import isValid

CLEAR_MS: Final = 60_000
"""How long a copy stays, milliseconds."""
OURS: Final = "application/x-doumi-copy"
"""Format that says which copy this is."""
_NAME: Final = "doumi_clipboard"
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
_ZERO: Final = bytes(4)


def _hints() -> dict[str, bytes]:
    """Return the formats by which clipboard histories of this system leave a copy out.

    macOS has such a mark too (``org.nspasteboard.ConcealedType``), but Qt offers Python no way to set it.
    """
    if sys.platform == "win32":
        return {
            _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): _ZERO,
            _WINDOWS.format(name="CanIncludeInClipboardHistory"): _ZERO,
            _WINDOWS.format(name="CanUploadToCloudClipboard"): _ZERO,
        }
    return {"x-kde-passwordManagerHint": b"secret"}


class ClipboardKeeper(QObject):
    """Puts text on one clipboard and takes it off again while it is still ours. Qt main thread."""

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, owns: Callable[[], bool] | None = None
    ) -> None:
        """Watch ``clipboard``.

        Args:
            clipboard: The system's.
            parent: What it lives with.
            owns: Whether this program put there what lies there; Qt's own answer by default.
        """
        super().__init__(parent)
        self._owns = owns or clipboard.ownsClipboard
        self.setObjectName(_NAME)
        self._clipboard = clipboard
        self._token = b""
        self.timer = QTimer(self)
        """Runs while something of ours lies there."""
        self.timer.setSingleShot(True)
        self.timer.setInterval(CLEAR_MS)
        self.timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._changed)

    def copy(self, text: str, *, public: bool = False, html: str = "") -> None:
        """Put ``text`` on the clipboard for a minute, as ``html`` too; out of histories unless it is ``public``."""
        if not text:
            return
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        self._token = secrets.token_hex(8).encode()
        data.setData(OURS, QByteArray(self._token))
        for kind, value in () if public else _hints().items():
            data.setData(kind, QByteArray(value))
        self._clipboard.setMimeData(data)
        self.timer.start()

    @Slot()
    def clear(self) -> None:
        """Take our copy off; what somebody else put there stays."""
        self.timer.stop()
        if self._token and self._mark() == self._token:
            self._token = b""
            self._clipboard.clear()

    def _mark(self) -> bytes:
        data = self._clipboard.mimeData()
        return bytes(data.data(OURS).data()) if data is not None and data.hasFormat(OURS) else b""

    @Slot()
    def _changed(self) -> None:
        if self._token and self._mark() == self._token:
            return
        self.timer.stop()
        self._token = b""
        data = self._clipboard.mimeData()
        if self._owns() and data is not None and data.hasText():
            self.copy(data.text())


def install(app: QGuiApplication) -> ClipboardKeeper:
    """Watch the clipboard from now on and empty it of ours at the end; once an application."""
    found = app.findChild(ClipboardKeeper, _NAME)
    if isinstance(found, ClipboardKeeper):
        return found
    made = ClipboardKeeper(QGuiApplication.clipboard(), app)
    app.aboutToQuit.connect(made.clear)
    # Also where Qt's own loop was not what ended: data that still lies there then crashes the exit of the process.
    atexit.register(lambda: made.clear() if isValid(made) else None)
    return made


def copy(text: str, *, public: bool = False, html: str = "") -> None:
    """Put ``text`` on the clipboard for a minute; see :meth:`ClipboardKeeper.copy`."""
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        install(app).copy(text, public=public, html=html)
