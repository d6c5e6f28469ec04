"""What can be measured from inside a running desk: blocks of the GUI thread, keystrokes; and a walk through it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

BEAT_MS: Final = 4


class Heartbeat(QObject):
    """A timer on the GUI thread: how much later than due it fires is how long the thread was busy (or had no core)."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.late_ms, self._last = [], time.perf_counter()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """Return the figures: p50, p99 and worst block in ms, and how many were over 16 and 100 ms."""
        self._timer.stop()
        late = np.array(self.late_ms or [0.0])
        return {
            "beats": len(late),
            "p50_ms": round(float(np.percentile(late, 50)), 2),
            "p99_ms": round(float(np.percentile(late, 99)), 2),
            "worst_ms": round(float(late.max()), 1),
            "over_16_ms": int((late > 16).sum()),
            "over_100_ms": int((late > 100).sum()),
        }

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


class _Painted(QObject):
    """Hears the paint of a widget or of what lies in it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def keystrokes(field: QWidget, text: str) -> list[float]:
    """Type into a field; returns for each key the ms from the press to the end of the paint that shows it."""
    app = QApplication.instance()
    assert app is not None
    painted = _Painted()
    inner: Any = field.viewport() if hasattr(field, "viewport") else field
    inner.installEventFilter(painted)
    field.setFocus()
    app.processEvents()
    found = []
    for letter in text:
        painted.at = 0.0
        begun = time.perf_counter()
        QTest.keyClicks(field, letter)
        while not painted.at and time.perf_counter() - begun < 1.0:
            app.processEvents()
        app.processEvents()
        found.append((time.perf_counter() - begun) * 1000)
        # Nobody types faster; what a key set off (a search) may come in meanwhile.
        until = time.perf_counter() + 0.03
        while time.perf_counter() < until:
            app.processEvents()
    inner.removeEventFilter(painted)
    return found


class Walk:
    """Lets a script of steps run beside the desk, a step a beat; a step yields until what it waits for is there."""

    def __init__(self, steps: Iterator[None], patience_s: float = 1_800.0) -> None:
        self._steps = steps
        self._until = time.monotonic() + patience_s
        self.failed: BaseException | None = None
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        self._timer.stop()
        try:
            if time.monotonic() > self._until:
                raise TimeoutError("the desk did not get there")
            next(self._steps)
        except StopIteration:
            return
        except BaseException as error:
            self.failed = error
            QApplication.exit(1)
            return
        self._timer.start()


def wait_s(seconds: float) -> Iterator[None]:
    """Yield until the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield


def until(true: Callable[[], bool]) -> Iterator[None]:
    """Yield until it is so."""
    while not true():
        yield
