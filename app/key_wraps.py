"""The envelope of the desk key: under which keys it lies wrapped, and the file that says so.

The desk key itself is never on the disk. ``key.json`` holds it sealed (AES-256-GCM) under a key that lies in the
system's keyring or, where there is none, in the key file; with a PIN, under both together. A second wrap, sealed with
age for the organisation's recovery key, opens the desk when the keyring is gone. Version 1 of the file held no wrap:
there the keyring held the desk key itself.

The file is written whole, twice: ``key.copy.json`` serves where the first is destroyed. Whoever holds both files but
neither keyring nor recovery key holds nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from app.errors import KeyFault

KEY_BYTES: Final = 32
VERSION: Final = 2
MARKER: Final = "key.json"
COPY: Final = "key.copy.json"
MAX_BYTES: Final = 64_000
SCRYPT_N: Final = 2**16
"""Work for one PIN: 64 MB and some 0.15 s of a core. It slows down who has the keyring's secret already and tries; it
does not stop him where the PIN is short."""
SCRYPT_R: Final = 8
SCRYPT_P: Final = 1
_SCRYPT_BYTES: Final = 256 * 2**20


class Cipher(Protocol):
    """Sealing under a key of 32 bytes. Filled by :mod:`app.adapters.key_cipher`."""

    def seal(self, key: bytes, plain: bytes, bound: bytes) -> bytes:
        """Return ``plain`` sealed; ``bound`` is needed again to open it."""
        ...

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes | None:
        """Return what was sealed, or None where key, content or ``bound`` is another."""
        ...


class KeyMode(StrEnum):
    """Where the key that wraps the desk key lies."""

    KEYRING = "keyring"
    FILE = "file"


class Turn(StrEnum):
    """How far a change of the desk key itself has come."""

    NONE = ""
    PREPARING = "preparing"
    """The old key holds; what is made for the new one is thrown away at the next start."""
    FINISHING = "finishing"
    """The new key holds; what still has the old one is brought over at the next start."""


def hkdf_sha256(secret: bytes, info: bytes, length: int = 32) -> bytes:
    """Return ``length`` bytes (at most 255 x 32) derived from ``secret`` without salt."""
    seed = hmac.digest(b"\0" * 32, secret, "sha256")
    out, block = b"", b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(seed, block + info + bytes([number]), "sha256")
        out += block
    return out[:length]


def fingerprint(master: bytes) -> str:
    """Return what tells a key from another without giving it away; 32 hexadecimal digits."""
    return hashlib.sha256(hkdf_sha256(master, b"doumi/check/1")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The desk key. Only keys derived from it are used, one a purpose."""

    master: bytes = field(repr=False)
    mode: KeyMode
    carried: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    """Keys that stayed the same when the desk key was changed, by purpose."""

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for ``purpose`` (``db``, ``sound``, ...): HKDF-SHA256 (RFC 5869)."""
        for name, key in self.carried:
            if name == purpose:
                return key
        return hkdf_sha256(self.master, f"doumi/{purpose}/1".encode())


@dataclass(frozen=True, slots=True)
class PinWork:
    """How the PIN of a wrap is stretched (scrypt)."""

    salt: str
    """Hexadecimal."""
    n: int
    r: int
    p: int

    def stretch(self, pin: str) -> bytes:
        """Return 32 bytes. Takes 64 MB and some 0.15 s of a core."""
        salt = bytes.fromhex(self.salt)
        return hashlib.scrypt(
            pin.encode(), salt=salt, n=self.n, r=self.r, p=self.p, maxmem=_SCRYPT_BYTES, dklen=KEY_BYTES
        )


@dataclass(frozen=True, slots=True)
class LocalWrap:
    """The desk key as this PC's user opens it."""

    mode: KeyMode
    account: str
    """Account in the keyring; empty in the file-key mode."""
    sealed: str = ""
    """Base64; empty in version 1, where the place holds the desk key itself."""
    check: str = ""
    """Fingerprint of the wrapping secret, so that a wrong PIN is told from a wrong keyring."""
    pin: PinWork | None = None


@dataclass(frozen=True, slots=True)
class RecoveryWrap:
    """The desk key as the organisation opens it."""

    recipient: str
    """Public key it is sealed for, ``age1...``."""
    sealed: str
    """Base64 of an age file that holds the 32 bytes."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """One desk key in all its wraps."""

    check: str
    """Fingerprint of the desk key."""
    local: LocalWrap
    recovery: RecoveryWrap | None = None
    carried: str = ""
    """Base64: keys of before that stay in use, sealed under the desk key; or empty."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """All of ``key.json``."""

    keys: KeySet
    other: KeySet | None = None
    """During a change of the desk key: the new one while preparing, the old one while finishing."""
    turn: Turn = Turn.NONE
    retire: tuple[str, ...] = ()
    """Accounts of the keyring that nothing needs unless a wrap above names them."""


def new_secret() -> str:
    """Return a new wrapping key as a keyring holds it: 44 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def secret_bytes(text: str) -> bytes | None:
    """Return the 32 bytes of a wrapping key, or None where the text is none."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return raw if len(text) == 44 and len(raw) == KEY_BYTES else None


def plain_key(text: str) -> bytes | None:
    """Return the 32 bytes of a desk key as version 1 kept it (64 hexadecimal digits), or None."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return None
    return raw if len(raw) == KEY_BYTES and len(text) == 2 * KEY_BYTES else None


