"""A draft in a language model's words, where the site has configured one; the draft made from the call comes first."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.bus import EventBus
from app.call_draft import CallDraft
from app.errors import ChatFault
from app.settings import SummariserSettings
from assist.events import DraftReady, RecordFiled
from assist.model import Draft, Turn
from assist.summarize.rephrase import EntryLike, request_for, taken
from resources.notices import Fault


class ChatModel(Protocol):
    """A language model. Filled by :class:`app.line_tools.SiteModel`."""

    def ask(
        self, settings: SummariserSettings, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> str:
        """Return its answer; blocks for at most ``settings.timeout_s``. Raises ChatFault."""
        ...


class Rephrasing:
    """Asks the model of the settings and keeps what proves itself. Thread: any worker, one call at a time."""

    def __init__(self, settings: Callable[[], SummariserSettings], model: ChatModel) -> None:
        """Join the parts; asks nothing yet."""
        self._settings = settings
        self._model = model
        self._told = False

    @property
    def is_on(self) -> bool:
        """Whether a model is configured."""
        return self._settings().is_on

    def better(self, turns: Sequence[Turn], draft: Draft, entries: Sequence[EntryLike]) -> Draft | None:
        """Return the draft with what the model put better, or None where nothing of it is fit.

        Raises:
            ChatFault: The model was not reached or gave no answer; once until one comes, then again.
        """
        settings = self._settings()
        if not settings.is_on or not any((one.inquiry or one.answer or one.action) for one in draft.records):
            return None
        request = request_for(turns, draft, secrets.token_hex(12))
        try:
            found = taken(self._model.ask(settings, request.messages, request.schema), request, turns, draft, entries)
            if not found.is_answer:
                raise ChatFault("assist.rephrase_bad_answer")
        except Fault:
            told, self._told = self._told, True
            if told:
                return None
            raise
        self._told = False
        return found.draft if found.taken else None


class BetterDraft:
    """Offers the finished draft of the open call in better words, once, where nobody has touched the record.

    The draft made from the call is never held up: it was published before the model is asked.

    Thread: methods and events in the publisher's; the model is asked on a worker.
    """

    def __init__(
        self,
        rephrasing: Rephrasing | None,
        bus: EventBus,
        made_of: CallDraft,
        work: Callable[[str, Callable[[], object]], None],
    ) -> None:
        """Listen for finished drafts.

        Args:
            rephrasing: Asks the model; None: nothing is ever offered.
            bus: Drafts come and the better one goes here.
            made_of: Knows turns and entries of the last draft.
            work: Runs a named job on a worker and turns its faults into notices.
        """
        self._rephrasing = rephrasing
        self._bus = bus
        self._made_of = made_of
        self._work = work
        self._call_id = ""
        self._asked = self._touched = True
        if rephrasing is not None:
            bus.subscribe(DraftReady, self._on_draft)
            bus.subscribe(RecordFiled, self._on_filed)

    def begin(self, call_id: str) -> None:
        """Forget the call before and look out for the draft of a new one."""
        self._made_of.begin()
        self._call_id, self._asked, self._touched = call_id, False, False

    def touched(self) -> None:
        """Note that the record is edited, filed or put away: nothing is offered any more."""
        self._touched = True

    def _on_filed(self, _event: RecordFiled) -> None:
        self.touched()

    def _on_draft(self, event: DraftReady) -> None:
        rephrasing = self._rephrasing
        if rephrasing is None or not event.final or event.call_id != self._call_id or self._asked:
            return
        if rephrasing.is_on:
            self._asked = True  # once a call, whatever words come late
            turns, entries = self._made_of.drafted
            self._work("rephrase", lambda: self._offer(event, rephrasing.better(turns, event.draft, entries)))

    def _offer(self, event: DraftReady, better: Draft | None) -> None:
        if better is not None and event.call_id == self._call_id and not self._touched:
            self._bus.publish(DraftReady(call_id=event.call_id, t_ns=event.t_ns, draft=better, final=True))
