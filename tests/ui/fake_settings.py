"""The settings of a desk in memory: the real fields and checks, no file."""

from __future__ import annotations

from app.policy import Policy
from app.settings import Settings
from app.settings_desk import SettingsForm


class MemorySettings:
    """Stands in for :class:`app.live_settings.LiveSettings`."""

    def __init__(self, settings: Settings | None = None, policy: Policy | None = None, of_the_pc: bool = True) -> None:
        self.settings = settings or Settings()
        self.policy = policy or Policy()
        self.of_the_pc = of_the_pc
        self.stored: list[Settings] = []

    def now(self) -> Settings:
        return self.settings

    def change(self, settings: Settings) -> None:
        self.stored.append(settings)
        self.settings = settings


def form_of(live: MemorySettings) -> SettingsForm:
    """Return the real form over settings in memory."""
    return SettingsForm(live, live.change)
