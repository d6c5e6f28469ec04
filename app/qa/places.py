"""Where things lie in the exchange: a folder that desks and trainers share. Names tell nothing of a call.

    headers/DAY/HEADER.json     signed by the desk: what may be known of a call before it is drawn
    draws/PLAN.json             signed by the trainers: header ids of drawn calls, and until when
    packages/HEADER.doumi       a drawn call, sealed for the trainers
    receipts/HEADER.json        signed by the trainers: the package was fetched
    letters/DESK/ID.json        a rating, sealed for the desk of the call
    answers/ID.json             what a counsellor says to a rating, sealed for the trainers
    trainers/ID.json            ratings, draws, calibrations and tasks, sealed by trainers for each other

A file is never changed once it is there. Only ``letters`` are removed by whom they are for; what is past its day is
removed by a trainer's PC.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

HEADERS: Final = "headers"
DRAWS: Final = "draws"
PACKAGES: Final = "packages"
RECEIPTS: Final = "receipts"
LETTERS: Final = "letters"
ANSWERS: Final = "answers"
TRAINERS: Final = "trainers"
_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


def new_id() -> str:
    """Return a random name: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Return whether a text can be an id in a name: no path, no device, no surprise."""
    return bool(_ID.fullmatch(text))


def headers_of(day: str) -> str:
    """Return the folder with the headers of one day's calls; the day is ISO 8601."""
    return f"{HEADERS}/{day}"


def header_place(day: str, header: str) -> str:
    """Return where a desk posts the header of a call of that day."""
    return f"{headers_of(day)}/{header}.json"


def draw_place(plan: str) -> str:
    """Return where trainers ask for the calls that a plan drew."""
    return f"{DRAWS}/{plan}.json"


def package_place(header: str) -> str:
    """Return where a desk delivers a drawn call."""
    return f"{PACKAGES}/{header}.doumi"


def receipt_place(header: str) -> str:
    """Return where trainers say that a call was fetched."""
    return f"{RECEIPTS}/{header}.json"


def letter_place(desk: str, ident: str) -> str:
    """Return where a letter for a desk lies."""
    return f"{LETTERS}/{desk}/{ident}.json"


def answer_place(ident: str) -> str:
    """Return where an answer for the trainers lies."""
    return f"{ANSWERS}/{ident}.json"


def trainers_place(ident: str) -> str:
    """Return where a note of trainers for each other lies."""
    return f"{TRAINERS}/{ident}.json"


def id_in(name: str) -> str:
    """Return the id that a file's name holds; empty where it is none of ours."""
    ident, _, ending = name.rpartition("/")[2].partition(".")
    return ident if ending in ("json", "doumi") and is_id(ident) else ""
