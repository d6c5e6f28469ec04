"""What Python holds of Qt that Qt deletes without telling."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QSpacerItem, QWidgetItem
from shiboken6 import Shiboken


def layout_items() -> list[str]:
    """Return the kinds of layout items that have a Python object: each can crash the program later (``parts.nest``)."""
    kinds = (QWidgetItem, QSpacerItem)
    found = Counter(type(one).__name__ for one in Shiboken.getAllValidWrappers() if isinstance(one, kinds))
    return [f"{count} × {name} held" for name, count in sorted(found.items())]
