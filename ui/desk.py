"""Entry to the windows. Composition calls :func:`run_desk`; tests and screenshots call :func:`build_desk`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import clipboard, collecting, i18n, key_words, screen_guard, theme
from ui.bridge import Subscribe
from ui.call_ports import CallControl
from ui.call_view_state import Phase
from ui.care_ports import Care
from ui.end_signals import EndSignals
from ui.layouts import WindowPlaces
from ui.link_events import LinkEvents
from ui.main_window import MainWindow
from ui.ports import DeskServices, RecoveredRow, ScreenGuard, SystemKey
from ui.preference_ports import Preferences, PreferenceStore
from ui.profile_desk import ProfileDesk
from ui.profile_page import let_go
from ui.profile_ports import OpenProfile
from ui.qa.training_pages import add_training
from ui.qa.training_ports import Training
from ui.replay.opener import ReplayOpener, Replays
from ui.single_window import DeskSocket
from ui.stay import application


def build_desk(
    control: CallControl,
    services: DeskServices,
    subscribe: Subscribe,
    *,
    language: str = "",
    preferences: PreferenceStore | None = None,
    care: Care | None = None,
    system_key: SystemKey | None = None,
    guard: ScreenGuard | None = None,
    profile: OpenProfile | None = None,
    places: WindowPlaces | None = None,
    away: Callable[[], bool] | None = None,
    replays: Replays | None = None,
    training: Training | None = None,
) -> MainWindow:
    """Dress the running application and return the main window, not yet shown.

    Args:
        control: Begins, steers and ends calls.
        services: Data for the windows.
        subscribe: ``subscribe(kind, handler)`` of the event bus; returns how to stop.
        language: ``ko`` or ``en``; empty for ``DOUMI_LANG``, then the stored one, then Korean.
        preferences: Where preferences are kept; without it they last until the end.
        care: Looks after the counsellor after abusive calls; without it nothing is offered.
        system_key: The system-wide key; without it F12 works in the desk alone.
        guard: Keeps windows out of screen captures; without it nothing does.
        profile: The profile that is open; without it there is no switching and no lock.
        places: Remembers where the windows stood; without it nothing does.
        away: Whether the system's own session is locked; without it the desktop's bus is asked.
        replays: Opens saved calls for replay; without it none is offered.
        training: Exercises, quizzes, then and now; without it none is offered.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("build_desk needs a QApplication")
    stored = preferences.load() if preferences else Preferences()
    clipboard.install(app)
    screen_guard.install(app, guard, stored.capture == "hidden")
    key_words.install(app, language or i18n.chosen_language(stored.language), stored.keys)
    theme.apply(app, stored.theme, stored.text_scale)
    window = MainWindow(control, services, subscribe, preferences, care, system_key, places)
    window.call.answers.listed.connect(control.cards_shown)
    if replays is not None:
        window.replays = ReplayOpener(replays, services.situations, window)
        window.replays.failed.connect(window.tell_fault)
        window.replays.busy = lambda: window.state.phase is Phase.LIVE
        window.bridge.batch.connect(window.replays.follow)
        if training is not None:
            window.replays.beside = lambda shown, call: add_training(shown, call, training)
    window.training = training
    window.start.exercises.setVisible(training is not None and training.exercises is not None)
    if profile is not None:
        window.profile = ProfileDesk(window, profile, away)
    return window


def run_desk(
    build: Callable[[], MainWindow],
    *,
    notices: Sequence[str] = (),
    recovered: Sequence[RecoveredRow] = (),
    socket_name: str = "",
    links: Callable[[], bool] = lambda: True,
    begin: Callable[[], None] | None = None,
) -> int:
    """Open the desk and stay until it is closed; returns Qt's exit code. Main thread.

    Args:
        build: Dresses the application and returns the window: :func:`build_desk`.
        notices: Sentences to show at the start.
        recovered: Calls that an earlier run did not live to end.
        socket_name: Local socket on which a second start asks for the window, ``doumi call`` for a press; or empty.
        links: Whether ``doumi:`` links may drive the desk.
        begin: Called once when the window stands, e.g. to start a call named on the command line.
    """
    app = application()
    window = build()
    if socket_name:
        window.press.orders.links = links
        DeskSocket(socket_name, window, window.press.orders.obey)
        if sys.platform == "darwin":
            app.installEventFilter(LinkEvents(window.press.orders.obey, window))
    window.show()
    window.show_recovered(recovered)
    for notice in notices:
        window.notices.say(notice, "info")
    if begin is not None:
        QTimer.singleShot(0, begin)
    QTimer.singleShot(0, window.offer_first_start)
    signals = EndSignals(window.leave)
    with collecting.on_main_thread():
        code = app.exec()
    signals.close()
    let_go(window)
    return code
