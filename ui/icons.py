"""Icons of one family: stroke drawings in ``resources/icons``, drawn in the colour of the text beside them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from resources import path
from ui import theme

_SIZES: Final = (18, 20, 24, 36, 40, 48)
_MOST: Final = 256
"""Drawn icons kept, some 30 kB each."""


@cache
def _drawing(name: str) -> str:
    return path(f"icons/{name}.svg").read_text(encoding="utf-8")


def paint(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon in one colour."""
    svg = _drawing(name).replace("#000000", color.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


def icon(name: str, token: str = "text") -> QIcon:
    """Return an icon by its file name, in a token of the theme in use."""
    look = theme.current()
    return _drawn(name, look.color(token).name(), look.color("control").name())


@lru_cache(maxsize=_MOST)
def _drawn(name: str, ink: str, resting: str) -> QIcon:
    """Return an icon in two colours. Drawing one takes some milliseconds, and every card and number has several."""
    made = QIcon()
    for mode, color in ((QIcon.Mode.Normal, ink), (QIcon.Mode.Disabled, resting)):
        for size in _SIZES:
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint(painter, name, QRectF(0, 0, size, size), QColor(color))
            painter.end()
            made.addPixmap(pixmap, mode)
    return made


def put(target: QAbstractButton | QAction, name: str, token: str = "text") -> None:
    """Give a button or action its icon, and remember it for :func:`recolour`."""
    target.setIcon(icon(name, token))
    target.setProperty("doumi_icon", f"{name} {token}")


def recolour(root: QObject) -> None:
    """Draw the icons below ``root`` again after a change of theme."""
    targets: list[QAbstractButton | QAction] = [*root.findChildren(QAbstractButton), *root.findChildren(QAction)]
    for target in targets:
        held = target.property("doumi_icon")
        if held:
            name, token = str(held).split()
            target.setIcon(icon(name, token))
