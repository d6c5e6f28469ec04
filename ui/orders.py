"""What ``doumi call`` and ``doumi:`` links ask of the running desk: the telephone's side of a call.

A telephony program tells what it sees, late, twice or in odd order. So every order may come again; a call it tells of
that cannot begin yet is kept and told until it can; and nothing ends or replaces a call but an order that means it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from assist import ars
from ui.call_ports import CallControl, CallStanding
from ui.call_view_state import Part, Phase
from ui.links import MAX_NUMBER, VERBS
from ui.single_window import Answer
from ui.wording import mask

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SAME_CALL_MS: Final = 60_000
"""A start that names a number belongs to an open call without one for so long after its beginning."""
EARLY_END_MS: Final = 5_000
"""So long an end that came before its start is remembered."""
WAITS_MS: Final = 600_000
"""So long a call that could not begin is kept."""
LOOK_MS: Final = 500
LINKS_A_MINUTE: Final = 30
"""More orders by link are refused: no telephone does that."""
_LEAST_DIGITS: Final = 7
"""Shorter numbers are extensions of the house: good for telling calls apart, no caller to look up."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call the telephony program told of that cannot begin yet."""

    number: str = field(repr=False)
    """Kept until it begins, then forgotten."""
    path: tuple[str, ...]
    token: str
    since_ms: int


