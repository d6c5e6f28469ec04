"""A button that acts only when held: half a second against slips, with its progress in view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme

HOLD_MS: Final = 500


class HoldButton(QPushButton):
    """Emits :attr:`held` once the pointer, Space or its F-key stayed down for ``HOLD_MS``; sooner does nothing."""

    held = Signal()

    def __init__(self, text: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._hint = hint
        self.setAccessibleName(f"{text} ({hint})")
        self.setObjectName("hold")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(16)
        self._tick.timeout.connect(self._advance)
        self._down = False

    def sizeHint(self) -> QSize:
        look = theme.current()
        said = QFontMetrics(look.font(16, bold=True)).horizontalAdvance(self.text())
        hint = QFontMetrics(look.font(13)).horizontalAdvance(self._hint)
        return QSize(max(200, look.px(22) + said + hint + 48), look.px(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def progress(self) -> float:
        """How far the hold has come, 0 to 1."""
        return min(1.0, self._since.elapsed() / HOLD_MS) if self._down else 0.0

    def begin(self) -> None:
        """The key or pointer went down."""
        if self.isEnabled() and not self._down:
            self._down = True
            self._since.start()
            self._tick.start()
            self.update()

    def cancel(self) -> None:
        """The key or pointer came up, or left."""
        if self._down:
            self._down = False
            self._tick.stop()
            self.update()

    @Slot()
    def _advance(self) -> None:
        if self.progress >= 1.0:
            self.cancel()
            self.held.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.cancel()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.begin()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.cancel()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.cancel()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.cancel()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(box, 8, 8)
        enabled = self.isEnabled()
        painter.fillPath(shape, look.color("danger_soft" if enabled else "sunken"))
        if self._down:
            painter.setClipPath(shape)
            filled = QRectF(box.left(), box.top(), box.width() * self.progress, box.height())
            painter.setOpacity(0.35)
            painter.fillRect(filled, look.color("danger"))
            painter.setOpacity(1.0)
            painter.setClipping(False)
        painter.setPen(QPen(look.color("danger" if enabled else "control"), 1.5))
        painter.drawPath(shape)
        if self.hasFocus():
            painter.setPen(QPen(look.color("danger"), 2))
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), 5, 5)
        ink = look.color("danger" if enabled else "control")
        size = look.px(22)
        icons.paint(painter, "danger", QRectF(12, box.center().y() - size / 2, size, size), ink)
        painter.setPen(ink)
        painter.setFont(look.font(16, bold=True))
        left = box.adjusted(20 + size, 0, -12, 0)
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.setFont(look.font(13))
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._hint)
