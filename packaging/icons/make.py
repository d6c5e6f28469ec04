"""Write the Windows icons from the SVG files beside this script: `make.py` after changing one."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SIZES = (256, 64, 48, 32, 24, 16)


def png(svg: Path, size: int) -> bytes:
    """Return one picture of a drawing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def icon(svg: Path, target: Path) -> None:
    """Write an .ico file: a list of pictures, each a PNG."""
    pictures = [(size, png(svg, size)) for size in SIZES]
    head, offset = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, data in pictures:
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    target.write_bytes(head + b"".join(data for _, data in pictures))


if __name__ == "__main__":
    app = QGuiApplication(["make", "-platform", "offscreen"])
    for name in ("doumi", "doumi-session"):
        icon(HERE / f"{name}.svg", HERE.parent / "windows" / f"{name}.ico")
    sys.exit(0)
