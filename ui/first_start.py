"""The first start: a few questions, each of which can be passed over. Two minutes, never in a call, never in the way.

Everything that is set here is a setting and can be changed in the settings, which open the assistant again.
"""

from __future__ import annotations

import itertools

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QScrollArea, QStackedWidget, QWidget

from ui import parts, theme
from ui.first_start_pages import KnowledgePage, ModelPage, Page, PrivacyPage, SettingsPage
from ui.first_start_sound import SoundPage
from ui.ports import DeskServices


class FirstStartWindow(QDialog):
    """Pages one after the other; Alt+Left and Alt+Right turn them."""

    changed = Signal(str)
    """Path of a setting that was changed."""
    answered = Signal()
    """The questions were answered, or put aside: they do not come by themselves again."""
    practice_asked = Signal()
    """A practice call is wanted."""
    holdings_asked = Signal()
    """What this PC keeps is wanted."""

    def __init__(self, services: DeskServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._giving_way = False
        self.setWindowTitle(self.tr("First start"))
        self.setAccessibleName(self.tr("First start"))
        self.setModal(False)
        parts.open_at(self, 800, 640)
        whole = parts.column(margin=24, gap=12)
        self.setLayout(whole)
        head = parts.row(gap=16)
        self.title = parts.label("", "hero", wrap=True)
        self.place = parts.label("", "muted")
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        parts.nest(whole, head)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack, 1)
        self.pages = self._made(services)
        for page in self.pages:
            page.changed.connect(self.changed)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setAccessibleName(page.title)
            page.setObjectName("inside")
            area.setWidget(page)
            self.stack.addWidget(area)
        buttons = parts.row()
        self.later = parts.button(self.tr("Later"), kind="quiet", tip=self.tr("The settings open it again"))
        self.later.clicked.connect(self.close)
        self.back = parts.button(self.tr("Back"), "back")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.skip = parts.button(self.tr("Skip"))
        self.skip.clicked.connect(lambda: self.turn(1))
        self.next = parts.button(self.tr("Next"), kind="primary")
        self.next.setMinimumWidth(theme.current().px(88))
        self.next.clicked.connect(lambda: self.turn(1))
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        for one in (self.back, self.skip, self.next):
            buttons.addWidget(one)
        parts.nest(whole, buttons)
        self.next.setDefault(True)  # Enter in a field goes on
        for before, after in itertools.pairwise((self.next, self.skip, self.back, self.later)):
            QWidget.setTabOrder(before, after)
        QShortcut(QKeySequence("Alt+Left"), self, lambda: self.turn(-1))
        QShortcut(QKeySequence("Alt+Right"), self, lambda: self.turn(1))
        self._show(0)

    def _made(self, services: DeskServices) -> tuple[Page, ...]:
        desk, first = services.settings(), services.first_start()
        privacy = PrivacyPage(
            self.tr("What stays here"), self.tr("What this PC keeps, for how long, and what leaves it."), first
        )
        privacy.holdings_asked.connect(self.holdings_asked)
        return (
            SettingsPage(
                self.tr("Language and look"),
                self.tr("Choose what you read best. All of it can be changed later in the settings (Ctrl+,)."),
                desk,
                ("language", "desk.theme", "desk.text_scale"),
            ),
            SettingsPage(
                self.tr("Whose PC this is"),
                self.tr("A counsellor takes calls here; the dedicated team receives what is handed over."),
                desk,
                ("role",),
            ),
            SoundPage(
                self.tr("Sound"),
                self.tr("Try both sides: speak, and let the telephony program or the PC play something."),
                services,
            ),
            KnowledgePage(
                self.tr("Counselling DB"),
                self.tr("The example works at once. Bring in a file, or let the desk fetch releases from an address."),
                services,
            ),
            ModelPage(
                self.tr("Speech model"),
                self.tr("Larger models hear better and take longer. Measure what this PC can do."),
                desk,
                first,
            ),
            privacy,
            self._last(),
        )

    def _last(self) -> Page:
        page = Page(
            self.tr("Ready"),
            self.tr("A practice call shows everything without a citizen on the line. F1 shows all keys."),
        )
        self.practice = parts.button(self.tr("Tour over a practice call"), "practice", kind="tile")
        self.practice.clicked.connect(self._practise)
        page.column.addWidget(self.practice, 0, Qt.AlignmentFlag.AlignLeft)
        page.column.addStretch(1)
        return page

    @property
    def at(self) -> int:
        """Place of the page shown, from 0."""
        return self.stack.currentIndex()

    def turn(self, step: int) -> None:
        """Go on or back; after the last page the questions are answered."""
        if self.at + step >= len(self.pages):
            self.close()
        elif self.at + step >= 0:
            self.pages[self.at].leave()
            self._show(self.at + step)

    def give_way(self) -> None:
        """A call began: nothing may lie over it or hold its devices. It is asked again at the next start."""
        if self.isVisible():
            self._giving_way = True
            self.close()

    def _show(self, place: int) -> None:
        page, last = self.pages[place], place == len(self.pages) - 1
        self.stack.setCurrentIndex(place)
        self.title.setText(page.title)
        self.place.setText(self.tr("Step {place} of {count}").format(place=place + 1, count=len(self.pages)))
        self.setAccessibleDescription(f"{self.place.text()}: {page.title}")
        self.back.setEnabled(place > 0)
        self.skip.setVisible(not last)
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.later.setVisible(not last)
        page.enter()
        (self.practice if last else self.next).setFocus()

    @Slot()
    def _practise(self) -> None:
        self.close()
        self.practice_asked.emit()

    def done(self, result: int) -> None:
        self.pages[self.at].leave()
        if not self._giving_way:
            self.answered.emit()
        super().done(result)
