"""Where the next hour goes: the money expected, what is behind it, and what can't be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salestrain.coaching import Advice, Counts, Lead, Pipeline, Stage, advice
from salestrain.sales.pipeline import OpenDeals
from salestrain.training.proficiency import Observation, Prior, Standing, Weighing, standing_of

NOW = datetime(2026, 10, 9, 12, tzinfo=UTC)
ASK, TELL = "1.1.selling", "1.1.communication"
STAGES = [Stage("needs", (ASK, TELL), 10), Stage("quote", (ASK,), 10)]
REPS = {name: (name,) for name in ("ann", "bob", "cy", "dee")}


def stands(competency: str, share: float, count: int = 4) -> Standing:
    days = [NOW - timedelta(days=n) for n in range(count)]
    every = [Observation(competency, "rated", str(at), at, share) for at in days]
    return standing_of((competency, 3, 4), every, Prior(), NOW, Weighing())


def pipeline(**ann: object) -> Pipeline:
    left = {(who, "needs"): Counts(60.0, 100.0) for who in REPS}
    left |= {(who, "quote"): Counts(50.0, 100.0) for who in REPS}
    left["ann", "needs"] = Counts(*ann.get("needs", (15.0, 100.0)))  # type: ignore[misc]
    deals = ann.get("deals", OpenDeals(4, 1_000_000.0))
    return Pipeline(left, {("ann", "needs"): deals} if deals else {})  # type: ignore[dict-item]


def told(standing: Standing = stands(ASK, 0.2), **ann: object) -> Advice:  # noqa: B008 (a value)
    return advice(REPS, ["ann"], STAGES, pipeline(**ann), {"ann": [standing]})


def test_a_gap_in_a_stage_with_money_in_it_and_a_short_skill_behind_it_is_told() -> None:
    found = told()
    (lead,) = found.told
    assert (lead.whom, lead.stage, lead.verdict, lead.skill.competency) == (
        "ann", "needs", "coach", ASK,
    )  # fmt: skip
    assert lead.onward == pytest.approx(0.5)
    expected = 1_000_000 * 0.5 * lead.gap.shortfall * lead.skill.short
    assert lead.money == pytest.approx(expected)
    low, high = lead.interval
    assert 0 < low < lead.money < high
    assert (found.looks, found.by_chance) == (2, 0.05)


def waits(own: list[int], others: int = 20) -> Lead:
    days = {(who, "needs"): own if who == "ann" else [others] * 12 for who in REPS}
    slow = pipeline()._replace(days=days)
    (lead,) = advice(REPS, ["ann"], STAGES, slow, {"ann": [stands(ASK, 0.2)]}).told
    return lead


def test_where_deals_wait_it_is_the_process_that_is_looked_at_first() -> None:
    lead = waits([25] * 12)
    assert lead.verdict == "process"
    assert lead.money == pytest.approx(lead.at_stake * lead.gap.shortfall)  # whatever the skill
    assert waits([24] * 12).verdict == "coach"  # not by a quarter
    assert waits([60] * 9).verdict == "coach"  # too few
    # median 30, quartiles 10 and 50: 30 − 1.96 × 1.2533 / 1.349 × 40 / √12 = 9, under 20
    assert waits([10] * 5 + [30] * 2 + [50] * 5).verdict == "coach"


def test_where_little_was_seen_of_the_skill_the_hour_goes_into_looking_on() -> None:
    (lead,) = told(stands(ASK, 0.2, count=1)).told
    assert lead.verdict == "watch"


def test_who_has_the_skill_is_no_matter_for_coaching() -> None:
    found = told(stands(ASK, 1.0, count=12))
    assert found.told == ()
    assert [one.verdict for one in found.unsure] == ["chance"]


def test_a_gap_that_may_be_chance_is_said_to_be_so() -> None:
    found = told(needs=(57.0, 100.0))
    assert found.told == ()
    assert [(one.stage, one.verdict) for one in found.unsure] == [("needs", "chance")]


def test_too_few_deals_are_said_to_be_few() -> None:
    found = told(needs=(0.0, 5.0))
    assert found.told == ()
    assert [(one.stage, one.verdict) for one in found.unsure] == [("needs", "few")]
    assert found.looks == 1


def test_where_nothing_is_open_no_hour_is_worth_anything() -> None:
    found = told(deals=None)
    assert (found.told, found.unsure) == ((), ())


def test_twice_the_money_in_the_stage_is_twice_the_money_expected() -> None:
    (one,), (two,) = told().told, told(deals=OpenDeals(8, 2_000_000.0)).told
    assert two.money == pytest.approx(2 * one.money)


def test_the_most_money_comes_first_and_others_of_the_company_are_not_named() -> None:
    left = dict(pipeline().left) | {("bob", "needs"): Counts(15.0, 100.0)}
    deals = {("ann", "needs"): OpenDeals(1, 1e5), ("bob", "needs"): OpenDeals(1, 9e5)}
    standings = {who: [stands(ASK, 0.2)] for who in REPS}
    left |= {(f"x{n}", "needs"): Counts(60.0, 100.0) for n in range(6)}
    groups = REPS | {f"x{n}": (f"x{n}",) for n in range(6)}
    both = advice(groups, ["ann", "bob"], STAGES, Pipeline(left, deals), standings)
    assert [one.whom for one in both.told] == ["bob", "ann"]
    alone = advice(groups, ["ann"], STAGES, Pipeline(left, deals), standings)
    assert {one.whom for one in (*alone.told, *alone.unsure)} == {"ann"}


def test_of_the_competencies_behind_a_stage_the_one_most_likely_short_is_named() -> None:
    both = {"ann": [stands(TELL, 0.1), stands(ASK, 0.6)]}
    (lead,) = advice(REPS, ["ann"], STAGES, pipeline(), both).told
    assert lead.skill.competency == TELL


def test_a_team_is_told_of_as_a_whole_with_the_mean_of_its_people() -> None:
    groups = {"east": ("ann", "bob"), "west": ("cy", "dee"), "north": ("x",)}
    left = dict(pipeline().left) | {("bob", "needs"): Counts(20.0, 100.0)}
    left["x", "needs"] = Counts(60.0, 100.0)
    low, high = stands(ASK, 0.2), stands(ASK, 0.6)
    found = advice(
        groups, ["east"], STAGES, Pipeline(left, pipeline().open), {"ann": [low], "bob": [high]}
    )
    (lead,) = found.told
    shorts = [1 - one.belief.above(one.cut) for one in (low, high)]
    assert lead.skill.short == pytest.approx(sum(shorts) / 2)
    assert (lead.whom, lead.skill.people, lead.gap.own) == ("east", 2, Counts(35.0, 200.0))


def test_without_standings_or_figures_there_is_nothing_to_say() -> None:
    nothing = Advice((), (), 0)
    assert advice(REPS, ["ann"], STAGES, pipeline(), {}) == nothing
    assert advice(REPS, ["ann"], STAGES, Pipeline({}, {}), {"ann": [stands(ASK, 0.2)]}) == nothing
