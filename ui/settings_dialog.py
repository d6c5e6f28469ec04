"""What the counsellor may set. Thin: one form over :class:`ui.ports.Preferences`."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QKeySequenceEdit,
    QLineEdit,
    QWidget,
)

from ui import parts
from ui.ports import Preferences, SystemKey
from ui.theme import SCALES


class SettingsDialog(QDialog):
    """Changes take effect when saved; the language at the next start of the desk."""

    saved = Signal(object)
    """Preferences."""
    holdings_asked = Signal()
    """What this PC keeps is wanted."""

    def __init__(
        self, preferences: Preferences, parent: QWidget | None = None, *, system_key: SystemKey | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._system_key = system_key
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        parts.open_at(self, 680, 600)
        whole = parts.column(margin=24, gap=16)
        self.setLayout(whole)
        whole.addWidget(parts.label(self.tr("Settings"), "hero"))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        whole.addLayout(form)
        self.language = self._combo((("ko", "한국어"), ("en", "English")), preferences.language)
        self.theme = self._combo(
            (
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ),
            preferences.theme,
        )
        self.scale = self._combo([(scale, f"{scale * 100:.0f} %") for scale in SCALES], preferences.text_scale)
        self.dial = self._combo(
            (
                ("quiet", self.tr("Quiet: only what is sure")),
                ("normal", self.tr("Normal: candidates folded away")),
                ("active", self.tr("Active: candidates shown")),
            ),
            preferences.dial,
        )
        self.speak = QCheckBox(self.tr("Speak practice calls where a Korean voice exists"))
        self.speak.setChecked(preferences.speak_practice)
        self.speak.setAccessibleName(self.speak.text())
        self.strip = QCheckBox(self.tr("Show a small strip above other programs in a call"))
        self.strip.setChecked(preferences.strip)
        self.strip.setAccessibleName(self.strip.text())
        self.key_edit = QKeySequenceEdit(QKeySequence(preferences.system_key))
        self.key_edit.setMaximumSequenceLength(1)
        self.key_edit.setClearButtonEnabled(True)
        self.key_edit.keySequenceChanged.connect(self._look_at_key)
        self.key_fault = parts.label("", "small", wrap=True)
        key_column = parts.column(gap=4)
        key_column.addWidget(self.key_edit)
        key_column.addWidget(self.key_fault)
        self.folder = QLineEdit(preferences.escalation_folder)
        self.url = QLineEdit(preferences.escalation_url)
        self.url.setPlaceholderText("https://")
        browse = parts.tool("folder", self.tr("Choose a folder"), kind="")
        browse.clicked.connect(self._browse)
        folder_row = parts.row(gap=4)
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(browse)
        self.key = QLineEdit(preferences.team_key)
        pick = parts.tool("file", self.tr("Choose the key file"), kind="")
        pick.clicked.connect(self._pick_key)
        pick.setEnabled("team_key" not in preferences.locked)
        key_row = parts.row(gap=4)
        key_row.addWidget(self.key, 1)
        key_row.addWidget(pick)
        self._rows = {
            "language": (self.tr("Language (from the next start)"), self.language),
            "theme": (self.tr("Look"), self.theme),
            "text_scale": (self.tr("Text size"), self.scale),
            "dial": (self.tr("How answers are offered"), self.dial),
            "speak_practice": (self.tr("Practice"), self.speak),
            "strip": (self.tr("While you use other programs"), self.strip),
            "system_key": (self.tr("Key that hands over anywhere (in a call, held)"), self.key_edit),
            "escalation_folder": (self.tr("Folder of the dedicated team"), self.folder),
            "team_key": (self.tr("Key of the dedicated team (team.pub)"), self.key),
            "escalation_url": (self.tr("Address of the dedicated team"), self.url),
        }
        rows = {"escalation_folder": folder_row, "team_key": key_row, "system_key": key_column}
        for key, (name, widget) in self._rows.items():
            if not widget.accessibleName():
                widget.setAccessibleName(name)
            locked = key in preferences.locked
            widget.setEnabled(not locked)
            shown = self.tr("{name} (set by the site)").format(name=name) if locked else name
            label = parts.label(shown)
            form.addRow(label, rows.get(key, widget))  # type: ignore[arg-type]
        capture = {
            "hidden": self.tr("These windows stay out of screenshots and shared screens."),
            "shown": self.tr("These windows can be captured and shared, as the site decided."),
        }.get(preferences.capture, self.tr("This system cannot keep windows out of screenshots and shared screens."))
        self.capture = parts.label(capture, "small", wrap=True)
        form.addRow(parts.label(self.tr("Screen capture")), self.capture)
        browse.setEnabled("escalation_folder" not in preferences.locked)
        self._look_at_key()
        self.fault = parts.label("", "doubt", wrap=True)
        whole.addWidget(self.fault)
        whole.addStretch(1)
        buttons = parts.row()
        self.holdings = parts.button(self.tr("Recording and how long it is kept"), "lock", kind="quiet")
        self.holdings.clicked.connect(self.holdings_asked)
        buttons.addWidget(self.holdings)
        buttons.addStretch(1)
        cancel = parts.button(self.tr("Cancel"))
        cancel.clicked.connect(self.close)
        self.save = parts.button(self.tr("Save"), "check", kind="primary")
        self.save.clicked.connect(self._save)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        whole.addLayout(buttons)

    def _combo(self, choices: object, value: object) -> QComboBox:
        combo = QComboBox()
        for data, text in choices:  # type: ignore[attr-defined]
            combo.addItem(text, data)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        return combo

    def preferences(self) -> Preferences:
        """Return what the form says."""
        return replace(
            self._preferences,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            text_scale=self.scale.currentData(),
            dial=self.dial.currentData(),
            speak_practice=self.speak.isChecked(),
            strip=self.strip.isChecked(),
            system_key=self.key_edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText),
            escalation_folder=self.folder.text().strip(),
            escalation_url=self.url.text().strip(),
            team_key=self.key.text().strip(),
        )

    def say(self, text: str) -> None:
        """Show why saving failed; the dialog stays open."""
        self.fault.setText(text)

    @Slot()
    def _save(self) -> None:
        address = self.url.text().strip()
        if address and not address.startswith("https://"):
            self.say(self.tr("The address must begin with https://."))
            return
        self.saved.emit(self.preferences())

    @Slot()
    def _look_at_key(self) -> None:
        """Say at once why a key cannot be had; nothing else happens."""
        keys = self.key_edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        fault = self._system_key.fault(keys) if self._system_key is not None and keys else ""
        self.key_fault.setText(fault)
        self.key_fault.setVisible(bool(fault))

    @Slot()
    def _pick_key(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose the key file"), self.key.text(), self.tr("Public keys (*.pub);;All files (*)")
        )
        if name:
            self.key.setText(name)

    @Slot()
    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.folder.text())
        if folder:
            self.folder.setText(folder)
