"""What a counsellor may set in the desk, and where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the counsellor may set in the desk. Stored by whoever fills :class:`PreferenceStore`."""

    language: str = "ko"
    """``ko`` or ``en``; ``DOUMI_LANG`` outranks it."""
    theme: str = "light"
    """``light``, ``dark`` or ``contrast``."""
    text_scale: float = 1.0
    """1.0 to 2.0."""
    dial: str = "normal"
    """``quiet`` (조용히), ``normal`` (보통) or ``active`` (적극)."""
    speak_practice: bool = True
    """Whether practice calls are spoken where the system has a Korean voice."""
    layout: str = "full"
    """``full``, ``docked`` (a narrow column) or ``two`` (two windows)."""
    captions_only: bool = False
    """Whether a call shows large captions and little else."""
    announce: bool = False
    """Whether changes are spoken on ``announce_device``."""
    announce_device: str = ""
    """Output device of announcements; empty for the system default."""
    announce_side: str = "both"
    """Ear they are spoken into: ``both``, ``left`` or ``right``."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key sequence by action where it differs from the program's own; empty: none."""
    introduced: bool = True
    """Whether the first start's questions were answered or put aside."""
    tour: str = ""
    """Step of the tour to go on with; ``done`` after its end, empty before its beginning."""
    escalation_folder: str = ""
    """Folder that sealed packs are delivered to; empty where none is set."""
    escalation_url: str = ""
    """HTTPS endpoint that outranks the folder; empty where none is set."""
    team_key: str = ""
    """File of the dedicated team's public key (``team.pub``); empty where none is set."""
    strip: bool = False
    """Whether the small strip stays above other programs in a call while the desk itself is not in front."""
    system_key: str = ""
    """Key that, held, hands a call over while another program has the focus (``F12``, ``Ctrl+F12``); empty: none."""
    capture: str = "unavailable"
    """Whether windows stay out of screen captures, as the site decided: ``hidden``, ``shown``, or ``unavailable`` where
    the system cannot. Shown, not changeable."""
    locked: tuple[str, ...] = ()
    """Names of fields the site has set: shown, not changeable."""


class PreferenceStore(Protocol):
    """Keeps preferences. Main thread, cheap. Optional: without one the desk forgets at the end."""

    def load(self) -> Preferences:
        """Return what is stored, defaults where nothing is."""
        ...

    def store(self, preferences: Preferences) -> None:
        """Keep ``preferences``.

        Raises:
            resources.notices.Fault: A value cannot be used, e.g. a folder that does not exist.
        """
        ...
