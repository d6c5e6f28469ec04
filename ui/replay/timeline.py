"""The timeline: both sides' sound and everything that happened, over one another, with the place of now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.replay import words
from ui.replay.moments import Moment
from ui.replay.peaks import BINS_S, PeakStore
from ui.replay.timeline_lanes import GUTTER, RULER, Lanes, Stretch

SHORTEST_S: Final = 2.0
"""The closest look, in seconds of the call across the window."""
_REFRESH_MS: Final = 120
"""Sound that comes in is painted at most so often."""
_STEP_S: Final = 1.0


class Timeline(QAbstractSlider):
    """Paints once into a picture and then only moves the cursor over it.

    A slider for a screen reader: its value is the position in whole seconds.
    """

    scrubbed = Signal(float)
    """The hand is moving through the call."""
    went = Signal(float)
    """Seconds to go to."""
    span_marked = Signal()
    viewed = Signal()
    """Another stretch is in view."""
    chosen_changed = Signal()
    play_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline of the call"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._found: tuple[Moment, ...] = ()
        self._lanes = Lanes((), None)
        self._folded = False
        self._peaks: PeakStore | None = None
        self._duration_s = 1.0
        self._start_s, self._span_s = 0.0, 1.0
        self._at_s = 0.0
        self._picture: QPixmap | None = None
        self._dragging, self._marking = False, False
        self._anchor_s = 0.0
        self._held_still = False
        """The hand scrolled: the view no longer goes along with the cursor."""
        self.chosen: Moment | None = None
        """What the arrow keys stand on."""
        self.span: tuple[float, float] | None = None
        """The passage that was marked."""
        self.loop: tuple[float, float] | None = None
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.repaint_all)

    def show_call(self, found: tuple[Moment, ...], duration_s: float, peaks: PeakStore | None) -> None:
        """Show a call from end to end."""
        self._found, self._peaks = found, peaks
        self._lanes = Lanes(found, peaks)
        self._lanes.folded = self._folded
        self._duration_s = max(duration_s, 0.1)
        self._start_s, self._span_s, self._at_s = 0.0, self._duration_s, 0.0
        self.chosen = self.span = self.loop = None
        self.setRange(0, round(self._duration_s))
        self.setValue(0)
        if peaks is not None:
            peaks.came.connect(self._came)
        self.updateGeometry()
        self._look()

    def fold(self, folded: bool) -> None:
        """Show the sound alone, or the lanes below it as well."""
        self._folded = self._lanes.folded = folded
        self.updateGeometry()
        self.repaint_all()

    @property
    def lanes(self) -> Lanes:
        """What is painted."""
        return self._lanes

    @property
    def complete(self) -> bool:
        """Whether all of the sound can be drawn."""
        return self._peaks is None or self._peaks.is_whole

    @property
    def view(self) -> tuple[float, float]:
        """(start, length) of what is in view, seconds."""
        return self._start_s, self._span_s

    @property
    def duration_s(self) -> float:
        """Length of the call."""
        return self._duration_s

    def sizeHint(self) -> QSize:
        return QSize(800, self._lanes.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._lanes.height())

    # -- what is in view ------------------------------------------------------------------------------

    def _stretch(self) -> Stretch:
        gutter = theme.current().px(GUTTER)
        return Stretch(self._start_s, self._span_s, gutter, max(1, self.width() - gutter))

    def _look(self) -> None:
        self._picture = None
        if self._peaks is not None:
            fine = self._span_s / max(1, self.width()) < BINS_S[1] / 2
            self._peaks.look_at(self._start_s, self._start_s + self._span_s, fine=fine)
        self.update()
        self.viewed.emit()

    def look_from(self, start_s: float) -> None:
        """Bring another stretch into view."""
        start_s = max(0.0, min(start_s, self._duration_s - self._span_s))
        if start_s != self._start_s:
            self._start_s = start_s
            self._look()

    def zoom(self, factor: float, around_s: float | None = None) -> None:
        """Show ``factor`` times as much; a place keeps where it stands."""
        around = self._at_s if around_s is None else around_s
        if not self._start_s <= around <= self._start_s + self._span_s:
            around = self._start_s + self._span_s / 2
        span = max(min(SHORTEST_S, self._duration_s), min(self._span_s * factor, self._duration_s))
        share = (around - self._start_s) / self._span_s
        self._span_s = span
        self._start_s = max(0.0, min(around - share * span, self._duration_s - span))
        self._look()

    def whole(self) -> None:
        """Show the call from end to end."""
        self._start_s, self._span_s = 0.0, self._duration_s
        self._look()

    @Slot(float, float)
    def _came(self, start_s: float, end_s: float) -> None:
        if start_s < self._start_s + self._span_s and end_s > self._start_s and not self._refresh.isActive():
            self._refresh.start()

    @Slot()
    def repaint_all(self) -> None:
        """Paint the picture again: sound came in, or the theme is another."""
        self._picture = None
        self.update()

    # -- where the call is ----------------------------------------------------------------------------

    @property
    def at_s(self) -> float:
        """Where the cursor stands."""
        return self._at_s

    def set_at(self, at_s: float, *, jumped: bool) -> None:
        """Move the cursor; the view goes along unless the hand has scrolled it elsewhere."""
        if jumped:
            self._held_still = False
        before, self._at_s = self._at_s, at_s
        if self.value() != int(at_s):
            self.setValue(int(at_s))
        end_s = self._start_s + self._span_s
        if not self._held_still and not self._dragging and not self._start_s <= at_s <= end_s:
            ahead = at_s if jumped else at_s + self._span_s * 0.4
            self.look_from(ahead - self._span_s / 2)
        where = self._stretch()
        for one in (before, at_s):
            self.update(QRect(int(where.x(one)) - 6, 0, 13, self.height()))

    def mark(self, span: tuple[float, float] | None) -> None:
        """Mark a passage."""
        if span is not None:
            start, end = sorted(span)
            span = (max(0.0, start), min(self._duration_s, end))
            if span[1] - span[0] < 0.05:
                span = None
        if span != self.span:
            self.span = span
            self.update()
            self.span_marked.emit()

    def show_loop(self, span: tuple[float, float] | None) -> None:
        """Show the passage that plays over and over."""
        self.loop = span
        self.update()

    # -- painting -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._picture = None
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, where = theme.current(), self._stretch()
        ratio = self.devicePixelRatioF()
        if self._picture is None:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            static = QPainter(self._picture)
            self._lanes.paint(static, where, self.height())
            static.end()
        painter = QPainter(self)
        spot = event.rect()
        painter.drawPixmap(
            QRectF(spot), self._picture, QRectF(QPointF(spot.topLeft()) * ratio, spot.size().toSizeF() * ratio)
        )
        painter.setClipRect(QRectF(where.left, 0, where.width, self.height()))
        for span, token in ((self.loop, "good"), (self.span, "accent")):
            if span is not None:
                box = QRectF(where.x(span[0]), 0, where.x(span[1]) - where.x(span[0]), self.height())
                ground = look.color(token)
                ground.setAlpha(40)
                painter.fillRect(box, ground)
                painter.setPen(look.color(token))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
                if span is self.loop:
                    self._tag(painter, box, self.tr("Loop"))
        if self.chosen is not None:
            x = where.x(self.chosen.start_s)
            painter.setPen(Qt.PenStyle.DotLine)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        x = where.x(self._at_s)
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), look.color("text"))
        painter.fillRect(QRectF(x - 4, 0, 8, 6), look.color("text"))
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(look.color("accent"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1.5, -1.5))
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -2.5, -2.5))

    def _tag(self, painter: QPainter, box: QRectF, text: str) -> None:
        look = theme.current()
        painter.setFont(look.font(12, bold=True))
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text) + 8
        tag = QRectF(box.left() + 2, look.px(RULER) + 2, wide, metrics.height())
        painter.fillRect(tag, look.color("surface"))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), text)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """The value is for screen readers: what is painted follows by itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- the hand -------------------------------------------------------------------------------------

    def _second(self, x: float) -> float:
        return max(0.0, min(self._stretch().at(x), self._duration_s))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._anchor_s = self._second(event.position().x())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._marking = True
            self.mark(None)
        else:
            self._dragging = True
            self.scrubbed.emit(self._anchor_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at_s = self._second(event.position().x())
        if self._marking:
            self.mark((self._anchor_s, at_s))
        elif self._dragging:
            self.scrubbed.emit(at_s)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self.went.emit(self._second(event.position().x()))
        self._marking = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._lanes.moments_at(self._stretch(), event.position().x(), event.position().y())
        if found:
            self._choose(found[-1])
            self.went.emit(found[-1].start_s)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(0.8 if turned > 0 else 1.25, self._second(event.position().x()))
        else:
            self.scroll_by_hand(self._start_s - turned / 120 * self._span_s / 8)
        event.accept()

    def scroll_by_hand(self, start_s: float) -> None:
        """Look elsewhere; the view stays there until a jump."""
        self._held_still = True
        self.look_from(start_s)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._lanes.moments_at(self._stretch(), event.pos().x(), event.pos().y())
            if found:
                QToolTip.showText(event.globalPos(), "\n".join(words.line(one) for one in found), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _STEP_S if key == Qt.Key.Key_Right else -_STEP_S
            if shift:
                start, end = self.span or (self._at_s, self._at_s)
                self.mark((start, end + step) if end + step > start + 0.05 else None)
            else:
                self.went.emit(max(0.0, min(self._at_s + step, self._duration_s)))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.went.emit(0.0 if key == Qt.Key.Key_Home else self._duration_s)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.went.emit(self.chosen.start_s)
        elif key == Qt.Key.Key_Space:
            self.play_asked.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1.6 if key == Qt.Key.Key_Minus else 1 / 1.6)
        elif key == Qt.Key.Key_Escape and self.span is not None:
            self.mark(None)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        if not self._found:
            return
        if self.chosen in self._found:
            place = self._found.index(self.chosen) + step
        else:
            ahead = sum(1 for one in self._found if one.start_s < self._at_s)
            place = ahead if step > 0 else ahead - 1
        self._choose(self._found[max(0, min(place, len(self._found) - 1))])

    def _choose(self, one: Moment) -> None:
        self.chosen = one
        self.setAccessibleDescription(words.line(one))
        if not self._start_s <= one.start_s <= self._start_s + self._span_s:
            self.look_from(one.start_s - self._span_s / 2)
        self.update()
        self.chosen_changed.emit()
