"""The foot of the scorecard: its buttons, and between them what is told."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from assist.review.model import Rating
from ui import icons, parts

SURE_MS: Final = 5000
"""So long a second press throws the draft away."""


class ScorecardFoot(QWidget):
    """Shows what can be done with a rating; does nothing of it itself."""

    def __init__(self) -> None:
        """Show no button: nothing was begun."""
        super().__init__()
        self.asks = False
        """Whether the next press submits: the button says so."""
        self.words = parts.label("", "small", wrap=True)
        self.discard = parts.button(self.tr("Discard the draft"), kind="quiet")
        self.hand_in = parts.button(self.tr("Submit"), "check", kind="primary")
        self.hand_in.installEventFilter(self)
        self.post = parts.button(self.tr("Send to the counsellor"), "outbox", kind="primary")
        self.again = parts.button(self.tr("Rate again"))
        self.again.setToolTip(self.tr("The objection was right: this rating does not count any more"))
        row = parts.row()
        self.setLayout(row)
        row.addWidget(self.discard)
        row.addWidget(self.again)
        row.addWidget(self.words, 1)
        row.addWidget(self.hand_in)
        row.addWidget(self.post)
        self.show_none()

    def show_none(self) -> None:
        """Show no button."""
        self.ask(False)
        for one in (self.discard, self.again, self.hand_in, self.post):
            one.hide()

    def show_rating(self, rating: Rating, overturned: bool) -> None:
        """Show what can be done with this rating; ``overturned``: an objection to it was right."""
        done = bool(rating.submitted_at)
        self.hand_in.setVisible(not done)
        self.discard.setVisible(not done)
        self.again.setVisible(overturned)
        self.post.setVisible(done and not rating.calibration)
        again = bool(rating.sent_at)
        self.post.setText(self.tr("Send again, with later tasks") if again else self.tr("Send to the counsellor"))
        self.post.setAccessibleName(self.post.text())
        parts.set_role(self.post, "" if again else "primary", "kind")
        icons.put(self.post, "outbox", "text" if again else "on_accent")

    def ask(self, asked: bool) -> None:
        """Let the button say that the next press submits for good; or no longer."""
        if asked == self.asks:
            return
        self.asks = asked
        self.hand_in.setText(self.tr("Press again to submit, for good") if asked else self.tr("Submit"))
        self.hand_in.setAccessibleName(self.hand_in.text())

    def is_sure_to_discard(self) -> bool:
        """Take a press on the button that discards; returns whether it was the second."""
        sure = self.tr("Press again to discard")
        is_second = self.discard.text() == sure
        self.ask(False)
        if is_second:
            self._unsure()
        else:
            self.discard.setText(sure)
            QTimer.singleShot(SURE_MS, self, self._unsure)
        return is_second

    @Slot()
    def _unsure(self) -> None:
        self.discard.setText(self.tr("Discard the draft"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click on the button is one press."""
        if watched is self.hand_in and event.type() is QEvent.Type.MouseButtonDblClick:
            return True
        return super().eventFilter(watched, event)
