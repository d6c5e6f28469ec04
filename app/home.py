"""Where this desk keeps its files.

``DOUMI_HOME`` names the folder of data when set, else the user's data folder. Models are shared by all
homes of a user (they hold nothing personal): ``DOUMI_MODELS`` when set, else ``models`` in the user's data folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one desk. Creating it touches no disk."""

    root: Path
    models: Path

    @classmethod
    def from_environment(cls) -> Home:
        """Return the home that the environment names."""
        user = Path(platformdirs.user_data_dir("doumi", appauthor=False))
        root = Path(os.environ["DOUMI_HOME"]) if os.environ.get("DOUMI_HOME") else user
        models = Path(os.environ["DOUMI_MODELS"]) if os.environ.get("DOUMI_MODELS") else user / "models"
        return cls(root=root, models=models)

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
        return self.root / "personal" / "personal.db"

    @property
    def sound(self) -> Path:
        """Encrypted sound journals, a folder a call."""
        return self.root / "personal" / "sound"

    @property
    def file_key(self) -> Path:
        """The key file of the file-key mode, used only where the system has no keyring."""
        return self.root / "personal" / "desk.key"

    @property
    def outbox(self) -> Path:
        """Sealed packs that wait for delivery."""
        return self.root / "personal" / "outbox"

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
