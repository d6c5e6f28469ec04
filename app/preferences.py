"""The counsellor's preferences as part of the settings file. Fills :class:`ui.preference_ports.PreferenceStore`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from app.settings import DeskSettings, EscalationSettings, Settings, SettingsFault, language_is_given
from assist.settings import Dial
from ui.preference_ports import Preferences


class SettingsPreferences:
    """Reads and writes preferences. Thread: Qt main."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        change: Callable[[Settings], None],
        locked: Callable[[], tuple[str, ...]] = lambda: (),
        can_hide: bool = False,
    ) -> None:
        """Join the parts.

        Args:
            settings: The settings as they are now.
            change: Stores new settings; raises SettingsFault.
            locked: Names of preferences that cannot be changed here.
            can_hide: Whether the system can keep windows out of screen captures.
        """
        self._settings = settings
        self._change = change
        self._locked = locked
        self._can_hide = can_hide

    def load(self) -> Preferences:
        """See :class:`ui.preference_ports.PreferenceStore`."""
        settings = self._settings()
        return Preferences(
            language=settings.language,
            theme=settings.desk.theme,
            text_scale=settings.desk.text_scale,
            dial=settings.assist.dial.value,
            speak_practice=settings.desk.speak_practice,
            layout=settings.desk.layout,
            captions_only=settings.desk.captions_only,
            announce=settings.desk.announce,
            announce_device=settings.desk.announce_device,
            announce_side=settings.desk.announce_side,
            keys=dict(settings.desk.keys),
            introduced=settings.desk.introduced,
            tour=settings.desk.tour,
            escalation_folder=str(settings.escalation.folder or ""),
            escalation_url=settings.escalation.https_url,
            team_key=str(settings.escalation.team_key or ""),
            strip=settings.protection.strip,
            system_key=settings.protection.system_key,
            capture="unavailable" if not self._can_hide else "hidden" if settings.desk.hide_from_capture else "shown",
            locked=(*self._locked(), *(("language",) if language_is_given() else ())),
        )

    def store(self, preferences: Preferences) -> None:
        """See :class:`ui.preference_ports.PreferenceStore`.

        Raises:
            SettingsFault: A value cannot be used.
        """
        old = self._settings()
        folder = _existing(preferences.escalation_folder, "cli.folder_missing", Path.is_dir)
        team_key = _existing(preferences.team_key, "cli.file_missing", Path.is_file)
        try:
            escalation = EscalationSettings(
                folder=folder,
                https_url=preferences.escalation_url,
                ca_file=old.escalation.ca_file,
                upload=old.escalation.upload,
                proxy=old.escalation.proxy,
                team_key=team_key,
            )
        except ValidationError:
            raise SettingsFault("cli.https_needed") from None
        desk = DeskSettings.model_validate(
            {
                "theme": preferences.theme,
                "text_scale": preferences.text_scale,
                "speak_practice": preferences.speak_practice,
                "hide_from_capture": old.desk.hide_from_capture,
                "layout": preferences.layout,
                "captions_only": preferences.captions_only,
                "announce": preferences.announce,
                "announce_device": preferences.announce_device,
                "announce_side": preferences.announce_side,
                "keys": preferences.keys,
                "introduced": preferences.introduced,
                "tour": preferences.tour,
                "counsellor_code": old.desk.counsellor_code,
            }
        )
        assist = old.assist.model_copy(update={"dial": Dial(preferences.dial)})
        protection = old.protection.model_copy(
            update={"strip": preferences.strip, "system_key": preferences.system_key}
        )
        changed = {
            "protection": protection,
            "language": preferences.language,
            "desk": desk,
            "assist": assist,
            "escalation": escalation,
        }
        self._change(old.model_copy(update=changed))


def _existing(text: str, code: str, is_there: Callable[[Path], bool]) -> Path | None:
    if not text.strip():
        return None
    path = Path(text.strip()).expanduser()
    if not is_there(path):
        raise SettingsFault(code, path=str(path))
    return path
