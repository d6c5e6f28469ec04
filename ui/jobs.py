"""One-shot work off the main thread, delivered back on it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from ui.notices import notice_line_of

log = logging.getLogger(__name__)


class Job(QObject):
    """Runs ``fn`` on a worker thread; hands its result or error to the main thread.

    Where the handler of a result raises, the notice line of its window says that the work was done but not shown.

    ``Job(self, lambda: services.search(text)).on_success(show).on_failure(tell).start()``

    Nothing is delivered once ``parent`` is gone. The job keeps itself alive until it has delivered.
    """

    _finished = Signal(object, object)

    def __init__(self, parent: QObject, fn: Callable[[], Any]) -> None:
        super().__init__(QCoreApplication.instance())
        self._owner = parent
        self._fn = fn
        self._success: Callable[[Any], None] | None = None
        self._failure: Callable[[Exception], None] | None = None
        self._worker = threading.Thread(target=self._run, name="ui-job", daemon=True)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def on_success(self, handler: Callable[[Any], None]) -> Job:
        """Call ``handler`` with the result, main thread."""
        self._success = handler
        return self

    def on_failure(self, handler: Callable[[Exception], None]) -> Job:
        """Call ``handler`` with the exception of ``fn``, main thread; without one it is logged."""
        self._failure = handler
        return self

    def start(self) -> Job:
        """Begin."""
        self._worker.start()
        return self

    def _run(self) -> None:
        result: Any = None
        error: Exception | None = None
        try:
            result = self._fn()
        except Exception as caught:  # the thread's top frame
            error = caught
        try:
            self._finished.emit(result, error)
        except RuntimeError:  # the application ended meanwhile
            log.debug("job finished after the application")

    @Slot(object, object)
    def _deliver(self, result: Any, error: Exception | None) -> None:
        # It has nothing left to do, but it must not be the last to hold this job or what the job captured.
        self._worker.join()
        try:
            if not isValid(self._owner):
                return
            if error is None:
                self._succeed(result)
            elif self._failure is not None:
                self._failure(error)
            else:
                log.error("job failed: %s", type(error).__name__)
        finally:
            self.deleteLater()

    def _succeed(self, result: Any) -> None:
        if self._success is None:
            return
        try:
            self._success(result)
        except Exception:
            # Not the failure handler: it would offer to do again what was done. The crash report gets what is raised.
            line = notice_line_of(self._owner) if isValid(self._owner) else None
            if line is not None:
                told = self.tr("It was done but could not be shown. See whether it is there before you do it again.")
                line.say(told, "warning", key="unshown")
            raise
