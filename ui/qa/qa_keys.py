"""The keys of the trainer's window: one table, shown by F1."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.key_table import KeyTable


def key_table(parent: QWidget, pages: int, settings: bool) -> KeyTable:
    """Return the keys of the trainer's window and of the scorecard beside a call, not yet shown.

    Args:
        parent: The window.
        pages: How many of its pages have a key.
        settings: Whether it has settings.
    """
    translate = QCoreApplication.translate
    rows = [
        ("Enter", translate("QaKeys", "Replay and rate the chosen call")),
        ("Ctrl+F", translate("QaKeys", "Search the calls")),
        ("F5", translate("QaKeys", "Look for new calls and answers")),
        ("Ctrl+O", translate("QaKeys", "Open a call package that was sent")),
        (f"Ctrl+1…{pages}", translate("QaKeys", "Pages of this window")),
        *([("Ctrl+,", translate("QaKeys", "Settings"))] if settings else []),
        ("Ctrl++", translate("QaKeys", "Larger text")),
        ("Ctrl+-", translate("QaKeys", "Smaller text")),
        ("F1", translate("QaKeys", "These keys")),
        ("Ctrl+Q", translate("QaKeys", "Close the window")),
        ("0…9", translate("QaKeys", "Scorecard: points for the chosen item")),
        ("N", translate("QaKeys", "Scorecard: does not apply")),
        ("Space", translate("QaKeys", "Scorecard: a critical fault was made, or was not")),
        ("E", translate("QaKeys", "Scorecard: attach what is chosen as evidence")),
        ("M", translate("QaKeys", "Scorecard: write a note")),
        ("O", translate("QaKeys", "Scorecard: to the next open item")),
        ("Ctrl+Enter", translate("QaKeys", "Scorecard: submit, pressed twice")),
    ]
    note = translate("QaKeys", "A call that is open has keys of its own: F1 there.")
    return KeyTable(parent, translate("QaKeys", "Keys of quality assurance"), rows, note)
