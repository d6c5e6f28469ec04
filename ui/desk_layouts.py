"""The layouts of the desk at work: the window, the second one, their places, captions, and what F11 does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from ui import parts, theme
from ui.call_view_state import Phase
from ui.layouts import DOCKED, TWO, NoPlaces, Place, WindowPlaces, after, on_screen

if TYPE_CHECKING:
    from ui.main_window import MainWindow

COLUMN_WIDTH: Final = 420
"""Of the docked column, pixels at 100 %."""
_LEAST: Final = (360, 440)
"""Of every window of the desk; the width at 100 %, it grows with the letters."""
_USUAL: Final = (1280, 800)
_SECOND: Final = (760, 760)


class SecondWindow(QWidget):
    """Record and digits on another monitor. It comes up without the focus, and every key works in it."""

    def __init__(self, desk: MainWindow) -> None:
        # A window of its own that belongs to the desk: it goes down and comes up with it.
        super().__init__(desk, Qt.WindowType.Window)
        self._desk = desk
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(self.tr("Counsellor's desk: digits and record"))
        self.setAccessibleName(self.windowTitle())
        self.room = parts.column(margin=8)
        self.setLayout(self.room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = self._desk.press
        if press is None or not press.key_in_window(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        press = self._desk.press
        if press is None or not press.key_in_window(event, down=False):
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self._desk.press is not None:
            self._desk.press.window_turned()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by hand its panes go back into the one window: nothing is ever lost with it."""
        if event.spontaneous():
            event.ignore()
            self._desk.layouts.walk()
        else:
            super().closeEvent(event)