def wrap(cipher: Cipher, master: bytes, mode: KeyMode, account: str, secret: str, pin: str) -> LocalWrap:
    """Return ``master`` wrapped under a secret and, where there is one, a PIN. A PIN costs some 0.15 s of a core."""
    raw = secret_bytes(secret)
    if raw is None:
        raise ValueError("no wrapping key")
    work = PinWork(secrets.token_hex(16), SCRYPT_N, SCRYPT_R, SCRYPT_P) if pin else None
    sealed = cipher.seal(_wrapping_key(raw, work, pin), master, _bound(mode, account))
    return LocalWrap(mode, account, base64.b64encode(sealed).decode(), fingerprint(raw), work)


def unwrap(cipher: Cipher, local: LocalWrap, secret: bytes, pin: str) -> bytes | None:
    """Return the desk key, or None where secret or PIN is another."""
    sealed = base64.b64decode(local.sealed)
    return cipher.open(_wrapping_key(secret, local.pin, pin), sealed, _bound(local.mode, local.account))


def _wrapping_key(secret: bytes, work: PinWork | None, pin: str) -> bytes:
    return hkdf_sha256(secret + (work.stretch(pin) if work else b""), b"doumi/wrap/2")


def _bound(mode: KeyMode, account: str) -> bytes:
    return f"doumi/key/{VERSION}|{mode.value}|{account}".encode()


def seal_carried(cipher: Cipher, master: bytes, carried: tuple[tuple[str, bytes], ...]) -> str:
    """Return keys that stay, sealed under the desk key; empty for none."""
    if not carried:
        return ""
    plain = json.dumps({name: key.hex() for name, key in carried}).encode()
    return base64.b64encode(cipher.seal(hkdf_sha256(master, b"doumi/carried/1"), plain, b"carried")).decode()


def open_carried(cipher: Cipher, master: bytes, sealed: str) -> tuple[tuple[str, bytes], ...] | None:
    """Return the keys that stay, or None where they are not as they were sealed."""
    if not sealed:
        return ()
    plain = cipher.open(hkdf_sha256(master, b"doumi/carried/1"), base64.b64decode(sealed), b"carried")
    if plain is None:
        return None
    return tuple((str(name), bytes.fromhex(key)) for name, key in json.loads(plain).items())


# -- the file ---------------------------------------------------------------------------------------------------


def read_envelope(folder: Path) -> Envelope | None:
    """Return the envelope in ``folder``, from its copy where the first file is destroyed; None where there is none.

    Raises:
        KeyFault: ``keys.marker_broken``: neither file can be read. Nothing is written.
    """
    broken = False
    for name in (MARKER, COPY):
        try:
            with (folder / name).open("rb") as stream:
                return parse(stream.read(MAX_BYTES))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            broken = True
    if broken:
        raise KeyFault("keys.marker_broken", path=str(folder / MARKER))
    return None


def copy_is_current(folder: Path) -> bool:
    """Return whether the copy says what the file says."""
    try:
        return (folder / MARKER).read_bytes() == (folder / COPY).read_bytes()
    except OSError:
        return False


def to_text(envelope: Envelope) -> str:
    """Return the envelope as the file holds it."""
    return json.dumps({"version": VERSION, **asdict(envelope)}, indent=1) + "\n"


def parse(raw: bytes) -> Envelope:
    """Read a file of version 1 or 2. Raises ValueError, KeyError or TypeError for anything else."""
    value: dict[str, Any] = json.loads(raw)
    json.dumps(value, ensure_ascii=False).encode()  # refuses a lone surrogate, which no keyring could be asked for
    if "version" not in value:
        local = LocalWrap(KeyMode(value["mode"]), str(value["account"]))
        return Envelope(KeySet(str(value["check"]), local))
    if value["version"] != VERSION:
        raise ValueError("a newer program's")
    other = value["other"]
    return Envelope(
        _key_set(value["keys"]),
        None if other is None else _key_set(other),
        Turn(value["turn"]),
        tuple(str(account) for account in value["retire"]),
    )


def _key_set(value: dict[str, Any]) -> KeySet:
    local, recovery = value["local"], value["recovery"]
    pin = local["pin"]
    work = None if pin is None else PinWork(str(pin["salt"]), int(pin["n"]), int(pin["r"]), int(pin["p"]))
    if work is not None and 128 * work.n * work.r * work.p > _SCRYPT_BYTES // 2:
        raise ValueError("more work than any PIN of ours")
    for text in (local["sealed"], value["carried"], "" if recovery is None else recovery["sealed"]):
        base64.b64decode(text, validate=True)
    return KeySet(
        str(value["check"]),
        LocalWrap(KeyMode(local["mode"]), str(local["account"]), str(local["sealed"]), str(local["check"]), work),
        None if recovery is None else RecoveryWrap(str(recovery["recipient"]), str(recovery["sealed"])),
        str(value["carried"]),
    )
