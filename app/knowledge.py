"""Builds the knowledge half: analyser, model of meaning in its own process, library of generations."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

import resources
from app.catalogue import ModelKind
from app.engine import Engine, EngineFault
from app.errors import ModelFault
from app.home import Home
from app.models import model_store
from app.words import EngineMorphemes
from kb.browse import Browser
from kb.errors import EncoderUnavailable, KbUnavailable
from kb.library import KbLibrary
from kb.model import Article, FilterChoices, KbStatus, SearchFilters, SearchResult
from kb.ports import Morphemes
from kb.release.notes import SyncNotes
from kb.search import Searcher
from kb.specials import FILE_NAME
from kb.vector_cache import CachedEncoder
from resources.notices import Fault

_log = logging.getLogger(__name__)

ENCODER_MODEL: Final = "multilingual-e5-small"
_QUERY_TIMEOUT_S: Final = 10.0
_PASSAGES_TIMEOUT_S: Final = 300.0
_PATIENCE_S: Final = 0.2
"""How long a search in a call waits for a process that is still loading before it does with words alone."""


class EngineEncoder:
    """The model of meaning in the language process; fills :class:`kb.ports.Encoder`. Thread: any."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim).

        Raises:
            EncoderUnavailable: The process is not ready, or does not answer.
        """
        try:
            self._engine.start()
            self._engine.wait_ready(_PATIENCE_S)
        except Fault as fault:
            raise EncoderUnavailable("kb.encoder_silent", name=self.name) from fault
        return self._ask("queries", texts, _QUERY_TIMEOUT_S)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), dim); waits for the process to load.

        Raises:
            EncoderUnavailable: The process cannot be started or does not answer.
        """
        return self._ask("passages", texts, _PASSAGES_TIMEOUT_S)

    def _ask(self, method: str, texts: Sequence[str], timeout_s: float) -> NDArray[np.float32]:
        try:
            found: NDArray[np.float32] = self._engine.call("encode", method, list(texts), timeout_s=timeout_s)
        except EngineFault as fault:
            raise EncoderUnavailable("kb.encoder_silent", name=self.name) from fault
        return found


