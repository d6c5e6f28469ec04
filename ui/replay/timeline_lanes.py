"""How a stretch of a call is painted: ruler, both sides' sound with their turns, a lane for each kind of thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPolygonF

from audio.model import Channel
from ui import theme
from ui.replay import words
from ui.replay.moments import IGNORED, Moment, MomentKind
from ui.replay.peaks import PeakStore
from ui.replay.ports import SilentStretch

RULER: Final = 20
WAVE: Final = 36
WAVE_ALONE: Final = 26
ROW: Final = 20
GUTTER: Final = 76
"""Pixels at 100 %."""
_BARE: Final = 48
"""Less room than this, pixels at 100 %, leaves no word at the end of a lane."""
_STEPS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
K = MomentKind
LANES: Final[tuple[tuple[str, frozenset[MomentKind], int], ...]] = (
    ("labels", frozenset({K.ABUSE, K.CRISIS, K.BEHAVIOUR, K.ESCALATION, K.CALLER}), 1),
    ("cards", frozenset({K.CARD}), 3),
    ("warnings", frozenset({K.WARNING, K.LINE, K.HANDOVER}), 1),
    ("numbers", frozenset({K.NUMBER}), 2),
    ("marks", frozenset({K.BOOKMARK, K.NOTE_GAP, K.NOTE_WRONG}), 1),
    ("line", frozenset({K.HOLD, K.PAUSE, K.GAP, K.DEVICE, K.RESTART, K.LANGUAGE, K.OFFERED, K.ENDED}), 1),
)
"""Lanes below the sound: name, what stands in it, rows."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What of the call is painted where."""

    start_s: float
    span_s: float
    left: float
    """Pixels before the first second."""
    width: float
    """Pixels of the whole stretch."""

    def x(self, at_s: float) -> float:
        """Return where a second stands."""
        return self.left + (at_s - self.start_s) / self.span_s * self.width

    def at(self, x: float) -> float:
        """Return the second that stands there."""
        return self.start_s + (x - self.left) / self.width * self.span_s


