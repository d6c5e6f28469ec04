"""Names of the dedicated team's values in the interface language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

from assist.model import AbuseLabel, CallerClass
from ui.i18n import QT_TRANSLATE_NOOP
from ui.team_ports import ActKind, PackRow, PackState, TeamStep

LABELS: Final = {
    AbuseLabel.PROFANITY: QT_TRANSLATE_NOOP("Team", "Profanity"),
    AbuseLabel.INSULT: QT_TRANSLATE_NOOP("Team", "Insult"),
    AbuseLabel.SEXUAL: QT_TRANSLATE_NOOP("Team", "Sexual harassment"),
    AbuseLabel.THREAT: QT_TRANSLATE_NOOP("Team", "Threat"),
    AbuseLabel.HATE: QT_TRANSLATE_NOOP("Team", "Hate"),
    AbuseLabel.UNREASONABLE: QT_TRANSLATE_NOOP("Team", "Unreasonable demand"),
}
STEPS: Final = {
    TeamStep.WARNED: QT_TRANSLATE_NOOP("Team", "Warned"),
    TeamStep.RESTRICTED: QT_TRANSLATE_NOOP("Team", "Counselling restricted"),
    TeamStep.ACCUSED: QT_TRANSLATE_NOOP("Team", "Accused"),
    TeamStep.INDICTED: QT_TRANSLATE_NOOP("Team", "Indicted"),
    TeamStep.SENTENCED: QT_TRANSLATE_NOOP("Team", "Sentenced"),
    TeamStep.CLOSED: QT_TRANSLATE_NOOP("Team", "Closed"),
    TeamStep.WITHDRAWN: QT_TRANSLATE_NOOP("Team", "Withdrawn"),
}
CLASSES: Final = {
    CallerClass.MALICIOUS: QT_TRANSLATE_NOOP("Team", "Abusive"),
    CallerClass.HARD: QT_TRANSLATE_NOOP("Team", "Hard"),
}
STATES: Final = {
    PackState.UNTOUCHED: ("check", QT_TRANSLATE_NOOP("Team", "Untouched")),
    PackState.UNPROVEN: ("info", QT_TRANSLATE_NOOP("Team", "Sender not proven")),
    PackState.CHANGED: ("warning", QT_TRANSLATE_NOOP("Team", "Changed")),
    PackState.BROKEN: ("warning", QT_TRANSLATE_NOOP("Team", "Cannot be opened")),
}
"""Icon and words."""
ACTS: Final = {
    ActKind.WARNING: QT_TRANSLATE_NOOP("Team", "Warning said"),
    ActKind.NOTICE: QT_TRANSLATE_NOOP("Team", "Notice given"),
    ActKind.TRANSFER: QT_TRANSLATE_NOOP("Team", "Transferred"),
    ActKind.END: QT_TRANSLATE_NOOP("Team", "Call ended"),
    ActKind.PRESS: QT_TRANSLATE_NOOP("Team", "Handed over"),
    ActKind.PROTECTION: QT_TRANSLATE_NOOP("Team", "Protection given"),
}
_SEVERITY: Final = (
    "",
    QT_TRANSLATE_NOOP("Team", "mild"),
    QT_TRANSLATE_NOOP("Team", "serious"),
    QT_TRANSLATE_NOOP("Team", "grave"),
)


def said(source: str) -> str:
    """Return a text of the tables in the interface language."""
    return QCoreApplication.translate("Team", source) if source else ""


def labels(found: Iterable[AbuseLabel], severity: int = 0) -> str:
    """Return kinds in words, with how grave they are where that is known."""
    names = " · ".join(said(LABELS[label]) for label in dict.fromkeys(found))
    how = said(_SEVERITY[max(0, min(severity, 3))])
    return f"{names} ({how})" if names and how else names


def kind(value: str) -> str:
    """Return the name of a kind in figures; empty stands for none."""
    return said(LABELS[AbuseLabel(value)]) if value else said(QT_TRANSLATE_NOOP("Team", "None named"))


def step(value: str) -> str:
    """Return the name of a step in figures; empty stands for none yet."""
    return said(STEPS[TeamStep(value)]) if value else said(QT_TRANSLATE_NOOP("Team", "No step yet"))


def verdict(pack: PackRow) -> str:
    """Return what checking a pack found, in one plain sentence with what differs."""
    words = {
        PackState.UNTOUCHED: said(
            QT_TRANSLATE_NOOP("Team", "Untouched: every part and the desk's signature are as they were sealed.")
        ),
        PackState.UNPROVEN: said(
            QT_TRANSLATE_NOOP(
                "Team", "Every part is as it was sealed, but no known desk's signature proves the sender."
            )
        ),
        PackState.CHANGED: said(QT_TRANSLATE_NOOP("Team", "Changed after sealing. Not as sealed: {names}")).format(
            names=", ".join(pack.differing) or "–"
        ),
        PackState.BROKEN: said(QT_TRANSLATE_NOOP("Team", "Cannot be opened. The file is kept as it came.")),
    }[pack.state]
    return f"{words} {pack.reason}".strip()
