"""The record: the program's draft beside what was filed, and what was edited between any two of its versions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from ui import parts, theme
from ui.replay import words
from ui.replay.ports import RecordVersion
from ui.replay.record_diff import FieldDiff, Kept, diff_records


class RecordPage(QWidget):
    """Two versions against each other, field by field; what went is struck, what came underlined, and both said."""

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[RecordVersion, ...] = ()
        layout = parts.column(margin=12, gap=8)
        self.setLayout(layout)
        head = parts.row(gap=8)
        head.addWidget(parts.label(self.tr("Record and edits"), "heading"))
        self.before, self.after = QComboBox(), QComboBox()
        self.before.setAccessibleName(self.tr("Version before"))
        self.after.setAccessibleName(self.tr("Version after"))
        head.addWidget(self.before, 1)
        head.addWidget(parts.label("→", "muted"))
        head.addWidget(self.after, 1)
        parts.nest(layout, head)
        self.summary = parts.label("", "muted", wrap=True)
        layout.addWidget(self.summary)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Record and edits"))
        layout.addWidget(self.text, 1)
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(self._compare)

    def show_versions(self, versions: Sequence[RecordVersion]) -> None:
        """Show the draft against the newest filing."""
        self._versions = tuple(versions)
        for box in (self.before, self.after):
            box.blockSignals(True)
            box.clear()
            for one in self._versions:
                box.addItem(self._title(one))
            box.blockSignals(False)
            box.setEnabled(len(self._versions) > 1)
        self.before.setCurrentIndex(0)
        self.after.setCurrentIndex(len(self._versions) - 1)
        self._compare()

    def _title(self, one: RecordVersion) -> str:
        if one.version == 0:
            return self.tr("Draft of the program")
        if one.version < 0:
            return self.tr("Not filed")
        text = self.tr("Filed {version}  {time}")
        return text.format(version=one.version, time=words.clock(one.at_s))

    def _compare(self) -> None:
        self.text.clear()
        before, after = self.before.currentIndex(), self.after.currentIndex()
        if not 0 <= before < len(self._versions) or not 0 <= after < len(self._versions):
            self.summary.setText(self.tr("This call has no record."))
            return
        found = diff_records(self._versions[before].records, self._versions[after].records)
        edited = [one for one in found if one.changed]
        if len(self._versions) == 1 and self._versions[0].version <= 0:
            self.summary.setText(self.tr("The draft was never filed."))
        elif not edited:
            self.summary.setText(self.tr("Nothing was edited between the two."))
        else:
            new = _count(edited, Kept.NEW)
            gone = _count(edited, Kept.GONE)
            text = self.tr("{fields} fields edited: {new} words added, {gone} words taken out.")
            self.summary.setText(text.format(fields=len(edited), new=new, gone=gone))
        several = max(len(one.records) for one in self._versions) > 1
        cursor, record = self.text.textCursor(), -1
        for one in found:
            if several and one.record != record:
                cursor.insertText(self.tr("Record {number}").format(number=one.record + 1), _form("", bold=True))
                cursor.insertBlock()
            record = one.record
            self._write(cursor, one)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, one: FieldDiff) -> None:
        names = {
            "category": self.tr("Category"),
            "inquiry": self.tr("Inquiry"),
            "answer": self.tr("Answer"),
            "action": self.tr("Action"),
            "follow_up": self.tr("Follow-up"),
        }
        state = self.tr("edited") if one.changed else self.tr("unchanged")
        cursor.insertText(f"{names[one.field]} · {state}", _form("muted"))
        cursor.insertBlock()
        for place, piece in enumerate(one.pieces):
            text = piece.text.lstrip("\n")
            between = "\n" if text != piece.text else " " if place else ""
            cursor.insertText(between, _form(""))
            if piece.kept is Kept.GONE:
                cursor.insertText(self.tr("[out: {text}]").format(text=text), _form("doubt", struck=True))
            elif piece.kept is Kept.NEW:
                cursor.insertText(self.tr("[in: {text}]").format(text=text), _form("good", lined=True))
            else:
                cursor.insertText(text, _form(""))
        cursor.insertBlock()
        cursor.insertBlock()


def _form(token: str, *, bold: bool = False, struck: bool = False, lined: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.current().color(token or "text"))
    made.setFontWeight(QFont.Weight.Bold if bold or lined else QFont.Weight.Normal)
    made.setFontStrikeOut(struck)
    made.setFontUnderline(lined)
    return made


def _count(found: Sequence[FieldDiff], kept: Kept) -> int:
    return sum(len(piece.text.split()) for one in found for piece in one.pieces if piece.kept is kept)
