"""The morpheme analyser in a process of its own: it loads for a second or two with the interpreter held."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from app.engine import Engine, EngineFault
from kb.ports import Morpheme

_FACTORY: Final = "kb.adapters.kiwi:build"
_TIMEOUT_S: Final = 30.0


class EngineMorphemes:
    """Fills :class:`kb.ports.Morphemes` through the process ``words``. Thread: any.

    Words are taught when a process starts: it takes a second to learn one, as long as a thousand. An analyser that is
    asked already is replaced by a new process once that one is ready, and answers until then.
    """

    def __init__(self, on_restart: Callable[[int], None] | None = None, factory: str = _FACTORY) -> None:
        """Describe the process; it starts when it is first asked.

        Args:
            on_restart: Told of restarts after a crash.
            factory: What the process builds.
        """
        self._on_restart = on_restart
        self._factory = factory
        self._known: frozenset[str] = frozenset()
        self._engine: Engine | None = None
        self._changing = threading.Lock()
        self._closed = False

    def tokens(self, text: str) -> Sequence[Morpheme]:
        """Return the morphemes of ``text`` (NFC) in order.

        Raises:
            EngineFault: The process cannot be started.
        """
        found: Sequence[Morpheme] = self._ask("tokens", text)
        return found

    def known(self, words: Sequence[str]) -> Sequence[bool]:
        """Return of each word whether it is made of words the dictionary holds. Raises as :meth:`tokens` does."""
        found: Sequence[bool] = self._ask("known", words)
        return found

    def add_words(self, words: Sequence[str]) -> None:
        """Teach proper nouns; returns when they are known. Those known already cost nothing.

        Raises:
            EngineFault: The process cannot be started.
        """
        with self._changing:
            known = self._known | frozenset(words)
            if known == self._known:
                return
            old = self._engine
            if old is not None:
                new = self._started(known)
                try:
                    new.wait_ready()
                except BaseException:
                    new.close()
                    raise
                self._engine = new
            self._known = known
        if old is not None:
            old.close()

    def close(self) -> None:
        """End the process."""
        with self._changing:
            self._closed = True
            if self._engine:
                self._engine.close()

    def _ask(self, method: str, what: object) -> Any:
        while True:
            engine = self._running()
            try:
                return engine.call("words", method, what, timeout_s=_TIMEOUT_S)
            except EngineFault:
                if self._engine is engine or self._closed:
                    raise
                # Replaced meanwhile: the new one is asked.

    def _running(self) -> Engine:
        if self._engine is not None:
            return self._engine
        with self._changing:
            if self._engine is None:
                self._engine = self._started(self._known)
            return self._engine

    def _started(self, words: frozenset[str]) -> Engine:
        if self._closed:
            raise EngineFault("models.engine_closed", name="words")
        engine = Engine("words", self._factory, (tuple(sorted(words)),), ("words",), on_restart=self._on_restart)
        engine.start()
        return engine
