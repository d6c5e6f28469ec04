"""Every key of the desk, in one table, and the F1 sheet made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui import parts


@dataclass(frozen=True, slots=True)
class Key:
    """One action and its keys."""

    action: str
    keys: str
    """Portable key sequence."""
    text: str
    """English source text, translated on showing."""
    hold: bool = False


CALL: Final = (
    Key("start", "F2", QT_TRANSLATE_NOOP("Shortcuts", "Start a call; in a call: pause or resume listening")),
    Key("mark", "F3", QT_TRANSLATE_NOOP("Shortcuts", "Mark this moment")),
    Key("again", "F4", QT_TRANSLATE_NOOP("Shortcuts", "Hear the last seconds again")),
    Key("number_again", "Shift+F4", QT_TRANSLATE_NOOP("Shortcuts", "Hear the last doubtful number again")),
    Key("language", "Ctrl+L", QT_TRANSLATE_NOOP("Shortcuts", "Switch the caller's language as offered, or back")),
    Key("end", "F9", QT_TRANSLATE_NOOP("Shortcuts", "End the call")),
    Key("escalate", "F12", QT_TRANSLATE_NOOP("Shortcuts", "Hold: hand an abusive call over"), hold=True),
    Key("go_on", "F10", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: I have said it, or the next step")),
    Key("go_other", "Ctrl+F10", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: end it rather than hand it over")),
    Key("situation_up", "Alt+PgUp", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: the situation before")),
    Key("situation_down", "Alt+PgDown", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: the next situation")),
    Key("caller_number", "Alt+N", QT_TRANSLATE_NOOP("Shortcuts", "Give the caller's number")),
    Key("mask", "Ctrl+Shift+M", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide heard numbers")),
    Key("copy_number", "Ctrl+D", QT_TRANSLATE_NOOP("Shortcuts", "Copy the last number")),
)
ANSWERS: Final = (
    Key("find", "Ctrl+K", QT_TRANSLATE_NOOP("Shortcuts", "Search the counselling DB")),
    Key("next", "F5", QT_TRANSLATE_NOOP("Shortcuts", "Show the waiting answers")),
    Key("copy", "F6", QT_TRANSLATE_NOOP("Shortcuts", "Copy the answer")),
    Key("used", "F7", QT_TRANSLATE_NOOP("Shortcuts", "Mark the answer as used")),
    Key("not_this", "F8", QT_TRANSLATE_NOOP("Shortcuts", "Not this answer")),
    Key("card_1", "Ctrl+1", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 1")),
    Key("card_2", "Ctrl+2", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 2")),
    Key("card_3", "Ctrl+3", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 3")),
    Key("gap", "Ctrl+G", QT_TRANSLATE_NOOP("Shortcuts", "Not in the DB: note the gap")),
    Key("correction", "Ctrl+Shift+G", QT_TRANSLATE_NOOP("Shortcuts", "The entry is wrong or outdated")),
    Key("pin", "Ctrl+P", QT_TRANSLATE_NOOP("Shortcuts", "Pin the answers: keep them as they are")),
)
RECORD: Final = (
    Key("field_1", "Alt+1", QT_TRANSLATE_NOOP("Shortcuts", "Record: category")),
    Key("field_2", "Alt+2", QT_TRANSLATE_NOOP("Shortcuts", "Record: inquiry")),
    Key("field_3", "Alt+3", QT_TRANSLATE_NOOP("Shortcuts", "Record: answer")),
    Key("field_4", "Alt+4", QT_TRANSLATE_NOOP("Shortcuts", "Record: action")),
    Key("field_5", "Alt+5", QT_TRANSLATE_NOOP("Shortcuts", "Record: follow-up")),
    Key("file", "Ctrl+Return", QT_TRANSLATE_NOOP("Shortcuts", "File the record")),
)
DESK: Final = (
    Key("keys", "F1", QT_TRANSLATE_NOOP("Shortcuts", "This page")),
    Key("sessions", "Ctrl+H", QT_TRANSLATE_NOOP("Shortcuts", "Saved calls")),
    Key("outbox", "Ctrl+O", QT_TRANSLATE_NOOP("Shortcuts", "Outbox")),
    Key("care", "Ctrl+R", QT_TRANSLATE_NOOP("Shortcuts", "Support and care after a hard call")),
    Key("settings", "Ctrl+,", QT_TRANSLATE_NOOP("Shortcuts", "Settings")),
    Key("larger", "Ctrl++", QT_TRANSLATE_NOOP("Shortcuts", "Larger text")),
    Key("smaller", "Ctrl+-", QT_TRANSLATE_NOOP("Shortcuts", "Smaller text")),
    Key("quit", "Ctrl+Q", QT_TRANSLATE_NOOP("Shortcuts", "Close the desk")),
    Key("back", "Esc", QT_TRANSLATE_NOOP("Shortcuts", "Close only what you opened")),
)
GROUPS: Final = (
    (QT_TRANSLATE_NOOP("Shortcuts", "In a call"), CALL),
    (QT_TRANSLATE_NOOP("Shortcuts", "Answers"), ANSWERS),
    (QT_TRANSLATE_NOOP("Shortcuts", "Record"), RECORD),
    (QT_TRANSLATE_NOOP("Shortcuts", "Desk"), DESK),
)


def said(source: str) -> str:
    """Return a text of the tables in the interface language."""
    return QCoreApplication.translate("Shortcuts", source)


def written(keys: str) -> str:
    """Return a key sequence as people write it."""
    return keys.replace("Return", "Enter")


class KeySheet(QDialog):
    """The F1 sheet: all keys on one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All keys"))
        self.setAccessibleName(self.tr("All keys"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("All keys"), "hero"))
        area, page = parts.scroller(self.tr("All keys"))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        sides = parts.row(gap=32)
        page.addLayout(sides)
        whole.addWidget(area, 1)
        for pair in ((GROUPS[0], GROUPS[3]), (GROUPS[1], GROUPS[2])):
            side = parts.column(gap=8)
            for title, keys in pair:
                side.addWidget(parts.label(said(title), "heading"))
                grid = QGridLayout()
                grid.setHorizontalSpacing(16)
                grid.setVerticalSpacing(2)
                grid.setColumnStretch(1, 1)
                for row, key in enumerate(keys):
                    grid.addWidget(parts.label(written(key.keys), "tag"), row, 0, Qt.AlignmentFlag.AlignLeft)
                    grid.addWidget(parts.label(said(key.text)), row, 1)
                side.addLayout(grid)
                side.addSpacing(4)
            side.addStretch(1)
            sides.addLayout(side, 1)
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        # As tall as its keys, but never taller than the screen: the rest scrolls.
        inside, room = area.widget().sizeHint(), self.screen().availableGeometry()
        around = self.sizeHint().height() - area.sizeHint().height()
        area.setMinimumWidth(inside.width() + area.verticalScrollBar().sizeHint().width())
        area.setMinimumHeight(min(inside.height(), room.height() - around - 80))
