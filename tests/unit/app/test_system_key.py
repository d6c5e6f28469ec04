"""The system-wide key: what can be one, and where a system gives none."""

from __future__ import annotations

import pytest

from app.adapters.system_key import Chord, SystemKeyFault, SystemWideKey, chord


@pytest.mark.parametrize(
    ("keys", "key", "modifiers"),
    [
        ("F12", "F12", set()),
        ("ctrl + f12", "F12", {"Ctrl"}),
        ("Ctrl+Alt+e", "E", {"Ctrl", "Alt"}),
        ("Pause", "Pause", set()),
    ],
)
def test_a_key_is_read_as_people_write_it(keys: str, key: str, modifiers: set[str]) -> None:
    assert chord(keys) == Chord(key, frozenset(modifiers))


@pytest.mark.parametrize("keys", ["", "E", "Shift+E", "Ctrl+", "Ctrl", "F25", "Hyper+F1", "가", "F12+F11"])
def test_no_key_is_taken_from_typing(keys: str) -> None:
    with pytest.raises(SystemKeyFault) as raised:
        chord(keys)
    assert raised.value.code == "press.key_unknown"


def test_where_the_system_gives_none_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert SystemWideKey("linux").fault("F12")
    assert SystemWideKey("darwin").fault("F12")
    assert SystemWideKey("win32").fault("F12")
    assert not SystemWideKey("win32").fault("Ctrl+F12")
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    assert not SystemWideKey("linux").fault("F12")
    with pytest.raises(SystemKeyFault):
        SystemWideKey("darwin").grab("F12", lambda _down: None)
