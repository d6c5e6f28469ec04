"""Gathers what goes into an evidence pack from the saved events and the recording of a call."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from app.call import CallFacts
from app.sound import flac_clip
from assist import escalate
from assist.escalate import ClipFacts, EvidencePack
from assist.events import AbuseSeen, WarningGiven
from assist.model import EscalationReason
from assist.turns import turns_in
from audio.events import AudioGap, CallEvent
from audio.model import SAMPLE_RATE, Channel
from audio.ports import SoundReader


def collect(
    facts: CallFacts,
    events: Sequence[CallEvent],
    reason: EscalationReason,
    sound: SoundReader | None,
    pressed_s: float,
    clip_minutes: float,
) -> EvidencePack:
    """Return the pack of a call as it stands.

    Args:
        facts: The call.
        events: Its saved events so far, in order.
        reason: The counsellor's choice.
        sound: The recording; None in a practice call.
        pressed_s: When the button was held, seconds from sample 0.
        clip_minutes: Shortest stretch of sound before the press.
    """
    said = turns_in(events)
    abuse = [event for event in events if isinstance(event, AbuseSeen)]
    warnings = [event for event in events if isinstance(event, WarningGiven)]
    call = escalate.CallFacts(
        call_id=facts.id,
        wall_time=facts.wall_time,
        source=facts.source,
        title=facts.title,
        pressed_s=pressed_s,
        program_version=version("doumi"),
        gaps=sum(isinstance(event, AudioGap) for event in events),
        simulated=facts.source == "practice",
    )
    clip, flac = None, b""
    if sound is not None:
        start_s, end_s = escalate.clip_span(pressed_s, abuse, said, clip_minutes)
        flac = flac_clip(sound, start_s, end_s)
        clip = ClipFacts(start_s, end_s, SAMPLE_RATE, (Channel.AGENT.value, Channel.CALLER.value))
    return escalate.build_pack(call, said, abuse, warnings, reason, clip, flac)
