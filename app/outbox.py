"""Delivers sealed packs and filed records until they are accepted. The rows are the truth; the thread follows them."""

from __future__ import annotations

import hashlib
import io
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlite_utils import Database

from app.errors import AppFault, DeliveryFault, pack_fault
from app.escalation import Escalations
from app.filing_rows import accept_record, begin_sending, fail_record, may_go
from app.outbox_rows import (
    HANDED_OVER,
    OF_QUALITY,
    Kind,
    Pack,
    accept_pack,
    accept_quietly,
    all_packs,
    fail_pack,
    fail_quietly,
    keep_upload,
    ui_row,
    unsent,
    waiting_packs,
)
from app.store import Store
from assist.events import DeliveryChanged, RecordDelivered
from assist.model import Delivery
from ui.ports import OutboxRow

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 300.0
"""A destination that is down is tried at least this often."""
FIRST_REFUSED_S: Final = 60.0
LONGEST_REFUSED_S: Final = 3600.0
"""A pack that a working destination refuses is tried at least this often."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One pack or record on its way to a destination, and what is remembered of earlier ways."""

    pack_id: str
    """Idempotency key."""
    incident_id: str
    file: Path
    sha256: str
    """Of the file, 64 hexadecimal digits."""
    address: str = ""
    """Where the destination keeps what it has of it, as :attr:`keep` was told; empty for none."""
    keep: Callable[[str], None] = lambda address: None
    """Remembers an address; durable when it returns."""
    sent: Callable[[int, int], None] = lambda sent_bytes, size_bytes: None
    """Told after every piece; may raise :class:`Stopped`: the rest goes after the next start."""
    body: bytes | None = None
    """Content that lies in no file: a filed record, as JSON."""
    begins: Callable[[], None] = lambda: None
    """Told right before the destination could first have the content; may raise :class:`Superseded`."""
    place: str = ""
    """Name inside the exchange of quality assurance; empty for every other destination."""

    @property
    def name(self) -> str:
        """What the content is called at the destination."""
        return f"{self.pack_id}{'.age' if self.body is None else '.json'}"

    @property
    def media(self) -> str:
        """Media type of the content."""
        return "application/octet-stream" if self.body is None else "application/json"

    def open(self) -> io.BufferedIOBase:
        """Return the content, to be closed. Raises OSError."""
        return self.file.open("rb") if self.body is None else io.BytesIO(self.body)

    def checked_size(self) -> int:
        """Return the bytes of the content, read whole. Raises DeliveryFault: it is gone, or no longer what was kept."""
        try:
            with self.open() as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                size = stream.seek(0, io.SEEK_END)  # what holds no file is not read by the digest
        except OSError:
            raise pack_fault("outbox.pack_missing") from None
        if digest != self.sha256:
            raise pack_fault("outbox.pack_changed")
        return size


class Stopped(Exception):
    """The program ends; what the destination has stays there."""


class Superseded(Exception):
    """A newer version took the place of a record before it was sent."""


class Drop(Protocol):
    """A destination that takes packs."""

    @property
    def name(self) -> str:
        """What the desk shows."""
        ...

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        """Hand one pack over, exactly once by its id; returns the receipt. Raises DeliveryFault or Stopped."""
        ...


class Pace(Protocol):
    """Time for the sender."""

    def monotonic(self) -> float:
        """Return seconds."""
        ...

    def wait(self, wake: threading.Event, seconds: float | None) -> None:
        """Return when ``wake`` is set or ``seconds`` have passed (None: only when set)."""
        ...


