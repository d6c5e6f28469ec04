"""Small pieces every pane is made of: labels, buttons, frames, meters. Each control carries its accessible name."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label; ``role`` picks its style."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def set_role(widget: QWidget, value: str, prop: str = "role") -> None:
    """Change a style property and have the sheet applied again."""
    if widget.property(prop) == value:
        return
    widget.setProperty(prop, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()


def _enters(event: QKeyEvent) -> bool:
    """Whether it is Enter by itself, which presses the button in focus in every window, as Space does."""
    is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return is_bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _PushButton(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _enters(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class _ToolButton(QToolButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _enters(event):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            return
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


def button(text: str, icon: str = "", *, kind: str = "", tip: str = "", name: str = "") -> QPushButton:
    """Return a push button; ``name`` is what a screen reader says where the text is not enough."""
    made = _PushButton(text)
    if icon:
        icons.put(made, icon, "on_accent" if kind in ("primary", "hero") else "text")
    if kind:
        made.setProperty("kind", kind)
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    return made


def tool(icon: str, name: str, *, kind: str = "quiet", text: str = "") -> QToolButton:
    """Return an icon button; its name is also its tooltip."""
    made = _ToolButton()
    if icon:
        icons.put(made, icon)
    if text:
        made.setText(text)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setProperty("kind", kind)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def open_at(window: QWidget, width: int, height: int) -> None:
    """Size a window for the text size in use, within its screen; ``width`` and ``height`` are those at 100 %."""
    look, room = theme.current(), window.screen().availableGeometry()
    window.resize(
        min(look.px(width), max(width, room.width() - 80)), min(look.px(height), max(height, room.height() - 80))
    )


def grow_to_text(dialog: QWidget) -> None:
    """Make a dialog as tall as its wrapped sentences need, which its least size does not count."""
    layout = dialog.layout()
    needed = layout.totalHeightForWidth(dialog.width()) if layout is not None else 0
    if needed > dialog.height():
        dialog.resize(dialog.width(), needed)


def frame(object_name: str) -> QFrame:
    """Return a styled frame."""
    made = QFrame()
    made.setObjectName(object_name)
    return made


def column(*, margin: int = 0, gap: int = 8) -> QVBoxLayout:
    """Return a vertical layout on the grid."""
    layout = QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def row(*, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """Return a horizontal layout on the grid."""
    layout = QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def nest(outer: QBoxLayout | QGridLayout, inner: QLayout, *place: int) -> None:
    """Put a layout into another one; every ``addLayout`` of the program goes through here.

    PySide keeps a Python object for each item of a layout that was filled before it is added, and is not told when Qt
    deletes the item. What is made later at the same address (a list's item) then frees the wrong one: the program
    crashes (shiboken 6.11, ``Object::destroy``). So these objects are let go of at once.

    Args:
        outer: The layout around it.
        inner: The layout, filled or not.
        place: What ``addLayout`` takes after it: a stretch, or row and column (and spans).
    """
    if isinstance(outer, QGridLayout):
        row, column, *spans = place
        rows, columns = spans or (1, 1)
        outer.addLayout(inner, row, column, rows, columns)
    else:
        outer.addLayout(inner, *place)
    _let_items_go(inner)


def _let_items_go(layout: QLayout) -> None:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            _let_items_go(item)
        elif item is not None:
            shiboken6.invalidate(item)


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def rest_focus(pane: QWidget, stay: QWidget) -> None:
    """Give ``stay`` the focus that a part of ``pane`` has: what is disabled or hidden next would lose it elsewhere."""
    inside = pane.focusWidget()
    if inside is not None and inside.hasFocus():
        stay.setFocus()


def scroller(name: str) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a scroll area that grows downward only, and the column inside it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    inside = QWidget()
    inside.setObjectName("inside")
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    area.setWidget(inside)
    return area, layout


def reads(area: QScrollArea) -> None:
    """Let the keyboard come to a scroll area that holds text to read, and show that it is there."""
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    area.setProperty("reads", True)


def selectable(words: QLabel) -> QLabel:
    """Let words be marked and copied, with the mouse and with the keyboard alike."""
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    words.setProperty("selectable", True)
    return words


class Elided(QLabel):
    """A one-line label that shortens with … instead of pushing its neighbours; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


class Meter(QWidget):
    """Loudness of one side in dBFS, as twelve bars; silence is an empty outline, not only a colour."""

    BARS = 12
    FLOOR_DB = -60.0

    def __init__(self, name: str, *, wide: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._wide = wide
        policy = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self._lit = 0

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(160 if self._wide else 64), look.px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def lit(self) -> int:
        """Bars lit now, 0 to ``BARS``."""
        return self._lit

    def set_db(self, rms_db: float) -> None:
        """Show a level; repaints only when a bar changes."""
        share = (rms_db - self.FLOOR_DB) / -self.FLOOR_DB
        lit = max(0, min(self.BARS, round(share * self.BARS)))
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        look = theme.current()
        step = self.width() / self.BARS
        for index in range(self.BARS):
            on = index < self._lit
            height = self.height() * (0.45 + 0.55 * (index + 1) / self.BARS) if on else 3.0
            painter.setBrush(look.color("accent" if on else "control"))
            box = QRectF(index * step, (self.height() - height) / 2, max(2.0, step - 2), height)
            painter.drawRoundedRect(box, 1, 1)


class Dots(QWidget):
    """Confidence as filled dots out of four, with its word as the accessible name."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(52), look.px(16))

    def show_level(self, filled: int, word: str) -> None:
        """Fill 0 to 4 dots."""
        self._filled = filled
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.scale(look.scale, look.scale)
        for index in range(4):
            painter.setPen(look.color("accent"))
            painter.setBrush(look.color("accent") if index < self._filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1 + index * 13, 3.5, 9, 9))


def bring(window: QWidget) -> None:
    """Show a window, or bring it before the others."""
    if window.isVisible():
        window.raise_()
        window.activateWindow()
    else:
        window.show()
