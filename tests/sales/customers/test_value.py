"""What customers are worth: CDNOW as published, and simulations that know the truth."""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from salestrain.errors import UsageError
from salestrain.sales.customers.buying import Buying, Histories
from salestrain.sales.customers.spending import Spending

CDNOW = Path(__file__).parents[4] / "shared" / "data" / "cdnow" / "CDNOW_sample.txt"
UNTIL = date(1997, 9, 30)
PUBLISHED = Buying(r=0.243, alpha=4.414, a=0.793, b=2.426)

pytestmark = pytest.mark.slow


@cache
def cdnow() -> tuple[Histories, list[list[float]]]:
    """Return the histories of 39 weeks, and what each spent on each later day until then."""
    if not CDNOW.is_file():
        pytest.skip("the CDNOW sample is not on this machine (../shared/data/cdnow)")
    days: defaultdict[str, defaultdict[date, float]] = defaultdict(lambda: defaultdict(float))
    for line in CDNOW.read_text("utf-8").splitlines():
        _, who, when, _, spent = line.split()
        on = date(int(when[:4]), int(when[4:6]), int(when[6:]))
        if on <= UNTIL:
            days[who][on] += float(spent)
    every = [sorted(each) for each in days.values()]
    histories = Histories(
        np.array([len(each) - 1 for each in every], dtype=np.float64),
        np.array([(each[-1] - each[0]).days / 7 for each in every]),
        np.array([(UNTIL - each[0]).days / 7 for each in every]),
    )
    later = [[each[on] for on in sorted(each)[1:]] for each in days.values()]
    return histories, later


def test_buying_is_fitted_near_the_published_estimates() -> None:
    """Fader, Hardie and Lee (2005), table 2: the tenth of CDNOW's customers of early 1997."""
    histories, _ = cdnow()
    assert histories.repeats.size == 2357
    found = Buying.fit(histories)
    assert (found.r, found.alpha) == pytest.approx((0.243, 4.414), rel=0.01)
    assert (found.a, found.b) == pytest.approx((0.793, 2.426), rel=0.02)
    assert found.likelihood == pytest.approx(-9582.4, abs=0.2)


def test_one_customers_purchases_are_expected_as_published() -> None:
    """Fader and Hardie (2005), Implementing the BG/NBD model in Excel: 1.226 in 39 weeks."""
    one = Histories(*(np.array([each]) for each in (2.0, 30.43, 38.86)))
    assert PUBLISHED.expected(one, 39) == pytest.approx([1.226], abs=5e-4)
    drawn = PUBLISHED.simulated(one, 39, np.random.default_rng(1), 200_000)
    assert drawn.mean() == pytest.approx(1.226, abs=0.02)


def test_spending_is_fitted_near_the_published_estimates() -> None:
    """Fader and Hardie (2013): 946 customers who bought again; p 6.25, q 3.74, gamma 15.44."""
    _, spent = cdnow()
    again = [each for each in spent if each and sum(each) > 0]
    assert len(again) == 946
    found = Spending.fit([len(each) for each in again], [float(np.mean(each)) for each in again])
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), rel=0.02)


def test_money_of_another_unit_gives_the_same_customers() -> None:
    _, spent = cdnow()
    again = [each for each in spent if each and sum(each) > 0]
    counts, means = [len(each) for each in again], np.array([np.mean(each) for each in again])
    one, other = Spending.fit(counts, means), Spending.fit(counts, means * 7)
    assert other.mean(counts, means * 7) == pytest.approx(7 * one.mean(counts, means), rel=1e-3)


def test_who_was_just_here_is_alive_and_who_fell_silent_is_not() -> None:
    histories = Histories(np.array([10.0, 10, 0]), np.array([38.0, 10, 0]), np.full(3, 39.0))
    here, silent, never = PUBLISHED.alive(histories)
    assert here > 0.9
    assert silent < 0.05
    assert never == 1  # nobody stops before a second purchase in this model


def test_intervals_of_what_they_will_buy_cover_it_about_as_often_as_they_say() -> None:
    chance, truth = np.random.default_rng(4), Buying(r=0.8, alpha=6.0, a=0.9, b=4.0)
    fresh = Histories(*(np.zeros(1500) for _ in range(3)))
    rate = chance.gamma(truth.r, 1 / truth.alpha, 1500)
    stops = chance.beta(truth.a, truth.b, 1500)
    repeats, last, later = np.zeros(1500), np.zeros(1500), np.zeros(1500)
    at, active = np.zeros(1500), np.ones(1500, dtype=bool)
    while active.any():
        at = np.where(active, at + chance.exponential(1, 1500) / rate, at)
        active &= at <= 78
        first = active & (at <= 52)
        repeats, later = repeats + first, later + (active & ~first)
        last = np.where(first, at, last)
        active &= chance.random(1500) >= stops
    seen = Histories(repeats, last, fresh.seen + 52)
    found = Buying.fit(seen)
    drawn = found.simulated(seen, 26, chance, 400)
    low, high = np.quantile(drawn, (0.1, 0.9), axis=1)
    covered = ((low <= later) & (later <= high)).mean()
    assert covered >= 0.8  # counts are whole, so it may be more
    assert found.expected(seen, 26).sum() == pytest.approx(later.sum(), rel=0.1)


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("scipy", "scipy.optimize", "scipy.special"):
        monkeypatch.setitem(sys.modules, room, None)
    with pytest.raises(UsageError, match=r"pip install 'salestrain\[value\]'"):
        Buying.fit(Histories(np.array([1.0]), np.array([1.0]), np.array([2.0])))


def test_nobody_who_came_back_tells_nothing() -> None:
    with pytest.raises(ValueError, match="nobody has bought twice"):
        Buying.fit(Histories(np.zeros(3), np.zeros(3), np.ones(3)))
    with pytest.raises(ValueError, match="mean above zero"):
        Spending.fit([1], [0.0])
