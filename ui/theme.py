"""Tokens of the look, the Korean typeface, and their way into Qt.

One set of tokens a theme: neutral greys, one quiet accent, red only for danger to a person, amber for doubt.
Text reads at 7:1 and controls at 3:1 in all three. The theme in use is kept in the application object.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from resources import path
from ui.stylesheet import sheet

BODY: Final = 15
ANSWER: Final = 20
DIGITS: Final = 28
LINE_HEIGHT: Final = 1.5
SCALES: Final = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
THEMES: Final = ("light", "dark", "contrast")
_FALLBACK_FAMILIES: Final = ("Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme, ``#rrggbb``."""

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    """Quiet separators; carries no meaning alone."""
    control: str
    """Outline of controls, 3:1 on surface."""
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    on_danger: str
    danger_soft: str
    doubt: str
    doubt_soft: str
    good: str
    mark: str
    """Ground of highlighted words."""
    agent: str
    """Ground of the counsellor's lines."""


LIGHT: Final = Tokens(
    window="#eff1f3",
    surface="#ffffff",
    sunken="#f5f6f8",
    text="#1b1f23",
    muted="#454b52",
    line="#d9dde1",
    control="#7d858d",
    accent="#1b4d84",
    on_accent="#ffffff",
    accent_soft="#e3ecf6",
    danger="#93150d",
    on_danger="#ffffff",
    danger_soft="#fbeae8",
    doubt="#5f4000",
    doubt_soft="#fdf2d5",
    good="#17542f",
    mark="#fdeeb5",
    agent="#e9f0f8",
)
DARK: Final = Tokens(
    window="#131518",
    surface="#1d2024",
    sunken="#181b1e",
    text="#eceff1",
    muted="#bec5cb",
    line="#343a40",
    control="#7f8890",
    accent="#9cc5f0",
    on_accent="#0c1722",
    accent_soft="#21344a",
    danger="#ffb4ab",
    on_danger="#3b0602",
    danger_soft="#43201d",
    doubt="#f3cf82",
    doubt_soft="#3a3018",
    good="#9adbb0",
    mark="#544716",
    agent="#22303f",
)
CONTRAST: Final = Tokens(
    window="#000000",
    surface="#000000",
    sunken="#000000",
    text="#ffffff",
    muted="#f0f0f0",
    line="#ffffff",
    control="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    accent_soft="#1c1c00",
    danger="#ffb3ab",
    on_danger="#000000",
    danger_soft="#2b0000",
    doubt="#ffd166",
    doubt_soft="#241a00",
    good="#8dffb0",
    mark="#4a3d00",
    agent="#10202e",
)
_TOKENS: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


@dataclass(frozen=True, slots=True)
class Theme:
    """Tokens and text size in use."""

    name: str
    tokens: Tokens
    scale: float
    family: str

    def px(self, at_100: int) -> int:
        """Return a type size in pixels at the chosen text size."""
        return round(at_100 * self.scale)

    def font(self, at_100: int = BODY, *, bold: bool = False, tabular: bool = False) -> QFont:
        """Return a font of the desk's family; ``tabular`` gives every digit the same width."""
        font = QFont(self.family)
        font.setPixelSize(self.px(at_100))
        font.setBold(bold)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, token: str) -> QColor:
        """Return a token as a colour."""
        return QColor(getattr(self.tokens, token))


def tokens_of(name: str) -> Tokens:
    """Return the tokens of a theme; an unknown name gives the light one."""
    return _TOKENS.get(name, LIGHT)


def load_family() -> str:
    """Register the bundled Korean typeface and return the family to use.

    Falls back to a Korean family of the system where the package is missing. Main thread.
    """
    if find_spec("pylopdf_fonts_ko") is not None:
        from pylopdf_fonts_ko import sans_path

        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(sans_path())))
        if families:
            return families[0]
    installed = set(QFontDatabase.families())
    return next((name for name in _FALLBACK_FAMILIES if name in installed), QFont().family())


def apply(app: QApplication, name: str = "light", scale: float = 1.0) -> Theme:
    """Dress the application: Fusion, palette, typeface and a small style sheet."""
    before = app.property("doumi_theme")
    family = before.family if isinstance(before, Theme) else load_family()
    theme = Theme(name if name in _TOKENS else "light", tokens_of(name), scale, family)
    app.setProperty("doumi_theme", theme)
    if before is None:
        app.setWindowIcon(QIcon(str(path("icons/doumi.svg"))))
        app.setDesktopFileName("doumi")  # how the system finds the entry and the icon of the running program
    if before == theme:
        return theme
    if not isinstance(before, Theme):
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(theme.tokens))
    app.setFont(theme.font())
    ground = "light" if theme.name == "light" else "dark"
    arrow, tick = (path(f"icons/{name}-on-{ground}.svg").as_posix() for name in ("down", "check"))
    app.setStyleSheet(sheet(theme.tokens, theme.px, arrow, tick))
    return theme


def next_scale(scale: float, step: int) -> float:
    """Return the text size so many steps from ``scale``, which counts as the next smaller of :data:`SCALES`."""
    places = [place for place, one in enumerate(SCALES) if one <= scale + 0.001]
    return SCALES[max(0, min(len(SCALES) - 1, (places[-1] if places else 0) + step))]


def current() -> Theme:
    """Return the theme in use; the light one before :func:`apply`."""
    app = QApplication.instance()
    held = app.property("doumi_theme") if app is not None else None
    return held if isinstance(held, Theme) else Theme("light", LIGHT, 1.0, QFont().family())


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.window,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.surface,
        QPalette.ColorRole.AlternateBase: t.sunken,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.Button: t.surface,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.ToolTipBase: t.surface,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.BrightText: t.danger,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.control))
    return palette
