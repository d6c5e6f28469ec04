"""Where the panes of a call stand: side by side, in one column that scrolls, or in two windows.

The panes are made once and only moved: what is typed, scrolled and shown in them stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSplitter, QWidget
from shiboken6 import isValid

from ui import parts, theme
from ui.call_column import LEAST, Column, PaneBox
from ui.layouts import DOCKED, FULL, TWO

WIDE_WIDTH: Final = 900
WIDE_HEIGHT: Final = 500
"""Room, in pixels at 100 %, from which the panes stand side by side; below it they stand in one column."""
BESIDE_WIDTH: Final = 720
BESIDE_HEIGHT: Final = 380
"""The same where the conversation stands elsewhere."""
FLAT_WIDTH: Final = 600
"""Width, in pixels at 100 %, from which the foot of a column is one row while there is nothing to say."""
PAIR_WIDTH: Final = 520
TALL: Final = 560
"""Width from which and height below which, in pixels at 100 %, a column has the answers beside the conversation."""
_AROUND: Final = 84
"""Height of bar and notice line, pixels at 100 %."""
STRIP_HEIGHT: Final = 88
FORM_HEIGHT: Final = 340
"""Least height of the wrap-up form in a column: a field and what is around it."""
_WIDTHS: Final = {"conversation": 312, "answers": 576, "right": 344}
"""At 1280 px."""
_CAPTION_WIDTHS: Final = {"conversation": 850, "answers": 480, "right": 382}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted on the screen."""

    layout: str = FULL
    captions: bool = False
    """Large captions, the next sentence, digits, little else."""
    drawer: bool = False
    """The conversation beside the docked column is open."""
    answers: bool = False
    """The answers were opened over the captions."""
    wrap_up: bool = False
    beside: bool = False
    """The conversation is on the screen elsewhere."""


