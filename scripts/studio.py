"""Where pictures of windows are taken: one fresh desk a picture, on invented content. No device is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import story
from tests.ui.fake_services import FakeServices
from tests.ui.fakes import FakeBus, FakeControl, FakePreferences
from tests.ui.rows import SESSIONS
from ui.desk import build_desk
from ui.main_window import MainWindow
from ui.preference_ports import Preferences


class Studio:
    """One desk per picture, so that no picture depends on another."""

    def __init__(self, app: QApplication, out: Path, theme: str, language: str, scale: float = 1.0) -> None:
        self.app, self.out, self.theme, self.language, self.scale = app, out, theme, language, scale
        self.made: list[Path] = []
        self.loop = QEventLoop()

    def settle(self, until: Callable[[], bool] = lambda: False, limit_ms: int = 250) -> None:
        """Let Qt work until ``until`` holds or the limit passed."""
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < limit_ms:
            self.loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if until():
                break
        self.loop.processEvents()

    def desk(self, size: tuple[int, int], **services: object) -> tuple[MainWindow, FakeBus]:
        """Return a fresh desk and its bus."""
        bus = FakeBus()
        fake = FakeServices(rows=SESSIONS, events=story.saved(), records=story.RECORDS, **services)  # type: ignore[arg-type]
        store = FakePreferences(Preferences(theme=self.theme, text_scale=self.scale, speak_practice=False))
        window = build_desk(FakeControl(), fake, bus.subscribe, language=self.language, preferences=store)
        window.resize(*size)
        window.show()
        self.settle(lambda: window.start.recent.count() > 0)
        return window, bus

    def shoot(self, name: str, widget: QWidget) -> None:
        """Save one picture."""
        self.settle(limit_ms=40)
        suffix = "" if self.scale == 1.0 else f"-{self.scale * 100:.0f}"
        size = f"{widget.width()}x{widget.height()}"
        file = self.out / f"{name}-{self.theme}-{self.language}{suffix}-{size}.png"
        widget.grab().save(str(file))
        self.made.append(file)

    def done(self, window: MainWindow) -> None:
        """Put a desk away."""
        window.state.phase = window.state.phase.IDLE
        window.close()
        shiboken6.delete(window)
