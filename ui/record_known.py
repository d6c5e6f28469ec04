"""What the call tells that a template can name: the department of the answer used, the caller's number, the day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from assist.model import CallRecord
from audio.model import Channel
from ui.call_view_state import CallViewState

_KINDS = {"phone": "민원인번호", "money": "금액", "address": "주소"}


def known(state: CallViewState, record: CallRecord, now: datetime) -> Mapping[str, str]:
    """Return values by the names of :data:`assist.record_text.PLACES`; only what the call really told.

    Args:
        state: The call.
        record: The record that is written.
        now: The clock, local.
    """
    values = {"분류": record.category, "세부": record.subcategory or ""}
    values["오늘"], values["지금"] = f"{now.month}월 {now.day}일", f"{now.hour}시 {now.minute}분"
    if state.wall_time is not None:
        values["통화시각"] = state.wall_time.strftime("%Y-%m-%d %H:%M")
    for number in state.numbers:  # the newest of each kind stands
        name = _KINDS.get(number.kind)
        if name == "민원인번호" and not _is_the_callers(number.channel, number.display):
            continue
        if name:
            values[name] = number.display
    card = state.used
    if card is not None:
        values["부서"], values["부서전화"] = card.department, card.phone
    return {name: value for name, value in values.items() if value}


def _is_the_callers(channel: Channel, number: str) -> bool:
    """Whether a number is one to ring the caller back on: said by the caller, or a mobile number said again."""
    return len(re.sub(r"\D", "", number)) >= 9 and (channel is Channel.CALLER or number.startswith("01"))
