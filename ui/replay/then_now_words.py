"""Words for what is compared then and now: parts, states, labels, fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject

from ui.replay.moments import MomentKind
from ui.replay.then_now_ports import Compared, ComparedPart
from ui.replay.words import code_word, kind_word, record_field
from ui.wording import mask

_FAMILIES: Final = {"": MomentKind.ABUSE, "crisis": MomentKind.CRISIS, "behaviour": MomentKind.BEHAVIOUR}


class ThenNowWords(QObject):
    """Names in the window's language."""

    def what(self, row: Compared) -> str:
        """Return what a row is of, e.g. ``Text, caller``."""
        parts = {
            ComparedPart.TEXT: self.tr("Text"),
            ComparedPart.CARD: self.tr("Answers"),
            ComparedPart.LABEL: self.tr("Labels"),
            ComparedPart.NUMBER: self.tr("Number"),
            ComparedPart.DRAFT: self.tr("Draft"),
        }
        sides = {"agent": self.tr("counsellor"), "caller": self.tr("caller"), "": ""}
        about = self._field(row.field) if row.part is ComparedPart.DRAFT else sides.get(row.channel, "")
        return f"{parts[row.part]}, {about}" if about else parts[row.part]

    def state(self, row: Compared) -> str:
        """Return how the two sides stand to each other."""
        if row.kept:
            stood, why = self.state(replace(row, kept=False)), self.tr("sound missing, stored text")
            return f"{stood}, {why}"
        if row.same:
            return self.tr("the same")
        if not row.then:
            return self.tr("only now")
        return self.tr("only then") if not row.now else self.tr("differs")

    def why(self, row: Compared) -> str:
        """Return what is known of why the sides differ; empty where nothing is."""
        return {
            "then": self.tr("then, search by meaning did not answer: words alone were searched"),
            "now": self.tr("now, search by meaning did not answer: words alone were searched"),
        }.get(row.words_alone, "")

    def lines(self, row: Compared, lines: Iterable[str]) -> tuple[str, ...]:
        """Return one side for a person: labels in words, telephone numbers hidden in their middle."""
        if row.part is ComparedPart.LABEL:
            return tuple(self._label(label) for label in lines)
        if row.part is ComparedPart.NUMBER:
            return tuple(mask(row.field, text) for text in lines)
        return tuple(lines)

    def _field(self, field: str) -> str:
        number, name = record_field(field)
        return self.tr("{field} of record {number}").format(field=name, number=number)

    def _label(self, label: str) -> str:
        name, _, severity = label.partition(":")
        family, _, code = name.rpartition(".")
        kind = _FAMILIES[family]
        shown = f"{kind_word(kind)} · {code_word(kind, code)}"
        return self.tr("{label}, level {level}").format(label=shown, level=severity) if severity else shown
