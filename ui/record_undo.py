"""Undo and redo over the whole wrap-up form: one row of steps for every field, line and record of it. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assist.model import CallRecord

MOST: Final = 300
"""Steps that are kept."""
PAUSE_MS: Final = 1_500
"""A rest in typing after which the next key begins a step of its own."""
Line = tuple[str, tuple[int, ...]]
"""Text as typed, and the turns behind it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record of the form as it stands, empty lines too."""

    category: str
    fields: tuple[tuple[Line, ...], ...]
    """Lines of 문의, 답변, 처리, 후속조치."""
    base: CallRecord
    """What the form began with: subcategory and the turns behind the category."""


Form = tuple[Sheet, ...]
BLANK: Final[tuple[Line, ...]] = (("", ()),)
"""A field nobody wrote into."""


def sheet_of(record: CallRecord) -> Sheet:
    """Return a record as the form shows it."""
    lists = [
        tuple((text, record.evidence.get(f"{key}.{n}", ())) for n, text in enumerate(getattr(record, key)))
        for key in ("inquiry", "answer", "action")
    ]
    last = ((record.follow_up, record.evidence.get("follow_up", ())),) if record.follow_up else ()
    return Sheet(record.category, tuple(lines or BLANK for lines in (*lists, last)), record)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the form."""

    record: int
    field: int
    """0 to 3; -1 for the category."""
    line: int = 0
    position: int = -1
    """Of the cursor; -1 for the end."""


@dataclass(slots=True)
class Steps:
    """What was done to the form, step by step. Typing in one line without a rest is one step."""

    now: Form = ()
    _before: list[Form] = field(default_factory=list)
    _after: list[Form] = field(default_factory=list)
    _where: object = None
    _at_ms: int = 0

    def begin(self, form: Form) -> None:
        """Forget everything; ``form`` is the beginning."""
        self.now, self._where = form, None
        self._before.clear()
        self._after.clear()

    def note(self, form: Form, where: object, at_ms: int) -> None:
        """Take in that the form changed.

        Args:
            form: As it stands now.
            where: The line that is written in; None for anything but typing, which is a step of its own.
            at_ms: Monotonic time.
        """
        if form == self.now:
            return
        typed = _shape(form) == _shape(self.now)
        goes_on = typed and where is not None and where == self._where and at_ms - self._at_ms < PAUSE_MS
        if not goes_on:
            self._before.append(self.now)
            del self._before[:-MOST]
        self._after.clear()
        self.now, self._where, self._at_ms = form, where if typed else None, at_ms

    def undo(self) -> Form | None:
        """Step back; returns the form to show, None where there is nothing to undo."""
        return self._move(self._before, self._after)

    def redo(self) -> Form | None:
        """Step forward again; None where there is nothing to redo."""
        return self._move(self._after, self._before)

    def _move(self, source: list[Form], target: list[Form]) -> Form | None:
        if not source:
            return None
        target.append(self.now)
        self.now, self._where = source.pop(), None
        return self.now


def _shape(form: Form) -> list[tuple[str, list[int]]]:
    """Return what typing does not change: how many lines each field has, and the categories."""
    return [(sheet.category, [len(lines) for lines in sheet.fields]) for sheet in form]


def changed_place(before: Form, after: Form) -> Place | None:
    """Return where ``after`` first differs from ``before``; the cursor stands behind what came."""
    for number, sheet in enumerate(after):
        if number >= len(before):
            return Place(number, 0)
        old = before[number]
        if sheet == old:
            continue
        if sheet.category != old.category:
            return Place(number, -1)
        for name, (mine, theirs) in enumerate(zip(sheet.fields, old.fields, strict=True)):
            if mine == theirs:
                continue
            line = next((n for n, one in enumerate(mine) if n >= len(theirs) or one != theirs[n]), len(mine) - 1)
            old_text = theirs[line][0] if line < len(theirs) else ""
            return Place(number, name, max(0, line), _end_of_change(old_text, mine[line][0] if mine else ""))
    return Place(len(after) - 1, 0) if len(after) < len(before) else None


def _end_of_change(before: str, after: str) -> int:
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    return len(after) - same