class RealPace:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Return seconds."""
        return time.monotonic()

    def wait(self, wake: threading.Event, seconds: float | None) -> None:
        """Wait on the event."""
        wake.wait(seconds)


@dataclass(frozen=True, slots=True)
class _Pause:
    failures: int
    until: float


class OutboxSender:
    """The thread ``sync``. Tries packs oldest first, pauses a destination that is down, never gives up.

    A second one, ``qa-sync``, delivers what goes to the exchange of quality assurance, so that a share that hangs there
    never holds up evidence or records.
    """

    def __init__(
        self,
        store: Store,
        escalations: Escalations | None,
        destination: Callable[[Kind], Drop],
        on_change: Callable[[DeliveryChanged | RecordDelivered], None],
        pace: Pace | None = None,
        rng: random.Random | None = None,
        step: Callable[[str], None] = lambda name: None,
        *,
        kinds: tuple[Kind, ...] = HANDED_OVER,
        folder: Callable[[Kind], Path] | None = None,
        name: str = "sync",
    ) -> None:
        """Join the parts; :meth:`start` begins.

        Args:
            store: Rows and log.
            escalations: Seals packs again that waited for a key; None for a sender without evidence.
            destination: The drop for a kind of pack as the settings have it now; may raise DeliveryFault.
            on_change: Told in the thread ``sync`` of every try; already stored where it belongs in the log.
            pace: Time; the machine's by default.
            rng: Jitter.
            step: Told the name of each step that a crash could come after; the fault tests crash there.
            kinds: What it delivers; it neither touches nor shows the rest.
            folder: Where the files of a kind wait; as the escalations have it where it is left out.
            name: Of its thread.
        """
        self._store = store
        self._escalations = escalations
        self._kinds = kinds
        self._folder = folder or (escalations.folder if escalations else lambda kind: Path())
        self._destination = destination
        self._on_change = on_change
        self._pace = pace or RealPace()
        self._rng = rng or random.Random()
        self._step = step
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._stop = False
        self._pauses: dict[str, _Pause] = {}
        self._thread = threading.Thread(target=self._main, name=name, daemon=True)

    def start(self) -> None:
        """Begin delivering."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the rows now: a pack was added or a setting changed. Any thread."""
        self._wake.set()

    def retry_now(self) -> None:
        """Forget the pauses and try everything now. Any thread."""
        with self._lock:
            self._pauses.clear()
        self._wake.set()

    def close(self, timeout_s: float = 5.0) -> None:
        """End the thread. An upload under way ends after its present piece and goes on at the next start."""
        self._stop = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def rows(self) -> tuple[OutboxRow, ...]:
        """Return the rows as the desk shows them, newest first, with their next try. Any thread. Raises StoreFault."""
        now = self._pace.monotonic()
        packs = [pack for pack in self._store.read(all_packs) if pack.kind in self._kinds]
        return tuple(ui_row(pack, self._next_try_s(pack, now)) for pack in reversed(packs))

    def round(self) -> float | None:
        """Try what is due; returns the seconds until the next try or look for a key, or None when nothing waits."""
        if self._escalations is not None:
            for change in (*self._escalations.shared.take_up(), *self._escalations.reseal_waiting()):
                self._on_change(change)
        waiting = self._waiting()
        for kind in self._kinds:
            packs = [pack for pack in waiting if pack.kind is kind]
            if packs and self._is_due(kind.value):
                self._try_all(kind, packs)
        left = self._waiting()
        now = self._pace.monotonic()
        pauses = [max(self._until(pack.kind.value), self._until(pack.pack_id)) - now for pack in left]
        if self._escalations is not None and self._store.read(unsent)[1]:
            pauses.append(LONGEST_PAUSE_S)  # the site may put the team's key in its place at any time
        return min(pauses, default=None)

    def _waiting(self) -> list[Pack]:
        return [pack for pack in self._store.read(waiting_packs) if pack.kind in self._kinds]

    def _main(self) -> None:
        while not self._stop:
            self._wake.clear()
            try:
                pause = self.round()
                self._pauses.pop("store", None)
            except AppFault as fault:  # the database does not take it; what was delivered is delivered by its id
                _log.warning("delivery waits (%s)", fault.code)
                pause = self._fail("store")
            except Exception as error:  # a thread's top frame: delivery must outlive a bug
                _log.error("delivery failed (%s)", type(error).__name__, exc_info=True)
                pause = self._fail("store")
            if not self._stop:
                self._pace.wait(self._wake, pause if pause is None else max(pause, 0.05))

    def _try_all(self, kind: Kind, packs: list[Pack]) -> None:
        try:
            drop = self._destination(kind)
        except DeliveryFault as fault:
            self._note(packs[0], "", fault)
            self._fail(kind.value, fault.retry_after_s)
            return
        for pack in packs:
            if self._stop:
                return
            if not self._is_due(pack.pack_id):
                continue
            if kind is Kind.RECORD and not self._store.read(_asking(pack.pack_id)):
                continue
            parcel = self._parcel(kind, pack)
            try:
                receipt = drop.deliver(parcel)
            except Superseded:
                continue
            except Stopped:
                return
            except DeliveryFault as fault:
                self._note(pack, drop.name, fault)
                if fault.whole_destination:
                    self._fail(kind.value, fault.retry_after_s)
                    return
                self._fail(pack.pack_id, fault.retry_after_s, FIRST_REFUSED_S, LONGEST_REFUSED_S)
                continue
            self._step("receipt")
            change = self._store.write(_accepting(pack, drop.name, receipt))
            self._step("accepted")
            if pack.is_adopted and self._escalations is not None:
                self._escalations.shared.leave_receipt(pack, drop.name, receipt)
                self._step("told")
            with self._lock:
                self._pauses.pop(kind.value, None)
                self._pauses.pop(pack.pack_id, None)
            if parcel.body is None:
                parcel.file.unlink(missing_ok=True)
            self._step("removed")
            if change is not None:
                self._on_change(change)

    def _parcel(self, kind: Kind, pack: Pack) -> Parcel:
        if kind is Kind.RECORD:

            def begins() -> None:
                if not self._store.write(lambda db: begin_sending(db, pack.pack_id)):
                    raise Superseded

            return Parcel(pack.pack_id, "", Path(), pack.sha256, body=pack.body.encode(), begins=begins)
        if pack.body:
            return Parcel(pack.pack_id, "", Path(), pack.sha256, body=pack.body.encode(), place=pack.place)
        file = self._folder(kind) / pack.file
        address = pack.address

        def keep(named: str) -> None:
            nonlocal address
            address = named
            self._store.write(lambda db: keep_upload(db, pack.pack_id, named, 0, 0))

        def sent(sent_bytes: int, size_bytes: int) -> None:
            if kind not in OF_QUALITY:
                self._store.later(lambda db: keep_upload(db, pack.pack_id, address, sent_bytes, size_bytes))
            if self._stop and sent_bytes < size_bytes:
                raise Stopped

        return Parcel(pack.pack_id, pack.incident_id, file, pack.sha256, address, keep, sent, place=pack.place)

    def _note(self, pack: Pack, destination: str, fault: DeliveryFault) -> None:
        _log.info("not delivered (%s)", fault.code)
        code, params = fault.code, fault.params
        if pack.kind in OF_QUALITY:
            self._store.write(lambda db: fail_quietly(db, pack.pack_id, destination, code, params))
            return
        if pack.kind is not Kind.RECORD:
            self._on_change(self._store.write(lambda db: fail_pack(db, pack.pack_id, destination, code, params)))
            return
        refused = not fault.whole_destination
        told = {name: str(value) for name, value in params.items()}
        if refused and fault.reason:
            code, told = "filing.refused", {"where": destination, "reason": fault.reason}
        change = self._store.write(lambda db: fail_record(db, pack.pack_id, destination, code, told, refused))
        if change is not None:
            self._on_change(change)

    def _fail(
        self, who: str, at_least_s: float = 0.0, first_s: float = FIRST_PAUSE_S, longest_s: float = LONGEST_PAUSE_S
    ) -> float:
        """Pause ``who`` with full jitter; returns the pause in seconds."""
        with self._lock:
            failures = self._pauses[who].failures + 1 if who in self._pauses else 1
            longest = min(longest_s, first_s * 2.0 ** min(failures, 20))
            pause = max(self._rng.uniform(0.0, longest), first_s, at_least_s)
            self._pauses[who] = _Pause(failures, self._pace.monotonic() + pause)
        return pause

    def _next_try_s(self, pack: Pack, now: float) -> float | None:
        if pack.delivery is not Delivery.WAITING or not (pack.file or pack.body):
            return None
        return max(self._until(pack.kind.value), self._until(pack.pack_id), now) - now

    def _until(self, who: str) -> float:
        with self._lock:
            found = self._pauses.get(who)
        return found.until if found else 0.0

    def _is_due(self, who: str) -> bool:
        return self._until(who) <= self._pace.monotonic()


def _accepting(
    pack: Pack, name: str, receipt: dict[str, str]
) -> Callable[[Database], DeliveryChanged | RecordDelivered | None]:
    if pack.kind in OF_QUALITY:
        return lambda db: accept_quietly(db, pack.pack_id, name, receipt)
    accept = accept_record if pack.kind is Kind.RECORD else accept_pack
    return lambda db: accept(db, pack.pack_id, name, receipt)


def _asking(pack_id: str) -> Callable[[Database], bool]:
    return lambda db: may_go(db, pack_id)
