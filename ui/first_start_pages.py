"""The pages of the first start but that of the sound. Each can be passed over; what is set here is a setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from resources.notices import Fault
from ui import parts
from ui.first_start_ports import FirstStartDesk, ModelAdvice, ModelMeasured
from ui.jobs import Job
from ui.ports import DeskServices
from ui.settings_ports import Field, SettingsDesk, Value
from ui.settings_rows import SettingRow


class Page(QWidget):
    """One step: a title, a sentence, and what it is about."""

    changed = Signal(str)
    """Path of a setting that was changed."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.title = title
        self.column: QVBoxLayout = parts.column(gap=12)
        self.column.setContentsMargins(0, 0, 12, 0)
        self.setLayout(self.column)
        self.column.addWidget(parts.label(sentence, "muted", wrap=True))

    def enter(self) -> None:
        """The page is shown."""

    def leave(self) -> None:
        """The page is left: what it holds is let go."""


class SettingsPage(Page):
    """A page of settings, as rows of the settings window."""

    def __init__(self, title: str, sentence: str, desk: SettingsDesk, paths: Sequence[str]) -> None:
        super().__init__(title, sentence)
        self._desk = desk
        self.rows: dict[str, SettingRow] = {}
        fields = {field.path: field for field in desk.fields()}
        for path in paths:
            self._add(fields[path])
        self.body = parts.column(gap=12)
        parts.nest(self.column, self.body)
        self.column.addStretch(1)

    def _add(self, field: Field) -> None:
        row = SettingRow(field)
        row.wished.connect(lambda path, value: self._store(path, lambda: self._desk.change(path, value)))
        row.reset_asked.connect(lambda path: self._store(path, lambda: self._desk.reset(path)))
        self.rows[field.path] = row
        self.column.addWidget(row)

    def change(self, path: str, value: Value) -> None:
        """Store one value; a fault is told beside its field."""
        self._store(path, lambda: self._desk.change(path, value))

    def _store(self, path: str, step: Callable[[], None]) -> None:
        row = self.rows[path]
        try:
            step()
        except Fault as fault:
            row.refuse(str(fault))
            return
        row.take(next(field for field in self._desk.fields() if field.path == path))
        self.changed.emit(path)


class KnowledgePage(SettingsPage):
    """Where the counselling DB comes from: the example, a file, or the release address."""

    _progressed = Signal(float)

    def __init__(self, title: str, sentence: str, services: DeskServices) -> None:
        super().__init__(title, sentence, services.settings(), ("releases.address", "releases.trusted_root"))
        self._services = services
        self.now = parts.label("", wrap=True)
        self.body.addWidget(self.now)
        buttons = parts.row()
        self.bring = parts.button(self.tr("Bring in a file …"), "file")
        self.bring.clicked.connect(self._pick)
        self.look = parts.button(self.tr("Look at the address now"), "retry")
        self.look.clicked.connect(self._look)
        buttons.addWidget(self.bring)
        buttons.addWidget(self.look)
        buttons.addStretch(1)
        parts.nest(self.body, buttons)
        self.told = parts.label("", "muted", wrap=True)
        self.body.addWidget(self.told)
        self._progressed.connect(self._progress)
        self.enter()

    def enter(self) -> None:
        kb = self._services.state().kb
        text = {
            "sample": self.tr("Now: the example that comes with the program, {count} entries."),
            "local": self.tr("Now: an imported file, {count} entries."),
        }.get(kb.origin, self.tr("Now: a release of the standard counselling DB, {count} entries."))
        self.now.setText(text.format(count=kb.articles) if kb.articles else self.tr("The DB is being opened …"))

    @Slot()
    def _pick(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Bring in a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Entries (*.jsonl *.json *.csv *.tsv *.xlsx);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.bring_in)
        dialog.open()

    @Slot(str)
    def bring_in(self, name: str) -> None:
        """Import a file of entries; the desk is searched on meanwhile."""
        self.bring.setEnabled(False)
        self.told.setText(self.tr("Bringing it in …"))
        desk, file = self._services.first_start(), Path(name)
        job = Job(self, lambda: desk.import_knowledge(file, self._progressed.emit))
        job.on_success(self._brought).on_failure(self._not_brought).start()

    @Slot(float)
    def _progress(self, done: float) -> None:
        self.told.setText(self.tr("Bringing it in … {percent} %").format(percent=round(100 * done)))

    def _brought(self, sentence: str) -> None:
        self.bring.setEnabled(True)
        self.told.setText(sentence)
        self.enter()

    def _not_brought(self, error: Exception) -> None:
        self.bring.setEnabled(True)
        self.told.setText(str(error) if isinstance(error, Fault) else self.tr("The file could not be brought in."))

    @Slot()
    def _look(self) -> None:
        self._services.first_start().look_for_release()
        self.told.setText(self.tr("The address is being looked at. News come on the notice line."))


