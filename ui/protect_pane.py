"""The next sentence: what to say when a caller abuses or is in danger. Assembles the boxes in one place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assist.model import CrisisKind, LineAction
from ui import parts
from ui.call_view_state import CallViewState, Phase
from ui.protect_caller import CallerBox, NumberField
from ui.protect_crisis import CrisisBox
from ui.protect_ending import EndingBox
from ui.protect_ladder import LadderBox


class NextSentencePane(QWidget):
    """Who calls, a person in danger, the next line, the way to the end. Nothing happens by itself.

    Boxes keep their order. In a crisis the next line stands below what scrolls, cut to one line, always in view.
    """

    warned = Signal(object)
    """Script the counsellor says was given."""
    confirmed = Signal(object)
    """LineAction the counsellor did."""
    asked = Signal(object)
    """LineAction the line shall do."""
    noted = Signal(object)
    """CrisisKind the counsellor wants a handover note for."""
    revealed = Signal()
    """A handover note was copied with names and numbers."""

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        layout = self._whole = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        top = parts.row(gap=8)
        self.head = parts.label(self.tr("What to say now"), "heading")
        top.addWidget(self.head)
        self.number = NumberField()
        top.addWidget(self.number, 1)
        parts.nest(layout, top)
        self.area, self._column = parts.scroller(self.tr("What to say now"))
        self.area.setMinimumHeight(40)
        layout.addWidget(self.area, 1)
        self._pinned = parts.column(gap=0)
        parts.nest(layout, self._pinned)

        self.caller = CallerBox(read_only=read_only)
        self.caller.handover.connect(lambda: self.asked.emit(LineAction.TRANSFER))
        self.ladder = LadderBox(read_only=read_only)
        self.ladder.warned.connect(self.warned.emit)
        self.ending = EndingBox(read_only=read_only)
        self.ending.confirmed.connect(self.confirmed.emit)
        self.ending.asked.connect(self.asked.emit)
        self._crises: dict[CrisisKind, CrisisBox] = {}
        self._danger = parts.column(gap=8)
        self.nothing = parts.label(self.tr("Nothing to say beyond the call itself."), "muted", wrap=True)
        parts.nest(self._column, self._danger)
        for box in (self.ending, self.ladder, self.caller, self.nothing):
            self._column.addWidget(box)
        self._column.addStretch(1)
        self._call = ""
        self._tight = False
        self.show_state(CallViewState())

    @property
    def speaks(self) -> bool:
        """Whether there is anything to say or do."""
        return self.nothing.isHidden()

    def set_tight(self, tight: bool, *, headed: bool = True) -> None:
        """Make the heading small, or leave it out where every line of height counts; the box names itself."""
        self._tight = tight
        self.head.setVisible(headed or not tight)
        parts.set_role(self.head, "small" if tight else "heading")
        self.number.setVisible(not tight and not self._read_only and self._live)
        self._whole.setSpacing(2 if tight else 8)
        room = 4 if tight else 12
        self._whole.setContentsMargins(12, room, 12, room)

    def set_folded(self, folded: bool) -> None:
        """Leave out the empty page where nothing is to be said and every line of height counts."""
        self.area.setVisible(not folded)

    def content_height(self) -> int:
        """Return how tall all there is to say would be at the width of now, pixels."""
        inside = self._column
        inside.activate()
        width = self.area.viewport().width()
        return inside.totalHeightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()

    def show_state(self, state: CallViewState) -> None:
        """Show what the call asks for now; a person in danger comes first."""
        if state.call_id != self._call:
            self._call = state.call_id
            self.number.reset()
        self._live = state.phase is Phase.LIVE
        self.number.setVisible(self._live and not self._read_only and not self._tight)
        self._show_crises(state)
        ending = self.ending.show_state(state)
        # The way to the end shows its own sentence, in the place where the next line stood.
        ladder = self.ladder.show_state(state) and not ending
        caller = self.caller.show_state(state)
        pinned = bool(state.crisis) and ladder
        self.ladder.set_tight(pinned)
        if pinned and self._column.indexOf(self.ladder) >= 0:
            self._pinned.addWidget(self.ladder)
        elif not pinned and self._pinned.indexOf(self.ladder) >= 0:
            self._column.insertWidget(self._column.indexOf(self.ending) + 1, self.ladder)
        self.ending.setVisible(ending)
        self.ladder.setVisible(ladder)
        self.caller.setVisible(caller)
        self.nothing.setVisible(not (state.crisis or ending or ladder or caller))

    def go_on(self) -> None:
        """F10: do the step that comes next, or say that the sentence was said."""
        if self.ending.isVisibleTo(self) and self.ending.first is not None:
            self.ending.go_on()
        elif self.ladder.isVisibleTo(self):
            self.ladder.say()

    def go_other(self) -> None:
        """Ctrl+F10: the other of two steps."""
        self.ending.go_other()

    def _show_crises(self, state: CallViewState) -> None:
        wanted = {seen.finding.kind: seen for seen in state.crisis}
        for kind, box in list(self._crises.items()):
            if wanted.get(kind) != box.seen:
                self._crises.pop(kind)
                self._danger.removeWidget(box)
                box.hide()
                box.deleteLater()
        for seen in state.crisis:  # the newest first
            if seen.finding.kind not in self._crises:
                box = CrisisBox(seen, read_only=self._read_only)
                box.noted.connect(self.noted.emit)
                box.revealed.connect(self.revealed.emit)
                self._crises[seen.finding.kind] = box
                self._danger.insertWidget(0, box)
        for box in self._crises.values():
            box.show_state(state)
