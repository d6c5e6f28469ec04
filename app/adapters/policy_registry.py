"""Group policy values of Windows. Elsewhere there are none."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from app.policy import REGISTRY_KEY


def group_policy() -> Mapping[str, object]:
    """Return the values under the policy key of the machine by name; a key below it is a list named as the key is.

    Nothing is raised: a key that cannot be read sets nothing.
    """
    if sys.platform != "win32":
        return {}
    import winreg  # only there

    try:
        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        ) as key:
            return read_key(winreg, key)
    except OSError:
        return {}


def read_key(registry: object, key: object) -> dict[str, object]:
    """Return the values of an open key; ``registry`` is the ``winreg`` module, or what a test puts in its place."""
    counted = registry.QueryInfoKey(key)  # type: ignore[attr-defined]
    found: dict[str, object] = {}
    for index in range(counted[1]):
        name, value, _kind = registry.EnumValue(key, index)  # type: ignore[attr-defined]
        found[name] = tuple(value) if isinstance(value, list) else value
    for index in range(counted[0]):
        name = registry.EnumKey(key, index)  # type: ignore[attr-defined]
        with registry.OpenKey(key, name) as below:  # type: ignore[attr-defined]
            listed = dict(registry.EnumValue(below, at)[:2] for at in range(registry.QueryInfoKey(below)[1]))  # type: ignore[attr-defined]
        found[name] = tuple(listed[one] for one in sorted(listed, key=_place))
    return found


def _place(name: str) -> tuple[int, str]:
    """Sort 1, 2, 10 as numbers, other names behind them."""
    return (int(name), "") if name.isdecimal() else (sys.maxsize, name)
