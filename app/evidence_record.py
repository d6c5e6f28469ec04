"""The printable record of a checked pack: cover facts, timeline and parts, in sentences. Drawn by the print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app import evidence_words
from app.errors import TeamFault
from app.evidence_check import SUMS, Checked
from assist.escalate import MANIFEST, REASON, SIGNATURE, TRANSCRIPT
from assist.mask import mask
from resources.notices import sentence
from ui.evidence_record import EvidenceRecord, PartRow, TimelineRow

_OWN: Final = (MANIFEST, SIGNATURE, SUMS)


def record_of(checked: Checked, listed: bool, reveal: bool = False) -> EvidenceRecord:
    """Return what the print shows of a pack.

    Args:
        checked: The pack and its check.
        listed: Whether a list of desks was given to the check.
        reveal: Show names and numbers; else they are covered.

    Raises:
        TeamFault: ``evidence.no_manifest``: nothing can be told of it.
    """
    try:
        return _Teller(checked, listed, reveal).record()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TeamFault("evidence.no_manifest") from error


class _Teller:
    def __init__(self, checked: Checked, listed: bool, reveal: bool) -> None:
        self._checked = checked
        self._listed = listed
        self._reveal = reveal
        self._manifest = checked.manifest

    def record(self) -> EvidenceRecord:
        manifest, checked = self._manifest, self._checked
        rows = [*self._turns(), *self._seen(), *self._done(), *self._sound()]
        states = dict.fromkeys(checked.changed, "changed")
        states |= dict.fromkeys(checked.missing, "missing") | dict.fromkeys(checked.added, "added")
        names = sorted({*manifest["parts"], *checked.parts, *checked.missing}, key=lambda name: (name in _OWN, name))
        whole = sentence("evidence.whole" if checked.is_untouched else "evidence.not_whole")
        return EvidenceRecord(
            title=sentence("evidence.print_title"),
            incident_id=str(manifest["pack"]["incident"]),
            facts=tuple(self._facts()),
            basis=sentence("evidence.print_basis"),
            verdict=(whole, evidence_words.signature(checked, self._listed), *evidence_words.clock(checked)),
            is_untouched=checked.is_untouched,
            timeline_title=sentence("evidence.print_timeline"),
            timeline_head=tuple(sentence(f"evidence.print_{name}") for name in ("when", "elapsed", "who", "what")),
            timeline=tuple(sorted(rows, key=lambda row: row.seconds)),
            parts_title=sentence("evidence.print_parts"),
            parts_head=tuple(sentence(f"evidence.print_{name}") for name in ("part", "bytes", "sha256", "state")),
            parts=tuple(self._part(name, states.get(name, "same")) for name in names),
            how_title=sentence("evidence.print_how_title"),
            how=tuple(sentence("evidence.print_how", incident=manifest["pack"]["incident"]).split("\n")),
            covered="" if self._reveal else sentence("evidence.print_covered"),
            page=sentence("evidence.print_page", page="{page}", pages="{pages}"),
        )

    def _facts(self) -> Iterable[tuple[str, str]]:
        manifest = self._manifest
        call, clock, pack, reason = (manifest[name] for name in ("call", "clock", "pack", "reason"))
        note = json.loads(self._checked.parts[REASON]).get("note", "") if REASON in self._checked.parts else ""
        duration = call.get("duration_s")
        yield self._fact("incident", pack["incident"])
        kind, pressed = sentence(f"evidence.kind_{pack['kind']}"), manifest["pressed"]
        yield self._fact("pack", f"{pack['id']} ({kind})")
        yield self._fact("started", _time(call["started"]))
        yield self._fact("pressed", f"{_time(pressed['wall'])} (+{_length(pressed['seconds'])})")
        if duration is not None:
            yield self._fact("duration", _length(duration))
        yield self._fact("situation", reason["title"] or sentence("evidence.no_situation"))
        if reason["labels"]:
            yield self._fact("labels", _labels(reason["labels"]))
        if note:
            yield self._fact("note", self._cover(note))
        counts = {"warnings": len(manifest["warnings"]), "seen": len(manifest["incidents"])}
        yield self._fact("counts", sentence("evidence.print_counted", **counts))
        if clip := manifest["clip"]:
            span = f"{_time(clip['from']['wall'])} – {_time(clip['to']['wall'])}"
            yield self._fact("sound", span)
        else:
            yield self._fact("sound", sentence("evidence.print_no_sound"))
        for side, device in sorted(manifest["devices"].items()):
            drift = f"{device['drift_s']:+.3f}"
            text = sentence("evidence.print_device", name=device["name"] or "–", rate=device["rate"], drift=drift)
            yield sentence(f"evidence.side_{side}"), text
        apart = f"{clock['difference_s']:+.3f}"
        yield self._fact("clock", sentence("evidence.print_clock_facts", apart=apart, sync=_sync(clock["sync"])))
        yield self._fact("desk", self._checked.desk or "–")
        yield self._fact("program", f"{manifest['program']['name']} {manifest['program']['version']}")
        if call["simulated"]:
            yield self._fact("practice", sentence("evidence.print_simulated"))

    def _turns(self) -> Iterable[TimelineRow]:
        for line in self._checked.parts.get(TRANSCRIPT, b"").decode().splitlines():
            turn = json.loads(line)
            who = sentence(f"evidence.side_{turn['speaker']}")
            yield _row({"seconds": turn["start"], "wall": turn["wall"]}, who, self._cover(turn["display"]), "turn")

    def _seen(self) -> Iterable[TimelineRow]:
        rules = sentence("evidence.who_rules")
        for entry in self._manifest["incidents"]:
            text = sentence("evidence.did_seen", labels=_labels(entry["labels"]), severity=entry["severity"])
            yield _row(entry, rules, text, "label")
        for entry in self._manifest["behaviour"]:
            kinds = ", ".join(sentence(f"evidence.behaviour_{kind}") for kind in entry["kinds"])
            yield _row(entry, rules, sentence("evidence.did_behaviour", kinds=kinds), "label")

    def _done(self) -> Iterable[TimelineRow]:
        person = sentence("evidence.who_desk")
        for entry in self._manifest["warnings"]:
            code = "evidence.did_notice" if entry["final"] else "evidence.did_warning"
            yield _row(entry, person, sentence(code, count=entry["count"], text=entry["text"]), "act")
        for entry in self._manifest["line"]:
            what = sentence(f"evidence.line_{entry['action']}")
            how = sentence(f"evidence.means_{entry['means']}")
            done = sentence("evidence.line_ok" if entry["ok"] else "evidence.line_failed")
            text = sentence("evidence.did_line", what=what, how=how, done=done)
            yield _row(entry, person, f"{text} {entry['text']}".strip(), "act")
        for entry in self._manifest["presses"]:
            situation = entry["title"] or sentence("evidence.no_situation")
            yield _row(entry, person, sentence("evidence.did_press", situation=situation), "press")

    def _sound(self) -> Iterable[TimelineRow]:
        who = sentence("evidence.who_recording")
        for entry in self._manifest["recording"]:
            side = sentence(f"evidence.side_{entry['side']}") if "side" in entry else ""
            values = {"side": side, "length": entry.get("length_s", 0), "state": entry.get("state", "")}
            yield _row(entry, who, sentence(f"evidence.recording_{entry['kind']}", **values), "sound")

    def _part(self, name: str, state: str) -> PartRow:
        body = self._checked.parts.get(name)
        stated: Mapping[str, Any] = self._manifest["parts"].get(name, {})
        size = int(stated.get("bytes", len(body or b"")))
        return PartRow(name, size, str(stated.get("sha256", "")) or _digest(body), sentence(f"evidence.{state}"))

    def _fact(self, name: str, value: object) -> tuple[str, str]:
        return sentence(f"evidence.print_{name}"), str(value)

    def _cover(self, text: str) -> str:
        return text if self._reveal else mask(text)[0]


def _row(moment: Mapping[str, Any], who: str, text: str, kind: str) -> TimelineRow:
    return TimelineRow(float(moment["seconds"]), _clock(moment["wall"]), _length(moment["seconds"]), who, text, kind)


def _labels(labels: Iterable[str]) -> str:
    return ", ".join(sentence(f"evidence.label_{label}") for label in labels)


def _sync(state: str) -> str:
    known = state if state in ("synchronized", "unsynchronized") else "unknown"
    return sentence(f"evidence.sync_{known}")


def _time(wall: str) -> str:
    return f"{wall[:10]} {wall[11:19]} ({wall[-6:]})"


def _clock(wall: str) -> str:
    return wall[11:19]


def _length(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _digest(body: bytes | None) -> str:
    return hashlib.sha256(body).hexdigest() if body is not None else "–"
