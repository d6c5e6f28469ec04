"""The windows a counsellor opens beside the desk: saved calls, outbox, sound check, settings, keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from audio.model import DeviceChoice
from kb.model import Article
from ui import announce_devices, guide, parts
from ui.about_window import AboutWindow
from ui.actions import Actions
from ui.digest_window import DigestWindow
from ui.first_start import FirstStartWindow
from ui.holdings_window import HoldingsWindow
from ui.jobs import Job
from ui.key_windows import KeyWindows
from ui.notices import NoticeLine
from ui.outbox_window import OutboxWindow
from ui.ports import DeskServices, Digest, RecoveredRow, SystemKey
from ui.preference_ports import Preferences
from ui.qa.exercise_window import ExerciseWindow
from ui.qa.letters_window import LettersWindow
from ui.qa.quiz_pane import QuizWindow
from ui.qa.training_ports import Training
from ui.recovered_window import RecoveredWindow
from ui.replay.opener import ReplayOpener
from ui.sessions_window import SessionsWindow
from ui.settings_window import SettingsWindow
from ui.sound_check import SoundCheckDialog
from ui.start_panel import StartPanel

LETTERS_MS = 60_000
"""How often it is looked whether letters came and calls went; never in a call."""


class SideWindows(QMainWindow):
    """Base of the main window: makes each side window once, when it is first asked for."""

    digest_known = Signal(object)
    """Digest: what changed in the DB was read."""
    recovered_known = Signal(int)
    """How many calls a crash cut short."""
    letters_known = Signal(int, int, bool)
    """How many letters of the QA trainers were not opened, how many drawn calls not looked at; whether any are here."""
    preferences: Preferences
    start: StartPanel
    notices: NoticeLine
    registry: Actions
    """What can be done here, and the keys in use."""
    start_digest: Digest
    """What changed in the DB since the counsellor last looked."""

    def __init__(self, services: DeskServices) -> None:
        super().__init__()
        self._services = services
        self.system_key: SystemKey | None = None
        self.start_digest = Digest()
        self.sessions: SessionsWindow | None = None
        self.replays: ReplayOpener | None = None
        """Opens saved calls for replay; None where none can be."""
        self.recovered: RecoveredWindow | None = None
        self.recovered_rows: tuple[RecoveredRow, ...] = ()
        self.outbox: OutboxWindow | None = None
        self.sound_check: SoundCheckDialog | None = None
        self.settings: SettingsWindow | None = None
        self.first_start: FirstStartWindow | None = None
        self.keys = KeyWindows(self)
        self.about: AboutWindow | None = None
        self.digest: DigestWindow | None = None
        self.training: Training | None = None
        """Exercises and quizzes; None where there are none."""
        self.exercise_room = QWidget()
        """Where a running exercise stands in the desk."""
        self.exercises: ExerciseWindow | None = None
        self.quiz: QuizWindow | None = None
        self.holdings: HoldingsWindow | None = None
        self.letters: LettersWindow | None = None
        self.profile: QObject | None = None
        """The open profile's :class:`ui.profile_desk.ProfileDesk`; None where there is none to switch or lock."""

    # -- what the main window answers -----------------------------------------------------------------

    @property
    def between_calls(self) -> bool:
        """Whether no call and no wrap-up is open."""
        raise NotImplementedError

    def keep(self, wanted: Preferences) -> bool:
        """Store and apply preferences; returns whether that went well."""
        raise NotImplementedError

    def settings_changed(self, path: str) -> None:
        """A setting was changed in the settings window: let it take effect."""
        raise NotImplementedError

    def hear_announcements(self) -> None:
        """Speak a sentence where announcements are spoken."""
        raise NotImplementedError

    def practice_from_first_start(self) -> None:
        """A practice call is wanted at the end of the first start."""
        raise NotImplementedError

    def tell_fault(self, error: Exception) -> None:
        """Show a fault."""
        raise NotImplementedError

    def tell_missing_guide(self) -> None:
        """Say that this installation has no guide."""
        raise NotImplementedError

    def choice_made(self, choice: DeviceChoice) -> None:
        """Other devices were chosen."""
        raise NotImplementedError

    def refiled(self) -> None:
        """A saved call's record was filed again."""
        raise NotImplementedError

    def open_report(self, session_id: str) -> None:
        """Show the incident report of a saved call."""
        raise NotImplementedError

    def bring(self, window: QWidget, own: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show a side window in front; the desk's keys work in it, and its ``own``."""
        self.registry.serve(window, own or {})
        parts.bring(window)

    def close_side_windows(self) -> None:
        """Close what stands beside the desk, or the program would not end with it."""
        lists = (self.sessions, self.recovered, self.outbox, self.digest, self.holdings, self.letters)
        trained = (self.exercises, self.quiz)
        rest = (self.settings, self.sound_check, self.about)
        for window in (*lists, *trained, *rest):
            if window is not None:
                window.close()
        self.keys.close_all()
        if self.replays is not None:
            self.replays.close_all()

    def tell_start(self, start: StartPanel) -> None:
        """Join the start panel: it tells of what waits, in one line each, and opens it."""
        start.recovered_asked.connect(self.open_recovered)
        self.recovered_known.connect(start.show_recovered)
        start.digest_asked.connect(self.open_digest)
        start.exercises_asked.connect(self.open_exercises)
        self.digest_known.connect(start.show_digest)
        start.letters_asked.connect(self.open_letters)
        self.letters_known.connect(start.show_letters)
        timer = QTimer(self)
        timer.timeout.connect(self.look_at_letters)
        timer.timeout.connect(self.look_at_recent)
        timer.start(LETTERS_MS)
        self.look_at_letters()

    @Slot()
    def look_at_recent(self) -> None:
        """List the newest calls again: what its age, or somebody, deleted meanwhile is not offered any more."""
        if self.between_calls:
            Job(self, self._services.sessions).on_success(self.start.show_recent).on_failure(self.tell_fault).start()

    # -- windows --------------------------------------------------------------------------------------

    @Slot()
    def open_settings(self) -> None:
        """Ctrl+comma."""
        self._settings_window()

    def open_settings_at(self, path: str) -> None:
        """Open the settings with the cursor in one of them."""
        self._settings_window().show_path(path)

    def _settings_window(self) -> SettingsWindow:
        if self.settings is None or not self.settings.isVisible():
            if self.settings is not None:
                self.settings.deleteLater()
            made = self.settings = SettingsWindow(
                self._services.settings(),
                self,
                system_key=self.system_key,
                capture=self.preferences.capture,
                devices=self._services.devices,
                outputs=announce_devices.outputs,
            )
            made.hear_asked.connect(self.hear_announcements)
            made.changed.connect(self.settings_changed)
            made.holdings_asked.connect(self.open_holdings)
            made.keys_asked.connect(self.keys.rebind)
            made.about_asked.connect(self.open_about)
            made.first_start_asked.connect(self.open_first_start)
        self.bring(self.settings)
        return self.settings

    @Slot()
    def open_first_start(self) -> None:
        """The questions of the first start; only between calls."""
        if not self.between_calls:
            return
        if self.first_start is None or not self.first_start.isVisible():
            if self.first_start is not None:
                self.first_start.deleteLater()
            made = self.first_start = FirstStartWindow(self._services, self)
            made.changed.connect(self.settings_changed)
            made.answered.connect(lambda: self.keep(replace(self.preferences, introduced=True)))
            made.practice_asked.connect(self.practice_from_first_start)
            made.holdings_asked.connect(self.open_holdings)
        self.bring(self.first_start)

    @Slot()
    def open_sound_check(self) -> None:
        """Only between calls."""
        if self.between_calls:
            if self.sound_check is not None:
                self.sound_check.reject()
                self.sound_check.deleteLater()
            self.sound_check = SoundCheckDialog(self._services, self)
            self.sound_check.chosen.connect(self.choice_made)
            self.bring(self.sound_check)

    @Slot()
    def open_sessions(self) -> None:
        """Ctrl+H."""
        if self.sessions is None:
            self.sessions = SessionsWindow(self._services, self, replays=self.replays is not None)
            if self.replays is not None:
                self.sessions.replay_asked.connect(self.replays.open)
            self.sessions.failed.connect(self.tell_fault)
            self.sessions.holdings_asked.connect(self.open_holdings)
            self.sessions.filed.connect(lambda _id: self.refiled())
            self.sessions.report_asked.connect(self.open_report)
        self.sessions.look()
        self.bring(self.sessions, self.sessions.own_actions())

    @Slot(str)
    def open_session(self, session_id: str) -> None:
        """Open one saved call."""
        self.open_sessions()
        if self.sessions is not None:
            self.sessions.open_session(session_id)

    def show_recovered(self, rows: Sequence[RecoveredRow]) -> None:
        """Offer the list of calls that a crash cut short on the start panel."""
        self.recovered_rows = tuple(rows)
        self.recovered_known.emit(len(rows))

    @Slot()
    def open_recovered(self) -> None:
        """Show what was saved of them."""
        if self.recovered is None:
            self.recovered = RecoveredWindow(self)
            self.recovered.session_chosen.connect(self.open_session)
        self.recovered.show_rows(self.recovered_rows)
        self.bring(self.recovered)

    def open_guide(self, window: str = "") -> None:
        """Ctrl+F1: the guide in the browser, at the page of a window where one is named."""
        if not guide.open_page(window):
            self.tell_missing_guide()

    @Slot()
    def open_holdings(self) -> None:
        """Show what this PC keeps and when it goes."""
        if self.holdings is None:
            self.holdings = HoldingsWindow(self._services.holdings(), self)
            self.holdings.failed.connect(self.tell_fault)
            self.holdings.changed.connect(self.refiled)
        self.holdings.look()
        self.bring(self.holdings)

    @property
    def has_letters(self) -> bool:
        """Whether this desk takes part in quality assurance, or did and has letters."""
        return self._services.letters() is not None

    def look_at_letters(self) -> None:
        """Count what was not looked at yet; the start panel tells of it, and the window where it is open."""
        letters = self._services.letters()
        if letters is not None and self.between_calls:
            job = Job(self, lambda: (letters.unread(), letters.unseen(), letters.has_any()))
            job.on_success(lambda counts: self.letters_known.emit(*counts)).on_failure(lambda _error: None).start()

    @Slot()
    def open_letters(self) -> None:
        """Show the letters about the own calls; never in a call."""
        services = self._services.letters()
        if services is None or self.registry.why_not("letters"):
            return
        if self.letters is None:
            self.letters = LettersWindow(services, self)
            self.letters.failed.connect(self.tell_fault)
            self.letters.read.connect(self.look_at_letters)
            self.letters_known.connect(self.letters.follow)
            self.letters.call_asked.connect(self.open_session)
            self.letters.replay_asked.connect(self.hear_session)
        self.letters.look()
        self.bring(self.letters, {})

    @Slot(str, float, float)
    def hear_session(self, session_id: str, start_s: float, end_s: float) -> None:
        """Let a stretch of an own saved call be heard; never in a call."""
        if reason := self.registry.why_not("letters"):
            self.notices.say(reason, "info")
        elif self.replays is not None:
            self.replays.open(session_id, start_s, end_s)
        else:
            self.open_session(session_id)

    @Slot()
    def open_about(self) -> None:
        """Show version, models and licences."""
        if self.about is None:
            self.about = AboutWindow(self._services, self)
            self.about.failed.connect(self.tell_fault)
        self.about.look()
        self.bring(self.about)

    @Slot()
    def open_outbox(self) -> None:
        """Ctrl+O."""
        if self.outbox is None:
            self.outbox = OutboxWindow(self._services, self)
            self.outbox.failed.connect(self.tell_fault)
        self.outbox.look()
        self.bring(self.outbox)

    def look_at_digest(self) -> None:
        """Read what changed in the DB since the counsellor last looked; the line at the start tells of it."""
        Job(self, self._services.digest).on_success(self._digest_read).on_failure(lambda _error: None).start()

    def _digest_read(self, digest: Digest) -> None:
        self.start_digest = digest
        self.digest_known.emit(digest)

    @Slot()
    def open_digest(self) -> None:
        """Show what changed; from now on it counts as seen."""
        if self.digest is None:
            self.digest = DigestWindow(self)
            self.digest.quiz_asked.connect(self.open_quiz)
        self.digest.show_digest(self.start_digest, has_quiz=self.training is not None)
        self.bring(self.digest)
        Job(self, self._services.digest_seen).on_failure(self.tell_fault).start()

    @Slot(object)
    def open_quiz(self, changed: Sequence[Article]) -> None:
        """Ask about entries that changed."""
        training = self.training
        if training is None:
            return
        if self.quiz is not None:
            self.quiz.close()
            self.quiz.deleteLater()
        self.quiz = QuizWindow(lambda: training.quizzes.of(changed), self)
        self.bring(self.quiz)
        self.quiz.pane.look()

    @Slot()
    def open_exercises(self) -> None:
        """Practise on model cases; an exercise that runs stays before the eyes."""
        if self.training is None or self.training.exercises is None:
            return
        if self.exercises is None:
            self.exercises = ExerciseWindow(self.training.exercises, self, self.exercise_room, self.training.sharing)
        self.exercises.look()
        if not self.exercises.come():
            self.bring(self.exercises)