def names_of(wish: Wish) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the panes of the window and those of the second window, from the top or the left."""
    aside = ("numbers", "record") if wish.layout == TWO else ()
    main = ["conversation", "answers", "numbers", "protect", "record"]
    if wish.captions:
        if not wish.answers:
            main.remove("answers")
        if not wish.wrap_up:
            main.remove("record")
    elif wish.beside or (wish.layout == DOCKED and not wish.drawer):
        main.remove("conversation")
    return tuple(name for name in main if name not in aside), aside


class PaneStand(QObject):
    """Builds and rebuilds what the panes stand in. Main thread."""

    stood = Signal()
    """Shape or room of the panes may be another now."""

    def __init__(self, boxes: Mapping[str, QFrame], parent: QWidget) -> None:
        """Take the panes; they are moved into ``parent`` at once."""
        super().__init__(parent)
        self._boxes = boxes
        self._parent = parent
        self._sizes: dict[str, tuple[int, ...]] = {}
        self.wish = Wish()
        self.body: QWidget = QWidget()
        self.aside: QWidget | None = None
        self.is_column = self.is_paired = False
        self._widths: list[int] = []
        layout = parts.column(margin=8)
        parent.setLayout(layout)
        layout.addWidget(self.body)
        self._layout = layout
        self.down, self.across, self.right = QSplitter(parent), QSplitter(parent), QSplitter(parent)
        for none_yet in (self.down, self.across, self.right):
            none_yet.hide()

    def is_fitting(self) -> bool:
        """Whether the panes stand as the room of now asks for."""
        return (self.is_small(), self.wants_pair()) == (self.is_column, self.is_paired)

    def is_small(self) -> bool:
        """Whether the panes have to stand in one column."""
        width, height = self._room()
        look = theme.current()
        least = (BESIDE_WIDTH, BESIDE_HEIGHT) if self.wish.beside else (WIDE_WIDTH, WIDE_HEIGHT)
        wide = width >= look.px(least[0]) and height >= look.px(least[1])
        return self.wish.layout == DOCKED or not wide

    def is_short(self) -> bool:
        """Whether every line of height counts."""
        return self._room()[1] < theme.current().px(TALL)

    def wants_pair(self) -> bool:
        """Whether the answers have to stand beside the conversation in that column."""
        both = {"conversation", "answers"} <= set(names_of(self.wish)[0])
        wide = self._room()[0] >= theme.current().px(PAIR_WIDTH)
        return both and wide and self.is_small() and self.is_short()

    def _room(self) -> tuple[int, int]:
        look = theme.current()
        width, height = self._parent.width(), self._parent.height()
        if not self._parent.isVisible():
            # Not laid out yet: it will have the window but for the bar and the notice line.
            window = self._parent.window()
            width, height = window.width(), window.height() - look.px(_AROUND)
        return width, height

    def build(self, wish: Wish, second: QBoxLayout | None) -> None:
        """Move the panes to where ``wish`` wants them; ``second`` is the room of the second window."""
        self.wish = wish
        main, aside = names_of(wish)
        if second is None and aside:
            main, aside = names_of(replace(wish, layout=FULL))
        for name, box in self._boxes.items():
            if name not in main and name not in aside:
                box.hide()
                box.setParent(self._parent)
            box.setMinimumHeight(0)
            box.setMaximumHeight(16_777_215)
            if isinstance(box, PaneBox):
                box.set_least(0)
        old, old_aside = self.body, self.aside
        self.is_column, self.is_paired = self.is_small(), self.wants_pair()
        self._parent.setUpdatesEnabled(False)
        self.body = self._column(main) if self.is_column else self._wide(main)
        self.aside = None
        if second is not None and aside:
            self.aside = column = Column()
            column.hide()
            second.addWidget(column)
            column.fill(self._boxes, aside, None)
        for name in (*main, *aside):
            self._boxes[name].show()
        self.body.show()
        if self.aside is not None:
            self.aside.show()
        for gone in filter(None, (old, old_aside)):
            # It keeps its parent: without one Python would own it, and might free it in any thread.
            gone.hide()
            gone.deleteLater()
        self._watch()
        self._parent.setUpdatesEnabled(True)

    def is_parked(self, widget: QWidget) -> bool:
        """Whether a widget stands in a pane that is out of view."""
        return any(box.isHidden() and box.isAncestorOf(widget) for box in self._boxes.values())

    def _column(self, names: tuple[str, ...]) -> Column:
        foot = self._boxes["protect"] if "protect" in names else None
        column = Column()
        column.hide()
        self._layout.addWidget(column)
        column.fill(self._boxes, (name for name in names if name != "protect"), foot, paired=self.is_paired)
        return column

    def _wide(self, names: tuple[str, ...]) -> QSplitter:
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.setObjectName("right")
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.setObjectName("across")
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.setObjectName("down")
        self.down.hide()
        self._layout.addWidget(self.down)
        self.down.addWidget(self.across)
        for name, share in (("conversation", 3), ("answers", 5)):
            if name in names:
                self.across.addWidget(self._boxes[name])
                self.across.setStretchFactor(self.across.count() - 1, share)
        self.across.addWidget(self.right)
        for name in ("numbers", "protect"):
            if name in names:
                self.right.addWidget(self._boxes[name])
        self.across.setStretchFactor(self.across.count() - 1, 2)
        self._widths = [
            width
            for name, width in (_CAPTION_WIDTHS if self.wish.captions else _WIDTHS).items()
            if name == "right" or name in names
        ]
        self.across.setSizes(self._widths)
        if "record" in names:
            self.down.addWidget(self._boxes["record"])
        self.down.setStretchFactor(0, 1)
        for splitter in (self.right, self.across, self.down):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        return self.down

    def keep_whole(self) -> None:
        """Where the answers stand beside the conversation, give them all that the foot leaves."""
        if isinstance(self.body, Column) and self.is_paired:
            room = self._parent.height() - 24 - self._boxes["protect"].maximumHeight()
            self.body.keep_whole(room)

    def spread(self) -> None:
        """Share the width as it was meant, where no hand has set it."""
        if not self.is_column and not self.moved("across"):
            self.across.setSizes([width * self._parent.width() // 1280 for width in self._widths])

    # -- what a hand moved ----------------------------------------------------------------------------

    def _splitters(self) -> list[tuple[str, QSplitter]]:
        found = []
        for root in filter(None, (self.body, self.aside)):
            inner = [root] if isinstance(root, QSplitter) else []
            for splitter in [*inner, *root.findChildren(QSplitter)]:
                where = "aside" if root is self.aside else splitter.objectName()
                found.append((self._key(where, splitter), splitter))
        return found

    def _key(self, where: str, splitter: QSplitter) -> str:
        look = "captions" if self.wish.captions else self.wish.layout
        return f"{look}.{where}.{splitter.count()}"

    def _watch(self) -> None:
        """Put splitters where a hand last left them, and notice when one moves them again."""
        for key, splitter in self._splitters():
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
            sizes = self._sizes.get(key)
            if sizes and len(sizes) == splitter.count():
                splitter.setSizes(list(sizes))
            splitter.splitterMoved.connect(lambda _place, _index, k=key, s=splitter: self._moved(k, s))

    def _moved(self, key: str, splitter: QSplitter) -> None:
        self._sizes[key] = tuple(splitter.sizes())

    def moved(self, where: str) -> bool:
        """Whether a hand has set this splitter of the layout in view."""
        return any(key in self._sizes for key, _ in self._splitters() if key.split(".")[1] == where)

    def sizes(self) -> dict[str, tuple[int, ...]]:
        """Return the sizes that a hand has set."""
        return dict(self._sizes)

    def take_sizes(self, sizes: Mapping[str, tuple[int, ...]]) -> None:
        """Know the sizes of an earlier run; they hold from the next :meth:`build`."""
        self._sizes = {name: value for name, value in sizes.items() if name.count(".") == 2 and min(value) >= 0}

    # -- the record and the foot of a column ------------------------------------------------------------

    def record_as_strip(self) -> None:
        """Give the record the height of its strip."""
        box, look = self._boxes["record"], theme.current()
        height = look.px(STRIP_HEIGHT if self._in_column(box) is None else LEAST["record"])
        box.setMinimumHeight(height)
        box.setMaximumHeight(height)
        column = self._in_column(box)
        if column is None:
            if isValid(self.down):  # captions have none
                self.down.setSizes([10_000, height])
        elif not self.moved("aside" if column is self.aside else "column"):
            column.share()

    def record_as_form(self) -> None:
        """Give the record half the window, and bring it into view where it stands in a column."""
        box = self._boxes["record"]
        box.setMaximumHeight(16_777_215)
        column = self._in_column(box)
        if column is None:
            box.setMinimumHeight(240)
            half = max(300, self._parent.height() // 2)
            if isValid(self.down):
                self.down.setSizes([half, half])
            return
        box.setMinimumHeight(max(theme.current().px(FORM_HEIGHT), column.height() // 2))
        if (inside := column.panes.layout()) is not None:
            inside.activate()
        wanted = box.minimumHeight()
        panes = [column.panes.widget(place) for place in range(column.panes.count())]
        column.panes.setSizes([wanted if pane is box else 1 for pane in panes])
        column.area.viewport().updateGeometry()

    def show_pane(self, name: str) -> None:
        """Bring a pane into view where it stands in a column."""
        box = self._boxes[name]
        column = self._in_column(box)
        if column is not None:
            column.show_pane(box)

    def _in_column(self, box: QWidget) -> Column | None:
        for column in (self.body, self.aside):
            if isinstance(column, Column) and column.isAncestorOf(box):
                return column
        return None


class Foot(QFrame):
    """The next sentence above the button that hands over; in a column no taller than what it has to say."""

    def __init__(self, say_now: QWidget, escalation: QWidget) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._inside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self.setLayout(self._inside)
        self._inside.addWidget(say_now, 1)
        self.rule = parts.frame("rule")
        self._inside.addWidget(self.rule)
        self._inside.addWidget(escalation)

    def stand_free(self) -> None:
        """Take all the room there is."""
        self._inside.setDirection(QBoxLayout.Direction.TopToBottom)
        self.rule.show()
        self.setMinimumHeight(0)
        self.setMaximumHeight(16_777_215)

    def stand_low(self, room: int, content: int, *, speaks: bool, flat: bool, share: float = 0.5) -> None:
        """Take as little height as goes.

        Args:
            room: Height of the column, pixels.
            content: Height of what there is to say, pixels.
            speaks: Whether there is something to say.
            flat: Whether what is left when there is nothing to say stands in one row.
            share: Part of ``room`` that it may take where there is something to say.
        """
        row = flat and not speaks
        self._inside.setDirection(QBoxLayout.Direction.LeftToRight if row else QBoxLayout.Direction.TopToBottom)
        self.rule.setVisible(not row)
        self._inside.activate()
        least = self._inside.minimumSize().height()
        height = max(least, min(int(room * share), least + content)) if speaks else least
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)