class ModelPage(Page):
    """Which speech model suits this PC, measured here."""

    _measuring = Signal(str)

    def __init__(self, title: str, sentence: str, desk: SettingsDesk, first: FirstStartDesk) -> None:
        super().__init__(title, sentence)
        self._desk = desk
        self._first = first
        self._runs = False
        self.advice = ModelAdvice()
        names = first.models()
        here = self.tr("Installed: {names}").format(names=", ".join(names))
        none = self.tr("No speech model is installed. Run “doumi models fetch”, or ask your IT desk.")
        self.column.addWidget(parts.label(here if names else none, "" if names else "doubt", wrap=True))
        buttons = parts.row()
        self.measure = parts.button(self.tr("Measure on this PC (about a minute)"), "play")
        self.measure.clicked.connect(self._measure)
        self.measure.setEnabled(bool(names))
        self.take = parts.button(self.tr("Use the recommended model"), "check", kind="primary")
        self.take.clicked.connect(self._take)
        self.take.hide()
        buttons.addWidget(self.measure)
        buttons.addWidget(self.take)
        buttons.addStretch(1)
        parts.nest(self.column, buttons)
        self.told = parts.label("", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        self._measuring.connect(self._tell_progress)

    def leave(self) -> None:
        if self._runs:
            self._first.stop()

    @Slot()
    def _measure(self) -> None:
        self._runs = True
        self.measure.setEnabled(False)
        self.take.hide()
        self.told.setText(self.tr("Measuring …"))
        job = Job(self, lambda: self._first.measure(self._measuring.emit))
        job.on_success(self._measured).on_failure(self._failed).start()

    @Slot(str)
    def _tell_progress(self, name: str) -> None:
        self.told.setText(self.tr("Measuring {name} …").format(name=name))

    def _measured(self, advice: ModelAdvice) -> None:
        self._runs, self.advice = False, advice
        self.measure.setEnabled(True)
        lines = [self._line(one) for one in advice.measured]
        if advice.holds:
            lines.append(
                self.tr("Recommended: {name}, the most exact one that keeps up with a busy call here.").format(
                    name=advice.name
                )
            )
        else:
            lines.append(self.tr("This PC is slow for them: {name} is the fastest.").format(name=advice.name))
        if advice.larger:
            lines.append(self.tr("{name} may be fast enough too; it is not installed.").format(name=advice.larger))
        if advice.busy:
            lines.append(self.tr("Other programs kept this PC busy: it may be faster than this."))
        if advice.name == advice.chosen:
            lines.append(self.tr("It is the one in use."))
        self.take.setVisible(advice.name != advice.chosen)
        self.told.setText("\n".join(lines))

    def _line(self, one: ModelMeasured) -> str:
        text = self.tr(
            "{name}: this PC recognises 1 second of speech in {seconds} seconds; text stands {delay} seconds after the "
            "last word."
        )
        return text.format(name=one.name, seconds=f"{one.per_second_s:.2f}", delay=f"{one.delay_s:.1f}")

    def _failed(self, error: Exception) -> None:
        self._runs = False
        self.measure.setEnabled(True)
        self.told.setText(str(error) if isinstance(error, Fault) else self.tr("Measuring did not work."))

    @Slot()
    def _take(self) -> None:
        try:
            self._desk.change("models.speech", self.advice.name)
        except Fault as fault:
            self.told.setText(str(fault))
            return
        self.take.hide()
        self.told.setText(self.tr("{name} is used from the next start.").format(name=self.advice.name))
        self.changed.emit("models.speech")


class PrivacyPage(Page):
    """What is kept, how long and where; what leaves this PC."""

    holdings_asked = Signal()

    def __init__(self, title: str, sentence: str, first: FirstStartDesk) -> None:
        super().__init__(title, sentence)
        self._first = first
        self.words = parts.column(gap=12)
        parts.nest(self.column, self.words)
        more = parts.button(self.tr("Recording and how long it is kept"), "lock", kind="quiet")
        more.clicked.connect(self.holdings_asked)
        self.column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.enter()

    def enter(self) -> None:
        parts.clear(self.words)
        facts = self._first.privacy()
        kept = [self.tr("{kind}: {days} days").format(kind=kind, days=days) for kind, days in facts.kept]
        if facts.with_shift:
            kept = [self.tr("Nothing of a call outlives the shift, but evidence and what is handed over.")]
        if facts.basis:
            kept.append(self.tr("Decided by: {basis}").format(basis=facts.basis))
        key = (
            self.tr("Encrypted; the key lies in the system's keyring.")
            if facts.in_keyring
            else self.tr("Encrypted; the key lies in a file of this PC.")
        )
        leaves = list(facts.leaves) or [self.tr("Nothing leaves this PC.")]
        leaves.append(self.tr("Nothing is sent by itself to anybody else. Nobody is scored or ranked."))
        self._block(self.tr("What is kept, and how long"), kept)
        self._block(self.tr("Where"), [facts.place, key])
        self._block(self.tr("What leaves this PC"), leaves)

    def _block(self, heading: str, lines: Sequence[str]) -> None:
        frame = parts.frame("quiet")
        inside = parts.column(margin=16, gap=4)
        frame.setLayout(inside)
        inside.addWidget(parts.label(heading, "heading"))
        for line in lines:
            inside.addWidget(parts.label(line, wrap=True))
        self.words.addWidget(frame)
        frame.show()  # at once: a frame still hidden has no place in the page's height
