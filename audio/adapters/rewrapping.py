"""Brings sound journals from one desk key to another. See :mod:`audio.journal` for the layout."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from audio import journal
from audio.journal import Header


def rewrap(file: Path, old_key: bytes, new_key: bytes) -> bool:
    """Bring a file from one desk key to another; returns whether the new one opens it now. May be repeated.

    One copy of the header is written and synced after the other, so that at every moment one of them opens with one of
    the two keys. The sound itself is not touched.

    Raises:
        OSError: It cannot be read or written.
    """
    old, new = AESGCM(old_key), AESGCM(new_key)
    with file.open("rb+", buffering=0) as handle:
        copies = [handle.read(journal.HEADER_BYTES) for _ in range(journal.HEADER_COPIES)]
        opened = [_own_key(copy, (new, old)) for copy in copies]
        found = next((number for number, one in enumerate(opened) if one is not None), None)
        if found is None:
            return False
        best = opened[found]
        assert best is not None
        header, key, _ = best
        if all(one is not None and one[2] is new for one in opened):
            return True
        nonce = secrets.token_bytes(journal.WRAP_NONCE_BYTES)
        wrapped = new.encrypt(nonce, key, header.bound)
        fresh = Header(header.title, header.prefix, nonce, wrapped).to_bytes()
        # The copy that proved readable goes last.
        for number in (*(n for n in range(journal.HEADER_COPIES) if n != found), found):
            handle.seek(number * journal.HEADER_BYTES)
            if handle.write(fresh) != len(fresh):
                raise OSError("only a part was written")
            os.fsync(handle.fileno())
    return True


def _own_key(copy: bytes, desk_keys: tuple[AESGCM, ...]) -> tuple[Header, bytes, AESGCM] | None:
    """Return a header, the file's own key and the desk key that opened it, or None."""
    header = journal.parse_header(copy)
    if header is None:
        return None
    for desk in desk_keys:
        with contextlib.suppress(InvalidTag):
            return header, desk.decrypt(header.wrap_nonce, header.wrapped_key, header.bound), desk
    return None
