"""What the windows show of the answers in a call: what was offered, what stood on the screen, what was done with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assist.events import CardActed, CardsShown, SuggestionsReady
from assist.model import Card, CardAction
from audio.events import CallEvent
from kb.model import Band
from ui.protection_state import ProtectionState

MOST_CARDS = 3


@dataclass(slots=True)
class AnswersState(ProtectionState):
    """The answers' part of a call's view. Plain Python, main thread."""

    suggestions: SuggestionsReady | None = None
    used: Card | None = None
    """The answer that was used or copied last."""
    handled: dict[str, frozenset[CardAction]] = field(default_factory=dict)
    """What was done with each card since it stands on the screen, by article id."""
    opened: Card | None = None
    """The card whose whole entry stands: opened, and its list not told to be in view again. In a log from before
    :class:`assist.events.CardsShown` until the next answers."""
    told: SuggestionsReady | None = None
    """What stood on the screen, as :class:`assist.events.CardsShown` tells; None before the first."""
    guessed: SuggestionsReady | None = None
    """The same for a log from before that event: the newest answers with a sure one among them."""
    origin: str = ""
    """Where the DB of these came from (:attr:`kb.model.KbStatus.origin`); empty where the log does not tell."""
    _cards: dict[str, Card] = field(default_factory=dict)
    _pending: bool = False
    """Whether the newest answers were not told to be on the screen yet."""
    _offers: dict[int, SuggestionsReady] = field(default_factory=dict)
    """The newest answers of each turn."""

    def answer(self, event: CallEvent) -> bool:
        """Take one event in; returns whether the answers are another now."""
        match event:
            case SuggestionsReady():
                if self.suggestions is not None and event.turn < self.suggestions.turn:
                    return False
                self.suggestions = replace(event, cards=event.cards[:MOST_CARDS])
                self._offers[event.turn] = self.suggestions
                self._pending = True
                self._cards.update((card.article_id, card) for card in event.cards)
                if self.told is None:
                    self.opened = None
                if self.guessed is None or any(card.band is Band.SURE for card in event.cards):
                    self.guessed = self.suggestions
            case CardsShown():
                self._show(event)
            case CardActed():
                self._act(event)
            case _:
                return False
        return True

    @property
    def waiting(self) -> SuggestionsReady | None:
        """The newest answers while another list stands on the screen: held, or asked for a moment ago."""
        newest, told = self.suggestions, self.told
        sure = tuple(card.article_id for card in newest.cards if card.band is Band.SURE) if newest is not None else ()
        if newest is None or told is None or not sure:
            return None
        stand = tuple(card.article_id for card in told.cards)
        with_candidates = tuple(card.article_id for card in newest.cards if card.band is not Band.SILENT)
        return newest if self._pending and stand not in (sure, with_candidates) else None

    def _show(self, event: CardsShown) -> None:
        cards = tuple(self._cards[one] for one in event.article_ids if one in self._cards)
        asked = self._offers.get(event.turn, self.suggestions)
        if asked is None:
            return
        self.told = replace(asked, turn=event.turn, cards=cards)
        self.origin = event.origin
        if asked is self.suggestions and event.turn == asked.turn:
            self._pending = False
        self.handled = {one: kinds for one, kinds in self.handled.items() if CardAction.USED in kinds}
        self.opened = None

    def _act(self, event: CardActed) -> None:
        card = self._cards.get(event.article_id)
        if event.action in (CardAction.USED, CardAction.COPIED):
            self.used = card or self.used
        self.handled[event.article_id] = self.handled.get(event.article_id, frozenset()) | {event.action}
        if event.action is CardAction.OPENED:
            self.opened = card
        elif self.opened is not None and self.opened.article_id != event.article_id:
            self.opened = None
