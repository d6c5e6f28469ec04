"""Settings of the help in a call. The site may set them; the defaults are sane."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assist.model import AbuseLabel


class Dial(StrEnum):
    """How readily answers come up: 조용히, 보통, 적극."""

    QUIET = "quiet"
    NORMAL = "normal"
    ACTIVE = "active"


class AssistSettings(BaseModel):
    """Turns, suggestions, ladder and draft."""

    model_config = ConfigDict(frozen=True)

    turn_gap_s: float = Field(default=2.5, gt=0, le=30)
    """Silence after which the same speaker's next utterance opens a new turn, seconds."""

    dial: Dial = Dial.NORMAL
    min_content_words: int = Field(default=2, ge=1, le=6)
    """A caller sentence with fewer content words asks nothing."""
    cards: int = Field(default=3, ge=1, le=3)
    stay_margin: float = Field(default=0.08, ge=0, le=1)
    """Confidence by which a new list must beat the one shown while the topic stays."""

    warnings_allowed: int = Field(default=1, ge=1, le=3)
    ends_at_once: tuple[AbuseLabel, ...] = (AbuseLabel.SEXUAL,)
    """Labels that need no further warning before the call may end (its reason is still told first)."""
    notice_after_s: float = Field(default=900.0, gt=0)
    """The 15-minute notice."""
    limit_s: float = Field(default=1200.0, gt=0)
    """The 20-minute limit."""

    repeat_times: int = Field(default=3, ge=2, le=10)
    """How often the same demand, answered in between, makes 강성 by repetition."""
    refusal_times: int = Field(default=3, ge=2, le=10)
    """How many answers, refused, make 강성 by refusal."""
    earlier_calls: int = Field(default=5, ge=1, le=100)
    """Earlier calls of the same caller from which 강성 by earlier calls is told."""
    arousal_utterances: int = Field(default=4, ge=2, le=50)
    """Utterances of a caller to know before anything is said of how loud and fast the next one is."""
    arousal_raises: float = Field(default=0.5, ge=0, le=1)
    """Arousal from which abusive words count one step more severe."""

    draft_every_s: float = Field(default=4.0, gt=0, le=120)
    """At most one growing draft in this many seconds of call time."""
    clip_minutes: float = Field(default=5.0, gt=0, le=60)
    """Shortest stretch of sound in an evidence pack, minutes before the press."""
