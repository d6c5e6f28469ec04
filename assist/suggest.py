"""Answers for what the caller just asked, or silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assist.ars import Hint
from assist.categories import match
from assist.model import Card, CardAction, Turn
from assist.ports import Retriever
from assist.protect.wordlist import load, patterns
from assist.settings import AssistSettings, Dial
from assist.topics import Topic, after_cue
from audio.model import Channel
from kb.confidence import CANDIDATE, SURE
from kb.model import Band, Hit, SearchResult
from kb.places import heard, heard_last
from kb.specials import ID_PREFIX

_CONTEXT_TURNS = 3
"""Earlier caller turns that still colour the question."""
_DIAL_SHIFT = 0.1
"""How much surer a result must be at 조용히, and how much less sure it may be at 적극, chance."""
_WORTH_SHARE = 0.5
"""A hit scored below this share of the first one is not worth a card beside it."""
FROM_MENUS = -1
"""Turn of a list that the menus (ARS) asked for, before anybody spoke."""
_HINTED = 0.02
"""What an entry of the hinted field gains in the order; measured with ``benchmarks/search.py --ars``."""
_ENDING = re.compile(
    r"(?:입니다|습니다|는데요|인데요|은데요|나요|까요|어요|아요|에요|예요|세요|이요|지요|네요|거든요|"
    r"에서|에게|한테|으로|부터|까지|이나|라도|하고|이랑|은|는|이|가|을|를|에|로|도|만|의|와|과|요|죠)$"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A list to put up; no cards means: be quiet."""

    turn: int
    question: str
    cards: tuple[Card, ...]
    band: Band
    ms: float


@dataclass(frozen=True, slots=True)
class _Shown:
    suggestion: Suggestion
    confidence: float
    topic: int
    at: float


def clean(text: str) -> str:
    """Return ``text`` without greetings, fillers and who is speaking."""
    for key in ("greetings", "identification", "fillers"):
        text = patterns("greetings", "strip", key).sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" ,.~")


def content_words(text: str) -> frozenset[str]:
    """Return words of ``text`` that carry meaning, roughly: no particles, no stop words."""
    stop = load("greetings")["words"]["stop"]
    words = set()
    for word in re.findall(r"[가-힣a-z0-9]+", text.lower()):
        bare = _ENDING.sub("", word)
        if word not in stop and bare not in stop and len(bare) >= 2:
            words.add(bare)
    return frozenset(words)


def restated(text: str) -> str:
    """Return what the counsellor restates (``… 문의 맞으신가요``), cleaned, or an empty string."""
    last = re.split(r"(?<=[.?!])\s+", text.strip())[-1]
    match = patterns("greetings", "restatement").search(last)
    if match is None:
        return ""
    what = next((value for value in match.groupdict().values() if value), "")
    return clean(what)


