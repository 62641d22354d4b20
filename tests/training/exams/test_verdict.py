"""An adaptive attempt comes to the same for ever, and to a decision with its error."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.exams import Exam, exam_faults
from salestrain.playbook.items import Item
from salestrain.training.ability import Bank, Rule, ability, expected_share, theta_at
from salestrain.training.exams.exam import Attempt, attempts, closings
from salestrain.training.exams.verdict import (
    THETAS,
    Figures,
    curve_of,
    cut_of,
    figures_of,
    known_of,
    rule_of,
    verdict,
)
from salestrain.training.steps import Step
from tests.sample import sample_playbook
from tests.training.exams.test_exam import NOON, NUMERIC, ORDERING, SINGLE, answered, at, exam

Items = dict[str, Item]
BANK = Bank(np.array([1.0, 1.5, 0.8, 1.2]), np.array([-1.0, 0.0, 0.5, 1.5]), np.full(4, 0.3))
CURVE = curve_of(BANK)
EASY, HARD = [1.0, -1.0, 0.0, 0.0], [1.5, 0.5, 0.0, 0.0]


def adaptive(**more: object) -> Exam:
    lines = {"section": "2.2", "count": 12}
    return exam(lines, adaptive={"least": 5, "error": 0.025}, **more)


def began(minutes: int = 30) -> Step:
    return at(0, "began", items=[], seed="s", minutes=minutes, curve=CURVE)


def asked(minute: float, item: str, figures: list[float] = EASY) -> Step:
    return at(minute, "asked", item=item, figures=figures)


def taken(items: Items, *steps: Step, **more: object) -> Attempt:
    return attempts(adaptive(**more), [began(), *steps], items)[-1]


def test_the_curve_is_what_people_of_each_ability_get_right() -> None:
    assert len(CURVE) == len(THETAS) == 41
    assert CURVE[20] == pytest.approx(expected_share(0.0, BANK), abs=1e-6)
    assert all(low < high for low, high in pairwise(CURVE))


@given(share=st.floats(0.1, 0.9))
def test_the_pass_mark_lies_where_the_bank_has_it(share: float) -> None:
    found = cut_of(adaptive(pass_share=share), CURVE)
    assert found == pytest.approx(theta_at(share, BANK), abs=0.02)
    assert rule_of(adaptive(pass_share=share), CURVE) == Rule(0.0, 5, 12, found, 0.025)


def test_an_exam_that_is_no_longer_adaptive_has_no_rule() -> None:
    assert rule_of(exam(), CURVE) is None


def test_an_items_figures_are_kept_with_their_errors() -> None:
    assert figures_of(BANK, 1) == Figures(1.5, 0.0, 0.3, 0.0)


def test_one_right_answer_to_an_easy_item_by_hand() -> None:
    """Theta solves 1 − σ(θ + 1) = θ, since σ(1.2268) is 0.7732; its error is 1/√(1 + σ(1 − σ))."""
    known = known_of([(EASY, 1.0)])
    assert known.theta == pytest.approx(0.2268, abs=1e-4)
    right = 1 / (1 + np.exp(-(known.theta + 1)))
    assert known.theta == pytest.approx(1 - right, abs=1e-9)
    assert known.se == pytest.approx((1 + right * (1 - right)) ** -0.5, abs=1e-9)
    found = verdict(adaptive(pass_share=0.5), CURVE, [(EASY, 1.0)])
    assert found.share == pytest.approx(expected_share(known.theta, BANK), abs=0.002)
    assert found.low < found.share < found.high
    assert found.passed == (known.theta >= cut_of(adaptive(pass_share=0.5), CURVE))


def test_what_is_known_roughly_leaves_more_open() -> None:
    bank = Bank(np.array([1.2]), np.array([0.4]), np.array([0.6]), np.array([0.2]))
    known = known_of([(figures_of(bank, 0), 1.0)])
    assert known == ability([1.0], bank)
    assert known.se > known_of([([1.2, 0.4, 0.0, 0.0], 1.0)]).se


@settings(max_examples=40)
@given(
    given_=st.lists(st.tuples(st.sampled_from([EASY, HARD]), st.floats(0, 1)), min_size=1),
    seed=st.randoms(),
)
def test_the_order_of_answers_says_nothing(
    given_: list[tuple[list[float], float]], seed: Random
) -> None:
    other = [*given_]
    seed.shuffle(other)
    one, two = (verdict(adaptive(), CURVE, each) for each in (given_, other))
    assert one.passed == two.passed
    assert one.share == pytest.approx(two.share, abs=1e-9)
    assert 0 <= one.low <= one.share <= one.high <= 1
    assert 0 <= one.error <= 0.5


@given(worse=st.floats(0, 1), better=st.floats(0, 1))
def test_who_earns_more_never_stands_lower(worse: float, better: float) -> None:
    low, high = sorted([worse, better])
    one, two = (verdict(adaptive(), CURVE, [(HARD, each), (EASY, 1.0)]) for each in (low, high))
    assert one.share <= two.share + 1e-12


def test_an_attempt_is_folded_from_its_own_steps(items: Items) -> None:
    steps = (
        asked(0, SINGLE), answered(1, SINGLE, "b"),
        asked(1, NUMERIC, HARD), answered(2, NUMERIC, "1", earned=0.0), asked(2, ORDERING),
    )  # fmt: skip
    found = taken(items, *steps)
    assert [one.item.id for one in found.run.asked] == [SINGLE, NUMERIC, ORDERING]
    assert (found.place, found.count, found.unanswered) == (3, 3, (3,))
    assert found.verdict == verdict(adaptive(), CURVE, [(EASY, 1.0), (HARD, 0.0), (EASY, 0.0)])
    assert found.share == pytest.approx(found.verdict.share)


def test_time_that_ran_out_before_the_least_does_not_pass(items: Items) -> None:
    steps = [asked(0, SINGLE), answered(1, SINGLE, "b"), asked(1, NUMERIC)]
    found = taken(items, *steps, pass_share=0.2)
    assert found.verdict
    assert found.verdict.passed
    assert not found.passed
    over = taken(items, *steps, at(2, "finished"), pass_share=0.2)
    assert over.passed  # the bank had no more to ask


def test_what_comes_after_the_time_is_no_part_of_it(items: Items) -> None:
    steps = asked(0, SINGLE), answered(1, SINGLE, "b"), asked(31, NUMERIC)
    assert taken(items, *steps).count == 1


def test_how_it_went_is_told_by_the_share_of_all_it_might_have_asked(items: Items) -> None:
    found = taken(items, asked(0, SINGLE), answered(1, SINGLE, "b"), at(2, "finished"))
    (step,) = closings([found], NOON + timedelta(hours=1))
    assert step.data == {"earned": 1.0, "of": 1, "share": found.share, "passed": found.passed}
    assert found.share < 1


def test_an_attempt_on_what_has_changed_is_marked_as_any_other(items: Items) -> None:
    start = at(0, "began", items=[SINGLE], seed="s", minutes=30, difference=True)
    found = attempts(adaptive(), [start, answered(1, SINGLE, "b")], items)[-1]
    assert (found.verdict, found.share) == (None, 1.0)


def test_least_is_no_more_than_there_are() -> None:
    with pytest.raises(ValueError, match="least is 9, and the blueprint asks 4 at most"):
        exam({"section": "2.2", "count": 4}, adaptive={"least": 9})


def test_an_adaptive_exam_needs_twice_the_items_to_choose_from() -> None:
    bank = [item for item in sample_playbook().items.values() if item.section == "2.2"]
    there = sum(item.kind != "short_answer" for item in bank)
    count = there // 2 + 1
    line = {"section": "2.2", "count": count}
    tight = exam(line, adaptive={"least": 5})
    (fault,) = exam_faults(tight, bank)
    assert f"to choose from {2 * count}, and {there} are there" in fault.what
    assert not list(exam_faults(exam(line), bank))


def test_the_shipped_yearly_exam_is_adaptive() -> None:
    found = sample_playbook().exams["2.2.e.year"]
    assert found.adaptive
    assert found.adaptive.error == 0.025
    assert found.adaptive.least < found.count == 25
