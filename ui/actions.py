"""Every action of the desk in one table, and the table at work in a window: keys, what is done, why it cannot be.

The F1 sheet, the palette (Ctrl+K), the page where keys are changed and the printed card are made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.composing import finish_syllable
from ui.hangul_keys import jamo_of
from ui.i18n import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a counsellor can do."""

    id: str
    group: str
    """``call``, ``answers``, ``record`` or ``desk``."""
    text: str
    """English source text, translated on showing (context ``Shortcuts``)."""
    keys: str = ""
    """Portable key sequence the program comes with; empty: none."""
    hold: bool = False
    """Its key is held, not pressed; the window sees to it itself."""
    also: tuple[str, ...] = ()
    """Further sequences of the same key, e.g. Enter of the number pad; they count only while ``keys`` is unchanged."""


ACTIONS: Final = (
    Action("start", "call", QT_TRANSLATE_NOOP("Shortcuts", "Start a call; in a call: pause or resume listening"), "F2"),
    Action("mark", "call", QT_TRANSLATE_NOOP("Shortcuts", "Mark this moment"), "F3"),
    Action("again", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hear the last seconds again"), "F4"),
    Action(
        "number_again", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hear the chosen or doubtful number again"), "Shift+F4"
    ),
    Action(
        "language", "call", QT_TRANSLATE_NOOP("Shortcuts", "Switch the caller's language as offered, or back"), "Ctrl+L"
    ),
    Action("end", "call", QT_TRANSLATE_NOOP("Shortcuts", "End the call"), "F9"),
    Action("escalate", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hold: hand an abusive call over"), "F12", hold=True),
    Action("go_on", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: I have said it, or the next step"), "F10"),
    Action(
        "go_other", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: end it rather than hand it over"), "Ctrl+F10"
    ),
    Action("situation_up", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: the situation before"), "Alt+PgUp"),
    Action("situation_down", "call", QT_TRANSLATE_NOOP("Shortcuts", "Hard call: the next situation"), "Alt+PgDown"),
    Action("caller_number", "call", QT_TRANSLATE_NOOP("Shortcuts", "Give the caller's number"), "Alt+N"),
    Action("mask", "call", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide heard numbers"), "Ctrl+Shift+M"),
    Action("copy_number", "call", QT_TRANSLATE_NOOP("Shortcuts", "Copy the chosen number, else the last"), "Ctrl+D"),
    Action("number_up", "call", QT_TRANSLATE_NOOP("Shortcuts", "Choose the number above"), "Ctrl+PgUp"),
    Action("number_down", "call", QT_TRANSLATE_NOOP("Shortcuts", "Choose the number below"), "Ctrl+PgDown"),
    Action("newest", "call", QT_TRANSLATE_NOOP("Shortcuts", "Conversation: to the newest line"), "Alt+End"),
    Action("open_file", "call", QT_TRANSLATE_NOOP("Shortcuts", "Open a recording as a call")),
    Action("sound_check", "call", QT_TRANSLATE_NOOP("Shortcuts", "Check the sound devices")),
    Action("close_call", "call", QT_TRANSLATE_NOOP("Shortcuts", "Put the ended call away")),
    Action("search", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Search the counselling DB"), "Ctrl+F"),
    Action("next", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Show the waiting answers"), "F5"),
    Action("copy", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Copy the answer"), "F6"),
    Action("used", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Mark the answer as used"), "F7"),
    Action("not_this", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Not this answer"), "F8"),
    Action("card_1", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 1"), "Ctrl+1"),
    Action("card_2", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 2"), "Ctrl+2"),
    Action("card_3", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Open answer 3"), "Ctrl+3"),
    Action("gap", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Not in the DB: note the gap"), "Ctrl+G"),
    Action("correction", "answers", QT_TRANSLATE_NOOP("Shortcuts", "The entry is wrong or outdated"), "Ctrl+Shift+G"),
    Action("pin", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Pin the answers: keep them as they are"), "Ctrl+P"),
    Action("dial_quiet", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Offer answers quietly")),
    Action("dial_normal", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Offer answers as usual")),
    Action("dial_active", "answers", QT_TRANSLATE_NOOP("Shortcuts", "Offer answers actively")),
    Action("field_1", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: category"), "Alt+1"),
    Action("field_2", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: inquiry"), "Alt+2"),
    Action("field_3", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: answer"), "Alt+3"),
    Action("field_4", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: action"), "Alt+4"),
    Action("field_5", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: follow-up"), "Alt+5"),
    Action("file", "record", QT_TRANSLATE_NOOP("Shortcuts", "File the record"), "Ctrl+Return", also=("Ctrl+Enter",)),
    Action("undo", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: undo, wherever it was"), "Ctrl+Z"),
    Action("redo", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: redo"), "Ctrl+Y", also=("Ctrl+Shift+Z",)),
    Action("template", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: a ready sentence for this field"), "Alt+T"),
    Action("record_new", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: a new one for another inquiry"), "Ctrl+N"),
    Action("record_split", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: split off from this line"), "Alt+S"),
    Action("record_join", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: join with the one before"), "Alt+J"),
    Action("record_next", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: the next one"), "Ctrl+Shift+PgDown"),
    Action("record_before", "record", QT_TRANSLATE_NOOP("Shortcuts", "Record: the one before"), "Ctrl+Shift+PgUp"),
    Action("copy_record", "record", QT_TRANSLATE_NOOP("Shortcuts", "Copy the record"), "Ctrl+Shift+C"),
    Action("copy_as", "record", QT_TRANSLATE_NOOP("Shortcuts", "Copy the record in another form"), "Alt+C"),
    Action("keys", "desk", QT_TRANSLATE_NOOP("Shortcuts", "All keys"), "F1"),
    Action("find", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Find anything"), "Ctrl+K"),
    Action("guide", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The guide, in the browser"), "Ctrl+F1"),
    Action("tour", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The tour: begin or leave it"), "Shift+F1"),
    Action("tour_next", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The tour: next step"), "Alt+Right"),
    Action("tour_back", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The tour: step before"), "Alt+Left"),
    Action("rebind", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Change the keys")),
    Action("key_card", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Print the card of keys")),
    Action("key_pdf", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The card of keys as a PDF")),
    Action("sessions", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Saved calls"), "Ctrl+H"),
    Action("outbox", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Outbox"), "Ctrl+O"),
    Action("care", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Support and care after a hard call"), "Ctrl+R"),
    Action("holdings", "desk", QT_TRANSLATE_NOOP("Shortcuts", "What this PC keeps")),
    Action("letters", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Letters about my calls"), "Ctrl+I"),
    Action("exercises", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Exercises: practise on a model case")),
    Action("digest", "desk", QT_TRANSLATE_NOOP("Shortcuts", "What changed in the DB")),
    Action("recovered", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Calls that a crash cut short")),
    Action("settings", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Settings"), "Ctrl+,"),
    Action("first_start", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The first start's questions")),
    Action("about", "desk", QT_TRANSLATE_NOOP("Shortcuts", "About the program: version and licences")),
    Action("layout", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Next layout: one window, column, two windows"), "F11"),
    Action("conversation", "desk", QT_TRANSLATE_NOOP("Shortcuts", "The conversation; opens and closes it"), "Ctrl+T"),
    Action("captions", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Large captions only, or the whole desk"), "Ctrl+F11"),
    Action("hush", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Silence the announcement, or hear it again"), "Ctrl+."),
    Action("larger", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Larger text"), "Ctrl++", also=("Ctrl+=",)),
    Action("smaller", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Smaller text"), "Ctrl+-"),
    Action("notice_away", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Close the notice"), "Ctrl+Shift+N"),
    Action("switch", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Switch counsellor"), "Ctrl+Shift+P"),
    Action("lock", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Lock now"), "Ctrl+Shift+L"),
    Action("pin_set", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Set a PIN")),
    Action("quit", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Close the desk"), "Ctrl+Q"),
    Action("back", "desk", QT_TRANSLATE_NOOP("Shortcuts", "Close only what you opened"), "Esc"),
)
GROUPS: Final = (
    ("call", QT_TRANSLATE_NOOP("Shortcuts", "In a call")),
    ("answers", QT_TRANSLATE_NOOP("Shortcuts", "Answers")),
    ("record", QT_TRANSLATE_NOOP("Shortcuts", "Record")),
    ("desk", QT_TRANSLATE_NOOP("Shortcuts", "Desk")),
)
EVERYWHERE: Final = ("keys", "find", "mark", "end")
"""Actions whose keys work in the windows beside the desk too."""
COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
"""Held with another key, one of these makes it type no text."""
FIXED: Final = frozenset({"back"})
"""Actions whose key is not changed: Esc closes everywhere."""
BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}


def said(source: str) -> str:
    """Return a text of the tables in the interface language."""
    return QCoreApplication.translate("Shortcuts", source)


def written(keys: str) -> str:
    """Return a key sequence as people write it."""
    return keys.replace("Return", "Enter")


def keys_in_use(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the key sequence in use of every action, portable; empty: none.

    Args:
        chosen: What differs from the program's own. What is no key sequence is left out; where two actions would have
            the same keys, the chosen one has them, or else the first of the table.
    """
    portable = QKeySequence.SequenceFormat.PortableText
    fit = {ident: keys for ident, keys in chosen.items() if ident in BY_ID and ident not in FIXED and _is_fit(keys)}
    kept = {ident: QKeySequence(keys).toString(portable) for ident, keys in fit.items()}
    found: dict[str, str] = {}
    held: set[QKeySequence] = set()
    for ident in (*FIXED, *kept, *BY_ID):
        action = BY_ID[ident]
        keys = kept.get(ident, action.keys)
        wanted = set(sequences(keys, action.also if keys == action.keys else ()))
        if ident not in found:
            found[ident] = "" if wanted & held else keys
            held |= wanted
    return found


def keys_of(action: Action, chosen: Mapping[str, str]) -> str:
    """Return the key sequence in use of one action."""
    return keys_in_use(chosen)[action.id]


def combination(keys: str) -> QKeyCombination | None:
    """Return the key of a sequence and what is held with it; None where it is not exactly one key."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # Qt's types leave it out
    return first


def _is_fit(keys: str) -> bool:
    """Whether it is empty or one key sequence that Qt understands and that types no text."""
    pressed = combination(keys)
    if pressed is None:
        return not keys
    key, modifiers = pressed.key(), pressed.keyboardModifiers()
    is_free = bool(modifiers & COMMANDS) or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    return is_free and key != Qt.Key.Key_unknown


def sequences(keys: str, also: Iterable[str] = ()) -> list[QKeySequence]:
    """Return what Qt may tell when ``keys`` go down, the Korean letter in the place of the Latin one included.

    Where the Korean letters are a keyboard layout and not an input method, Ctrl+K arrives as Ctrl+ㅏ.
    """
    found = [keys, *also]
    head, plus, last = keys.rpartition("+")
    found += [f"{head}{plus}{jamo}" for jamo in jamo_of(last, shifted="Shift" in head)] if plus else []
    return [QKeySequence(one) for one in found if one]


class Actions(QObject):
    """The table at work in a window: what each action does, with the keys in use. Main thread."""

    changed = Signal()
    """Other keys are in use."""

    def __init__(self, window: QWidget, chosen: Mapping[str, str] | None = None) -> None:
        """Hold the table for ``window``; ``chosen`` are the keys that differ from the program's own."""
        super().__init__(window)
        self._windows: list[tuple[QWidget, Mapping[str, Callable[[], object]] | None]] = [(window, None)]
        """Windows and what the keys do in them; None: what they do in the desk."""
        self._chosen = dict(chosen or {})
        self._in_use = keys_in_use(self._chosen)
        self._runs: dict[str, Callable[[], object]] = {}
        self._reasons: dict[str, Callable[[], str]] = {}
        self._shortcuts: list[QShortcut] = []

    def bind(self, ident: str, run: Callable[[], object], why_not: Callable[[], str] | None = None) -> None:
        """Say what an action does, and what returns the reason why it cannot be done now (empty: it can)."""
        if ident not in BY_ID:
            raise KeyError(ident)
        self._runs[ident] = run
        if why_not is not None:
            self._reasons[ident] = why_not

    @property
    def offered(self) -> tuple[Action, ...]:
        """The actions of this window, in the order of the table."""
        return tuple(action for action in ACTIONS if action.id in self._runs)

    @property
    def chosen(self) -> Mapping[str, str]:
        """Keys that differ from the program's own."""
        return dict(self._chosen)

    def action(self, ident: str) -> Action:
        """Return one row of the table."""
        return BY_ID[ident]

    def keys(self, ident: str) -> str:
        """Return the key sequence in use, portable; empty: none."""
        return self._in_use[ident]

    def why_not(self, ident: str) -> str:
        """Return why an action cannot be done now, in words; empty where it can."""
        reason = self._reasons.get(ident)
        return reason() if reason is not None else ""

    def run(self, ident: str) -> None:
        """Do it."""
        finish_syllable()
        self._runs[ident]()

    def holder(self, keys: str, besides: str = "") -> Action | None:
        """Return the action that has these keys in use, other than ``besides``."""
        wanted = set(sequences(keys))
        for action in ACTIONS:
            used = self.keys(action.id)
            also = action.also if used == action.keys else ()
            if action.id != besides and used and wanted & set(sequences(used, also)):
                return action
        return None

    def use(self, chosen: Mapping[str, str]) -> None:
        """Use other keys from now on."""
        if dict(chosen) != self._chosen:
            self._chosen = dict(chosen)
            self._in_use = keys_in_use(self._chosen)
            self.listen()
            self.changed.emit()

    def serve(self, window: QWidget, own: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Let the keys work in another window too; again changes nothing.

        Args:
            window: It takes the keys while it is the active one.
            own: What some actions do there; besides these only what makes sense :data:`EVERYWHERE` is done. None: every
                key works as in the desk.
        """
        if any(window is known for known, _ in self._windows):
            return
        runs: dict[str, Callable[[], object]] | None = None
        if own is not None:
            runs = {**{ident: partial(self.run, ident) for ident in EVERYWHERE}, **own}
        self._windows.append((window, runs))
        window.destroyed.connect(lambda: self._forget(window))
        self._listen_in(window, runs)

    def _forget(self, window: QWidget) -> None:
        self._windows = [pair for pair in self._windows if pair[0] is not window]
        self._shortcuts = [one for one in self._shortcuts if isValid(one)]

    def listen(self) -> None:
        """Take the keys in use."""
        for shortcut in filter(isValid, self._shortcuts):
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        for window, runs in self._windows:
            self._listen_in(window, runs)

    def _listen_in(self, window: QWidget, runs: Mapping[str, Callable[[], object]] | None) -> None:
        for action in self.offered:
            keys = self.keys(action.id)
            if action.hold or not keys or (runs is not None and action.id not in runs):
                continue
            run = runs[action.id] if runs is not None else partial(self.run, action.id)
            shortcut = QShortcut(window)
            shortcut.setKeys(sequences(keys, action.also if keys == action.keys else ()))
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda run=run: run())
            self._shortcuts.append(shortcut)
