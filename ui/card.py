"""One answer card."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton

from assist.model import Card, CardAction
from kb.model import Band
from kb.specials import ID_PREFIX
from ui import key_words, parts, theme
from ui.reasons import why
from ui.text_block import Passage
from ui.wording import dots

_NARROW = 400
"""Width, in pixels at 100 %, below which the actions stand without signs."""


def origin_word(code: str) -> str:
    """Return the word for where the DB came from; the code itself where it has none."""
    translate = QCoreApplication.translate
    names = {
        "sample": translate("CardOrigin", "example"),
        "local": translate("CardOrigin", "local"),
        "release": translate("CardOrigin", "release"),
    }
    return names.get(code, code)


class CardWidget(QFrame):
    """Title, the passage that answers, who to ask, how fresh, how sure, and what to do with it."""

    acted = Signal(object, object)
    """(Card, CardAction)"""
    picked = Signal(object)
    """Card: the counsellor points at this one."""

    def __init__(self, card: Card, place: int, origin: str, *, lines: int = 3) -> None:
        super().__init__()
        self.card = card
        self.setObjectName("card")
        self.setAccessibleName(card.title)
        reasons = why(card.reasons)
        self.setToolTip(reasons)
        self.setAccessibleDescription(reasons)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().verticalPolicy().Maximum)
        layout = parts.column(margin=12, gap=2)
        layout.setContentsMargins(12, 8, 12, 6)
        self.setLayout(layout)
        top = parts.row()
        top.addWidget(parts.Elided(card.title, "title"), 1)
        if card.article_id.startswith(ID_PREFIX):
            top.addWidget(parts.label(self.tr("Special material"), "tag"))
        if card.ended:
            ended = parts.label(self.tr("Ended"), "doubt-tag")
            ended.setToolTip(card.ended)
            top.addWidget(ended)
        if card.band is not Band.SURE:
            top.addWidget(parts.label(self.tr("Candidate"), "doubt-tag"))
        sure = parts.Dots()
        filled = dots(card.score)
        word = self.sureness(filled)
        sure.show_level(filled, word)
        top.addWidget(sure)
        top.addWidget(parts.label(word, "small"))
        parts.nest(layout, top)
        self.passage = Passage(
            card.passage, size=theme.ANSWER, marks=[(s.start, s.end) for s in card.highlights], max_lines=lines
        )
        layout.addWidget(self.passage)
        who = parts.row(gap=12)
        place_text = " · ".join(part for part in (card.district, card.department) if part)
        who.addWidget(parts.Elided(place_text or self.tr("Department unknown")), 1)
        if card.variants:
            count = len(card.variants) + 1
            self.districts = parts.tool("", self.tr("Pick another district"), kind="chip")
            self.districts.setText(self.tr("{count} districts").format(count=count))
            self.districts.clicked.connect(lambda: self.acted.emit(self.card, CardAction.OPENED))
            who.addWidget(self.districts)
        phone = parts.label(card.phone or self.tr("No number"), "phone" if card.phone else "muted")
        phone.setFont(theme.current().font(theme.ANSWER, bold=True, tabular=True))
        who.addWidget(phone)
        parts.nest(layout, who)
        foot = self._foot = parts.row(gap=0)
        fresh = self.tr("Updated {date}").format(date=card.updated) if card.updated else self.tr("Date unknown")
        words = " · ".join(p for p in (fresh, origin) if p)
        # In very large type the date itself matters more than the word beside it.
        bare = " · ".join(p for p in (card.updated, origin) if p)
        facts = parts.Elided(bare if card.updated and theme.current().scale >= 1.5 else words, "small")
        facts.setAccessibleName(words)
        foot.addWidget(facts, 1)
        self.open_button = self._action(self.tr("Open"), "open", f"Ctrl+{place}", CardAction.OPENED)
        self.copy_button = self._action(self.tr("Copy"), "copy", "F6", CardAction.COPIED)
        self.used_button = self._action(self.tr("Used"), "check", "F7", CardAction.USED)
        self.not_button = self._action(self.tr("Not this"), "close", "F8", CardAction.DISMISSED)
        for one in (self.open_button, self.copy_button, self.used_button, self.not_button):
            foot.addWidget(one)
        parts.nest(layout, foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow column the words stay and the signs go: the date keeps its room."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.current().px(_NARROW)
        style = Qt.ToolButtonStyle.ToolButtonTextOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for one in (self.open_button, self.copy_button, self.used_button, self.not_button):
            if one.toolButtonStyle() is not style:
                one.setToolButtonStyle(style)

    def sureness(self, filled: int) -> str:
        """Return the word that goes with the dots."""
        words = (self.tr("Unsure"), self.tr("Perhaps"), self.tr("Likely"), self.tr("Sure"))
        return words[filled - 1]

    def set_current(self, current: bool) -> None:
        """Show whether the F-keys act on this card."""
        parts.set_role(self, "true" if current else "false", "current")

    def set_past(self, acts: frozenset[CardAction]) -> None:
        """Show a card of a moment that is over: what was done with it in words, and nothing to do but open it."""
        for one in (self.copy_button, self.used_button, self.not_button):
            one.setVisible(False)
        self.open_button.setToolTip("")  # its key means something else there
        words = {
            CardAction.OPENED: self.tr("Opened"),
            CardAction.COPIED: self.tr("Copied"),
            CardAction.USED: self.tr("Used"),
            CardAction.PINNED: self.tr("Pinned"),
        }
        done = " · ".join(word for act, word in words.items() if act in acts)
        if done:
            self._foot.insertWidget(1, parts.label(done, "tag"))
            self.setAccessibleName(f"{self.card.title}, {done}")

    def mark_used(self) -> None:
        """Show that this answer was used."""
        self.used_button.setCheckable(True)
        self.used_button.setChecked(True)
        self.used_button.setEnabled(False)

    def tell_copied(self) -> None:
        """Say 'copied' on the button for a moment."""
        self.copy_button.setText(self.tr("Copied"))
        QTimer.singleShot(1500, self, self._copied_over)

    @Slot()
    def _copied_over(self) -> None:
        self.copy_button.setText(self.tr("Copy"))

    def _action(self, text: str, icon: str, key: str, action: CardAction) -> QToolButton:
        made = parts.tool(icon, f"{text} ({key_words.told(key)})", kind="action", text=text)
        made.setAccessibleName(f"{text}: {self.card.title}")
        made.clicked.connect(lambda: self.acted.emit(self.card, action))
        return made

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self.card)
        super().mousePressEvent(event)