class Knowledge:
    """What the desk knows; fills :class:`assist.ports.Retriever`.

    Thread: any. A generation that another process imports is opened on a thread of its own, ``knowledge``, while the
    old one is searched on.
    """

    def __init__(
        self,
        library: KbLibrary,
        engine: Engine | None,
        notes: SyncNotes | None = None,
        words: EngineMorphemes | None = None,
    ) -> None:
        self.library = library
        self._words = words
        self.notes = notes or SyncNotes(library.folder)
        """How the last sync with the release address went."""
        self.engine = engine
        """The language process; None where the model of meaning is not installed."""
        self._searcher: Searcher | None = None
        self._lock = threading.Lock()
        self._stamp = 0
        self._opening: threading.Thread | None = None

    def open(self, progress: Callable[[float], None] | None = None) -> Searcher:
        """Open the current generation; the first time this builds the shipped example.

        Args:
            progress: Called with the part done, 0 to 1, where something has to be built.

        Raises:
            KbFault: There is nothing to search.
        """
        with self._lock:
            stamp = self.library.stamp()
            found = self.library.open(progress) if progress else self.library.open()
            # Opening may itself have built the example; otherwise a change during opening is seen next time.
            self._stamp = self.library.stamp() if found.status.origin == "sample" else stamp
            self._searcher = found
        return found

    def ready(self) -> None:
        """Wait until the language process has loaded, so that every search is by meaning too.

        A process that cannot be started is done without.
        """
        if self.engine:
            self.engine.start()
            try:
                self.engine.wait_ready()
            except Fault as fault:
                _log.warning("language process: %s", fault.code)

    @property
    def status(self) -> KbStatus:
        """What is searched, and whether it is 최신 아님. Cheap."""
        return self.notes.dated(self._current().status, datetime.now(UTC))

    def search(
        self,
        text: str,
        top_n: int = 10,
        district: str = "",
        context: tuple[str, ...] = (),
        boosts: Mapping[str, float] | None = None,
        *,
        confidence: float = 1.0,
    ) -> SearchResult:
        """See :class:`assist.ports.Retriever`."""
        return self._current().search(text, top_n, district, context, boosts, confidence=confidence, fold=True)

    def repair(self, text: str) -> str:
        """Return ``text`` with misheard names of this house put right."""
        return self._current().repair(text).text

    def suggest(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand at every key; see :meth:`kb.browse.Browser.suggest`."""
        return Browser(self._current()).suggest(text, top_n, filters)

    def browse(self, text: str, top_n: int = 20, filters: SearchFilters | None = None) -> SearchResult:
        """Search by hand when typing rests; see :meth:`kb.browse.Browser.search`."""
        return Browser(self._current()).search(text, top_n, filters)

    def search_filters(self) -> FilterChoices:
        """Return what a search by hand can be narrowed to."""
        return Browser(self._current()).choices()

    def article(self, article_id: str) -> Article | None:
        """Return the entry of an id, or None."""
        return self._current().article(article_id)

    def articles(self) -> Sequence[Article]:
        """Return every entry."""
        return self._current().articles

    def earlier(self) -> Sequence[Article]:
        """Return every entry of the generation before this one; none where none is kept."""
        return self.library.earlier()

    def close(self) -> None:
        """End the processes."""
        if self._opening:
            self._opening.join()
        if self.engine:
            self.engine.close()
        if self._words:
            self._words.close()

    def __enter__(self) -> Knowledge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _current(self) -> Searcher:
        found = self._searcher
        if found is None:
            return self.open()
        if self.library.stamp() != self._stamp and not self._lock.locked():
            opening = self._opening
            if opening is None or not opening.is_alive():
                self._opening = threading.Thread(target=self._reopen, name="knowledge", daemon=True)
                self._opening.start()
        return found

    def _reopen(self) -> None:
        try:
            self.open()
        except Fault as fault:
            _log.warning("the new generation cannot be opened: %s", fault.code)


def open_knowledge(
    home: Home, model: str = ENCODER_MODEL, on_restart: Callable[[int], None] | None = None
) -> Knowledge:
    """Open what the desk knows, with the morpheme analyser in a process of its own.

    The language process loads afterwards, in the background: until then words alone are searched.

    Raises:
        KbFault: There is nothing to search.
    """
    return _opened(build(home, model, on_restart, EngineMorphemes(on_restart)))


def knowledge_as_it_is(home: Home, model: str, spare: Path) -> Knowledge:
    """Open what the desk knows without changing it: no generation of ``home`` is built anew, and none is dropped.

    Args:
        home: Where generations and models lie.
        model: As :func:`build`.
        spare: Empty folder; the shipped example is built there where ``home`` has no generation that can be opened.

    Raises:
        KbFault: There is nothing to search.
    """
    try:
        return _opened(build(home, model, None, EngineMorphemes(None), samples=()))
    except KbUnavailable:
        return _opened(build(replace(home, root=spare), model, None, EngineMorphemes(None)))


def _opened(half: Knowledge) -> Knowledge:
    try:
        half.open()
        if half.engine:
            half.engine.start()
    except BaseException:
        half.close()
        raise
    return half


def build(
    home: Home,
    model: str = ENCODER_MODEL,
    on_restart: Callable[[int], None] | None = None,
    words: EngineMorphemes | None = None,
    samples: Sequence[Path] | None = None,
) -> Knowledge:
    """Build the knowledge half without opening it.

    Args:
        home: Where generations and models lie.
        model: Catalogue name or folder of the model of meaning; words alone are searched where it is not installed.
        on_restart: Told when the language process had to be started again.
        words: The morpheme analyser's process; without one it is loaded here, which holds up every thread for a
            second or two.
        samples: Files that the example is built from; None: the shipped ones; none at all: it is never built.
    """
    from kb.adapters.table_files import sheet_rows

    engine: Engine | None = None
    encoder: CachedEncoder | None = None
    try:
        folder = model_store(home).locate(model, ModelKind.ENCODER)
    except (ModelFault, EncoderUnavailable) as fault:
        _log.info("words alone are searched: %s", fault.code)
    else:
        factory = "kb.adapters.sentence_encoder:build"
        engine = Engine("language", factory, (str(folder),), ("encode",), on_restart=on_restart)
        encoder = CachedEncoder(EngineEncoder(engine, folder.name), _vector_cache(home))
    library = KbLibrary(
        home.kb,
        sample_files() if samples is None else samples,
        words or _analyser(),
        encoder,
        sheet_rows,
        lambda: datetime.now(UTC),
        house_words(),
    )
    return Knowledge(library, engine, SyncNotes(home.releases), words)


def _analyser() -> Morphemes:
    from kb.adapters.kiwi import KiwiMorphemes

    return KiwiMorphemes()


def _vector_cache(home: Home) -> Path:
    """Return the file of remembered vectors: beside the models, for all homes of a user, where that can be written.

    Knowledge is public, and a new home would otherwise compute the example's vectors again.
    """
    return (home.models if _can_write(home.models) else home.kb) / "vectors.db"


def _can_write(folder: Path) -> bool:
    try:
        # Asked of the folder itself: on Windows its attributes do not tell.
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def sample_files() -> list[Path]:
    """Return the files of the shipped example."""
    return sorted(resources.path("sample_kb").glob("*.jsonl"))


def house_words() -> list[str]:
    """Return the proper names the morpheme analyser is taught."""
    lines = resources.path("words/house_words.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def special_file(home: Home) -> Path:
    """Return where imported special material lies."""
    return home.kb / FILE_NAME


def sample_specials() -> Path:
    """Return the special material of the shipped example."""
    return resources.path(f"sample_specials/{FILE_NAME}")
