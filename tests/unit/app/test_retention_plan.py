"""What goes when: random clocks, holds and periods against what is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.retention_plan import (
    GRACE,
    JUMP,
    OF_CALLS,
    OF_SHIFT,
    ClockState,
    Exempt,
    Item,
    Kind,
    birth,
    due,
    due_with_shift,
    goes_at,
    judge,
)
from app.settings import RetentionSettings
from tests.helpers.retention import START

PERIODS = {f"{kind.value}_days": st.integers(0, 40) for kind in Kind}
POLICIES = st.builds(RetentionSettings, mode=st.sampled_from(["days", "shift"]), **PERIODS)
ALSO = st.sampled_from([None, None, Exempt.HELD, Exempt.OPEN, Exempt.UNMADE, Exempt.UNSENT])


class Keeping(RuleBasedStateMachine):
    """One desk over weeks: the true time goes on, the clock of the PC is wrong for a while now and then."""

    @initialize(policy=POLICIES)
    def begin(self, policy: RetentionSettings) -> None:
        self.policy = policy
        self.true, self.off = START, timedelta()
        self.wrong_since: datetime | None = None
        self.state = ClockState()
        self.births: dict[str, datetime] = {}
        self.kept: dict[str, tuple[Item, datetime]] = {}
        self.early: list[str] = []
        self.wrongly: list[str] = []
        self.number = 0
        self.runs()  # the first start of a new desk

    @property
    def clock(self) -> datetime:
        return self.true + self.off

    @rule(kind=st.sampled_from(Kind), exempt=ALSO)
    def make(self, kind: Kind, exempt: Exempt | None) -> None:
        self.number += 1
        name = f"{kind.value}-{self.number}"
        self.kept[name] = (Item(kind, name, self.clock, exempt=exempt), self.true)

    @rule(hours=st.floats(0.1, 30))
    def pass_time(self, hours: float) -> None:
        # A wrong clock is put right before it has stood for a day: a longer one cannot be told from the truth.
        if self.wrong_since is not None and self.true + timedelta(hours=hours) - self.wrong_since > timedelta(hours=19):
            self.put_right()
        self.true += timedelta(hours=hours)

    @rule(off=st.one_of(st.floats(-1, 1), st.floats(-90_000, -3), st.floats(200, 90_000)))
    def set_wrong(self, off: float) -> None:
        if self.wrong_since is None:
            self.off, self.wrong_since = timedelta(hours=off), self.true

    @rule()
    def put_right(self) -> None:
        self.off, self.wrong_since = timedelta(), None

    @rule()
    def runs(self) -> None:
        items = [item for item, _ in self.kept.values()]
        newest = max((item.claimed for item in items if item.kind in OF_CALLS), default=None)
        before, judged = self.state.latest, judge(self.state, newest, self.clock)
        self.state = judged.state
        if not judged.believed:
            return
        for item in items:
            self.births.setdefault(item.ident, birth(item.claimed, before, self.clock))
        seen = [replace(item, born=self.births[item.ident]) for item in items]
        for item in due(seen, self.policy, self.clock):
            self._goes(item)

    @rule()
    def shift_ends(self) -> None:
        for item in due_with_shift([item for item, _ in self.kept.values()], self.policy):
            with_shift = self.policy.days(item.kind.value) == 0
            if not with_shift and not (self.policy.mode == "shift" and item.kind in OF_SHIFT):
                self.wrongly.append(item.ident)
            if item.exempt:
                self.wrongly.append(item.ident)
            self._drop(item)
        if self.policy.mode == "shift":
            assert not [n for n, (item, _) in self.kept.items() if item.kind in OF_CALLS and not item.exempt]

    @rule(name=st.data())
    def hold(self, name: st.DataObject) -> None:
        if self.kept:
            chosen = name.draw(st.sampled_from(sorted(self.kept)))
            item, true = self.kept[chosen]
            self.kept[chosen] = replace(item, exempt=None if item.exempt else Exempt.HELD), true

    def _goes(self, item: Item) -> None:
        _, true = self.kept[item.ident]
        if item.exempt or self.policy.days(item.kind.value) == 0:
            self.wrongly.append(item.ident)
        if self.true - true < timedelta(days=self.policy.days(item.kind.value)):
            self.early.append(item.ident)
        self._drop(item)

    def _drop(self, item: Item) -> None:
        del self.kept[item.ident]
        self.births.pop(item.ident, None)

    @invariant()
    def nothing_went_early(self) -> None:
        assert not getattr(self, "early", None)

    @invariant()
    def nothing_went_that_stays(self) -> None:
        assert not getattr(self, "wrongly", None)

    def teardown(self) -> None:
        """In the end, with a clock that is right, everything goes that may go."""
        if not hasattr(self, "policy"):
            return
        self.put_right()
        for _ in range(30):
            self.true += timedelta(days=3)
            self.runs()
        self.shift_ends()
        assert all(item.exempt for item, _ in self.kept.values())
        self.nothing_went_early()
        self.nothing_went_that_stays()


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_a_period_ends_after_its_last_whole_day() -> None:
    policy = RetentionSettings(sound_days=3)
    item = Item(Kind.SOUND, "a", START, START)
    assert goes_at(item, policy, START) == START + timedelta(days=3) + GRACE
    assert not due([item], policy, START + timedelta(days=3, hours=1))
    assert due([item], policy, START + timedelta(days=3, hours=2))


def test_a_filed_correction_begins_its_period_again_but_not_by_a_wrong_clock() -> None:
    policy = RetentionSettings(records_days=3)
    later = Item(Kind.RECORDS, "a", START + timedelta(days=2), START)
    assert goes_at(later, policy, START + timedelta(days=2)) == START + timedelta(days=5) + GRACE
    wrong = replace(later, claimed=START + timedelta(days=4_000))
    assert goes_at(wrong, policy, START) == START + timedelta(days=3) + GRACE


@pytest.mark.parametrize(("days", "believed"), [(-1, False), (-0.05, True), (0, True), (6.9, True), (7.1, False)])
def test_only_a_clock_that_jumped_is_doubted(days: float, believed: bool) -> None:
    assert judge(ClockState(START), None, START + timedelta(days=days)).believed is believed


def test_a_doubted_clock_that_jumps_on_is_doubted_again() -> None:
    first = judge(ClockState(START), None, START + timedelta(days=100))
    again = judge(first.state, None, START + timedelta(days=100) + JUMP * 2)
    assert not again.believed
    assert judge(again.state, None, START + timedelta(days=100) + JUMP * 2 + timedelta(days=1)).believed