class Lanes:
    """Paints one call. Main thread."""

    def __init__(self, found: Sequence[Moment], peaks: PeakStore | None) -> None:
        self._peaks = peaks
        self.silent: Sequence[SilentStretch] = ()
        self.folded = False
        """Whether everything that happened stands in one lane."""
        self._turns = {side: [one for one in found if one.kind is K.TURN and one.channel is side] for side in Channel}
        self._filled: list[tuple[str, int, list[Moment]]] = []
        for name, kinds, most in LANES:
            # A lane with nothing in this call would take its room from the pages below.
            rows = min(most, max((1 + one.count for one in found if one.kind in kinds), default=0))
            for row in range(rows):
                held = [one for one in found if one.kind in kinds and (rows == 1 or min(one.count, rows - 1) == row)]
                self._filled.append((name, row, held))
        shown = frozenset().union(*(kinds for _, kinds, _ in LANES))
        self._together = [("events", 0, [one for one in found if one.kind in shown])][: len(self._filled)]
        self._starts = {id(row): [one.start_s for one in row] for _, _, row in (*self._filled, *self._together)}

    @property
    def _rows(self) -> list[tuple[str, int, list[Moment]]]:
        return self._together if self.folded else self._filled

    def _wave_px(self) -> int:
        return theme.current().px(WAVE_ALONE if self.folded else WAVE)

    def least(self) -> int:
        """Return the pixels below which it is no timeline: the sound and two lanes of those there are."""
        look = theme.current()
        return look.px(RULER) + 2 * self._wave_px() + min(2, len(self._rows)) * look.px(ROW)

    def height(self) -> int:
        """Return the pixels that everything needs."""
        look = theme.current()
        return look.px(RULER) + 2 * self._wave_px() + len(self._rows) * look.px(ROW) + 4

    def title(self, name: str) -> str:
        """Return the name of a lane."""
        translate = QCoreApplication.translate
        return {
            "caller": translate("ReplayLanes", "Caller"),
            "agent": translate("ReplayLanes", "Counsellor"),
            "labels": translate("ReplayLanes", "Labels"),
            "cards": translate("ReplayLanes", "Answers"),
            "warnings": translate("ReplayLanes", "Warnings"),
            "numbers": translate("ReplayLanes", "Numbers"),
            "marks": translate("ReplayLanes", "Marks"),
            "line": translate("ReplayLanes", "Line"),
            "events": translate("ReplayLanes", "Events"),
        }[name]

    def moments_at(self, where: Stretch, x: float, y: float) -> Sequence[Moment]:
        """Return everything that stands under the pointer; marks beside each other have no room for their words."""
        look = theme.current()
        top = float(look.px(RULER))
        for side in (Channel.CALLER, Channel.AGENT):
            if top <= y < top + self._wave_px():
                at_s = where.at(x)
                return [one for one in self._turns[side] if one.start_s <= at_s <= one.end_s][:1]
            top += self._wave_px()
        place = int((y - top) // look.px(ROW))
        if not 0 <= place < len(self._rows):
            return ()
        found = self._rows[place][2]
        ends = {id(one): one.start_s if self.folded else one.end_s for one in found}
        return [one for one in found if where.x(one.start_s) - 3 <= x <= where.x(ends[id(one)]) + 8]

    # -- painting -------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, where: Stretch, height: int) -> None:
        """Paint everything that does not move while the call plays."""
        look = theme.current()
        small = look.font(12)
        painter.setFont(small)
        whole = where.left + where.width
        painter.fillRect(QRectF(0, 0, whole, height), look.color("surface"))
        self._ruler(painter, where, height)
        top = float(look.px(RULER))
        for side in (Channel.CALLER, Channel.AGENT):
            self._wave(painter, where, QRectF(where.left, top, where.width, self._wave_px()), side)
            self._name(painter, self.title(side.value), QRectF(0, top, where.left, self._wave_px()))
            top += self._wave_px()
        for name, row, found in self._rows:
            box = QRectF(where.left, top, where.width, look.px(ROW))
            if row == 0:
                painter.setPen(look.color("line"))
                painter.drawLine(QPointF(0, top), QPointF(whole, top))
                self._name(painter, self.title(name), QRectF(0, top, where.left, look.px(ROW)))
            self._row(painter, where, box, found)
            top += look.px(ROW)

    def _name(self, painter: QPainter, text: str, box: QRectF) -> None:
        painter.fillRect(box.adjusted(0, 1, 0, 0), theme.current().color("surface"))
        painter.setPen(theme.current().color("muted"))
        painter.drawText(box.adjusted(8, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), text)

    def _ruler(self, painter: QPainter, where: Stretch, height: int) -> None:
        look = theme.current()
        least = QFontMetricsF(painter.font()).horizontalAdvance("0:00:00") * 1.6
        step = next((one for one in _STEPS if one / where.span_s * where.width >= least), _STEPS[-1])
        at_s = np.ceil(where.start_s / step) * step
        while at_s <= where.start_s + where.span_s:
            x = where.x(float(at_s))
            painter.setPen(look.color("line"))
            painter.drawLine(QPointF(x, look.px(RULER) - 4), QPointF(x, height))
            painter.setPen(look.color("muted"))
            text = words.clock(float(at_s)) if step >= 1 else f"{words.clock(float(at_s))}.{round(at_s % 1 * 10)}"
            painter.drawText(QPointF(x + 3, look.px(RULER) - 6), text)
            at_s += step

    def _wave(self, painter: QPainter, where: Stretch, box: QRectF, side: Channel) -> None:
        look = theme.current()
        ground = look.color("agent" if side is Channel.AGENT else "sunken")
        rim = look.color("accent" if side is Channel.AGENT else "control")
        end_s = where.start_s + where.span_s
        painter.save()
        painter.setClipRect(box)
        for one in self._turns[side]:
            if one.end_s >= where.start_s and one.start_s <= end_s:
                left = where.x(one.start_s)
                turn = QRectF(left, box.top() + 2, max(1.0, where.x(one.end_s) - left), box.height() - 4)
                painter.fillRect(turn, ground)
                painter.fillRect(QRectF(turn.left(), turn.bottom() - 2, turn.width(), 2), rim)
        columns = int(where.width)
        if self._peaks is not None and columns > 1:
            low, high = self._peaks.columns(side, where.start_s, end_s, columns)
            middle, half = box.center().y(), box.height() / 2 - 3
            xs = where.left + np.arange(columns)
            upper, lower = middle - high * half, middle - low * half
            outline = QPolygonF([QPointF(x, y) for x, y in zip(xs, upper, strict=True)])
            outline.append([QPointF(x, y) for x, y in zip(xs[::-1], lower[::-1], strict=True)])
            painter.setPen(look.color("accent" if side is Channel.AGENT else "muted"))
            painter.setBrush(look.color("accent" if side is Channel.AGENT else "muted"))
            painter.drawPolygon(outline)
        for gap in self.silent:
            if gap.channel is side and gap.end_s >= where.start_s and gap.start_s <= end_s:
                self._hatch(painter, where, box, gap)
        painter.restore()

    def _hatch(self, painter: QPainter, where: Stretch, box: QRectF, gap: SilentStretch) -> None:
        look = theme.current()
        left = max(where.x(gap.start_s), box.left())
        area = QRectF(left, box.top() + 2, min(where.x(gap.end_s), box.right()) - left, box.height() - 4)
        painter.fillRect(area, look.color("doubt_soft"))
        painter.fillRect(area, QBrush(look.color("doubt"), Qt.BrushStyle.BDiagPattern))
        text = words.code_word(K.GAP, gap.why)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        if wide < area.width():
            tall = QFontMetricsF(painter.font()).height()
            tag = QRectF(area.left() + 4, area.center().y() - tall / 2, wide, tall)
            painter.fillRect(tag, look.color("surface"))
            painter.setPen(look.color("doubt"))
            painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), text)

    def _row(self, painter: QPainter, where: Stretch, box: QRectF, found: list[Moment]) -> None:
        if not found:
            return
        starts = self._starts[id(found)]
        first = bisect_left(starts, where.start_s)
        # What began before the view may still stand in it.
        early = [one for one in found[:first] if one.end_s > where.start_s]
        seen = [*early, *found[first : bisect_right(starts, where.start_s + where.span_s)]]
        painter.save()
        painter.setClipRect(box)
        metrics = QFontMetricsF(painter.font())
        free = box.left()
        more: dict[int, int] = {}
        if self.folded:
            seen, more = together(seen)
        for place, one in enumerate(seen):
            left = max(where.x(one.start_s), box.left() - 2)
            after = where.x(seen[place + 1].start_s) if place + 1 < len(seen) else box.right()
            # In one lane what lasts would lie over what comes meanwhile.
            right = left if self.folded else where.x(one.end_s)
            others = f" +{more[id(one)]}" if id(one) in more else ""
            free = self._moment(painter, metrics, box, one, (left, right), (free, after), others)
        painter.restore()

    def _moment(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        box: QRectF,
        one: Moment,
        stands: tuple[float, float],
        free: tuple[float, float],
        others: str = "",
    ) -> float:
        """Paint one with its words, behind its beginning or, where those are cut at the end, before it.

        Args:
            painter: Paints.
            metrics: Of its letters.
            box: The lane.
            one: What happened.
            stands: From where to where, pixels.
            free: Where no words stand, pixels.
            others: How many more of its kind came at once; never cut.

        Returns:
            Where its words end.
        """
        look = theme.current()
        (left, right), (before, after) = stands, free
        ground, ink = _colours(one)
        block = QRectF(left, box.top() + 2, max(4.0, right - left - 1), box.height() - 3)
        painter.fillRect(block, look.color(ground))
        painter.fillRect(QRectF(left, block.top(), 3, block.height()), look.color(ink))
        room = after - left - 8
        painter.setPen(look.color(ink if ground != "surface" else "text"))
        text, start = said(one), left + 6
        tail = metrics.horizontalAdvance(others)
        wide = metrics.horizontalAdvance(text) + tail
        if room < min(wide, look.px(_BARE)) and after >= box.right() and left - 6 - wide > before:
            start, room = left - 6 - wide, wide + 1
        elif room <= 14:
            return max(before, block.right())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room - tail)) + others
        if len(text) > 1:
            area = QRectF(start, box.top(), room, box.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        return max(block.right(), start + min(wide, room))


def together(found: Sequence[Moment]) -> tuple[list[Moment], dict[int, int]]:
    """Return moments with the answers of one moment as their uppermost, and by its ``id`` how many came with it."""
    kept: list[Moment] = []
    more: dict[int, int] = {}
    cards: dict[float, int] = {}
    """Place in ``kept`` of the answers of a moment."""
    for one in found:
        if one.kind is not K.CARD or one.start_s not in cards:
            if one.kind is K.CARD:
                cards[one.start_s] = len(kept)
            kept.append(one)
            continue
        place = cards[one.start_s]
        count = more.pop(id(kept[place]), 0) + 1
        kept[place] = min(kept[place], one, key=lambda each: each.count)
        more[id(kept[place])] = count
    return kept, more


def said(one: Moment) -> str:
    """Return the words that stand on the timeline: what it is first, since they may be cut."""
    if one.kind is K.CARD:
        outcome = words.code_word(K.CARD, one.codes[-1]) if one.codes else ""
        return f"{one.text} · {outcome}" if outcome else one.text
    if one.kind is K.NUMBER:
        return one.text
    return f"{words.kind_word(one.kind)} {words.about(one)}".strip()


def _colours(one: Moment) -> tuple[str, str]:
    """Return (ground, ink) as tokens: red for danger to a person only, amber for doubt; the words say the same."""
    if one.kind is K.CRISIS:
        return "danger_soft", "danger"
    if one.kind in (K.ABUSE, K.ESCALATION, K.GAP, K.RESTART):
        return "doubt_soft", "doubt"
    if one.kind is K.CARD and IGNORED in one.codes:
        return "sunken", "muted"
    if one.kind in (K.HOLD, K.PAUSE, K.DEVICE):
        return "sunken", "muted"
    return "accent_soft", "accent"
