"""Makes a session package: streaming, whole or not at all, nothing in clear on the way."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import ValidationError

from app.errors import PackageFault, TeamFault
from app.evidence import Signer
from app.evidence_check import Signature
from app.qa.package import (
    FORMAT,
    MAX_PIECES,
    MAX_SEALED,
    PIECE,
    VERSION,
    Desk,
    Manifest,
    PackageFacts,
    PackageTools,
    Stretch,
    Terms,
    body_of,
    piece_context,
    sign_and_join,
)
from app.qa.package_zip import writing
from app.replay.model import LoadedCall
from audio.model import Channel, Pcm
from audio.ports import Recording
from resources.notices import Fault

MADE: Final = "package-make"
BROKEN_OFF: Final = "package-stop"
"""Actions in the access log. A making is logged before anything is written; one that ended early once more after."""
MAX_PURPOSE: Final = 200
MAX_RECEIVERS: Final = 100
_SIDES: Final = (Channel.AGENT, Channel.CALLER)


def make_package(
    file: Path,
    call: LoadedCall,
    terms: Terms,
    recipients: Sequence[str],
    signer: Signer,
    tools: PackageTools,
    now: Callable[[], datetime],
    log: Callable[[str, str, str], None],
    progress: Callable[[float], None] = lambda part: None,
) -> PackageFacts:
    """Seal one saved call into ``file``; returns what the package says of itself. Any worker thread.

    Args:
        file: Not there yet; its folder is.
        call: As loaded from the own store. Every line goes in as it was stored.
        terms: What it may be used for, and until when.
        recipients: Public keys (``age1...``) of those who may open it.
        signer: The desk.
        tools: Sealing.
        now: Wall clock with zone.
        log: Writes action, subject and note to the access log; told before anything is written.
        progress: Told the part that is done, 0 to 1.

    Raises:
        PackageFault: ``package.no_purpose``, ``package.until_past``, ``package.no_receiver``, ``package.too_large``,
            ``package.exists``, ``package.not_written``: no file is left behind.
        Fault: What ``call.check`` or ``log`` raise.
    """
    purpose = " ".join(terms.purpose.split())
    if not purpose or len(purpose) > MAX_PURPOSE:
        raise PackageFault("package.no_purpose", limit=MAX_PURPOSE)
    if terms.until < now().date():
        raise PackageFault("package.until_past", until=terms.until.isoformat())
    receivers = tuple(dict.fromkeys(one.strip() for one in recipients))
    _check_receivers(receivers, tools)
    call.check()
    pieces = -(-max(_lengths(call.sound).values()) // PIECE)
    body = body_of([one.body for one in call.stored], call.versions)
    if pieces > MAX_PIECES or len(body) > MAX_SEALED - 2_000_000:
        raise PackageFault("package.too_large")
    package_id, key = secrets.token_hex(16), tools.seal.new_key()
    log(MADE, call.facts.id, f"{package_id} {terms.until.isoformat()}")
    try:
        return _write(file, call, terms, receivers, signer, tools, now, progress, package_id, key, body)
    except BaseException:
        with suppress(Fault):  # why it was not made is what is told
            log(BROKEN_OFF, call.facts.id, package_id)
        raise


def _write(
    file: Path,
    call: LoadedCall,
    terms: Terms,
    receivers: tuple[str, ...],
    signer: Signer,
    tools: PackageTools,
    now: Callable[[], datetime],
    progress: Callable[[float], None],
    package_id: str,
    key: bytes,
    body: bytes,
) -> PackageFacts:
    sound, lengths = call.sound, _lengths(call.sound)
    pieces = -(-max(lengths.values()) // PIECE)
    last = call.versions[-1].records if call.versions else ()
    with writing(file) as out:
        out.begin(package_id)
        digests = []
        for index, plain in enumerate(_pieces(sound, pieces, tools)):
            sealed = tools.seal.seal(key, index, piece_context(package_id, index, pieces), plain)
            digests.append(hashlib.sha256(sealed).hexdigest())
            out.piece(index, sealed)
            progress((index + 1) / (pieces + 1))
        call.check()  # not a call that was deleted meanwhile, half silent
        facts = call.facts
        manifest = _manifest(
            format=FORMAT,
            version=VERSION,
            id=package_id,
            kind=terms.kind,
            purpose=" ".join(terms.purpose.split()),
            until=terms.until,
            made_at=now().isoformat(timespec="seconds"),
            desk=Desk(id=signer.desk_id, public_key=signer.public_key),
            recipients=receivers,
            counsellor=terms.counsellor,
            header=terms.header,
            plan=terms.plan,
            title=facts.title[:500],
            started_at=facts.started_at,
            duration_s=facts.duration_s,
            category=last[0].category if last else "",
            source=facts.source,
            agent_samples=lengths[Channel.AGENT],
            caller_samples=lengths[Channel.CALLER],
            sound_key=base64.b64encode(key).decode("ascii"),
            pieces=tuple(digests),
            silent=tuple(
                Stretch(side=one.channel, start=one.start_s, end=one.end_s, why=one.why) for one in call.unreadable()
            ),
            events=len(call.stored),
            versions=len(call.versions),
            body_sha256=hashlib.sha256(body).hexdigest(),
            extra=terms.extra,
        )
        out.seal(tools.box.seal_all(sign_and_join(manifest.model_dump_json().encode(), body, signer), receivers))
    progress(1.0)
    return manifest.facts(Signature.VALID, signer.desk_id)


def _lengths(sound: Recording | None) -> dict[Channel, int]:
    return {side: sound.length(side) if sound is not None else 0 for side in _SIDES}


def _manifest(**values: Any) -> Manifest:
    """Return it. Raises PackageFault ``package.too_large``: what is to be said has no room."""
    try:
        return Manifest(**values)
    except ValidationError:
        raise PackageFault("package.too_large") from None


def _check_receivers(receivers: Sequence[str], tools: PackageTools) -> None:
    if not receivers or len(receivers) > MAX_RECEIVERS:
        raise PackageFault("package.no_receiver")
    for one in receivers:
        try:
            tools.box.check_recipient(one)
        except TeamFault:
            raise PackageFault("package.no_receiver") from None


def _pieces(sound: Recording | None, count: int, tools: PackageTools) -> Iterator[bytes]:
    if sound is None:
        return
    whole = max(sound.length(side) for side in _SIDES)
    for index in range(count):
        start = index * PIECE
        end = min(whole, start + PIECE)
        agent, caller = (_padded(sound.read(side, start, end), end - start) for side in _SIDES)
        yield tools.codec.encode(agent, caller)


def _padded(pcm: Pcm, length: int) -> Pcm:
    return pcm if len(pcm) == length else np.pad(pcm, (0, length - len(pcm)))
