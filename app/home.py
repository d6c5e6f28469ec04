"""Where this desk keeps its files.

``DOUMI_HOME`` names the folder of data when set, else the user's data folder. Models are shared by all
homes of a user (they hold nothing personal): ``DOUMI_MODELS`` when set, else ``models`` in the user's data folder.

Counsellors who share a PC have a profile each: its key, records, sound and settings lie in a folder of its own, all
else is shared. The default profile's folder is ``personal``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import platformdirs

DEFAULT_PROFILE: Final = "default"
"""Id of the profile that every home has."""


def _no_pin() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one desk. Creating it touches no disk."""

    root: Path
    models: Path
    profile: str = DEFAULT_PROFILE
    """Whose records the paths below name."""
    pin: Callable[[], str] = field(default=_no_pin, repr=False, compare=False)
    """Asks for the profile's PIN, where its key needs one."""

    @classmethod
    def from_environment(cls) -> Home:
        """Return the home that the environment names."""
        user = Path(platformdirs.user_data_dir("doumi", appauthor=False))
        root = Path(os.environ["DOUMI_HOME"]) if os.environ.get("DOUMI_HOME") else user
        models = Path(os.environ["DOUMI_MODELS"]) if os.environ.get("DOUMI_MODELS") else user / "models"
        return cls(root=root, models=models)

    def of_profile(self, ident: str, pin: Callable[[], str] = _no_pin) -> Home:
        """Return this home as the profile ``ident`` sees it."""
        return replace(self, profile=ident, pin=pin)

    @property
    def profiles(self) -> Path:
        """Folders of all profiles but the default one."""
        return self.root / "profiles"

    @property
    def profile_list(self) -> Path:
        """Names and roles of the profiles; no secret."""
        return self.root / "profiles.json"

    @property
    def personal(self) -> Path:
        """What belongs to this profile alone."""
        return self.root / "personal" if self.profile == DEFAULT_PROFILE else self.profiles / self.profile

    @property
    def own_settings(self) -> Path | None:
        """This profile's own preferences, over the settings of the PC; None: they are the settings of the PC."""
        return None if self.profile == DEFAULT_PROFILE else self.personal / "settings.json"

    @property
    def pin_tries(self) -> Path:
        """Wrong PINs given for this profile."""
        return self.personal / "pin-tries.json"

    @property
    def kb(self) -> Path:
        """Generations of the knowledge DB: public, plain."""
        return self.root / "kb"

    @property
    def releases(self) -> Path:
        """Signed lists of releases as seen last, and how the last sync went. Outlives the generations."""
        return self.root / "releases"

    @property
    def release_keys(self) -> Path:
        """Keys of the DB team, where they are not told to lie elsewhere. Desks have none."""
        return self.root / "release-keys"

    @property
    def personal_db(self) -> Path:
        """The encrypted personal database."""
        return self.personal / "personal.db"

    @property
    def sound(self) -> Path:
        """Encrypted sound journals, a folder a call."""
        return self.personal / "sound"

    @property
    def file_key(self) -> Path:
        """The key file of the file-key mode, used only where the system has no keyring."""
        return self.personal / "desk.key"

    @property
    def outbox(self) -> Path:
        """Sealed packs that wait for delivery, of all profiles: whichever is open delivers them."""
        return self.root / "personal" / "outbox"

    @property
    def qa_outbox(self) -> Path:
        """Drawn calls of this profile, sealed for the trainers, that wait for delivery."""
        return self.personal / "qa-outbox"

    @property
    def packages(self) -> Path:
        """Session packages that this profile fetched; sealed."""
        return self.personal / "packages"

    @property
    def practice_team(self) -> Path:
        """The example team of practice calls: key pair and inbox folder."""
        return self.root / "practice-team"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.json"

    @property
    def logs(self) -> Path:
        """Log files: no speech, names or numbers."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """Lock file and socket name of the one running desk."""
        return self.root / "desk.lock"
