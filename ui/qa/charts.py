"""A line chart of values from 0 to 100 over periods, painted on screen and on paper alike.

Each line has its own mark and its own stroke, so that it is told from the others without colour; every chart is told
in words too, and a table stands beside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.qa.report_values import Line, figure
from ui.theme import Theme

MOST: Final = 100.0
_GRID: Final = (0, 25, 50, 75, 100)
_TOKENS: Final = ("accent", "text", "good", "muted")
"""Neither red nor amber: those mean danger and doubt."""
_STROKES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
_MARKS: Final = 6


class LineChart(QWidget):
    """Lines over periods. Main thread."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._labels: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn."""
        return self._lines

    @property
    def spoken(self) -> str:
        """The chart in words, without its name."""
        none = self.tr("no value")
        return ". ".join(
            f"{line.title}: "
            + ", ".join(
                f"{label} {figure(value, none)}" for label, value in zip(self._labels, line.values, strict=True)
            )
            for line in self._lines
        )

    def show_lines(self, labels: Sequence[str], lines: Sequence[Line]) -> None:
        """Draw other lines; each has as many values as there are labels."""
        self._labels, self._lines = tuple(labels), tuple(lines)
        words = self.spoken
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(560), look.px(260))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(280), look.px(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_lines(painter, QRectF(self.rect()), self._labels, self._lines, theme.current())


def paint_lines(painter: QPainter, room: QRectF, labels: Sequence[str], lines: Sequence[Line], look: Theme) -> None:
    """Paint a chart into ``room``, in the colours and sizes of ``look``, on ground that is there already."""
    if not labels or not lines:
        return
    painter.setFont(look.font(13, tabular=True))
    metrics = QFontMetricsF(painter.font(), painter.device())
    height = metrics.height()
    left = metrics.horizontalAdvance("100") + look.px(10)
    legend = _legend_rows(lines, metrics, room.width(), look)
    foot = height * (1 + len(legend)) + look.px(6 + 4 * len(legend))
    plot = QRectF(
        room.left() + left,
        room.top() + height / 2 + look.px(4),
        room.width() - left - look.px(8),
        room.height() - height / 2 - look.px(10) - foot,
    )
    if plot.height() < height or plot.width() < look.px(40):
        return
    _paint_grid(painter, plot, metrics, look)
    step = plot.width() / len(labels)
    stride = max(1, -int(-(max(metrics.horizontalAdvance(label) for label in labels) + look.px(8)) // step))
    painter.setPen(look.color("muted"))
    for place in range(0, len(labels), stride):
        middle = plot.left() + step * (place + 0.5)
        box = QRectF(middle - step * stride / 2, plot.bottom() + look.px(4), step * stride, height)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), labels[place])
    spread = spread_of(lines, 100 * look.px(8) / plot.height())
    for number, line in enumerate(lines):
        _paint_line(painter, plot, step, line, spread[number], number, look)
    _paint_legend(painter, room, plot.bottom() + look.px(8) + height, legend, metrics, look)


def spread_of(lines: Sequence[Line], near: float) -> list[list[float]]:
    """Return how far beside its place each mark stands, in widths of a mark: marks that would hide each other part.

    Args:
        lines: With as many values each.
        near: Difference of values below which marks cover each other.
    """
    spread = [[0.0] * len(line.values) for line in lines]
    for place in range(max((len(line.values) for line in lines), default=0)):
        there = sorted((value, n) for n, line in enumerate(lines) if (value := line.values[place]) is not None)
        group: list[tuple[float, int]] = []
        for value, number in there:
            if group and value - group[-1][0] >= near:
                group = []
            group.append((value, number))
            for turn, (_, one) in enumerate(sorted(group, key=lambda each: each[1])):
                spread[one][place] = turn - (len(group) - 1) / 2
    return spread


def _paint_grid(painter: QPainter, plot: QRectF, metrics: QFontMetricsF, look: Theme) -> None:
    for value in _GRID:
        y = plot.bottom() - plot.height() * value / MOST
        pen = QPen(look.color("control" if value == 0 else "line"), look.px(1))
        if value:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(look.color("muted"))
        width = metrics.horizontalAdvance("100")
        box = QRectF(plot.left() - width - look.px(6), y - metrics.height() / 2, width, metrics.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value))


def _paint_line(
    painter: QPainter, plot: QRectF, step: float, line: Line, spread: Sequence[float], number: int, look: Theme
) -> None:
    points = [
        None
        if value is None
        else QPointF(
            plot.left() + step * (place + 0.5), plot.bottom() - plot.height() * min(max(value, 0.0), MOST) / MOST
        )
        for place, value in enumerate(line.values)
    ]
    painter.setPen(_pen(number, look))
    for before, after in itertools.pairwise(points):
        if before is not None and after is not None:
            painter.drawLine(before, after)
    aside = min(look.px(10), step / 8)
    for point, beside in zip(points, spread, strict=True):
        if point is not None:
            _paint_mark(painter, point + QPointF(beside * aside, 0), number, look)


def _pen(number: int, look: Theme) -> QPen:
    pen = QPen(look.color(_TOKENS[number % len(_TOKENS)]), max(1.5, look.px(2)))
    pen.setStyle(_STROKES[number % len(_STROKES)])
    return pen


def _paint_mark(painter: QPainter, at: QPointF, number: int, look: Theme) -> None:
    """Paint the mark of a line: disc, square, triangle, diamond, ring, cross."""
    size = look.px(8) / 2
    color = look.color(_TOKENS[number % len(_TOKENS)])
    painter.save()
    painter.setPen(QPen(color, max(1.5, look.px(2))))
    painter.setBrush(color)
    kind = number % _MARKS
    if kind == 0:
        painter.drawEllipse(at, size, size)
    elif kind == 1:
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
    elif kind == 2:
        painter.drawPolygon(QPolygonF([at + QPointF(0, -size), at + QPointF(size, size), at + QPointF(-size, size)]))
    elif kind == 3:
        corners = [QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    elif kind == 4:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, size, size)
    else:
        painter.drawLine(at + QPointF(-size, -size), at + QPointF(size, size))
        painter.drawLine(at + QPointF(-size, size), at + QPointF(size, -size))
    painter.restore()


def _legend_rows(
    lines: Sequence[Line], metrics: QFontMetricsF, width: float, look: Theme
) -> list[list[tuple[int, str]]]:
    """Return number and title of each line, in as many rows as they need."""
    rows: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for number, line in enumerate(lines):
        wide = min(metrics.horizontalAdvance(line.title) + look.px(72), width)
        if rows[-1] and used + wide > width:
            rows.append([])
            used = 0.0
        rows[-1].append((number, line.title))
        used += wide
    return rows


def _paint_legend(
    painter: QPainter, room: QRectF, top: float, rows: list[list[tuple[int, str]]], metrics: QFontMetricsF, look: Theme
) -> None:
    for row in rows:
        x, middle = room.left() + look.px(4), top + metrics.height() / 2
        for number, title in row:
            painter.setPen(_pen(number, look))
            painter.drawLine(QPointF(x, middle), QPointF(x + look.px(44), middle))
            _paint_mark(painter, QPointF(x + look.px(22), middle), number, look)
            painter.setPen(look.color("text"))
            shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width() - look.px(60))
            box = QRectF(x + look.px(50), top, metrics.horizontalAdvance(shown) + look.px(2), metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
            x += metrics.horizontalAdvance(shown) + look.px(72)
        top += metrics.height() + look.px(4)
