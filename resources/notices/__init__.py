"""Sentences the program says, by code, in Korean and English.

Domain code raises :class:`Fault` with a code and named values; the command line and the windows
turn it into one plain sentence here. Codes are ``section.name`` keys of ``ko.toml`` and ``en.toml``;
placeholders are named (``{path}``) and never directly followed by a Korean particle.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from typing import Final

from resources import path

DEFAULT_LANGUAGE: Final = "ko"
LANGUAGES: Final = ("ko", "en")


class Fault(Exception):
    """A fault the user can act on: what happened and what to do, by code.

    Each package derives its own tree in ``errors.py``. Anything that is not a ``Fault`` is a bug.

    Attributes:
        code: Key into the notices files, ``section.name``.
        params: Values for the sentence's named placeholders. Never speech, names or phone numbers.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return sentence(self.code, **self.params)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[Fault], code: str, params: dict[str, object]) -> Fault:
    fault = kind.__new__(kind)
    Fault.__init__(fault, code, **params)
    return fault


def language() -> str:
    """Return the language of sentences: ``DOUMI_LANG`` when it names a known one, else Korean."""
    asked = os.environ.get("DOUMI_LANG", DEFAULT_LANGUAGE)[:2].lower()
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


@cache
def _table(lang: str) -> dict[str, str]:
    with path(f"notices/{lang}.toml").open("rb") as file:
        sections = tomllib.load(file)
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


def sentence(code: str, /, **params: object) -> str:
    """Return the sentence of ``code`` in the language of :func:`language` with its values put in.

    Raises:
        KeyError: No such code; a test keeps code and files in step.
    """
    return _table(language())[code].format(**params)


def codes(lang: str) -> dict[str, str]:
    """Return every code of one language with its raw text, for tests and for the desk's translations."""
    return dict(_table(lang))
