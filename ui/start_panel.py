"""The desk between calls: start from devices, a recording or a practice call; pick up a recent one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from audio.model import CallerSide, DeviceChoice
from ui import parts, theme
from ui.ports import Digest, PracticeRow, SessionRow
from ui.protect_caller import NumberField
from ui.two_lines import TwoLines
from ui.wording import clock, full_day


class StartPanel(QWidget):
    """Three ways to begin on the left, practice calls in the middle, recent calls on the right."""

    devices_asked = Signal()
    sound_check_asked = Signal()
    file_chosen = Signal(object, bool)
    """(Path, at real speed)"""
    practice_chosen = Signal(str)
    session_chosen = Signal(str)
    sessions_asked = Signal()
    tour_asked = Signal()
    exercises_asked = Signal()
    digest_asked = Signal()
    recovered_asked = Signal()
    letters_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = parts.column()
        self.setLayout(outer)
        self.area, column = parts.scroller(self.tr("Ready for a call"))
        outer.addWidget(self.area)
        whole = self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(24)
        parts.nest(column, whole)

        left = parts.column(gap=12)
        left.addWidget(parts.label(self.tr("Ready for a call"), "hero"))
        self.choice = parts.label("", "muted", wrap=True)
        left.addWidget(self.choice)
        self.digest = parts.button("", "info", kind="quiet")
        self.digest.clicked.connect(self.digest_asked)
        self.digest.hide()
        left.addSpacing(8)
        self.start = parts.button(self.tr("Start a call  F2"), "call", kind="hero", name=self.tr("Start a call"))
        self.start.clicked.connect(self.devices_asked)
        self.number = NumberField(can_take_back=True)
        self.missing = parts.label(
            self.tr("No speech model: run “doumi models fetch” and open the desk again. Practice calls still work."),
            "doubt",
            wrap=True,
        )
        self.missing.hide()
        self.check = parts.button(self.tr("Sound check"), "mic", kind="tile")
        self.check.clicked.connect(self.sound_check_asked)
        self.open_file = parts.button(self.tr("Open a recording …"), "file", kind="tile")
        self.open_file.clicked.connect(self._pick_file)
        self.fast = QCheckBox(self.tr("As fast as it goes, not at real speed"))
        self.fast.setAccessibleName(self.fast.text())
        for one in (self.start, self.missing, self.number, self.check, self.open_file, self.fast):
            left.addWidget(one)
        left.addSpacing(16)
        quiet = parts.frame("quiet")
        words = parts.column(margin=16, gap=4)
        quiet.setLayout(words)
        words.addWidget(parts.label(self.tr("What stays here"), "heading"))
        self.stays = parts.label("", "muted", wrap=True)
        self.show_stays(False)
        words.addWidget(self.stays)
        left.addWidget(quiet)
        left.addWidget(self.digest, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        box = QWidget()
        box.setLayout(left)
        self._left = box
        whole.addWidget(box, 2)

        self.practice = self._list(self.tr("Practice calls"))
        middle = parts.column(gap=8)
        practice_head = parts.row()
        practice_head.addWidget(parts.label(self.tr("Practice calls"), "heading"))
        practice_head.addStretch(1)
        self.tour = parts.button(self.tr("Tour step by step"), "practice", kind="quiet")
        self.tour.clicked.connect(self.tour_asked)
        self.exercises = parts.button(self.tr("Exercises"), "practice", kind="quiet")
        self.exercises.clicked.connect(self.exercises_asked)
        self.exercises.hide()
        practice_head.addWidget(self.exercises)
        practice_head.addWidget(self.tour)
        parts.nest(middle, practice_head)
        middle.addWidget(
            parts.label(
                self.tr("Written dialogues: everything runs but recognition. Enter or double-click starts one."),
                "small",
                wrap=True,
            )
        )
        middle.addWidget(self.practice, 1)
        self.run_practice = parts.button(self.tr("Start this practice call"), "practice")
        self.run_practice.clicked.connect(self._start_practice)
        middle.addWidget(self.run_practice)
        parts.nest(whole, middle, 3)

        self.recent = self._list(self.tr("Recent calls"))
        self._recent: Sequence[SessionRow] | None = None
        right = parts.column(gap=8)
        head = parts.row()
        head.addWidget(parts.label(self.tr("Recent calls"), "heading"))
        head.addStretch(1)
        all_calls = parts.button(self.tr("All calls"), "history", kind="quiet")
        all_calls.clicked.connect(self.sessions_asked)
        head.addWidget(all_calls)
        parts.nest(right, head)
        self.recovered = parts.button("", "warning", kind="quiet", name=self.tr("Recovered calls"))
        self.recovered.clicked.connect(self.recovered_asked)
        self.recovered.hide()
        right.addWidget(self.recovered, 0, Qt.AlignmentFlag.AlignLeft)
        self.letters = parts.button("", "info", kind="quiet", name=self.tr("Letters about my calls"))
        self.letters.clicked.connect(self.letters_asked)
        self.letters.hide()
        right.addWidget(self.letters, 0, Qt.AlignmentFlag.AlignLeft)
        self.none = parts.label(self.tr("No calls yet. Filed records appear here."), "muted", wrap=True)
        right.addWidget(self.none)
        right.addWidget(self.recent, 1)
        right.addStretch(0)
        parts.nest(whole, right, 3)

        self.practice.itemActivated.connect(lambda _item: self._start_practice())
        self.recent.itemActivated.connect(lambda item: self.session_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Stand side by side where there is room, else below each other; the page scrolls where it has to."""
        look = theme.current()
        narrow = self.width() < look.px(760)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(direction)
        self._left.setMaximumWidth(16_777_215 if narrow else look.px(400))
        for one in (self.practice, self.recent):
            one.setMinimumHeight(look.px(180))

    def show_digest(self, digest: Digest) -> None:
        """Tell in one line what changed in the DB; nothing where nothing did."""
        text = self.tr("See {count} answers changed since your last shift").format(count=digest.changes.count)
        self.digest.setText(text)
        self.digest.setAccessibleName(text)
        self.digest.setVisible(digest.changes.count > 0)

    @Slot(int)
    def show_recovered(self, count: int) -> None:
        """Offer the list of calls that a crash cut short; nothing where there are none."""
        text = self.tr("See {count} recovered calls").format(count=count)
        self.recovered.setText(text)
        self.recovered.setAccessibleName(text)
        self.recovered.setVisible(count > 0)

    @Slot(int)
    def show_stays(self, quality: bool) -> None:
        """Say what leaves this PC; ``quality``: it takes part in quality assurance."""
        self.stays.setText(
            self.tr(
                "Sound and text stay on this PC, encrypted. Of every call quality assurance learns time, length, "
                "field, your counsellor code and marks (handed over, crisis, abuse, hard caller, another language, "
                "interrupted, on hold, not in the DB), not what was said. Samples can be drawn by all of these; a "
                "call that is drawn goes there sealed. Nothing else is sent unless you hand a call over."
            )
            if quality
            else self.tr("Sound and text stay on this PC, encrypted. Nothing is sent unless you hand a call over.")
        )

    @Slot(int, int, bool)
    def show_letters(self, count: int, drawn: int, has_any: bool) -> None:
        """Offer the letters and drawn calls, and count those that were not looked at; nothing without any."""
        told = [self.tr("{count} new letters").format(count=count)] if count else []
        told += [self.tr("{count} of my calls drawn").format(count=drawn)] if drawn else []
        text = self.tr("Letters about my calls: {what}").format(what=" · ".join(told))
        text = text if told else self.tr("Letters about my calls")
        self.letters.setText(text)
        self.letters.setAccessibleName(text)
        self.letters.setVisible(has_any or bool(told))

    def show_ready(self, ready: bool) -> None:
        """Whether speech can be recognised; without it only practice calls begin."""
        self.missing.setVisible(not ready)
        for one in (self.start, self.open_file, self.fast):
            one.setEnabled(ready)

    def focus_first(self) -> None:
        """Put the cursor where a call begins."""
        (self.start if self.start.isEnabled() else self.practice).setFocus()

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setItemDelegate(TwoLines(made))
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        return made

    @Slot(object)
    def show_choice(self, choice: DeviceChoice) -> None:
        """Say what a call would listen to."""
        side = {
            CallerSide.LOOPBACK: self.tr("what the PC plays"),
            CallerSide.INPUT: self.tr("a second input"),
            CallerSide.SPLIT: self.tr("a stereo device"),
        }[choice.caller_side]
        microphone = choice.agent or self.tr("system default")
        text = self.tr("Microphone: {microphone}. Caller's side: {side}.")
        self.choice.setText(text.format(microphone=microphone, side=side))

    def show_practice(self, rows: Sequence[PracticeRow]) -> None:
        """List the practice calls."""
        self.practice.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.title}\n{self.kind(row.kind)} · {clock(row.seconds)}")
            item.setData(Qt.ItemDataRole.UserRole, row.name)
            self.practice.addItem(item)
        if rows:
            self.practice.setCurrentRow(0)
        self.run_practice.setEnabled(bool(rows))

    def show_recent(self, rows: Sequence[SessionRow]) -> None:
        """List the newest saved calls. The same again leaves the list, and what is chosen in it, as it is."""
        if self._recent == tuple(rows[:20]):
            return
        self._recent = tuple(rows[:20])
        self.recent.clear()
        for row in rows[:20]:
            filed = self.tr("filed") if row.filed else self.tr("not filed")
            facts = [full_day(row.started_at), row.category or "–", filed]
            if row.escalated:
                facts.append(self.tr("handed over"))
            item = QListWidgetItem(f"{row.inquiry or row.title or '–'}\n{' · '.join(facts)}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.recent.addItem(item)
        self.none.setVisible(not rows)
        self.recent.setVisible(bool(rows))

    def kind(self, kind: str) -> str:
        """Return the name of a kind of practice call."""
        names = {
            "normal": self.tr("everyday"),
            "abuse": self.tr("abuse up to the last warning"),
            "crisis": self.tr("a person in danger"),
            "angry": self.tr("angry but decent"),
            "two_inquiries": self.tr("two inquiries"),
            "callback": self.tr("callback with name and number"),
            "not_in_db": self.tr("not in the DB"),
            "rambling": self.tr("rambling"),
        }
        return names.get(kind, kind)

    @Slot()
    def _start_practice(self) -> None:
        item = self.practice.currentItem()
        if item is not None:
            self.practice_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _pick_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a recording"), "", self.tr("Recordings (*.wav *.flac)")
        )
        if name:
            self.file_chosen.emit(Path(name), not self.fast.isChecked())
