"""One key of the whole system, held while another program has the focus. Fills :class:`ui.ports.SystemKey`.

Only the one wanted key is asked of the system and only while it is wanted; no other key is ever seen. X11 gives it by
a passive grab, Windows as a hot key. Wayland and macOS give none without a permission of their own: there the key
works in the desk alone, and the strip and ``doumi call escalate`` remain.
"""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from app.errors import AppFault

_LOOK_S: Final = 0.03
"""How often it is looked whether the key is still down, seconds."""
_JOIN_S: Final = 2.0
_MODIFIERS: Final = ("Ctrl", "Alt", "Shift", "Meta")
_NAMED: Final = ("Pause", "ScrollLock", "Ins", "Home", "End", "PgUp", "PgDown")

Moved = Callable[[bool], None]
"""Told on the key's own thread that the key went down (True) or came up."""


class SystemKeyFault(AppFault):
    """The key cannot be had."""


@dataclass(frozen=True, slots=True)
class Chord:
    """A key with the modifiers that must be down with it."""

    key: str
    """``F1`` to ``F24``, one of the named keys, or a capital letter or digit."""
    modifiers: frozenset[str]


def chord(keys: str) -> Chord:
    """Read a key as people write it: ``F12``, ``Ctrl+F12``, ``Ctrl+Alt+E``.

    Raises:
        SystemKeyFault: ``press.key_unknown``: no such key, or one that would be taken from typing.
    """
    *before, last = (part.strip() for part in keys.split("+"))
    known = {name.lower(): name for name in (*_MODIFIERS, *_NAMED, *(f"F{n}" for n in range(1, 25)))}
    modifiers = frozenset(known.get(part.lower(), "") for part in before)
    key = known.get(last.lower(), last.upper())
    typed = len(key) == 1 and key.isascii() and key.isalnum()
    if not modifiers <= set(_MODIFIERS) or key in _MODIFIERS or not (typed or key in known.values()):
        raise SystemKeyFault("press.key_unknown", key=keys)
    if typed and not modifiers & {"Ctrl", "Alt", "Meta"}:
        raise SystemKeyFault("press.key_unknown", key=keys)
    return Chord(key, modifiers)


class _Taken(Protocol):
    """A key that was taken."""

    def listen(self, stop: threading.Event) -> None:
        """Tell of the key until asked to stop, then give it back. Its own thread."""
        ...

    def given(self) -> bool:
        """Return whether the system gave the key; waits for the listening thread where only that one can ask."""
        ...

    def wake(self) -> None:
        """Let :meth:`listen` see that it shall stop. Any thread."""
        ...


class SystemWideKey:
    """Takes and gives back the key. Thread: one at a time, the Qt main thread; the key's own thread tells."""

    def __init__(self, platform: str = sys.platform) -> None:
        """Take nothing yet.

        Args:
            platform: As ``sys.platform``.
        """
        self._platform = platform
        self._taken: _Taken | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def fault(self, keys: str) -> str:
        """See :class:`ui.ports.SystemKey`."""
        try:
            self._check(keys)
        except SystemKeyFault as fault:
            return str(fault)
        return ""

    def grab(self, keys: str, moved: Moved) -> None:
        """See :class:`ui.ports.SystemKey`.

        Raises:
            SystemKeyFault: The system does not give it.
        """
        self.release()
        wanted = self._check(keys)
        self._stop = threading.Event()
        self._taken = _take(self._platform, wanted, keys, moved)
        self._thread = threading.Thread(target=self._taken.listen, args=(self._stop,), name="system-key", daemon=True)
        self._thread.start()
        if not self._taken.given():
            self.release()
            raise SystemKeyFault("press.key_taken", key=keys)

    def release(self) -> None:
        """See :class:`ui.ports.SystemKey`."""
        taken, self._taken = self._taken, None
        thread, self._thread = self._thread, None
        if taken is None or thread is None:
            return
        self._stop.set()
        taken.wake()
        thread.join(_JOIN_S)

    close = release

    def _check(self, keys: str) -> Chord:
        wanted = chord(keys)
        if self._platform == "win32":
            if wanted == Chord("F12", frozenset()):
                # The system keeps it for debuggers.
                raise SystemKeyFault("press.key_kept", key=keys)
        elif self._platform == "darwin" or not _has_x11():
            raise SystemKeyFault("press.key_not_here")
        return wanted


def _has_x11() -> bool:
    """Whether the whole screen is X11; under Wayland X11 sees the keys of its own windows only."""
    wayland = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return bool(os.environ.get("DISPLAY")) and not wayland


def _take(platform: str, wanted: Chord, keys: str, moved: Moved) -> _Taken:
    if platform == "win32":
        return _WindowsKey(wanted, moved)
    return _X11Key(wanted, keys, moved)


# -- X11 --------------------------------------------------------------------------------------------------

_KEYSYMS: Final = {
    "Pause": 0xFF13,
    "ScrollLock": 0xFF14,
    "Home": 0xFF50,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "End": 0xFF57,
    "Ins": 0xFF63,
    **{f"F{n}": 0xFFBD + n for n in range(1, 25)},
}
_SHIFT, _LOCK, _CONTROL, _MOD1, _MOD2, _MOD4 = 1, 2, 4, 8, 16, 64
_X_MASKS: Final = {"Shift": _SHIFT, "Ctrl": _CONTROL, "Alt": _MOD1, "Meta": _MOD4}


