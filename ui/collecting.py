"""Reference cycles are freed on the Qt main thread.

Python collects on whichever thread happens to allocate. A dropped window is a cycle, and a widget freed on a worker
thread hangs or crashes the desk.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

LOOK_MS = 1000


def collect_due() -> None:
    """Collect the oldest generation that has reached its threshold. Main thread."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > thresholds[generation] > 0]
    if due:
        gc.collect(due[-1])


@contextmanager
def on_main_thread() -> Iterator[None]:
    """Collect from the event loop alone while this lasts. What exists already is left out, so that looks stay short."""
    timer = QTimer()
    timer.setInterval(LOOK_MS)
    timer.timeout.connect(collect_due)
    gc.disable()
    gc.freeze()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.enable()
