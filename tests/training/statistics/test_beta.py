from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.statistics.beta import f_quantile, regularised_beta, t_quantile

degrees = st.floats(1, 2000) | st.integers(1, 60).map(float)
chances = st.sampled_from([0.001, 0.025, 0.3, 0.5, 0.95, 0.975, 0.999])


def test_where_one_parameter_is_one_the_chance_is_a_power() -> None:
    assert regularised_beta(0.9, 3, 1) == pytest.approx(0.729)
    assert regularised_beta(0.9, 1, 3) == pytest.approx(1 - 0.1**3)
    assert (regularised_beta(0, 2, 3), regularised_beta(1, 2, 3)) == (0, 1)


def test_quantiles_are_those_of_the_tables() -> None:
    assert f_quantile(0.95, (5, 15)) == pytest.approx(2.9013, abs=5e-5)
    assert f_quantile(0.975, (9, 36)) == pytest.approx(2.492, abs=1e-3)
    assert f_quantile(0.975, (1, 1)) == pytest.approx(647.79, abs=5e-3)
    assert [round(t_quantile(0.975, each), 3) for each in (1, 2, 4, 30)] == [
        *(12.706, 4.303, 2.776, 2.042)
    ]


@settings(max_examples=60)
@given(degrees, degrees, chances)
def test_the_chance_at_a_quantile_is_the_one_asked_for(a: float, b: float, chance: float) -> None:
    f = f_quantile(chance, (a, b))
    assert regularised_beta(a * f / (a * f + b), a / 2, b / 2) == pytest.approx(chance, rel=1e-6)
    # F upside down has its degrees swapped.
    assert 1 / f_quantile(1 - chance, (b, a)) == pytest.approx(f, rel=1e-8)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(degrees, degrees, chances)
def test_a_quantile_is_scipys_to_eight_digits(a: float, b: float, chance: float) -> None:
    from scipy import stats  # type: ignore[import-untyped]  # noqa: PLC0415 (loads slowly)

    assert f_quantile(chance, (a, b)) == pytest.approx(stats.f.ppf(chance, a, b), rel=1e-8)
    if chance > 0.5:
        assert t_quantile(chance, a) == pytest.approx(stats.t.ppf(chance, a), rel=1e-8)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(st.floats(0, 1), st.floats(0.05, 500), st.floats(0.05, 500))
def test_the_incomplete_beta_function_is_scipys(x: float, a: float, b: float) -> None:
    from scipy import special  # noqa: PLC0415 (loads slowly)

    assert regularised_beta(x, a, b) == pytest.approx(special.betainc(a, b, x), abs=1e-10)


@pytest.mark.parametrize(("chance", "above", "below"), [(1, 2, 3), (0.5, 0, 3), (0.5, 2, -1)])
def test_what_has_no_quantile_is_refused(chance: float, above: float, below: float) -> None:
    with pytest.raises(ValueError, match="no F of") as caught:
        f_quantile(chance, (above, below))
    assert str(caught.value) == (
        f"no F of {above} and {below} degrees has a quantile at {chance}; "
        "give degrees above 0 and a chance between 0 and 1"
    )
