"""What the desk does off the main thread, one thread a piece; its faults become notices."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from app.errors import StartFault
from resources.notices import Fault

_log = logging.getLogger(__name__)


class DeskWork:
    """Starts pieces of work and waits for them at the end. Any thread."""

    def __init__(self, notice: Callable[[Fault], None]) -> None:
        self._notice = notice
        self._workers: list[threading.Thread] = []

    def start(self, name: str, job: Callable[[], object]) -> None:
        """Do ``job`` on a thread of its own."""
        worker = threading.Thread(target=self._guarded, args=(name, job), name=name, daemon=True)
        self._workers = [thread for thread in self._workers if thread.is_alive()]
        self._workers.append(worker)
        worker.start()

    def wait(self, wait_s: float = 10.0) -> None:
        """Wait for what is under way, ``wait_s`` seconds a piece."""
        for worker in self._workers:
            worker.join(wait_s)

    def _guarded(self, name: str, job: Callable[[], object]) -> None:
        try:
            job()
        except Fault as fault:
            self._notice(fault)
        except Exception:
            _log.exception("%s failed", name)
            self._notice(StartFault("call.stage_failed", stage=name))
