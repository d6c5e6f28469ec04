"""Why an answer is here, in words: the hover of a card and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from kb.model import Reason, ReasonKind
from ui.i18n import QT_TRANSLATE_NOOP

_WORDS: Final = {
    ReasonKind.WORDS: QT_TRANSLATE_NOOP("Reasons", "Same words: {detail}"),
    ReasonKind.SOUND: QT_TRANSLATE_NOOP("Reasons", "Sounds like what was heard"),
    ReasonKind.MEANING: QT_TRANSLATE_NOOP("Reasons", "Means nearly the same"),
    ReasonKind.DISTRICT: QT_TRANSLATE_NOOP("Reasons", "District in the call: {detail}"),
    ReasonKind.LEARNED: QT_TRANSLATE_NOOP("Reasons", "Used here for such questions: {detail} times"),
    ReasonKind.UNLEARNED: QT_TRANSLATE_NOOP("Reasons", "Set aside here for such questions, so it stands lower"),
    ReasonKind.ENDED: QT_TRANSLATE_NOOP("Reasons", "Over: {detail}"),
}
_BARE: Final = {
    ReasonKind.WORDS: QT_TRANSLATE_NOOP("Reasons", "Same words"),
    ReasonKind.DISTRICT: QT_TRANSLATE_NOOP("Reasons", "District in the call"),
    ReasonKind.LEARNED: QT_TRANSLATE_NOOP("Reasons", "Opened here for such questions"),
    ReasonKind.ENDED: QT_TRANSLATE_NOOP("Reasons", "Over"),
}


def sentence(reason: Reason) -> str:
    """Return one reason in the interface language."""
    source = _WORDS[reason.kind] if reason.detail or reason.kind not in _BARE else _BARE[reason.kind]
    detail = reason.detail.replace(" ", ", ") if reason.kind is ReasonKind.WORDS else reason.detail
    return QCoreApplication.translate("Reasons", source).format(detail=detail)


def why(reasons: Sequence[Reason]) -> str:
    """Return all reasons under their heading, one a line; empty where there is none."""
    if not reasons:
        return ""
    heading = QCoreApplication.translate("Reasons", "Why this is here")
    return "\n".join((heading, *(f"· {sentence(one)}" for one in reasons)))
