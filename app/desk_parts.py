"""What the running desk is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app import sound
from app.ars_desk import ArsDesk
from app.bus import EventBus
from app.caller_desk import CallerDesk
from app.deskbook import Deskbook
from app.engine import Engine
from app.home import Home
from app.line import Line
from app.personal import Personal
from app.rephrasing import Rephrasing
from app.retrieval import Retrieval
from app.settings import Settings
from app.site_scripts import SiteCrisisGuide, SiteScripts
from assist.protect.handover import WelfareCentres


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What a desk is made of; built by :mod:`app.composition`."""

    home: Home
    settings: Callable[[], Settings]
    bus: EventBus
    personal: Personal
    retriever: Retrieval
    speech: Engine | None
    """None where the speech model is not installed: practice calls still work."""
    play_back: sound.PlayBack
    now: Callable[[], datetime]
    deskbook: Deskbook
    line: Line
    scripts: SiteScripts
    crisis_guide: SiteCrisisGuide
    centres: WelfareCentres
    caller: CallerDesk
    ars: ArsDesk
    rephrasing: Rephrasing | None = None
    put_away: Callable[[str], None] = lambda call_id: None
    """Told, on a worker thread, of a call that was put away: :meth:`app.qa.desk_side.QaDesk.put_away`."""
