"""The configured recogniser and a smaller one that steps in when the work piles up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from audio.model import Decoded, DecodeRequest
from audio.ports import Transcriber
from resources.notices import Fault

_log = logging.getLogger(__name__)


class TwoModels:
    """Fills :class:`audio.ports.Transcriber`.

    The smaller model costs memory, so it is loaded when it is first asked for, on a thread of its own; until it is
    ready, and for good where it cannot be loaded, the configured one does the work: nothing waits for a load.
    """

    def __init__(self, main: Transcriber, load_smaller: Callable[[], Transcriber] | None) -> None:
        """Take the configured recogniser and how to load a smaller one; None where none is installed."""
        self._main = main
        self._load = load_smaller
        self._smaller: Transcriber | None = None
        self._loading: threading.Thread | None = None

    def transcribe(self, request: DecodeRequest) -> Decoded:
        """See :class:`audio.ports.Transcriber`."""
        return self._chosen(request.small).transcribe(request)

    def join(self) -> None:
        """Wait for a load under way."""
        if self._loading:
            self._loading.join()

    def _chosen(self, small: bool) -> Transcriber:
        if not small or self._load is None:
            return self._main
        if self._loading is None:
            self._loading = threading.Thread(target=self._get, args=(self._load,), name="smaller-model", daemon=True)
            self._loading.start()
        return self._smaller or self._main

    def _get(self, load: Callable[[], Transcriber]) -> None:
        try:
            self._smaller = load()
        except Fault as fault:
            _log.warning("the smaller speech model cannot be used (%s)", fault.code)
        except Exception:
            _log.exception("the smaller speech model cannot be loaded")
