"""The sound check before calls: which microphone, where the caller's voice comes from, and whether both are heard."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui import guide, parts
from ui.jobs import Job
from ui.ports import DeskServices
from ui.sound_panel import SoundPanel


class SoundCheckDialog(QDialog):
    """Devices, level meters for both sides, and a clear sentence for what is wrong. Never opened in a call."""

    chosen = Signal(object)
    """DeviceChoice that was stored."""

    def __init__(self, services: DeskServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Sound check"))
        self.setAccessibleName(self.tr("Sound check"))
        parts.open_at(self, 640, 520)
        whole = parts.column(margin=24, gap=12)
        self.setLayout(whole)
        parts.nest(whole, guide.headed(self.tr("Sound check"), "sound_check"))
        whole.addWidget(
            parts.label(self.tr("Say a sentence, and let the caller's side play something."), "muted", wrap=True)
        )
        self.panel = SoundPanel(services)
        self.panel.grew.connect(lambda: QTimer.singleShot(0, self, lambda: parts.grow_to_text(self)))
        self.words, self.meters, self.sides = self.panel.words, self.panel.meters, self.panel.sides
        self.agent, self.caller = self.panel.agent, self.panel.caller
        whole.addWidget(self.panel)
        self.agent.setFocus()
        whole.addStretch(1)
        buttons = parts.row()
        self.again = parts.button(self.tr("Look for devices again"), "retry")
        self.again.clicked.connect(self.panel.look)
        self.store = parts.button(self.tr("Use these"), "check", kind="primary")
        self.store.clicked.connect(self._store)
        cancel = parts.button(self.tr("Cancel"))
        cancel.clicked.connect(self.close)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.store)
        parts.nest(whole, buttons)
        self.panel.look()

    @Slot()
    def _store(self) -> None:
        choice = self.panel.choice()
        Job(self.parent() or self, lambda: self._services.store_choice(choice)).start()
        self.chosen.emit(choice)
        self.close()

    def done(self, result: int) -> None:
        self.panel.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.panel.stop()
        super().closeEvent(event)
