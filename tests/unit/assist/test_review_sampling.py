"""A plan draws the same calls whatever order the headers came in, and spreads them as it says."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.errors import PlanRefused
from assist.model import CATEGORIES
from assist.review.model import CallHeader, HeaderFlag, SamplingPlan, Stratum
from assist.review.sampling import draw, stratum_of

PLAN = SamplingPlan("p", "11월 정기", 20261122, "2026-11-01", "2026-11-30", 3)


def header(number: int, counsellor: str = "C1", at: str = "2026-11-10T09:05:00+09:00", **more: object) -> CallHeader:
    plain = CallHeader(f"h{number:04d}", counsellor, at, 200, "교통")
    return replace(plain, **more)  # type: ignore[arg-type]


@st.composite
def sets_of_headers(draw_: st.DrawFn) -> list[CallHeader]:
    count = draw_(st.integers(0, 60))
    return [
        CallHeader(
            id=f"h{number}",
            counsellor=draw_(st.sampled_from(["C1", "C2", "C3"])),
            started_at=f"2026-11-{draw_(st.integers(1, 30)):02d}T{draw_(st.integers(8, 20)):02d}:30+09:00",
            duration_s=draw_(st.integers(0, 3000)),
            category=draw_(st.sampled_from(["", *CATEGORIES[:3]])),
            flags=tuple(draw_(st.sets(st.sampled_from(HeaderFlag), max_size=2))),
        )
        for number in range(count)
    ]


plans = st.builds(
    SamplingPlan,
    id=st.just("p"), title=st.just("t"), seed=st.integers(0, 2**63), first=st.just("2026-11-01"),
    last=st.just("2026-11-20"), per_counsellor=st.integers(1, 8),
    strata=st.permutations(list(Stratum)).flatmap(lambda order: st.integers(0, 3).map(lambda n: tuple(order[:n]))),
    shortest_s=st.sampled_from([0, 60]), longest_s=st.sampled_from([0, 1800]),
)  # fmt: skip


@given(sets_of_headers(), plans, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_headers_does_not_matter(
    headers: list[CallHeader], plan: SamplingPlan, random: object
) -> None:
    first = draw(headers, plan)
    shuffled = [*headers, *headers[:5]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(shuffled, plan) == first


@given(sets_of_headers(), plans)
@settings(max_examples=60)
def test_every_counsellor_gets_n_calls_that_fit_or_all_there_are(headers: list[CallHeader], plan: SamplingPlan) -> None:
    result = draw(headers, plan)
    fitting = {
        one.id: one
        for one in headers
        if one.started_at[:10] <= plan.last
        and one.duration_s >= plan.shortest_s
        and (not plan.longest_s or one.duration_s <= plan.longest_s)
    }
    assert result.population == len(fitting)
    assert {call.header for call in result.calls} <= set(fitting)
    assert len({call.header for call in result.calls}) == len(result.calls)
    there = Counter(one.counsellor for one in fitting.values())
    drawn = Counter(call.counsellor for call in result.calls)
    assert drawn == {code: min(count, plan.per_counsellor) for code, count in there.items()}
    assert dict(result.short) == {code: count for code, count in there.items() if count < plan.per_counsellor}
    assert list(result.calls) == sorted(result.calls, key=lambda call: (call.counsellor, call.header))
    assert all(call.stratum == stratum_of(fitting[call.header], plan.strata) for call in result.calls)


@given(sets_of_headers(), plans)
@settings(max_examples=60)
def test_every_stratum_gets_its_share_rounded_down_or_up(headers: list[CallHeader], plan: SamplingPlan) -> None:
    result = draw(headers, replace(plan, shortest_s=0, longest_s=0))
    fitting = [one for one in headers if one.started_at[:10] <= plan.last]
    for depth in range(1, len(plan.strata) + 1):
        drawn = Counter((call.counsellor, "/".join(call.stratum.split("/")[:depth])) for call in result.calls)
        there = Counter((one.counsellor, stratum_of(one, plan.strata[:depth])) for one in fitting)
        of = Counter(one.counsellor for one in fitting)
        for (counsellor, stratum), count in there.items():
            share = min(plan.per_counsellor, of[counsellor]) * count / of[counsellor]
            assert math.floor(share) <= drawn[counsellor, stratum] <= math.ceil(share)


def test_the_drawn_calls_are_these_for_ever() -> None:
    """Frozen: another result on another platform, or after a change, would make earlier draws impossible to check."""
    headers = [
        header(
            n,
            f"C{n % 2}",
            f"2026-11-{n % 28 + 1:02d}T{9 + n % 9:02d}:00+09:00",
            duration_s=40 * n,
            category=CATEGORIES[n % 4],
        )
        for n in range(60)
    ]
    plain = draw(headers, PLAN)
    spread = draw(headers, replace(PLAN, strata=(Stratum.HOUR, Stratum.FIELD, Stratum.LENGTH)))
    assert [call.header for call in plain.calls] == PLAIN
    assert [(call.header, call.stratum) for call in spread.calls] == SPREAD
    assert plain.fingerprint == spread.fingerprint == FINGERPRINT


def test_another_seed_draws_others() -> None:
    headers = [header(number) for number in range(200)]
    drawn = {tuple(call.header for call in draw(headers, replace(PLAN, seed=seed)).calls) for seed in range(20)}
    assert len(drawn) == 20


@pytest.mark.parametrize("strata", [(), (Stratum.FIELD,), (Stratum.LENGTH, Stratum.HOUR)])
def test_every_call_has_the_same_chance(strata: tuple[Stratum, ...]) -> None:
    headers = [header(n, category=CATEGORIES[n % 3], duration_s=100 * n) for n in range(12)]
    times = Counter(
        call.header for seed in range(2000) for call in draw(headers, replace(PLAN, seed=seed, strata=strata)).calls
    )
    # 2,000 draws of 3 of 12: 500 each, standard deviation 19.4; five of them either way.
    assert set(times) == {one.id for one in headers}
    assert all(abs(count - 500) < 97 for count in times.values())


def test_a_header_that_came_in_later_changes_the_fingerprint() -> None:
    headers = [header(number) for number in range(9)]
    assert draw(headers, PLAN).fingerprint != draw([*headers, header(9)], PLAN).fingerprint


def test_days_lengths_counsellors_and_flags_narrow_the_draw() -> None:
    headers = [
        header(1),
        header(2, at="2026-10-31T23:59:00+09:00"),
        header(3, at="2026-12-01T00:00:00+09:00"),
        header(4, at="2026-11-30T23:59:00+09:00"),
        header(5, counsellor="C2"),
        header(6, flags=(HeaderFlag.ABUSE,)),
        header(7, flags=(HeaderFlag.ABUSE, HeaderFlag.CRISIS)),
        header(8, duration_s=59),
        header(9, duration_s=601),
        header(10, at="not a time"),
    ]
    many = replace(PLAN, per_counsellor=100)

    def drawn(plan: SamplingPlan) -> set[int]:
        return {int(call.header[1:]) for call in draw(headers, plan).calls}

    assert drawn(many) == {1, 4, 5, 6, 7, 8, 9}
    assert drawn(replace(many, counsellors=("C2",))) == {5}
    assert drawn(replace(many, must=(HeaderFlag.ABUSE,), without=(HeaderFlag.CRISIS,))) == {6}
    assert drawn(replace(many, shortest_s=60, longest_s=600)) == {1, 4, 5, 6, 7}


def test_a_counsellor_asked_for_by_code_who_has_no_call_is_told_short() -> None:
    assert draw([header(1)], replace(PLAN, counsellors=("C1", "C9"))).short == (("C1", 1), ("C9", 0))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"first": "2026-12-01"}, "qa.plan_days"),
        ({"last": "11/30"}, "qa.plan_days"),
        ({"per_counsellor": 0}, "qa.plan_count"),
        ({"shortest_s": 600, "longest_s": 60}, "qa.plan_length"),
        ({"must": (HeaderFlag.HELD,), "without": (HeaderFlag.HELD,)}, "qa.plan_flags"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        draw([header(1)], replace(PLAN, **change))  # type: ignore[arg-type]
    assert refused.value.code == code


PLAIN = ["h0010", "h0032", "h0046", "h0017", "h0027", "h0057"]
SPREAD = [
    ("h0002", "11h/복지/1-3m"),
    ("h0014", "14h/복지/6-10m"),
    ("h0026", "17h/복지/10-20m"),
    ("h0033", "15h/교통/20m-"),
    ("h0045", "09h/교통/20m-"),
    ("h0057", "12h/교통/20m-"),
]
FINGERPRINT = "fe592a893781dae604a83aaf48e415b967412613e4a2376044e09970ee0bbb08"
