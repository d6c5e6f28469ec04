"""``doumi:`` links: what a telephony program in a browser may ask of the desk, read strictly. No Qt.

    doumi:call/start?number=010-1234-5678&ars=교통%20%3E%20주정차
    doumi:call/hold   doumi:call/resume   doumi:call/end
    doumi:call/caller?number=…   doumi:call/ars?ars=…

Any web page can hold a link. So a link may only say what a telephone says of its call; it never hands a call over,
marks, files, opens or shows anything, and whatever it does is told on the notice line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

SCHEME: Final = "doumi"
MAX_LINK: Final = 1000
"""Characters of a link."""
MAX_NUMBER: Final = 60
MAX_PATH: Final = 300
VERBS: Final = {
    "start": ("number", "ars"),
    "hold": ("number",),
    "resume": ("number",),
    "end": ("number",),
    "caller": ("number",),
    "ars": ("ars",),
}
"""What a link may ask, and the values each takes."""
_NEEDS: Final = {"caller": "number", "ars": "ars"}
_LENGTHS: Final = {"number": MAX_NUMBER, "ars": MAX_PATH}
_LINK: Final = re.compile(r"(?i:doumi):(?://)?call/([a-z]{1,20})/?(?:\?([^?#]*))?")
_WRITTEN: Final = re.compile(r"(?:[A-Za-z0-9\-._~!$'()*+,;:@/ >]|%[0-9A-Fa-f]{2})*")
_NUMBER: Final = re.compile(r"[0-9A-Za-z+#*()\-. :;=@_]*")


class LinkRefused(ValueError):
    """Not a link this program obeys."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks."""

    verb: str
    values: dict[str, str] = field(default_factory=dict, repr=False)


def is_link(text: str) -> bool:
    """Return whether a command line's first word is meant as a link."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def parse(text: str) -> Link:
    """Read a link.

    Raises:
        LinkRefused: Anything about it is not as written above: its length, form, verb, a value it does not take, one
            twice, one too long, one that is no UTF-8 or holds signs that cannot be shown.
    """
    # Browsers hand Korean letters over as they stand or in percent form.
    match = _LINK.fullmatch(text.strip()) if len(text) <= MAX_LINK else None
    if match is None or match[1] not in VERBS:
        raise LinkRefused
    verb, values = match[1], {}
    for pair in filter(None, (match[2] or "").split("&")):
        name, equals, written = pair.partition("=")
        if not equals or name not in VERBS[verb] or name in values:
            raise LinkRefused
        values[name] = _read(name, written)
    if not values.get(_NEEDS.get(verb, ""), "-"):
        raise LinkRefused
    if verb in _NEEDS and _NEEDS[verb] not in values:
        raise LinkRefused
    return Link(verb, {name: value for name, value in values.items() if value})


def _read(name: str, written: str) -> str:
    # Letters outside ASCII stand for themselves; what is ASCII must be a sign a query may hold.
    if not _WRITTEN.fullmatch("".join(sign for sign in written if sign.isascii())):
        raise LinkRefused
    try:
        value = unicodedata.normalize("NFC", unquote_to_bytes(written).decode("utf-8")).strip()
    except UnicodeError:
        raise LinkRefused from None
    if len(value) > _LENGTHS[name] or not value.isprintable():
        raise LinkRefused
    if name == "number" and not _NUMBER.fullmatch(value):
        raise LinkRefused
    return value
