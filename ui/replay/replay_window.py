"""The replay window: a saved call heard, read and seen as it was.

For panes of other rooms: :meth:`ReplayWindow.add_page` puts one beside *Desk*, *Events* and *Record*; they follow
:attr:`ReplayWindow.moved` and :attr:`ReplayWindow.selected`, ask :meth:`ReplayWindow.selection` what the trainer points
at, and play evidence through :meth:`ReplayWindow.play_span`. ``window.call`` is the open call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from assist.model import Script
from resources.notices import Fault
from ui import icons, parts, theme
from ui.jobs import Job
from ui.key_table import KeyTable
from ui.notices import NoticeLine
from ui.replay import keys
from ui.replay.body import ReplayBody
from ui.replay.folds import InView
from ui.replay.head import GonePage
from ui.replay.key_actions import actions
from ui.replay.landing import focus_page
from ui.replay.looping import Looping
from ui.replay.moments import Moment, MomentKind, moments, near
from ui.replay.peaks import PeakStore
from ui.replay.ports import ReplayCall, ReplayPlayer
from ui.replay.selection import TURNS, none_left, selection
from ui.replay.selection import Selection as Selection

FRAME_MS: Final = 33
"""How often the position is asked for while the call plays."""
REST_MS: Final = 250
"""The same while it rests."""
CHECK_MS: Final = 3000
"""How often it is looked whether the call may still be open."""


class ReplayWindow(QWidget):
    """One saved call: timeline and controls above, transcript on the left, pages on the right. Main thread."""

    moved = Signal(float)
    """The position, seconds: at every frame while playing, and at every jump."""
    selected = Signal()
    """:meth:`selection` may be another now."""
    gone = Signal()
    """The call was deleted or may no longer be open; its content has gone from the window."""
    closed = Signal()

    def __init__(
        self,
        call: ReplayCall,
        player: ReplayPlayer,
        situations: Sequence[Script] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show a call at its beginning, resting.

        Args:
            call: Open; this window closes it.
            player: Of the same call; this window closes it.
            situations: The site's situations, for the desk as it was.
            parent: Qt parent.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self._dressed = theme.current()
        self.setObjectName("window")
        self.call = call
        self.player = player
        self.busy: Callable[[], bool] = lambda: False
        """Whether nothing may be played now: a live call would hear it."""
        self._over = False
        self._at_s, self._playing = 0.0, False
        self._until: float | None = None
        """Where a passage that plays once ends."""
        self._sentence = ""
        self._noted: tuple[str, ...] = ()
        facts = call.facts
        self.setWindowTitle(self.tr("Replay: {title}").format(title=facts.title or facts.started_at))
        self.setAccessibleName(self.tr("Replay of a call"))
        parts.open_at(self, 1280, 800)
        self._build(situations)
        self._connect()
        self._show_call()
        self.timeline.setFocus()
        self._frame = QTimer(self)
        self._frame.setInterval(REST_MS)
        self._frame.timeout.connect(self._look)
        self._frame.start()
        self._checking = QTimer(self)
        self._checking.setInterval(CHECK_MS)
        self._checking.timeout.connect(self._check)
        self._checking.start()

    # -- for the panes of other rooms -----------------------------------------------------------------

    def add_page(self, title: str, widget: QWidget) -> int:
        """Put a page beside the desk; returns its place. Its ``failed`` is told below, until its ``mended`` if any."""
        failed, mended = (getattr(widget, name, None) for name in ("failed", "mended"))
        key = f"page {self.pages.count()}" if isinstance(mended, SignalInstance) else ""
        if isinstance(failed, SignalInstance):
            failed.connect(lambda error: self._failed(error, key))
        if isinstance(mended, SignalInstance):
            mended.connect(lambda: self.notices.over(key))
        return self.pages.addTab(widget, title)

    def show_page(self, widget: QWidget) -> None:
        """Turn to a page."""
        self.pages.setCurrentWidget(widget)

    @property
    def at_s(self) -> float:
        """The position, seconds from sample 0."""
        return self._at_s

    @property
    def moments(self) -> Sequence[Moment]:
        """Everything that happened, by time."""
        return self._moments

    def selection(self) -> Selection:
        """Return what the trainer points at now."""
        return selection(self._moments, self._at_s, self.timeline.span, self.timeline.chosen)

    def seek(self, at_s: float) -> None:
        """Go to a place; playing goes on there where it played."""
        if self._over:
            return
        self._until = None
        self.notices.over("jump")
        at_s = max(0.0, min(at_s, self._duration_s))
        self.player.seek(at_s)
        self._stand(at_s, jumped=True)

    def play_span(self, start_s: float, end_s: float) -> None:
        """Play a passage once and rest at its end."""
        if self._over:
            return
        self.seek(start_s)
        self._until = max(end_s, start_s + 0.2)
        self._play()

    # -- building -------------------------------------------------------------------------------------

    def _build(self, situations: Sequence[Script]) -> None:
        whole = parts.column(gap=0)
        self.setLayout(whole)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack, 1)
        self.notices = NoticeLine(hint=self.tr("F4 Play   Alt+← → 5 s   Alt+↑ ↓ Turns   F5 Answers   F1 All keys"))
        whole.addWidget(self.notices)
        self.body = body = ReplayBody(self.call, situations)
        body.head.keys_asked.connect(self.open_keys)
        # Large letters on a small screen need more than its height: it scrolls then.
        area, column = parts.scroller(self.tr("Replay of a call"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column.addWidget(body)
        InView(area, body.pages, body.desk)
        self.stack.addWidget(area)
        self.over = GonePage()
        self.over.closed.connect(self.close)
        self.stack.addWidget(self.over)
        self.timeline, self.transport, self.transcript = body.pane.timeline, body.transport, body.transcript
        self.pages, self.desk, self.events, self.record = body.pages, body.desk, body.events, body.record
        self.folds = body.folds

    def _connect(self) -> None:
        timeline = self.timeline
        timeline.scrubbed.connect(self._scrub)
        timeline.went.connect(self.seek)
        timeline.span_marked.connect(self.selected)
        timeline.chosen_changed.connect(self.selected)
        timeline.play_asked.connect(self.toggle)
        self.transcript.went.connect(self.seek)
        self.events.went.connect(self.seek)
        self.desk.play_asked.connect(self.play_span)
        self.desk.revealed.connect(self._revealed)
        row = self.transport
        row.play_asked.connect(self.toggle)
        row.stepped.connect(lambda step: self.seek(self._at_s + step))
        row.turned.connect(lambda step: self.jump(TURNS, step))
        row.speed_changed.connect(self.player.set_speed)
        row.skip_changed.connect(self.player.set_skip_silence)
        row.sides_changed.connect(self.player.set_sides)
        self._looping = Looping(self.player, timeline, row)
        self._looping.told.connect(lambda told: self.notices.say(told, "info", key="loop"))
        row.loop_asked.connect(self.loop)
        keys.bind(self, actions(self))
        QShortcut(QKeySequence("Esc"), self, self._escape)
        self.key_table: KeyTable | None = None

    def _show_call(self) -> None:
        call, facts = self.call, self.call.facts
        self._duration_s = max(facts.duration_s, 0.1)
        self._moments = moments(call.events, self._duration_s)
        self.peaks = PeakStore(call, self) if facts.sound_s > 0 else None
        if self.peaks is not None:
            self.peaks.failed.connect(self._failed)
        self.body.show_call(call, self._moments, self._duration_s, self.peaks)
        self._tell(facts.notes)
        if facts.sound_s > 0:
            Job(self, call.silent).on_success(self._show_silent).on_failure(self._failed).start()

    def _tell(self, notes: Sequence[str]) -> None:
        """Say what is not as it should be with this call: lasting, so that an answer to a key never waits behind it."""
        for note in self._noted:
            self.notices.stand(note, "")
        self._noted = tuple(reversed(notes))  # missing sound is found last and told first
        for note in self._noted:
            self.notices.stand(note, note)

    def _show_silent(self, found: object) -> None:
        if not self._over and isinstance(found, Sequence):
            self.timeline.lanes.silent = found
            self.timeline.repaint_all()
            self._tell(self.call.facts.notes)

    # -- playing --------------------------------------------------------------------------------------

    @Slot()
    def toggle(self) -> None:
        """F4: play or pause."""
        if self._over:
            return
        self._until = None
        if self.player.state().playing:
            self.player.pause()
            self._look()
        else:
            self._play()

    def _play(self) -> None:
        """Play as soon as it is sure that the call may still be open."""
        if self.busy():
            self.notices.say(self.tr("Nothing is played during a call."), "info", key="busy")
            return
        until = self._until

        def allowed(_none: object) -> None:
            if not self._over and self._until == until:
                self.player.play()
                self._frame.setInterval(FRAME_MS)
                self._look()

        Job(self, self.call.check).on_success(allowed).on_failure(self._check_failed).start()

    def pause(self) -> None:
        """Rest: a call began."""
        if not self._over and self.player.state().playing:
            self._until = None
            self.player.pause()
            self._look()

    @Slot()
    def _look(self) -> None:
        """One frame: ask the player where it is and show that."""
        if self._over:
            return
        state = self.player.state()
        if state.playing != self._playing:
            self._playing = state.playing
            self._frame.setInterval(FRAME_MS if state.playing else REST_MS)
            self.transport.show_playing(state.playing)
        if state.fault and state.fault != self._sentence:
            self.notices.say(state.fault, "warning")
        self._sentence = state.fault
        if self._until is not None and state.playing and state.at_s >= self._until:
            self._until = None
            self.player.pause()
        if abs(state.at_s - self._at_s) > 1e-4:
            # Back it goes only where a loop begins again.
            self._stand(state.at_s, jumped=state.at_s < self._at_s - 0.2)

    def _stand(self, at_s: float, *, jumped: bool, scrubbing: bool = False) -> None:
        self._at_s = at_s
        self.body.stand(at_s, jumped=jumped, scrubbing=scrubbing)
        self.moved.emit(at_s)
        if jumped:
            self.selected.emit()

    @Slot(float)
    def _scrub(self, at_s: float) -> None:
        if not self._over:
            self._until = None
            self._stand(at_s, jumped=True, scrubbing=True)

    def jump(self, kinds: frozenset[MomentKind], step: int) -> None:
        """Go to the next (1) or the one before (-1) of some kinds; a sentence where there is none."""
        one = near(self._moments, kinds, self._at_s, step)
        if one is not None:
            self.seek(one.start_s)
        elif not self._over:
            self.notices.say(none_left(kinds, step), "info", key="jump")

    @Slot()
    def loop(self) -> None:
        """Alt+L."""
        if not self._over:
            self._looping.press(self._at_s)

    # -- while it is open -----------------------------------------------------------------------------

    @Slot()
    def _check(self) -> None:
        if not self._over:
            Job(self, self.call.check).on_failure(self._check_failed).start()

    def _check_failed(self, error: Exception) -> None:
        if isinstance(error, Fault):
            self._go(error)
        else:
            self._failed(error)

    def _go(self, fault: Fault) -> None:
        """The call is no longer there: its content leaves the window, one sentence stays."""
        if self._over:
            return
        self._let_go()
        self.over.tell(str(fault))
        self._tell(())
        self.notices.put_hint(self.tr("Ctrl+W Close the window"))
        self.setWindowTitle(self.tr("Replay of a call"))
        self.stack.setCurrentIndex(1)
        self.body.forget()
        self._moments = ()
        self.gone.emit()

    def _let_go(self) -> None:
        self._over = True
        self._frame.stop()
        self._checking.stop()
        if self.peaks is not None:
            self.peaks.stop()
        self.player.close()
        self.call.close()

    def _failed(self, error: Exception, key: str = "") -> None:
        if not self._over:
            self.notices.raise_fault(error, key=key)

    @Slot()
    def _revealed(self) -> None:
        Job(self, self.call.numbers_revealed).on_failure(self._failed).start()

    @Slot()
    def open_keys(self) -> None:
        """F1."""
        if self.key_table is None or not isValid(self.key_table):
            self.key_table = keys.key_table(self)
        parts.bring(self.key_table)

    @Slot()
    def _escape(self) -> None:
        """Esc closes what was opened: an entry on the desk, words looked for, a marked passage."""
        timeline = self.timeline
        if self.desk.isVisible() and self.desk.view.answers.back():
            return
        if self.transcript.box.text():
            self.transcript.box.clear()
        elif timeline.span is not None:
            timeline.mark(None)

    def turn_page(self, step: int) -> None:
        """Turn to the next page on the right (1) or the one before (-1)."""
        if self.pages.count():
            self.pages.setCurrentIndex((self.pages.currentIndex() + step) % self.pages.count())
            focus_page(self.pages)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.current() != self._dressed:
            self._dressed = theme.current()
            QTimer.singleShot(0, self, self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Follow a change of theme or text size."""
        icons.recolour(self)
        self.timeline.repaint_all()
        self.folds.fit()
        self.desk.view.restyle()
        self.notices.restyle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Put out of sight by the program (a lock) it is not heard either; behind other windows it plays on."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.pause()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            self._let_go()
        super().closeEvent(event)
        self.closed.emit()
