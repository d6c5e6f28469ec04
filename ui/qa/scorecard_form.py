"""The scorecard's form: items, what each has got, the page of the chosen one. Keys pressed in the list rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from assist.review.model import Evidence, Observation, Rating, Rubric
from assist.review.totals import totals
from ui import parts, theme
from ui.qa import evidence_words
from ui.qa.beside import ReplaySide, chosen
from ui.qa.rating_draft import FAULT, RatingDraft, evidence_of
from ui.qa.scorecard_grounds import FaultPage, GroundPage, NoteField
from ui.qa.scorecard_parts import ItemList, ItemPage

WHOLE = ":whole"


class RatingForm(QWidget):
    """Shows and changes one draft; keeps nothing itself."""

    changed = Signal()
    told = Signal(str)
    """A sentence to show; empty: nothing any more."""

    def __init__(self, replay: ReplaySide) -> None:
        super().__init__()
        self._replay = replay
        self._observations: Sequence[Observation] = ()
        self.draft: RatingDraft | None = None
        self._overturned = False
        self.pages: dict[str, ItemPage] = {}
        self.faults: dict[str, FaultPage] = {}
        """By row, as :data:`FAULT` and the fault's id."""
        self._digits = ("", 0)
        whole = parts.column(gap=4)
        self.setLayout(whole)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setChildrenCollapsible(False)
        self.items = ItemList(self.tr("Items of the scorecard"))
        self.items.currentItemChanged.connect(lambda _now, _before: self._show_page())
        self.items.pressed_key.connect(self._pressed)
        self.items.setMinimumHeight(theme.current().px(112))
        self.detail = QStackedWidget()
        self.halves.addWidget(self.items)
        self.halves.addWidget(self.detail)
        self.halves.setStretchFactor(0, 2)
        self.halves.setStretchFactor(1, 3)
        whole.addWidget(self.halves, 1)
        self.total = parts.label("", wrap=True)
        whole.addWidget(self.total)
        self.keys = parts.Elided(
            self.tr(
                "0–9 points  N does not apply  Del open again  E attach  Alt+1…9 what was found  P hear  M note  "
                "O next open  Space critical fault  Ctrl+Enter submit"
            ),
            "small",
        )
        self.keys.setMinimumWidth(theme.current().px(48))
        self.keys.setToolTip(self.tr("From the timeline: Ctrl+E attach, Ctrl+I items"))
        whole.addWidget(self.keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() > self.height() and self.width() >= theme.current().px(560)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted is not self.halves.orientation():
            self.halves.setOrientation(wanted)
            self.halves.setSizes([400, 600])

    # -- filling ------------------------------------------------------------------------------------------------

    def fill(self, rubric: Rubric, rating: Rating, observations: Sequence[Observation]) -> None:
        """Show a rating, its first open item chosen."""
        self.draft = RatingDraft(rubric, rating)
        self._observations = observations
        self.pages = {}
        while (gone := self.detail.widget(0)) is not None:
            self.detail.removeWidget(gone)
            gone.deleteLater()
        self.items.blockSignals(True)
        self.items.clear()
        for skill in rubric.skills:
            self.items.add_head(skill.title)
            for item in (one for one in rubric.items if one.skill == skill.id):
                self.items.add(item.id, "")
                page = ItemPage(item, skill.title, self._offers(item.id))
                page.given.connect(partial(self._give, item.id))
                page.offer_asked.connect(self._attach_offer)
                self.pages[item.id] = page
                self._join(item.id, page)
        self.faults = {}
        if rubric.faults:
            self.items.add_head(self.tr("Critical faults"))
        skills = {skill.id: skill.title for skill in rubric.skills}
        for fault in rubric.faults:
            row = FAULT + fault.id
            self.items.add(row, "")
            self.faults[row] = made = FaultPage(fault, skills.get(fault.zeroes, ""))
            made.changed.connect(partial(self._set_fault, fault.id))
            self._join(row, made)
        self.items.add_head(self.tr("The whole"))
        self.items.add(WHOLE, "")
        self._build_whole(rating.note)
        self.items.blockSignals(False)
        still = [item.id for item in rubric.items if self.draft.is_open(item.id)]
        self.items.choose((still or [rubric.items[0].id])[0])
        self.show_all()

    def _join(self, row: str, page: GroundPage) -> None:
        page.attach_asked.connect(self.attach_selection)
        page.detach_asked.connect(partial(self._detach, row))
        page.hear_asked.connect(self._replay.play_span)
        page.noted.connect(partial(self._note, row))
        page.left.connect(self.items.setFocus)
        self.detail.addWidget(page)

    def _page(self, row: str) -> GroundPage | None:
        return self.pages.get(row) or self.faults.get(row)

    def _build_whole(self, text: str) -> None:
        self.whole = QWidget()
        inside = parts.column(margin=4)
        self.whole.setLayout(inside)
        inside.addWidget(parts.label(self.tr("Remark on the whole call"), "title"))
        self.note = NoteField(self.tr("Remark on the whole call"), lines=6)
        self.note.setPlainText(text)
        self.note.textChanged.connect(lambda: self._note("", self.note.toPlainText()))
        self.note.left.connect(self.items.setFocus)
        inside.addWidget(self.note)
        inside.addStretch(1)
        self.detail.addWidget(self.whole)

    def overturn(self, over: bool) -> None:
        """Say beside the total whether an objection to the rating was right."""
        self._overturned = over
        if self.draft is not None:
            self._show_sum(self.draft)

    def close_rating(self, rating: Rating) -> None:
        """Show the rating as it was submitted; nothing can be changed any more."""
        if self.draft is not None:
            self.draft = RatingDraft(self.draft.rubric, rating)
            self.show_all()

    def _offers(self, ident: str) -> list[Observation]:
        draft = self.draft
        kinds = draft.item(ident).observations if draft is not None else ()
        return [seen for seen in self._observations if seen.kind in kinds]

    # -- showing ------------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Show every item, the faults, the total."""
        if self.draft is not None:
            for row in self.draft.rows:
                self._show_row(self.draft, row)
            self._show_sum(self.draft)
            self._show_page()

    def _show_row(self, draft: RatingDraft, row: str) -> None:
        score, is_open, locked = draft.score(row), draft.is_open(row), draft.is_submitted
        if row in self.pages:
            item = draft.item(row)
            title, facts = item.title, [evidence_words.points_words(item, None if is_open else score)]
            self.pages[row].show_score(score, is_open, locked)
        else:
            fault = next(one for one in draft.rubric.faults if FAULT + one.id == row)
            there = fault.id in draft.rating().faults
            title, facts = fault.title, [self.tr("made") if there else self.tr("none")]
            facts += [self.tr("evidence or a note is wanted")] if is_open else []
            self.faults[row].show_fault(there, score, locked)
        if score.evidence:
            facts.append(self.tr("evidence {count}").format(count=len(score.evidence)))
        if score.note:
            facts.append(self.tr("note"))
        self.items.say(row, f"{title}\n{' · '.join(facts)}")

    def _show_sum(self, draft: RatingDraft) -> None:
        rating = draft.rating()
        total = totals(draft.rubric, rating)
        remark = rating.note.strip().splitlines()
        self.items.say(WHOLE, "{}\n{}".format(self.tr("Remark on the whole call"), remark[0] if remark else "–"))
        self.note.setReadOnly(draft.is_submitted)
        self.keys.setVisible(not draft.is_submitted)
        words = [evidence_words.total_words(draft.rubric, total, rating.faults)]
        if still := len(total.open_items):
            words.insert(0, self.tr("Not rated {count}").format(count=still))
        if self._overturned:
            words.insert(0, evidence_words.overturned())
        self.total.setText(" · ".join(words))

    def _show_page(self) -> None:
        ident = self.items.ident()
        self._digits = ("", 0)
        page = self._page(ident)
        if page is not None:
            self.detail.setCurrentWidget(page)
        elif ident == WHOLE:
            self.detail.setCurrentWidget(self.whole)

    # -- rating by keys -----------------------------------------------------------------------------------------

    @Slot(str)
    def _pressed(self, name: str) -> None:
        draft, ident = self.draft, self.items.ident()
        if draft is None or not ident:
            return
        page = self._page(ident)
        if name == "p":
            if page is not None:
                page.hear_first()
        elif name == "m":
            (page.note if page is not None else self.note).setFocus()
        elif name == "o":
            self.next_open()
        elif draft.is_submitted:
            return
        elif ident in self.faults:
            self._press_fault(draft, ident.removeprefix(FAULT), name)
        elif ident in self.pages:
            self._rate(draft, ident, name)

    def _press_fault(self, draft: RatingDraft, fault: str, name: str) -> None:
        if name == "tick":
            self._set_fault(fault, fault not in draft.rating().faults)
        elif name == "e":
            self.attach_selection()
        elif name.isdigit():
            self.told.emit(self.tr("Digits give points to items. Space ticks a critical fault."))

    def _rate(self, draft: RatingDraft, ident: str, name: str) -> None:
        if name.isdigit():
            self._give(ident, self._typed(draft.item(ident).points, ident, int(name)))
        elif name in ("+", "-"):
            self._give(ident, (draft.score(ident).points or 0) + (1 if name == "+" else -1))
        elif name == "n":
            self._give(ident, None)
        elif name == "del":
            draft.take_back(ident)
            self._changed(ident)
        elif name == "e":
            self.attach_selection()
        elif name.startswith("alt"):
            self._attach_offer(int(name[3:]) - 1)

    def _typed(self, most: int, ident: str, digit: int) -> int:
        """Return the points that digits pressed one after another on one item mean: 1, then 2 is 12 where 12 exists."""
        before = self._digits[1] if self._digits[0] == ident else 0
        joined = before * 10 + digit
        wanted = joined if before and joined <= most else digit
        self._digits = (ident, wanted)
        return wanted

    @Slot()
    def next_open(self) -> None:
        """Choose the next item that is open."""
        draft = self.draft
        if draft is None:
            return
        idents = list(draft.rows)
        here = idents.index(self.items.ident()) if self.items.ident() in idents else -1
        wanted = next((one for one in idents[here + 1 :] + idents[: here + 1] if draft.is_open(one)), "")
        if wanted:
            self.items.choose(wanted)
            self.items.setFocus()

    def _give(self, ident: str, points: int | None) -> None:
        draft = self.draft
        if draft is None or draft.is_submitted:
            return
        if draft.give(ident, points):
            self._changed(ident)
        else:
            self.told.emit(self.tr("This item has 0 to {most} points.").format(most=draft.item(ident).points))
            self._show_row(draft, ident)

    @Slot()
    def attach_selection(self) -> None:
        """Tie what is chosen on the timeline or in the transcript to the item."""
        found = chosen(self._replay)
        if found is None:
            self.told.emit(self.tr("Choose a stretch, a turn or an answer on the timeline first."))
            return
        self._attach(found)

    @Slot(int)
    def _attach_offer(self, place: int) -> None:
        ident = self.items.ident()
        if ident in self.pages and place < len(offers := self._offers(ident)):
            seen = offers[place]
            self._attach(evidence_of(seen, evidence_words.observed(seen)))

    def _attach(self, evidence: Evidence) -> None:
        draft, ident = self.draft, self.items.ident()
        page = self._page(ident)
        if draft is None or draft.is_submitted or page is None:
            return
        if draft.attach(ident, evidence):
            self._changed(ident)
            page.show_newest()
        else:
            self.told.emit(self.tr("This place is attached already."))

    def _detach(self, ident: str, place: int) -> None:
        if self.draft is not None and not self.draft.is_submitted:
            self.draft.detach(ident, place)
            self._changed(ident)

    def _note(self, ident: str, text: str) -> None:
        draft = self.draft
        if draft is None or draft.is_submitted:
            return
        if text != (draft.score(ident).note if ident else draft.rating().note):
            draft.note(ident, text)
            self._changed(ident)

    def _set_fault(self, ident: str, there: bool) -> None:
        if self.draft is not None and not self.draft.is_submitted:
            self.draft.set_fault(ident, there)
            self._changed(FAULT + ident)

    def _changed(self, ident: str) -> None:
        draft = self.draft
        if draft is None:
            return
        self.told.emit("")
        if ident:
            self._show_row(draft, ident)
        self._show_sum(draft)
        self.changed.emit()
