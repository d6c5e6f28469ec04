"""Keys of the DB team: files under a passphrase, and the root list that says which key signs what."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError, StorageError
from tuf.api.metadata import Metadata, Root

from kb.errors import PublishRejected
from kb.whole_file import put

ROOT: Final = "root"
ROLES: Final = (ROOT, "targets", "snapshot", "timestamp")
ROOT_DAYS: Final = 365
LEAST_PASSPHRASE: Final = 8
_RETIRED: Final = "retired"
_PUBLISHED: Final = "published.json"

Passphrase = Callable[[str], str]
"""Asked with the name of a key file; returns its passphrase."""
Now = Callable[[], datetime]


def whole_seconds(moment: datetime) -> datetime:
    """Return a time as TUF writes it: UTC, without fractions."""
    return moment.astimezone(UTC).replace(microsecond=0)


class KeyFolder:
    """One folder of keys. Thread: any one."""

    def __init__(self, folder: Path, passphrase: Passphrase, now: Now) -> None:
        """Describe the folder; touches nothing."""
        self.folder = folder
        self._ask = passphrase
        self._now = now
        self._tried: list[str] = []
        self.opened: dict[str, CryptoSigner] = {}
        """Keys unlocked so far, by file name: unlocking is slow on purpose."""

    # -- making

    def create(self, root_keys: int = 1, threshold: int = 1) -> Path:
        """Make all keys and the first root list; returns the list, which every desk is given by hand.

        Raises:
            PublishRejected: There are keys already, or the disk refuses.
        """
        if self.folder.is_dir() and any(self.folder.glob("*.json")):
            raise PublishRejected("kb.keys_present", path=self.folder)
        if not 1 <= threshold <= root_keys:
            raise PublishRejected("kb.keys_threshold", threshold=threshold, count=root_keys)
        passphrase = self._new_passphrase()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            root = Root(version=1, expires=self._end())
            signers = []
            for role in ROLES:
                for _ in range(root_keys if role == ROOT else 1):
                    signer = self._make(role, passphrase)
                    root.add_key(signer.public_key, role)
                    if role == ROOT:
                        signers.append(signer)
            root.roles[ROOT].threshold = threshold
            return self._put_root(Metadata(root), signers)
        except OSError as error:
            raise PublishRejected("kb.disk", reason=error.strerror or type(error).__name__) from error

    def rotate(self, role: str) -> Path:
        """Replace the keys of a role by new ones and write the next root list, signed by old and new root keys.

        The old keys move to ``retired``. Also renews the root list for another year.

        Raises:
            PublishRejected: Too few root keys are here, a passphrase is wrong, or the disk refuses.
        """
        if role not in ROLES:
            raise PublishRejected("kb.keys_role", role=role, roles=", ".join(ROLES))
        root = self.root()
        signers = self.signers(ROOT)
        passphrase = self._new_passphrase()
        old = list(root.roles[role].keyids)
        try:
            for keyid in old:
                root.revoke_key(keyid, role)
            for _ in old:
                fresh = self._make(role, passphrase)
                root.add_key(fresh.public_key, role)
                if role == ROOT:
                    signers.append(fresh)
            root.version += 1
            root.expires = self._end()
            path = self._put_root(Metadata(root), signers)
            (self.folder / _RETIRED).mkdir(exist_ok=True)
            for keyid in old:
                file = self._file(role, keyid)
                if file.is_file():
                    file.replace(self.folder / _RETIRED / file.name)
        except OSError as error:
            raise PublishRejected("kb.disk", reason=error.strerror or type(error).__name__) from error
        return path

    # -- using

    def root(self) -> Root:
        """Return the newest root list. Raises PublishRejected."""
        found = self.root_files()
        if not found:
            raise PublishRejected("kb.keys_absent", path=self.folder)
        try:
            return Metadata[Root].from_file(str(found[-1])).signed
        except (StorageError, RepositoryError) as error:
            raise PublishRejected("kb.keys_damaged", path=found[-1]) from error

    def root_files(self) -> list[Path]:
        """Return every root list, oldest first."""
        found = [path for path in self.folder.glob("*.root.json") if path.name.split(".")[0].isdigit()]
        return sorted(found, key=lambda path: int(path.name.split(".")[0]))

    def signers(self, role: str) -> list[CryptoSigner]:
        """Return as many keys of a role as its list demands.

        Raises:
            PublishRejected: Too few are here, or a passphrase is wrong.
        """
        root = self.root()
        told = root.roles[role]
        found: list[CryptoSigner] = []
        for keyid in told.keyids:
            file = self._file(role, keyid)
            if len(found) < told.threshold and file.is_file():
                found.append(self._open(file))
        if len(found) < told.threshold or any(one.public_key.keyid not in told.keyids for one in found):
            raise PublishRejected("kb.keys_missing", role=role, have=len(found), need=told.threshold, path=self.folder)
        return found

    def published(self) -> dict[str, int]:
        """Return the highest versions ever signed with these keys, by list; empty where none were."""
        try:
            found = json.loads((self.folder / _PUBLISHED).read_text(encoding="utf-8"))
            return {str(name): int(value) for name, value in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise PublishRejected("kb.keys_damaged", path=self.folder / _PUBLISHED) from error

    def note_published(self, versions: dict[str, int]) -> None:
        """Remember versions, so that no number is ever signed twice. Raises OSError."""
        put(self.folder / _PUBLISHED, json.dumps(versions, indent=1).encode(), mode=0o644)

    # -- files

    def _file(self, role: str, keyid: str) -> Path:
        return self.folder / f"{role}-{keyid[:12]}.key"

    def _end(self) -> datetime:
        return whole_seconds(self._now() + timedelta(days=ROOT_DAYS))

    def _new_passphrase(self) -> str:
        passphrase = self._tried[0] if self._tried else self._ask("")
        if len(passphrase) < LEAST_PASSPHRASE:
            raise PublishRejected("kb.keys_passphrase_short", least=LEAST_PASSPHRASE)
        return passphrase

    def _make(self, role: str, passphrase: str) -> CryptoSigner:
        key = Ed25519PrivateKey.generate()
        signer = CryptoSigner(key)
        sealed = key.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode("utf-8"))
        )
        file = self._file(role, signer.public_key.keyid)
        put(file, sealed, mode=0o600)
        self.opened[file.name] = signer
        return signer

    def _open(self, file: Path) -> CryptoSigner:
        if file.name in self.opened:
            return self.opened[file.name]
        try:
            sealed = file.read_bytes()
        except OSError as error:
            raise PublishRejected("kb.keys_damaged", path=file) from error
        for passphrase in (*self._tried, None):
            tried = passphrase if passphrase is not None else self._ask(file.name)
            try:
                key = load_pem_private_key(sealed, tried.encode("utf-8"))
            except (ValueError, TypeError):
                continue
            if tried not in self._tried:
                self._tried.append(tried)
            self.opened[file.name] = CryptoSigner(cast(Ed25519PrivateKey, key))
            return self.opened[file.name]
        raise PublishRejected("kb.keys_passphrase", file=file.name)

    def _put_root(self, root: Metadata[Root], signers: Sequence[CryptoSigner]) -> Path:
        for signer in signers:
            root.sign(signer, append=True)
        path = self.folder / f"{root.signed.version}.root.json"
        put(path, root.to_bytes(), mode=0o644)
        return path
