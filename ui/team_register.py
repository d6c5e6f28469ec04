"""The register of managed callers: add by number, change, end, and publish the signed list for the desks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from assist.model import CallerClass
from ui import parts, team_parts, team_words
from ui.jobs import Job
from ui.team_ports import CallerEntry, CallerRow, TeamServices, TeamState

USUAL_DAYS = 180
"""Length that is offered for a new entry, days; the team changes it."""


class RegisterPage(QWidget):
    """No number is shown: only its keyed hash is kept."""

    failed = Signal(object)
    told = Signal(str)
    changed = Signal()
    """The register or the list changed."""

    def __init__(self, services: TeamServices, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._today = today
        self.rows: Sequence[CallerRow] = ()
        self._changing = ""
        """Row that is being changed, by its hash."""
        self._of_incident = ""
        """Incident whose caller is being added."""
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        head = parts.row(gap=8)
        self.list_state = parts.label("", "muted", wrap=True)
        self.publish = parts.button(self.tr("Publish the list"), "outbox", kind="primary")
        self.publish.clicked.connect(self._publish)
        head.addWidget(self.list_state, 1)
        head.addWidget(self.publish)
        parts.nest(whole, head)
        self.table = team_parts.table(
            self.tr("Managed callers"),
            [
                self.tr("Caller"), self.tr("Class"), self.tr("Agreed handling"), self.tr("Until"),
                self.tr("Incidents"), self.tr("State"),
            ],
            2,
            wrap=True,
        )  # fmt: skip
        self.table.itemSelectionChanged.connect(self._selected)
        whole.addWidget(self.table, 1)
        form = parts.frame("pane")
        inside = parts.column(margin=12, gap=8)
        form.setLayout(inside)
        self.heading = parts.label("", "heading", wrap=True)
        inside.addWidget(self.heading)
        first = parts.row(gap=8)
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("Caller's number"))
        self.number.setAccessibleName(self.tr("Number of the caller to manage"))
        self.look_up = parts.button(self.tr("Is it in the register?"), "search")
        self.look_up.clicked.connect(self._find)
        classes = [(team_words.said(words), kind.value) for kind, words in team_words.CLASSES.items()]
        self.kind = team_parts.choice(self.tr("Class"), classes)
        self.until = team_parts.day_field(self.tr("Last day"), today + timedelta(days=USUAL_DAYS))
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        for widget in (self.number, self.look_up, self.kind, parts.label(self.tr("until"), "muted"), self.until):
            first.addWidget(widget, 1 if widget is self.number else 0)
        parts.nest(inside, first)
        self.handling = QLineEdit()
        self.handling.setPlaceholderText(self.tr("Agreed handling, one or two sentences; goes to every desk"))
        self.handling.setAccessibleName(self.tr("Agreed handling"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Note for the team only"))
        self.note.setAccessibleName(self.tr("Note for the team only"))
        inside.addWidget(self.handling)
        inside.addWidget(self.note)
        foot = parts.row(gap=8)
        self.end = parts.button(self.tr("End the selected entry"), "close")
        self.end.clicked.connect(self._end)
        self.change = parts.button(self.tr("Change the selected entry"))
        self.change.clicked.connect(self._begin_change)
        self.cancel = parts.button(self.tr("Leave it as it is"), kind="quiet")
        self.cancel.clicked.connect(self.begin_add)
        self.add = parts.button("", "save", kind="primary")
        self.add.clicked.connect(self._store)
        for button in (self.end, self.change):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.cancel, self.add):
            foot.addWidget(button)
        parts.nest(inside, foot)
        whole.addWidget(form)
        self.begin_add()

    @Slot()
    def look(self) -> None:
        """Read the register again."""
        Job(self, self._services.callers).on_success(self.show_rows).on_failure(self.failed.emit).start()

    def show_rows(self, rows: Sequence[CallerRow]) -> None:
        """List the register."""
        self.rows = rows
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            entry = row.entry
            texts = (
                row.caller[:8],
                team_words.said(team_words.CLASSES[entry.caller_class]),
                "\n".join(part for part in (entry.handling, entry.note) if part),
                entry.until.isoformat(),
                str(row.incidents),
                self.tr("ended") if row.ended else self.tr("in force"),
            )
            team_parts.put(self.table, place, texts, token="muted" if row.ended else "")
        self._selected()

    def show_state(self, state: TeamState) -> None:
        """Say which list the desks have."""
        if not state.version:
            text = self.tr("No list was published yet.")
        else:
            text = self.tr("List {version}: {entries} callers, expires {day}.").format(
                version=state.version, entries=state.entries, day=state.expires_on[:10]
            )
        if state.unpublished:
            text += " " + self.tr("{count} changes are not at the desks yet.").format(count=state.unpublished)
        if not state.has_list_key:
            text = self.tr("This PC has no key for the list: run “doumi callers init” once, then press F5.")
        elif not state.list_folder:
            text += " " + self.tr("No place to publish is set.")
        self.list_state.setText(text)
        parts.set_role(self.list_state, "doubt" if state.unpublished else "muted")
        self.publish.setEnabled(bool(state.list_folder) and state.has_list_key)
        for one in (self.number, self.look_up, self.add):
            one.setEnabled(state.has_list_key)

    # -- the form ---------------------------------------------------------------------------------------------

    @Slot()
    def begin_add(self) -> None:
        """Make the form one for a new caller by number."""
        self._changing = self._of_incident = ""
        self.heading.setText(self.tr("New managed caller"))
        self._show_form(self.tr("Add"), None)

    def add_caller_of(self, incident_id: str) -> None:
        """Make the form one for the caller of an incident, whose number nobody needs to know."""
        self._changing, self._of_incident = "", incident_id
        self.heading.setText(self.tr("The caller of the chosen incident becomes a managed caller"))
        self._show_form(self.tr("Add"), None)
        self.handling.setFocus()

    @Slot()
    def _begin_change(self) -> None:
        row = self._row()
        if row is not None:
            self._changing, self._of_incident = row.caller, ""
            self.heading.setText(self.tr("Changing the entry {caller}").format(caller=row.caller[:8]))
            self._show_form(self.tr("Keep the change"), row.entry)
            self.handling.setFocus()

    def _show_form(self, verb: str, entry: CallerEntry | None) -> None:
        by_number = not (self._changing or self._of_incident)
        self.number.setVisible(by_number)
        self.look_up.setVisible(by_number)
        self.cancel.setVisible(not by_number)
        self.add.setText(verb)
        self.add.setAccessibleName(verb)
        self.number.clear()
        self.handling.setText(entry.handling if entry else "")
        self.note.setText(entry.note if entry else "")
        day = entry.until if entry else self._today + timedelta(days=USUAL_DAYS)
        self.until.setDate(QDate(day.year, day.month, day.day))
        self.kind.setCurrentIndex(max(0, self.kind.findData(entry.caller_class.value if entry else "")))

    def _entry(self) -> CallerEntry:
        return CallerEntry(
            CallerClass(self.kind.currentData()),
            self.handling.text().strip(),
            team_parts.day_of(self.until),
            self.note.text().strip(),
        )

    @Slot()
    def _store(self) -> None:
        services, entry = self._services, self._entry()
        changing, incident_id, number = self._changing, self._of_incident, self.number.text().strip()
        if not entry.handling:
            self.told.emit(self.tr("Write how this caller is to be handled."))
            self.handling.setFocus()
            return
        if changing:
            self._do(lambda: services.change_caller(changing, entry), self.tr("The entry was changed."))
        elif incident_id:
            self._do(lambda: services.add_caller_of(incident_id, entry), self.tr("The caller is in the register."))
        else:
            self._do(lambda: services.add_caller(number, entry), self.tr("The caller is in the register."))

    def _do(self, wish: Callable[[], object], words: str) -> None:
        def done(_row: object) -> None:
            self.told.emit(words)
            self.begin_add()
            self.look()
            self.changed.emit()

        Job(self, wish).on_success(done).on_failure(self.failed.emit).start()

    @Slot()
    def _end(self) -> None:
        row = self._row()
        if row is not None:
            caller = row.caller
            self._do(lambda: self._services.end_caller(caller), self.tr("The entry ends today."))

    @Slot()
    def _find(self) -> None:
        number = self.number.text().strip()
        Job(self, lambda: self._services.find_caller(number)).on_success(self._found).on_failure(
            self.failed.emit
        ).start()

    def _found(self, found: CallerRow | None) -> None:
        if found is None:
            self.told.emit(self.tr("This number is not in the register."))
            return
        place = next((place for place, row in enumerate(self.rows) if row.caller == found.caller), -1)
        self.table.selectRow(place)
        self.told.emit(self.tr("This number is in the register; its row is selected."))

    @Slot()
    def _publish(self) -> None:
        def done(state: TeamState) -> None:
            self.show_state(state)
            self.told.emit(self.tr("List {version} is published.").format(version=state.version))
            self.changed.emit()

        Job(self, self._services.publish).on_success(done).on_failure(self.failed.emit).start()

    def _row(self) -> CallerRow | None:
        place = self.table.currentRow()
        return self.rows[place] if 0 <= place < len(self.rows) else None

    @Slot()
    def _selected(self) -> None:
        row = self._row()
        for button in (self.end, self.change):
            button.setEnabled(row is not None and not row.ended)
