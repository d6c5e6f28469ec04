"""The style sheet, from tokens. 4 px grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Tokens


def sheet(t: Tokens, px: Callable[[int], int], arrow: str, tick: str) -> str:
    """Return the style sheet of one theme at one text size; ``arrow`` and ``tick`` are drawings."""
    return f"""
QWidget {{ font-size: {px(15)}px; color: {t.text}; }}
QMainWindow, QDialog, QWidget#window {{ background: {t.window}; }}
QFrame#pane, QFrame#bar, QFrame#line {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame#bar {{ border-radius: 0; border-width: 0 0 1px 0; }}
QFrame#line {{ border-radius: 0; border-width: 1px 0 0 0; }}
QFrame#line[severity="warning"] {{ background: {t.doubt_soft}; }}
QFrame#line[severity="error"] {{ background: {t.doubt_soft}; border-top: 2px solid {t.doubt}; }}
QFrame#line[severity="info"] {{ background: {t.accent_soft}; }}
QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame#card[current="true"] {{ border: 1px solid {t.accent}; border-left: 4px solid {t.accent}; }}
QFrame#number {{ background: transparent; border: 2px solid transparent; border-radius: 8px; }}
QFrame#number[chosen="true"] {{ background: {t.accent_soft}; border-left-color: {t.accent}; }}
QFrame#number:focus {{ border-color: {t.accent}; }}
QFrame#quiet {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame#crisis {{ background: {t.danger_soft}; border: 1px solid {t.danger}; border-radius: 8px; }}
QFrame#abuse {{ background: {t.doubt_soft}; border: 1px solid {t.doubt}; border-radius: 8px; }}
QFrame#demand {{ background: {t.sunken}; border: 1px solid {t.line}; border-left: 4px solid {t.doubt};
  border-radius: 8px; }}
QFrame#strip {{ background: {t.surface}; border: 2px solid {t.accent}; border-radius: 8px; }}
QFrame#palette {{ background: {t.surface}; border: 2px solid {t.accent}; border-radius: 8px; }}
QFrame#raised {{ background: {t.window}; border: none; }}
QFrame#raised[small="true"] {{ border: 2px solid {t.control}; }}
QFrame#rule {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QLabel {{ background: transparent; }}
QLabel[selectable="true"] {{ border: 2px solid transparent; border-radius: 4px; }}
QLabel[selectable="true"]:focus {{ border-color: {t.accent}; }}
QLabel[role="title"] {{ font-size: {px(16)}px; font-weight: bold; }}
QLabel[role="heading"] {{ font-size: {px(15)}px; font-weight: bold; color: {t.muted}; }}
QLabel[role="hero"] {{ font-size: {px(28)}px; font-weight: bold; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: {px(13)}px; }}
QLabel[role="answer"] {{ font-size: {px(20)}px; }}
QLabel[role="phone"] {{ font-size: {px(20)}px; font-weight: bold; }}
QLabel[role="digits"] {{ font-size: {px(28)}px; font-weight: bold; }}
QLabel[role="doubt"] {{ color: {t.doubt}; font-weight: bold; }}
QLabel[role="danger"] {{ color: {t.danger}; font-weight: bold; }}
QLabel[role="good"] {{ color: {t.good}; font-weight: bold; }}
QLabel[role="tag"] {{ color: {t.accent}; background: {t.accent_soft}; border-radius: 4px; padding: 0 8px;
  font-size: {px(13)}px; }}
QLabel[role="doubt-tag"] {{ color: {t.doubt}; background: {t.doubt_soft}; border-radius: 4px; padding: 0 8px;
  font-size: {px(13)}px; }}
QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 6px;
  padding: 4px 12px; min-height: {px(22)}px; }}
QToolButton {{ padding: 4px 8px; }}
QPushButton, QToolButton {{ qproperty-iconSize: {px(18)}px {px(18)}px; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: {px(14)}px; height: {px(14)}px;
  border: 1px solid {t.control}; border-radius: 3px; background: {t.surface}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {t.accent};
  border-color: {t.accent}; image: url("{tick}"); }}
QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px; border: 1px solid {t.control};
  border-radius: {px(14) // 2 + 1}px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ width: {px(6)}px; height: {px(6)}px; border: {px(4) + 1}px solid {t.accent};
  border-radius: {px(6) // 2 + px(4) + 1}px; background: {t.on_accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {t.accent}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.control}; }}
QPushButton:hover, QToolButton:hover {{ background: {t.accent_soft}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.sunken}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent}; padding: 3px 11px; }}
QToolButton:focus {{ padding: 3px 7px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.control}; border-color: {t.line}; border-style: dashed; }}
QPushButton:checked, QToolButton:checked {{ background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[kind="primary"]:focus {{ border: 1px solid {t.accent}; padding: 4px 12px;
  outline: 2px solid {t.on_accent}; outline-radius: 4px; }}
QPushButton[kind="primary"]:disabled {{ background: {t.sunken}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ border-color: transparent; background: transparent; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked {{ background: {t.accent_soft};
  border-color: {t.accent}; color: {t.accent}; }}
QToolButton[kind="action"] {{ border-color: transparent; background: transparent; padding: 4px 4px; }}
QToolButton[kind="action"]:hover {{ background: {t.accent_soft}; }}
QToolButton[kind="action"]:focus {{ border: 2px solid {t.accent}; padding: 3px 3px; }}
QToolButton[kind="action"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent}; }}
QToolButton[kind="doubt"] {{ color: {t.doubt}; background: {t.doubt_soft}; border: none; border-radius: 4px;
  padding: 0 8px; font-size: {px(13)}px; }}
QToolButton[kind="doubt"]:focus {{ border: 2px solid {t.accent}; padding: 0 6px; }}
QPushButton#hold {{ min-height: {px(44)}px; max-height: {px(44)}px; padding: 0; border: none; }}
QPushButton[kind="hero"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
  font-size: {px(18)}px; font-weight: bold; min-height: {px(40)}px; border-radius: 8px; }}
QPushButton[kind="hero"]:focus {{ border: 1px solid {t.accent}; padding: 4px 12px;
  outline: 2px solid {t.on_accent}; outline-radius: 4px; }}
QPushButton[kind="hero"]:disabled {{ background: {t.sunken}; color: {t.muted}; border-color: {t.line}; }}
QToolButton[kind="chip"] {{ border: 1px solid {t.control}; border-radius: 10px; padding: 0 8px; color: {t.accent};
  font-size: {px(13)}px; min-height: {px(20)}px; }}
QToolButton[kind="chip"]:focus {{ border: 2px solid {t.accent}; padding: 0 7px; }}
QToolButton[kind="chip"]:checked {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QToolButton[kind="chip"]:checked:focus {{ background: {t.accent_soft}; color: {t.accent}; padding: 0 6px;
  border: 3px solid {t.accent}; }}
QPushButton[kind="special"] {{ text-align: left; color: {t.accent}; background: {t.accent_soft}; padding: 4px 8px;
  border-color: transparent; }}
QPushButton[kind="special"]:hover {{ border-color: {t.accent}; }}
QPushButton[kind="special"]:focus {{ border: 2px solid {t.accent}; padding: 3px 7px; }}
QPushButton[kind="tile"] {{ text-align: left; padding: 12px 16px; min-height: {px(32)}px; border-color: {t.control}; }}
QPushButton[kind="tile"]:hover {{ border-color: {t.accent}; }}
QPushButton[kind="tile"]:focus {{ border: 2px solid {t.accent}; padding: 11px 15px; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {t.surface}; border: 1px solid {t.control};
  border-radius: 6px; padding: 0 8px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {t.muted}; }}
QLineEdit, QComboBox, QDateEdit {{ min-height: {px(30)}px; }}
QPlainTextEdit {{ padding: 0 4px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus {{ border: 2px solid {t.accent}; }}
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] {{ background: {t.sunken}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{arrow}"); width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.control}; }}
QListView, QTableView, QTreeView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px;
  alternate-background-color: {t.sunken}; selection-background-color: {t.accent_soft};
  selection-color: {t.text}; outline: none; }}
QListView:focus, QTableView:focus {{ border: 2px solid {t.accent}; }}
QListView#bare {{ border: none; background: transparent; border-radius: 0; }}
QListView#bare:focus {{ border: 2px solid {t.accent}; }}
QTableView {{ padding: 1px; }}
QTableView:focus {{ padding: 0; }}
QTableView::item {{ padding: 4px 8px; border: none; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: 8px; font-size: {px(13)}px; }}
QTableView QHeaderView {{ background: transparent; }}
QTableView QHeaderView::section:horizontal:first {{ border-top-left-radius: 6px; }}
QTableView QHeaderView::section:horizontal:last {{ border-top-right-radius: 6px; }}
QTableView QHeaderView::section:horizontal:only-one {{ border-top-left-radius: 6px; border-top-right-radius: 6px; }}
QTabBar::tab {{ padding: 6px 16px; border: 1px solid {t.line}; border-bottom: none; border-top-left-radius: 6px;
  border-top-right-radius: 6px; background: {t.sunken}; color: {t.muted}; margin-right: 4px; }}
QTabBar::tab:selected {{ background: {t.surface}; color: {t.accent}; border-color: {t.control}; }}
QTabBar::tab:focus {{ border: 2px solid {t.accent}; }}
QScrollArea, QScrollArea > QWidget > QWidget#inside {{ background: transparent; border: none; }}
QScrollArea[reads="true"] {{ border: 2px solid transparent; border-radius: 6px; }}
QScrollArea[reads="true"]:focus {{ border-color: {t.accent}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.control}; border-radius: 4px; min-height: 32px; margin: 0 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {t.control}; border-radius: 4px; min-width: 32px; margin: 2px 0; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
  border: none; width: 0; height: 0; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.accent_soft}; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px; }}
QMenu::item {{ padding: 6px 16px; border-radius: 4px; border: 2px solid transparent; }}
QMenu::item:selected {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px 8px; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {px(22)}px; }}
"""
