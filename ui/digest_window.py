"""What changed in the counselling DB since the counsellor last looked: a list, and the entry beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QWidget

from kb.model import Article
from ui import parts
from ui.entry_view import EntryView
from ui.ports import Digest
from ui.two_lines import TwoLines
from ui.wording import full_day

MOST: int = 500
"""Rows that are listed; the rest are counted."""
_ARTICLE = int(Qt.ItemDataRole.UserRole)


class DigestWindow(QWidget):
    """Opened from the start panel; never by itself, never over a call."""

    quiz_asked = Signal(object)
    """Tuple of :class:`kb.model.Article`: the changed and new entries to be asked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Changed answers"))
        self.setAccessibleName(self.tr("Changed answers"))
        parts.open_at(self, 980, 640)
        whole = parts.column(margin=16, gap=8)
        self.setLayout(whole)
        self.words = parts.label("", "muted", wrap=True)
        whole.addWidget(parts.label(self.tr("Changed answers"), "hero"))
        whole.addWidget(self.words)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Changed answers"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.currentItemChanged.connect(self._show)
        self.entry = EntryView()
        self.entry.reportable = False
        self.entry.back.hide()
        self.entry.star.hide()
        self.entry.copied.connect(self.entry.copy_answer)
        box = parts.frame("pane")
        inside = parts.column(margin=12)
        box.setLayout(inside)
        inside.addWidget(self.entry)
        sides.addWidget(self.list)
        sides.addWidget(box)
        sides.setSizes([400, 560])
        whole.addWidget(sides, 1)
        self.quiz = parts.button(self.tr("Quiz on these"), "practice")
        self.quiz.clicked.connect(lambda: self.quiz_asked.emit(self._asked))
        self.quiz.hide()
        self._asked: tuple[Article, ...] = ()
        close = parts.button(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = parts.row()
        foot.addWidget(self.quiz)
        foot.addStretch(1)
        foot.addWidget(close)
        parts.nest(whole, foot)

    def show_digest(self, digest: Digest, has_quiz: bool = False) -> None:
        """List what changed: changed entries first, then new ones, then those that are gone.

        Args:
            digest: What changed.
            has_quiz: Whether a quiz on it can be had.
        """
        changes = digest.changes
        self._asked = (*changes.changed, *changes.new)
        self.quiz.setVisible(has_quiz and bool(self._asked))
        counted = self.tr("Changed {changed} · new {new} · removed {removed}").format(
            changed=len(changes.changed), new=len(changes.new), removed=len(changes.removed)
        )
        since = self.tr("since {date}").format(date=full_day(digest.since)) if digest.since else ""
        listed = min(changes.count, MOST)
        first = self.tr("the first {count} are listed").format(count=listed) if listed < changes.count else ""
        self.words.setText(" · ".join(part for part in (counted, since, first) if part))
        self.list.clear()
        for articles, word in ((changes.changed, self.tr("changed")), (changes.new, self.tr("new"))):
            for article in articles[: MOST - self.list.count()]:
                facts = (word, article.district, article.department, article.updated)
                self._add(article.question, " · ".join(fact for fact in facts if fact), article)
        for title in changes.removed[: MOST - self.list.count()]:
            self._add(title, self.tr("removed"), None)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.entry.setVisible(bool(self.list.count()))

    def _add(self, title: str, facts: str, article: Article | None) -> None:
        item = QListWidgetItem(f"{title}\n{facts}")
        item.setData(_ARTICLE, article)
        self.list.addItem(item)

    def _show(self, item: QListWidgetItem | None) -> None:
        article = item.data(_ARTICLE) if item is not None else None
        self.entry.setVisible(isinstance(article, Article))
        if isinstance(article, Article):
            self.entry.show_entry(article, origin="")
            self.entry.star.hide()