class _X11Key:
    """A passive grab of one key on the root window."""

    def __init__(self, wanted: Chord, keys: str, moved: Moved) -> None:
        import xcffib
        from xcffib import xproto

        self._x = xcffib
        self._moved = moved
        self._wake_out, self._wake_in = os.pipe()
        try:
            self._connection = xcffib.connect()
            self._core = xproto.xprotoExtension(self._connection)
            self._code = self._key_code(wanted)
            if not self._code:
                raise SystemKeyFault("press.key_unknown", key=keys)
            setup = self._connection.get_setup()
            root = setup.roots[self._connection.pref_screen].root
            mask = sum(_X_MASKS[name] for name in wanted.modifiers)
            # With Caps Lock or Num Lock on it is still the same key.
            for lock in (0, _LOCK, _MOD2, _LOCK | _MOD2):
                self._core.GrabKey(
                    False, root, mask | lock, self._code, xproto.GrabMode.Async, xproto.GrabMode.Async, is_checked=True
                ).check()
        except xproto.AccessError:
            self._close()
            raise SystemKeyFault("press.key_taken", key=keys) from None
        except xcffib.XcffibException:
            self._close()
            raise SystemKeyFault("press.key_not_here") from None
        except SystemKeyFault:
            self._close()
            raise

    def listen(self, stop: threading.Event) -> None:
        """See :class:`_Taken`."""
        down = False
        try:
            while not stop.is_set():
                wait = _LOOK_S if down else None
                select.select([self._connection.get_file_descriptor(), self._wake_out], [], [], wait)
                if down:
                    if not self._is_down():
                        self._pressed()  # repeats that came before it went up
                        down = False
                        self._moved(False)
                elif self._pressed():
                    down = True
                    self._moved(True)
        except self._x.XcffibException:
            pass  # the screen went away, and with it the key
        finally:
            if down:
                self._moved(False)
            self._close()

    def given(self) -> bool:
        """See :class:`_Taken`."""
        return True

    def wake(self) -> None:
        """See :class:`_Taken`."""
        with suppress(OSError):
            os.write(self._wake_in, b".")

    def _pressed(self) -> bool:
        from xcffib import xproto

        found = False
        while (event := self._connection.poll_for_event()) is not None:
            found |= isinstance(event, xproto.KeyPressEvent) and event.detail == self._code
        return found

    def _is_down(self) -> bool:
        keys = self._core.QueryKeymap().reply().keys
        return bool(keys[self._code // 8] >> self._code % 8 & 1)

    def _key_code(self, wanted: Chord) -> int:
        sym = _KEYSYMS.get(wanted.key) or ord(wanted.key.lower())
        setup = self._connection.get_setup()
        count = setup.max_keycode - setup.min_keycode + 1
        table = self._core.GetKeyboardMapping(setup.min_keycode, count).reply()
        first = (place for place, found in enumerate(table.keysyms) if found == sym)
        place = next(first, -1)
        return setup.min_keycode + place // table.keysyms_per_keycode if place >= 0 else 0

    def _close(self) -> None:
        if (connection := getattr(self, "_connection", None)) is not None:
            connection.disconnect()
        for end in (self._wake_out, self._wake_in):
            with suppress(OSError):
                os.close(end)


# -- Windows ----------------------------------------------------------------------------------------------

_VIRTUAL: Final = {
    "Pause": 0x13,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Ins": 0x2D,
    "ScrollLock": 0x91,
    **{f"F{n}": 0x6F + n for n in range(1, 25)},
}
_WIN_MASKS: Final = {"Alt": 1, "Ctrl": 2, "Shift": 4, "Meta": 8}
_NO_REPEAT: Final = 0x4000
_WM_HOTKEY: Final = 0x0312
_WM_QUIT: Final = 0x0012


class _WindowsKey:
    """A hot key. It belongs to the thread that took it, so that thread takes it, listens and gives it back."""

    def __init__(self, wanted: Chord, moved: Moved) -> None:
        self._wanted = wanted
        self._moved = moved
        self._native = 0
        self._asked = threading.Event()
        self._given = False

    def listen(self, stop: threading.Event) -> None:
        """See :class:`_Taken`."""
        if sys.platform != "win32":
            raise NotImplementedError
        import ctypes
        from ctypes import wintypes

        user = ctypes.WinDLL("user32", use_last_error=True)
        self._native = threading.get_native_id()
        key = _VIRTUAL.get(self._wanted.key) or ord(self._wanted.key)
        mask = sum(_WIN_MASKS[name] for name in self._wanted.modifiers)
        self._given = bool(user.RegisterHotKey(None, 1, mask | _NO_REPEAT, key))
        self._asked.set()
        if not self._given:
            return
        try:
            message = wintypes.MSG()
            while not stop.is_set() and user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                if message.message != _WM_HOTKEY:
                    continue
                self._moved(True)
                while user.GetAsyncKeyState(key) & 0x8000 and not stop.wait(_LOOK_S):
                    pass
                self._moved(False)
        finally:
            user.UnregisterHotKey(None, 1)

    def given(self) -> bool:
        """See :class:`_Taken`."""
        return self._asked.wait(_JOIN_S) and self._given

    def wake(self) -> None:
        """See :class:`_Taken`."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.PostThreadMessageW(self._native, _WM_QUIT, 0, 0)
