"""Names of the values of quality assurance in the interface language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

from assist.review.model import HeaderFlag, Stratum
from ui.i18n import QT_TRANSLATE_NOOP

FLAGS: Final = {
    HeaderFlag.ESCALATED: QT_TRANSLATE_NOOP("Quality", "Handed over"),
    HeaderFlag.CRISIS: QT_TRANSLATE_NOOP("Quality", "Crisis"),
    HeaderFlag.ABUSE: QT_TRANSLATE_NOOP("Quality", "Abuse"),
    HeaderFlag.BEHAVIOUR: QT_TRANSLATE_NOOP("Quality", "Hard caller"),
    HeaderFlag.FOREIGN: QT_TRANSLATE_NOOP("Quality", "Another language"),
    HeaderFlag.INTERRUPTED: QT_TRANSLATE_NOOP("Quality", "Interrupted"),
    HeaderFlag.NO_ANSWER: QT_TRANSLATE_NOOP("Quality", "Not in the DB"),
    HeaderFlag.HELD: QT_TRANSLATE_NOOP("Quality", "On hold"),
}
STRATA: Final = {
    Stratum.HOUR: QT_TRANSLATE_NOOP("Quality", "Hour"),
    Stratum.FIELD: QT_TRANSLATE_NOOP("Quality", "Field"),
    Stratum.LENGTH: QT_TRANSLATE_NOOP("Quality", "Length"),
}


def said(words: str) -> str:
    """Return the words of a table above in the interface language."""
    return QCoreApplication.translate("Quality", words)


def flags(names: Iterable[str]) -> str:
    """Return the flags of a call as a person reads them; one that a later program knows stays as it is."""
    known = {flag.value: words for flag, words in FLAGS.items()}
    return ", ".join(said(known[name]) if name in known else name for name in names)
