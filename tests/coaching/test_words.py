"""A lead in words, in full and in both languages."""

from __future__ import annotations

import pytest

from salestrain.coaching import Advice, Counts, Lead, Skill, StageGap
from salestrain.coaching.hour import Stay
from salestrain.coaching.words import Names, looks, said, unsure
from salestrain.sales.pipeline import OpenDeals

NAMES = Names("Ann", "needs analysis", "Selling skill")
GAP = StageGap(Counts(10, 80), Counts(400, 1000), 20, 10)


def lead(gap: StageGap = GAP, days: Stay | None = None, **skill: object) -> Lead:
    behind = Skill("1.1.selling", 0.8, few=False, there=False)._replace(**skill)  # type: ignore[arg-type]
    return Lead("ann", "2.2.needs", gap, OpenDeals(4, 1_000_000.0), 0.5, behind, days)


def test_a_lead_says_what_to_do_why_for_how_much_and_what_would_change_it() -> None:
    told = said(lead(), NAMES, "en", "CNY")
    assert told.do == "Go through needs analysis with Ann"
    # (10 + 20 × 0.4) of 100 is 18 %; σ² = 0.18 × 0.82/101 + 0.4 × 0.6/1001, 1.96 σ = 8.1 points
    gap, skill, money = told.why
    assert gap == (
        "Over four quarters 80 of Ann’s deals left “needs analysis” and 12% moved on; of the "
        "others’ 1,000 it was 40%. With chance taken out the gap is 22.0 points (13.9 to 30.1)."
    )
    assert skill == (
        "Selling skill decides here. The chance that it is below what the role asks is 80%."
    )
    # 1,000,000 × 0.5 × 0.22 × 0.8
    assert money == (
        "4 deals worth ¥1M lie open there. As things go, ¥88k (¥55.7k to ¥120k) of that will be "
        "lost that others would win: an estimate, not a promise."
    )
    assert (
        told.change == f"If the next {GAP.undone_by} deals in a row move on, this no longer stands."
    )


def test_where_little_was_seen_it_says_to_look_on_first_and_why() -> None:
    told = said(lead(few=True), Names("安", "需求分析", "销售技巧"), "zh", "CNY")
    assert told.do == "先看安谈两次需求分析，再谈"
    assert "这个数多半是按同岗的人猜的" in told.why[2]
    assert told.change == "看见两件事、评上级，这里就能说是不是本事。"


def test_where_deals_wait_it_says_so_and_nothing_of_the_skill() -> None:
    told = said(lead(days=Stay(24.0, 20.8, 17.0)), NAMES, "en", "CNY")
    assert told.do == "First find out what Ann’s deals wait for in needs analysis"
    assert "Deals stay 24 days here (median), others’ 17." in told.why[1]
    assert "Selling skill" not in " ".join(told.why)


def test_of_a_team_it_says_over_how_many_people() -> None:
    told = said(lead(people=8), NAMES, "en", "CNY")
    assert "Over 8 people the mean chance" in told.why[1]


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (StageGap(Counts(1, 4), Counts(400, 1000), 20, 10), "4 deals left, it takes 10"),
        (StageGap(Counts(30, 80), Counts(400, 1000), 20, 10),
         "gap of 2.0 points (−7.9 to 11.9), may be chance"),
        (GAP, "a real gap, but the skill is there; look elsewhere"),
    ],
)  # fmt: skip
def test_why_nothing_can_be_told(gap: StageGap, words: str) -> None:
    assert unsure(lead(gap), "en") == words


def test_it_says_at_how_many_places_was_looked() -> None:
    assert looks(Advice((), (), 24), "en") == (
        "24 places (who × which stage) were looked at. Chance alone would bring about 0.6 leads "
        "even if nobody differed."
    )
