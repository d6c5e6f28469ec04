"""What a desk knows beside the counselling DB: what it learned, special material, notes for the DB team, favourites."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from app.desk_memory import DeskMemory
from assist.gaps import Correction, Gap, masked, turns_around
from assist.learning import Learner, Nudge
from assist.mask import mask
from assist.model import CardAction, CorrectionKind, Turn
from assist.suggest import content_words
from kb import specials as special_material
from kb.changes import compare, fingerprint, known
from kb.model import Article, KbStatus
from kb.places import heard_last
from kb.specials import ID_PREFIX, Special
from resources.notices import Fault
from ui.ports import AtHand, Digest

_log = logging.getLogger(__name__)

_DAY_S: Final = 86_400.0
_FINGERPRINTS: Final = 4_000
"""Fingerprints of entries that are kept at hand."""


class Entries(Protocol):
    """The counselling DB as it is searched now; :class:`app.retrieval.Retrieval` fills it."""

    @property
    def status(self) -> KbStatus:
        """What is searched. Cheap."""
        ...

    def article(self, article_id: str) -> Article | None:
        """Return one entry, or None."""
        ...

    def articles(self) -> Sequence[Article]:
        """Return every entry."""
        ...


class Deskbook:
    """Joins the DB, the personal memory and the clock. Thread-safe; methods that read or write the store take ms."""

    def __init__(
        self, entries: Entries, memory: DeskMemory, specials: Path, samples: Path, now: Callable[[], datetime]
    ) -> None:
        """Look at nothing yet.

        Args:
            entries: The counselling DB.
            memory: The personal side.
            specials: File of special material, where there is one; looked at again when it changes.
            samples: Special material of the shipped example, shown where nothing else was imported.
            now: Wall clock with zone.
        """
        self._entries = entries
        self._memory = memory
        self._file = specials
        self._samples = samples
        self._now = now
        self._lock = threading.Lock()
        self._learner: Learner | None = None
        self._specials: dict[Path, tuple[int, tuple[Special, ...]]] = {}
        self._prints: OrderedDict[tuple[int, str], str] = OrderedDict()

    # -- learning -------------------------------------------------------------------------------------------

    def nudges(self, question: str) -> Mapping[str, Nudge]:
        """Return what was learned of entries for ``question``, by id."""
        words = _words(question)
        day = self._now().timestamp() / _DAY_S
        with self._lock:
            learner = self._learned()
            touched = learner.touched(words)
        if not touched:
            return {}
        contents = {ident: self._fingerprint(ident) for ident in touched}
        with self._lock:
            return learner.nudges(words, day, contents)

    def learn(self, question: str, article_id: str, action: CardAction) -> None:
        """Learn from one act; special material teaches nothing."""
        if article_id.startswith(ID_PREFIX):
            return
        content = self._fingerprint(article_id)
        if not content:
            return
        day = self._now().timestamp() / _DAY_S
        with self._lock:
            row = self._learned().learn(_words(question), article_id, content, action, day)
        if row is not None:
            self._memory.keep_learned(row)

    def warm(self) -> None:
        """Read what was learned now rather than in a call."""
        with self._lock:
            self._learned()

    def _learned(self) -> Learner:
        if self._learner is None:
            try:
                self._learner = Learner(self._memory.learned())
            except Fault as fault:
                # Answers must come without it too.
                _log.warning("what was learned cannot be read: %s", fault.code)
                self._learner = Learner()
        return self._learner

    def _fingerprint(self, article_id: str) -> str:
        """Return the content of an entry now, empty where there is none."""
        key = (self._entries.status.generation, article_id)
        found = self._prints.get(key)
        if found is None:
            article = self._entries.article(article_id)
            found = fingerprint(article) if article is not None else ""
            with self._lock:
                self._prints[key] = found
                while len(self._prints) > _FINGERPRINTS:
                    self._prints.popitem(last=False)
        return found

    # -- special material -----------------------------------------------------------------------------------

    def specials(self) -> tuple[Special, ...]:
        """Return the special material that runs now, the newest first. Cheap: files are read when they change."""
        shipped = self._entries.status.origin == "sample" and not self._file.exists()
        return special_material.running(self._read(self._samples if shipped else self._file), self._now())

    def _read(self, file: Path) -> tuple[Special, ...]:
        try:
            stamp = file.stat().st_mtime_ns
        except OSError:
            return ()
        before = self._specials.get(file)
        if before is not None and before[0] == stamp:
            return before[1]
        found: tuple[Special, ...] = ()
        try:
            found, faults = special_material.read(file) if file.stat().st_size else ((), ())
            if faults:
                _log.warning("%d pieces of special material are unusable", len(faults))
        except Fault as fault:
            _log.warning("special material cannot be read: %s", fault.code)
        self._specials[file] = (stamp, found)
        return found

    def entry(self, article_id: str) -> Article | None:
        """Return an entry or a piece of special material by its id."""
        if article_id.startswith(ID_PREFIX):
            found = (one for one in self.specials() if f"{ID_PREFIX}{one.id}" == article_id)
            return next((special_material.as_article(one) for one in found), None)
        return self._entries.article(article_id)

    # -- entries at hand ------------------------------------------------------------------------------------

    def at_hand(self) -> AtHand:
        """Return favourite and lately opened entries that still exist. Raises StoreFault."""
        favourites = self._memory.favourites()
        opened = tuple(ident for ident in self._memory.opened() if ident not in favourites)
        return AtHand(self._those(favourites), self._those(opened))

    def _those(self, idents: Sequence[str]) -> tuple[Article, ...]:
        found = (self._entries.article(ident) for ident in idents)
        return tuple(article for article in found if article is not None)

    def set_favourite(self, article_id: str, wanted: bool) -> None:
        """Keep an entry at hand, or no longer. Raises StoreFault."""
        self._memory.set_favourite(article_id, wanted, self._now().isoformat())

    def note_opened(self, article_id: str) -> None:
        """Remember that an entry was opened."""
        self._memory.note_opened(article_id, self._now().isoformat())

    # -- what changed ---------------------------------------------------------------------------------------

    def digest(self) -> Digest:
        """Return what changed since the counsellor last looked; the first time everything counts as seen.

        Raises:
            Fault: The DB or the store cannot be read.
        """
        stamp = self._stamp()
        if not stamp or stamp == self._memory.seen_stamp():
            return Digest()
        articles = self._entries.articles()
        since, seen = self._memory.seen()
        if not since:
            self.digest_seen()
            return Digest()
        return Digest(since, compare(seen, articles))

    def digest_seen(self) -> None:
        """Remember the entries as they stand now. Raises Fault."""
        stamp = self._stamp()
        self._memory.set_seen(known(self._entries.articles()).items(), self._now().isoformat(), stamp)

    def _stamp(self) -> str:
        """Return what names the DB that is searched now; empty where none is."""
        status = self._entries.status
        return f"{status.generation} {status.built_at} {status.articles}" if status.generation else ""

    # -- notes for the DB team ------------------------------------------------------------------------------

    def file_gap(
        self, gap_id: str, question: str, turns: Sequence[Turn] = (), call_id: str = "", *, practice: bool = False
    ) -> Gap | None:
        """File a question the DB does not answer; the same id again changes its words, no words take it back.

        Returns:
            The gap as stored, masked, or None where it was taken back.

        Raises:
            StoreFault: It was not stored.
        """
        words = masked(question)
        if not words:
            self._memory.drop_note(gap_id)
            return None
        before = self._memory.gap(gap_id)
        gap = Gap(
            id=gap_id,
            filed_at=before.filed_at if before else self._now().isoformat(timespec="seconds"),
            question=words,
            turns=before.turns if before else turns_around(turns),
            district=before.district if before else heard_last(" ".join(turn.text for turn in turns)),
            generation=self._entries.status.generation,
            call_id=call_id,
            practice=practice,
        )
        self._memory.put_gap(gap)
        return gap

    def file_correction(
        self,
        ident: str,
        article_id: str,
        title: str,
        kind: CorrectionKind,
        note: str,
        call_id: str = "",
        *,
        practice: bool = False,
    ) -> Correction:
        """File something wrong in an entry; returns it as stored. Raises StoreFault."""
        correction = Correction(
            id=ident,
            filed_at=self._now().isoformat(timespec="seconds"),
            article_id=article_id,
            title=title,
            kind=kind,
            note=masked(note),
            generation=self._entries.status.generation,
            call_id=call_id,
            practice=practice,
        )
        self._memory.put_correction(correction)
        return correction


def _words(question: str) -> frozenset[str]:
    """Return the content words of a question; nothing that points to a person is learned."""
    return frozenset(word for word in content_words(mask(question)[0]) if not word.isdecimal())
