"""One sentence in a window of its own: a start from the desktop led to nothing, and there is no terminal to say so."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from resources.notices import language
from ui import i18n, parts, theme


class Told(QDialog):
    """The sentence and a button that closes it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sangdam Doumi"))
        self.setAccessibleName(self.windowTitle())
        self.setModal(False)
        parts.open_at(self, 460, 160)
        whole = parts.column(margin=24, gap=16)
        self.setLayout(whole)
        self.words = parts.label(text, wrap=True)
        whole.addWidget(self.words)
        whole.addStretch(1)
        foot = parts.row()
        foot.addStretch(1)
        self.close_button = parts.button(self.tr("Close"), kind="primary")
        self.close_button.clicked.connect(self.close)
        foot.addWidget(self.close_button)
        parts.nest(whole, foot)
        parts.grow_to_text(self)
        self.close_button.setFocus()


def show(text: str) -> None:
    """Show the sentence and stay until it is read. Main thread; no window may be open."""
    app = QApplication.instance() or QApplication(["doumi"])
    if isinstance(app, QApplication):
        i18n.install(app, i18n.chosen_language(language()))
        theme.apply(app)
    Told(text).exec()