class Suggester:
    """Asks the search after each caller sentence and keeps the list calm.

    A list stays unless a clearly better one or a new topic comes; what was dismissed stays away for the call.

    Thread: one, the ``assist`` thread.
    """

    def __init__(self, retriever: Retriever, settings: AssistSettings) -> None:
        self._retriever = retriever
        self._settings = settings
        self._shown: _Shown | None = None
        self._rival = ""
        self._asked = ""
        self._dismissed: set[str] = set()
        self._pinned: set[str] = set()
        self._district = ""
        self._topic = Topic()
        self._fields: tuple[str, ...] = ()
        self.words_alone = False
        """Whether the last search had to do without the model of meaning, which did not answer."""

    def on_ars(self, hint: Hint) -> Suggestion | None:
        """Take what the caller chose in the menus; returns a list to put up before the first words, or None.

        Only what the search is sure of is shown, and whatever the caller says then takes its place. Entries of the
        hinted fields come a little sooner for as long as the call stays at its first question.

        Raises:
            Fault: The search failed.
        """
        self._fields = hint.fields
        words = " ".join(hint.path)
        if not words or self._asked or self._shown is not None:
            return None
        result = self._retriever.search(words, top_n=10)
        self._note(result)
        if not result.hits or self._band(result) is not Band.SURE:
            return None
        hits = [hit for hit in result.hits if hit.score >= _WORTH_SHARE * result.hits[0].score]
        cards = tuple(_card(hit, Band.SURE) for hit in hits)[: self._settings.cards]
        new = Suggestion(FROM_MENUS, f"ARS: {' › '.join(hint.path)}", cards, Band.SURE, result.ms)
        # Stands as the weakest list there can be.
        self._shown = _Shown(replace(new, band=Band.CANDIDATE), 0.0, self._topic.number, -1.0)
        return new

    def on_turn(self, turn: Turn, sentence: str, turns: tuple[Turn, ...]) -> Suggestion | None:
        """Return a list to put up after ``sentence``, or None to leave things as they are.

        Args:
            turn: The turn that opened or grew.
            sentence: Its newest words.
            turns: All turns of the call by time, ``turn`` among them.

        Raises:
            Fault: The search failed; the list on screen stays.
        """
        self._district = heard_last(sentence) or self._district
        asked = sentence
        if turn.speaker is Channel.AGENT:
            question = restated(sentence)
            self._topic.add(content_words(sentence))
        elif patterns("greetings", "small_talk").search(sentence.strip()):
            return None
        else:
            another = after_cue(sentence)
            if another is not None:
                self._topic.begin(turn.start)
                asked = another
            question = clean(asked)
            if another is None and len(content_words(question)) < self._least_words():
                question = clean(turn.text)
        words = content_words(question)
        if len(words) < self._least_words() or question == self._asked:
            return None
        if self._shown is not None and turn.start < self._shown.at:
            return None
        self._asked = question
        asker = turn if turn.speaker is Channel.CALLER else _last_caller(turns, turn)
        result = self._search(turn, asked, question, words, turns)
        self._topic.add(words)
        return self._weigh(result, question, asker)

    def _search(
        self, turn: Turn, sentence: str, question: str, words: frozenset[str], turns: tuple[Turn, ...]
    ) -> SearchResult:
        """Ask the search; a question that may be another topic is tried without what came before it."""
        context = _context(turn, sentence, turns, self._topic.since)
        if turn.speaker is Channel.AGENT or not self._topic.may_end(sentence, words):
            return self._ask(question, context, turn)
        alone = self._ask(question, (), turn)
        if alone.band is not Band.SURE and context:
            coloured = self._ask(question, context, turn)
            if coloured.band is not Band.SILENT:
                return coloured
        # It is answered for itself, or neither for itself nor with what came before: something else.
        self._topic.begin(turn.start)
        return alone

    def _ask(self, question: str, context: tuple[str, ...], turn: Turn) -> SearchResult:
        found = self._retriever.search(
            question, top_n=10, district=self._district, context=context, confidence=turn.confidence
        )
        self._note(found)
        return found

    def _note(self, found: SearchResult) -> None:
        if found.hits or found.words_alone:  # with nothing to look for nobody was asked
            self.words_alone = found.words_alone

    def on_card_action(self, article_id: str, action: CardAction) -> None:
        """Remember what the counsellor did."""
        if action is CardAction.DISMISSED:
            self._dismissed.add(article_id)
            self._pinned.discard(article_id)
        elif action is CardAction.PINNED:
            self._pinned.add(article_id)

    def _least_words(self) -> int:
        least = self._settings.min_content_words
        return {Dial.QUIET: least + 1, Dial.NORMAL: least, Dial.ACTIVE: 1}[self._settings.dial]

    def _weigh(self, result: SearchResult, question: str, turn: Turn) -> Suggestion | None:
        wanted = (hit for hit in result.hits if hit.article.id not in self._dismissed and self._here(hit))
        hits = self._in_order(wanted)
        hits = tuple(hit for hit in hits if hit.score >= _WORTH_SHARE * hits[0].score)
        band = self._band(result) if hits else Band.SILENT
        shown = self._shown
        if band is Band.SILENT:
            if shown is None or not shown.suggestion.cards or shown.topic == self._topic.number:
                return None
            return self._put_up(Suggestion(turn.index, question, self._kept(), Band.SILENT, result.ms), 0.0, turn)
        cards = self._kept() + tuple(_card(hit, band) for hit in hits if hit.article.id not in self._pinned)
        new = Suggestion(turn.index, question, cards[: self._settings.cards], band, result.ms)
        if shown is None or not shown.suggestion.cards or self._wins(shown, new, result.confidence):
            return self._put_up(new, result.confidence, turn)
        return None

    def _in_order(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """Return hits with those of the hinted fields a little before their equals."""
        if not self._fields or self._topic.number:
            return tuple(hits)

        def place(hit: Hit) -> tuple[bool, float]:
            hinted = match(hit.article.category) in self._fields
            return not hit.article.id.startswith(ID_PREFIX), -hit.score - _HINTED * hinted

        return tuple(sorted(hits, key=place))

    def _band(self, result: SearchResult) -> Band:
        """Return how a result is offered at this person's dial."""
        dial = self._settings.dial
        if dial is Dial.QUIET:
            special = result.hits[0].article.id.startswith(ID_PREFIX)
            sure = result.band is Band.SURE and (special or result.confidence >= SURE + _DIAL_SHIFT)
            return Band.SURE if sure else Band.SILENT
        if dial is Dial.ACTIVE and result.band is not Band.SURE:
            if result.confidence >= SURE - _DIAL_SHIFT:
                return Band.SURE
            return Band.CANDIDATE if result.confidence >= CANDIDATE - _DIAL_SHIFT else result.band
        return result.band

    def _here(self, hit: Hit) -> bool:
        """Return whether a hit is for the district that was heard, or for the whole city."""
        place = hit.article.district or heard(hit.article.question)
        return not self._district or place in ("", self._district)

    def _wins(self, shown: _Shown, new: Suggestion, confidence: float) -> bool:
        old_ids = [card.article_id for card in shown.suggestion.cards]
        new_ids = [card.article_id for card in new.cards]
        surer = new.band is Band.SURE and shown.suggestion.band is not Band.SURE
        if old_ids == new_ids:
            return surer
        if any(ident in self._dismissed for ident in old_ids) or surer or shown.topic != self._topic.number:
            return True
        if new.band is not Band.SURE and shown.suggestion.band is Band.SURE:
            return False
        if old_ids[:1] == new_ids[:1]:
            return False
        if confidence >= shown.confidence + self._settings.stay_margin:
            return True
        # Not clearly better: it must come out on top twice in a row.
        again, self._rival = self._rival == new_ids[0], new_ids[0]
        return again and confidence >= shown.confidence

    def _put_up(self, new: Suggestion, confidence: float, turn: Turn) -> Suggestion:
        self._rival = ""
        self._shown = _Shown(new, confidence, self._topic.number, turn.start)
        return new

    def _kept(self) -> tuple[Card, ...]:
        if self._shown is None:
            return ()
        return tuple(card for card in self._shown.suggestion.cards if card.article_id in self._pinned)


def _last_caller(turns: tuple[Turn, ...], turn: Turn) -> Turn:
    callers = [item for item in turns if item.speaker is Channel.CALLER and item.start <= turn.start]
    return replace(callers[-1], start=turn.start) if callers else turn


def _context(turn: Turn, sentence: str, turns: tuple[Turn, ...], since: float) -> tuple[str, ...]:
    """Return what colours the question, newest first: the restatement, this turn's beginning, earlier turns.

    Nothing said before the topic began, ``since`` seconds, is among it.
    """
    context: list[str] = []
    before = [item for item in turns if since <= item.start < turn.start]
    if turn.speaker is Channel.CALLER:
        agents = [item for item in before if item.speaker is Channel.AGENT]
        if agents and (restatement := restated(agents[-1].text)):
            context.append(restatement)
        rest = clean(_on_topic(turn).replace(sentence, " "))
        if rest and content_words(rest):
            context.append(rest)
    callers = [item for item in before if item.speaker is Channel.CALLER]
    for earlier in reversed(callers[-_CONTEXT_TURNS:]):
        if (words := clean(_on_topic(earlier))) and content_words(words):
            context.append(words)
    return tuple(context)


def _on_topic(turn: Turn) -> str:
    """Return what a turn says after it has announced another question, all of it where it announces none."""
    another = after_cue(turn.text)
    return turn.text if another is None else another


def _card(hit: Hit, band: Band) -> Card:
    article = hit.article
    return Card(
        article_id=article.id,
        title=article.question,
        passage=hit.passage,
        highlights=hit.highlights,
        answer=article.answer,
        category=article.category,
        department=article.department,
        phone=article.phone,
        district=article.district,
        updated=article.updated,
        score=hit.score,
        band=band,
        reasons=hit.reasons,
        ended=hit.ended,
        variants=hit.variants,
    )
