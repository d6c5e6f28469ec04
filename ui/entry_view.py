"""A whole entry of the counselling DB, in place of the cards until closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from kb.model import Article, Variant
from kb.specials import ID_PREFIX
from ui import clipboard, icons, parts, theme
from ui.flow import Flow
from ui.text_block import Passage, Span


class EntryView(QWidget):
    """Title, number in large digits, districts to pick from and the whole answer; back, star, report and copy."""

    closed = Signal()
    copied = Signal()
    starred = Signal(str, bool)
    """(article id, wanted)"""
    variant_picked = Signal(str)
    """Article id of the same service in another district."""
    reported = Signal()
    """틀림/오래됨 was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article: Article | None = None
        self.reportable = True
        """Whether a note for the DB team can be made here."""
        self.starrable = True
        """Whether it can be kept among the favourites here."""
        self.chips: list[QToolButton] = []
        layout = parts.column(gap=8)
        self.setLayout(layout)
        top = parts.row()
        self.back = parts.button(self.tr("Back"), "back", kind="quiet", tip="Esc")
        self.back.clicked.connect(self.closed)
        self.star = parts.tool("star", self.tr("Favourite"), text=self.tr("Favourite"))
        self.star.setCheckable(True)
        self.star.clicked.connect(self._star)
        self.report = parts.tool("flag", self.tr("Wrong or outdated (Ctrl+Shift+G)"), text=self.tr("Wrong/outdated"))
        self.report.clicked.connect(self.reported)
        self.copy = parts.button(self.tr("Copy"), "copy", tip="F6", name=self.tr("Copy the answer"))
        self.copy.clicked.connect(self.copied)
        top.addWidget(self.back)
        top.addStretch(1)
        for one in (self.star, self.report, self.copy):
            top.addWidget(one)
        parts.nest(layout, top)
        head = parts.row()
        self.title = parts.label("", "title", wrap=True)
        self.ended = parts.label("", "doubt-tag")
        head.addWidget(self.title, 1)
        head.addWidget(self.ended, 0, Qt.AlignmentFlag.AlignTop)
        parts.nest(layout, head)
        who = parts.row(gap=12)
        self.where = parts.label("", "", wrap=True)
        self.phone = parts.label("", "digits")
        parts.selectable(self.phone)
        who.addWidget(self.where, 1)
        who.addWidget(self.phone)
        parts.nest(layout, who)
        self.fresh = parts.label("", "small")
        layout.addWidget(self.fresh)
        rule = QFrame()
        rule.setObjectName("rule")
        layout.addWidget(rule)
        self.area, self._column = parts.scroller(self.tr("Whole entry"))
        parts.reads(self.area)
        layout.addWidget(self.area, 1)

    def set_narrow(self, narrow: bool) -> None:
        """Show signs alone where there is no room for their words."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for one in (self.star, self.report):
            one.setToolButtonStyle(style)
        if (inside := self.layout()) is not None:
            inside.activate()  # a page that hides would keep the least width it had

    def show_entry(
        self,
        article: Article,
        *,
        origin: str,
        ended: str = "",
        variants: Sequence[Variant] = (),
        favourite: bool = False,
        marks: Sequence[Span] = (),
    ) -> None:
        """Show one entry from its top.

        Args:
            article: The entry.
            origin: Word for where the DB came from.
            ended: What says that it is over, or empty.
            variants: The same service in other districts.
            favourite: Whether it is starred.
            marks: Words of the question in the answer, code-point offsets.
        """
        self.article = article
        special = article.id.startswith(ID_PREFIX)
        self.title.setText(article.question)
        self.ended.setText(self.tr("Ended: {what}").format(what=ended) if ended else "")
        self.ended.setVisible(bool(ended))
        category = self.tr("Special material") if special else article.category
        places = (category, article.district, article.department)
        self.where.setText(" · ".join(place for place in places if place) or self.tr("Department unknown"))
        self.phone.setText(article.phone)
        self.phone.setFont(theme.current().font(theme.DIGITS, bold=True, tabular=True))
        self.phone.setAccessibleName(self.tr("Phone {number}").format(number=article.phone) if article.phone else "")
        self.phone.setVisible(bool(article.phone))
        date = article.updated
        fresh = self.tr("Updated {date}").format(date=date) if date else self.tr("Date unknown")
        if special:
            fresh = self.tr("Since {date}").format(date=date)
        self.fresh.setText(" · ".join(part for part in (fresh, origin) if part))
        self.star.setVisible(self.starrable and not special)
        self.report.setVisible(self.reportable and not special)
        self.show_star(favourite)
        parts.clear(self._column)
        self._show_variants(article, variants)
        at = 0
        for paragraph in article.answer.split("\n"):
            text = paragraph.strip()
            if text:
                start = at + paragraph.index(text)
                inside = [
                    (max(0, s - start), min(len(text), e - start))
                    for s, e in marks
                    if s < start + len(text) and e > start
                ]
                self._column.addWidget(Passage(text, size=theme.ANSWER - 2, marks=inside))
            at += len(paragraph) + 1
        self._column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _show_variants(self, article: Article, variants: Sequence[Variant]) -> None:
        self.chips = []
        if not variants:
            return
        whole_city = self.tr("Whole city")
        own = Variant(article.id, article.district)
        others = {one.article_id: one for one in (*variants, own)}
        for one in sorted(others.values(), key=lambda one: one.district):
            chip = parts.tool("", self.tr("Answer for {district}").format(district=one.district or whole_city))
            chip.setText(one.district or whole_city)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setChecked(one.article_id == article.id)
            chip.clicked.connect(lambda _on=False, ident=one.article_id: self.variant_picked.emit(ident))
            self.chips.append(chip)
        self._column.addWidget(parts.label(self.tr("{count} districts").format(count=len(self.chips)), "small"))
        self._column.addWidget(Flow(self.chips))

    def show_star(self, wanted: bool) -> None:
        """Show whether the entry is a favourite."""
        self.star.setChecked(wanted)
        icons.put(self.star, "star-full" if wanted else "star", "accent" if wanted else "text")
        self.star.setToolTip(self.tr("No longer a favourite") if wanted else self.tr("Keep among the favourites"))
        self.star.setAccessibleName(self.star.toolTip())

    @Slot()
    def _star(self) -> None:
        if self.article is not None:
            self.show_star(self.star.isChecked())
            self.starred.emit(self.article.id, self.star.isChecked())

    def copy_answer(self) -> None:
        """Put title, answer and number on the clipboard."""
        if self.article is not None:
            who = f"{self.article.department} {self.article.phone}".strip()
            told = (self.article.question, self.article.answer, who)
            clipboard.copy("\n".join(part for part in told if part), public=True)
