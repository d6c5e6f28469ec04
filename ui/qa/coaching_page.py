"""Coaching beside the replay: tasks agreed with the counsellor, and the history of his ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QDate, Qt, QTime, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QListWidget, QListWidgetItem, QWidget

from assist.review.model import CoachingTask, Rubric
from assist.review.objections import was_accepted
from ui import parts
from ui.jobs import Job
from ui.notices import words_of
from ui.qa import evidence_words
from ui.qa.ports import RatingRow, RatingServices
from ui.two_lines import TwoLines
from ui.wording import full_day

_TASK = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class _Look:
    tasks: Sequence[CoachingTask]
    history: Sequence[RatingRow]
    rubrics: dict[tuple[str, int], Rubric]


class CoachingPage(QWidget):
    """Of one counsellor: what to practise, and how the calls before were rated. Nobody is compared with anybody."""

    failed = Signal(object)

    def __init__(self, services: RatingServices, counsellor: str, today: QDate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.counsellor = counsellor
        self._rating = ""
        self.setAccessibleName(self.tr("Coaching"))
        whole = parts.column(margin=8)
        self.setLayout(whole)
        title = self.tr("Coaching of {counsellor}").format(counsellor=counsellor or "–")
        whole.addWidget(parts.label(title, "title", wrap=True))
        self.tasks = QListWidget()
        self.tasks.setAccessibleName(self.tr("Tasks"))
        self.tasks.setItemDelegate(TwoLines(self.tasks))
        self.tasks.itemActivated.connect(self._toggle)
        self.tasks.setToolTip(self.tr("Enter: done, or open again"))
        whole.addWidget(parts.label(self.tr("Tasks (Enter: done, or open again)"), "heading", wrap=True))
        whole.addWidget(self.tasks, 1)
        self.text = QLineEdit()
        self.text.setAccessibleName(self.tr("New task"))
        self.text.setPlaceholderText(self.tr("What to practise"))
        self.text.setMaxLength(400)
        self.text.returnPressed.connect(self.add)
        self.item = QComboBox()
        self.item.setAccessibleName(self.tr("Item the task is about"))
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.dated = QCheckBox(self.tr("With a day:"))
        self.dated.setAccessibleName(self.tr("With a day until which it is to be done"))
        self.due = QDateEdit(today.addDays(14))
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(self.tr("Day until which it is to be done"))
        self.due.setEnabled(False)
        self.dated.toggled.connect(self.due.setEnabled)
        self.put = parts.button(self.tr("Add"), "plus", name=self.tr("Add the task"))
        self.put.clicked.connect(self.add)
        line = parts.row()
        line.addWidget(self.dated)
        line.addWidget(self.due)
        line.addStretch(1)
        line.addWidget(self.put)
        self.text.setEnabled(bool(counsellor))
        self.item.setEnabled(bool(counsellor))
        whole.addWidget(self.text)
        whole.addWidget(self.item)
        parts.nest(whole, line)
        self.put.setEnabled(bool(counsellor))
        self.told = parts.label("", "small", wrap=True)
        whole.addWidget(self.told)
        whole.addWidget(parts.label(self.tr("Ratings so far, by day of the call"), "heading", wrap=True))
        self.history = QListWidget()
        self.history.setAccessibleName(self.tr("Ratings so far"))
        self.history.setItemDelegate(TwoLines(self.history))
        whole.addWidget(self.history, 2)
        self._sent: set[str] = set()
        """Ratings of this counsellor that were sent, by id."""
        self.about(None, "")
        self.look()

    def about(self, rubric: Rubric | None, rating: str) -> None:
        """Offer the items of a rating, to which a new task then belongs."""
        self._rating = rating
        self.item.clear()
        self.item.addItem(self.tr("About no item in particular"), "")
        for item in rubric.items if rubric is not None else ():
            self.item.addItem(item.title, (item.id, item.skill))
        self.item.setVisible(rubric is not None)

    @Slot()
    def look(self) -> None:
        """Read tasks and history again."""
        ask, code = self._services, self.counsellor
        if not code:
            self.told.setText(self.tr("This call has no counsellor code."))
            return

        def read() -> _Look:
            rows = ask.history(code)
            wanted = {(row.rating.rubric, row.rating.rubric_version) for row in rows if not row.hidden}
            return _Look(ask.tasks(code), rows, {key: ask.rubric(*key) for key in wanted})

        Job(self, read).on_success(self._show).on_failure(self._tell_fault).start()

    def _show(self, look: _Look) -> None:
        place = max(0, self.tasks.currentRow())
        self.tasks.clear()
        for task in look.tasks:
            facts = [self.tr("done {day}").format(day=task.done_at[:10])] if task.done_at else [self.tr("open")]
            facts += [self.tr("until {day}").format(day=task.due)] if task.due else []
            item = QListWidgetItem(f"{task.text}\n{' · '.join(facts)}")
            item.setData(_TASK, task)
            self.tasks.addItem(item)
        if self.tasks.count():
            self.tasks.setCurrentRow(min(place, self.tasks.count() - 1))
        self._sent = {row.rating.id for row in look.history if row.rating.sent_at}
        self.history.clear()
        for row in look.history:
            one = row.rating
            if row.hidden:
                words = self.tr("hidden, so that you can still rate this call blind")
            else:
                rubric = look.rubrics[(one.rubric, one.rubric_version)]
                words = evidence_words.total_words(rubric, row.total, one.faults)
                if was_accepted(row.settlements):
                    words = f"{evidence_words.overturned()} · {words}"
            rater = one.rater or self.tr("another trainer")
            self.history.addItem(QListWidgetItem(f"{full_day(one.call_at)} · {rater}\n{words}"))

    @Slot()
    def add(self) -> None:
        """Add the task that was written."""
        text = self.text.text().strip()
        if not self.put.isEnabled():
            return
        if not text:
            self.text.setFocus()
            return
        item, skill = self.item.currentData() or ("", "")
        due = self.due.date().toString(Qt.DateFormat.ISODate) if self.dated.isChecked() else ""
        made = CoachingTask("", self.counsellor, text, "", due, self._rating, item, skill)
        self.put.setEnabled(False)
        job = Job(self, lambda: self._services.keep_task(made))
        job.on_success(lambda _none: self._added()).on_failure(self._not_added).start()

    def _not_added(self, error: Exception) -> None:
        self.put.setEnabled(True)
        self._tell_fault(error)

    def _added(self) -> None:
        self.put.setEnabled(True)
        self.text.clear()
        goes = self.tr("Added. It goes to the counsellor with the rating.")
        if self._rating in self._sent:
            goes = self.tr("Added. It goes to the counsellor when the rating is sent again.")
        stays = self.tr("Added. It stays with the trainers: no rating is tied to it.")
        self.told.setText(goes if self._rating else stays)
        self.look()

    @Slot(QListWidgetItem)
    def _toggle(self, item: QListWidgetItem) -> None:
        task = item.data(_TASK)
        if isinstance(task, CoachingTask):
            at = QDate.currentDate().toString(Qt.DateFormat.ISODate)
            at = f"{at}T{QTime.currentTime().toString('HH:mm:ss')}"
            changed = replace(task, done_at="" if task.done_at else at)
            job = Job(self, lambda: self._services.keep_task(changed))
            job.on_success(lambda _none: self.look()).on_failure(self._tell_fault).start()

    def _tell_fault(self, error: Exception) -> None:
        self.told.setText(words_of(error))
        self.failed.emit(error)
