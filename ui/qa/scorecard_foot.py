"""The foot of the scorecard: its buttons, and between them what is told."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from assist.review.model import Rating
from ui import icons, parts
from ui.qa.two_press import TwoPress


class ScorecardFoot(QWidget):
    """Shows what can be done with a rating; does nothing of it itself."""

    def __init__(self) -> None:
        """Show no button: nothing was begun."""
        super().__init__()
        self.words = parts.label("", "small", wrap=True)
        self.discard = parts.button(self.tr("Discard the draft"), kind="quiet")
        self.discarding = TwoPress(self.discard, self.tr("Press again to discard"))
        self.hand_in = parts.button(self.tr("Submit"), "check", kind="primary")
        self.submitting = TwoPress(self.hand_in, self.tr("Press again to submit, for good"))
        # Not where the button stood that submits: one press more there is to send nothing.
        self.post = parts.button(self.tr("Send to the counsellor"), "outbox")
        self.sending = TwoPress(self.post, self.tr("Press again to send"))
        self.sending.asked.connect(self._sending_asked)
        self._counsellor = ""
        self._before = ""
        self._asking = ""
        self.again = parts.button(self.tr("Rate again"))
        self.again.setToolTip(self.tr("The objection was right: this rating does not count any more"))
        row = parts.row()
        self.setLayout(row)
        for button in (self.discard, self.post, self.again):
            row.addWidget(button)
        row.addWidget(self.words, 1)
        row.addWidget(self.hand_in)
        self.show_none()

    def show_none(self) -> None:
        """Show no button."""
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
        self._counsellor = rating.counsellor
        send = self.tr("Send again, with later tasks") if again else self.tr("Send to the counsellor")
        self.sending.rename(send, self.tr("Press again to send"))
        parts.set_role(self.post, "" if again else "primary", "kind")
        icons.put(self.post, "outbox", "text" if again else "on_accent")

    @Slot(bool)
    def _sending_asked(self, asked: bool) -> None:
        """Say what goes to whom before it goes."""
        if asked:
            self._before = self.words.text()
            words = self.tr(
                "Press again: the rating with its evidence, notes and tasks goes to the desk of {counsellor}. What was "
                "sent cannot be taken back."
            )
            self._asking = words.format(counsellor=self._counsellor or self.tr("the counsellor without a code"))
            self.words.setText(self._asking)
        elif self.words.text() == self._asking:  # what was told meanwhile stays
            self.words.setText(self._before)
