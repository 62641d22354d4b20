"""What is believed after what was seen: hand-worked sums, and the laws they keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import UsageError
from salestrain.training.proficiency import (
    Belief,
    Observation,
    Prior,
    Weighing,
    belief,
    prior_of,
)

NOW = datetime(2026, 10, 9, 12, tzinfo=UTC)
SELLING = "1.1.selling"
WEIGHING = Weighing(half_life_days=100)
KINDS = ("answer", "exam", "talk", "rated", "figure", "assessed")


def seen(share: float, days: float = 0, kind: str = "rated", source: str = "call") -> Observation:
    return Observation(SELLING, kind, source, NOW - timedelta(days=days), share)  # type: ignore[arg-type]


observations = st.lists(
    st.builds(
        seen,
        share=st.floats(0, 1),
        days=st.floats(0, 900),
        kind=st.sampled_from(KINDS),
        source=st.sampled_from("abc"),
    ),
    max_size=12,
)


def believed(every: list[Observation]) -> Belief:
    return belief(every, Prior(), NOW, WEIGHING)


def test_a_thing_seen_today_counts_one_and_a_half_life_ago_half() -> None:
    good, poor = WEIGHING.summed([seen(1.0), seen(0.5, days=100, source="visit")], NOW)
    assert [good, poor] == pytest.approx([1 + 0.25, 0.25])


def test_it_adds_up_to_the_prior() -> None:
    # prior 2 × 0.5; a call well done (1) and a role-play at 60 % (half of 0.6 and 0.4)
    found = believed([seen(1.0), seen(0.6, kind="talk", source="2.2.s.needs")])
    assert [*found] == pytest.approx([2.3, 1.2, 1.5])
    assert found.mean == pytest.approx(2.3 / 3.5)


def test_of_one_source_counts_one_thing_at_most() -> None:
    four = [seen(share, kind="talk", source="2.2.s.needs") for share in (1.0, 0.0, 1.0, 1.0)]
    assert [*WEIGHING.summed(four, NOW)] == pytest.approx([0.75, 0.25])
    forty = [seen(1.0, kind="exam", source="2.2")] * 40
    assert [*WEIGHING.summed(forty, NOW)] == pytest.approx([1.0, 0.0])


def test_the_interval_is_that_of_the_beta_distribution() -> None:
    found = Belief(3.0, 1.0, 2.0)  # P(share ≤ x) = x³
    assert found.above(0.5) == pytest.approx(1 - 0.125)
    assert found.quantile(0.05) == pytest.approx(0.05 ** (1 / 3))


def test_others_in_the_role_say_what_to_expect_and_one_alone_says_little() -> None:
    assert prior_of([]).mean == 0.5
    assert prior_of([(1.0, 0.0)]).mean == pytest.approx(2 / 3)
    assert prior_of([(8.0, 2.0), (6.0, 4.0), (0.0, 0.0)]).mean == pytest.approx(2.4 / 4)


def test_what_cannot_weigh_anything_is_refused() -> None:
    with pytest.raises(UsageError) as told:
        Weighing(half_life_days=0, sure=0.4)
    assert str(told.value) == (
        "half_life_days is 0; give a number over 0\nsure is 0.4; give a chance over 0.5 and under 1"
    )


@given(observations, st.sampled_from(KINDS), st.sampled_from("abcd"), st.floats(0, 900))
def test_more_good_evidence_never_lowers(
    every: list[Observation], kind: str, source: str, days: float
) -> None:
    before, after = believed(every), believed([*every, seen(1.0, days, kind, source)])
    assert after.mean >= before.mean - 1e-12
    assert after.quantile(0.05) >= before.quantile(0.05) - 1e-9
    assert after.above(0.5) >= before.above(0.5) - 1e-9


@given(observations, st.sampled_from((0.0, 1.0)), st.floats(0, 400), st.floats(0, 400))
def test_older_counts_less(
    every: list[Observation], share: float, days: float, older: float
) -> None:
    new, old = seen(share, days, source="new"), seen(share, days + older, source="new")
    without, fresh, stale = (believed(each).mean for each in (every, [*every, new], [*every, old]))
    assert abs(stale - without) <= abs(fresh - without) + 1e-12


@given(observations, st.randoms(use_true_random=False))
def test_order_does_not_matter(every: list[Observation], random: object) -> None:
    mixed = [*every]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert believed(mixed) == believed(every)


@given(observations)
def test_what_is_ahead_of_now_counts_as_fresh_and_never_more(every: list[Observation]) -> None:
    ahead = [replace_at(one, NOW + timedelta(days=30)) for one in every]
    fresh = [replace_at(one, NOW) for one in every]
    assert believed(ahead).n == pytest.approx(believed(fresh).n)
    assert believed(every).n <= believed(fresh).n + 1e-12


def replace_at(one: Observation, at: datetime) -> Observation:
    return one._replace(at=at)


def test_the_half_life_is_a_parameter() -> None:
    slow = replace(WEIGHING, half_life_days=200)
    assert slow.weight(seen(1.0, days=200), NOW) == pytest.approx(0.5)
    assert WEIGHING.weight(seen(1.0, days=200), NOW) == pytest.approx(0.25)
