"""Builds what makes, opens and exchanges session packages.

With :mod:`app.composition` and its other halves the only maker of adapters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from app.adapters.age_box import AgeBox
from app.adapters.package_seal import PieceCipher
from app.adapters.signing import DeskSigner, Ed25519Verifier
from app.adapters.sqlcipher import SqlCipherVault
from app.errors import PackageFault, StoreFault
from app.evidence import Signer
from app.evidence_check import read_desks
from app.home import Home
from app.keys import DeskKey
from app.personal import desk_key, desk_signer, open_writer, wall_clock
from app.qa.exchange import Exchange
from app.qa.keys import TrainerKeys, own_identity
from app.qa.package import PackageFacts, PackageTools, Terms
from app.qa.package_make import MADE, make_package
from app.qa.package_open import Opener
from app.qa.sharing import Maker, PackageSharing
from app.replay.source import load_session
from app.settings import load
from app.sound import saved_sound
from app.store import Store
from audio.adapters.sound_file import FlacEncoder


def package_tools() -> PackageTools:
    """Return what making and opening packages needs."""
    return PackageTools(AgeBox(), PieceCipher(), FlacEncoder(), Ed25519Verifier())


def open_exchange(address: str) -> Exchange:
    """Return the folder, share or object store at ``address``. Raises ExchangeFault."""
    # Loading fsspec takes a while, and every desk loads this module.
    from app.adapters.exchange_store import ExchangeStore

    return ExchangeStore(address)


def package_opener(
    store: Store,
    desks: Callable[[], Mapping[str, str]] = dict,
    now: Callable[[], datetime] = wall_clock,
) -> Opener:
    """Return what opens packages for the profile of an open database: sealed for it, or for its trainers.

    Args:
        store: Its database; keys are in it, and the access log.
        desks: Public keys of known desks by id.
        now: Wall clock with zone.
    """
    box = AgeBox()
    trainers = TrainerKeys(store, box, DeskSigner)

    def identities() -> tuple[str, ...]:
        return own_identity(store, box), *trainers.identities()

    return Opener(identities, package_tools(), now, store.log, desks)


def known_desks(file: Path | None) -> dict[str, str]:
    """Return public keys of the desks listed in ``file`` by id; none where none is named. Raises TeamFault."""
    return read_desks(file, Ed25519Verifier()) if file is not None else {}


@contextmanager
def open_opener(home: Home, now: Callable[[], datetime] = wall_clock) -> Iterator[Opener]:
    """Open what opens packages, for a command or a window of its own, beside a running desk or without one.

    A PC that keeps no records has no keys: whatever it opens is for somebody else.

    Raises:
        StoreFault, KeyFault: The database cannot be opened.
    """
    settings = load(home.settings, now).settings
    with ExitStack() as stack:
        try:
            store = stack.enter_context(open_writer(home))
        except StoreFault as fault:
            if fault.code != "store.absent":
                raise
            opener = Opener(lambda: (), package_tools(), now, lambda action, subject, note: None)
        else:
            opener = package_opener(store, lambda: known_desks(settings.qa.desks), now)
        yield opener


def own_recipient(home: Home) -> str:
    """Return the public key for which colleagues seal packages; makes key and database on first use.

    Raises:
        StoreFault, KeyFault: The database cannot be opened.
    """
    box, store = AgeBox(), Store(SqlCipherVault(home.personal_db, desk_key(home).derive("db")), wall_clock)
    try:
        return box.recipient_of(own_identity(store, box))
    finally:
        store.close()


class PackageMaker:
    """Makes packages of one profile's saved calls. Any worker thread."""

    def __init__(self, home: Home, store: Store, sound_key: bytes, signer: Signer, now: Callable[[], datetime]) -> None:
        """Join the parts; ``sound_key`` opens the sound of the profile's calls."""
        self._home = home
        self._store = store
        self._sound_key = sound_key
        self._signer = signer
        self._now = now
        self._tools = package_tools()

    def make(
        self,
        ident: str,
        file: Path,
        terms: Terms,
        recipients: Sequence[str],
        progress: Callable[[float], None] = lambda part: None,
    ) -> PackageFacts:
        """Seal a saved call into ``file``, whole or not at all; see :func:`app.qa.package_make.make_package`.

        Raises:
            PackageFault, StoreFault: It was not made; nothing is left behind. ``package.call_open``: the call
                goes on.
        """
        if ident in self._store.unfinished():
            raise PackageFault("package.call_open")
        sound = saved_sound(self._home.sound / ident, self._sound_key)
        call = load_session(
            self._store, sound, ident, lambda action, subject, _: self._store.log(action, subject, MADE)
        )
        return make_package(
            file, call, terms, recipients, self._signer, self._tools, self._now, self._store.log, progress
        )


def call_sharing(home: Home, store: Store, key: DeskKey, now: Callable[[], datetime] = wall_clock) -> PackageSharing:
    """Return what seals the saved calls of an open database for colleagues."""
    return package_sharing(store, PackageMaker(home, store, key.derive("sound"), desk_signer(key), now))


def package_sharing(store: Store, maker: Maker) -> PackageSharing:
    """Return what hands on what ``maker`` seals: for the receivers' keys, into a file, a folder or a store."""
    box = AgeBox()
    return PackageSharing(maker, box, lambda: box.recipient_of(own_identity(store, box)), open_exchange)


@contextmanager
def open_sharing(home: Home, now: Callable[[], datetime] = wall_clock) -> Iterator[PackageSharing]:
    """Open what seals saved calls, for a command, beside a running desk or without one. Raises StoreFault, KeyFault."""
    with open_writer(home) as store:
        yield call_sharing(home, store, desk_key(home), now)
