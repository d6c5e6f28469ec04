"""What a screen reader is told of every control: name, role, state; and what is drawn, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from tests.ui.walk.widgets import controls, is_inner, named, visible

Role = QAccessible.Role
ROLES: tuple[tuple[type[QWidget], tuple[Role, ...]], ...] = (
    (QCheckBox, (Role.CheckBox,)),
    (QRadioButton, (Role.RadioButton,)),
    (QPushButton, (Role.Button, Role.CheckBox, Role.ButtonMenu)),
    (QToolButton, (Role.Button, Role.CheckBox, Role.ButtonMenu, Role.ButtonDropDown, Role.RadioButton)),
    (QAbstractButton, (Role.Button, Role.CheckBox)),
    (QComboBox, (Role.ComboBox,)),
    (QAbstractSpinBox, (Role.SpinBox,)),
    (QLineEdit, (Role.EditableText,)),
    (QPlainTextEdit, (Role.EditableText,)),
    (QTabBar, (Role.PageTabList,)),
    (QHeaderView, (Role.Table, Role.List, Role.Tree)),
    (QAbstractItemView, (Role.List, Role.Table, Role.Tree)),
)


def faults(window: QWidget) -> list[str]:
    """Return every control without a name or with a role or state that says something else than the screen does."""
    found = (
        [f"{named(window)}: the window has no name"] if not (window.accessibleName() and window.windowTitle()) else []
    )
    for widget in controls(window):
        found += [f"{named(widget)}: {fault}" for fault in _faults_of(widget)]
    found += [f"{named(widget)}: drawn, without words" for widget in _drawn(window)]
    return found


def _faults_of(widget: QWidget) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return ["nothing for a screen reader"]
    found = []
    name = interface.text(QAccessible.Text.Name)
    if not name.strip():
        found.append("no name")
    if len(name) > 120 and not isinstance(widget, QLabel):
        found.append(f"a name of {len(name)} letters")
    wanted = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
    if wanted is not None and interface.role() not in wanted:
        found.append(f"role {interface.role().name}")
    is_ours = type(widget).__module__.startswith("ui.")
    if wanted is None and is_ours and interface.role() in (Role.NoRole, Role.Client):
        found.append(f"takes the focus as {interface.role().name}")
    state = interface.state()
    if bool(state.disabled) == widget.isEnabled():
        found.append("disabled said wrongly")
    if bool(state.invisible):
        found.append("said to be invisible")
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not state.focusable and widget.isEnabled():
        found.append("not said to take the focus")
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        if not state.checkable:
            found.append("not said to be checkable")
        if bool(state.checked) != widget.isChecked():
            found.append("checked said wrongly")
    if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password and not state.passwordEdit:
        found.append("not said to be a PIN")
    if isinstance(widget, QLineEdit | QPlainTextEdit) and bool(state.readOnly) != widget.isReadOnly():
        found.append("read-only said wrongly")
    return found


def _drawn(window: QWidget) -> list[QWidget]:
    """Return what is painted by our own hand and has no words."""
    return [
        widget
        for widget in visible(window)
        if "paintEvent" in vars(type(widget))
        and type(widget).__module__.startswith("ui.")
        and not isinstance(widget, QAbstractButton | QLabel)
        and not is_inner(widget)
        and not widget.accessibleName()
        and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # lies over others, says nothing
    ]


def alike(window: QWidget) -> list[str]:
    """Return names that several buttons of one window share, where nothing above them tells them apart."""
    seen: dict[tuple[str, ...], int] = {}
    for widget in controls(window):
        if isinstance(widget, QAbstractButton) and widget.isEnabled():
            path = [widget.accessibleName() or widget.text()]
            above = widget.parentWidget()
            while above is not None and above is not window:
                path.append(above.accessibleName())
                above = above.parentWidget()
            key = tuple(filter(None, path))
            seen[key] = seen.get(key, 0) + 1
    return [f"{count} × {' < '.join(key)}" for key, count in seen.items() if count > 1]
