"""Settings of capture and recording, with their ranges. Speech has its own in ``audio.speech_settings``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class CaptureSettings(BaseModel):
    """How devices are opened, watched and recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    block_ms: int = Field(default=100, ge=20, le=500)
    """Length of the blocks a source hands over."""
    stall_after_s: float = Field(default=1.0, ge=0.3, le=10.0)
    """A device that hands over nothing for so long counts as unplugged; also how far gap filling stays behind now."""
    hang_after_s: float = Field(default=4.0, ge=1.0, le=60.0)
    """A capture process that gives no sign for so long is ended and started again."""
    opening_s: float = Field(default=15.0, ge=2.0, le=120.0)
    """How long a capture process may take to open its device."""
    retry_s: float = Field(default=2.0, ge=0.2, le=30.0)
    """Pause between attempts to open a device that is missing."""
    silent_after_s: float = Field(default=4.0, ge=1.0, le=60.0)
    """An input that yields nothing but zeros for so long is reported as silent."""
    loopback_silent_after_s: float = Field(default=20.0, ge=1.0, le=600.0)
    """The same for what the PC plays, where silence is normal while nobody speaks."""
    stuck_after_s: float = Field(default=1.0, ge=0.5, le=60.0)
    """An input that repeats one buffer for so long is said to be stuck and is opened again."""
    loopback_stuck_after_s: float = Field(default=3.0, ge=0.5, le=60.0)
    """The same for what the PC plays, where a machine may make sound that repeats for a while."""
    longest_stuck_s: float = Field(default=0.5, ge=0.02, le=2.0)
    """Longest buffer that is recognised when it repeats; at most half of the time above."""
    asleep_after_s: float = Field(default=10.0, ge=3.0, le=120.0)
    """Time that went by without a sound and without our being asked: the PC slept."""
    sleep_room_s: float = Field(default=5.0, ge=0.0, le=60.0)
    """Silence that stands for a sleep, however long it was; the call's time stood still meanwhile."""
    gap_tolerance_ms: int = Field(default=150, ge=40, le=1000)
    """How far a side may stray from the clock before silence is put in or taken out."""
    ring_bytes: int = Field(default=8 << 20, ge=1 << 18, le=1 << 27)
    """Size of the ring shared with one capture process; 8 MiB hold 43 s of 48 kHz stereo."""
    recent_s: int = Field(default=180, ge=10, le=3600)
    """Recorded sound kept in memory for reading; older sound is read from disk."""
    disk_retry_s: float = Field(default=5.0, ge=0.5, le=120.0)
    """Pause between attempts to write again after the disk was full."""
    disk_low_minutes: int = Field(default=120, ge=0, le=10_000)
    """Minutes of recording with room left on the disk at which the desk warns; 0 never warns early."""
    disk_reserve_mb: int = Field(default=16, ge=0, le=10_000)
    """Room in MiB that sound leaves to the text, so that writing goes on when sound cannot be kept any more."""
