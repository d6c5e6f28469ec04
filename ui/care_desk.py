"""Joins the care for the counsellor to the main window: strip, rest page, windows, and whether a call may begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from assist.events import AbuseSeen, CallEnded, CallStarted, EscalationRaised, ProtectionGiven
from audio.events import CallEvent
from resources.notices import Fault
from ui import parts
from ui.care_ports import Care, CareState
from ui.care_report import ReportWindow
from ui.care_rest import RestPage
from ui.care_strip import CareStrip, Foot
from ui.care_window import CareWindow
from ui.notices import NoticeLine

if TYPE_CHECKING:
    from ui.side_windows import SideWindows

_KINDS = (CallStarted, CallEnded, AbuseSeen, EscalationRaised, ProtectionGiven)
TICK_MS = 500
"""How often the remaining time is looked at while resting."""


class CareDesk(QObject):
    """Shows what :class:`ui.care_ports.Care` says; without one it stays away."""

    def __init__(
        self,
        care: Care | None,
        stack: QStackedWidget,
        notices: NoticeLine,
        fail: Callable[[Exception], None],
        window: SideWindows,
    ) -> None:
        """Build the parts.

        Args:
            care: Fills everything, or None.
            stack: The main window's pages; the rest page is added to them.
            notices: The notice line that the strip stands beside.
            fail: Shows a fault.
            window: The main window.
        """
        super().__init__(window)
        self._care, self._stack, self._notices, self._fail, self._window = care, stack, notices, fail, window
        self._before: QWidget | None = None
        """Page to go back to after the rest."""
        self._why = ""
        """The sentence that says why no call begins, while it does."""
        self.live = False
        self.state = CareState()
        self.strip = CareStrip()
        self.foot = Foot(notices, self.strip)
        self.rest = RestPage()
        stack.addWidget(self.rest)
        self.window: CareWindow | None = None
        self.report: ReportWindow | None = None
        strip, rest = self.strip, self.rest
        strip.rest_asked.connect(self.take_rest)
        strip.declined.connect(lambda: self._do(lambda care: care.decline_rest()))
        strip.closed.connect(lambda: self._do(lambda care: care.put_away()))
        strip.report_asked.connect(self.open_report)
        for asked in (strip.back_asked, rest.back_asked):
            asked.connect(self.back_to_work)
        for asked in (strip.support_asked, rest.support_asked):
            asked.connect(self.open_support)
        for asked in (strip.quiet_asked, rest.quiet_asked):
            asked.connect(self.quiet_work)
        strip.calls_asked.connect(lambda: self._do(lambda care: care.calls_again()))
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.look)
        stack.currentChanged.connect(lambda _page: self.look())
        if care is not None:
            self.look()
            if self.state.resting or self.state.rest_over:
                self._show_rest()

    # -- events and time --------------------------------------------------------------------------------------

    def take(self, events: Iterable[CallEvent]) -> None:
        """Look again where an event touches the care."""
        is_touched = False
        for event in events:
            if isinstance(event, CallStarted):
                self.live = True
            elif isinstance(event, CallEnded):
                self.live = False
            is_touched = is_touched or isinstance(event, _KINDS)
        if is_touched:
            self.look()

    @Slot()
    def look(self) -> None:
        """Show where the care stands. Nothing of it is shown in a call."""
        if self._care is None:
            return
        before, state = self.state, self._care.look()
        self.state = state
        is_away = self.live or self._stack.currentWidget() is self.rest
        self.strip.show_state(CareState() if is_away else state)
        self.foot.fit()
        self.rest.show_state(state)
        if self.window is not None:
            self.window.show_state(state)
        if state.resting:
            self._clock.start()
        else:
            self._clock.stop()
        if self._why and not (state.resting or state.quiet):
            if self._notices.shown == self._why:
                self._notices.dismiss()
            self._why = ""
        if before.resting and state.rest_over:
            self._notices.say(self.tr("The rest is over. Come back whenever you are ready."), "info")
        if self._stack.currentWidget() is self.rest and not (state.resting or state.rest_over):
            self._leave_rest()

    def may_begin(self) -> bool:
        """Return whether a call may begin; where not, say why and what to press."""
        if self._care is None:
            return True
        self.look()
        if self.state.resting:
            self._hold(self.tr("You are resting. “Back to work” lets calls begin again."))
            return False
        if self.state.rest_over:
            self.back_to_work()
        if self.state.quiet:
            self._hold(self.tr("You are working without calls. “Take calls again” below lets calls begin again."))
            return False
        return True

    def _hold(self, why: str) -> None:
        """Say why no call begins; above other sentences, since it answers a press, and gone with its reason."""
        self._why = why
        self._notices.say(why, "warning")

    # -- wishes -----------------------------------------------------------------------------------------------

    @Slot()
    def take_rest(self) -> None:
        """Begin the rest and show its page."""
        self._do(lambda care: care.take_rest())
        if self.state.resting:
            self._show_rest()

    @Slot()
    def back_to_work(self) -> None:
        """End the rest."""
        self._do(lambda care: care.back_to_work())

    @Slot()
    def quiet_work(self) -> None:
        """Switch to work without calls."""
        self._do(lambda care: care.quiet_work())

    @Slot()
    def open_support(self) -> None:
        """Show the support programme's contact and the rest of the care."""
        if self._care is None:
            return
        self._do(lambda care: care.show_support())
        if self.window is None:
            self.window = CareWindow(self._care, self._window)
            self.window.failed.connect(self._fail)
            self.window.quiet_asked.connect(self.quiet_work)
            self.window.calls_asked.connect(lambda: self._do(lambda care: care.calls_again()))
            self.window.report_asked.connect(self.open_report)
        self.window.show_state(self.state)
        self.window.look()
        self._window.registry.serve(self.window, {})
        parts.bring(self.window)

    @Slot()
    def open_report(self) -> None:
        """Show the incident report of the call the care follows."""
        if self.state.call_id:
            self.open_report_of(self.state.call_id)

    @Slot(str)
    def open_report_of(self, session_id: str) -> None:
        """Show the incident report of a call."""
        if self._care is None:
            return
        if self.report is None:
            self.report = ReportWindow(self._care, self._window)
            self.report.failed.connect(self._fail)
        self.report.open_call(session_id)
        self._window.registry.serve(self.report, {})
        parts.bring(self.report)

    def restyle(self) -> None:
        """Follow the text size."""
        self.rest.restyle()
        self.foot.fit()

    def close(self) -> None:
        """Put the windows away; what is being written is kept."""
        self._clock.stop()
        for window in filter(None, (self.window, self.report)):
            window.close()

    def _do(self, wish: Callable[[Care], None]) -> None:
        if self._care is None:
            return
        try:
            wish(self._care)
        except Fault as fault:
            self._fail(fault)
        self.look()

    def _show_rest(self) -> None:
        page = self._stack.currentWidget()
        if page is not self.rest:
            self._before = page
            focus = self._window.focusWidget()
            if focus is not None and page is not None and page.isAncestorOf(focus):
                focus.clearFocus()
            self._stack.setCurrentWidget(self.rest)

    def _leave_rest(self) -> None:
        focus = self._window.focusWidget()
        if focus is not None and self.rest.isAncestorOf(focus):
            focus.clearFocus()
        if self._before is not None:
            self._stack.setCurrentWidget(self._before)
