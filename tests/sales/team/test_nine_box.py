from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.sales.team.evaluations import Standing
from salestrain.sales.team.nine_box import Box, expected, placed, third

CUTS = (2.5, 4.0)
"""Worxmate's published thresholds: low 1 to 2.4, medium 2.5 to 3.9, high 4 to 5, on both axes."""


def standing(across: float, up: float, error: float = 0.2, together: float = 0.0) -> Standing:
    return Standing("a", 4, across, error, up, error, together)


@pytest.mark.parametrize(("value", "part"), [(1, 0), (2.4, 0), (2.5, 1), (3.9, 1), (4, 2), (5, 2)])
def test_scores_are_cut_as_worxmate_publishes_it(value: float, part: int) -> None:
    assert third(value, CUTS) == part


@pytest.mark.parametrize(
    ("across", "up", "region"),
    [
        (2.8, 1.3, "harvest"),
        (3.5, 1.5, "hold"),
        (1.2, 2.4, "harvest"),
        (2.0, 1.2, "harvest"),
        (1.8, 1.7, "harvest"),
        (3.8, 3.5, "grow"),
        (3.1, 1.6, "hold"),
    ],
)
def test_a_worked_nine_cell_matrix_comes_out_as_published(
    across: float, up: float, region: str
) -> None:
    """The nine cells with cuts at 2 and 3: David, Strategic Management, figure 6-9 (from GE's).

    The seven items and their regions are a published exercise on it (scribd 482647549).
    """
    regions = [
        ["harvest", "harvest", "hold"],
        ["harvest", "hold", "grow"],
        ["hold", "grow", "grow"],
    ]
    found = placed(standing(across, up, 0.0), (2.0, 3.0), (2.0, 3.0)).box
    assert regions[found.potential][found.performance] == region


def test_far_from_every_cut_the_box_is_sure() -> None:
    found = placed(standing(3.2, 4.6), CUTS, CUTS)
    assert (found.box, found.between, found.sure) == (Box(1, 2), (Box(1, 2),), True)
    assert found.chance(Box(1, 2)) > 0.99


def test_an_interval_over_a_cut_puts_somebody_between_boxes() -> None:
    found = placed(standing(3.9, 3.2), CUTS, CUTS)
    assert found.box == Box(1, 1)
    assert found.between == (Box(1, 1), Box(2, 1))
    # Rudner: the area beyond the cut, half an error away: 1 - Φ(0.5) = 0.3085
    assert found.chance(Box(2, 1)) == pytest.approx(0.3085, abs=2e-3)


def test_on_the_cut_it_is_a_coin_toss_and_on_both_cuts_errors_that_go_together_count() -> None:
    apart, alike = (placed(standing(4.0, 4.0, 0.1, rho), CUTS, CUTS) for rho in (0.0, 0.5))
    assert apart.chance(Box(2, 2)) == pytest.approx(0.25, abs=1e-3)
    # Sheppard (1899): both above with chance 1/4 + arcsin ρ / 2π
    assert alike.chance(Box(2, 2)) == pytest.approx(
        1 / 4 + math.asin(0.5) / (2 * math.pi), abs=1e-3
    )


def test_without_error_everybody_is_where_the_figures_say() -> None:
    found = placed(standing(2.5, 3.99, 0.0), CUTS, CUTS)
    assert (found.box, found.sure) == (Box(1, 1), True)
    assert found.chance(Box(1, 1)) == pytest.approx(1)


@given(st.floats(1, 5), st.floats(1, 5), st.floats(0, 1), st.floats(-1, 1))
def test_chances_add_up_and_the_likeliest_box_leads(
    across: float, up: float, error: float, together: float
) -> None:
    found = placed(standing(across, up, error, together), CUTS, CUTS)
    chances = np.array(found.chances)
    assert (chances >= -1e-12).all()
    assert chances.sum() == pytest.approx(1)
    assert found.box in found.between
    assert [found.chance(one) for one in found.between] == sorted(
        map(found.chance, found.between), reverse=True
    )


def test_what_boxes_are_expected_to_hold_is_all_the_people() -> None:
    some = [placed(standing(x, 3.0), CUTS, CUTS) for x in (2.4, 3.0, 4.1)]
    total = np.array(expected(some))
    assert total.sum() == pytest.approx(3)
    # Φ(0.5) + Φ(-2.5), of which Φ(2.5) are in the middle of the other axis
    assert total[0, 1] == pytest.approx((0.6915 + 0.0062) * 0.9938, abs=2e-3)
