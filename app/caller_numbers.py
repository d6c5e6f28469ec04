"""A caller's number in any shape, and the keyed hash that stands for it everywhere. The number itself is never kept.

Telephone numbers are few (a mobile number has eight free digits), so a plain or merely salted hash could be turned
back by trying them all in seconds. The hash is therefore keyed, with a key that only the team and its desks hold, and
stretched with scrypt: without the key nothing can be tried, and who steals a key still pays some CPU months for
all mobile numbers instead of seconds. It is an obstacle, no anonymity: keys and lists stay inside the centre.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import Final

from app.errors import CallerFault
from assist.number_words import digit_string
from assist.numbers import display

MAX_TEXT: Final = 200
"""Longest text a number is looked for in."""
OWN: Final = "own"
"""Begins a hash under the desk's own key, which nobody else can use."""
_N: Final = 2**14
_R: Final = 8
_P: Final = 1
"""Cost of scrypt: 16 MiB and some 35 ms of one core."""

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−－·•.,/_~()[]{}"), " ")
_WRITTEN: Final = re.compile(r"\+?\d(?:[\s-]{0,5}\d)*")
_SPOKEN: Final = re.compile(r"(?:[공영일이삼사오육륙칠팔구\d]|하나|둘|[\s-]|에|의|국|번|다시|대시|요|입니다|이에요)+")
_NATIONAL: Final = re.compile(
    r"01[016789]\d{7,8}|02\d{7,8}|0[3-6][1-5]\d{7,8}|0(?:50\d|[78]0|130|303)\d{7,8}|1[568]\d{6}"
)
_FOREIGN: Final = re.compile(r"\+[1-9]\d{7,14}")


def normalise(text: str) -> str:
    """Return the one telephone number in ``text`` as digits: national form, or ``+`` and country for a foreign one.

    Spaces, hyphens, brackets, full-width digits, ``+82`` and spoken digits (공일공 일이삼사 …) do not matter.

    Raises:
        CallerFault: ``caller.not_a_number``: none, more than one, or not whole.
    """
    composed = unicodedata.normalize("NFKC", text).strip()
    if len(composed) > MAX_TEXT:
        raise CallerFault("caller.not_a_number")
    plain = composed.translate(_DASHES)
    found = _numbers(plain) or _numbers(display(plain)[0].translate(_DASHES)) or _numbers(display(composed)[0])
    if not found and _SPOKEN.fullmatch(plain):
        found = _numbers(digit_string(plain))
    if len(found) != 1:
        raise CallerFault("caller.not_a_number")
    return found.pop()


class CallerHasher:
    """Hashes numbers under one key. Any thread; one hash takes some 35 ms of CPU by design."""

    def __init__(self, name: str, key: bytes, salt: bytes) -> None:
        """Take the key.

        Args:
            name: Names the key, and begins every hash under it: hashes under different keys never meet.
            key: At least 32 secret bytes.
            salt: Random, the same wherever the key is used.
        """
        if len(key) < 32:
            raise ValueError("the key has at least 32 bytes")
        self._name = name
        self._key = key
        self._salt = salt

    def of(self, number: str) -> str:
        """Return the hash of a normalised number: the key's name, a colon, 32 hexadecimal digits."""
        stretched = hashlib.scrypt(number.encode(), salt=self._salt, n=_N, r=_R, p=_P, maxmem=64 * 2**20, dklen=32)
        return f"{self._name}:{hmac.digest(self._key, stretched, 'sha256').hex()[:32]}"


def own_hasher(key: bytes) -> CallerHasher:
    """Return the hasher of one desk alone, for its own count of earlier calls. ``key``: 32 bytes derived for it."""
    return CallerHasher(OWN, key, b"doumi/callers/own/1")


def is_own(caller: str) -> bool:
    """Return whether a hash is under a desk's own key."""
    return caller.startswith(f"{OWN}:")


def for_pack(caller: str) -> str:
    """Return the hash as it may go into a pack: empty where it is under the desk's own key and tells nobody a thing."""
    return "" if is_own(caller) else caller


def _numbers(text: str) -> set[str]:
    found: set[str] = set()
    for match in _WRITTEN.finditer(text):
        whole = _national(match.group())
        if whole:
            found.add(whole)
            continue
        pieces = {_national(piece) for piece in match.group().split()}
        found |= {piece for piece in pieces if piece}
    return found


def _national(written: str) -> str:
    """Return the normal form of one written number, or empty."""
    digits = re.sub(r"\D", "", written)
    abroad = written.startswith("+")
    if not abroad and digits.startswith("00"):
        # 001 and 002 are carriers' ways abroad; a bare 00 comes from other countries' telephones.
        abroad, digits = True, digits[3 if digits[2:3] in ("1", "2") else 2 :]
    if digits.startswith("82") and (abroad or len(digits) >= 10):
        rest = digits[2:].lstrip("0")
        for form in (f"0{rest}", rest):
            if _NATIONAL.fullmatch(form):
                return form
        return ""
    if abroad:
        return f"+{digits}" if _FOREIGN.fullmatch(f"+{digits}") else ""
    return digits if _NATIONAL.fullmatch(digits) else ""
