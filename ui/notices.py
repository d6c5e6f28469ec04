"""The line at the foot of the window: one sentence at a time, never over the text, never with the focus."""

from __future__ import annotations

import logging
from collections import deque

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from resources import notices
from ui import icons, key_words, parts, theme

log = logging.getLogger(__name__)
INFO_MS = 6000
"""Shortest time an info sentence stays; a long one stays ``READ_MS`` a character."""
READ_MS = 120
HOVER_MS = 1000
TURN_MS = 4000
MOST_WAITING = 20
_Entry = tuple[str, str, str]
"""Sentence, severity, key."""
_ICONS = {"info": "info", "warning": "warning", "error": "warning"}


def words_of(error: Exception) -> str:
    """Return a fault's sentence; of anything else, a bug, its name alone: what it says could be words of a call."""
    if isinstance(error, notices.Fault):
        return str(error)
    words = QCoreApplication.translate("NoticeLine", "Something went wrong ({code}).")
    return words.format(code=type(error).__name__)


class NoticeLine(QFrame):
    """Always there, so a notice shifts nothing; empty it shows lasting states, else the most useful keys.

    Several at once come one after the other, errors and warnings first; those stay until closed, an info long
    enough to read and as long as the pointer rests on it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, hint: str = "") -> None:
        super().__init__(parent)
        self._hint = hint
        """The most useful keys; empty for those of the desk."""
        self.setObjectName("line")
        self.setAccessibleName(self.tr("Notices"))
        self._queue: deque[_Entry] = deque()
        self._now: _Entry | None = None
        self._standing: dict[str, str] = {}
        self._facts: list[QWidget] = []
        layout = parts.row(gap=8)
        layout.setContentsMargins(16, 0, 8, 0)
        self.setLayout(layout)
        self.sign = parts.label()
        layout.addWidget(self.sign)
        self.text = parts.Elided("", "small")
        layout.addWidget(self.text, 1)
        self.count = parts.label("", "small")
        layout.addWidget(self.count)
        self.close_button = parts.button(self.tr("Close"), kind="quiet", name=self.tr("Close this notice"))
        self.close_button.clicked.connect(self.dismiss)
        self._before: QWidget | None = None
        """What had the focus before the button had it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_up)
        self._turn = 0
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MS)
        self._turning.timeout.connect(self._next_standing)
        self.restyle()

    def put_hint(self, hint: str) -> None:
        """Show other keys where no sentence is shown."""
        self._hint = hint
        if self._now is None:
            self._show()

    def restyle(self) -> None:
        """Follow the text size: as high as its button."""
        self.setFixedHeight(theme.current().px(22) + 14)
        self._show()

    def add_fact(self, fact: QWidget) -> None:
        """Give a lasting fact its place at the right end."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            place, inside = QWidget(), parts.row(gap=0)
            place.setLayout(inside)
            inside.addWidget(fact)
            layout.insertWidget(layout.indexOf(self.close_button), place, 0, Qt.AlignmentFlag.AlignVCenter)
            self._facts.append(place)

    def raise_code(self, code: str, severity: str, params: dict[str, str], *, key: str = "") -> None:
        """Show the sentence of a notice code; ``key`` as in :meth:`say`."""
        try:
            text = notices.sentence(code, **params)
        except (KeyError, IndexError):
            log.error("notice without a sentence: %s", code)
            text = self.tr("Something went wrong ({code}).").format(code=code)
        self.say(text, severity, key=key)

    def raise_fault(self, error: Exception, *, key: str = "") -> None:
        """Show a fault's sentence; anything else is a bug, named but not explained. ``key`` as in :meth:`say`."""
        if isinstance(error, notices.Fault):
            self.raise_code(error.code, "error", {name: str(value) for name, value in error.params.items()}, key=key)
        else:
            log.error("unexpected: %s", type(error).__name__)
            self.say(words_of(error), "error", key=key)

    def say(self, text: str, severity: str = "info", *, key: str = "") -> None:
        """Show a sentence, or keep it for after the one being shown; it takes the place of one of its ``key``."""
        entry = (key_words.told(text), severity, key)
        if entry == self._now or entry in self._queue:
            return
        if key and self._replace(entry):
            return
        if len(self._queue) >= MOST_WAITING:
            return
        if self._now is None:
            self._now = entry
        elif severity == "info":
            self._queue.append(entry)
        elif self._now[1] == "info":
            self._queue.appendleft(self._now)
            self._now = entry
        else:
            urgent = sum(1 for _, other, _ in self._queue if other != "info")
            self._queue.insert(urgent, entry)
        self._show()

    def _replace(self, entry: _Entry) -> bool:
        """Put a sentence where one of its key stands; returns whether there was one."""
        if self._now is not None and self._now[2] == entry[2]:
            self._now = entry
            self._show()
            return True
        for place, other in enumerate(self._queue):
            if other[2] == entry[2]:
                self._queue[place] = entry
                return True
        return False

    def over(self, key: str) -> None:
        """Take back the sentence of a key: the time it spoke of is over."""
        self._queue = deque(entry for entry in self._queue if entry[2] != key)
        if self._now is not None and self._now[2] == key:
            self.dismiss()

    def stand(self, key: str, text: str) -> None:
        """Keep a sentence for as long as the state it tells lasts; empty when it is over."""
        before = dict(self._standing)
        self._standing.pop(key, None)
        if text:
            self._standing[key] = text
        if self._standing != before and self._now is None:
            self._show()

    @property
    def shown(self) -> str:
        """The sentence being shown, or empty."""
        return self._now[0] if self._now else ""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The sentences still to come."""
        return tuple(text for text, _, _ in self._queue)

    @property
    def standing(self) -> tuple[str, ...]:
        """The states being told while no notice is shown."""
        return tuple(self._standing.values())

    @Slot()
    def _time_up(self) -> None:
        if self.underMouse():
            self._timer.start(HOVER_MS)
        else:
            self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        """Close the sentence being shown; the focus goes back to where it was, not to whatever comes next."""
        self._now = self._queue.popleft() if self._queue else None
        before = self._before
        if self._now is None and self.close_button.hasFocus() and before is not None and isValid(before):
            before.setFocus()
        self._show()

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self.close_button and before is not None and before.window() is self.window():
            self._before = before

    def _standing_text(self) -> str:
        """All lasting sentences where they fit beside each other, else one after the other."""
        texts = list(self._standing.values())
        joined = "   ".join(texts)
        if len(texts) < 2 or self.text.fontMetrics().horizontalAdvance(joined) <= self.text.width():
            self._turning.stop()
            return joined
        if not self._turning.isActive():
            self._turning.start()
        return texts[self._turn % len(texts)]

    @Slot()
    def _next_standing(self) -> None:
        self._turn += 1
        if self._now is None:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()
        if self._now is None and len(self._standing) > 1:
            self._show()

    def _give_room(self) -> None:
        """A lasting fact steps back while the sentence beside it would be cut."""
        needed = self.text.fontMetrics().horizontalAdvance(self.text.text()) + 1
        others = (self.sign, self.count, self.close_button, *self._facts)
        taken = sum(one.sizeHint().width() + 8 for one in others if one in self._facts or not one.isHidden())
        room = self.width() - 24 - taken
        for fact in self._facts:
            fact.setVisible(self.property("severity") == "none" or needed <= room)

    def _show(self) -> None:
        self._timer.stop()
        standing = self._standing_text() if self._now is None else ""
        severity = self._now[1] if self._now else "warning" if standing else "none"
        parts.set_role(self, severity, "severity")
        if self._now is None and standing:
            self.text.setText(standing)
        elif self._now is None:
            self.text.setText(self._hint or self.tr("F1 All keys   Ctrl+K Find anything   Ctrl+H Saved calls"))
        else:
            self.text.setText(self._now[0])
            if severity == "info":
                self._timer.start(max(INFO_MS, READ_MS * len(self._now[0])))
        parts.set_role(self.text, "small" if severity == "none" else "notice")
        token = "doubt" if severity in ("warning", "error") else "accent"
        name, size = _ICONS.get(severity, "keyboard"), theme.current().px(18)
        self.sign.setPixmap(icons.icon(name, token if severity != "none" else "muted").pixmap(size, size))
        self.count.setText(self.tr("{count} more").format(count=len(self._queue)) if self._queue else "")
        self.close_button.setText(self.tr("Next") if self._queue else self.tr("Close"))
        self.close_button.setVisible(self._now is not None)
        self._give_room()
        self.changed.emit()


def notice_line_of(owner: QObject) -> NoticeLine | None:
    """Return the line (``notices``) of the nearest window that has one, from ``owner`` up, or None. Main thread."""
    above: QObject | None = owner
    while above is not None:
        line = getattr(above, "notices", None)
        if isinstance(line, NoticeLine):
            return line
        above = above.parent()
    return None
