"""What items ask of people: the published figures of a large class, and sane ones of a small."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salestrain.training.ability import Bank, Calibration, Prior, calibrate, prior
from salestrain.training.ability.model import chances

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

NAN, ALL = np.nan, slice(None)
LSAT6 = Path(__file__).parents[4] / "shared" / "data" / "irt" / "lsat6.csv"
FLAT = Prior(np.zeros(5), np.full(5, 1e3), a=1.0, log_a_sd=1e3)
FIGURES = ("a", "b", "se_a", "se_b")
TABLES = (
    st.integers(1, 4)
    .flatmap(
        lambda items: st.lists(
            st.lists(st.sampled_from([0, 0.3, 1, 1, NAN]), min_size=items, max_size=items),
            min_size=1,
            max_size=7,
        )
    )
    .map(np.array)
)


def unguessed(items: int) -> Prior:
    return prior([None] * items)


def same(
    one: Calibration, other: Calibration, order: slice | Numbers = ALL, within: float = 0.0
) -> bool:
    pairs = ((getattr(one, each)[order], getattr(other, each)) for each in FIGURES)
    return all(np.allclose(first, second, rtol=0, atol=within) for first, second in pairs)


@pytest.fixture(scope="module")
def lsat6() -> Calibration:
    if not LSAT6.is_file():
        pytest.skip("real data 'irt' is not on this machine (../shared/data)")
    return calibrate(np.loadtxt(LSAT6, delimiter=",", skiprows=1)[:, 1:], FLAT)


def test_the_published_figures_of_lsat_6_come_out(lsat6: Calibration) -> None:
    # ltm for R (Rizopoulos 2006, J. Stat. Softw. 17(5)), maximum likelihood without a prior
    a = [0.8253715, 0.7229499, 0.8904748, 0.6885502, 0.6574516]
    b = [-3.3597341, -1.3696497, -0.2798983, -1.8659189, -3.1235725]
    assert lsat6.a == pytest.approx(a, abs=0.001)
    assert lsat6.b == pytest.approx(b, abs=0.003)
    assert lsat6.n.tolist() == [1000] * 5


def test_the_standard_errors_of_lsat_6_are_those_of_others(lsat6: Calibration) -> None:
    # mirt 1.2.0 (PyPI), by Oakes' identity
    assert lsat6.se_a == pytest.approx([0.25812, 0.18669, 0.23273, 0.18515, 0.20991], rel=0.01)
    assert lsat6.se_b == pytest.approx([0.86651, 0.30747, 0.09963, 0.43430, 0.87112], rel=0.015)


@pytest.mark.parametrize("earned", [np.empty((0, 3)), np.full((4, 3), NAN)])
def test_without_answers_items_are_what_was_believed(earned: Numbers) -> None:
    believed = prior([0.2, 0.9, None])
    found = calibrate(earned, believed)
    assert found.a.tolist() == [1, 1, 1]
    assert found.b == pytest.approx(believed.b)
    assert found.se_a == pytest.approx([0.5] * 3)
    assert found.se_b == pytest.approx(believed.b_sd)
    assert found.n.tolist() == [0, 0, 0]


def test_no_items_are_no_figures() -> None:
    assert calibrate(np.empty((3, 0)), prior([])).b.size == 0


def test_one_answer_moves_an_item_by_hand() -> None:
    # b alone: −∫(1 − P) φ P / ∫ φ P = b / sd²; at sd 0.01 b is −0.0001 × half, a stays 1
    found = calibrate([[1.0]], Prior(np.zeros(1), np.full(1, 0.01), log_a_sd=0.01))
    mass = np.exp(-(np.linspace(-6, 6, 999) ** 2) / 2)
    right = 1 / (1 + np.exp(-np.linspace(-6, 6, 999)))
    by_hand = -1e-4 * ((1 - right) * right * mass).sum() / (right * mass).sum()
    assert found.b[0] == pytest.approx(by_hand, rel=0.001)


def test_the_guess_of_an_author_is_drawn_towards_the_middle() -> None:
    # the normal population gets an item of a = 1 and b = ±1.18 logit(share) right by that share
    guessed = prior([0.25, 0.5, 0.75, 0.98, None])
    turned = 1.18 * np.log(3)
    assert guessed.b[:3] == pytest.approx([0.9 * turned, 0, -0.9 * turned], abs=0.1)
    assert -3 < guessed.b[3] < -1.9
    assert guessed.b[4] == pytest.approx(0)
    assert guessed.b_sd[:4].max() < 0.9
    assert 1.4 < guessed.b_sd[4] < 1.5


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_what_more_are_expected_to_get_right_is_believed_easier(low: float, more: float) -> None:
    hard, easy = prior([low, min(1.0, low + more)]).b
    assert easy < hard or low == 1


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_whatever_was_earned_figures_are_finite_and_within_the_prior(earned: Numbers) -> None:
    believed = unguessed(earned.shape[1])
    found = calibrate(earned, believed)
    assert all(np.isfinite(getattr(found, each)).all() for each in FIGURES)
    assert (found.a > 0).all()
    assert (found.se_a > 0).all()
    assert (found.se_a <= 0.5 * found.a * (1 + 1e-9)).all()
    assert (found.se_b > 0).all()
    assert (found.se_b <= believed.b_sd * (1 + 1e-9)).all()


@settings(max_examples=20, deadline=None)
@given(TABLES, st.data())
def test_the_order_of_people_and_of_items_does_not_matter(
    earned: Numbers, data: st.DataObject
) -> None:
    believed = prior([0.3, 0.5, None, 0.8][: earned.shape[1]])
    people = data.draw(st.permutations(range(earned.shape[0])))
    items = np.array(data.draw(st.permutations(range(earned.shape[1]))))
    turned = Prior(believed.b[items], believed.b_sd[items])
    first, second = calibrate(earned, believed), calibrate(earned[people][:, items], turned)
    assert same(first, second, items, within=1e-6)


@settings(max_examples=20, deadline=None)
@given(TABLES)
def test_whoever_answered_nothing_changes_nothing(earned: Numbers) -> None:
    believed = unguessed(earned.shape[1])
    more = np.vstack([earned, np.full(earned.shape[1], NAN)])
    assert same(calibrate(earned, believed), calibrate(more, believed), within=1e-6)


@settings(max_examples=20, deadline=None)
@given(TABLES)
def test_an_item_nobody_answered_changes_no_other(earned: Numbers) -> None:
    more = np.column_stack([earned, np.full(len(earned), NAN)])
    found = calibrate(more, prior([*[None] * earned.shape[1], 0.9]))
    rest = calibrate(earned, unguessed(earned.shape[1]))
    assert same(found, rest, slice(-1), within=1e-6)


def log_posterior(earned: Numbers, log_a: Numbers, b: Numbers, believed: Prior) -> float:
    """Return it from its definition, one person after the other."""
    thetas = np.linspace(-5, 5, 101)
    right = 1 / (1 + np.exp(-np.exp(log_a) * (thetas[:, None] - b)))
    total = -((log_a**2).sum() / 0.5**2 + ((b - believed.b) ** 2 / believed.b_sd**2).sum()) / 2
    for row in earned:
        told = np.where(np.isnan(row), 0, row * np.log(right) + (1 - row) * np.log(1 - right))
        total += np.log((np.exp(told.sum(axis=1) - thetas**2 / 2)).sum())
    return float(total)


@settings(max_examples=20, deadline=None)
@example(np.array([[1, 1, 0, 1, 1, 1, 1, 0]] * 8))
@given(TABLES)
def test_no_figures_nearby_are_likelier(earned: Numbers) -> None:
    items = earned.shape[1]
    believed = prior([0.2, 0.2, 0.9, 0.1, 0.7, 0.1, 0.3, 0.2][:items])
    found = calibrate(earned, believed)
    best = log_posterior(earned, np.log(found.a), found.b, believed)
    for nearby in (*np.eye(2 * items), *-np.eye(2 * items)):
        d_log_a, d_b = 0.03 * nearby.reshape(2, items)
        assert log_posterior(earned, np.log(found.a) + d_log_a, found.b + d_b, believed) < best


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12))
def test_what_all_get_right_is_easier_the_more_they_are(people: int) -> None:
    fewer, more = (calibrate(np.ones((n, 1)), unguessed(1)) for n in (people, people + 1))
    assert more.b[0] < fewer.b[0] < 0


def test_what_the_able_get_right_discriminates() -> None:
    # six items, of which the last is right for the four weakest only
    strong = np.triu(np.ones((6, 5)))[::-1]
    earned = np.column_stack([strong, [1, 1, 1, 0, 0, 0]])
    found = calibrate(earned, unguessed(6))
    assert found.a[5] < 0.8
    assert found.a[2] > 1


def test_a_class_of_twenty_is_enough_for_sane_figures_and_honest_errors() -> None:
    held, largest = [], 0.0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        true = Bank(np.exp(0.3 * rng.normal(size=25)), rng.normal(size=25))
        right = chances(rng.normal(size=20), true)
        found = calibrate((rng.random(right.shape) < right).astype(float), unguessed(25))
        largest = max(largest, found.a.max())
        held.append((np.abs(found.b - true.b) < 1.96 * found.se_b).mean())
    assert largest < 2.6
    assert 0.92 < np.mean(held) < 0.98
