"""What stands in place of the desk when its key cannot be had: what happened, what is safe, what can be done.

It comes before the desk, so it may be a dialog; nothing on it touches what is saved but the organisation's recovery,
which adds a way in and removes none that works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from resources.notices import Fault
from ui import i18n, parts, theme
from ui.jobs import Job
from ui.preference_ports import Preferences

Recover = Callable[[Path, Path | None], None]
"""Opens the home with a recovery identity and, perhaps, an exported wrap. Blocks; raises Fault."""

RECOVERABLE = ("keys.absent", "keys.wrong", "keys.unavailable", "keys.marker_broken", "store.not_opened")
"""Troubles that the organisation's recovery key can end."""


@dataclass(frozen=True, slots=True)
class KeyTrouble:
    """Why the desk cannot open."""

    code: str
    """Notice code of the fault, ``keys.locked``."""
    sentence: str
    """The fault's own sentence, in the language of the desk."""
    folder: Path
    """The home."""
    keyring: str = ""
    """Name of the keyring in question; empty where there is none."""


class Choice(StrEnum):
    """What the person wants."""

    AGAIN = "again"
    ELSEWHERE = "elsewhere"
    QUIT = "quit"


class KeyPage(QDialog):
    """One trouble on a page. Main thread."""

    def __init__(self, trouble: KeyTrouble, recover: Recover, parent: QWidget | None = None) -> None:
        """Show ``trouble``; ``recover`` runs on a worker thread."""
        super().__init__(parent)
        self.choice = Choice.QUIT
        self.folder: Path | None = None
        self._trouble = trouble
        self._recover = recover
        title, happened, steps = self._words(trouble)
        self.setWindowTitle(self.tr("The desk cannot be opened"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(happened)
        whole = parts.column(margin=24, gap=12)
        self.setLayout(whole)
        self.title = parts.label(title, "title", wrap=True)
        self.happened = parts.label(happened, wrap=True)
        self.safe = parts.label(
            self.tr("Nothing was changed or deleted. The saved calls lie on this PC as they were."), "good", wrap=True
        )
        for one in (self.title, self.happened, self.safe):
            whole.addWidget(one)
        whole.addWidget(parts.label(self.tr("What can be done"), "heading"))
        self.steps = parts.label("\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)), wrap=True)
        whole.addWidget(self.steps)
        self.place = parts.label(self.tr("Folder: {path}").format(path=trouble.folder), "small", wrap=True)
        parts.selectable(self.place)
        whole.addWidget(self.place)
        self.outcome = parts.label("", "doubt", wrap=True)
        self.outcome.hide()
        whole.addWidget(self.outcome)
        whole.addStretch(1)
        self.again = parts.button(self.tr("Try again"), kind="primary")
        self.again.clicked.connect(lambda: self._leave(Choice.AGAIN))
        self.recover = parts.button(self.tr("Recover with the organisation's key…"))
        self.recover.clicked.connect(self._ask_recovery)
        self.recover.setVisible(trouble.code in RECOVERABLE)
        self.elsewhere = parts.button(self.tr("Work in another folder…"))
        self.elsewhere.clicked.connect(self._ask_folder)
        self.quit = parts.button(self.tr("Quit"), kind="quiet")
        self.quit.clicked.connect(self.reject)
        buttons = parts.row(gap=8)
        buttons.addWidget(self.quit)
        buttons.addStretch(1)
        for one_button in (self.elsewhere, self.recover, self.again):
            buttons.addWidget(one_button)
        parts.nest(whole, buttons)
        self.again.setDefault(True)
        self.again.setFocus()
        parts.open_at(self, 720, 360)
        parts.grow_to_text(self)

    def _words(self, trouble: KeyTrouble) -> tuple[str, str, tuple[str, ...]]:
        """Return title, what happened and the steps, in plain words."""
        recover = self.tr("Press ‘Recover with the organisation's key’ together with your IT desk.")
        call_it = self.tr("Call your IT desk and read out the sentence above.")
        elsewhere = self.tr("To take calls meanwhile, press ‘Work in another folder’. It begins empty.")
        match trouble.code:
            case "keys.locked":
                return (
                    self.tr("The keyring is locked"),
                    self.tr("The key of the saved calls lies in the keyring of this PC, and the keyring is locked."),
                    (self.tr("Unlock the keyring with your login password, then press ‘Try again’."), elsewhere),
                )
            case "keys.absent":
                return (
                    self.tr("The key of the saved calls is missing"),
                    self.tr(
                        "There are saved calls here, but the keyring no longer has their key. No new key was made."
                    ),
                    (
                        self.tr("If you logged in as another user, log in as yourself and press ‘Try again’."),
                        recover,
                        elsewhere,
                    ),
                )
            case "keys.wrong" | "store.not_opened":
                return (
                    self.tr("The key does not fit the saved calls"),
                    self.tr("A key was found, but it is not the one these calls were saved with."),
                    (
                        self.tr("If the folder was copied from another PC, open it there."),
                        recover,
                        elsewhere,
                    ),
                )
            case "keys.unavailable":
                return (
                    self.tr("The keyring does not answer"),
                    self.tr("The key of the saved calls lies in the keyring of this PC, and no keyring answers now."),
                    (
                        self.tr("Log out and in again, then press ‘Try again’."),
                        recover,
                        elsewhere,
                    ),
                )
            case "keys.refused":
                return (
                    self.tr("This keyring is not safe"),
                    self.tr(
                        "The keyring set up here would keep the key readable by anyone, so it is not used: {name}"
                    ).format(name=trouble.keyring),
                    (self.tr("Have the system's own keyring set up, then press ‘Try again’."), call_it, elsewhere),
                )
            case "keys.marker_broken":
                return (
                    self.tr("The key file is damaged"),
                    self.tr("The file that says where the key is (key.json) and its copy cannot be read."),
                    (
                        self.tr("If there is a backup of key.json, put it back and press ‘Try again’."),
                        recover,
                        elsewhere,
                    ),
                )
            case "keys.turning" | "keys.turn_stopped":
                return (
                    self.tr("A change of the key is not finished"),
                    trouble.sentence,
                    (self.tr("Press ‘Try again’: the change goes on where it stopped."), call_it, elsewhere),
                )
        return self.tr("The key of the saved calls cannot be had"), trouble.sentence, (call_it, elsewhere)

    def _leave(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("An empty folder for a new desk"))
        if not chosen:
            return
        folder = Path(chosen)
        if any(folder.iterdir()):
            self._say(self.tr("This folder is not empty. Choose or make an empty one."))
            return
        self.folder = folder
        self._leave(Choice.ELSEWHERE)

    def _ask_recovery(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The organisation's recovery key (recovery.key)"))
        if not chosen:
            return
        exported: Path | None = None
        if self._trouble.code == "keys.marker_broken":
            wrap, _ = QFileDialog.getOpenFileName(self, self.tr("This desk's recovery file from the safe"))
            if not wrap:
                return
            exported = Path(wrap)
        self._working(True)
        self._say(self.tr("Opening with the recovery key…"))
        job = Job(self, lambda: self._recover(Path(chosen), exported))
        job.on_success(lambda _none: self._leave(Choice.AGAIN)).on_failure(self._failed).start()

    def _failed(self, error: Exception) -> None:
        self._working(False)
        self._say(str(error) if isinstance(error, Fault) else self.tr("That did not work. Call your IT desk."))

    def _working(self, working: bool) -> None:
        for one in (self.again, self.recover, self.elsewhere):
            one.setEnabled(not working)

    def _say(self, text: str) -> None:
        self.outcome.setText(text)
        self.outcome.setAccessibleName(text)
        self.outcome.show()
        parts.grow_to_text(self)


def ask(
    trouble: KeyTrouble, recover: Recover, preferences: Preferences, language: str = ""
) -> tuple[Choice, Path | None]:
    """Show the page and wait; returns what the person wants and the new folder, where that is wanted. Main thread."""
    app = QApplication.instance() or QApplication(["doumi"])
    if isinstance(app, QApplication):
        i18n.install(app, language or i18n.chosen_language(preferences.language))
        theme.apply(app, preferences.theme, preferences.text_scale)
    page = KeyPage(trouble, recover)
    page.exec()
    return page.choice, page.folder
