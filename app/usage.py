"""The parser of the command line, speaking the language of the notices.

``argparse`` looks its own words up through the name ``_`` of its module, meant for message catalogues that are
compiled files. :func:`speak` puts the notices there instead, so that every sentence of the program lives in one place.
Words that a later Python adds stay English until they are listed here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final, NoReturn, TypedDict

from resources.notices import sentence

_WORDS: Final = {
    "usage: ": "usage.usage",
    "positional arguments": "usage.arguments",
    "options": "usage.options",
    "show this help message and exit": "usage.help",
    "argument %(argument_name)s: %(message)s": "usage.argument",
    "unrecognized arguments: %s": "usage.unrecognized",
    "not allowed with argument %s": "usage.not_together",
    "ignored explicit argument %r": "usage.takes_no_value",
    "the following arguments are required: %s": "usage.required",
    "one of the arguments %s is required": "usage.one_required",
    "expected one argument": "usage.one_value",
    "expected at most one argument": "usage.at_most_one_value",
    "expected at least one argument": "usage.at_least_one_value",
    "ambiguous option: %(option)s could match %(matches)s": "usage.ambiguous",
    "invalid %(type)s value: %(value)r": "usage.invalid_value",
    "invalid choice: %(value)r (choose from %(choices)s)": "usage.invalid_choice",
}
"""What argparse says to the notice that says it; the ``%`` placeholders are the same."""


def speak() -> None:
    """Let argparse speak the language of the notices. May be called again; the whole process shares it."""
    argparse._ = _words  # type: ignore[attr-defined]  # its only hook for languages without compiled catalogues


def _words(text: str) -> str:
    code = _WORDS.get(text)
    return sentence(code) if code else text


class Parser(argparse.ArgumentParser):
    """A parser whose wrong usage is one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong and leave."""
        # What our own readers of arguments say are whole sentences.
        detail = message.removesuffix(".")
        self.exit(2, sentence("cli.wrong_usage", detail=detail, command=self.prog) + "\n")


def number(kind: type[int] | type[float], low: float, high: float) -> Callable[[str], float]:
    """Return a reader of an argument that is a number from ``low`` to ``high``."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = kind(low) - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(sentence("usage.number", low=_plain(low), high=_plain(high)))
        return value

    return read


def _plain(value: float) -> str:
    """Return a number as a person writes it: without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


class Described(TypedDict):
    """What a parser says of itself."""

    help: str
    description: str


def described(code: str) -> Described:
    """Return a subcommand's one sentence for both places it is read: the list of its siblings and its own help."""
    text = sentence(code)
    return {"help": text, "description": text}
