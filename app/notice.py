"""A fault as the event that puts it before the counsellor."""

from __future__ import annotations

from assist.events import NoticeRaised
from resources.notices import Fault


def notice_of(fault: Fault, call_id: str = "", t_ns: int = 0, severity: str = "error") -> NoticeRaised:
    """Return the notice of ``fault``; without a call for what concerns the desk as a whole."""
    params = {key: str(value) for key, value in fault.params.items()}
    return NoticeRaised(call_id=call_id, t_ns=t_ns, code=fault.code, severity=severity, params=params)
