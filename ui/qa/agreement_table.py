"""How far raters agree, item by item, and the sentence that says what to talk about first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from ui import parts, team_parts
from ui.qa.ports import CallToRate, ItemAgreement

LOW: Final = 0.4
"""Agreement below which an item is marked for talking about; "fair" ends at 0.40 in Landis and Koch (1977)."""


class AgreementTable(QWidget):
    """A table in the rubric's order."""

    def __init__(self) -> None:
        super().__init__()
        whole = parts.column()
        self.setLayout(whole)
        self.table = team_parts.table(
            self.tr("Agreement by item"),
            [
                self.tr("Item"), self.tr("Calls"), self.tr("Kappa"), self.tr("Alpha"), self.tr("Furthest apart"),
            ],
            4,
        )  # fmt: skip
        whole.addWidget(self.table)

    def show_items(self, items: Sequence[ItemAgreement], calls: Mapping[str, CallToRate]) -> str:
        """List the agreement.

        Args:
            items: In the rubric's order.
            calls: By id; those they name are told by counsellor and time.

        Returns:
            What it comes to, in a sentence.
        """
        self.table.setRowCount(len(items))
        for place, one in enumerate(items):
            apart = ", ".join(
                self.tr("{call}: {points} points").format(call=_name(calls.get(call), call), points=points)
                for call, points in sorted(one.apart, key=lambda apart: _order(calls.get(apart[0]), *apart))
            )
            texts = (one.title, str(one.pairs), self._figure(one.kappa), self._figure(one.alpha), apart)
            team_parts.put(self.table, place, texts, icon=(0, "warning", "doubt") if _is_low(one) else None)
        low = [one.title for one in items if _is_low(one)]
        if not items or all(one.pairs == 0 for one in items):
            said = [self.tr("No call has two submitted ratings yet.")]
        else:
            without = sum(one.alpha is None for one in items)
            if low:
                said = [self.tr("Talk about these items first: {items}").format(items=", ".join(low))]
            elif without < len(items):
                said = [self.tr("Of the items with a figure none lies below {low}.").format(low=LOW)]
            else:
                said = []
            if without:
                few = self.tr("Items without a figure: {count}. It takes two calls with two ratings that differ.")
                said.append(few.format(count=without))
        return " ".join(
            (*said, self.tr("Kappa: quadratic weights. Alpha: Krippendorff's, ordinal. 1 is full agreement."))
        )

    def _figure(self, value: float | None) -> str:
        return self.tr("not defined") if value is None else f"{value:.2f}"


def _is_low(one: ItemAgreement) -> bool:
    return one.alpha is not None and one.alpha < LOW


def _name(call: CallToRate | None, ident: str) -> str:
    return f"{call.counsellor} {call.started_at[5:16].replace('T', ' ')}" if call else ident


def _order(call: CallToRate | None, ident: str, points: int) -> tuple[int, str, str]:
    """Sort the furthest apart first, then by the time of the call: ids are chance, and others on every PC."""
    return -points, call.started_at if call else "", ident
