"""Links on macOS: the program's bundle names them in its ``Info.plist``, and the system does the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.errors import StartFault


class Bundle:
    """Fills :class:`app.link_side.LinkRegistrar`. Not run on the build machine."""

    def register(self, command: Sequence[str]) -> None:
        """Nothing to do in a bundle; elsewhere the system takes no handler. Raises StartFault."""
        if not _in_bundle():
            raise StartFault("links.by_bundle")

    def unregister(self) -> None:
        """Refuse: links go when the bundle goes. Raises StartFault."""
        raise StartFault("links.by_bundle")

    def follows(self, command: Sequence[str]) -> bool | None:
        """Return whether this program is a bundle."""
        return True if _in_bundle() else None


def _in_bundle() -> bool:
    return bool(getattr(sys, "frozen", False)) and ".app/Contents/" in sys.executable
