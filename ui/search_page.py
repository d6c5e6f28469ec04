"""Search by hand: what to narrow to, what was found, and the entries at hand while nothing is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kb.model import Article, FilterChoices, Hit, SearchFilters, SearchResult
from ui import parts
from ui.ports import AtHand
from ui.search_results import SearchResults

_PASSAGE: Final = 160
"""Characters of an entry at hand that its row shows."""


@dataclass(frozen=True, slots=True)
class SearchWish:
    """One search to make."""

    number: int
    """Later wishes have larger ones."""
    text: str
    filters: SearchFilters
    quick: bool
    """At every key: by words alone. Otherwise typing rests and the full search is made."""


class SearchPage(QWidget):
    """Filters over a list. Every search carries a number: what comes back late is dropped."""

    wished = Signal(object)
    """SearchWish"""
    opened = Signal(object)
    """kb.model.Hit"""
    narrowed = Signal()
    """A filter was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._shown = 0
        self._words = ""
        self._hand = AtHand()
        layout = parts.column(gap=8)
        self.setLayout(layout)
        row = parts.row(gap=8)
        self.field = self._combo(self.tr("Field"), self.tr("All fields"))
        self.district = self._combo(self.tr("District"), self.tr("All districts"))
        self.department = self._combo(self.tr("Department"), self.tr("All departments"))
        for box in self._boxes():
            row.addWidget(box, 1)
        self.clear_filters = parts.tool("close", self.tr("Remove the filters"))
        self.clear_filters.clicked.connect(self.reset_filters)
        self.clear_filters.setEnabled(False)
        row.addWidget(self.clear_filters)
        parts.nest(layout, row)
        self.results = SearchResults()
        self.results.opened.connect(self.opened)
        layout.addWidget(self.results, 1)

    def _combo(self, name: str, everything: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(everything, "")
        box.setMaxVisibleItems(16)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.currentIndexChanged.connect(self._narrowed)
        return box

    def _boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        return self.field, self.district, self.department

    @property
    def filters(self) -> SearchFilters:
        """What is narrowed to."""
        field, district, department = (str(box.currentData() or "") for box in self._boxes())
        return SearchFilters(field, district, department)

    def show_choices(self, choices: FilterChoices) -> None:
        """Offer what the DB can be narrowed to; a choice that still exists stays."""
        for box, names in zip(self._boxes(), (choices.fields, choices.districts, choices.departments), strict=True):
            if [box.itemData(at) for at in range(1, box.count())] == list(names):
                continue
            chosen = box.currentData()
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(1)
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
            box.setEnabled(bool(names))

    @Slot()
    def reset_filters(self) -> None:
        """Narrow to nothing."""
        self._widen()
        self.narrowed.emit()

    def _widen(self) -> None:
        for box in self._boxes():
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.clear_filters.setEnabled(False)

    @Slot()
    def _narrowed(self) -> None:
        self.clear_filters.setEnabled(bool(self.filters))
        self.narrowed.emit()

    # -- searching ------------------------------------------------------------------------------------

    def look_for(self, words: str, *, quick: bool) -> None:
        """Search for ``words``; with none and no filter the entries at hand are shown."""
        self._words = words
        filters = self.filters
        self._number += 1
        if not words and not filters:
            self._shown = self._number
            self.show_hand(self._hand)
            return
        self.results.expect(words)
        self.wished.emit(SearchWish(self._number, words, filters, quick))

    def take(self, wish: SearchWish, result: SearchResult) -> None:
        """Show what a search found, unless something newer was asked for or shown meanwhile."""
        if wish.number <= self._shown or wish.text != self._words or wish.filters != self.filters:
            return
        self._shown = wish.number
        self.results.show_result(result)

    def fail(self, wish: SearchWish) -> None:
        """Say that a search could not be made."""
        if wish.number > self._shown and wish.text == self._words:
            self._shown = wish.number
            self.results.say_failed()

    def forget(self) -> None:
        """Begin anew: no filters, nothing found; a search under way is not waited for."""
        self._number += 1
        self._shown, self._words = self._number, ""
        self._widen()
        self.results.clear()

    # -- at hand --------------------------------------------------------------------------------------

    @property
    def hand(self) -> AtHand:
        """Favourite and lately opened entries."""
        return self._hand

    def show_hand(self, hand: AtHand) -> None:
        """Keep the entries at hand, and list them where nothing is looked for."""
        self._hand = hand
        if self._words or self.filters:
            return
        stars, lately = hand.favourites, hand.opened
        hits = tuple(_bare(article) for article in (*stars, *lately))
        told = [self.tr("Favourites {count}").format(count=len(stars))] if stars else []
        told += [self.tr("Opened lately {count}").format(count=len(lately))] if lately else []
        nothing = self.tr("Type words, 초성 or the end of a phone number. Favourites (★) and entries opened wait here.")
        self.results.show_hits(hits, " · ".join(told) or nothing, starred=len(stars))


def _bare(article: Article) -> Hit:
    """Return an entry as a row of the list: its beginning, nothing marked."""
    return Hit(article, " ".join(article.answer[:_PASSAGE].split()), (), 0.0)