class Orders(QObject):
    """Obeys orders. Main thread; answers at once."""

    def __init__(
        self,
        window: MainWindow,
        ask: Callable[[Callable[[CallControl], None]], None],
        press: Callable[[], Answer],
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        """Join the parts.

        Args:
            window: The desk.
            ask: Hands a wish to the program and tells its faults.
            press: Hands the open call over.
            now_ms: Milliseconds that only grow; a clock of its own where nothing is given.
        """
        super().__init__(window)
        self._window = window
        self._ask = ask
        self._press = press
        self._clock = QElapsedTimer()
        self._clock.start()
        self._now_ms = now_ms or self._clock.elapsed
        self._salt = secrets.token_bytes(16)
        self._call, self._since = "", 0
        """The call that is open, and when it was first seen."""
        self._token, self._masked = "", ""
        """Of its caller, where the telephone named one."""
        self._next = ("", "")
        """The same of the caller who rings."""
        self._ended = ("", -EARLY_END_MS)
        """Token and time of the last end without a call."""
        self._links: list[int] = []
        self.links: Callable[[], bool] = lambda: True
        """Whether the site lets links drive the desk."""
        self.waiting: Waiting | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)

    # -- orders ---------------------------------------------------------------------------------------------

    def obey(self, verb: str, values: Mapping[str, str]) -> Answer:
        """Do what an order asks; ``values`` may hold ``number``, ``ars``, ``situation`` and ``via`` (``link``)."""
        by_link = values.get("via") == "link"
        if by_link and (refused := self._refused_link(verb)):
            self._window.notices.raise_code(refused, "warning", {})
            return Answer(ok=False, code=refused)
        number, path = _plain(values.get("number", "")), ars.parse(values.get("ars", ""))
        answer = self._obey(verb, number, path, values.get("situation", ""))
        if by_link and not answer.ok and verb in VERBS:
            self._window.notices.raise_code(answer.code, "info", {})
        return answer

    def _obey(self, verb: str, number: str, path: tuple[str, ...], situation: str) -> Answer:
        match verb:
            case "start":
                return self._start(number, path)
            case "standing":
                return self._stands()
            case "hold":
                return self._hold(number, held=True)
            case "resume":
                return self._hold(number, held=False)
            case "end":
                return self._end(number)
            case "caller":
                return self._caller(number)
            case "ars":
                self._ask(lambda control: control.ars_path(path))
                return Answer(ok=True, code="order.ars_taken")
            case "escalate":
                return self._escalate(situation)
            case "mark":
                if self._window.state.phase is not Phase.LIVE:
                    return Answer(ok=False, code="call.none")
                self._window.mark()
                return Answer(ok=True, code="press.marked")
        return Answer(ok=False, code="press.verb_unknown")

    def _escalate(self, situation: str) -> Answer:
        open_call = self._window.state.phase is not Phase.IDLE
        if open_call and situation and not self._window.call.escalation.choose(situation):
            return Answer(ok=False, code="press.situation_unknown")
        return self._press()

    def _refused_link(self, verb: str) -> str:
        if not self.links():
            return "links.off"
        if verb not in VERBS:
            return "order.link_refused"
        now = self._now_ms()
        self._links = [at for at in self._links if now - at < 60_000]
        if len(self._links) >= LINKS_A_MINUTE:
            return "order.links_too_many"
        self._links.append(now)
        return ""

    # -- start ----------------------------------------------------------------------------------------------

    def _start(self, number: str, path: tuple[str, ...]) -> Answer:
        at, token = self._standing(), self._token_of(number)
        if at.live:
            return self._start_again(at, number, path)
        ended, when = self._ended
        if token and token == ended and self._now_ms() - when < EARLY_END_MS:
            self._ended = ("", -EARLY_END_MS)
            self._window.notices.say(
                self.tr(
                    "The telephone told a call's end before its beginning: none was started. If it goes on, press F2."
                ),
                "warning",
            )
            return Answer(ok=False, code="order.ended_before")
        if refused := self._refused():
            return Answer(ok=False, code=refused)
        if at.call_id and self._unsaved():
            return self._keep(number, path)
        return self._begin(number, path)

    def _start_again(self, at: CallStanding, number: str, path: tuple[str, ...]) -> Answer:
        """A start while a call is open: the same call told again, or another one."""
        token = self._token_of(number)
        fresh = self._call != at.call_id or self._now_ms() - self._since < SAME_CALL_MS
        other = token not in ("", self._token) if self._token else bool(token) and not fresh
        if at.source != "devices" or other:
            return self._keep(number, path)
        if token and not self._token:
            self._give(number)
        if path:
            self._ask(lambda control: control.ars_path(path))
        if at.held:  # a telephone that knows no other word for it is connected again
            self._ask(lambda control: control.set_held(False))
            return Answer(ok=True, code="order.resumed")
        return Answer(ok=True, code="order.already_started")

    def _begin(self, number: str, path: tuple[str, ...]) -> Answer:
        window, token = self._window, self._token_of(number) or self._next[0]
        masked = mask("phone", number) if number else self._next[1]
        if window.state.phase is not Phase.IDLE:
            window.close_call()
        if number:
            self._ask_number(number)
        if path:
            self._ask(lambda control: control.ars_path(path))
        window.begin_call()
        at = self._standing()
        if not at.live:
            return Answer(ok=False, code="order.not_started")
        self._call, self._since, self._token, self._masked = at.call_id, self._now_ms(), token, masked
        self._next = ("", "")
        return Answer(ok=True, code="order.started")

    def _stands(self) -> Answer:
        """Say whether the call that began is heard: devices open after a start was answered, or do not."""
        if not self._standing().live:
            return Answer(ok=False, code="order.not_started")
        return Answer(ok=True, code="order.started" if self._window.state.levels else "order.opening")

    def _refused(self) -> str:
        """Return why no call can begin whoever asks, after saying so in the window; empty where one can."""
        window = self._window
        if window.first_start_open:
            return "order.first_start"
        if not window.care.may_begin():
            return "order.resting"
        if not window.ready:
            window.notices.say(window.start.missing.text(), "warning")
            return "call.models_missing"
        return ""

    def _unsaved(self) -> bool:
        # Between hang-up and its event the form is not there yet.
        return self._window.state.phase is not Phase.WRAP_UP or self._window.call.record.unsaved

    # -- a call that waits ------------------------------------------------------------------------------------

    def _keep(self, number: str, path: tuple[str, ...]) -> Answer:
        before, token = self.waiting, self._token_of(number)
        same = before is not None and token in ("", before.token)
        if before is not None and same:
            self.waiting = Waiting(number or before.number, path or before.path, before.token, before.since_ms)
        else:
            self.waiting = Waiting(number, path, token, self._now_ms())
        who = " · ".join(filter(None, (mask("phone", self.waiting.number), " › ".join(self.waiting.path))))
        notices = self._window.notices
        notices.stand("order", self.tr("A call waits. It begins once this one's record is filed or closed."))
        notices.stand("order_who", self.tr("Waiting: {who}").format(who=who) if who else "")
        self._looking.start()
        return Answer(ok=False, code="order.waiting")

    def _forget_waiting(self) -> None:
        self.waiting = None
        self._looking.stop()
        for key in ("order", "order_who"):
            self._window.notices.stand(key, "")

    @Slot()
    def look(self) -> None:
        """Begin the call that waits as soon as it may."""
        waiting, window = self.waiting, self._window
        if waiting is None:
            self._looking.stop()
            return
        passed = self._now_ms() - waiting.since_ms
        if passed > WAITS_MS:
            self._forget_waiting()
            window.notices.say(
                self.tr("A call that waited too long was not recorded. If it still goes on, press F2."), "warning"
            )
            return
        at, care = self._standing(), window.care.state
        if care.resting or care.quiet or window.first_start_open or not window.ready:
            return
        if at.live or (at.call_id and self._unsaved()):
            return
        self._forget_waiting()
        if self._begin(waiting.number, waiting.path).ok:
            text = self.tr("The call that waited is being recorded; its first {seconds} seconds were not heard.")
            window.notices.say(text.format(seconds=round(passed / 1000)), "warning")

    # -- the rest ---------------------------------------------------------------------------------------------

    def _hold(self, number: str, *, held: bool) -> Answer:
        at = self._standing()
        if not at.live:
            return Answer(ok=False, code="call.none")
        if at.source != "devices":
            return Answer(ok=False, code="order.practice")
        if self._is_other(number, at):
            return Answer(ok=False, code="order.other_call")
        if at.held == held:
            return Answer(ok=True, code="order.already_held" if held else "order.not_held")
        self._ask(lambda control: control.set_held(held))
        return Answer(ok=True, code="order.held" if held else "order.resumed")

    def _end(self, number: str) -> Answer:
        at, token, waiting = self._standing(), self._token_of(number), self.waiting
        if waiting is not None and (token == waiting.token if token else not at.live or at.source != "devices"):
            self._forget_waiting()
            self._window.notices.say(self.tr("The call that waited has ended. Nothing of it was recorded."), "warning")
            return Answer(ok=True, code="order.waiting_ended")
        if not at.live or at.source != "devices":
            self._ended = (token, self._now_ms())
            return Answer(ok=True, code="order.no_call")
        if self._is_other(number, at):
            return Answer(ok=False, code="order.other_call")
        if waiting is not None and not token:
            self._window.notices.say(
                self.tr("The telephone told the end of one of two calls. If it is this one, press F9."), "warning"
            )
            return Answer(ok=False, code="order.which_call")
        self._ask(lambda control: control.end())
        return Answer(ok=True, code="order.ended")

    def _caller(self, number: str) -> Answer:
        at, token = self._standing(), self._token_of(number)
        if at.live and self._is_other(number, at):
            # Somebody else rings: the open call keeps its caller.
            self._next = (token, mask("phone", number))
            return Answer(ok=True, code="order.number_next")
        if at.live:
            if number:
                self._give(number)
            return Answer(ok=True, code="press.number_taken" if number else "order.no_number")
        # Whoever rings now is not the caller of a call in its wrap-up; one who hides the number has none.
        self._ask_number(number, for_next=True)
        self._next = (token, mask("phone", number))
        self._window.start.number.show_given(number)
        return Answer(ok=True, code="press.number_taken" if number else "order.no_number")

    def _give(self, number: str) -> None:
        """Give the open call its number."""
        self._token, self._masked = self._token_of(number), mask("phone", number)
        self._ask_number(number)
        self._show_number()

    def _ask_number(self, number: str, *, for_next: bool = False) -> None:
        # An extension of the house is nobody the dedicated team could know.
        known = number if len(_digits(number)) >= _LEAST_DIGITS else ""
        self._ask(lambda control: control.caller_number(known, for_next))

    def _show_number(self) -> None:
        if self._masked:
            self._window.call.next_sentence.number.show_masked(self._masked)

    # -- following the call -----------------------------------------------------------------------------------

    def follow(self, changed: set[Part]) -> None:
        """Keep in step with what the window shows."""
        state = self._window.state
        if Part.CALL in changed and state.phase is Phase.LIVE:
            if state.call_id != self._call:  # begun by hand
                self._call, self._since = state.call_id, self._now_ms()
                self._token, self._masked = ("", "")
                if state.source == "devices":
                    self._token, self._masked = self._next
                    self._next = ("", "")
            self._show_number()
        elif Part.CALL in changed and state.phase is Phase.IDLE and self._next[1]:
            self._window.start.number.show_masked(self._next[1])
        if self.waiting is not None and changed & {Part.CALL, Part.RECORD}:
            QTimer.singleShot(0, self, self.look)

    @Slot(str)
    def number_typed(self, number: str) -> None:
        """The counsellor gave or took back a number."""
        known = (self._token_of(number), mask("phone", number) if number else "")
        if self._window.state.phase is not Phase.LIVE:
            self._next = known
        elif number:
            self._token, self._masked = known

    def _standing(self) -> CallStanding:
        told: list[CallStanding] = []
        self._ask(lambda control: told.append(control.standing()))
        return told[0] if told else CallStanding()

    def _is_other(self, number: str, at: CallStanding) -> bool:
        """Return whether an order names another caller than the open call's."""
        known = self._token if self._call == at.call_id else ""
        return bool(number and known) and self._token_of(number) != known

    def _token_of(self, number: str) -> str:
        """Return what stands for a number in memory: the same for every way of writing it, of use only here."""
        digits = _digits(number)[-8:]
        return hashlib.blake2b(digits.encode(), key=self._salt, digest_size=8).hexdigest() if digits else ""


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _plain(number: str) -> str:
    """Return the number of what a telephone calls a number: ``sip:0101…@host;user=phone``, ``"name" <tel:…>``.

    Empty where the caller hides it or it has no digits.
    """
    found = re.search(r"<([^>]*)>", number)
    text = found[1] if found else number
    text = re.sub(r"^\s*(?:sips?|tel|callto):", "", text, flags=re.IGNORECASE)
    text = re.split(r"[@;?]", text, maxsplit=1)[0].strip()[:MAX_NUMBER]
    return text if len(_digits(text)) > 1 else ""
