"""The dedicated team's side for its windows and commands. Fills :class:`ui.team_ports.TeamServices`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from app import incident_figures, tables, team_packs, team_rows, team_steps
from app.access_log import Action
from app.caller_numbers import normalise
from app.callers import Publication, Register
from app.errors import CallerFault, TeamFault
from app.settings import TeamSettings
from app.sound import PlayBack, clip_pcm
from app.store import Store
from app.store_reader import fold
from app.tables import Table, Workbook
from app.team_inbox import TeamInbox
from assist.escalate import CLIP
from resources.notices import sentence
from ui.figure_ports import Figures
from ui.team_ports import CallerEntry, CallerRow, InboxLook, InboxRow, IncidentDetail, StepRow, TeamState, TeamStep


class TeamDesk:
    """Inbox, steps, register and figures. Methods from any worker thread."""

    def __init__(
        self,
        store: Store,
        inbox: TeamInbox,
        register: Register,
        folder: Callable[[], Path],
        settings: Callable[[], TeamSettings],
        workbook: Workbook,
        play_back: PlayBack,
        now: Callable[[], datetime],
    ) -> None:
        """Join the parts; ``folder`` is the inbox folder as it is set now, ``now`` the wall clock with zone."""
        self._store = store
        self._inbox = inbox
        self._register = register
        self._folder = folder
        self._settings = settings
        self._workbook = workbook
        self._play_back = play_back
        self._now = now

    def state(self) -> TeamState:
        """See :class:`ui.team_ports.TeamServices`."""
        published = self._register.published()
        folder = self._settings().callers_folder
        return TeamState(
            folder=str(self._folder()),
            has_identity=self._inbox.has_identity,
            has_list_key=self._register.has_key,
            list_folder=str(folder) if folder else "",
            version=published.version,
            published_at=published.issued,
            expires_on=published.expires[:10],
            entries=published.entries,
            unpublished=self._register.unpublished(),
        )

    def take_identity(self, file: Path) -> None:
        """See :class:`ui.team_ports.TeamServices`."""
        self._inbox.take_identity(file)

    def look(self) -> InboxLook:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._inbox.look()

    def inbox(self, query: str = "", number: str = "") -> Sequence[InboxRow]:
        """See :class:`ui.team_ports.TeamServices`."""
        words = tuple(folded for word in query.split() if (folded := fold(word)))
        today = self._now().date().isoformat()
        if not number.strip():
            return self._store.read(lambda db: team_rows.inbox_rows(db, today, words))
        digits, hasher = normalise(number), self._register.hasher()
        caller = hasher.of(digits) if hasher else ""
        rows = self._store.read(lambda db: team_rows.inbox_rows(db, today, words))
        same = self._callers_of() if caller else {}
        return [
            row
            for row in rows
            if row.incident_id and (same.get(row.incident_id, "-") == caller or self._names(row.incident_id, digits))
        ]

    def incident(self, incident_id: str) -> IncidentDetail:
        """See :class:`ui.team_ports.TeamServices`."""
        today = self._now().date().isoformat()
        rows = self._store.read(lambda db: team_rows.inbox_rows(db, today))
        row = next((one for one in rows if incident_id and one.incident_id == incident_id), None)
        if row is None:
            raise TeamFault("inbox.no_incident", id=incident_id)
        parts = self.parts(incident_id)
        self._store.log_soon(Action.PACK_OPEN, incident_id)
        manifest = team_rows.manifest_of(parts)
        callers = self._callers_of()
        caller = callers.get(incident_id, "")
        return IncidentDetail(
            row=row,
            facts=team_packs.facts(parts, manifest),
            transcript=team_packs.transcript(parts, manifest),
            acts=team_packs.acts(manifest),
            clip=team_packs.clip(parts, manifest),
            packs=self._store.read(lambda db: team_rows.pack_rows(db, incident_id)),
            steps=self._store.read(lambda db: team_steps.of_incident(db, incident_id)),
            caller=self._register.row(caller) if caller else None,
            others=tuple(
                one.incident_id
                for one in rows
                if caller and one.incident_id and one.incident_id != incident_id and callers[one.incident_id] == caller
            ),
        )

    def resolve(self, prefix: str) -> str:
        """Return the one incident whose id begins with ``prefix``. Raises TeamFault ``inbox.no_incident``."""
        sql = "SELECT incident_id FROM team_incidents WHERE substr(incident_id, 1, length(:p)) = :p LIMIT 2"
        found = self._store.read(lambda db: [row["incident_id"] for row in db.query(sql, {"p": prefix})])
        if len(found) != 1 or not prefix:
            raise TeamFault("inbox.no_incident", id=prefix)
        return str(found[0])

    def parts(self, incident_id: str) -> Mapping[str, bytes]:
        """See :class:`ui.team_ports.TeamServices`."""
        found = self._store.read(lambda db: team_rows.best_parts(db, incident_id))
        if not found:
            raise TeamFault("inbox.no_incident", id=incident_id)
        return found

    def play(self, incident_id: str, start_s: float, end_s: float) -> None:
        """See :class:`ui.team_ports.TeamServices`."""
        parts = self.parts(incident_id)
        place = team_packs.clip(parts, team_rows.manifest_of(parts))
        if place is None:
            raise TeamFault("inbox.no_clip")
        pcm = clip_pcm(parts[CLIP], start_s - place.start_s, end_s - place.start_s)
        if len(pcm):
            self._store.log_soon(Action.PLAY, incident_id)
            self._play_back.play(pcm)

    def stop(self) -> None:
        """See :class:`ui.team_ports.TeamServices`."""
        self._play_back.stop()

    def save_parts(self, incident_id: str, folder: Path) -> Path:
        """See :class:`ui.team_ports.TeamServices`."""
        parts = self.parts(incident_id)
        out = folder / re.sub(r"[^0-9A-Za-z_-]", "_", incident_id)
        if out.exists():
            raise TeamFault("outbox.out_exists", path=str(out))
        self._store.log(Action.EXPORT, incident_id, "parts")
        try:
            for name, body in sorted(parts.items()):
                file = out / name
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                    stream.write(body)
        except OSError as error:
            raise TeamFault("outbox.not_written", path=str(out)) from error
        return out

    def add_step(self, incident_id: str, step: TeamStep, on: date, note: str = "", corrects: int = 0) -> StepRow:
        """See :class:`ui.team_ports.TeamServices`."""
        now = self._now()
        return self._store.write(lambda db: team_steps.add(db, incident_id, step, on, note, corrects, now))

    def printed(self, incident_id: str) -> None:
        """Log that the record of an incident is printed. Raises StoreFault: not logged, so it may not be."""
        self._store.log(Action.PACK_PRINT, incident_id)

    def export_steps(self, file: Path, incident_id: str = "") -> None:
        """See :class:`ui.team_ports.TeamServices`."""
        found = self._store.read(team_steps.of_all)
        self._store.log(Action.EXPORT, incident_id, "steps")
        if incident_id:
            found = {incident_id: found.get(incident_id, ())}
        names = ("incident", "day", "step", "note", "recorded", "line", "corrects")
        rows = tuple(
            (
                line.incident_id,
                line.on,
                incident_figures.step_name(line.step.value),
                line.note,
                line.recorded_at,
                line.id,
                line.corrects or "",
            )
            for lines in found.values()
            for line in lines
        )
        header = tuple(sentence(f"incidents.{name}") for name in names)
        tables.save(file, [Table(sentence("incidents.steps"), header, rows)], self._workbook)

    def callers(self) -> Sequence[CallerRow]:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._register.rows()

    def find_caller(self, number: str) -> CallerRow | None:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._register.find(number)

    def add_caller(self, number: str, entry: CallerEntry) -> CallerRow:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._register.add(number, entry)

    def add_caller_of(self, incident_id: str, entry: CallerEntry) -> CallerRow:
        """See :class:`ui.team_ports.TeamServices`."""
        caller = self._callers_of().get(incident_id, "")
        if not caller:
            raise CallerFault("caller.unknown_of_incident")
        return self._register.add_hash(caller, entry)

    def change_caller(self, caller: str, entry: CallerEntry) -> CallerRow:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._register.change(caller, entry)

    def end_caller(self, caller: str) -> CallerRow:
        """See :class:`ui.team_ports.TeamServices`."""
        return self._register.end(caller)

    def publish(self) -> TeamState:
        """See :class:`ui.team_ports.TeamServices`."""
        self.publish_to(None)
        return self.state()

    def publish_to(self, folder: Path | None) -> Publication:
        """Publish the list into ``folder``, or into the one that is set. Raises CallerFault."""
        settings = self._settings()
        out = folder or settings.callers_folder
        if out is None:
            raise CallerFault("caller.no_folder")
        return self._register.publish(out, settings.list_days)

    def figures(self, first: date, last: date) -> Figures:
        """See :class:`ui.figure_ports.FigureServices`."""
        return incident_figures.count(self._store.read(incident_figures.of_team), first, last)

    def export_figures(self, figures: Figures, file: Path) -> None:
        """See :class:`ui.figure_ports.FigureServices`."""
        incident_figures.export(figures, file, self._workbook)

    @property
    def register(self) -> Register:
        """The register, for its keys."""
        return self._register

    def _callers_of(self) -> dict[str, str]:
        sql = "SELECT incident_id, caller FROM team_incidents"
        return self._store.read(lambda db: {row["incident_id"]: row["caller"] for row in db.query(sql)})

    def _names(self, incident_id: str, digits: str) -> bool:
        """Return whether the call's words hold this number."""
        parts = self.parts(incident_id)
        return any(digits in re.sub(r"[^0-9+]", "", text) for text in team_packs.spoken(parts))
