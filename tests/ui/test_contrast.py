"""Contrast of every rule of the style sheet in all three themes: 7:1 for text, 3:1 for bounds and marks of controls."""

from __future__ import annotations

import pytest

from tests.ui.walk.contrast import ratio
from tests.ui.walk.rules import Look, looks
from ui import theme
from ui.theme import tokens_of

TEXT, CONTROL = 7.0, 3.0
WORDS = ("::item", "::section", "::tab")
"""Parts of a widget that hold text; the others are drawings."""


def holds_text(look: Look) -> bool:
    parts = [one for one in look.selector.conditions if one.startswith("::")]
    return all(one in WORDS for one in parts) and not _is_rule(look)


def _is_rule(look: Look) -> bool:
    """Whether it is a quiet line between things."""
    return bool({"#rule", "#upright"} & look.selector.conditions)


def grounds(name: str) -> set[str]:
    """Return what panes, cards, strips and lists lie on or are filled with; their quiet rules hold no text."""
    found = {tokens_of(name).agent, tokens_of(name).mark}
    for look in looks(name):
        is_pane = look.selector.kind in ("QFrame", "QMainWindow", "QDialog", "QListView", "QTableView")
        if look.ground and not _is_rule(look) and (is_pane or "#window" in look.selector.conditions):
            found.add(look.ground)
    return found


@pytest.mark.parametrize("name", theme.THEMES)
def test_text_on_every_ground_it_may_stand_on(name: str) -> None:
    tokens, behind, pale = tokens_of(name), grounds(name), []
    everything = list(looks(name))
    assert len(everything) > 120
    assert len(behind) >= 5
    for look in everything:
        if not look.ink or not holds_text(look):
            continue
        least = CONTROL if look.is_disabled else TEXT
        for ground in {look.ground} if look.ground else behind - {tokens.mark}:
            if ratio(look.ink, ground) < least:
                pale.append((str(look.selector), look.ink, ground, round(ratio(look.ink, ground), 2)))
    painted = [(tokens.text, tokens.mark), (tokens.text, tokens.agent), (tokens.muted, tokens.agent)]
    painted += [(tokens.accent, tokens.agent), (tokens.on_accent, tokens.accent), (tokens.text, tokens.accent_soft)]
    pale += [("painted", *pair, round(ratio(*pair), 2)) for pair in painted if ratio(*pair) < TEXT]
    assert pale == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_edges_of_controls_and_what_marks_the_focus(name: str) -> None:
    tokens, behind, faint = tokens_of(name), grounds(name), []
    quiet = {tokens.line} - {tokens.control}
    for look in looks(name):
        if look.is_disabled or _is_rule(look) or look.said.get("border", "").startswith("none"):
            continue
        for edge in look.edges:
            inside = "outline" in look.said and edge == look.said["outline"].split()[-1]
            against = {look.ground} if inside else behind - {look.ground, tokens.mark}
            for ground in against:
                if edge not in quiet and ratio(edge, ground) < CONTROL:
                    faint.append((str(look.selector), edge, ground, round(ratio(edge, ground), 2)))
    assert faint == []


def bounded(name: str) -> list[Look]:
    """Return the looks of controls whose bounds a person must see: fields, buttons with a frame, boxes to tick."""
    fields = {"QLineEdit", "QPlainTextEdit", "QComboBox", "QDateEdit", "QSpinBox"}
    return [
        look
        for look in looks(name)
        if (look.selector.kind in fields and not any(c.startswith("::") for c in look.selector.conditions))
        or "::indicator" in look.selector.conditions
    ]


@pytest.mark.parametrize("name", theme.THEMES)
def test_every_field_has_bounds_that_are_seen(name: str) -> None:
    tokens = tokens_of(name)
    found = bounded(name)
    assert len(found) > 8
    for look in found:
        if not look.is_disabled:
            assert look.edges, look.selector
            assert max(ratio(edge, tokens.surface) for edge in look.edges) >= CONTROL, look.selector
