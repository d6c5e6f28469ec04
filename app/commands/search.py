"""``doumi search``: ask the standard counselling DB."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from app import usage
from app.commands import Context
from app.commands.kb import building
from resources.notices import sentence

if TYPE_CHECKING:
    from kb.browse import Browser
    from kb.model import SearchResult

_MARK = ("\033[1m", "\033[0m")
_SHOWN_CHOICES = 30
_FILTERS = ("field", "district", "department")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help=sentence("help.search_query"))
    parser.add_argument(
        "--top", type=usage.number(int, 1, 1000), default=5, metavar="N", help=sentence("help.search_top")
    )
    for name in _FILTERS:
        parser.add_argument(f"--{name}", default="", metavar="NAME", help=sentence(f"help.search_{name}"))
    parser.add_argument("--jsonl", action="store_true", help=sentence("help.jsonl"))


def run(args: argparse.Namespace, context: Context) -> int:
    """Run the command: the words as one query; ``-`` or nothing reads a query a line and answers in order."""
    from app import knowledge
    from kb.browse import Browser
    from kb.model import SearchFilters

    if not args.query and sys.stdin.isatty():
        context.progress(sentence("kb.no_query"))
        return 2
    with knowledge.build(context.home) as half:
        searcher = half.open(building(context))
        half.ready()
        answer = _answer_jsonl if args.jsonl else _answer
        browser = Browser(searcher)
        filters = SearchFilters(**{name: _known(browser, name, getattr(args, name)) for name in _FILTERS})

        def found(text: str) -> SearchResult:
            if not filters:
                said = searcher.search(text, args.top)
                if said.hits:
                    return said
            # What nobody says but somebody types: initials (ㄱㅎㄷㅎ), an id, the end of a phone number.
            return browser.search(text, args.top, filters)

        if args.query and args.query != ["-"]:
            answer(found(" ".join(args.query)), context)
            return 0
        for raw in sys.stdin.buffer:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            answer(found(line), context)
    return 0


def _known(browser: Browser, name: str, value: str) -> str:
    """Return the value of a filter as the knowledge writes it.

    Raises:
        SearchRefused: Nothing is filed under it.
    """
    from kb.browse import resolved
    from kb.errors import SearchRefused

    choices: tuple[str, ...] = getattr(browser.choices(), f"{name}s")
    wanted = resolved(value, choices)
    if value and not wanted:
        shown = ", ".join(choices[:_SHOWN_CHOICES]) + (" …" if len(choices) > _SHOWN_CHOICES else "")
        raise SearchRefused("kb.no_such_filter", value=value[:50], choices=shown or "-")
    return wanted


def _answer_jsonl(result: SearchResult, context: Context) -> None:
    hits = [{"id": hit.article.id, "title": hit.article.question, "score": round(hit.score, 4)} for hit in result.hits]
    context.emit({"query": result.query, "hits": hits, "shown": result.shown, "ms": round(result.ms, 1)})


def _answer(result: SearchResult, context: Context) -> None:
    if not result.hits:
        context.say(sentence("kb.no_hits"))
        return
    context.say(sentence(f"kb.band_{result.band}", chance=round(result.confidence * 100), ms=round(result.ms)))
    for number, hit in enumerate(result.hits, start=1):
        article = hit.article
        facts = " · ".join(
            fact
            for fact in (article.category, article.district, article.department, article.phone, article.updated)
            if fact
        )
        context.say(f"{number}. {article.question}  [{article.id}]")
        if facts:
            context.say(f"   {facts}")
        context.say(f"   {_shown(hit.passage, [(span.start, span.end) for span in hit.highlights])}")


def _shown(passage: str, spans: list[tuple[int, int]]) -> str:
    """Return the passage on one line, with the query's words bold on a terminal."""
    if sys.stdout.isatty():
        for start, end in reversed(spans):
            passage = passage[:start] + _MARK[0] + passage[start:end] + _MARK[1] + passage[end:]
    return " ".join(passage.split())