class DeskLayouts(QObject):
    """Arranges the desk as the preferences say, and remembers where its windows stood. Main thread."""

    def __init__(self, window: MainWindow, places: WindowPlaces | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._store: WindowPlaces = places or NoPlaces()
        self._places = dict(self._store.load())
        self._layout = ""
        self._captions = False
        self.second: SecondWindow | None = None
        self._keep_least()
        window.call.stand.take_sizes(self._places)
        window.call.stand.stood.connect(self._stood)
        window.bar.drawer_asked.connect(self.toggle_drawer)
        window.bar.captions_asked.connect(self.toggle_captions)

    @property
    def layout(self) -> str:
        """The layout in use."""
        return self._layout

    @property
    def in_front(self) -> bool:
        """Whether one of the desk's two windows has the keys."""
        second = self.second
        return self._window.isActiveWindow() or (second is not None and second.isActiveWindow())

    # -- wishes ---------------------------------------------------------------------------------------

    @Slot()
    def walk(self) -> None:
        """F11: the next layout, kept for this counsellor."""
        window = self._window
        wanted = after(self._layout)
        if window.keep(replace(window.preferences, layout=wanted)):
            window.notices.say(self.told(wanted), "info", key="layout")

    @Slot()
    def toggle_captions(self) -> None:
        """Captions only, or the whole desk again; kept for this counsellor."""
        window = self._window
        window.keep(replace(window.preferences, captions_only=not window.preferences.captions_only))

    @Slot()
    def toggle_drawer(self) -> None:
        """Open or close the conversation beside the docked column."""
        call = self._window.call
        if self._layout == DOCKED and not self._captions:
            call.toggle_drawer()
            self._window.bar.show_drawer(True, call.drawer_open)
        else:
            call.conversation.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            call.stand.show_pane("conversation")

    def told(self, layout: str) -> str:
        """Return in words which layout stands now."""
        names = {DOCKED: self.tr("Narrow column. F11: two windows."), TWO: self.tr("Two windows. F11: one window.")}
        return names.get(layout, self.tr("One window. F11: narrow column."))

    @Slot()
    def _stood(self) -> None:
        """The record, where a call is ended, may be out of view: the bar offers it then."""
        stand = self._window.call.stand
        is_out = self._layout != TWO and stand.is_column and stand.is_short()
        self._window.bar.show_hang_up(self._captions or is_out)

    # -- at work --------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Stand as the preferences want it. In a call too: nothing is lost, and nothing new takes the focus."""
        window, wanted = self._window, self._window.preferences
        if (wanted.layout, wanted.captions_only) == (self._layout, self._captions):
            return
        is_first = not self._layout
        is_moved = wanted.layout != self._layout
        if is_moved and not is_first:
            self._note()
        self._layout, self._captions = wanted.layout, wanted.captions_only
        window.call.conversation.hold()
        if is_moved:
            self._place_window(is_first)
        second = self._second_window() if wanted.layout == TWO else None
        typing = window.call.focused()
        window.call.arrange(wanted.layout, captions=wanted.captions_only, second=second.room if second else None)
        window.bar.show_captions(wanted.captions_only)
        window.bar.show_drawer(wanted.layout == DOCKED and not wanted.captions_only, window.call.drawer_open)
        if second is not None:
            if not second.isVisible() and window.isVisible():
                self._bring_second(second)
        elif self.second is not None and self.second.isVisible():
            had_keys = self.second.isActiveWindow()
            self.second.hide()
            if had_keys:
                window.activateWindow()
        if is_first or not window.isVisible():
            return
        self._follow_hand(typing)

    def _follow_hand(self, typing: QWidget | None) -> None:
        """Let the keys stay with the field that is typed in, in whichever window it stands now."""
        active = QApplication.activeWindow()
        if typing is not None and self.in_front and typing.window() is not active and typing.isVisible():
            typing.window().activateWindow()

    def shown(self) -> None:
        """The window came up: the second one with it."""
        second = self.second
        if self._layout == TWO and second is not None and not second.isVisible():
            self._bring_second(second)

    def follow_wrap_up(self) -> None:
        """At hang-up the keys go to the record where the counsellor's hands are on the desk."""
        second, window = self.second, self._window
        if self._layout == TWO and second is not None and window.isActiveWindow():
            field = second.focusWidget()
            if window.state.phase is Phase.WRAP_UP and field is not None:
                second.activateWindow()

    def restyle(self) -> None:
        """Follow the text size: a column grows with its letters, to where there is room for it."""
        window, second = self._window, self.second
        if self._layout == DOCKED:
            room = window.screen().availableGeometry()
            wide = max(window.width(), self._column_width(window.screen()))
            left = max(room.x(), min(window.x(), room.right() + 1 - wide))
            self._put(window, Place(left, window.y(), wide, window.height()))
        elif self._layout == TWO and second is not None and second.width() < self._least_width(second.screen()):
            self._note()
            self._place_window(False)
            self._place_second(second)
        self._keep_least()

    def close(self) -> None:
        """Remember where everything stands and put the second window away."""
        self._note()
        self._store.store(self._places)
        if self.second is not None:
            self.second.close()

    def _bring_second(self, second: SecondWindow) -> None:
        """Show it; a system that hands it the keys all the same gets them back."""
        active = QApplication.activeWindow()
        self._place_second(second)
        second.show()
        if active is not None:
            active.activateWindow()

    def _second_window(self) -> SecondWindow:
        if self.second is None:
            self.second = SecondWindow(self._window)
            self._window.registry.serve(self.second)
            self._keep_least()
        return self.second

    # -- places ---------------------------------------------------------------------------------------

    def _note(self) -> None:
        """Keep in mind where the windows of the layout in use stand."""
        self._places[f"{self._layout}.window"] = _place_of(self._window).numbers()
        if self._layout == TWO and self.second is not None:
            self._places[f"{TWO}.second"] = _place_of(self.second).numbers()
        self._places.update(self._window.call.stand.sizes())

    def _place_window(self, is_first: bool) -> None:
        window = self._window
        stored = self._stored(f"{self._layout}.window")
        if self._layout == TWO and f"{TWO}.second" in self._places and self._stored(f"{TWO}.second") is None:
            stored = None  # the second one grows: the two share the room anew
        screen = window.screen()
        room = screen.availableGeometry()
        if stored is not None:
            self._put(window, stored)
        elif self._layout == DOCKED:
            width = self._column_width(screen)
            self._put(window, Place(room.right() + 1 - width, room.y(), width, room.height()))
        elif self._layout == TWO and len(QGuiApplication.screens()) == 1:
            # One screen holds both: neither lies over the other.
            self._put(window, Place(room.x(), room.y(), room.width() - self._beside(screen), room.height()))
        elif is_first:
            window.resize(*_USUAL)
        else:
            width, height = min(_USUAL[0], room.width()), min(_USUAL[1], room.height())
            self._put(window, Place(room.x(), room.y(), width, height))

    def _place_second(self, second: SecondWindow) -> None:
        stored = self._stored(f"{TWO}.second")
        if stored is None:
            others = [one for one in QGuiApplication.screens() if one is not self._window.screen()]
            room = (others[0] if others else self._window.screen()).availableGeometry()
            look = theme.current()
            width, height = min(look.px(_SECOND[0]), room.width()), min(look.px(_SECOND[1]), room.height())
            if not others:
                width, height = self._beside(self._window.screen()), room.height()
            stored = Place(room.right() + 1 - width, room.y(), width, height)
        self._put(second, stored)

    def _stored(self, name: str) -> Place | None:
        """Return where a window stood; None where it never did, or was narrower than today's letters need."""
        stored = Place.of(self._places.get(name, ()))
        if stored is None or stored.maximized:
            return stored
        return stored if stored.width >= self._least_width(self._window.screen()) else None

    def _least_width(self, screen: QScreen) -> int:
        """Width below which words would be cut; two windows still share one screen."""
        return max(_LEAST[0], min(theme.current().px(_LEAST[0]), screen.availableGeometry().width() // 2))

    def _keep_least(self) -> None:
        for one in filter(None, (self._window, self.second)):
            one.setMinimumSize(self._least_width(one.screen()), _LEAST[1])

    def _beside(self, screen: QScreen) -> int:
        """Width of the second window where one screen holds both."""
        return min(theme.current().px(COLUMN_WIDTH), screen.availableGeometry().width() // 2)

    def _column_width(self, screen: QScreen) -> int:
        return min(theme.current().px(COLUMN_WIDTH), screen.availableGeometry().width())

    def _put(self, window: QWidget, wanted: Place) -> None:
        first = self._window.screen()
        screens = [first, *(one for one in QGuiApplication.screens() if one is not first)]
        place = on_screen(wanted, [_place(one.availableGeometry()) for one in screens])
        if window.isMaximized() and not place.maximized:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMaximized)
        window.resize(place.width, place.height)
        window.move(place.x, place.y)
        if place.maximized:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _place(room: QRect) -> Place:
    return Place(room.x(), room.y(), room.width(), room.height())


def _place_of(window: QWidget) -> Place:
    """Return where a window stands, its frame's corner and its inner size; of a maximised one where it stood before."""
    inner = window.normalGeometry() if window.isMaximized() else window.geometry()
    corner = inner.topLeft() if window.isMaximized() else window.pos()
    return Place(corner.x(), corner.y(), inner.width(), inner.height(), window.isMaximized())
