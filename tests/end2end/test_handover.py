"""A crisis in the running desk: the danger is seen, one press makes the note, and the saved call holds it."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from app.composition import open_desk
from app.home import Home
from app.settings import ProtectionSettings, Settings
from assist.events import CrisisSeen, HandoverNoted
from assist.model import CrisisKind
from audio.events import CallEvent

PATIENCE_S = 60.0


def test_the_note_of_a_practice_crisis_is_made_and_saved(own_home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "crisis.toml"
    broken.write_text("[suicide", encoding="utf-8")
    home = Home.from_environment()
    settings = Settings(protection=ProtectionSettings(crisis_scripts=broken))
    home.settings.parent.mkdir(parents=True, exist_ok=True)
    home.settings.write_text(json.dumps(settings.model_dump(mode="json")), encoding="utf-8")
    desk = open_desk(home)
    assert any(str(broken) in said for said in desk.notices)
    seen: dict[type[CallEvent], CallEvent] = {}
    crisis, noted = threading.Event(), threading.Event()

    def hear(event: CallEvent) -> None:
        seen.setdefault(type(event), event)
        if isinstance(event, CrisisSeen):
            crisis.set()
        if isinstance(event, HandoverNoted):
            noted.set()

    desk.bus.subscribe(CallEvent, hear)
    try:
        desk.control.start_practice("crisis", 50)
        assert crisis.wait(PATIENCE_S)
        danger = seen[CrisisSeen]
        assert isinstance(danger, CrisisSeen)
        assert danger.finding.numbers  # ours, since the site's file is broken
        desk.control.note_handover(danger.finding.kind)
        assert noted.wait(PATIENCE_S)
        note = seen[HandoverNoted]
        assert isinstance(note, HandoverNoted)
        assert note.text.startswith("[연습 통화] 연계 메모")
        saved = desk.services.session_events(danger.call_id)
        assert [event.text for event in saved if isinstance(event, HandoverNoted)] == [note.text]
        assert note.kind in set(CrisisKind)
    finally:
        desk.close()
