"""One rating to read: points and what they mean, evidence to hear, notes, faults. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from assist.review.model import ItemScore, Rating, Rubric, Total
from ui import parts, theme
from ui.qa import evidence_words
from ui.qa.scorecard_parts import ItemRows

_SPAN = int(Qt.ItemDataRole.UserRole)
_HEAD = _SPAN + 1
_ITEM = _SPAN + 2


class RatingView(QWidget):
    """A list of items, their notes and evidence; Enter on evidence lets it be heard."""

    hear_asked = Signal(float, float)
    item_chosen = Signal(str)
    """Id of the item or critical fault in which the cursor stands; empty: none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        whole = parts.column(gap=4)
        self.setLayout(whole)
        self.total = parts.label("", wrap=True)
        self.faults = parts.label("", "danger", wrap=True)
        self.remark = parts.label("", "", wrap=True)
        self.lines = QListWidget()
        self.lines.setAccessibleName(name)
        self.lines.setItemDelegate(ItemRows(self.lines))
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.lines.setMinimumHeight(theme.current().px(168))
        self.lines.itemActivated.connect(self._hear)
        self.lines.currentItemChanged.connect(self._moved)
        for one in (self.total, self.faults, self.remark):
            whole.addWidget(one)
        whole.addWidget(self.lines, 1)

    def show_rating(self, rubric: Rubric, rating: Rating, total: Total, *, overturned: bool = False) -> None:
        """Show a rating; ``overturned``: an objection to it was right, and that stands beside its total."""
        words = evidence_words.total_words(rubric, total, rating.faults)
        self.total.setText(f"{evidence_words.overturned()} · {words}" if overturned else words)
        faults = [one.title for one in rubric.faults if one.id in rating.faults]
        words = self.tr("Critical faults: {faults}").format(faults=", ".join(faults))
        self.faults.setText(words)
        self.faults.setVisible(bool(faults))
        self.remark.setText(rating.note)
        self.remark.setVisible(bool(rating.note))
        scores = {score.item: score for score in rating.scores}
        self.lines.clear()
        for skill in rubric.skills:
            self._add(skill.title, head=True)
            for item in (one for one in rubric.items if one.skill == skill.id):
                score = scores.get(item.id)
                words = evidence_words.points_words(item, score)
                points = score.points if score is not None else None
                if points is not None and item.anchors:
                    words = f"{words} · {item.anchors[points]}"
                self._add(f"{item.title}\n{words}", item=item.id)
                if score is not None:
                    self._add_grounds(score, item.id)
        grounds = {one.item: one for one in rating.grounds}
        made = [one for one in rubric.faults if one.id in rating.faults]
        if made:
            self._add(self.tr("Critical faults"), head=True)
        for fault in made:
            self._add(fault.title, item=fault.id)
            if fault.id in grounds:
                self._add_grounds(grounds[fault.id], fault.id)
        if self.lines.count() > 1:
            self.lines.setCurrentRow(1)
            self.lines.scrollToTop()

    def _add_grounds(self, score: ItemScore, item: str) -> None:
        """Add evidence and note below an item or a fault."""
        for one in score.evidence:
            line = evidence_words.evidence_lines(one)
            head = self.tr("▶ {place}") if one.end_s > 0 else "· {place}"
            self._add("    " + head.format(place=line.replace("\n", "\n    ")), item, (one.start_s, one.end_s))
        if score.note:
            self._add("    {}\n    {}".format(self.tr("Rater's note"), " ".join(score.note.split())), item)

    def _add(self, words: str, item: str = "", span: tuple[float, float] | None = None, head: bool = False) -> None:
        made = QListWidgetItem(words)
        made.setData(_SPAN, span)
        made.setData(_HEAD, head)
        made.setData(_ITEM, item)
        made.setToolTip("" if head else words.strip())
        if head:
            made.setFlags(Qt.ItemFlag.NoItemFlags)
        self.lines.addItem(made)

    def item(self) -> str:
        """Return the item or critical fault in which the cursor stands; empty: none."""
        now = self.lines.currentItem()
        return str(now.data(_ITEM) or "") if now is not None else ""

    @Slot()
    def _moved(self) -> None:
        self.item_chosen.emit(self.item())

    def spans(self) -> Sequence[tuple[float, float]]:
        """Return the places that can be heard, in order."""
        found = (self.lines.item(row).data(_SPAN) for row in range(self.lines.count()))
        return [(float(span[0]), float(span[1])) for span in found if span and span[1] > 0]

    @Slot(QListWidgetItem)
    def _hear(self, item: QListWidgetItem) -> None:
        span = item.data(_SPAN)
        if span and span[1] > 0:
            self.hear_asked.emit(float(span[0]), float(span[1]))
