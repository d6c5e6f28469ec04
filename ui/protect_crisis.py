"""A person in danger: what to say and do, whom to call, and the warm handover note made with one press."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from assist.events import CrisisSeen, HandoverNoted, WelfareCentreFound
from assist.mask import mask
from assist.model import CrisisKind
from ui import clipboard, parts, theme
from ui.call_view_state import CallViewState
from ui.flow import Flow
from ui.text_block import Passage

_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨"
"""Keys to press after the number has answered; not part of the number."""


class CrisisBox(QFrame):
    """Steps and numbers of one danger. It grows downwards only and takes nothing away while a call lasts."""

    noted = Signal(object)
    """CrisisKind the counsellor wants a handover note for."""
    revealed = Signal()
    """The note was copied with names and numbers."""

    def __init__(self, seen: CrisisSeen, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        """Show one danger.

        Args:
            seen: What was seen, with its steps and numbers.
            parent: Qt parent.
            read_only: In a reopened call no new note is made; the one that was made is shown.
        """
        super().__init__(parent)
        self.setObjectName("crisis")
        self.seen = seen
        self._note: HandoverNoted | None = None
        self._centre = ("", "")
        """District and number of the centre that is shown."""
        inside = parts.column(margin=8, gap=4)
        self.setLayout(inside)
        kind = self.crisis_name(seen.finding.kind)
        self.head = parts.label(self.tr("A person in danger: {kind}").format(kind=kind), "danger", wrap=True)
        inside.addWidget(self.head)
        if seen.finding.urgency >= 3:
            inside.addWidget(parts.label(self.tr("Act now"), "danger", wrap=True))
        inside.addWidget(Flow([self._number(name, number) for name, number in seen.finding.numbers]))
        self._place = parts.column(gap=0)
        parts.nest(inside, self._place)
        for place, step in enumerate(seen.finding.steps, start=1):
            inside.addWidget(Passage(f"{place}. {step}", size=theme.BODY))
        self.note_button = parts.button(self.tr("Make a warm handover note"), "file")
        self.note_button.setToolTip(
            self.tr("Puts what was said, where and what was done so far into a short text for the receiving side.")
        )
        self.note_button.clicked.connect(self._ask)
        inside.addWidget(self.note_button)
        self.note_button.setHidden(read_only)  # in its place first: alone it would be a window of its own
        self._note_head: QLabel = parts.label(self.tr("Handover note, from what was said only"), "small", wrap=True)
        self._note_head.hide()
        inside.addWidget(self._note_head)
        self._text = parts.column(gap=4)
        parts.nest(inside, self._text)
        self.copy_button = parts.button(self.tr("Copy the note"), "copy")
        self.copy_button.clicked.connect(self._copy)
        self.copy_button.setToolTip(self.tr("Names, numbers and addresses are covered in the copy."))
        self.copy_button.hide()
        inside.addWidget(self.copy_button)
        self.whole_button = parts.button(self.tr("Copy with names and numbers"), "eye")
        self.whole_button.setToolTip(
            self.tr("For those who go to help. That it was copied is kept in the access log of this PC.")
        )
        self.whole_button.clicked.connect(self._copy_whole)
        self.whole_button.hide()
        inside.addWidget(self.whole_button)
        self.copied = parts.label("", "small")
        self.copied.hide()
        inside.addWidget(self.copied)

    @property
    def note(self) -> str:
        """The note as it is shown; empty before one was made."""
        return self._note.text if self._note else ""

    def show_state(self, state: CallViewState) -> None:
        """Show the note made for this danger and the district's welfare centre, as far as there are any."""
        self.show_note(state.handovers.get(self.seen.finding.kind))
        self.show_centre(state.centre)

    def show_note(self, note: HandoverNoted | None) -> None:
        """Show the newest note of this danger."""
        if note is None or note == self._note:
            return
        self._note = note
        parts.clear(self._text)
        self._text.addWidget(Passage(note.text, size=theme.BODY))
        self._note_head.show()
        self.copy_button.show()
        self.whole_button.show()
        self.copied.hide()
        self.note_button.setText(self.tr("Make the note anew"))
        self.note_button.setAccessibleName(self.note_button.text())
        self.note_button.setEnabled(True)

    def show_centre(self, centre: WelfareCentreFound | None) -> None:
        """Show the welfare centre of the district that was heard; the newest one replaces the one before."""
        if centre is None or (centre.district, centre.phone) == self._centre:
            return
        self._centre = (centre.district, centre.phone)
        parts.clear(self._place)
        place = self.tr("{district}: {name}").format(district=centre.district, name=centre.name)
        self._place.addWidget(self._number(place, centre.phone))

    def crisis_name(self, kind: CrisisKind) -> str:
        """Return the name of a kind of danger."""
        return {
            CrisisKind.SUICIDE: self.tr("thoughts of suicide"),
            CrisisKind.SELF_HARM: self.tr("self-harm"),
            CrisisKind.VIOLENCE: self.tr("violence"),
            CrisisKind.CHILD: self.tr("a child at risk"),
            CrisisKind.ELDER: self.tr("an elder at risk"),
            CrisisKind.ISOLATION: self.tr("isolation"),
            CrisisKind.HARDSHIP: self.tr("hardship"),
            CrisisKind.FIRE_OR_INJURY: self.tr("fire or injury"),
        }[kind]

    def _number(self, name: str, number: str) -> QWidget:
        cell = QWidget()
        line = parts.row(gap=4)
        cell.setLayout(line)
        line.addWidget(parts.label(name, "small"))
        digits = parts.label(number, "digits")
        digits.setMaximumHeight(theme.current().px(theme.DIGITS) * 5 // 4)
        line.addWidget(digits)
        copy = parts.tool("copy", self.tr("Copy the number: {name}").format(name=name), kind="action")
        copy.clicked.connect(lambda: clipboard.copy(number.rstrip(f"-{_CIRCLED}"), public=True))
        line.addWidget(copy)
        return cell

    @Slot()
    def _ask(self) -> None:
        self.noted.emit(self.seen.finding.kind)

    @Slot()
    def _copy(self) -> None:
        clipboard.copy(mask(self.note)[0])
        self.copied.setText(self.tr("Copied, names and numbers covered"))
        self.copied.show()

    @Slot()
    def _copy_whole(self) -> None:
        self.revealed.emit()
        clipboard.copy(self.note)
        self.copied.setText(self.tr("Copied"))
        self.copied.show()
