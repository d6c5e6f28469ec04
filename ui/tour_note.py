"""What a tour looks like: a note at the foot of the window, and an outline around the place it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

from ui import parts, theme
from ui.flow import Flow

WIDE = 760
"""Width at 100 % from which the buttons stand beside the words."""


class Outline(QWidget):
    """A frame around a widget; it takes no mouse and no focus, and follows the widget wherever it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What the tour speaks of"))
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []

    @property
    def target(self) -> QWidget | None:
        """What is outlined."""
        return self._target

    def follow(self, target: QWidget | None) -> None:
        """Outline another widget, or nothing."""
        self._target = target
        self._watch()
        self._place()

    def _watch(self) -> None:
        """See every move of the target and of what it stands in."""
        for one in filter(isValid, self._watched):
            one.removeEventFilter(self)
        self._watched = []
        around = self._target
        while around is not None:
            around.installEventFilter(self)
            self._watched.append(around)
            around = None if around.isWindow() else around.parentWidget()

    def _place(self) -> None:
        target = self._target
        seen = _seen(target) if target is not None and target.isVisible() else QRect()
        if target is None or seen.isEmpty():
            self.hide()
            return
        window = target.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setGeometry(seen.adjusted(-3, -3, 3, 3).intersected(window.rect()))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            # Another layout took the pane: its new surroundings are watched once they stand.
            QTimer.singleShot(0, self, self._again)
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    @Slot()
    def _again(self) -> None:
        self.follow(self._target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("accent"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)


def _key(written: str, action: str) -> QWidget:
    made = QWidget()
    line = parts.row(gap=8)
    made.setLayout(line)
    line.addWidget(parts.label(written, "tag"), 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(parts.label(action, "small"))
    return made


def _seen(target: QWidget) -> QRect:
    """Return the part of a widget that is not scrolled out of sight, in its window's coordinates."""
    window = target.window()
    seen = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
    around = target.parentWidget()
    while around is not None and around is not window:
        seen &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return seen


class TourNote(QWidget):
    """Where the tour stands, what it tells, which key is meant. Never takes the focus by itself."""

    back = Signal()
    onward = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Tour"))
        box = parts.frame("strip")
        outer = parts.column()
        outer.setContentsMargins(8, 0, 8, 8)
        self.setLayout(outer)
        outer.addWidget(box)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(16, 8, 8, 8)
        self._layout.setSpacing(16)
        box.setLayout(self._layout)
        words = parts.column(gap=4)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.count = parts.label("", "small")
        self.title = parts.label("", "title")
        name = parts.row(gap=8)
        name.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        name.addWidget(self.title, 1)
        parts.nest(self._head, name)
        self._keys = Flow(())
        self._head.addWidget(self._keys, 1)
        parts.nest(words, self._head)
        self.text = parts.label("", wrap=True)
        words.addWidget(self.text)
        parts.nest(self._layout, words, 1)
        self.back_button = parts.button(self.tr("Back"), kind="quiet")
        self.next_button = parts.button(self.tr("Next"), kind="primary")
        self.leave_button = parts.button(self.tr("Leave the tour"), kind="quiet")
        self._buttons = parts.row(gap=4)
        for one, wish in (
            (self.leave_button, self.left),
            (self.back_button, self.back),
            (self.next_button, self.onward),
        ):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            one.clicked.connect(wish)
            self._buttons.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        parts.nest(self._layout, self._buttons)

    def tell(self, count: str, title: str, text: str, keys: Sequence[tuple[str, str]]) -> None:
        """Show one step; ``keys`` are written keys with what each does."""
        self.count.setText(count)
        self.title.setText(title)
        self.text.setText(text)
        self._head.removeWidget(self._keys)
        self._keys.hide()
        self._keys.deleteLater()
        self._keys = Flow([_key(written, action) for written, action in keys])
        self._head.addWidget(self._keys, 1)  # first: shown without a parent it would be a window that takes the keys
        self._keys.setVisible(bool(keys))
        self.setAccessibleDescription(" ".join((count, title, text, *(": ".join(key) for key in keys))))
        self.fit()

    def name_keys(self, back: str, onward: str, leave: str) -> None:
        """Put the keys into the tooltips of the buttons."""
        for one, key in ((self.back_button, back), (self.next_button, onward), (self.leave_button, leave)):
            one.setToolTip(key)

    def fit(self) -> None:
        """Set the buttons beside the words where there is room, else under them."""
        wide = self.width() >= theme.current().px(WIDE)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)
        self._layout.setSpacing(16 if wide else 4)
        self._head.setDirection(direction)
        self._head.setSpacing(24 if wide else 4)
        layout = self.layout()
        if layout is not None:
            # A wrapped label's least height is one line: without this a crowded window would cut the words.
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
