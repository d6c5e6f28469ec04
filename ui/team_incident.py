"""One incident, opened: what it is, whether it is untouched, what was said and done, the sound, the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from audio.model import Channel
from ui import parts, team_parts, team_words, theme
from ui.flow import Flow
from ui.team_ports import ClipRow, IncidentDetail, PackState, TranscriptRow
from ui.team_steps import StepsPane
from ui.wording import clock, full_day

LEAD_S: Final = 5.0
"""Seconds of sound before the incident that are played too."""
_STATE_ROLES: Final = {
    PackState.UNTOUCHED: "good",
    PackState.UNPROVEN: "doubt",
    PackState.CHANGED: "danger",
    PackState.BROKEN: "danger",
}


@dataclass(frozen=True, slots=True)
class _Moment:
    """One row of what was said and done."""

    at_s: float
    wall: str
    who: str
    text: str
    mark: str = ""
    token: str = ""


class IncidentPane(QWidget):
    """Follows the incident chosen in the inbox."""

    play_asked = Signal(str, float, float)
    """(incident, from, to), seconds"""
    stop_asked = Signal()
    step_recorded = Signal(str, object, object, str, int)
    """(incident, step, day, note, id of the line it puts right or 0)"""
    parts_asked = Signal(str)
    print_asked = Signal(str)
    steps_export_asked = Signal(str)
    manage_asked = Signal(str)
    """The caller of this incident is to be put into the register."""
    others_asked = Signal(object)
    """Ids of other incidents of the same caller."""

    def __init__(
        self, titles: Mapping[str, str], today: date, *, printable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self.detail: IncidentDetail | None = None
        self._moments: list[_Moment] = []
        self._marked: list[int] = []
        """Rows of the timeline that are incidents."""
        whole = parts.column(margin=12, gap=8)
        self.setLayout(whole)
        self.empty = parts.label(self.tr("Choose an incident in the list."), "muted", wrap=True)
        whole.addWidget(self.empty)
        self.body = QWidget()
        inside = parts.column(gap=8)
        self.body.setLayout(inside)
        whole.addWidget(self.body, 1)
        self.title = parts.label("", "title", wrap=True)
        self.facts = parts.label("", "muted", wrap=True)
        self.verdict = parts.label("", "good", wrap=True)
        parts.selectable(self.verdict)
        self.caller = parts.label("", "", wrap=True)
        for one in (self.title, self.verdict, self.facts, self.caller):
            inside.addWidget(one)
        parts.nest(inside, self._sound_row())
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setMinimumHeight(theme.current().px(190))
        self.pages.tabBar().setDrawBase(False)
        self.pages.setAccessibleName(self.tr("Parts of the incident"))
        self.timeline = team_parts.table(
            self.tr("What was said and done"),
            [self.tr("Time"), self.tr("Who"), self.tr("Words"), self.tr("Seen in it")],
            2,
            wrap=True,
        )
        self.timeline.activated.connect(lambda index: self._play_row(index.row()))
        self.steps = StepsPane(today)
        self.steps.recorded.connect(self._record)
        self.packs = team_parts.table(self.tr("Facts and packs"), [self.tr("What"), self.tr("Value")], 1, wrap=True)
        self.pages.addTab(self.timeline, self.tr("Timeline"))
        self.pages.addTab(self.steps, self.tr("Steps"))
        self.pages.addTab(self.packs, self.tr("Facts and packs"))
        inside.addWidget(self.pages, 1)
        parts.nest(inside, self._foot(printable))
        self.clear()

    def _sound_row(self) -> QVBoxLayout:
        self.play = parts.button(self.tr("Play at the incident  F4"), "play", kind="primary")
        self.play.setAccessibleName(self.tr("Play at the incident"))
        self.play.clicked.connect(self.play_incident)
        self.stop = parts.button(self.tr("Stop"), "pause", tip="Shift+F4", name=self.tr("Stop playing"))
        self.stop.clicked.connect(self.stop_asked)
        self.before = parts.button(
            self.tr("Earlier place"), tip="Alt+←", name=self.tr("To the earlier incident in the call")
        )
        self.before.clicked.connect(lambda: self.go(-1))
        self.after = parts.button(self.tr("Next place"), tip="Alt+→", name=self.tr("To the next incident in the call"))
        self.after.clicked.connect(lambda: self.go(1))
        self.sound = parts.Elided("", "small")
        both = parts.column(gap=4)
        both.addWidget(Flow((self.play, self.stop, self.before, self.after)))
        both.addWidget(self.sound)
        return both

    def _foot(self, printable: bool) -> QVBoxLayout:
        self.manage = parts.button(self.tr("Manage this caller …"), "plus")
        self.manage.clicked.connect(lambda: self.manage_asked.emit(self.incident_id))
        self.others = parts.button("", "history", kind="quiet")
        self.others.clicked.connect(self._ask_for_others)
        self.keep = parts.tool("save", self.tr("Save or print"), kind="", text=self.tr("Save or print"))
        self.keep.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.keep)
        self.paper = menu.addAction(self.tr("Record as PDF …"), lambda: self.print_asked.emit(self.incident_id))
        self.paper.setVisible(printable)
        self.lay_out = menu.addAction(self.tr("Save the parts …"), lambda: self.parts_asked.emit(self.incident_id))
        self.export = menu.addAction(
            self.tr("Steps as a table …"), lambda: self.steps_export_asked.emit(self.incident_id)
        )
        self.keep.setMenu(menu)
        both, line = parts.column(gap=4), parts.row(gap=8)
        line.addWidget(self.manage)
        line.addStretch(1)
        line.addWidget(self.keep)
        both.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)
        parts.nest(both, line)
        return both

    @property
    def incident_id(self) -> str:
        """The incident shown, or empty."""
        return self.detail.row.incident_id if self.detail is not None else ""

    def clear(self, words: str = "") -> None:
        """Show no incident; ``words`` says why, e.g. of a pack that cannot be opened."""
        self.detail = None
        self.empty.setText(words or self.tr("Choose an incident in the list."))
        self.empty.show()
        self.body.hide()

    def show_incident(self, detail: IncidentDetail) -> None:
        """Show an incident; the same one again keeps its page and place."""
        is_same = detail.row.incident_id == self.incident_id
        place = self.timeline.currentRow()
        self.detail = detail
        self.empty.hide()
        self.body.show()
        row, facts = detail.row, detail.facts
        situation = self._titles.get(facts.situation or row.situation, facts.situation or row.situation)
        kinds = team_words.labels(row.labels or ((row.label,) if row.label else ()), row.severity)
        name = " — ".join(part for part in (situation, kinds) if part) or "–"
        self.title.setText(self.tr("Practice: {name}").format(name=name) if row.simulated else name)
        self.facts.setText(self._facts())
        self._show_verdict()
        self._show_caller()
        self._show_timeline()
        self._show_packs()
        self._show_sound(detail.clip)
        self.steps.show_steps(detail.steps)
        if is_same:
            self.timeline.selectRow(place)
        else:
            self.pages.setCurrentIndex(0)
            self.timeline.selectRow(self._marked[0] if self._marked else 0)
            self._into_view()

    def _facts(self) -> str:
        detail = self.detail
        assert detail is not None
        facts = [
            self.tr("Call {time}").format(time=full_day(detail.facts.started_at)),
            self.tr("handed over {time}").format(time=full_day(detail.facts.pressed_at)[-5:]),
            self.tr("warnings {count}").format(count=detail.facts.warnings),
        ]
        desks = list(dict.fromkeys(pack.desk for pack in detail.packs if pack.desk))
        if desks:
            facts.append(self.tr("desk {desk}").format(desk=", ".join(desk[:12] for desk in desks)))
        if not detail.row.complete:
            facts.append(self.tr("the whole call has not arrived yet"))
        if detail.facts.audio_gaps:
            facts.append(self.tr("gaps in the sound {count}").format(count=detail.facts.audio_gaps))
        text = " · ".join(facts)
        return f"{text}\n{detail.facts.note}" if detail.facts.note else text

    def _show_verdict(self) -> None:
        detail = self.detail
        assert detail is not None
        worst = next((pack for pack in detail.packs if pack.state is detail.row.state), None)
        if worst is not None:
            parts.set_role(self.verdict, _STATE_ROLES[worst.state])
            sign = "✓" if worst.state is PackState.UNTOUCHED else "!"
            self.verdict.setText(f"{sign} {team_words.verdict(worst)}")
        self.verdict.setVisible(worst is not None)

    def _show_caller(self) -> None:
        detail = self.detail
        assert detail is not None
        caller, words = detail.caller, ""
        if caller is not None and not caller.ended:
            name = team_words.said(team_words.CLASSES[caller.entry.caller_class])
            words = self.tr("Managed caller ({kind}) until {day}: {handling}").format(
                kind=name, day=caller.entry.until.isoformat(), handling=caller.entry.handling
            )
        self.caller.setText(words)
        self.caller.setVisible(bool(words))
        self.manage.setVisible(detail.row.caller_known and (caller is None or caller.ended))
        self.others.setVisible(bool(detail.others))
        text = self.tr("Same caller: {count} more").format(count=len(detail.others))
        self.others.setText(text)
        self.others.setAccessibleName(text)

    @Slot()
    def _ask_for_others(self) -> None:
        if self.detail is not None:
            self.others_asked.emit(self.detail.others)

    def _show_timeline(self) -> None:
        detail = self.detail
        assert detail is not None
        moments = [
            _Moment(
                turn.start_s,
                turn.wall,
                self.tr("Caller") if turn.speaker == Channel.CALLER.value else self.tr("Counsellor"),
                turn.text,
                _mark(turn),
                "doubt" if turn.labels else "",
            )
            for turn in detail.transcript
        ]
        for act in detail.acts:
            who = team_words.said(team_words.ACTS[act.kind])
            moments.append(_Moment(act.at_s, act.wall, who, act.text, "" if act.ok else self.tr("failed"), "accent"))
        self._moments = sorted(moments, key=lambda moment: moment.at_s)
        self._marked = [place for place, moment in enumerate(self._moments) if moment.token == "doubt"]
        self.timeline.setRowCount(len(self._moments))
        for place, moment in enumerate(self._moments):
            when = moment.wall[11:19] if len(moment.wall) > 18 else clock(moment.at_s)
            team_parts.put(self.timeline, place, (when, moment.who, moment.text, moment.mark), token=moment.token)

    def _show_packs(self) -> None:
        detail = self.detail
        assert detail is not None
        facts = detail.facts
        rows = [
            (self.tr("Incident"), detail.row.incident_id),
            (self.tr("Call"), f"{facts.call_id}  {facts.title}".strip()),
            (self.tr("Program"), facts.program),
            *facts.other,
        ]
        for pack in detail.packs:
            what = self.tr("Pack, end of the call") if pack.completing else self.tr("Pack, at the press")
            rows += [
                (what, f"{pack.pack_id} · {full_day(pack.received_at)}"),
                (self.tr("Check"), team_words.verdict(pack)),
                (self.tr("Desk"), pack.desk or "–"),
                ("SHA-256", pack.sha256),
                (self.tr("File"), pack.file),
            ]
        self.packs.setRowCount(len(rows))
        for place, row in enumerate(rows):
            team_parts.put(self.packs, place, row)

    def _show_sound(self, clip: ClipRow | None) -> None:
        for one in (self.play, self.stop):
            one.setEnabled(clip is not None)
        for one in (self.before, self.after):
            one.setEnabled(bool(self._marked))
        if clip is None:
            self.sound.setText(self.tr("No sound in this pack"))
        else:
            self.sound.setText(
                self.tr("Sound {start} to {end}").format(start=clock(clip.start_s), end=clock(clip.end_s))
            )

    # -- playing ----------------------------------------------------------------------------------------------

    @Slot()
    def play_incident(self) -> None:
        """Play from some seconds before the chosen incident, else before the first one."""
        place = self.timeline.currentRow()
        if place in self._marked:
            self._play_row(place)
        elif self.detail is not None and self.detail.clip is not None:
            self._play_from(self.detail.clip.incident_s)

    def _play_row(self, place: int) -> None:
        if 0 <= place < len(self._moments):
            self._play_from(self._moments[place].at_s)

    def _play_from(self, at_s: float) -> None:
        if self.detail is None or self.detail.clip is None:
            return
        clip = self.detail.clip
        start = min(max(clip.start_s, at_s - LEAD_S), clip.end_s)
        self.play_asked.emit(self.incident_id, start, clip.end_s)

    def go(self, step: int) -> None:
        """Go to the next incident of this call, or back; at the end it stays."""
        here = self.timeline.currentRow()
        ahead = [row for row in self._marked if (row > here if step > 0 else row < here)]
        if ahead:
            self.pages.setCurrentIndex(0)
            self.timeline.selectRow(ahead[0] if step > 0 else ahead[-1])
            self._into_view()

    def _into_view(self) -> None:
        item = self.timeline.item(self.timeline.currentRow(), 2)
        if item is not None:
            self.timeline.scrollToItem(item)

    def _record(self, step: object, day: object, note: str, corrects: int) -> None:
        self.step_recorded.emit(self.incident_id, step, day, note, corrects)


def _mark(turn: TranscriptRow) -> str:
    names = team_words.labels(turn.labels, turn.severity)
    words = [turn.text[span.start : span.end].strip() for span in turn.evidence]
    quoted = ", ".join(f"“{word}”" for word in dict.fromkeys(words) if word)
    return "\n".join(part for part in (names, quoted) if part)
