"""What happened in a call, in words: for the timeline, the list of events and a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from audio.model import Channel
from ui.replay.moments import IGNORED, Moment, MomentKind


def kind_word(kind: MomentKind) -> str:
    """Return the name of a kind."""
    translate = QCoreApplication.translate
    names = {
        MomentKind.TURN: translate("ReplayWords", "Turn"),
        MomentKind.ABUSE: translate("ReplayWords", "Abuse"),
        MomentKind.CRISIS: translate("ReplayWords", "Person in danger"),
        MomentKind.BEHAVIOUR: translate("ReplayWords", "Hard call"),
        MomentKind.ESCALATION: translate("ReplayWords", "Handed over"),
        MomentKind.CARD: translate("ReplayWords", "Answer"),
        MomentKind.ACTED: translate("ReplayWords", "Action on an answer"),
        MomentKind.QUIET: translate("ReplayWords", "No sure answer"),
        MomentKind.WARNING: translate("ReplayWords", "Warning"),
        MomentKind.LINE: translate("ReplayWords", "Telephone line"),
        MomentKind.HANDOVER: translate("ReplayWords", "Handover note"),
        MomentKind.NUMBER: translate("ReplayWords", "Number"),
        MomentKind.BOOKMARK: translate("ReplayWords", "Bookmark"),
        MomentKind.HOLD: translate("ReplayWords", "On hold"),
        MomentKind.PAUSE: translate("ReplayWords", "Listening paused"),
        MomentKind.GAP: translate("ReplayWords", "Not heard"),
        MomentKind.LANGUAGE: translate("ReplayWords", "Language switched"),
        MomentKind.OFFERED: translate("ReplayWords", "Another language offered"),
        MomentKind.DEVICE: translate("ReplayWords", "Sound device"),
        MomentKind.RESTART: translate("ReplayWords", "Recognition restarted"),
        MomentKind.CALLER: translate("ReplayWords", "Managed caller"),
        MomentKind.ARS: translate("ReplayWords", "Menu before the call"),
        MomentKind.NOTE_GAP: translate("ReplayWords", "Noted: not in the DB"),
        MomentKind.NOTE_WRONG: translate("ReplayWords", "Noted: wrong or outdated"),
        MomentKind.ENDED: translate("ReplayWords", "Call ended"),
        MomentKind.DRAFT: translate("ReplayWords", "Draft of the record"),
        MomentKind.FILED: translate("ReplayWords", "Record filed"),
        MomentKind.DELIVERED: translate("ReplayWords", "Record delivered"),
    }
    return names[kind]


def side_word(channel: Channel | None) -> str:
    """Return who speaks; empty where nobody is meant."""
    if channel is None:
        return ""
    translate = QCoreApplication.translate
    return translate("ReplayWords", "Caller") if channel is Channel.CALLER else translate("ReplayWords", "Counsellor")


def record_field(path: str) -> tuple[int, str]:
    """Return the number of a record, from 1, and the name of its field: of ``0.inquiry`` 1 and *inquiry*."""
    translate = QCoreApplication.translate
    number, _, name = path.partition(".")
    names = {
        "category": translate("ReplayWords", "category"),
        "inquiry": translate("ReplayWords", "inquiry"),
        "answer": translate("ReplayWords", "answer"),
        "action": translate("ReplayWords", "action"),
        "follow_up": translate("ReplayWords", "follow-up"),
    }
    return int(number) + 1, names.get(name, name)


def code_word(kind: MomentKind, code: str) -> str:
    """Return a label, an action or a state in words; the code itself where it is a name of the site."""
    translate = QCoreApplication.translate
    match kind:
        case MomentKind.CARD | MomentKind.ACTED:
            names = {
                IGNORED: translate("ReplayWords", "ignored"),
                "opened": translate("ReplayWords", "opened"),
                "copied": translate("ReplayWords", "copied"),
                "used": translate("ReplayWords", "used"),
                "dismissed": translate("ReplayWords", "dismissed"),
                "pinned": translate("ReplayWords", "pinned"),
                "searched": translate("ReplayWords", "found by search"),
            }
        case MomentKind.ABUSE:
            names = {
                "profanity": translate("ReplayWords", "profanity"),
                "insult": translate("ReplayWords", "insult"),
                "sexual": translate("ReplayWords", "sexual harassment"),
                "threat": translate("ReplayWords", "threat"),
                "hate": translate("ReplayWords", "hate"),
                "unreasonable": translate("ReplayWords", "unreasonable demand"),
            }
        case MomentKind.CRISIS | MomentKind.HANDOVER:
            names = {
                "suicide": translate("ReplayWords", "suicide"),
                "self_harm": translate("ReplayWords", "self-harm"),
                "violence": translate("ReplayWords", "violence"),
                "child": translate("ReplayWords", "child at risk"),
                "elder": translate("ReplayWords", "elder at risk"),
                "isolation": translate("ReplayWords", "isolation"),
                "hardship": translate("ReplayWords", "hardship"),
                "fire_or_injury": translate("ReplayWords", "fire or injury"),
            }
        case MomentKind.BEHAVIOUR | MomentKind.CALLER:
            names = {
                "long": translate("ReplayWords", "long call"),
                "repetition": translate("ReplayWords", "repeated demand"),
                "refusal": translate("ReplayWords", "refused answers"),
                "earlier_calls": translate("ReplayWords", "many earlier calls"),
                "malicious": translate("ReplayWords", "malicious caller"),
                "hard": translate("ReplayWords", "hard caller"),
            }
        case _:
            names = _state_words()
    return names.get(code, code)


def _state_words() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "notice": translate("ReplayWords", "notice played"),
        "transfer": translate("ReplayWords", "transferred"),
        "end": translate("ReplayWords", "ended"),
        "done": translate("ReplayWords", "done"),
        "failed": translate("ReplayWords", "failed"),
        "phone": translate("ReplayWords", "phone"),
        "amount": translate("ReplayWords", "amount"),
        "date": translate("ReplayWords", "date"),
        "time": translate("ReplayWords", "time"),
        "address": translate("ReplayWords", "address"),
        "bus": translate("ReplayWords", "bus"),
        "count": translate("ReplayWords", "count"),
        "ok": translate("ReplayWords", "back again"),
        "silent": translate("ReplayWords", "silent"),
        "missing": translate("ReplayWords", "missing"),
        "unplugged": translate("ReplayWords", "unplugged"),
        "stuck": translate("ReplayWords", "stuck"),
        "ko": translate("ReplayWords", "Korean"),
        "speech": translate("ReplayWords", "speech"),
        "language": translate("ReplayWords", "language model"),
        "capture": translate("ReplayWords", "capture"),
        "wrong": translate("ReplayWords", "wrong"),
        "outdated": translate("ReplayWords", "outdated"),
        "waiting": translate("ReplayWords", "waiting"),
        "no_key": translate("ReplayWords", "no team key"),
        "accepted": translate("ReplayWords", "accepted"),
        "refused": translate("ReplayWords", "refused"),
        "other": translate("ReplayWords", "other"),
        "damaged": translate("ReplayWords", "damaged"),
        "lost": translate("ReplayWords", "lost"),
        "paused": translate("ReplayWords", "paused"),
    }


def about(one: Moment) -> str:
    """Return everything but its kind: who, labels or outcome, words."""
    codes = " · ".join(code_word(one.kind, code) for code in one.codes if code)
    count = f"{one.count}" if one.count and one.kind in (MomentKind.WARNING, MomentKind.FILED) else ""
    late = ""
    if one.ready_s is not None:
        late = QCoreApplication.translate("ReplayWords", "ready at {found}, on the screen at {shown}")
        late = late.format(found=clock(one.ready_s), shown=clock(one.start_s))
    return "  ".join(part for part in (side_word(one.channel), count, codes, late, one.text) if part)


def line(one: Moment) -> str:
    """Return the whole in one line, for a screen reader or a tooltip."""
    return "  ".join(part for part in (clock(one.start_s), kind_word(one.kind), about(one)) if part)


def clock(seconds: float) -> str:
    """Return a place in the call: ``MM:SS``, ``H:MM:SS`` from an hour on."""
    whole = max(0, int(seconds))
    if whole < 3600:
        return f"{whole // 60:02d}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
