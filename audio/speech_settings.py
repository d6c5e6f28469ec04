"""Settings of segmentation and decoding."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class SegmentSettings(BaseModel):
    """How speech is told from silence and where an utterance ends."""

    model_config = ConfigDict(frozen=True)

    threshold: float = Field(default=0.3, ge=0.05, le=0.95)
    """Probability at which speech begins or resumes."""
    release: float = Field(default=0.15, ge=0.01, le=0.95)
    """Probability below which silence begins."""
    pre_roll_ms: int = Field(default=300, ge=0, le=1000)
    """Sound kept before the first voiced window."""
    lead: float = Field(default=0.03, ge=0.0, le=0.5)
    """Probability that still counts as the quiet onset of what follows; the detector is slow to be sure."""
    max_lead_ms: int = Field(default=1000, ge=32, le=2000)
    """Longest such onset."""
    min_speech_ms: int = Field(default=100, ge=32, le=1000)
    """Less voice than this is dropped."""
    min_voice_ms: int = Field(default=80, ge=0, le=1000)
    """The same with every window weighed by its probability: a moment of certainty or a longer guess."""
    speculate_ms: int = Field(default=250, ge=64, le=1000)
    """Silence after which the final is tried ahead; also how much of it the utterance keeps."""
    hangover_ms: int = Field(default=550, ge=128, le=2000)
    """Silence that ends an utterance."""
    max_segment_s: float = Field(default=10.0, ge=3.0, le=28.0)
    """Longest utterance; a longer one is cut at its quietest point."""
    cut_search_s: float = Field(default=3.0, ge=0.5, le=10.0)
    """How far back from the limit the quietest point is looked for."""
    first_partial_ms: int = Field(default=700, ge=200, le=5000)
    partial_every_ms: int = Field(default=1000, ge=200, le=5000)


class SpeechSettings(BaseModel):
    """The speech half of the desk."""

    model_config = ConfigDict(frozen=True)

    model: str = "whisper-base"
    """Name in the models folder, or a path to a folder with a CTranslate2 Whisper model."""
    segment: SegmentSettings = SegmentSettings()
    beam_size: int = Field(default=5, ge=1, le=10)
    partials: bool = True
    degrade_after_s: tuple[float, float, float, float] = (2.0, 4.0, 8.0, 15.0)
    """Lag at which partials stop, the beam narrows, a smaller model steps in, the agent's side waits for pauses."""
