"""Whether the user's session on Linux is locked or about to sleep, as the desktop tells it on D-Bus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_SAVERS: Final = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    ("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
    ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
)
_LOGIN: Final = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class SessionBus(QObject):
    """Listens to the desktop's lock and to the system going to sleep. Main thread.

    Without a bus nothing is heard, and no bus is started. Whoever may speak on the session bus is the same user; a
    false signal does no more than lock.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_locked = False
        self._was_locked = False
        if find_spec("PySide6.QtDBus") is None:
            return
        from PySide6.QtDBus import QDBusConnection

        if has_session_bus(os.environ):
            session = QDBusConnection.sessionBus()
            for path, interface in _SAVERS:
                self._hear(session, "", path, interface, "ActiveChanged")
        if Path("/run/dbus/system_bus_socket").exists():
            path, interface = _LOGIN
            system = QDBusConnection.systemBus()
            self._hear(system, "org.freedesktop.login1", path, interface, "PrepareForSleep")

    def _hear(self, bus: QDBusConnection, service: str, path: str, interface: str, signal: str) -> None:
        # Qt's types want bytes here, but it takes a text only.
        bus.connect(service, path, interface, signal, self, SLOT("turned(bool)"))  # type: ignore[call-overload]

    @Slot(bool)
    def turned(self, locked: bool) -> None:
        """The session was locked (or the system goes to sleep), or no longer."""
        self._is_locked = locked
        self._was_locked = self._was_locked or locked

    def locked(self) -> bool:
        """Return whether the session is locked, or was since this was asked last."""
        was, self._was_locked = self._was_locked, False
        return was or self._is_locked


def has_session_bus(environment: Mapping[str, str]) -> bool:
    """Return whether there is a bus to join: asking for one that is not there would start it."""
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "bus").exists()
