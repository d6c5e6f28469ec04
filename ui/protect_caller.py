"""Who calls: a place for the number, and what the dedicated team agreed for a caller it manages."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from assist.model import CallerClass
from ui import parts
from ui.call_view_state import CallViewState, Phase
from ui.text_block import Passage
from ui.wording import mask


class NumberField(QWidget):
    """Takes a number by Enter or by pasting, and shows it masked from then on."""

    given = Signal(str)
    """The number as typed; empty when it is taken back."""

    def __init__(self, parent: QWidget | None = None, *, can_take_back: bool = False) -> None:
        super().__init__(parent)
        self._can_take_back = can_take_back
        line = parts.row(gap=4)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit = QLineEdit()
        self.edit.setMaxLength(40)
        self.edit.setAccessibleName(self.tr("Caller's number"))
        self._tip = self.tr("Type or paste the caller's number, then Enter (Alt+N). It is not shown again.")
        self.edit.returnPressed.connect(self._enter)
        self.edit.editingFinished.connect(self._enter)
        line.addWidget(self.edit, 1)
        self.back = parts.tool("close", self.tr("Take the number back"), kind="action")
        self.back.clicked.connect(self._take_back)
        line.addWidget(self.back)
        self.reset()

    def reset(self) -> None:
        """Forget the number."""
        self.edit.clear()
        self.edit.setPlaceholderText(self.tr("Caller's number (optional)"))
        self.edit.setAccessibleDescription("")
        self.edit.setToolTip(self._tip)
        self.back.hide()

    def show_given(self, number: str) -> None:
        """Show, masked, that a number was given by the telephone; an empty one forgets it."""
        self.reset()
        if number:
            self.show_masked(mask("phone", number))

    def show_masked(self, masked: str) -> None:
        """Show a number that is masked already."""
        text = self.tr("Number: {masked}").format(masked=masked)
        self.edit.setPlaceholderText(text)
        self.edit.setAccessibleDescription(text)  # it may be too narrow to be read
        self.edit.setToolTip(f"{text}\n{self._tip}")
        self.back.setVisible(self._can_take_back)

    @Slot()
    def _enter(self) -> None:
        text = self.edit.text().strip()
        if not text:
            return
        self.edit.clear()
        self.show_masked(mask("phone", text))
        self.given.emit(text)

    @Slot()
    def _take_back(self) -> None:
        self.reset()
        self.given.emit("")


class CallerBox(QFrame):
    """What was agreed for the caller, with the hand-over at hand before the first word."""

    handover = Signal()

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("demand")
        self._read_only = read_only
        self._known: object = None
        inside = parts.column(margin=12, gap=4)
        self.setLayout(inside)
        self.head = parts.label("", "doubt", wrap=True)
        inside.addWidget(self.head)
        self._place = parts.column(gap=0)
        parts.nest(inside, self._place)
        self.facts = parts.label("", "small", wrap=True)
        inside.addWidget(self.facts)
        self.button = parts.button(self.tr("Hand over to the team"), "outbox")
        self.button.clicked.connect(self._ask)
        inside.addWidget(self.button)

    def show_state(self, state: CallViewState) -> bool:
        """Show what is known of the caller; returns whether there is anything to show."""
        known = state.caller
        if known is None:
            self._known = None
            return False
        managed = known.managed
        if known != self._known:
            self._known = known
            self.head.setText(self.class_name(managed.caller_class) if managed else self.tr("Caller"))
            parts.set_role(self.head, "doubt" if managed else "small")
            parts.clear(self._place)
            if managed:
                self._place.addWidget(Passage(managed.handling, size=16))
            self.facts.setText(" · ".join(self._facts(state)))
            self.button.setEnabled(True)
        self.button.setVisible(managed is not None and state.phase is Phase.LIVE and not self._read_only)
        return True

    def _facts(self, state: CallViewState) -> list[str]:
        known = state.caller
        if known is None:
            return []
        facts = []
        if known.managed is not None:
            facts.append(self.tr("agreed until {day}").format(day=known.managed.until))
        else:
            facts.append(self.tr("not on the list of managed callers"))
        if known.earlier_calls:
            facts.append(self.tr("earlier calls here: {count}").format(count=known.earlier_calls))
        return facts

    def class_name(self, caller_class: CallerClass) -> str:
        """Return why the team manages a caller."""
        return {
            CallerClass.MALICIOUS: self.tr("Managed caller: abusive"),
            CallerClass.HARD: self.tr("Managed caller: hard calls"),
        }[caller_class]

    @Slot()
    def _ask(self) -> None:
        self.button.setEnabled(False)
        self.handover.emit()
