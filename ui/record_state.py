"""Whether the record of a call is filed, and what the site's system said to it, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from assist.events import RecordDelivered
from assist.model import Delivery
from resources.notices import sentence
from ui import parts


class RecordState(QObject):
    """Two labels of the wrap-up: one word beside its heading, and why a filed record was refused."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.word = parts.label("", "doubt")
        self.refusal = parts.label("", "doubt", wrap=True)
        self.refusal.hide()

    def show(self, *, unsaved: bool, version: int, delivered: RecordDelivered | None) -> None:
        """Tell how the record stands; ``version`` 0: not known."""
        text = self.tr("Not filed yet")
        if not unsaved:
            text = self.tr("Filed (version {version})").format(version=version) if version else self.tr("Filed")
            if delivered is not None and delivered.delivery is Delivery.ACCEPTED:
                text = self.tr("{filed} · sent").format(filed=text)
        refused = delivered is not None and bool(delivered.code)
        self.refusal.setVisible(refused)
        if delivered is not None and refused:
            self.refusal.setText(sentence(delivered.code, **delivered.params))
        self.word.setText(text)
        parts.set_role(self.word, "doubt" if unsaved or refused else "good")
